"""The controls of the example risk: whole examples of commands about them, and of the events that they record.

Each entry is (command, who gives it, when it happened in China to the minute, its fields); ``domain/examples.py``
makes them whole lines of a batch: ``FIRST`` before the risk is reassessed, ``LATER`` before it is retired.
"""

from __future__ import annotations

from typing import Any

from domain.control_assignment import ControlAssigned, ControlAssignmentEnded
from domain.control_policy import ColourDemand, ColourPolicyAdopted
from domain.control_review import ControlAdopted, ControlReviewed
from domain.control_state import Asset, Check, ControlTerms, Use, told
from domain.language import Event
from domain.out_of_control import RiskControlRegained, RiskDeclaredUncontrollable
from domain.risk_controls import ControlChanged, ControlProposed, ControlsOrdered, ControlWithdrawn

__all__ = ["CONTROL_EVENTS", "CONTROL_MACHINE", "FIRST", "LATER"]

BODY, RISK = "KS-01", "R-0001"
Entry = tuple[str, str, str, dict[str, object]]

_RISK: dict[str, object] = {"body": BODY, "risk": RISK}
_SWITCH: dict[str, object] = {**_RISK, "control": "C-01"}
_BOLT: dict[str, object] = {**_RISK, "control": "C-02"}
_TEXT: dict[str, object] = {
    "measure": "增设独立于深度指示器的后备过卷开关",
    "layer": "engineering",
    "aspect": "technology",
    "means": ["rebuild", "monitor"],
    "order": 1,
    "uses": [{"kind": "standard", "reference": "GB 16423-2020"}],
    "assets": [{"kind": "sensor", "code": "ZSJ-GJ-02", "renew_by": "2029-01-31"}],
    "checks": [{"tier": "post", "period": "shift", "how": "空罐慢速碰动开关一次，应立即断电制动"}],
}
_MORE: dict[str, object] = {
    "tier": "workshop",
    "period": "month",
    "how": "查看试验记录，现场复试一次",
}

FIRST: tuple[Entry, ...] = (
    ("ProposeControl", "P-TEAM", "2026-01-12T16:00", {**_SWITCH, **_TEXT}),
    (
        "ReviewControl",
        "P-WORKSHOP",
        "2026-01-12T16:40",
        {
            **_SWITCH,
            "compliance": "proven",
            "feasibility": "proven",
            "effect": "proven",
            "consulted": ["P-WORKER", "P-EXPERT"],
            "findings": "符合竖井提升的强制要求；停产检修日即可安装；与主保护相互独立",
        },
    ),
    (
        "AdoptControl",
        "P-SAFETY",
        "2026-01-13T09:00",
        {**_SWITCH, "remark": "一月十六日前装好并试验"},
    ),
)

_ALL_TIERS = ["company", "workshop", "team", "post"]


def _colour(
    level: str, tiers: list[str], check: str, by: list[str], zone: str, measures: str
) -> dict[str, Any]:
    return {
        "level": level,
        "tiers": tiers,
        "check": check,
        "adopt_by": by,
        "characteristics": zone,
        "measures": measures,
    }


_COLOURS = [
    _colour(
        "major",
        _ALL_TIERS,
        "day",
        ["principal"],
        "竖井和采场：一旦失控群死群伤",
        "先消除后工程，矿长批准，四级联合管控，每日检查",
    ),
    _colour(
        "larger",
        _ALL_TIERS[1:],
        "week",
        ["principal", "safety_officer"],
        "提升、爆破环节：可能致人死亡",
        "工程技术为主，安环科把关，每周检查",
    ),
    _colour(
        "general",
        _ALL_TIERS[2:],
        "month",
        ["principal", "safety_officer", "workshop_lead"],
        "运输、维修作业：可能致人受伤",
        "规程和培训为主，每月检查",
    ),
    _colour("low", ["post"], "quarter", ["workshop_lead"], "地面辅助作业：轻微伤害", "岗位自查，每季检查"),
]

LATER: tuple[Entry, ...] = (
    (
        "AdoptColourPolicy",
        "P-PRINCIPAL",
        "2026-03-19T15:50",
        {"body": BODY, "demands": _COLOURS, "since": "2026-03-20"},
    ),
    (
        "AdoptReviewedControl",
        "P-SAFETY",
        "2026-03-19T16:00",
        {
            **_BOLT,
            "measure": "提升司机持证上岗，一人操作、一人监护",
            "layer": "management",
            "aspect": "management",
            "means": ["manage"],
            "order": 2,
            "uses": [{"kind": "procedure", "reference": "提升机操作规程"}],
            "checks": [{"tier": "team", "period": "shift", "how": "班前核对证件和监护人"}],
            "proposed_by": "P-WORKSHOP",
            "consulted": ["P-TEAM", "P-WORKER"],
            "findings": "人员够，证件齐全，去年同类竖井无误操作",
            "assign": [{"tier": "team", "person": "P-TEAM"}],
        },
    ),
    (
        "ChangeControl",
        "P-TEAM",
        "2026-03-19T16:10",
        {
            **_SWITCH,
            **_TEXT,
            "checks": [
                {"tier": "post", "period": "shift", "how": "空罐慢速碰动开关一次，应立即断电制动"},
                _MORE,
            ],
            "reason": "月度复查原无规定，补上车间一级",
        },
    ),
    ("OrderControls", "P-WORKSHOP", "2026-03-19T16:20", {**_RISK, "controls": ["C-02", "C-01"]}),
    (
        "AssignControl",
        "P-SAFETY",
        "2026-03-19T16:30",
        {**_SWITCH, "tier": "team", "person": "P-WORKER", "since": "2026-03-20"},
    ),
    (
        "EndControlAssignment",
        "P-SAFETY",
        "2026-03-19T16:40",
        {**_SWITCH, "assignment": 2, "until": "2026-04-01", "reason": "月底轮岗"},
    ),
    (
        "WithdrawControl",
        "P-SAFETY",
        "2026-03-19T16:50",
        {**_BOLT, "reason": "该竖井停止提人，不再需要监护"},
    ),
    (
        "DeclareUncontrollable",
        "P-WORKER",
        "2026-03-20T07:10",
        {
            **_RISK,
            "reason": "空罐试验时两套过卷开关均未断电，罐笼越过正常停车位置1.2米",
            "evacuated": "井口等候的9人撤至候罐室外",
            "zone": "井口房及井架四周20米",
        },
    ),
)


def _terms(order: int, *checks: Check) -> ControlTerms:
    return ControlTerms(
        "增设独立于深度指示器的后备过卷开关",
        "engineering",
        "technology",
        ("rebuild", "monitor"),
        order,
        (Use("standard", "GB 16423-2020", None),),
        (Asset("sensor", "ZSJ-GJ-02", "2029-01-31"),),
        checks,
    )


def _demand(colour: dict[str, Any]) -> ColourDemand:
    tiers, by = tuple(colour["tiers"]), tuple(colour["adopt_by"])
    texts = (colour["characteristics"], colour["measures"])
    return ColourDemand(colour["level"], tiers, colour["check"], by, *texts)


_SHIFT = Check("post", "shift", "空罐慢速碰动开关一次，应立即断电制动")
_MONTH = Check("workshop", "month", "查看试验记录，现场复试一次")

CONTROL_EVENTS: tuple[Event, ...] = (
    ColourPolicyAdopted(
        "2026-03-20",
        tuple(_demand(colour) for colour in _COLOURS),
        None,
    ),
    ControlProposed(
        **told(_terms(1, _SHIFT)),
        control="C-01",
        version=1,
        proposed_by=("P-TEAM",),
        proposed_at="2026-01-12T08:00:00.000000Z",
    ),
    ControlReviewed(
        "C-01",
        1,
        "proven",
        "proven",
        "proven",
        ("P-WORKER", "P-EXPERT"),
        (),
        (),
        "符合竖井提升的强制要求；停产检修日即可安装；与主保护相互独立",
        ("P-WORKSHOP",),
        "2026-01-12T08:40:00.000000Z",
    ),
    ControlAdopted(
        **told(_terms(1, _SHIFT)),
        control="C-01",
        version=1,
        skipped=(),
        demanded=(),
        remark="一月十六日前装好并试验",
        adopted_at="2026-01-13T01:00:00.000000Z",
    ),
    ControlChanged(
        **told(_terms(1, _SHIFT, _MONTH)),
        control="C-01",
        version=2,
        replaces=1,
        reason="月度复查原无规定，补上车间一级",
        proposed_by=("P-TEAM",),
        proposed_at="2026-03-19T08:10:00.000000Z",
    ),
    ControlsOrdered(("C-02", "C-01")),
    ControlAssigned(2, "C-01", "team", None, None, "P-WORKER", "2026-03-20", None, ()),
    ControlAssignmentEnded(2, "C-01", "team", "2026-04-01", "月底轮岗"),
    ControlWithdrawn("C-02", 1, "该竖井停止提人，不再需要监护", (1,), "2026-03-19T08:50:00.000000Z"),
    RiskDeclaredUncontrollable(
        1,
        "U-TS",
        "general",
        "空罐试验时两套过卷开关均未断电，罐笼越过正常停车位置1.2米",
        "井口等候的9人撤至候罐室外",
        "井口房及井架四周20米",
        ("P-WORKER",),
        "2026-03-19T23:10:00.000000Z",
    ),
    RiskControlRegained(1, "更换两套过卷开关及公共电源，分别试验十次均动作", ("P-SAFETY",)),
)

CONTROL_MACHINE: dict[str, dict[str, object]] = {
    "StopForRisk": {
        "body": BODY,
        "unit": "U-TS",
        "risk": RISK,
        "declaration": 1,
        "level": "general",
        "reason": "空罐试验时两套过卷开关均未断电，罐笼越过正常停车位置1.2米",
        "evacuated": "井口等候的9人撤至候罐室外",
        "zone": "井口房及井架四周20米",
        "declared_by": ["P-WORKER"],
    },
    "RegainControl": {
        "body": BODY,
        "risk": RISK,
        "declaration": 1,
        "made_safe": "更换两套过卷开关及公共电源，分别试验十次均动作",
        "released_by": ["P-SAFETY"],
    },
}
"""The data of what only policies give."""

"""The example risk put right, tagged and watched: whole examples of commands and of what they record."""

from __future__ import annotations

__all__ = ["IDENTITY", "IDENTITY_EVENTS"]

from domain.intake import FindingProposed, ProposalLinked, ProposalTriaged, TriageAcknowledged
from domain.language import Event
from domain.risk_focus import FocusEnded, FocusSet
from domain.risk_identity import IdentificationCorrected
from domain.risk_tags import RiskTagged, RiskUntagged, TagRow

Entry = tuple[str, str, str, dict[str, object]]

_RISK: dict[str, object] = {"body": "KS-01", "risk": "R-0001"}

IDENTITY: tuple[Entry, ...] = (
    (
        "CorrectIdentification",
        "P-WORKSHOP",
        "2026-03-19T16:00",
        {
            **_RISK,
            "unit": "U-TS",
            "name": "罐笼过卷",
            "factor": "210111",
            "factor_edition": "GB/T 13861-2022",
            "accident_types": ["高处坠落", "机械伤害", "其他伤害"],
            "cause": "深度指示与实际位置不符，减速点漂移，罐笼越过正常停车位置",
            "consequence": "罐笼撞击井架，钢丝绳受损，罐内人员坠落或受撞击",
            "impact": "竖井罐笼乘员、井口信号工和井口房",
            "category": "设备设施",
            "features": "单绳缠绕式提升机，双罐笼提人",
            "parameters": "提升高度320米，最大速度6米每秒，每罐14人",
            "provenance": "safety_evaluation",
            "reference": "2025年安全现状评价报告第4.3节",
            "reason": "危险有害因素应细分到控制器缺陷；补记伤害类型",
        },
    ),
    (
        "TagRisk",
        "P-WORKSHOP",
        "2026-03-19T16:10",
        {
            **_RISK,
            "tags": [
                {"kind": "equipment", "code": "TS-JJ-01"},
                {"kind": "measure", "code": "C-01"},
                {"kind": "weather", "code": "road_icing"},
                {"kind": "area", "code": "320113"},
            ],
            "remark": "提升机更换、井口结冰时应重新评估",
        },
    ),
    (
        "UntagRisk",
        "P-WORKSHOP",
        "2026-03-19T16:20",
        {
            **_RISK,
            "tags": [{"kind": "weather", "code": "road_icing"}],
            "reason": "井口房已封闭采暖，结冰不再影响过卷",
        },
    ),
    (
        "SetFocus",
        "P-SAFETY",
        "2026-03-19T16:30",
        {**_RISK, "reasons": ["technical_content", "grave_consequence"], "remark": "提人系统，列入重点管控"},
    ),
    (
        "ProposeFinding",
        "P-DRILLER",
        "2026-03-19T17:00",
        {
            "body": "KS-01",
            "proposal": "XS-0001",
            "title": "罐笼内工具碰撞乘员",
            "description": "随身工具未固定，罐笼起动和停车时滑动，曾碰到脚",
            "unit": "U-TS",
            "place": "罐笼内",
            "suggested": "unsure",
        },
    ),
    (
        "TriageProposal",
        "P-SAFETY",
        "2026-03-19T17:30",
        {
            "body": "KS-01",
            "proposal": "XS-0001",
            "verdict": "risk",
            "ground": "process_itself",
            "reason": "乘罐携带工具是作业所必需，未违反现有规程；属罐笼提升的客观风险",
        },
    ),
    (
        "LinkProposal",
        "P-SAFETY",
        "2026-03-19T17:40",
        {"body": "KS-01", "proposal": "XS-0001", "registered": "R-0001"},
    ),
    (
        "AcknowledgeTriage",
        "P-DRILLER",
        "2026-03-20T08:00",
        {"body": "KS-01", "proposal": "XS-0001"},
    ),
    ("EndFocus", "P-SAFETY", "2026-03-20T09:00", {**_RISK, "reason": "竖井停止提人"}),
)
"""In an order in which all are accepted, before the example risk is retired."""

IDENTITY_EVENTS: tuple[Event, ...] = (
    IdentificationCorrected(
        "U-TS",
        "罐笼过卷",
        "210111",
        "GB/T 13861-2022",
        "控制器缺陷",
        "P",
        ("高处坠落", "机械伤害", "其他伤害"),
        "GB 6441-1986",
        "深度指示与实际位置不符，减速点漂移，罐笼越过正常停车位置",
        "罐笼撞击井架，钢丝绳受损，罐内人员坠落或受撞击",
        "竖井罐笼乘员、井口信号工和井口房",
        "设备设施",
        "单绳缠绕式提升机，双罐笼提人",
        "提升高度320米，最大速度6米每秒，每罐14人",
        "safety_evaluation",
        "2025年安全现状评价报告第4.3节",
        None,
        None,
        "危险有害因素应细分到控制器缺陷；补记伤害类型",
        "2026-03-19T08:00:00.000000Z",
    ),
    RiskTagged(
        (
            TagRow("equipment", "TS-JJ-01"),
            TagRow("measure", "C-01"),
            TagRow("weather", "road_icing"),
            TagRow("area", "320113"),
        ),
        "提升机更换、井口结冰时应重新评估",
        "2026-03-19T08:10:00.000000Z",
    ),
    RiskUntagged(
        (TagRow("weather", "road_icing"),),
        "井口房已封闭采暖，结冰不再影响过卷",
        "2026-03-19T08:20:00.000000Z",
    ),
    FocusSet(
        ("grave_consequence", "technical_content"), "提人系统，列入重点管控", "2026-03-19T08:30:00.000000Z"
    ),
    FindingProposed(
        "罐笼内工具碰撞乘员",
        "随身工具未固定，罐笼起动和停车时滑动，曾碰到脚",
        "U-TS",
        "罐笼内",
        "unsure",
        "P-DRILLER",
    ),
    ProposalTriaged(
        "risk",
        None,
        "process_itself",
        "",
        "乘罐携带工具是作业所必需，未违反现有规程；属罐笼提升的客观风险",
        "P-SAFETY",
    ),
    ProposalLinked("risk", "R-0001"),
    TriageAcknowledged("risk"),
    FocusEnded("竖井停止提人", "2026-03-20T01:00:00.000000Z"),
)
"""What they record."""

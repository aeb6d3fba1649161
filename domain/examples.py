"""One whole example of every command and event: a cage hoist in an underground metal mine, told from the first day.

The commands stand in an order in which all are accepted on an empty file: the first person founds it, sets the body up
and hands out roles; from then on everybody acts in a role of their own. Schema, golden files, tests and other people's
clients all use these, so that an example that no longer works is noticed at once. Mine and people are made up.
"""

from __future__ import annotations

import re

from domain.example_calendar import CALENDAR
from domain.example_campaigns import CAMPAIGNS
from domain.example_changes import CHANGE_MACHINE, CHANGES
from domain.example_checks import CHECKS
from domain.example_controls import CONTROL_MACHINE, FIRST, LATER
from domain.example_draws import DRAWS
from domain.example_duties import DUTIES
from domain.example_duty_events import DUTY
from domain.example_equipment import EQUIPMENT, EQUIPMENT_MACHINE
from domain.example_events import EVENT_EXAMPLES
from domain.example_hazards import HAZARDS
from domain.example_identity import IDENTITY
from domain.example_methods import METHODS
from domain.example_monitoring import MONITORING, MONITORING_MACHINE
from domain.example_neighbours import NEIGHBOURS
from domain.example_notices import LISTENING, NOTICE_MACHINE, NOTICES
from domain.example_organisation import ORGANISATION
from domain.example_reports import REPORTS
from domain.example_sites import SITES
from domain.example_uplift import UPLIFT_MACHINE
from domain.example_weather import WEATHER, WEATHER_MACHINE

__all__ = ["COMMAND_EXAMPLES", "EVENT_EXAMPLES", "MACHINE_EXAMPLES"]

BODY, UNIT, RISK, HAZARD = "KS-01", "U-TS", "R-0001", "YH-0001"
THE_RISK = {"body": BODY, "risk": RISK}
THE_HAZARD = {"body": BODY, "hazard": HAZARD}


def _line(command: str, by: str, at: str, data: dict[str, object]) -> dict[str, object]:
    """One line of a batch; ``at`` is China's civil time to the minute."""
    words = re.sub(r"(?<!^)(?=[A-Z])", "-", command).lower()
    return {"command": command, "by": by, "at": f"{at}:00+08:00", "id": f"example-{words}", "data": data}


COMMAND_EXAMPLES: tuple[dict[str, object], ...] = (
    _line(
        "RegisterBody",
        "P-ADMIN",
        "2026-01-05T09:00",
        {
            "body": BODY,
            "name": "青石岭矿业有限公司青石岭铅锌矿（示例）",
            "kind": "enterprise",
            "area": "320113",
            "sector": "non_coal_mine",
            "classes": ["non_coal_mine"],
        },
    ),
    _line(
        "RegisterPeople",
        "P-ADMIN",
        "2026-01-05T09:10",
        {
            "body": BODY,
            "people": [
                {"person": "P-ADMIN", "kind": "staff"},
                {"person": "P-PRINCIPAL", "kind": "staff"},
                {"person": "P-SAFETY", "kind": "staff"},
                {"person": "P-WORKSHOP", "kind": "staff"},
                {"person": "P-DEPUTY", "kind": "staff"},
                {"person": "P-TEAM", "kind": "staff"},
                {"person": "P-WORKER", "kind": "staff"},
                {"person": "P-EXPERT", "kind": "expert"},
                {"person": "P-EXPERT-2", "kind": "third_party"},
                {"person": "P-CONTRACTOR", "kind": "contractor"},
                {"person": "P-DRILLER", "kind": "contractor"},
            ],
        },
    ),
    _line(
        "GrantRoles",
        "P-ADMIN",
        "2026-01-05T09:20",
        {
            "body": BODY,
            "grants": [
                {"person": "P-PRINCIPAL", "role": "principal", "since": "2026-01-05"},
                {"person": "P-SAFETY", "role": "safety_officer"},
                {"person": "P-WORKSHOP", "role": "workshop_lead"},
                {"person": "P-DEPUTY", "role": "workshop_lead"},
                {"person": "P-TEAM", "role": "team_lead"},
                {"person": "P-WORKER", "role": "post_worker"},
                {"person": "P-EXPERT", "role": "expert"},
            ],
        },
    ),
    _line(
        "ReclassifyBody",
        "P-PRINCIPAL",
        "2026-01-06T10:00",
        {
            "body": BODY,
            "sector": "non_coal_mine",
            "classes": ["non_coal_mine", "dangerous_goods_storage"],
        },
    ),
    _line(
        "AdoptRulePack",
        "P-PRINCIPAL",
        "2026-01-06T10:30",
        {"body": BODY, "pack": "house-2026", "version": "1"},
    ),
    _line(
        "RegisterUnit",
        "P-SAFETY",
        "2026-01-08T14:00",
        {"body": BODY, "unit": UNIT, "name": "提升运输：竖井（罐笼）", "kind": "main", "parent": None},
    ),
    _line(
        "IdentifyRisk",
        "P-WORKSHOP",
        "2026-01-12T09:00",
        {
            **THE_RISK,
            "unit": UNIT,
            "name": "罐笼过卷",
            "factor": "2101",
            "factor_edition": "GB/T 13861-2022",
            "accident_types": ["高处坠落", "机械伤害"],
            "cause": "深度指示与实际位置不符，减速点漂移，罐笼越过正常停车位置",
            "consequence": "罐笼撞击井架，钢丝绳受损，罐内人员坠落",
            "impact": "竖井罐笼乘员、井口信号工和井口房",
            "category": "设备设施",
            "features": "单绳缠绕式提升机，双罐笼提人",
            "parameters": "提升高度320米，最大速度6米每秒，每罐14人",
        },
    ),
    _line(
        "AssessRisk",
        "P-WORKSHOP",
        "2026-01-12T15:00",
        {
            **THE_RISK,
            "method": "lec",
            "inputs": {"L": "1", "E": "6", "C": "40"},
            "effectiveness": "过卷保护装置每班试验，动作正常",
            "standards_met": True,
            "analysis": {
                "initiating_object": "深度指示器",
                "inducing_cause": "减速点漂移后未及时校核",
                "harming_object": "罐笼和钢丝绳",
                "injury_manner": "罐笼撞击井架，人员摔落或被挤压",
            },
            "basis": "近三年过卷保护试验记录",
            "evidence": [
                {
                    "kind": "test",
                    "what": "2025年过卷保护试验记录汇总",
                    "salted_sha256": "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
                }
            ],
            "participants": ["P-TEAM", "P-WORKER"],
        },
    ),
    *(_line(*entry) for entry in (*MONITORING, *CAMPAIGNS)),
    *(_line(*entry) for entry in FIRST),
    _line(
        "ReassessRisk",
        "P-EXPERT",
        "2026-01-19T10:00",
        {
            **THE_RISK,
            "method": "lec",
            "inputs": {"L": "0.5", "E": "6", "C": "40"},
            "reason": "change",
            "effectiveness": "后备过卷开关已投用，与主保护相互独立",
            "basis": "2026年1月16日投用试验记录",
            "participants": ["P-WORKSHOP"],
        },
    ),
    _line(
        "DecideLowering",
        "P-PRINCIPAL",
        "2026-01-19T15:00",
        {**THE_RISK, "verdict": "approved", "remark": "同意，试验记录已核对"},
    ),
    _line(
        "RegisterHazard",
        "P-WORKER",
        "2026-01-20T08:30",
        {
            **THE_HAZARD,
            "unit": UNIT,
            "title": "提升机操作台过卷指示灯不亮",
            "description": "班前检查发现操作台过卷指示灯不亮；过卷保护装置试验动作正常",
            "source": "inspection",
            "breached": "本矿提升机操作规程：各指示信号应完好",
            "risk": RISK,
        },
    ),
    _line(
        "EvaluateHazard",
        "P-SAFETY",
        "2026-01-20T10:00",
        {**THE_HAZARD, "grade": "general", "basis": "保护装置本身有效，仅指示失效，不属于重大事故隐患"},
    ),
    _line(
        "PlanRectification",
        "P-WORKSHOP",
        "2026-01-20T16:00",
        {
            **THE_HAZARD,
            "responsible": "P-TEAM",
            "measures": "更换指示灯及其供电回路，校验信号与保护动作一致",
            "funds": "3000元，列入设备维修费",
            "contingency": "更换期间由专人在井口监护，并用电话与司机确认停车位置",
        },
    ),
    _line(
        "AskExtension",
        "P-TEAM",
        "2026-02-09T09:00",
        {**THE_HAZARD, "due": "2026-03-10", "reason": "厂家备件因春节停产，二月底才能到货"},
    ),
    _line(
        "DecideExtension",
        "P-PRINCIPAL",
        "2026-02-10T09:00",
        {**THE_HAZARD, "verdict": "approved", "remark": "延期期间监护措施不得中断"},
    ),
    _line(
        "RecordProgress",
        "P-TEAM",
        "2026-02-26T09:00",
        {**THE_HAZARD, "progress": "备件已到货，停产检修安排在三月初"},
    ),
    *(_line(*entry) for entry in NEIGHBOURS),
    _line(
        "CompleteRectification",
        "P-TEAM",
        "2026-03-05T17:00",
        {**THE_HAZARD, "done": "指示灯和供电回路已更换，连续试验十次正常", "rectified_by": ["P-WORKER"]},
    ),
    _line(
        "VerifyRectification",
        "P-SAFETY",
        "2026-03-06T09:30",
        {**THE_HAZARD, "verdict": "accepted", "findings": "现场试验五次，指示与保护动作一致"},
    ),
    _line(
        "CloseHazard",
        "P-PRINCIPAL",
        "2026-03-06T15:00",
        {**THE_HAZARD, "remark": "同意销号"},
    ),
    _line(
        "ReopenHazard",
        "P-SAFETY",
        "2026-03-16T08:00",
        {**THE_HAZARD, "reason": "月度检查发现指示灯再次熄灭，原因未根除"},
    ),
    *(_line(*entry) for entry in HAZARDS),
    *(_line(*entry) for entry in SITES),
    *(_line(*entry) for entry in IDENTITY),
    *(_line(*entry) for entry in CHECKS),
    *(_line(*entry) for entry in LATER),
    *(_line(*entry) for entry in METHODS),
    *(_line(*entry) for entry in CHANGES),
    _line(
        "ChooseMethod",
        "P-SAFETY",
        "2026-03-20T09:00",
        {**THE_RISK, "method": "lec", "reason": "提升系统按作业条件危险性评价法统一定级"},
    ),
    _line(
        "RetireRisk",
        "P-SAFETY",
        "2026-03-20T10:00",
        {**THE_RISK, "reason": "该竖井停止提人，改由斜坡道运送人员"},
    ),
    _line(
        "RevokeRole",
        "P-ADMIN",
        "2026-03-23T09:00",
        {
            "body": BODY,
            "person": "P-DEPUTY",
            "role": "workshop_lead",
            "until": "2026-03-23",
            "reason": "调离提升工区",
        },
    ),
    *(_line(*one) for one in ORGANISATION),
    *(_line(*one) for one in REPORTS),
    *(_line(*one) for one in LISTENING),
    *(_line(*one) for one in DUTIES),
    *(_line(*one) for one in CALENDAR),
    *(_line(*one) for one in DRAWS),
    *(_line(*one) for one in WEATHER),
    *(_line(*one) for one in EQUIPMENT),
    *(_line(*one) for one in NOTICES),
)
"""A whole line of a batch for every command that people may give, in an order in which all are accepted."""

_DUTY = {"body": BODY, "duty": DUTY}

MACHINE_EXAMPLES: dict[str, dict[str, object]] = {
    "NoteControlFailure": {**THE_RISK, "control": "C-01", "hazard": HAZARD},
    "OweRenewals": {
        **THE_RISK,
        "control": "C-01",
        "version": 1,
        "assets": [{"kind": "sensor", "code": "ZSJ-GJ-02", "renew_by": "2029-01-31"}],
        "by": "P-SAFETY",
    },
    "EndRenewals": {**THE_RISK, "by": "P-SAFETY", "reason": "该竖井停止提人，改由斜坡道运送人员"},
    **CONTROL_MACHINE,
    **MONITORING_MACHINE,
    **WEATHER_MACHINE,
    **EQUIPMENT_MACHINE,
    **UPLIFT_MACHINE,
    **CHANGE_MACHINE,
    **NOTICE_MACHINE,
    "RaiseDuty": {
        **_DUTY,
        "rule": "rectification",
        "subject_kind": "hazard",
        "subject": HAZARD,
        "owed_by": "P-TEAM",
        "due": "2026-02-19",
        "citation": {
            "rule": "rectification-days",
            "version": "house-2026",
            "title": "Dualguard house rule",
            "number": "",
            "article": "",
            "source": "house",
            "standing": "adopted; house rule",
        },
        "follows_record": True,
    },
    "ExtendDuty": {**_DUTY, "due": "2026-03-10", "approved_by": "P-PRINCIPAL"},
    "AnswerDuty": {**_DUTY, "answered_by": "P-WORKER", "recorded_on": "2026-04-01"},
    "ResumeDuty": {**_DUTY, "rejected_by": "P-SAFETY"},
    "MarkDutyDue": {**_DUTY, "due": "2026-03-10"},
    "RemindDuty": {**_DUTY, "on": "2026-03-03"},
    "MarkDutyOverdue": {**_DUTY, "due": "2026-03-10"},
    "MarkDutyMissed": {**_DUTY, "closes": "2026-03-31"},
    "EscalateDuty": {**_DUTY, "rung": 1, "on": "2026-03-16"},
    "SettleDutyDay": {**_DUTY, "was": "2027-02-10", "due": "2027-02-18"},
    "DropDuty": {
        "body": BODY,
        "duty": "reassess.BG-2026-01.R-0001",
        "dropped_by": "P-PRINCIPAL",
        "reason": "检修只涉及制动器备用油路，不改变过卷保护",
    },
    "RestoreDuty": {
        **_DUTY,
        "on": "2026-03-05",
        "reason": "任职（班组长）自 2026-03-05 起 / the role (team leader) since 2026-03-05",
    },
    "SupersedeDuty": {**_DUTY, "by_duty": "rectification.YH-0001.2", "reason": "隐患重新打开，另立整改期限"},
    "MarkInspectionMissed": {
        "body": BODY,
        "inspection": "JC-TS.team.P1M.P-TEAM.2026-03-01",
        "due": "2026-03-31",
    },
    "EndDutyReason": {**_DUTY, "on": "2026-03-16", "reason": "major_risk_exists", "about": "R-0001"},
    "OpenPractice": {"note": "新员工培训演练"},
    "NoteClockAbsence": {"since": "2026-02-16T12:00:00.000000Z", "until": "2026-02-17T01:30:00.000000Z"},
    "NoteClockDisagreement": {
        "read": "2026-02-20T03:00:00.000000Z",
        "stamped": "2026-02-20T03:05:00.000000Z",
    },
    "NotePolicyRefusal": {
        "policy": "rectification-deadline",
        "position": 21,
        "command": "RaiseDuty",
        "refused": "AlreadyRegistered",
        "because": f"duty '{DUTY}' is already registered (responsible body: {BODY})",
    },
}
"""The data of every command that only the clock, policies and feeds give."""

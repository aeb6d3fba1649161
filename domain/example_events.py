"""One whole example of every event; where an example command records one of the kind, it is that one."""

from __future__ import annotations

from domain.bodies import BodyReclassified, BodyRegistered
from domain.example_assessment_events import ASSESSMENT_EVENTS
from domain.example_calendar import CALENDAR_EVENTS
from domain.example_campaigns import CAMPAIGN_EVENTS
from domain.example_changes import CHANGE_EVENTS
from domain.example_check_events import CHECK_EVENTS
from domain.example_controls import CONTROL_EVENTS
from domain.example_draws import DRAW_EVENTS
from domain.example_duty_events import DAYS, DUTY_EVENTS
from domain.example_equipment import EQUIPMENT_EVENTS
from domain.example_hazard_events import HAZARD_EVENTS
from domain.example_identity import IDENTITY_EVENTS
from domain.example_methods import METHOD_EVENTS
from domain.example_monitoring import MONITORING_EVENTS
from domain.example_neighbours import NEIGHBOUR_EVENTS
from domain.example_notices import NOTICE_EVENTS
from domain.example_organisation_events import ORGANISATION_EVENTS
from domain.example_reports import REPORT_EVENTS
from domain.example_site_events import SITE_EVENTS
from domain.example_uplift import UPLIFT_EVENTS
from domain.example_weather import WEATHER_EVENTS
from domain.hazard_extension import ExtensionApproved, ExtensionAsked, ExtensionRefused
from domain.hazard_plan import RectificationPlanned
from domain.hazard_verification import (
    RectificationCompleted,
    RectificationRejected,
    RectificationVerified,
)
from domain.hazards import HazardClosed, HazardEvaluated, HazardRegistered, HazardReopened
from domain.language import Event
from domain.logbook import ClockDisagreed, ClockWasAway, PolicyRefused, PracticeOpened
from domain.people import PersonRegistered
from domain.risk_identity import RiskIdentified
from domain.risks import RiskRetired
from domain.roles import RoleGranted, RoleRevoked
from domain.rule_adoption import RulePackAdopted
from domain.rulebook import Citation
from domain.units import UnitRegistered

VERIFICATION = Citation(
    "verification", "house-2026", "Dualguard house rule", source="house", standing="adopted; house rule"
)

_EXAMPLES: tuple[Event, ...] = (
    BodyRegistered(
        "KS-01",
        "青石岭矿业有限公司青石岭铅锌矿（示例）",
        "enterprise",
        "320113",
        "non_coal_mine",
        ("non_coal_mine",),
    ),
    BodyReclassified("non_coal_mine", ("non_coal_mine", "dangerous_goods_storage")),
    PersonRegistered("P-EXPERT", "expert"),
    RoleGranted("P-SAFETY", "safety_officer", "2026-01-05", None),
    RoleRevoked("P-DEPUTY", "workshop_lead", "2026-03-23", "调离提升工区"),
    RulePackAdopted(
        "house-2026",
        "1",
        "House rules that Dualguard proposes (2026)",
        "house",
        "2026-01-06",
        None,
        (
            "lec common-4colour-1",
            "level-escalation house-2026",
            "level-lowering house-2026",
            "rectification-days house-2026",
            "repeated-failure house-2026",
            "verification house-2026",
            "asset-renewal house-2026",
        ),
    ),
    UnitRegistered("U-TS", "提升运输：竖井（罐笼）", "main", None, 1, "2026-01-08T06:00:00.000000Z"),
    RiskIdentified(
        "U-TS",
        "罐笼过卷",
        "2101",
        "GB/T 13861-2022",
        "设备、设施、工具、附件缺陷",
        "V",
        ("高处坠落", "机械伤害"),
        "GB 6441-1986",
        "深度指示与实际位置不符，减速点漂移，罐笼越过正常停车位置",
        "罐笼撞击井架，钢丝绳受损，罐内人员坠落",
        "竖井罐笼乘员、井口信号工和井口房",
        "设备设施",
        "单绳缠绕式提升机，双罐笼提人",
        "提升高度320米，最大速度6米每秒，每罐14人",
        "own",
        "",
        None,
        None,
    ),
    *ASSESSMENT_EVENTS,
    *METHOD_EVENTS,
    RiskRetired("该竖井停止提人，改由斜坡道运送人员"),
    HazardRegistered(
        "U-TS",
        "提升机操作台过卷指示灯不亮",
        "班前检查发现操作台过卷指示灯不亮；过卷保护装置试验动作正常",
        "inspection",
        "本矿提升机操作规程：各指示信号应完好",
        "R-0001",
        found_by="P-WORKER",
        found_at="2026-01-20T00:30:00.000000Z",
    ),
    HazardEvaluated(
        "general",
        "保护装置本身有效，仅指示失效，不属于重大事故隐患",
        "2026-01-20T02:00:00.000000Z",
        ("P-SAFETY",),
    ),
    RectificationPlanned(
        1,
        "P-TEAM",
        "更换指示灯及其供电回路，校验信号与保护动作一致",
        "3000元，列入设备维修费",
        "更换期间由专人在井口监护，并用电话与司机确认停车位置",
        "2026-02-19",
        "P-WORKSHOP",
        DAYS,
    ),
    ExtensionAsked("2026-02-19", "2026-03-10", "P-TEAM", "厂家备件因春节停产，二月底才能到货"),
    ExtensionApproved(1, "2026-02-19", "2026-03-10", "P-TEAM", "P-PRINCIPAL", "延期期间监护措施不得中断"),
    ExtensionRefused("2026-02-19", "2026-03-10", "P-TEAM", "P-PRINCIPAL", "可先租用同型号备件"),
    RectificationCompleted(1, 1, "指示灯和供电回路已更换，连续试验十次正常", ("P-WORKER", "P-TEAM")),
    RectificationVerified("P-SAFETY", "现场试验五次，指示与保护动作一致", 1, 1, VERIFICATION),
    RectificationRejected(1, "P-SAFETY", "现场试验五次，有一次指示灯未亮"),
    HazardClosed("同意销号"),
    HazardReopened(2, "月度检查发现指示灯再次熄灭，原因未根除", "2026-03-16T00:00:00.000000Z"),
    PracticeOpened("新员工培训演练"),
    ClockWasAway("2026-02-16T12:00:00.000000Z", "2026-02-17T01:30:00.000000Z"),
    ClockDisagreed("2026-02-20T03:00:00.000000Z", "2026-02-20T03:05:00.000000Z"),
    PolicyRefused(
        "rectification-deadline",
        21,
        "RaiseDuty",
        "AlreadyRegistered",
        "duty 'rectification.YH-0001.1' is already registered (responsible body: KS-01)",
    ),
    *SITE_EVENTS,
    *CALENDAR_EVENTS,
    *NEIGHBOUR_EVENTS,
    *MONITORING_EVENTS,
    *CAMPAIGN_EVENTS,
    *DRAW_EVENTS,
    *REPORT_EVENTS,
    *DUTY_EVENTS,
    *IDENTITY_EVENTS,
    *CHECK_EVENTS,
    *HAZARD_EVENTS,
    *CONTROL_EVENTS,
    *WEATHER_EVENTS,
    *EQUIPMENT_EVENTS,
    *UPLIFT_EVENTS,
    *CHANGE_EVENTS,
)

EVENT_EXAMPLES: dict[str, Event] = {
    event.KIND: event for event in (*_EXAMPLES, *ORGANISATION_EVENTS, *NOTICE_EVENTS)
}
"""Stored kind -> its example."""

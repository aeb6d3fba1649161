"""One whole example of every event of a duty; where an example command records one of the kind, it is that one."""

from __future__ import annotations

from domain.duty_answer import DutyAnswered, DutyExtended, DutyResumed
from domain.duty_clock import DutyEscalated, DutyFellDue, DutyMissed, DutyOverdue, DutyReminded
from domain.duty_ending import (
    DutyAnswerRejected,
    DutyFulfilled,
    DutyReasonEnded,
    DutyRestored,
    DutySuperseded,
    DutyWaived,
)
from domain.duty_extension import DutyExtensionApproved, DutyExtensionAsked, DutyExtensionRefused
from domain.duty_raising import DutyAssigned, DutyRaised
from domain.duty_settling import DutyDaySettled
from domain.duty_state import Rung
from domain.language import Event
from domain.rulebook import Citation

DUTY = "rectification.YH-0001.1"
DAYS = Citation(
    "rectification-days",
    "house-2026",
    "Dualguard house rule",
    source="house",
    standing="adopted; house rule",
)
LINE = Citation(
    "duty-escalation",
    "house-duties-2026",
    "Dualguard house rule",
    source="house",
    standing="adopted; house rule",
)

DUTY_EVENTS: tuple[Event, ...] = (
    DutyRaised("rectification", "hazard", "YH-0001", "P-TEAM", "2026-02-19", DAYS, follows_record=True),
    DutyAssigned(
        "组织一次坠罐事故应急演练",
        "unit",
        "U-TS",
        "team_lead",
        "role",
        "2026-04-15",
        "P-SAFETY",
        "停止提人前须演练一次撤离路线",
        (7, 1),
    ),
    DutyExtended("2026-02-19", "2026-03-10", "P-PRINCIPAL"),
    DutyDaySettled("2027-02-10", "2027-02-18"),
    DutyExtensionAsked("2026-04-15", "2026-04-30", "P-TEAM", "四月上旬井口检修，无法演练"),
    DutyExtensionApproved("2026-04-15", "2026-04-30", "P-TEAM", "P-PRINCIPAL", "检修期间加强监护"),
    DutyExtensionRefused("2026-04-15", "2026-04-30", "P-TEAM", "P-PRINCIPAL", "检修三天即完，按原期限演练"),
    DutyReminded("2026-03-03", "2026-03-10"),
    DutyFellDue("2026-03-10"),
    DutyOverdue(
        "2026-03-10",
        (Rung("workshop_lead", 4), Rung("safety_officer", 6), Rung("principal", 8)),
        LINE,
    ),
    DutyMissed("2026-03-31", "2026-03-10"),
    DutyEscalated(1, "workshop_lead", ("P-WORKSHOP",), "2026-03-16", "2026-03-10"),
    DutyAnswered("P-WORKER", "2026-03-10", "2026-03-05", 0, "2026-04-01", ("P-TEAM",)),
    DutyFulfilled("P-TEAM", "已组织桌面推演，签到表存班组", ("P-TEAM",), "2026-04-30", "2026-03-31", 0),
    DutyResumed("2026-03-10", "P-SAFETY"),
    DutyAnswerRejected("2026-04-30", "P-SAFETY", "桌面推演不能代替现场演练"),
    DutyWaived(
        "P-PRINCIPAL",
        "竖井自四月一日起停止提人，演练对象不复存在",
        ("P-TEAM",),
        "2026-04-30",
        "2026-03-31",
        0,
    ),
    DutyRestored(
        "2026-03-05",
        "任职（班组长）自 2026-03-05 起 / the role (team leader) since 2026-03-05",
        "2026-03-31",
    ),
    DutySuperseded("rectification.YH-0001.2", "隐患重新打开，另立整改期限", "2026-03-10", "2026-03-16", 6),
    DutyReasonEnded("2026-03-16", "major_risk_exists", "R-0001", "2026-03-31"),
)

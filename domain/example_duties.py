"""The example mine's duty: a drill that one person assigns, moved, reported done, sent back, and waived.

Each entry is (command, who gives it, when it happened in China to the minute, its fields); they follow upon the other
examples.
"""

from __future__ import annotations

BODY, DUTY = "KS-01", "YL-2026-01"
THE_DUTY = {"body": BODY, "duty": DUTY}

Entry = tuple[str, str, str, dict[str, object]]

DUTIES: tuple[Entry, ...] = (
    (
        "AssignDuty",
        "P-SAFETY",
        "2026-03-31T11:00",
        {
            **THE_DUTY,
            "title": "组织一次坠罐事故应急演练",
            "owed_by": "team_lead",
            "owed_as": "role",
            "due": "2026-04-15",
            "reason": "停止提人前须演练一次撤离路线",
            "subject_kind": "unit",
            "subject": "U-TS",
            "remind": [7, 1],
        },
    ),
    (
        "AskDutyExtension",
        "P-TEAM",
        "2026-03-31T11:30",
        {**THE_DUTY, "due": "2026-04-30", "reason": "四月上旬井口检修，无法演练"},
    ),
    (
        "DecideDutyExtension",
        "P-PRINCIPAL",
        "2026-03-31T14:00",
        {**THE_DUTY, "verdict": "approved", "remark": "检修期间加强监护"},
    ),
    ("FulfilDuty", "P-TEAM", "2026-03-31T15:00", {**THE_DUTY, "done": "已组织桌面推演，签到表存班组"}),
    (
        "RejectDutyAnswer",
        "P-SAFETY",
        "2026-03-31T16:00",
        {**THE_DUTY, "reason": "桌面推演不能代替现场演练"},
    ),
    (
        "WaiveDuty",
        "P-PRINCIPAL",
        "2026-03-31T17:00",
        {**THE_DUTY, "reason": "竖井自四月一日起停止提人，演练对象不复存在"},
    ),
)
"""In an order in which all are accepted after the other examples."""

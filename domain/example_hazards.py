"""Whole examples of what goes on beside a hazard's loop: report, verdict, filing, the short path, and other ends.

Each entry is (command, who gives it, when it happened in China to the minute, its fields); ``domain/examples.py``
makes them whole lines of a batch, after all others.
"""

from __future__ import annotations

__all__ = ["HAZARDS"]

_FIRST = {"body": "KS-01", "hazard": "YH-0001"}
_FOUND = {"body": "KS-01", "hazard": "YH-9001"}

Entry = tuple[str, str, str, dict[str, object]]

HAZARDS: tuple[Entry, ...] = (
    (
        "FindHazard",
        "P-DRILLER",
        "2026-03-16T09:00",
        {
            **_FOUND,
            "unit": "U-TS",
            "title": "井口栏杆门锁扣松脱",
            "description": "路过时发现井口栏杆门锁扣松脱，门可被推开",
            "source": "report",
            "breached": "GB 16423：井口应设可靠的安全门",
            "risk": "R-0001",
            "control": "C-01",
            "evidence": ["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
        },
    ),
    (
        "LinkDuplicate",
        "P-WORKSHOP",
        "2026-03-16T09:30",
        {**_FOUND, "of": "YH-0001", "reason": "误以为同一处"},
    ),
    ("UnlinkDuplicate", "P-SAFETY", "2026-03-16T09:40", {**_FOUND, "reason": "不是同一设备"}),
    (
        "ProposeNotHazard",
        "P-WORKSHOP",
        "2026-03-16T09:50",
        {**_FOUND, "reason": "门外另有一道护栏"},
    ),
    (
        "DecideNotHazard",
        "P-SAFETY",
        "2026-03-16T10:10",
        {**_FOUND, "verdict": "refused", "remark": "护栏不能代替井口门，属于隐患"},
    ),
    (
        "FixOnSpot",
        "P-WORKER",
        "2026-03-16T10:30",
        {**_FOUND, "done": "更换锁扣，推拉二十次不脱", "rectified_by": ["P-WORKER"]},
    ),
    (
        "ConfirmFix",
        "P-SAFETY",
        "2026-03-16T11:00",
        {**_FOUND, "verdict": "accepted", "findings": "现场推拉，锁扣可靠"},
    ),
    (
        "SetInterimMeasure",
        "P-WORKSHOP",
        "2026-03-16T14:00",
        {**_FIRST, "measure": "停用操作台，改用备用操作台，井口专人监护", "responsible": "P-TEAM"},
    ),
    (
        "JudgeHazard",
        "P-EXPERT",
        "2026-03-16T15:00",
        {
            **_FIRST,
            "pack": "major-hazards-mines",
            "item": "M88-UG-22",
            "answers": {"M88-UG-22": "no"},
            "remark": "保护和闭锁有效，只是指示失效",
        },
    ),
    (
        "RegradeHazard",
        "P-SAFETY",
        "2026-03-16T16:00",
        {**_FIRST, "grade": "major", "reason": "一个月内两次失效，整改需要停产"},
    ),
    (
        "FileMajorHazard",
        "P-SAFETY",
        "2026-03-17T09:00",
        {
            **_FIRST,
            "authority": "江宁区应急管理局",
            "content": "现状和原因：过卷指示反复失效；危害和难度：须停产改造；方案：更换整套信号装置",
        },
    ),
    (
        "AnswerFiling",
        "P-PRINCIPAL",
        "2026-03-18T10:00",
        {**_FIRST, "verdict": "accepted", "receipt": "JN-2026-017"},
    ),
    (
        "AnalyseCause",
        "P-EXPERT",
        "2026-03-18T11:00",
        {
            **_FIRST,
            "cause": "接线端子振动松脱，更换灯具未查供电回路",
            "system_gap": "维修验收只看结果，不要求查明原因",
            "corrections": ["修订维修验收规程", "端子改用弹簧式并列入月检"],
        },
    ),
    (
        "ReportHazard",
        "P-WORKSHOP",
        "2026-03-18T14:00",
        {**_FIRST, "recipient": "workers", "content": "班前会通报隐患现状、临时措施和治理安排"},
    ),
    (
        "DeclareSamePerson",
        "P-ADMIN",
        "2026-03-18T14:30",
        {
            "body": "KS-01",
            "person": "P-EXPERT-2",
            "same_as": "P-EXPERT",
            "reason": "核对证件：同一专家以两个编号登记",
        },
    ),
    (
        "DismissSignal",
        "P-PRINCIPAL",
        "2026-03-18T15:00",
        {
            "body": "KS-01",
            "signal": "minutes-YH-0001-1-1",
            "hazards": ["YH-0001"],
            "reason": "验收人当时就在现场，监控录像可证",
        },
    ),
)
"""In an order in which all are accepted after the example hazard was opened again."""

"""One whole example of every event beside a hazard's loop; a part of ``domain/example_events.py``."""

from __future__ import annotations

from domain.control_failures import ControlFailed, ReassessmentProposed
from domain.hazard_dismissal import (
    DuplicateLinked,
    DuplicateUnlinked,
    NotHazardConfirmed,
    NotHazardProposed,
    NotHazardRefused,
)
from domain.hazard_filing import FilingAccepted, FilingReturned, MajorHazardFiled
from domain.hazard_finding import HazardFound
from domain.hazard_grading import HazardRegraded
from domain.hazard_handling import CauseAnalysed, HazardReported, InterimMeasureSet, RectificationProgressed
from domain.hazard_on_the_spot import FixConfirmed, FixedOnSpot, FixRejected
from domain.hazard_verdicts import HazardJudged
from domain.language import Event
from domain.paper_signals import SignalDismissed
from domain.people import SamePersonDeclared
from domain.renewals import Renewal, RenewalsEnded, RenewalsSet
from domain.rulebook import Citation

__all__ = ["HAZARD_EVENTS"]

_CRITERIA = Citation(
    "major-hazards-mines",
    "KA-2022-88",
    "金属非金属矿山重大事故隐患判定标准",
    "矿安〔2022〕88号",
    source="sector",
)

_FAILURE = Citation(
    "repeated-failure", "house-2026", "Dualguard house rule", source="house", standing="adopted; house rule"
)

_RENEWAL = Citation(
    "asset-renewal", "house-2026", "Dualguard house rule", source="house", standing="adopted; house rule"
)

HAZARD_EVENTS: tuple[Event, ...] = (
    HazardFound(
        "U-TS",
        "井口栏杆门锁扣松脱",
        "路过时发现井口栏杆门锁扣松脱，门可被推开",
        "report",
        "GB 16423：井口应设可靠的安全门",
        "R-0001",
        "C-01",
        "P-DRILLER",
        "2026-03-16T01:00:00.000000Z",
        ("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",),
    ),
    DuplicateLinked("YH-0001", "found", "误以为同一处"),
    DuplicateUnlinked("found", "不是同一设备"),
    NotHazardProposed("门外另有一道护栏", "P-WORKSHOP"),
    NotHazardRefused(1, "P-WORKSHOP", "P-SAFETY", "护栏不能代替井口门，属于隐患"),
    NotHazardConfirmed(1, "P-WORKSHOP", "P-SAFETY", "同意"),
    FixedOnSpot(1, "更换锁扣，推拉二十次不脱", ("P-WORKER",)),
    FixConfirmed(1, "P-SAFETY", "现场推拉，锁扣可靠"),
    FixRejected(1, "P-SAFETY", "锁扣推拉三次即脱"),
    RectificationProgressed(1, 1, "备件已到货，停产检修安排在三月初"),
    InterimMeasureSet(2, "停用操作台，改用备用操作台，井口专人监护", "P-TEAM"),
    HazardJudged(
        "major-hazards-mines",
        "KA-2022-88",
        "M88-UG-22",
        "提升系统(多种情形)",
        "P",
        {"M88-UG-22": "no"},
        "not_major",
        "P-EXPERT",
        "保护和闭锁有效，只是指示失效",
        _CRITERIA,
    ),
    HazardRegraded("general", "major", "一个月内两次失效，整改需要停产", ("P-SAFETY",), "evaluated"),
    MajorHazardFiled(
        2,
        "江宁区应急管理局",
        "现状和原因：过卷指示反复失效；危害和难度：须停产改造；方案：更换整套信号装置",
        "P-SAFETY",
    ),
    FilingAccepted(2, "JN-2026-017", ""),
    FilingReturned(2, "未写明整改期间的应急措施"),
    CauseAnalysed(
        2,
        "接线端子振动松脱，更换灯具未查供电回路",
        "维修验收只看结果，不要求查明原因",
        ("修订维修验收规程", "端子改用弹簧式并列入月检"),
        "P-EXPERT",
        "",
    ),
    ControlFailed("C-01", "YH-0002", "2026-03-18", 2),
    ReassessmentProposed("C-01", ("YH-0001", "YH-0002"), "2026-03-18", _FAILURE),
    RenewalsSet(
        "C-01",
        1,
        (Renewal(1, "sensor", "ZSJ-GJ-02", "2029-01-31"),),
        (1,),
        (),
        "workshop_lead",
        _RENEWAL,
        "P-SAFETY",
        "",
    ),
    RenewalsEnded((1,), "P-SAFETY", "该竖井停止提人，改由斜坡道运送人员"),
    SamePersonDeclared("P-EXPERT-2", "P-EXPERT", "核对证件：同一专家以两个编号登记", "P-ADMIN"),
    SignalDismissed(("YH-0001",), "验收人当时就在现场，监控录像可证", "P-PRINCIPAL"),
    HazardReported(2, "workers", "班前会通报隐患现状、临时措施和治理安排", "P-WORKSHOP"),
)
"""The examples of the events beside the loop."""

"""One whole example of every event about checklists and inspections: what the example commands record."""

from __future__ import annotations

from domain.checklist_items import ChecklistItem
from domain.checklists import (
    ChecklistAmended,
    ChecklistDrawnUp,
    ChecklistWithdrawn,
    RoundsAssigned,
    RoundsEnded,
)
from domain.evidence import EvidenceDeposited, EvidenceErased
from domain.example_checks import PHOTO
from domain.inspection_addenda import InspectionAddendumAdded, InspectionRechecked
from domain.inspection_answers import Failure, InspectionCompleted, InspectionStarted, ItemAnswered
from domain.inspection_rounds import InspectionMissed, InspectionPlanned
from domain.inspection_state import RoundItem, RoundPlan
from domain.language import Event
from domain.visits import VisitAnswered, VisitedFinding, VisitRecorded

_PLAN = RoundPlan("JC-TS", "team", "P1M", "P-TEAM", "2026-03-19", "2026-03-25", False, None)
_SERIES = RoundPlan("JC-TS", "team", "P1M", "P-TEAM", "2026-03-19", "2026-03-31", True, None)

CHECK_EVENTS: tuple[Event, ...] = (
    ChecklistDrawnUp(
        "竖井提升风险管控与隐患排查清单",
        "U-TS",
        (
            ChecklistItem(
                *("1", "后备过卷开关动作正常", "现场试验一次，查阅每班试验记录", ("workshop", "team"), "P1M"),
                *("U-TS-1", "R-0001", "C-01"),
            ),
            ChecklistItem(
                *("2", "闸盘无油污，制动间隙符合规定", "停车后用塞尺测量", ("team",), "P1M", "U-TS-9-1"),
                *(None, None),
            ),
        ),
        "2026-03-19T00:30:00.000000Z",
    ),
    ChecklistAmended(
        2,
        (
            ChecklistItem(
                *("3", "司机熟知过卷后的处置步骤", "现场考问", ("team",), "P1M", "U-TS-1-1", None, None)
            ),
        ),
        ("3",),
        (),
        "增加司机应知应会",
        "2026-03-19T00:40:00.000000Z",
    ),
    EvidenceDeposited("jpeg", 2483117, "2026-03-19T00:57:00.000000Z", "后备过卷开关试验前"),
    EvidenceErased("照片中有无关人员面部，已另拍"),
    VisitRecorded(
        "sector_department",
        "区应急管理局矿山安全科（示例）",
        "scheduled",
        "检查竖井提升系统和风险告知",
        (
            VisitedFinding(
                "1",
                "U-TS-1-1",
                "操作台无岗位风险告知卡",
                "操作台未张贴岗位风险告知卡，司机说不出应急措施",
                "post_cards",
                "YH.JD-2026-01.1",
            ),
        ),
        "2026-03-26",
        (),
        False,
    ),
    VisitAnswered("告知卡已张贴，司机重新培训并考试合格", (), "2026-03-26", 0),
    RoundsAssigned("team", "P1M", "P-TEAM", "2026-03-19"),
    RoundsEnded("team", "P1M", "P-TEAM", "2026-03-19", "2026-04-01", "竖井停止提人"),
    ChecklistWithdrawn("竖井停止提人，另编检修期清单", "2026-03-20"),
    InspectionPlanned(_PLAN),
    InspectionStarted(
        *("JC-TS", 3, "team", "P1M"),
        (
            RoundItem("1", "U-TS-1", "R-0001", "C-01"),
            RoundItem("2", "U-TS-9-1", None, None),
            RoundItem("3", "U-TS-1-1", None, None),
        ),
        ("P-TEAM", "P-WORKSHOP"),
        ("record_review", "on_site_examination"),
        ("measure_implementation", "post_risk_recognition"),
        ("P-WORKER",),
        "提升机房",
        "2026-03-19T01:00:00.000000Z",
    ),
    ItemAnswered(
        *("1", "fail", "后备过卷开关试验三次，一次未动作", (PHOTO,), "", "井口操作台"),
        "2026-03-19T01:10:00.000000Z",
        ("P-TEAM",),
        Failure("U-TS-1", "后备过卷开关动作正常", "R-0001", "C-01", "YH.JC-TS-2026-03.1"),
    ),
    InspectionCompleted(
        ("P-TEAM",),
        "以上为本人现场检查所见，属实",
        None,
        *(1, 1, 0, 1),
        _PLAN,
        0,
        "2026-03-19T02:00:00.000000Z",
    ),
    InspectionMissed(_SERIES, "planned", 0, 0),
    InspectionAddendumAdded(
        *("补测：右侧闸间隙2.3毫米，超过2毫米", "2", "pass", "fail", (), ("P-TEAM",)),
        Failure("U-TS-9-1", "闸盘无油污，制动间隙符合规定", None, None, "YH.JC-TS-2026-03.2"),
    ),
    InspectionRechecked("sound", "现场重做三次试验，情况与记录一致", ("1",), (), ("P-SAFETY",)),
)

"""One whole example of every event about units, stops, holds, posts and areas: what the example commands record."""

from __future__ import annotations

from domain.areas import AreaDefined, AreaDissolved, AreaRegrouped, AreaUnweighed, AreaWeighed
from domain.confirmations import ConfirmationRechecked, ConfirmedException, PostsConfirmed
from domain.holds import CountermeasureImplemented, CountermeasureSet, HoldOpened, HoldReleased
from domain.language import Event
from domain.stops import StopReleased, UnitEvacuated, UnitStopped, ZoneClosed
from domain.unit_surveys import AspectReviewed, UnitFlagged, UnitLocated
from domain.units import UnitMoved, UnitRenamed, UnitRetired

SITE_EVENTS: tuple[Event, ...] = (
    UnitMoved("U-TS-9-1", "U-TS-9", "U-TS-1", "制动装置随提升机迁入新机房", "2026-03-16T01:10:00.000000Z"),
    UnitRenamed("U-TS-1", "机房", "提升机房", "2026-03-16T01:20:00.000000Z"),
    UnitRetired("U-TS-9", "旧机房停用，设备已全部迁出", "2026-03-16T01:30:00.000000Z"),
    UnitLocated(
        "TZ-TS-01",
        (("12.5", "8"), ("16.5", "8"), ("16.5", "11.25"), ("12.5", "11.25")),
        "CGCS2000",
        "118.8012",
        "31.9921",
    ),
    UnitFlagged(("dangerous_place", "key_post"), "一人操作，直接关系罐笼乘员安全"),
    AspectReviewed(
        "work_activity", ("P-WORKER", "P-TEAM"), "开车、减速、停车三个环节逐一查看，新增误操作风险一项待辨识"
    ),
    UnitStopped(
        1,
        "主、后备过卷保护试验均不动作，罐笼运行失去保护",
        "R-0001",
        "general",
        None,
        "2026-03-16T22:40:00.000000Z",
        ("P-WORKER",),
    ),
    UnitEvacuated(1, "井口等候的14人撤至候罐室外，罐内无人，逐一点名"),
    ZoneClosed(1, "井口房及井架四周20米拉警戒带，安全门上锁，专人看守"),
    StopReleased(
        1,
        "更换两套过卷开关及公共电源，分别试验十次均动作",
        "R-0001",
        None,
        "2026-03-17T08:00:00.000000Z",
        ("P-SAFETY",),
    ),
    HoldOpened(
        1,
        "abnormal_condition",
        "操作台深度指示与井口标尺相差0.6米",
        "指示器齿轮打滑，减速点可能漂移；其他信号正常",
        "2026-03-18T00:10:00.000000Z",
    ),
    CountermeasureSet(1, 1, "更换指示器齿轮并重新标定，标定后空罐往返五次"),
    CountermeasureImplemented(1, 1, "2026-03-18T03:20:00.000000Z"),
    HoldReleased(1, "空罐五次误差均小于0.05米", "2026-03-18T03:40:00.000000Z"),
    PostsConfirmed(
        1,
        "早班",
        40,
        "今日井口结冰，注意罐笼踏板打滑；乘罐人数不得超过14人",
        (("U-TS-1-1", "P-WORKER"), ("U-TS-9-1", "P-TEAM")),
        (
            ConfirmedException(
                "U-TS-9-1", "P-TEAM", "equipment_check", "制动闸盘有少量油迹，已擦净，运行一小时后复查", None
            ),
        ),
        "2026-03-18T23:50:00.000000Z",
        ("P-TEAM",),
    ),
    ConfirmationRechecked(1, "sound", "现场抽查过卷试验记录和闸盘，油迹未再出现", ("U-TS-9-1",)),
    AreaDefined("A-TS", "竖井提升区", ("U-TS-1",)),
    AreaRegrouped(("U-TS-1-1", "U-TS-9-1"), {}, {}, "按岗位单元划分更细"),
    AreaWeighed(
        {"U-TS-1-1": "0.6", "U-TS-9-1": "0.4"},
        {"general": "2", "larger": "3", "low": "1", "major": "4"},
        "领导小组会议纪要2026年第3号",
    ),
    AreaUnweighed("权重尚未经专家论证，先按短板原理定级"),
    AreaDissolved("并入提升运输区"),
)

"""Who comes and goes in the machine works, where a machine stands, who looked at a place from every side, and MES."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.demo.plant import CONTRACTOR, DIRECTOR, EXPERT, SAFETY_OFFICER, SHOPS, line
from adapters.demo.plant_risks import found
from adapters.demo.steps import Line, T

CUTTING, WELDING, UTILITIES = SHOPS[0], SHOPS[2], SHOPS[5]


def lines() -> Iterator[Line]:
    """Hand-over, absence, a contractor and an insurer; an outline on a drawing; the five aspects; one more method."""
    yield from _holders()
    yield from _places()
    yield from _by_mes()


def _holders() -> Iterator[Line]:
    yield line(
        "EngageParty",
        SAFETY_OFFICER,
        "2026-02-27T09:00",
        engagement="HZ-01",
        kind="contractor",
        name=T("某起重安装公司（示例）", "a lifting contractor (made up)"),
        task=T("行车检修", "repair of the overhead cranes"),
        staff=[CONTRACTOR],
        since="2026-03-01",
        until="2026-12-31",
    )
    yield line(
        "EngageParty",
        SAFETY_OFFICER,
        "2026-02-27T09:10",
        engagement="HZ-02",
        kind="expert",
        name=T("机械安全专家（示例）", "an expert in machine safety (made up)"),
        task=T("冲压和除尘风险评估", "assessment of presses and dust"),
        staff=[EXPERT],
        since="2026-03-01",
        until="2026-12-31",
    )
    yield line(
        "HandOverPost",
        SAFETY_OFFICER,
        "2026-06-01T08:00",
        post=f"G-{CUTTING.code}",
        person=CUTTING.worker,
        successor=CUTTING.team,
        on="2026-06-01",
        remarks=T(
            "交接剪板机点检记录和两项未了事项",
            "the shears' check lists and two open matters were handed over",
        ),
    )
    yield line(
        "RecordAbsence",
        WELDING.lead,
        "2026-11-13T16:00",
        post=f"G-{WELDING.code}",
        person=WELDING.worker,
        deputy=WELDING.team,
        since="2026-11-16",
        until="2026-12-01",
        reason=T("休假", "leave"),
    )


def _places() -> Iterator[Line]:
    yield line(
        "LocateUnit",
        SAFETY_OFFICER,
        "2026-03-09T09:00",
        unit="W2-PRE3",
        drawing="TZ-W2-01",
        outline=[
            {"x": "10", "y": "4"},
            {"x": "14", "y": "4"},
            {"x": "14", "y": "7.5"},
            {"x": "10", "y": "7.5"},
        ],
    )
    looked = {
        "work_activity": T("卸车、巡检、换瓶逐一查看", "unloading, rounds and bottle changes were looked at"),
        "work_environment": T("通风良好，围墙完整", "well aired, the wall is whole"),
        "equipment_state": T("法兰和报警完好", "flanges and alarms are sound"),
        "post_personnel": T("三人持证", "three people hold certificates"),
        "safety_management": T("值守与卸车清单执行到位", "manned, and the unloading list is kept"),
    }
    for minute, (aspect, findings) in enumerate(looked.items()):
        yield line(
            "RecordAspectReview",
            UTILITIES.team,
            f"2026-03-10T09:{minute:02}",
            unit="W6-GAS1",
            aspect=aspect,
            reviewed_by=[UTILITIES.worker, UTILITIES.team],
            findings=findings,
        )


def _by_mes() -> Iterator[Line]:
    """MES has five levels of its own; which of the four each one is, the body says (NJ-022)."""
    robot = next(one for one in found() if one.entry["name_zh"] == "夹具夹手")
    yield line(
        "AdoptMethod",
        DIRECTOR,
        "2026-03-11T09:00",
        method="mes",
        version="common-1-injury",
        levels={"1": "major", "2": "larger", "3": "general", "4": "low", "5": "low"},
    )
    yield line(
        "ReassessRisk",
        EXPERT,
        "2026-03-12T10:00",
        risk=robot.code,
        method="mes",
        inputs={"M": "3", "E": "6", "S": "2"},
        reason="cross_check",
        basis=T("按 MES 复核一次", "checked once by MES"),
        participants=[WELDING.lead, WELDING.team],
    )

"""The hazards that still stand open in November: one overdue, one that waits for its verifier, one to come, one new."""

from __future__ import annotations

from adapters.demo.mine import (
    AIR_LEAD,
    DIRECTOR,
    ELECTRO_LEAD,
    HOIST_CREW,
    HOIST_DRIVER,
    HOIST_LEAD,
    SAFETY_HEAD,
    SAFETY_OFFICER,
)
from adapters.demo.old_papers import OF_CAR_STOP, OF_INDICATOR
from adapters.demo.steps import Line, T

DOOR: tuple[Line, ...] = (
    # More time was asked for and refused; the day passed.
    {
        "command": "RegisterHazard",
        "by": AIR_LEAD,
        "at": "2026-10-09T09:30+08:00",
        "data": {
            "hazard": "YH-0007",
            "unit": "U-4-1-2",
            "risk": "R-0010",
            "title": T(
                "−575 m 风门损坏，风流短路", "broken air door on level -575 m, the air takes a short cut"
            ),
            "description": T("铲运机撞坏常闭风门，闭锁失效", "a loader hit it; it no longer closes or locks"),
        },
    },
    {
        "command": "EvaluateHazard",
        "by": SAFETY_HEAD,
        "at": "2026-10-09T15:00+08:00",
        "data": {
            "hazard": "YH-0007",
            "grade": "general",
            "basis": T("实测中段总风量仍合格", "measured: the level as a whole still has enough air"),
        },
    },
    {
        "command": "PlanRectification",
        "by": AIR_LEAD,
        "at": "2026-10-10T09:00+08:00",
        "data": {
            "hazard": "YH-0007",
            "responsible": AIR_LEAD,
            "measures": T("更换两道自动风门，加防撞柱", "two new automatic doors and bollards"),
            "funds": T("5.8 万元，安全生产费用", "CNY 58,000 from the safety fund"),
            "contingency": T(
                "专人看守，临时风帘，每班测风", "a guard, a curtain, air measured on every shift"
            ),
            "due": "2026-10-30",
        },
    },
    {
        "command": "AskExtension",
        "by": AIR_LEAD,
        "at": "2026-10-26T10:00+08:00",
        "data": {
            "hazard": "YH-0007",
            "due": "2026-11-30",
            "reason": T("风门订货周期 45 天", "45 days until the doors are delivered"),
        },
    },
    {
        "command": "DecideExtension",
        "by": DIRECTOR,
        "at": "2026-10-28T09:00+08:00",
        "data": {
            "hazard": "YH-0007",
            "verdict": "refused",
            "remark": T("先装手动风门，不得等", "fit doors by hand first; this does not wait"),
        },
    },
)

DUST: tuple[Line, ...] = (
    {
        "command": "RegisterHazard",
        "by": SAFETY_OFFICER,
        "at": "2026-10-28T10:30+08:00",
        "data": {
            "hazard": "YH-0008",
            "unit": "U-4-3-1",
            "risk": "R-0014",
            "title": T("破碎硐室喷雾停用", "the sprays of the crusher chamber are off"),
            "description": T("六个喷嘴堵塞四个", "four of six nozzles are blocked"),
        },
    },
    {
        "command": "EvaluateHazard",
        "by": SAFETY_HEAD,
        "at": "2026-10-28T16:00+08:00",
        "data": {
            "hazard": "YH-0008",
            "grade": "general",
            "basis": T("职业危害，佩戴口罩可控", "harms health over time; masks are worn"),
        },
    },
    {
        "command": "PlanRectification",
        "by": AIR_LEAD,
        "at": "2026-10-29T09:00+08:00",
        "data": {
            "hazard": "YH-0008",
            "responsible": ELECTRO_LEAD,
            "measures": T("更换喷嘴，加过滤器", "new nozzles and a filter"),
            "funds": T("0.6 万元，职业卫生费用", "CNY 6,000 from occupational health"),
            "contingency": T("破碎工缩短作业时间", "shorter shifts at the crusher"),
            "due": "2026-11-20",
        },
    },
    {
        "command": "CompleteRectification",
        "by": ELECTRO_LEAD,
        "at": "2026-11-18T14:00+08:00",
        "data": {
            "hazard": "YH-0008",
            "done": T("六个喷嘴恢复，过滤器已装", "six nozzles work, the filter is in"),
        },
    },
)

CAR_STOP: tuple[Line, ...] = (
    {
        "command": "RegisterHazard",
        "by": HOIST_CREW,
        "at": "2026-11-09T08:20+08:00",
        "data": {
            "hazard": "YH-0009",
            "unit": "U-3-1-4-3",
            "risk": "R-0005",
            "title": T("井口阻车器磨损", "worn car stop at the collar"),
            "description": T("挡爪磨损 6 mm，回位慢", "the claw is worn by 6 mm and comes back slowly"),
            "evidence": [OF_CAR_STOP],
        },
    },
    {
        "command": "EvaluateHazard",
        "by": SAFETY_OFFICER,
        "at": "2026-11-09T14:00+08:00",
        "data": {
            "hazard": "YH-0009",
            "grade": "general",
            "basis": T("闭锁有效，另有安全门", "the interlock works and the gate stands behind it"),
        },
    },
    {
        "command": "PlanRectification",
        "by": HOIST_LEAD,
        "at": "2026-11-10T09:00+08:00",
        "data": {
            "hazard": "YH-0009",
            "responsible": HOIST_LEAD,
            "measures": T("更换挡爪和复位弹簧", "new claw and spring"),
            "funds": T("0.9 万元，维修费用", "CNY 9,000 from maintenance"),
            "contingency": T("矿车人工加木楔", "cars are wedged by hand"),
            "due": "2026-11-27",
        },
    },
)

INDICATOR: tuple[Line, ...] = (
    {
        "command": "RegisterHazard",
        "by": HOIST_DRIVER,
        "at": "2026-11-20T15:50+08:00",
        "entered": "2026-11-20T16:30+08:00",
        "data": {
            "hazard": "YH-0010",
            "unit": "U-3-1-1-1",
            "risk": "R-0004",
            "title": T("深度指示器示值跳动", "the depth indicator jumps"),
            "description": T(
                "罐笼过 −325 m 时示值跳动约 2 m", "by about 2 m when the cage passes level -325 m"
            ),
            "source": "report",
            "evidence": [OF_INDICATOR],
        },
    },
)

"""A hazard that was closed and opened again, and one whose last day passed while the clock stood still."""

from __future__ import annotations

from adapters.demo.mine import (
    ELECTRO_LEAD,
    FITTER,
    HOIST_LEAD,
    INSPECTOR,
    NEW_STOPE_LEAD,
    SAFETY_HEAD,
    SAFETY_OFFICER,
    STOPE_CREW,
)
from adapters.demo.steps import Line, T

VEHICLE: tuple[Line, ...] = (
    {
        "command": "RegisterHazard",
        "by": HOIST_LEAD,
        "at": "2026-07-20T08:15+08:00",
        "data": {
            "hazard": "YH-0005",
            "unit": "U-3-2-1",
            "risk": "R-0011",
            "title": T("运输车驻车制动打滑", "the parking brake of the personnel vehicle slips"),
            "description": T(
                "2 号车满载停在坡道上缓慢溜车", "vehicle 2 creeps when parked on the ramp under load"
            ),
        },
    },
    {
        "command": "EvaluateHazard",
        "by": SAFETY_OFFICER,
        "at": "2026-07-20T10:00+08:00",
        "data": {
            "hazard": "YH-0005",
            "grade": "general",
            "basis": T("单车，停用即可控制", "one vehicle; standing still it harms nobody"),
        },
    },
    {
        "command": "PlanRectification",
        "by": HOIST_LEAD,
        "at": "2026-07-21T09:00+08:00",
        "data": {
            "hazard": "YH-0005",
            "responsible": HOIST_LEAD,
            "measures": T("更换驻车制动摩擦片，坡道试验", "new linings, then a test on the ramp"),
            "funds": T("1.2 万元，维修费用", "CNY 12,000 from maintenance"),
            "contingency": T("2 号车停用，启用备用车", "vehicle 2 stands; the spare one drives"),
            "due": "2026-08-07",
        },
    },
    {
        "command": "CompleteRectification",
        "by": FITTER,
        "at": "2026-07-30T15:00+08:00",
        "data": {
            "hazard": "YH-0005",
            "done": T("更换摩擦片，坡道停放 30 分钟不溜车", "new linings; parked on the ramp for 30 minutes"),
        },
    },
    {
        "command": "VerifyRectification",
        "by": ELECTRO_LEAD,
        "at": "2026-07-31T10:00+08:00",
        "data": {
            "hazard": "YH-0005",
            "verdict": "accepted",
            "findings": T("复试合格", "tested again: it holds"),
        },
    },
    {
        "command": "CloseHazard",
        "by": SAFETY_HEAD,
        "at": "2026-08-03T08:30+08:00",
        "data": {"hazard": "YH-0005"},
    },
    {
        "command": "ReopenHazard",
        "by": INSPECTOR,
        "at": "2026-09-21T14:00+08:00",
        "data": {
            "hazard": "YH-0005",
            "reason": T(
                "执法检查时 2 号车再次溜车：制动蓄能器漏压",
                "it creeps again at an inspection: the accumulator leaks",
            ),
        },
    },
    {
        "command": "PlanRectification",
        "by": HOIST_LEAD,
        "at": "2026-09-22T09:00+08:00",
        "data": {
            "hazard": "YH-0005",
            "responsible": HOIST_LEAD,
            "measures": T("更换蓄能器，三台车全部排查", "new accumulator; all three vehicles are looked at"),
            "funds": T("3.5 万元，安全生产费用", "CNY 35,000 from the safety fund"),
            "contingency": T("2 号车停用", "vehicle 2 stands"),
            "due": "2026-10-15",
        },
    },
    {
        "command": "CompleteRectification",
        "by": FITTER,
        "at": "2026-10-12T16:00+08:00",
        "data": {
            "hazard": "YH-0005",
            "done": T(
                "三台车蓄能器全部更换，停放 8 小时压力不降", "three new accumulators; 8 hours without loss"
            ),
        },
    },
    {
        "command": "VerifyRectification",
        "by": INSPECTOR,
        "at": "2026-10-14T10:30+08:00",
        "data": {
            "hazard": "YH-0005",
            "verdict": "accepted",
            "findings": T("三台车坡道试验合格", "all three hold on the ramp"),
        },
    },
    {
        "command": "CloseHazard",
        "by": SAFETY_HEAD,
        "at": "2026-10-15T08:30+08:00",
        "data": {"hazard": "YH-0005", "remark": T("列入月度检查", "now part of the monthly check")},
    },
)

PIPE: tuple[Line, ...] = (
    # The computer of the clock was off from 8 to 11 August: what passed meanwhile is recorded when it is back.
    {
        "command": "RegisterHazard",
        "by": STOPE_CREW,
        "at": "2026-07-27T09:00+08:00",
        "data": {
            "hazard": "YH-0006",
            "unit": "U-2-1-2-1",
            "risk": "R-0015",
            "title": T("充填管法兰漏浆", "a flange of the backfill pipe leaks"),
            "description": T("−475 m 联络巷第 12 节法兰漏浆", "flange 12 in the crosscut on level -475 m"),
            "source": "report",
        },
    },
    {
        "command": "EvaluateHazard",
        "by": SAFETY_OFFICER,
        "at": "2026-07-27T14:00+08:00",
        "data": {
            "hazard": "YH-0006",
            "grade": "general",
            "basis": T("压力低，局部", "low pressure, one spot"),
        },
    },
    {
        "command": "PlanRectification",
        "by": NEW_STOPE_LEAD,
        "at": "2026-07-28T09:00+08:00",
        "data": {
            "hazard": "YH-0006",
            "responsible": STOPE_CREW,
            "measures": T("停泵更换密封垫，壁厚复测", "new gasket with the pump off; walls measured"),
            "funds": T("0.2 万元，维修费用", "CNY 2,000 from maintenance"),
            "contingency": T("充填时该段禁止通行", "nobody passes while it fills"),
            "due": "2026-08-09",
        },
    },
    {
        "command": "CompleteRectification",
        "by": STOPE_CREW,
        "at": "2026-08-12T15:00+08:00",
        "data": {
            "hazard": "YH-0006",
            "done": T("停电三天后复工更换", "replaced when power was back after three days"),
        },
    },
    {
        "command": "VerifyRectification",
        "by": SAFETY_OFFICER,
        "at": "2026-08-13T10:00+08:00",
        "data": {
            "hazard": "YH-0006",
            "verdict": "accepted",
            "findings": T("试压不漏", "holds under pressure"),
        },
    },
    {
        "command": "CloseHazard",
        "by": SAFETY_HEAD,
        "at": "2026-08-14T08:30+08:00",
        "data": {"hazard": "YH-0006"},
    },
)

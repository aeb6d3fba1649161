"""One hazard with its whole life: found, planned, extended, rectified, rejected, rectified again, accepted, closed."""

from __future__ import annotations

from adapters.demo.mine import DIRECTOR, FITTER, HOIST_CREW, HOIST_LEAD, SAFETY_HEAD, SAFETY_OFFICER
from adapters.demo.steps import Line, T

BRAKE = "YH-0001"

LIFE: tuple[Line, ...] = (
    {
        "command": "RegisterHazard",
        "by": SAFETY_OFFICER,
        "at": "2026-03-16T09:40+08:00",
        "entered": "2026-03-16T11:05+08:00",
        "data": {
            "hazard": BRAKE,
            "unit": "U-3-1-3-1",
            "risk": "R-0003",
            "title": T("提升机闸瓦间隙超限", "brake shoe clearance of the hoist too wide"),
            "description": T(
                "月度检查实测：3 号制动器闸瓦间隙 2.4 mm，4 号 2.3 mm，制动盘有油迹",
                "measured at the monthly check: 2.4 mm at brake 3, 2.3 mm at brake 4, and oil on the disc",
            ),
            "source": "inspection",
            "breached": T(
                "本矿提升机维护规程：不大于 2 mm", "the mine's own hoist maintenance rules: at most 2 mm"
            ),
        },
    },
    {
        "command": "EvaluateHazard",
        "by": SAFETY_HEAD,
        "at": "2026-03-16T14:30+08:00",
        "data": {
            "hazard": BRAKE,
            "grade": "general",
            "basis": T(
                "制动力矩试验仍合格，可限速运行，不属于重大事故隐患判定标准所列情形",
                "the brake still passes its torque test and may run slowly; not listed as a major hazard",
            ),
        },
    },
    {
        # No day is asked for: the adopted house rule sets it, 30 days after the evaluation.
        "command": "PlanRectification",
        "by": HOIST_LEAD,
        "at": "2026-03-17T10:00+08:00",
        "data": {
            "hazard": BRAKE,
            "responsible": HOIST_LEAD,
            "measures": T(
                "更换 3、4 号制动器闸瓦和碟簧，查清油源，调整间隙后做制动力矩试验",
                "new shoes and springs for brakes 3 and 4, find the oil, adjust, then test the torque",
            ),
            "funds": T("4.6 万元，安全生产费用", "CNY 46,000 from the safety fund"),
            "contingency": T(
                "整改期间限速 50%，每班测量，间隙超过 2.5 mm 立即停车",
                "half speed meanwhile, measured on every shift; stop at once beyond 2.5 mm",
            ),
        },
    },
    {
        "command": "AskExtension",
        "by": HOIST_LEAD,
        "at": "2026-04-10T08:20+08:00",
        "data": {
            "hazard": BRAKE,
            "due": "2026-04-30",
            "reason": T("碟簧供货推迟到 4 月 22 日", "the springs will not arrive before 22 April"),
        },
    },
    {
        "command": "DecideExtension",
        "by": DIRECTOR,
        "at": "2026-04-13T09:00+08:00",
        "data": {
            "hazard": BRAKE,
            "verdict": "approved",
            "remark": T(
                "同意；继续限速，每班测量并签字", "agreed; half speed stays, every measurement is signed"
            ),
        },
    },
    {
        "command": "CompleteRectification",
        "by": HOIST_CREW,
        "at": "2026-04-28T16:30+08:00",
        "entered": "2026-04-28T17:10+08:00",
        "data": {
            "hazard": BRAKE,
            "done": T(
                "更换 3、4 号闸瓦和碟簧，间隙调至 1.5 mm，制动力矩试验合格",
                "new shoes and springs, clearance set to 1.5 mm, torque test passed",
            ),
            "rectified_by": [FITTER, HOIST_CREW],
        },
    },
    {
        "command": "VerifyRectification",
        "by": SAFETY_OFFICER,
        "at": "2026-04-29T10:00+08:00",
        "entered": "2026-04-29T11:30+08:00",
        "data": {
            "hazard": BRAKE,
            "verdict": "rejected",
            "findings": T(
                "提升 30 次后 4 号间隙又达 2.2 mm，制动盘有新油迹：油源未消除",
                "after 30 trips brake 4 is at 2.2 mm again, with fresh oil on the disc: the leak is still there",
            ),
        },
    },
    {
        "command": "CompleteRectification",
        "by": HOIST_CREW,
        "at": "2026-04-30T15:20+08:00",
        "data": {
            "hazard": BRAKE,
            "done": T(
                "更换 4 号制动缸密封，清洗制动盘，四副间隙 1.4 至 1.6 mm",
                "new seal in the cylinder of brake 4, disc cleaned, all four between 1.4 and 1.6 mm",
            ),
            "rectified_by": [FITTER],
        },
    },
    {
        "command": "VerifyRectification",
        "by": SAFETY_OFFICER,
        "at": "2026-05-06T09:30+08:00",
        "entered": "2026-05-06T11:00+08:00",
        "data": {
            "hazard": BRAKE,
            "verdict": "accepted",
            "findings": T(
                "连续提升 60 次，间隙 1.4 至 1.6 mm，制动盘无油迹，制动力矩合格",
                "60 trips in a row: 1.4 to 1.6 mm, a dry disc, the torque as it must be",
            ),
        },
    },
    {
        "command": "CloseHazard",
        "by": SAFETY_HEAD,
        "at": "2026-05-07T08:30+08:00",
        "data": {
            "hazard": BRAKE,
            "remark": T(
                "恢复全速；闸瓦间隙列入每日点检", "full speed again; the clearance is now checked daily"
            ),
        },
    },
)

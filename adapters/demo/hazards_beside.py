"""Hazards beside the long loop: fixed on the spot, no hazard after all, found twice, and closed on paper only.

The closures on paper are planted, so that what the signs find can be counted against what is there: ``ON_PAPER`` names
them, ``HONEST`` the one that looks like paper and is none.
"""

from __future__ import annotations

from typing import Any

from adapters.demo.mine import (
    AIR_LEAD,
    CONTRACTOR,
    DIRECTOR,
    ELECTRO_LEAD,
    FITTER,
    HOIST_CREW,
    HOIST_LEAD,
    NEW_STOPE_LEAD,
    SAFETY_HEAD,
    SAFETY_OFFICER,
    STOPE_CREW,
    line,
)
from adapters.demo.steps import Line, T

PHOTO = "4d1f6c0b7a9e2358c1d0f4b6a8e3957210fbc6d4e2a1908375b6c4d3e2f1a098"
OTHER_PHOTO = "a03c5e7f91b2d4680f1e3c5a7b9d2f4e6081a3c5e7f9b1d3f5a7c9e1b3d5f709"

ON_PAPER = ("YH-0015", "YH-0016", "YH-0017", "YH-0019", "YH-0020", "YH-0021", "YH-0022")
HONEST = ("YH-0018",)


def _life(
    hazard: str, unit: str, risk: str, title: T, found: str, due: str, done: str, verified: str, **more: Any
) -> tuple[Line, ...]:
    """One general hazard from registration to closure, in the fewest words."""
    day = found[:10]
    lead, hand = more.get("lead", HOIST_LEAD), more.get("hand", FITTER)
    evidence = {"evidence": list(more["photos"])} if "photos" in more else {}
    return (
        line(
            *("RegisterHazard", SAFETY_OFFICER, found),
            hazard=hazard,
            unit=unit,
            risk=risk,
            title=title,
            description=title,
        ),
        line(
            *("EvaluateHazard", SAFETY_OFFICER, f"{day}T16:00"),
            hazard=hazard,
            grade="general",
            basis=T("局部，可控", "local and under control"),
        ),
        line(
            *("PlanRectification", lead, f"{day}T17:00"),
            hazard=hazard,
            responsible=lead,
            due=due,
            measures=T("更换或修复", "replace or repair"),
            funds=T("0.1 万元，维修费用", "CNY 1,000 from maintenance"),
            contingency=T("专人看守", "somebody keeps watch"),
        ),
        line("CompleteRectification", hand, done, hazard=hazard, done=T("已修复", "repaired"), **evidence),
        line(
            *("VerifyRectification", SAFETY_OFFICER, verified),
            hazard=hazard,
            verdict="accepted",
            findings=T("合格", "sound"),
        ),
        line("CloseHazard", SAFETY_HEAD, f"{verified[:10]}T18:00", hazard=hazard),
    )


SPOT: tuple[Line, ...] = (
    # A contractor's man says what he saw; he needs no role for that.
    line(
        *("FindHazard", CONTRACTOR, "2026-08-18T09:10"),
        hazard="YH-0011",
        unit="U-3-1-4-3",
        risk="R-0005",
        title=T("井口栏杆门锁扣松脱", "the latch of the collar gate is loose"),
        description=T("门可被推开", "the gate can be pushed open"),
    ),
    line(
        *("FixOnSpot", HOIST_CREW, "2026-08-18T09:40"),
        hazard="YH-0011",
        done=T("更换锁扣，推拉二十次不脱", "new latch, pulled twenty times"),
    ),
    line(
        *("ConfirmFix", SAFETY_OFFICER, "2026-08-18T11:00"),
        hazard="YH-0011",
        verdict="accepted",
        findings=T("现场推拉，可靠", "pulled on site, it holds"),
    ),
    line(
        *("RegisterHazard", STOPE_CREW, "2026-09-02T08:30"),
        hazard="YH-0012",
        unit="U-2-1-1-1",
        risk="R-0006",
        title=T("人行道碎石堆积", "rubble on the footway"),
        description=T("撤离路线变窄", "the way out is narrow"),
    ),
    line(
        *("FixOnSpot", STOPE_CREW, "2026-09-02T09:00"),
        hazard="YH-0012",
        done=T("已清理", "cleared away"),
    ),
    line(
        *("ConfirmFix", NEW_STOPE_LEAD, "2026-09-02T14:00"),
        hazard="YH-0012",
        verdict="accepted",
        findings=T("路线畅通", "the way is free"),
    ),
)

NO_HAZARD: tuple[Line, ...] = (
    line(
        *("FindHazard", CONTRACTOR, "2026-09-08T10:00"),
        hazard="YH-0013",
        unit="U-4-1-2",
        title=T("风机有异响", "the fan makes a noise"),
        description=T("启动时有短促响声", "a short noise when it starts"),
    ),
    line(
        *("ProposeNotHazard", AIR_LEAD, "2026-09-08T15:00"),
        hazard="YH-0013",
        reason=T("软启动接触器吸合声，说明书有载", "the contactor of the soft starter, as its manual says"),
    ),
    line(
        *("DecideNotHazard", SAFETY_HEAD, "2026-09-09T09:00"),
        hazard="YH-0013",
        verdict="confirmed",
        remark=T("现场听取，同意", "listened to it on site, agreed"),
    ),
)

TWICE: tuple[Line, ...] = (
    line(
        *("RegisterHazard", STOPE_CREW, "2026-10-30T08:40"),
        hazard="YH-0014",
        unit="U-4-3-1",
        risk="R-0014",
        title=T("破碎硐室粉尘大", "much dust in the crusher chamber"),
        description=T("喷雾不出水", "the sprays give no water"),
    ),
    line(
        *("LinkDuplicate", AIR_LEAD, "2026-10-30T10:00"),
        hazard="YH-0014",
        of="YH-0008",
        reason=T("同一套喷雾", "the same sprays"),
    ),
)

PAPER: tuple[Line, ...] = (
    *_life(
        *("YH-0015", "U-3-1-4-3", "R-0005", T("信号灯罩破损", "broken lamp cover")),
        *("2026-09-14T09:00", "2026-09-28", "2026-09-24T10:00", "2026-09-24T10:04"),
    ),
    # One photo for two closures.
    *_life(
        *("YH-0016", "U-3-2-1", "R-0011", T("2 号车灭火器过期", "an extinguisher out of date")),
        *("2026-09-15T09:00", "2026-09-30", "2026-09-22T09:00", "2026-09-22T15:00"),
        photos=(PHOTO,),
    ),
    *_life(
        *("YH-0017", "U-3-2-1", "R-0011", T("3 号车灭火器过期", "another extinguisher out of date")),
        *("2026-09-16T09:00", "2026-09-30", "2026-09-25T09:00", "2026-09-25T15:00"),
        photos=(PHOTO,),
    ),
    # The checker stood beside it: this looks like paper and is none.
    *_life(
        *("YH-0018", "U-3-1-4-3", "R-0005", T("护栏螺栓缺失", "a bolt of the railing is missing")),
        *("2026-10-12T09:00", "2026-10-26", "2026-10-20T10:00", "2026-10-20T10:06"),
        photos=(OTHER_PHOTO,),
    ),
    line(
        *("DismissSignal", DIRECTOR, "2026-10-22T09:00"),
        signal="minutes-YH-0018-1-1",
        hazards=["YH-0018"],
        reason=T("验收人全程在场，监控可证", "the checker was there throughout; the camera shows it"),
    ),
    *(
        line
        for number, (done, verified) in enumerate(
            (
                ("2026-10-30T16:00", "2026-10-31T09:00"),
                ("2026-10-30T16:06", "2026-10-31T09:30"),
                ("2026-10-30T16:13", "2026-10-31T10:00"),
                ("2026-10-30T16:21", "2026-10-31T10:30"),
            ),
            start=19,
        )
        for line in _life(
            *(
                f"YH-00{number}",
                "U-4-3-1",
                "R-0014",
                T(f"照明不足（{number}）", f"too little light ({number})"),
            ),
            *("2026-10-14T09:00", "2026-10-30", done, verified),
            lead=AIR_LEAD,
            hand=ELECTRO_LEAD,
        )
    ),
)

BESIDE: tuple[Line, ...] = (*SPOT, *NO_HAZARD, *TWICE, *PAPER)

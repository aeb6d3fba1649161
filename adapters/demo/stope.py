"""The stope's crew in late summer: they confirm the roof before every shift, but not on all days, and once stop work.

The scaler and the pumpman name what they saw; somebody else looks again on site. A monthly round looks at the very
measures of the major risk; in September one fails and becomes a hazard, in October nobody goes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from adapters.demo.mine import (
    AIR_LEAD,
    NEW_STOPE_LEAD,
    PUMPMAN,
    SAFETY_HEAD,
    SAFETY_OFFICER,
    SCALER,
    STOPE_CREW,
    line,
)
from adapters.demo.steps import Line, T
from domain.language import Day, day_after

STOPE, WATER = "U-2-1-1-1", "U-5-2"
ROOF_TEAM, WATER_TEAM = "BZ-CK", "BZ-FS"
REST = frozenset({*(f"2026-10-0{day}" for day in range(1, 8)), "2026-09-25"})
"""Working days of the week that were holidays."""
FORGOTTEN = frozenset({"2026-08-14", "2026-09-08", "2026-09-09", "2026-10-16", "2026-10-19", "2026-10-30"})
"""Days on which the crew worked and nobody confirmed."""
LOOSE = "2026-09-17"
RECHECKED = ("2026-08-12", "2026-08-26", "2026-09-10", "2026-09-24", "2026-10-14", "2026-10-28")
SLACK = "2026-10-14"
LIST = "JC-CK"
ROUNDS: dict[str, str] = {"08": "2026-08-27", "09": "2026-09-28"}
"""Month -> the day of the round; October was missed."""
WORDS = T("先敲帮问顶，浮石未清不进人", "sound the roof first, nobody enters below loose rock")
PROBED = T("先探后掘，钻孔压力记录齐全", "probe before driving, pressures of the holes are on record")


def lines() -> Iterator[Line]:
    """Confirmations from August to October, then the hold, the list and its rounds."""
    day: Day = "2026-08-03"
    while day <= "2026-10-31":
        weekday = dt.date.fromisoformat(day).weekday()
        if weekday < 5 and day not in REST and day not in FORGOTTEN:
            yield _confirmed(day, "07:20", ROOF_TEAM, STOPE_CREW, STOPE, SCALER, WORDS)
        if weekday in (0, 3) and day not in REST:
            yield _confirmed(day, "07:40", WATER_TEAM, AIR_LEAD, WATER, PUMPMAN, PROBED)
        day = day_after(day)
    for one in RECHECKED:
        yield line(
            "RecheckConfirmation",
            SAFETY_OFFICER,
            f"{one}T10:30",
            team=ROOF_TEAM,
            day=one,
            verdict="faulty" if one == SLACK else "sound",
            findings=T("右帮一处浮石未撬净", "loose rock left at the right wall")
            if one == SLACK
            else T("现场与确认一致", "on site as confirmed"),
        )
    yield from _held()
    yield from _rounds()


def _confirmed(day: Day, hour: str, team: str, by: str, unit: str, person: str, words: T) -> Line:
    told: dict[str, Any] = {"team": team, "day": day, "shift": T("早班", "early shift"), "shown": 9}
    told |= {"prediction": words, "posts": [{"unit": unit, "person": person}]}
    if day == LOOSE and team == ROOF_TEAM:
        found = T("十二米处顶板掉渣，有新裂隙", "small rock falls at twelve metres, a new crack")
        told["exceptions"] = [{"unit": unit, "person": person, "aspect": "risk_status", "found": found}]
    return line("ConfirmPosts", by, f"{day}T{hour}", **told)


def _held() -> Iterator[Line]:
    """Work is held on the day of the crack until bolts are set."""
    yield line(
        "OpenHold",
        STOPE_CREW,
        f"{LOOSE}T07:45",
        unit=STOPE,
        kind="abnormal_condition",
        abnormality=T("顶板新裂隙，掉渣", "a new crack in the roof, small rock falls"),
        analysis=T("可能片落，人员不得进入十米以内", "it may come down: nobody within ten metres"),
    )
    yield line(
        "SetCountermeasure",
        NEW_STOPE_LEAD,
        f"{LOOSE}T11:00",
        unit=STOPE,
        measure=T("补打管缝锚杆十二根并挂网", "twelve more split sets, and mesh"),
        standing="in_place",
    )
    yield line(
        "ReleaseHold",
        SAFETY_HEAD,
        f"{LOOSE}T15:30",
        unit=STOPE,
        remark=T("敲帮问顶无异响", "sounded: no hollow place"),
    )


def _rounds() -> Iterator[Line]:
    tiers = {"tiers": ["team"], "period": "P1M", "unit": STOPE, "risk": "R-0006"}
    items: tuple[dict[str, Any], ...] = (
        {
            "item": "1",
            "what": T("锚杆、金属网完好，间距符合设计", "bolts and mesh are whole and spaced as designed"),
            "how": T("逐排目测，抽测三根拉拔", "look at each row, pull three"),
            "control": "K1",
        },
        {
            "item": "2",
            "what": T("声发射报警有效，撤离路线畅通", "the acoustic alarm works, the way out is free"),
            "how": T("试报警一次，走一遍路线", "sound it once, walk the way"),
            "control": "K3",
        },
    )
    yield line(
        "DrawUpChecklist",
        SAFETY_HEAD,
        "2026-08-03T10:00",
        checklist=LIST,
        title=T("采场顶板月度检查清单", "monthly checklist of the stope's roof"),
        unit=STOPE,
        items=[{**one, **tiers} for one in items],
    )
    yield line(
        "AssignRounds",
        SAFETY_HEAD,
        "2026-08-03T10:20",
        checklist=LIST,
        tier="team",
        period="P1M",
        person=STOPE_CREW,
        since="2026-08-03",
    )
    for month, day in ROUNDS.items():
        second: dict[str, Any] = {"item": "2", "answer": "pass", "done_at": f"{day}T09:40:00+08:00"}
        if month == "09":
            second |= {
                "answer": "fail",
                "remark": T("二号探头无信号", "no signal from the second probe"),
                "lacking": T("井下不便拍照", "no picture could be taken there"),
            }
        yield line(
            "RecordRound",
            STOPE_CREW,
            f"{day}T10:05",
            inspection=code_of(month),
            started_at=f"{day}T09:00:00+08:00",
            answers=[{"item": "1", "answer": "pass", "done_at": f"{day}T09:15:00+08:00"}, second],
            statement=T("以上为本人现场所见", "this is what I saw on site"),
            methods=["on_site_examination"],
            aspects=["measure_implementation"],
        )
    hazard = f"YH.{code_of('09')}.2"
    yield line(
        "FixOnSpot",
        SCALER,
        "2026-09-28T15:00",
        hazard=hazard,
        done=T(
            "更换二号探头接头，试报警三次", "replaced the plug of the second probe, sounded it three times"
        ),
    )
    yield line(
        "ConfirmFix",
        SAFETY_OFFICER,
        "2026-09-29T09:00",
        hazard=hazard,
        verdict="accepted",
        findings=T("三次均报警", "it sounded three times"),
    )


def code_of(month: str) -> str:
    """The code of the round of a month, as it follows from its assignment."""
    return f"{LIST}.team.P1M.{STOPE_CREW}.2026-{month}-01"

"""Post confirmations at the works' two most dangerous places, twice a week; from October they stood on paper only.

So the monthly report of the works tells in September what came of the measures, and October's is corrected.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from adapters.demo.plant import SAFETY_OFFICER, SHOPS, line
from adapters.demo.steps import Line, T
from domain.language import Day, day_after

PAINT, UTILITIES = SHOPS[3], SHOPS[5]
FIRST, LAST = "2026-08-10", "2026-09-28"
WEEKDAYS = (0, 3)


class Place(NamedTuple):
    """Where a team confirms, at which hour, what it says before its shift, and the days on which nobody did."""

    unit: str
    team: str
    by: str
    person: str
    hour: str
    words: T
    forgotten: frozenset[Day]


PLACES = (
    Place(
        "W4-DUS2",
        f"D-{PAINT.code}-1",
        PAINT.team,
        PAINT.worker,
        "07:45",
        T("先开除尘后开机，清灰记录齐全", "extraction first, then the machine; cleaning is on record"),
        frozenset({"2026-09-07"}),
    ),
    Place(
        "W6-GAS1",
        f"D-{UTILITIES.code}-1",
        UTILITIES.team,
        UTILITIES.worker,
        "08:05",
        T("巡检两小时一次，卸车双人确认", "walked every two hours, two people tick the unloading list"),
        frozenset({"2026-08-20", "2026-09-10", "2026-09-14"}),
    ),
)
SPARK = ("W4-DUS2", "2026-09-17")
"""The day on which the worker found the spark detector's lens covered with dust."""
LOOKED_AGAIN = (
    ("W4-DUS2", "2026-08-27", True),
    ("W4-DUS2", "2026-09-24", False),
    ("W6-GAS1", "2026-09-21", True),
)


def lines() -> Iterator[Line]:
    """August and September."""
    day: Day = FIRST
    while day <= LAST:
        if dt.date.fromisoformat(day).weekday() in WEEKDAYS:
            yield from (_confirmed(place, day) for place in PLACES if day not in place.forgotten)
        day = day_after(day)
    teams = {place.unit: place.team for place in PLACES}
    for unit, day, sound in LOOKED_AGAIN:
        yield line(
            "RecheckConfirmation",
            SAFETY_OFFICER,
            f"{day}T10:00",
            team=teams[unit],
            day=day,
            verdict="sound" if sound else "faulty",
            findings=T("现场与确认一致", "on site as confirmed")
            if sound
            else T("清灰记录缺两天", "two days are missing in the record of cleaning"),
        )


def _confirmed(place: Place, day: Day) -> Line:
    told: dict[str, object] = {"team": place.team, "day": day, "shift": T("早班", "early shift"), "shown": 9}
    told |= {"prediction": place.words, "posts": [{"unit": place.unit, "person": place.person}]}
    if (place.unit, day) == SPARK:
        found = T("火花探测器镜头积灰，当班清洁", "dust on the lens of the spark detector, cleaned at once")
        entry = {"unit": place.unit, "person": place.person, "aspect": "equipment_check", "found": found}
        told["exceptions"] = [entry]
    return line("ConfirmPosts", place.by, f"{day}T{place.hour}", **told)

"""The year's monthly checks of the measures by each leader (NJ-060): most in time, two late, one month left undone.

The clock of the story begins in March: the checks of January and February were done in time and entered then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from adapters.demo import mine, plant, plant_checks, stope
from adapters.demo.steps import Line, T


class Leader(NamedTuple):
    """Who leads as what in which body, on which day of the month the check is made, and at which minute it is told."""

    body: str
    role: str
    person: str
    day: int
    minute: int
    until: str = "9999-12"
    since: str = ""


MINE: tuple[tuple[str, str], ...] = (
    ("workshop_lead", mine.HOIST_LEAD),
    ("workshop_lead", mine.AIR_LEAD),
    ("workshop_lead", mine.ELECTRO_LEAD),
    ("team_lead", mine.HOIST_CREW),
    ("team_lead", mine.STOPE_CREW),
    ("team_lead", mine.CONTRACTOR),
)
LEADERS: tuple[Leader, ...] = (
    Leader(mine.MINE, "principal", mine.DIRECTOR, 26, 10),
    *(Leader(mine.MINE, role, person, 26, 20 + at) for at, (role, person) in enumerate(MINE)),
    Leader(mine.MINE, "workshop_lead", mine.STOPE_LEAD, 26, 30, until="2026-06"),
    Leader(mine.MINE, "workshop_lead", mine.NEW_STOPE_LEAD, 26, 30, since="2026-07"),
    Leader(plant.PLANT, "principal", plant.DIRECTOR, 25, 15),
    *(Leader(plant.PLANT, "workshop_lead", shop.lead, 25, 20 + at) for at, shop in enumerate(plant.SHOPS)),
    *(Leader(plant.PLANT, "team_lead", shop.team, 25, 30 + at) for at, shop in enumerate(plant.SHOPS)),
    Leader(plant.PLANT, "team_lead", plant.CONTRACTOR, 25, 40),
)
ENTERED_LATE = {"2026-01": "2026-03-03", "2026-02": "2026-03-03"}
DONE_LATE = {
    (mine.HOIST_CREW, "2026-06"): "2026-07-04",
    (mine.DIRECTOR, "2026-08"): "2026-09-02",
}
UNDONE = frozenset({(mine.HOIST_LEAD, "2026-09")})
BY_ROUND = frozenset(
    {
        *((person, f"2026-{month}") for month in plant_checks.DAYS for _, person in plant_checks.TIERS),
        *((mine.STOPE_CREW, f"2026-{month}") for month in stope.ROUNDS),
    }
)
"""Answered by the rounds of a checklist, not by word."""
MONTHS = tuple(f"2026-{month:02}" for month in range(1, 11))
WHAT = {
    "principal": T("按月检查各级管控措施落实情况", "checked month by month how the measures are carried out"),
    "workshop_lead": T("检查本车间管控措施，逐项签字", "checked the workshop's measures one by one, signed"),
    "team_lead": T("检查本班组岗位措施和防护用品", "checked the team's measures and protective equipment"),
}


def lines() -> Iterator[Line]:
    """Each leader says that the month's check was done."""
    for month in MONTHS:
        for one in LEADERS:
            of = (one.person, month)
            if not one.since <= month <= one.until or of in UNDONE or of in BY_ROUND:
                continue
            day = DONE_LATE.get(of, f"{month}-{one.day}")
            line: dict[str, object] = {
                "command": "FulfilDuty",
                "by": one.person,
                "at": f"{day}T16:{one.minute:02}+08:00",
                "data": {
                    "body": one.body,
                    "duty": f"measures-check.{one.person}.{month}",
                    "done": WHAT[one.role],
                },
            }
            if month in ENTERED_LATE:
                line["entered"] = f"{ENTERED_LATE[month]}T09:{one.minute:02}+08:00"
            yield line

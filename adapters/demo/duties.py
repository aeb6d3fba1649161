"""The year's monthly checks of the measures by each tier (NJ-060): most in time, two late, one month left undone.

The clock of the story begins in March: the checks of January and February were done in time and entered then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from adapters.demo import mine, plant, plant_checks
from adapters.demo.steps import Line, T


class Tier(NamedTuple):
    """Who checks for a tier of a body, on which day of the month, and at which minute that is told."""

    body: str
    role: str
    person: str
    day: int
    minute: int


TIERS: tuple[Tier, ...] = (
    Tier(mine.MINE, "principal", mine.DIRECTOR, 26, 10),
    Tier(mine.MINE, "workshop_lead", mine.HOIST_LEAD, 26, 20),
    Tier(mine.MINE, "team_lead", mine.HOIST_CREW, 26, 30),
    Tier(plant.PLANT, "principal", plant.DIRECTOR, 25, 15),
    Tier(plant.PLANT, "workshop_lead", plant.SHOPS[0].lead, 25, 25),
    Tier(plant.PLANT, "team_lead", plant.SHOPS[0].team, 25, 35),
)
ENTERED_LATE = {"2026-01": "2026-03-03", "2026-02": "2026-03-03"}
DONE_LATE = {
    (mine.MINE, "team_lead", "2026-06"): "2026-07-04",
    (mine.MINE, "principal", "2026-08"): "2026-09-02",
}
UNDONE = frozenset({(mine.MINE, "workshop_lead", "2026-09")})
BY_ROUND = frozenset((plant.PLANT, f"2026-{month}") for month in plant_checks.DAYS)
"""Answered by the rounds of the checklist, not by word."""
MONTHS = tuple(f"2026-{month:02}" for month in range(1, 11))
WHAT = {
    "principal": T("按月检查各级管控措施落实情况", "checked month by month how the measures are carried out"),
    "workshop_lead": T("检查本车间管控措施，逐项签字", "checked the workshop's measures one by one, signed"),
    "team_lead": T("检查本班组岗位措施和防护用品", "checked the team's measures and protective equipment"),
}


def lines() -> Iterator[Line]:
    """Who answers for a tier says that its check of the month was done."""
    for month in MONTHS:
        for tier in TIERS:
            of = (tier.body, tier.role, month)
            if of in UNDONE or (tier.body, month) in BY_ROUND:
                continue
            day = DONE_LATE.get(of, f"{month}-{tier.day}")
            duty = f"measures-check.{tier.role}.{month}"
            line: dict[str, object] = {
                "command": "FulfilDuty",
                "by": tier.person,
                "at": f"{day}T16:{tier.minute:02}+08:00",
                "data": {"body": tier.body, "duty": duty, "done": WHAT[tier.role]},
            }
            if month in ENTERED_LATE:
                line["entered"] = f"{ENTERED_LATE[month]}T09:{tier.minute:02}+08:00"
            yield line

"""The year as one list of steps, the days on which the clock looked, and the note by which a practice file is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from hashlib import sha256

from adapters.canonical import encode
from adapters.demo import (
    authority,
    changes,
    duties,
    enterprises,
    equipment,
    findings,
    hazards,
    house_duties,
    mine,
    notices,
    parts_works,
    plant,
    plant_checks,
    plant_levels,
    plant_papers,
    plant_people,
    plant_risks,
    plant_shifts,
    plant_year,
    risks,
    rounds,
    stope,
    watch,
)
from adapters.demo.steps import Step, steps
from domain.labels import Lang
from domain.language import CHINA, Day, Moment, day_after, moment, parse_moment

BEGIN = parse_moment("2026-01-05T08:00+08:00")
"""When the practice file was opened."""
FIRST_TICK: Day = "2026-03-02"
TICK_HOUR = dt.time(6, 0, tzinfo=CHINA)
AWAY: frozenset[Day] = frozenset({"2026-08-09", "2026-08-10"})
"""Two days on which the clock's computer had no power."""


def story(lang: Lang) -> list[Step]:
    """Every command that people gave, in the order of entering, told in one language."""
    of_plant = (
        *plant.lines(),
        *plant_risks.lines(),
        *plant_year.lines(),
        *plant_levels.lines(),
        *plant_checks.lines(),
        *plant_shifts.lines(),
    )
    lines = (*enterprises.lines(), *mine.lines(), *risks.lines(), *hazards.lines(), *of_plant)
    lines = (*lines, *duties.lines(), *rounds.lines())
    lines = (*lines, *findings.lines(), *plant_papers.lines(), *plant_people.lines())
    lines = (
        *lines,
        *authority.lines(),
        *parts_works.lines(),
        *house_duties.lines(),
        *stope.lines(),
        *changes.lines(),
    )
    lines = (*lines, *equipment.lines(), *watch.lines(), *notices.lines())
    return steps(lines, mine.MINE, lang)


def ticks(until: Moment) -> Iterator[Moment]:
    """When the clock looked: every morning from the first day on, but not while it had no power."""
    day = FIRST_TICK
    while (at := moment(dt.datetime.combine(dt.date.fromisoformat(day), TICK_HOUR))) <= until:
        if day not in AWAY:
            yield at
        day = day_after(day)


def note(lang: Lang) -> str:
    """What the first record says: that it is practice, and which telling of the story fills the file."""
    told = sha256(b"".join(encode(step.line) for step in story(lang))).hexdigest()[:12]
    if lang == "zh":
        return f"dualguard demo：一座矿山的一年，时间为模拟时间，内容不是真实记录（剧本 {told}）"
    return f"dualguard demo: a year of a mine; time is simulated, nothing here is real (story {told})"

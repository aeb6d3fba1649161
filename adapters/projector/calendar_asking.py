"""The questions about the calendar: which years are settled by which notice, and which days are worked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import Field

from adapters.problems import day_field
from adapters.projector.asking import Parameters, Question, Row
from adapters.projector.projector import Projector
from adapters.rules import load_rulebook
from domain.language import Day, day_of
from domain.refused import BadField
from domain.rule_calendar import RULE, notice_of
from domain.working_days import Calendar, Notice, span
from projections.calendar_years import CALENDAR_YEARS, year_notices

MOST_DAYS = 3_700
"""Ten years: what one answer holds at most."""


class OfDays(Parameters):
    since: str | None = Field(
        None, description="自（日期）；缺省为本年第一天 / from this day; default 1 January"
    )
    until: str | None = Field(
        None,
        description="至（日期，含）；缺省为该年最后一天 / up to this day; default 31 December of that year",
    )
    unusual: bool = Field(
        False, description="只列放假的工作日和上班的周末 / only weekdays off and weekend days worked"
    )


class OfYears(Parameters):
    pass


def _years(projector: Projector, given: OfYears) -> list[Row]:
    """Every notice: those that ship with the rules, then those recorded; ``counts`` marks the one in use."""
    rows = [*_shipped(), *_recorded(projector)]
    last = {row["year"]: number for number, row in enumerate(rows)}
    return [{**row, "counts": last[row["year"]] == number} for number, row in enumerate(rows)]


def _shipped() -> list[Row]:
    return [
        {
            "year": int(one.version),
            "title": one.cited["title"],
            "number": one.cited.get("number", ""),
            "rest": [[rest["zh"], str(rest["first"]), str(rest["last"])] for rest in one.value["rest"]],
            "work": [str(day) for day in one.value["work"]],
            "origin": "rules",
            "verified": one.verified,
            "position": None,
        }
        for one in load_rulebook().wordings.get(RULE, ())
    ]


def _recorded(projector: Projector) -> list[Row]:
    with projector.reader(CALENDAR_YEARS.name) as (connection, tables):
        found = year_notices(connection, tables)
    return [{**row, "origin": "record", "verified": None} for row in found]


def _days(projector: Projector, given: OfDays) -> list[Row]:
    return days_listed(_recorded(projector), given, day_of(projector.journal.now()))


def days_listed(recorded: list[Row], given: OfDays, today: Day) -> list[Row]:
    """The days that were asked for, by the notices that ship and those recorded."""
    since = day_field("since", given.since) or f"{today[:4]}-01-01"
    until = day_field("until", given.until) or f"{since[:4]}-12-31"
    if until < since:
        raise BadField(field="until", problem_zh=f"早于 {since}", problem_en=f"lies before {since}")
    days = span(since, until)
    if len(days) > MOST_DAYS:
        raise BadField(
            field="until",
            problem_zh=f"一次最多列 {MOST_DAYS} 天",
            problem_en=f"asks for more than {MOST_DAYS} days",
        )
    shipped = [notice_of(one) for one in load_rulebook().wordings.get(RULE, ())]
    calendar = Calendar.of([*shipped, *(_notice(row) for row in recorded)])
    named = _named([*_shipped(), *recorded])
    rows = [_row(calendar, day, named.get(day)) for day in days]
    return [row for row in rows if row["unusual"]] if given.unusual else rows


def _row(calendar: Calendar, day: Day, named: tuple[str, str] | None) -> Row:
    weekday = dt.date.fromisoformat(day).isoweekday()
    working = calendar.is_working(day)
    return {
        "day": day,
        "weekday": weekday,
        "working": working,
        "unusual": working != (weekday < 6),
        "provisional": calendar.is_provisional(day),
        "holiday": named[0] if named and not working else None,
        "notice": named[1] if named else None,
    }


def _named(notices: list[Row]) -> dict[Day, tuple[str, str]]:
    """What each day is called, and by which notice; the last notice on a year counts."""
    found: dict[Day, tuple[str, str]] = {}
    for row in {one["year"]: one for one in notices}.values():
        found |= dict.fromkeys(row["work"], ("", row["number"]))
        for name, first, last in row["rest"]:
            found |= dict.fromkeys(span(first, last), (name, row["number"]))
    return found


def _notice(row: Row) -> Notice:
    rest = frozenset(day for _, first, last in row["rest"] for day in span(first, last))
    return Notice(row["year"], rest, frozenset(row["work"]))


CALENDAR_QUESTIONS: tuple[Question[Any], ...] = (
    Question("calendar-years", OfYears, (CALENDAR_YEARS.name,), _years, {}),
    Question(
        "calendar-days",
        OfDays,
        (CALENDAR_YEARS.name,),
        _days,
        {"since": "2026-02-13", "until": "2026-02-24", "unusual": True},
    ),
)

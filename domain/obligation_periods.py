"""The periods in which something is owed again and again: months, quarters, half years and years of the calendar.

A period has a name that never changes (``2026-Q1``), because it is part of what a duty is.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from domain.language import Day, day_after
from domain.working_days import months_after

MONTHS: Final = {"P1M": 1, "P3M": 3, "P6M": 6, "P1Y": 12}
"""The periods that a calendar year divides into, in months."""


@dataclass(frozen=True)
class Period:
    """A stretch of the calendar, from its first day to its last."""

    name: str
    first: Day
    last: Day


def period_of(day: Day, length: str) -> Period:
    """The month, quarter, half year or year in which the day lies; KeyError for any other length."""
    months = MONTHS[length]
    year, number = int(day[:4]), (int(day[5:7]) - 1) // months
    first, last = number * months + 1, (number + 1) * months
    names = {
        1: f"{year:04}-{first:02}",
        3: f"{year:04}-Q{number + 1}",
        6: f"{year:04}-H{number + 1}",
        12: f"{year:04}",
    }
    end = monthrange(year, last)[1]
    return Period(names[months], f"{year:04}-{first:02}-01", f"{year:04}-{last:02}-{end:02}")


def periods(length: str, since: Day, until: Day) -> Iterator[Period]:
    """Every period of that length that has a day in [since, until)."""
    day = since
    while day < until:
        period = period_of(day, length)
        yield period
        day = day_after(period.last)


def later(day: Day, length: str) -> Day:
    """The day that lies one duration after another: ``P30D``, ``P2W``, ``P1M``, ``P3Y``."""
    number, unit = int(length[1:-1]), length[-1]
    match unit:
        case "D":
            return day_after(day, number)
        case "W":
            return day_after(day, number * 7)
        case "M":
            return months_after(day, number)
        case _:
            return months_after(day, number * 12)

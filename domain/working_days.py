"""Which days are worked in China: weekdays, changed year by year by the State Council's notice on the holidays.

A year whose notice is not known is provisional: Monday to Friday count as worked, and whoever computes with such a day
says so. Nothing here reads a file: the notices are handed in.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from domain.language import Day, day_after

Count = Literal["natural", "working"]
"""Whether a period of days counts every day or only the days that are worked."""
Roll = Literal["keep", "next_working", "previous_working"]
"""What becomes of a last day that is a rest day."""


@dataclass(frozen=True)
class Notice:
    """What one notice says about a year: days off that may be weekdays, and days worked that may be weekend days."""

    year: int
    rest: frozenset[Day]
    work: frozenset[Day]


@dataclass(frozen=True)
class Calendar:
    """The days as all known notices have them; a later notice on the same year takes the place of an earlier one."""

    years: frozenset[int] = frozenset()
    rest: frozenset[Day] = frozenset()
    work: frozenset[Day] = frozenset()

    @classmethod
    def of(cls, notices: Iterable[Notice]) -> Calendar:
        """A calendar of the notices in their order, the last one on a year counting."""
        latest = {notice.year: notice for notice in notices}
        rest = frozenset(day for notice in latest.values() for day in notice.rest)
        work = frozenset(day for notice in latest.values() for day in notice.work)
        return cls(frozenset(latest), rest - work, work)

    def is_working(self, day: Day) -> bool:
        """Whether the day is worked; in a provisional year Monday to Friday are."""
        if day in self.work:
            return True
        return day not in self.rest and dt.date.fromisoformat(day).weekday() < 5

    def is_provisional(self, day: Day) -> bool:
        """Whether the notice that settles this day is not known yet."""
        return int(day[:4]) not in self.years

    def add(self, day: Day, n: int, count: Count) -> Day:
        """The day n days after (before, when negative); by working days always a worked one, unless n is 0."""
        if count == "natural":
            return day_after(day, n)
        step = 1 if n > 0 else -1
        for _ in range(abs(n)):
            day = self._worked(day_after(day, step), step)
        return day

    def roll(self, day: Day, to: Roll) -> Day:
        """The day itself when it is worked or kept, else the nearest worked day after or before it."""
        if to == "keep":
            return day
        return self._worked(day, 1 if to == "next_working" else -1)

    def settled(self, since: Day, until: Day) -> bool:
        """Whether no day from ``since`` to ``until`` (both included) is provisional."""
        return all(year in self.years for year in range(int(since[:4]), int(until[:4]) + 1))

    def _worked(self, day: Day, step: int) -> Day:
        while not self.is_working(day):
            day = day_after(day, step)
        return day


def months_after(day: Day, months: int) -> Day:
    """The same day of a later month, or that month's last day where it has no such day (31 January, 28 February)."""
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return f"{year:04}-{month + 1:02}-{min(int(day[8:]), last):02}"


def span(first: Day, last: Day) -> tuple[Day, ...]:
    """Every day from the first to the last, both included."""
    begin, end = dt.date.fromisoformat(first).toordinal(), dt.date.fromisoformat(last).toordinal()
    return tuple(dt.date.fromordinal(one).isoformat() for one in range(begin, end + 1))

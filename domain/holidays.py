"""Holidays as changes: so many days before an important one, what is most dangerous is looked at again (YT-24(7)).

Computed like what a body owes: from its rule, the notices on the years and a day. In a year whose notice is not known
the days fixed by law are taken and shown as provisional; the change ends by itself after its last day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.change_scope import ScopeEntry
from domain.changes import ReportChange
from domain.language import LEVELS, Code, Day, day_after
from domain.working_days import Calendar

RULE = "holiday-trigger"
"""Which holidays count as important, how many days before they are reported, and which risks they touch."""
CAUSE = "holiday:"
FOCUS = "focus"
"""In the scope of the rule: risks under focus control; beside it stand levels."""


@dataclass(frozen=True)
class Noticed:
    """What the notice on a year says of its holidays: name, first and last day off."""

    year: int
    rest: tuple[tuple[str, Day, Day], ...]


@dataclass(frozen=True)
class ComingHoliday:
    """``code`` such as ``2027-spring-festival``; ``report_on`` is the day on which it becomes a change.

    ``provisional``: the notice on its year is not known, and the days are those fixed by law alone.
    """

    code: Code
    zh: str
    en: str
    first: Day
    last: Day
    report_on: Day
    provisional: bool

    @property
    def change(self) -> Code:
        return f"holiday-{self.code}"

    @property
    def settled_change(self) -> Code:
        """Its code where the notice came after it had been reported with other days."""
        return f"holiday-{self.code}-settled"


@dataclass(frozen=True)
class UnknownHoliday:
    """It is not reported. ``noticed``: the notice on its year is known and does not name it; ``listed`` is the last
    year of which the rule lists its days.
    """

    code: Code
    zh: str
    en: str
    year: int
    noticed: bool
    listed: int | None


def holidays(
    value: Mapping[str, Any], notices: Sequence[Noticed], calendar: Calendar, since: Day, until: Day
) -> list[ComingHoliday]:
    """The important holidays of the rule that are not over before ``since`` and are reported by ``until``, in order."""
    known = {one.year: one for one in notices}
    found: list[ComingHoliday] = []
    for entry in value["holidays"]:
        for year in range(int(since[:4]), int(until[:4]) + 2):
            days = _noticed(entry, known[year]) if year in known else _expected(entry, year)
            if days is None:
                continue
            report_on = calendar.add(days[0], -int(value["days_before"]), value["count"])
            if days[1] >= since and report_on <= until:
                names = (str(entry["zh"]), str(entry["en"]))
                found.append(
                    ComingHoliday(f"{year}-{entry['code']}", *names, *days, report_on, year not in known)
                )
    return sorted(found, key=lambda one: (one.report_on, one.code))


def unknown_holidays(
    value: Mapping[str, Any], notices: Sequence[Noticed], since: Day, until: Day
) -> list[UnknownHoliday]:
    """The important holidays of the rule of which no day is known, of every year that may be reported in these days."""
    known = {one.year: one for one in notices}
    ahead = day_after(until, int(value["days_before"]))
    found: list[UnknownHoliday] = []
    for year in range(int(since[:4]), int(ahead[:4]) + 1):
        for entry in value["holidays"]:
            days = _noticed(entry, known[year]) if year in known else _expected(entry, year)
            if days is None:
                listed = max((int(first[:4]) for first, _ in entry.get("expected", ())), default=None)
                named = f"{year}-{entry['code']}", str(entry["zh"]), str(entry["en"])
                found.append(UnknownHoliday(*named, year, year in known, listed))
    return found


def _noticed(entry: Mapping[str, Any], notice: Noticed) -> tuple[Day, Day] | None:
    """The days off that the notice gives under this name; a notice may join two holidays under one entry."""
    return next(((first, last) for name, first, last in notice.rest if entry["zh"] in name), None)


def _expected(entry: Mapping[str, Any], year: int) -> tuple[Day, Day] | None:
    """The days fixed by law: the same every year, or those of the lunar calendar as far as the rule lists them."""
    if "each" in entry:
        first, last = entry["each"]
        return f"{year}-{first}", f"{year}-{last}"
    return next(((first, last) for first, last in entry["expected"] if first.startswith(str(year))), None)


def touched(value: Mapping[str, Any], risks: Sequence[Mapping[str, Any]]) -> tuple[Code, ...]:
    """The risks in use that the rule names: under focus control, or of one of its levels."""
    scope = set(value["scope"])
    levels = scope.intersection(LEVELS)
    return tuple(
        sorted(
            str(one["code"])
            for one in risks
            if one["standing"] != "retired" and (one["level"] in levels or (FOCUS in scope and one["focus"]))
        )
    )


def to_report(
    coming: Sequence[ComingHoliday], today: Day, reported: Mapping[Code, tuple[Day, Day | None]]
) -> Iterator[tuple[Code, ComingHoliday]]:
    """(change, holiday) of each that is to be reported now: not over, its day has come, and not reported so.

    ``reported`` are the changes that exist with their first and last day.
    """
    for one in coming:
        if not one.report_on <= today <= one.last:
            continue
        if one.change not in reported:
            yield one.change, one
        elif one.provisional or one.settled_change in reported:
            continue
        elif reported[one.change] != (one.first, one.last):
            yield one.settled_change, one


def change_of(body: Code, change: Code, holiday: ComingHoliday, risks: Sequence[Code]) -> ReportChange:
    """The change that a holiday is for a body."""
    days = f"{holiday.first} – {holiday.last}"
    remark = "" if not holiday.provisional else PROVISIONAL
    return ReportChange(
        body,
        change,
        "holiday",
        f"{holiday.zh}假期 / {holiday.en}: {days}",
        tuple(ScopeEntry("risk", risk) for risk in risks),
        holiday.first,
        holiday.last,
        f"{CAUSE}{holiday.code}",
        remark,
    )


PROVISIONAL = (
    "当年放假安排尚未公布，暂按法定节假日 / "
    "provisional: the notice on the year is not known, these are the days fixed by law"
)

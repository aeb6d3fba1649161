"""The calendar as the rules have it: one version a year, with the notice it was made from, and its faults."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from domain.language import Day
from domain.rule_shapes import Spec, Table, items, misfits, tables
from domain.rulebook import Rulebook, Wording
from domain.working_days import Calendar, Notice, span

RULE: Final = "working-days"
REST: Final[Spec] = {"zh": str, "en": str, "first": date, "last": date}


def shipped_calendar(rules: Rulebook) -> Calendar:
    """The calendar of the notices that ship with the rules."""
    return Calendar.of(shipped_notices(rules))


def shipped_notices(rules: Rulebook) -> tuple[Notice, ...]:
    """The notices that ship with the rules."""
    return tuple(notice_of(wording) for wording in rules.wordings.get(RULE, ()))


def notice_of(wording: Wording) -> Notice:
    """What one version of the rule says about its year."""
    rest = (day for one in wording.value["rest"] for day in span(str(one["first"]), str(one["last"])))
    work = (str(day) for day in wording.value["work"])
    return Notice(int(wording.version), frozenset(rest), frozenset(work))


def calendar_faults(value: Table) -> Iterator[str]:
    """Faults of one year: rest days that end before they begin, days both worked and not, working days in the week."""
    if faults := list(misfits(value, {"rest": list, "work": list})):
        yield from faults
        return
    off: list[Day] = []
    for one in tables(value["rest"]):
        if faults := list(misfits(one, REST)):
            yield from (f"rest {one.get('en', '?')}: {fault}" for fault in faults)
        elif str(one["last"]) < str(one["first"]):
            yield f"rest {one['en']} ends on {one['last']}, before it begins on {one['first']}"
        else:
            off += span(str(one["first"]), str(one["last"]))
    yield from (
        f"work holds {entry!r}, not a day" for entry in items(value["work"]) if type(entry) is not date
    )
    worked = [entry for entry in items(value["work"]) if type(entry) is date]
    for entry in worked:
        if entry.weekday() < 5:
            yield f"{entry} is a weekday and worked without being named"
        elif str(entry) in off:
            yield f"{entry} is both a rest day and worked"
    days = [*off, *(str(entry) for entry in worked)]
    yield from (f"{day} is named twice" for day in sorted(set(days)) if days.count(day) > 1)
    year = max((int(day[:4]) for day in days), default=0)
    yield from (
        f"{day} is not in {year} nor in the last week before it"
        for day in days
        if day < f"{year - 1:04}-12-25"
    )

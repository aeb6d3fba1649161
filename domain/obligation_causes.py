"""What an event makes a body owe: so many days or months after it, one answer for several where the rule joins them.

An update of the risk list, a finished report, a draw: what counts as the event is part of the rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from domain.language import Day, Moment, day_after, day_of
from domain.obligation_facts import BodyFacts, Cause
from domain.owed import Owed, Stretch, Subject, owing, settle
from domain.working_days import Calendar, months_after


def from_causes(facts: BodyFacts, stretches: list[Stretch], calendar: Calendar) -> Iterator[Owed]:
    """One duty for every cause that the rule counts, or for the earliest of several that one answer can meet."""
    for subject in dict.fromkeys(cause.subject for cause in facts.causes):
        group: Owed | None = None
        begun: Moment = ""
        for cause in sorted(facts.causes, key=lambda one: (one.at, one.reference)):
            stretch = _counting(stretches, cause)
            if cause.subject != subject or stretch is None:
                continue
            value = stretch.wording.value
            if group is not None and value.get("join") == "earliest" and _joins(facts, group, begun, cause):
                continue
            day = day_of(cause.at)
            about = Subject(value.get("about", "body"), subject, value.get("owner", "body"), facts)
            group = owing(facts, stretch, about, cause.reference, day, _due(calendar, day, value))
            begun = cause.at
            yield group


def _counting(stretches: list[Stretch], cause: Cause) -> Stretch | None:
    """The wording that bound the body on the day of the cause and counts it; None where there is none."""
    day = day_of(cause.at)
    for stretch in stretches:
        if stretch.since <= day and (stretch.until is None or day < stretch.until):
            value = stretch.wording.value
            counts = "counts" not in value or cause.what in value["counts"]
            by_grade = "days" not in value and "months" not in value
            return stretch if value["trigger"] == cause.trigger and counts and not by_grade else None
    return None


def _joins(facts: BodyFacts, group: Owed, begun: Moment, cause: Cause) -> bool:
    """Whether one answer, in time for the earliest cause, can meet this one too: none was given in between."""
    given = any(
        (one.rule, one.subject) == (group.rule, group.subject) and begun <= one.at < cause.at
        for one in facts.done
    )
    return day_of(cause.at) <= group.due and not given


def _due(calendar: Calendar, day: Day, value: Any) -> tuple[Day, bool]:
    """The due day, and whether it rests on a year not published."""
    if "months" in value:
        return settle(calendar, months_after(day, value["months"]), value, day)
    before = day if value["first_day"] == "day_after" else day_after(day, -1)
    last = calendar.add(before, value["days"], value["count"])
    due, provisional = settle(calendar, last, value, day)
    counted = value["count"] == "natural" or calendar.settled(day, last)
    return due, provisional or not counted

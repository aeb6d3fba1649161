"""What an event makes a body owe: so many days or months after it, one answer for several where the rule joins them.

An update of the risk list, a finished report, a draw: what counts as the event is part of the rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from domain.language import Day, Moment, day_after, day_of
from domain.obligation_facts import BodyFacts, Cause, Done
from domain.owed import Owed, Stretch, Subject, owing, settle
from domain.working_days import Calendar, months_after


def from_causes(facts: BodyFacts, stretches: list[Stretch], calendar: Calendar) -> Iterator[Owed]:
    """One duty for every cause that the rule counts, or for the earliest of several that one answer can meet.

    What an answer did not meet of the causes of one day is owed under that day's name with a number: ``2026-03-05.2``.
    """
    for subject in dict.fromkeys(cause.subject for cause in facts.causes):
        group: Owed | None = None
        begun: Moment = ""
        reference = ""
        named: Counter[str] = Counter()
        for cause in sorted(facts.causes, key=_order):
            stretch = _counting(stretches, cause)
            if cause.subject != subject or stretch is None:
                continue
            value = stretch.wording.value
            same = cause.reference == reference
            if (
                group is not None
                and (same or value.get("join") == "earliest")
                and _joins(facts, group, begun, cause)
            ):
                continue
            reference, begun, day = cause.reference, cause.at, day_of(cause.at)
            named[reference] += 1
            period = numbered(reference, named[reference])
            about = Subject(value.get("about", "body"), subject, value.get("owner", "body"), facts)
            group = owing(facts, stretch, about, period, day, _due(calendar, day, value))
            yield group


def _order(cause: Cause) -> tuple[Day, int, Moment, str]:
    """By their days; of one day as they were recorded, because a paper knows what was recorded before it."""
    return day_of(cause.at), cause.known, cause.at, cause.reference


def numbered(reference: str, number: int) -> str:
    """The period of the first, second, … duty that one reference makes."""
    return reference if number == 1 else f"{reference}.{number}"


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
    """Whether one answer, in time for the earliest cause, can meet this one too: none was given without it."""
    answers = (one for one in facts.done if (one.rule, one.subject) == (group.rule, group.subject))
    given = any(begun <= one.at and _without(one, group, cause) for one in answers)
    return day_of(cause.at) <= group.due and not given


def _without(answer: Done, group: Owed, cause: Cause) -> bool:
    """Whether the answer left this cause out: it was given before, or its paper does not tell of it."""
    if not answer.covers:
        return answer.at < cause.at
    beyond = day_of(cause.at) > answer.covers or cause.known > answer.known
    return answer.duty == group.duty and beyond


def _due(calendar: Calendar, day: Day, value: Any) -> tuple[Day, bool]:
    """The due day, and whether it rests on a year not published."""
    if "months" in value:
        return settle(calendar, months_after(day, value["months"]), value, day)
    before = day if value["first_day"] == "day_after" else day_after(day, -1)
    last = calendar.add(before, value["days"], value["count"])
    due, provisional = settle(calendar, last, value, day)
    counted = value["count"] == "natural" or calendar.settled(day, last)
    return due, provisional or not counted

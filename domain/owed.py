"""One thing that is owed, its one identity, and the days on which a wording of a rule binds a body."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.language import Code, Day, day_after
from domain.obligation_facts import BodyFacts
from domain.rule_adoption import Adopted
from domain.rulebook import Citation, Rulebook, Wording
from domain.working_days import Calendar

CODE_LENGTH = 64


@dataclass(frozen=True)
class Owed:
    """One thing owed: under which rule, about whom, for which period, by whom, from which day, by which day.

    ``owed_by`` is a role, or ``body`` where the rule names nobody; ``remind`` are the days on which to say so before;
    ``provisional``: the due day lies in or was counted over a year whose holidays are not published.
    """

    body: Code
    duty: Code
    rule: str
    subject_kind: str
    subject: str
    period: str
    owed_by: str
    begins: Day
    due: Day
    provisional: bool
    remind: tuple[Day, ...]
    citation: Citation


@dataclass(frozen=True)
class Stretch:
    """Days, from ``since`` until before ``until``, on which one wording of a rule binds the body."""

    since: Day
    until: Day | None
    wording: Wording
    citation: Citation


@dataclass(frozen=True)
class Subject:
    """What a duty is about, who owes it, and whose risks its condition asks for."""

    kind: str
    code: str
    owed_by: str
    facts: BodyFacts


def duty_code(rule: str, subject: str, period: str) -> Code:
    """The one code of what a rule asks about a subject for a period; what is too long is shortened by hash."""
    plain = f"{rule}.{subject}.{period}"
    if len(plain) <= CODE_LENGTH:
        return plain
    digest = hashlib.sha256(plain.encode()).hexdigest()[:16]
    return f"{rule[: CODE_LENGTH - len(digest) - len(period) - 2]}.{digest}.{period}"


def bound(rule: str, facts: BodyFacts, rules: Rulebook, adopted: Adopted) -> list[Stretch]:
    """The stretches of days on which the rule binds the body, since its registration, in order."""
    turns = {
        facts.registered,
        *(one.since for one in facts.reclassified),
        *(day for _, _, day in adopted.packs),
    }
    for wording in rules.wordings.get(rule, ()):
        turns.add(wording.since)
        if wording.until is not None:
            turns.add(day_after(wording.until))
    days = sorted(day for day in turns if day >= facts.registered)
    found: list[Stretch] = []
    for number, day in enumerate(days):
        held = rules.binding(rule, day, facts.area, facts.who(day), adopted.on(day))
        if held is not None:
            end = days[number + 1] if number + 1 < len(days) else None
            found.append(Stretch(day, end, *held))
    return found


def run_of(stretches: list[Stretch], last: Stretch) -> Day:
    """Since when the rule has bound the body without a gap, up to the given stretch."""
    since = last.since
    for one in reversed(stretches):
        if one.until == since:
            since = one.since
    return since


def settle(calendar: Calendar, last: Day, value: Mapping[str, Any], begins: Day) -> tuple[Day, bool]:
    """The due day when the last day is ``last``, and whether it rests on a year not published.

    A last day that is a rest day is kept or moved as the rule says, never before the duty begins.
    """
    due = max(begins, calendar.roll(last, value["rest_day"]))
    settled = value["rest_day"] == "keep" or calendar.settled(min(due, last), max(due, last))
    return due, not settled


def owing(
    facts: BodyFacts, stretch: Stretch, subject: Subject, period: str, begins: Day, due: tuple[Day, bool]
) -> Owed:
    """The duty itself, by a wording, about a subject, for a period."""
    rule = stretch.wording.rule
    return Owed(
        body=facts.body,
        duty=duty_code(rule, subject.code, period),
        rule=rule,
        subject_kind=subject.kind,
        subject=subject.code,
        period=period,
        owed_by=subject.owed_by,
        begins=begins,
        due=due[0],
        provisional=due[1],
        remind=(),
        citation=stretch.citation,
    )

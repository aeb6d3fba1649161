"""What a responsible body owes again and again, and by when: computed from the rules that bind it and the calendar.

Pure: facts, rules and days in, duties out, so that the clock, a simulation and a person who asks why get one answer.
A duty has one identity (rule, subject, period), however often and whenever it is computed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from domain.language import Code, Day, but, day_after, day_of
from domain.obligation_facts import BodyFacts
from domain.obligation_periods import later, period_of, periods
from domain.rule_adoption import Adopted
from domain.rulebook import Citation, Rulebook, Wording
from domain.working_days import Calendar

CODE_LENGTH = 64
REMINDERS = "duty-reminders"
"""The rule that says how many days before the last one a duty is remembered."""


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


def owed(
    facts: BodyFacts, rules: Rulebook, adopted: Adopted, calendar: Calendar, since: Day, until: Day
) -> list[Owed]:
    """Everything owed by the body that begins in [since, until), in the order of beginning.

    A duty begins on the first day of its period on which the body was registered, the rule bound it, and the condition
    held. It is owed when the rule still binds on the last day; of several wordings that one's words count.
    """
    found: list[Owed] = []
    for rule, wordings in sorted(rules.wordings.items()):
        if wordings and wordings[0].kind == "period":
            stretches = bound(rule, facts, rules, adopted)
            for subject in _subjects(facts, stretches):
                found += _calendar(facts, stretches, subject, calendar, since, until)
                found += _rolling(facts, stretches, subject, calendar)
    found = [_reminded(one, facts, rules, adopted, calendar) for one in found if since <= one.begins < until]
    return sorted(found, key=lambda one: (one.begins, one.rule, one.subject, one.period))


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


def _subjects(facts: BodyFacts, stretches: list[Stretch]) -> list[Subject]:
    """About what the rule asks: every tier it names, or the body itself; all that any of its wordings names."""
    found: list[Subject] = []
    for stretch in stretches:
        for role in stretch.wording.value.get("by", ()):
            found += [Subject("tier", code, role, facts) for code in facts.tiers.get(role, (role,))]
        if "by" not in stretch.wording.value:
            found.append(Subject("body", facts.body, "body", facts))
    return list({(one.owed_by, one.code): one for one in found}.values())


def _calendar(
    facts: BodyFacts, stretches: list[Stretch], subject: Subject, calendar: Calendar, since: Day, until: Day
) -> Iterator[Owed]:
    """Once inside every period of the calendar."""
    for stretch in stretches:
        value = stretch.wording.value
        if value["counted"] != "calendar" or not _names(value, subject):
            continue
        first = max(stretch.since, period_of(since, value["period"]).first)
        end = (
            until
            if stretch.until is None
            else min(until, day_after(period_of(stretch.until, value["period"]).last))
        )
        for period in periods(value["period"], first, end):
            if not stretch.since <= period.last or (
                stretch.until is not None and period.last >= stretch.until
            ):
                continue
            begins = _begins(stretches, subject, value, period.first, period.last)
            if begins is not None:
                due = max(begins, calendar.roll(period.last, value["rest_day"]))
                settled = value["rest_day"] == "keep" or calendar.settled(
                    min(due, period.last), max(due, period.last)
                )
                yield _owed(facts, stretch, subject, period.name, begins, due, not settled)


def _begins(stretches: list[Stretch], subject: Subject, value: Any, first: Day, last: Day) -> Day | None:
    """The first day of the period on which the rule bound the body and its condition held."""
    for stretch in stretches:
        begins = max(first, stretch.since)
        end = last if stretch.until is None else min(last, day_after(stretch.until, -1))
        if begins <= end and _names(stretch.wording.value, subject):
            if "condition" not in value:
                return begins
            held = subject.facts.first_day(value["condition"], begins, last)
            return held
    return None


def _rolling(
    facts: BodyFacts, stretches: list[Stretch], subject: Subject, calendar: Calendar
) -> Iterator[Owed]:
    """Again so long after the last time; where it was never done, after registration.

    It falls due on the first day on which the wording then in force says so.
    """
    rolling = [one for one in stretches if one.wording.value["counted"] == "rolling"]
    rolling = [one for one in rolling if _names(one.wording.value, subject)]
    if not rolling:
        return
    rule = rolling[0].wording.rule
    done = sorted({day_of(one.at) for one in facts.done if (one.rule, one.subject) == (rule, subject.code)})
    anchors = [facts.registered, *(day for day in done if day > facts.registered)]
    for number, anchor in enumerate(anchors):
        begins = next(
            (max(one.since, anchor) for one in rolling if one.until is None or one.until > anchor), None
        )
        if begins is None or (number + 1 < len(anchors) and begins >= anchors[number + 1]):
            continue
        for stretch in rolling:
            value = stretch.wording.value
            last = max(later(anchor, value["period"]), stretch.since)
            if stretch.until is not None and last >= stretch.until:
                continue
            due = max(begins, calendar.roll(last, value["rest_day"]))
            settled = value["rest_day"] == "keep" or calendar.settled(min(due, last), max(due, last))
            yield _owed(facts, stretch, subject, anchor, begins, due, not settled)
            break


def _names(value: Any, subject: Subject) -> bool:
    """Whether the wording asks this of the subject."""
    return subject.owed_by in value.get("by", ("body",))


def _owed(
    facts: BodyFacts,
    stretch: Stretch,
    subject: Subject,
    period: str,
    begins: Day,
    due: Day,
    provisional: bool,
) -> Owed:
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
        due=due,
        provisional=provisional,
        remind=(),
        citation=stretch.citation,
    )


def _reminded(one: Owed, facts: BodyFacts, rules: Rulebook, adopted: Adopted, calendar: Calendar) -> Owed:
    """The duty with the days on which to remind of it, as the body's own rule on reminders has them; else none."""
    found = rules.binding(REMINDERS, one.begins, facts.area, facts.who(one.begins), adopted.on(one.begins))
    if found is None:
        return one
    value = found[0].value
    days = {calendar.add(one.due, -before, value["count"]) for before in value["before"]}
    return but(one, remind=tuple(sorted(day for day in days if one.begins <= day < one.due)))

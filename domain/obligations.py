"""What a responsible body owes again and again, and by when: computed from the rules that bind it and the calendar.

Pure: facts, rules and days in, duties out, so that the clock, a simulation and a person who asks why get one answer.
A duty has one identity (rule, subject, period), however often and whenever it is computed. What was recorded late can
make a duty begin in the past: whoever raises duties asks again from far enough back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from domain.language import Day, but, day_of
from domain.law_changes import law_causes
from domain.obligation_causes import from_causes
from domain.obligation_facts import BodyFacts
from domain.obligation_periods import Period, later, period_of, periods
from domain.owed import Owed, Stretch, Subject, bound, duty_code, owing, run_of, settle
from domain.rule_adoption import Adopted
from domain.rulebook import Rulebook, Wording
from domain.working_days import Calendar

__all__ = ["REMINDERS", "Owed", "bound", "duty_code", "owed"]

REMINDERS = "duty-reminders"
"""The rule that says how many days before the last one a duty is remembered."""


def owed(
    facts: BodyFacts, rules: Rulebook, adopted: Adopted, calendar: Calendar, since: Day, until: Day
) -> list[Owed]:
    """Everything owed by the body that begins in [since, until), in the order of beginning.

    A periodic duty begins on the first day of its period on which the body was registered, the rule bound it, and the
    condition held. It is owed when the rule still binds on the last day; of several wordings that one's words count.
    What an event causes begins on its day and is owed when the rule bound the body then. A change of law is an event
    that follows from the rules themselves.
    """
    found: list[Owed] = []
    known = but(facts, causes=(*facts.causes, *law_causes(facts, rules, adopted)))
    for rule, wordings in sorted(rules.wordings.items()):
        match wordings[0].kind if wordings else "":
            case "period":
                stretches = bound(rule, facts, rules, adopted)
                for subject in _subjects(facts, stretches):
                    found += _calendar(facts, stretches, subject, calendar, since, until)
                    found += _rolling(facts, stretches, subject, calendar)
            case "days" | "months":
                found += from_causes(known, bound(rule, facts, rules, adopted), calendar)
            case _:
                pass
    found = [_reminded(one, facts, rules, adopted, calendar) for one in found if since <= one.begins < until]
    return sorted(found, key=lambda one: (one.begins, one.rule, one.subject, one.period))


def _subjects(facts: BodyFacts, stretches: list[Stretch]) -> list[Subject]:
    """About what the rule asks: every leader, tier or body in charge that it names, or the body itself."""
    found: list[Subject] = []
    for stretch in stretches:
        value = stretch.wording.value
        owner = value.get("owner", "body")
        if "each" in value:
            found += [Subject("body", one.body, owner, one) for one in facts.charges]
        elif "by" in value:
            found += [Subject("tier", role, role, facts) for role in value["by"]]
            persons = sorted({one.person for one in facts.led if one.role in value["by"]})
            found += [Subject("person", person, person, facts) for person in persons]
        else:
            found.append(Subject("body", facts.body, owner, facts))
    return list({(one.kind, one.code, one.owed_by): one for one in found}.values())


def _names(value: Any, subject: Subject) -> bool:
    """Whether the wording asks this of the subject."""
    if "by" in value:
        return subject.kind == "person" or (subject.kind == "tier" and subject.owed_by in value["by"])
    return subject.kind not in ("tier", "person") and subject.owed_by == value.get("owner", "body")


def _calendar(
    facts: BodyFacts, stretches: list[Stretch], subject: Subject, calendar: Calendar, since: Day, until: Day
) -> Iterator[Owed]:
    """Once inside every period of the calendar."""
    for stretch in stretches:
        value = stretch.wording.value
        if value["counted"] != "calendar" or not _names(value, subject):
            continue
        first = max(stretch.since, period_of(since, value["period"]).first)
        for period in periods(value["period"], first, min(until, stretch.until or until)):
            if stretch.until is not None and period.last >= stretch.until:
                continue
            begins = _begins(stretches, stretch, subject, period)
            if begins is not None:
                due = settle(calendar, period.last, value, begins)
                yield owing(facts, stretch, subject, period.name, begins, due)


def _begins(stretches: list[Stretch], stretch: Stretch, subject: Subject, period: Period) -> Day | None:
    """The first day of the period on which the rule bound the body and its condition held."""
    begins = max(period.first, run_of(stretches, stretch), subject.facts.registered)
    value = stretch.wording.value
    condition = value.get("condition")
    if begins > period.last:
        return None
    match subject.kind:
        case "tier":
            led = subject.facts.leaders(subject.owed_by, begins, period.last)
            return None if led or _did_before(subject, stretch.wording.rule, begins, period.last) else begins
        case "person":
            found = [one for role in value["by"] for one in subject.facts.leaders(role, begins, period.last)]
            held = [one.since for one in found if one.person == subject.code]
            did = _did_for_the_tier(subject, stretch.wording, begins, period.last)
            return max(begins, min(held)) if held and not did else None
        case _:
            pass
    return begins if condition is None else subject.facts.first_day(condition, begins, period.last)


def _did_before(subject: Subject, rule: str, begins: Day, last: Day) -> bool:
    """Whether somebody who led the tier did it in these days, and only then gave the role up."""
    for one in subject.facts.done:
        day = day_of(one.at)
        if (
            one.rule == rule
            and begins <= day <= last
            and subject.facts.held(one.subject, subject.owed_by, day)
        ):
            return True
    return False


def _did_for_the_tier(subject: Subject, wording: Wording, begins: Day, last: Day) -> bool:
    """Whether the person answered what the tier owed for these days, before it was known that each leader owes it."""
    return any(
        (one.rule, one.by) == (wording.rule, subject.code)
        and one.subject in wording.value["by"]
        and begins <= day_of(one.at) <= last
        for one in subject.facts.done
    )


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
    anchors = [subject.facts.registered, *(day for day in done if day > subject.facts.registered)]
    for number, anchor in enumerate(anchors):
        for stretch in rolling:
            last = max(later(anchor, stretch.wording.value["period"]), stretch.since)
            if stretch.until is not None and last >= stretch.until:
                continue
            begins = max(anchor, run_of(rolling, stretch))
            if number + 1 == len(anchors) or begins < anchors[number + 1]:
                due = settle(calendar, last, stretch.wording.value, begins)
                yield owing(facts, stretch, subject, anchor, begins, due)
            break


def _reminded(one: Owed, facts: BodyFacts, rules: Rulebook, adopted: Adopted, calendar: Calendar) -> Owed:
    """The duty with the days on which to remind of it, as the body's own rule on reminders has them; else none."""
    found = rules.binding(REMINDERS, one.begins, facts.area, facts.who(one.begins), adopted.on(one.begins))
    if found is None:
        return one
    value = found[0].value
    days = {calendar.add(one.due, -before, value["count"]) for before in value["before"]}
    return but(one, remind=tuple(sorted(day for day in days if one.begins <= day < one.due)))

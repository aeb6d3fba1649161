"""How a duty comes to be: from a rule, given by the machine; or from a person, under no rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from domain.bodies import BODY, need_body
from domain.decider import Facts
from domain.duty_state import PERSON
from domain.labels import Term
from domain.language import Code, Command, DayOf, Event, PersonRef, Remark, Title, day_of
from domain.people import need_person
from domain.refused import DeadlineInThePast, Unfit
from domain.roles import Role
from domain.rule_adoption import find_rule
from domain.rulebook import Citation, Rulebook

OwedAs = Literal["person", "role"]
REMINDERS = "duty-reminders"
"""The house rule that says how many days before its day a duty is called to mind."""


@dataclass(frozen=True)
class RaiseDuty(Command):
    """Raise a duty: what is owed, about which subject, by whom, by which day, and under which rule.

    ``owed_as`` tells whether a person or whoever holds a role owes it. ``closes`` is the last day of its period;
    ``remind`` are natural days before the due day, None as the body's own rule has them. ``provisional``: a day was
    counted whose year is not yet published. With ``follows_record`` only the records of its subject end it.
    """

    body: Code
    duty: Code
    rule: Code
    subject_kind: Code
    subject: Code
    owed_by: PersonRef
    due: DayOf
    citation: Citation | None = None
    owed_as: OwedAs = "person"
    period: str = ""
    closes: DayOf | None = None
    remind: tuple[int, ...] | None = None
    provisional: bool = False
    follows_record: bool = False


@dataclass(frozen=True)
class AssignDuty(Command):
    """A person raises a duty for another person or a role, by a day, with a reason."""

    body: Code
    duty: Code
    title: Title
    owed_by: PersonRef
    due: DayOf
    reason: Remark = ""
    owed_as: OwedAs = "person"
    subject_kind: Code = "body"
    subject: Code | None = None
    remind: tuple[int, ...] = ()


@dataclass(frozen=True)
class DutyRaised(Event):
    """Raised from a rule; ``closes`` is the last day of its period, ``remind`` natural days before the due day."""

    KIND = "duty-raised.1"
    rule: str
    subject_kind: str
    subject: str
    owed_by: str
    due: str
    citation: Citation | None
    owed_as: str = PERSON
    period: str = ""
    closes: str | None = None
    remind: tuple[int, ...] = ()
    provisional: bool = False
    follows_record: bool = False


@dataclass(frozen=True)
class DutyAssigned(Event):
    """Raised by a person, under no rule."""

    KIND = "duty-assigned.1"
    title: str
    subject_kind: str
    subject: str
    owed_by: str
    owed_as: str
    due: str
    assigned_by: str
    reason: str
    remind: tuple[int, ...]


def decide_raising(command: RaiseDuty | AssignDuty, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a person's duty for a day that has passed, for an unknown person, or for what is no role."""
    if isinstance(command, AssignDuty):
        return [_assigned(command, facts)]
    return [_raised(command, _reminders(command, facts, rules))]


def _raised(command: RaiseDuty, remind: tuple[int, ...]) -> DutyRaised:
    return DutyRaised(
        command.rule,
        command.subject_kind,
        command.subject,
        command.owed_by,
        command.due,
        command.citation,
        command.owed_as,
        command.period,
        command.closes,
        remind,
        command.provisional,
        command.follows_record,
    )


def _reminders(command: RaiseDuty, facts: Facts, rules: Rulebook) -> tuple[int, ...]:
    """As the command says, else as the rule on reminders that the body adopted; a rule in working days gives none."""
    if command.remind is not None or not facts.of(BODY, command.body).registered:
        return command.remind or ()
    found = find_rule(facts, rules, REMINDERS, command.body, day_of(facts.at))
    if found is None or found[0].value["count"] != "natural":
        return ()
    return tuple(int(one) for one in found[0].value["before"])


def _assigned(command: AssignDuty, facts: Facts) -> DutyAssigned:
    need_body(facts, command.body)
    today = day_of(facts.at)
    if command.due < today:
        raise DeadlineInThePast(due=command.due, day=today)
    if command.owed_as == PERSON:
        need_person(facts, command.body, command.owed_by)
    elif command.owed_by not in get_args(Role):
        allowed = [Term(one) for one in get_args(Role)]
        raise Unfit(given=command.owed_by, what=Term("role"), allowed=allowed)
    return DutyAssigned(
        command.title,
        command.subject_kind,
        command.subject or command.body,
        command.owed_by,
        command.owed_as,
        command.due,
        facts.by,
        command.reason,
        command.remind,
    )

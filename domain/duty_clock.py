"""What the clock says of a duty: to be called to mind, due, overdue, its period closed, one rung up the line.

Each is said once for its day. That a day passed is said also of a duty that was answered later; a reminder and a step
up the line are not, for nobody needs them any more.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.bodies import BODY
from domain.decider import Facts
from domain.duty_state import ROLE, Duty, Rung, holders, reminders
from domain.language import Code, Command, DayOf, Event, day_of
from domain.roles import ROLES
from domain.rule_adoption import find_rule
from domain.rulebook import Citation, Rulebook

LINE_RULE = "duty-escalation"
"""The house rule that says up which line an overdue duty goes, and after how many working days."""


@dataclass(frozen=True)
class RemindDuty(Command):
    """The clock says: the day has come on which this duty is called to mind."""

    body: Code
    duty: Code
    on: DayOf


@dataclass(frozen=True)
class MarkDutyDue(Command):
    """The clock says: the day of this duty has come."""

    body: Code
    duty: Code
    due: DayOf


@dataclass(frozen=True)
class MarkDutyOverdue(Command):
    """The clock says: the day of this duty has passed unanswered."""

    body: Code
    duty: Code
    due: DayOf


@dataclass(frozen=True)
class MarkDutyMissed(Command):
    """The clock says: the period of this duty has closed unanswered."""

    body: Code
    duty: Code
    closes: DayOf


@dataclass(frozen=True)
class EscalateDuty(Command):
    """The clock says: the grace has passed after which an overdue duty goes one rung up the line."""

    body: Code
    duty: Code
    rung: int
    on: DayOf


@dataclass(frozen=True)
class DutyReminded(Event):
    KIND = "duty-reminded.1"
    on: str
    due: str


@dataclass(frozen=True)
class DutyFellDue(Event):
    KIND = "duty-fell-due.1"
    due: str


@dataclass(frozen=True)
class DutyOverdue(Event):
    """``line``: the rungs up which it goes from now on, as the body's house rule says; none where it has none."""

    KIND = "duty-overdue.1"
    due: str
    line: tuple[Rung, ...] = ()
    citation: Citation | None = None


@dataclass(frozen=True)
class DutyMissed(Event):
    """The period closed unanswered; a later answer is late, and this stays."""

    KIND = "duty-missed.1"
    closes: str
    due: str


@dataclass(frozen=True)
class DutyEscalated(Event):
    """``persons`` held the role on that day; nobody where the role was vacant."""

    KIND = "duty-escalated.1"
    rung: int
    role: str
    persons: tuple[str, ...]
    on: str
    due: str


DutyClockCommand = RemindDuty | MarkDutyDue | MarkDutyOverdue | MarkDutyMissed | EscalateDuty


def decide_clock(command: DutyClockCommand, state: Duty, facts: Facts, rules: Rulebook) -> list[Event]:
    """Answers ``[]`` to what was said already, and to what is about a day that has since moved."""
    passed = state.is_open or state.late
    match command:
        case RemindDuty():
            wanted = state.is_open and command.on in reminders(state.due, state.remind)
            return [DutyReminded(command.on, state.due)] if wanted and command.on > state.reminded else []
        case MarkDutyDue():
            if not passed or command.due != state.due or state.fell_due == command.due:
                return []
            return [DutyFellDue(state.due)]
        case MarkDutyOverdue():
            if not passed or command.due != state.due or state.overdue == command.due:
                return []
            line, citation = _line(command, state, facts, rules)
            return [DutyOverdue(state.due, line, citation)]
        case MarkDutyMissed():
            unanswered = state.is_open or state.late_for_its_period
            if not unanswered or command.closes != state.closes or state.missed == command.closes:
                return []
            if state.closes < state.due and day_of(facts.at) <= state.due:
                return []  # its day was moved beyond its period since the clock looked
            return [DutyMissed(state.closes, state.due)]
        case EscalateDuty():
            next_one = state.is_open and state.overdue == state.due and command.rung == state.escalated + 1
            if not next_one or command.rung > len(state.line):
                return []
            role = state.line[command.rung - 1].role
            persons = holders(facts, command.body, role, command.on)
            return [DutyEscalated(command.rung, role, persons, command.on, state.due)]


def unsaid(state: Duty, day: str) -> list[Event]:
    """That its day came and passed before that day, where the clock was not there to say so; it names no line."""
    if not state.is_open or state.due >= day:
        return []
    said: list[Event] = []
    if state.fell_due != state.due:
        said.append(DutyFellDue(state.due))
    if state.overdue != state.due:
        said.append(DutyOverdue(state.due))
    if state.closes and state.last_day < day and state.missed != state.closes:
        said.append(DutyMissed(state.closes, state.due))
    return said


def _line(
    command: MarkDutyOverdue, state: Duty, facts: Facts, rules: Rulebook
) -> tuple[tuple[Rung, ...], Citation | None]:
    """The part of the body's line that lies above whoever owes it; nothing where the body adopted no such rule."""
    day = day_of(facts.at)
    if not state.is_open or not facts.of(BODY, command.body).registered:
        return (), None
    found = find_rule(facts, rules, LINE_RULE, command.body, day)
    if found is None:
        return (), None
    wording, citation = found
    rungs = [Rung(str(one["role"]), int(one["after"])) for one in wording.value["line"]]
    held = _roles(state, facts, command.body, day)
    own = max((at for at, one in enumerate(rungs) if one.role in held), default=-1)
    line = tuple(rungs[own + 1 :])
    return line, citation if line else None


def _roles(state: Duty, facts: Facts, body: str, day: str) -> frozenset[str]:
    """The roles of whoever owes it; of a role, that role alone."""
    if state.owed_as == ROLE:
        return frozenset({state.owed_by})
    return facts.of(ROLES, body).held(state.owed_by, day)

"""A duty is something somebody owes by a day; that it fell due, became overdue, or was answered late stays for ever.

Duties are raised and moved only by the machine (policies and the clock), each from a record that a person gave; a
deadline moves only when an approved extension says so. Lateness by ``happened_at`` is stored in the answer; lateness
by ``recorded_at`` follows from the record itself, because recording time is never an input of a decision.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.decider import Decider, Facts
from domain.labels import Term
from domain.language import Code, Command, Day, DayOf, Event, PersonRef, but, day_of, days_late
from domain.refused import AlreadyRegistered, UnknownThing
from domain.rulebook import Citation, Rulebook


@dataclass(frozen=True)
class RaiseDuty(Command):
    """Raise a duty: what is owed, about which subject, by whom, by which day, and under which rule."""

    body: Code
    duty: Code
    rule: Code
    subject_kind: Code
    subject: Code
    owed_by: PersonRef
    due: DayOf
    citation: Citation | None = None


@dataclass(frozen=True)
class ExtendDuty(Command):
    """Move the day of an open duty, because an extension was approved."""

    body: Code
    duty: Code
    due: DayOf
    approved_by: PersonRef


@dataclass(frozen=True)
class AnswerDuty(Command):
    """What was owed was done, on the day it happened; ``recorded_on`` is the day on which that was written down."""

    body: Code
    duty: Code
    answered_by: PersonRef
    recorded_on: DayOf | None = None


@dataclass(frozen=True)
class ResumeDuty(Command):
    """The answer did not stand (a verifier rejected it): the duty is owed again, by the same day."""

    body: Code
    duty: Code
    rejected_by: PersonRef


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
class DutyRaised(Event):
    KIND = "duty-raised.1"
    rule: str
    subject_kind: str
    subject: str
    owed_by: str
    due: str
    citation: Citation | None


@dataclass(frozen=True)
class DutyExtended(Event):
    KIND = "duty-extended.1"
    was: str
    due: str
    approved_by: str


@dataclass(frozen=True)
class DutyFellDue(Event):
    KIND = "duty-fell-due.1"
    due: str


@dataclass(frozen=True)
class DutyOverdue(Event):
    KIND = "duty-overdue.1"
    due: str


@dataclass(frozen=True)
class DutyAnswered(Event):
    """``days_late`` counts natural days from the due day to the day it happened; 0 is in time.

    ``recorded_on`` is the day on which the act itself was recorded: a policy that ran late makes nobody late.
    """

    KIND = "duty-answered.1"
    answered_by: str
    due: str
    answered_on: str
    days_late: int
    recorded_on: str | None = None


@dataclass(frozen=True)
class DutyResumed(Event):
    KIND = "duty-resumed.1"
    due: str
    rejected_by: str


DutyCommand = RaiseDuty | ExtendDuty | AnswerDuty | ResumeDuty | MarkDutyDue | MarkDutyOverdue
DutyEvent = DutyRaised | DutyExtended | DutyFellDue | DutyOverdue | DutyAnswered | DutyResumed


@dataclass(frozen=True)
class Duty:
    """``fell_due`` and ``overdue`` hold the due day for which the clock has said so; ``late``: answered late."""

    step: str = "unknown"
    due: Day = ""
    fell_due: Day = ""
    overdue: Day = ""
    late: bool = False


def evolve(state: Duty, event: DutyEvent) -> Duty:
    match event:
        case DutyRaised():
            return but(state, step="open", due=event.due)
        case DutyExtended():
            return but(state, due=event.due)
        case DutyFellDue():
            return but(state, fell_due=event.due)
        case DutyOverdue():
            return but(state, overdue=event.due)
        case DutyAnswered():
            return but(state, step="answered", late=event.days_late > 0)
        case DutyResumed():
            return but(state, step="open", late=False)


def decide(command: DutyCommand, state: Duty, facts: Facts, rules: Rulebook) -> list[Event]:
    """Answers ``[]`` to what is so already, so that running twice adds nothing; refuses an unknown duty."""
    if isinstance(command, RaiseDuty):
        if state.step != "unknown":
            raise AlreadyRegistered(kind=Term("duty"), code=command.duty, body=command.body)
        return [
            DutyRaised(
                command.rule,
                command.subject_kind,
                command.subject,
                command.owed_by,
                command.due,
                command.citation,
            )
        ]
    if state.step == "unknown":
        raise UnknownThing(kind=Term("duty"), code=command.duty, body=command.body)
    is_open = state.step == "open"
    passed = is_open or state.late  # a late answer does not unsay that the day had come and passed
    match command:
        case ExtendDuty():
            if not is_open or command.due <= state.due:
                return []
            return [DutyExtended(state.due, command.due, command.approved_by)]
        case AnswerDuty():
            if not is_open:
                return []
            day = day_of(facts.at)
            return [DutyAnswered(command.answered_by, state.due, day, days_late(state.due, day), command.recorded_on)]
        case ResumeDuty():
            return [] if is_open else [DutyResumed(state.due, command.rejected_by)]
        case MarkDutyDue():
            if not passed or command.due != state.due or state.fell_due == command.due:
                return []
            return [DutyFellDue(state.due)]
        case MarkDutyOverdue():
            if not passed or command.due != state.due or state.overdue == command.due:
                return []
            return [DutyOverdue(state.due)]


DUTY: Decider[Duty] = Decider(
    name="duty",
    initial=Duty(),
    evolve=evolve,
    decide=decide,
    events=(DutyRaised, DutyExtended, DutyFellDue, DutyOverdue, DutyAnswered, DutyResumed),
    commands=(),
    machine=(RaiseDuty, ExtendDuty, AnswerDuty, ResumeDuty, MarkDutyDue, MarkDutyOverdue),
    place=lambda command: (command.body, command.duty),
    keyed=True,
)

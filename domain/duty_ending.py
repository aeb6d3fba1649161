"""How a duty ends: done as who owes it says, waived by another person, replaced, or left without its reason."""

from __future__ import annotations

from dataclasses import dataclass

from domain.decider import Facts
from domain.duty_state import Duty, need_open, need_own, owers
from domain.independence import need_independent
from domain.labels import Term, Thing
from domain.language import Code, Command, DayOf, Event, PersonRef, Words, day_of, days_late
from domain.refused import OutOfTurn, UnknownThing
from domain.refused_duties import AnsweredByReport, NotOwed
from domain.report_periods import KINDS as REPORTS


@dataclass(frozen=True)
class FulfilDuty(Command):
    """Whoever owes it says what was done; what a report answers is not answered by a word."""

    body: Code
    duty: Code
    done: Words


@dataclass(frozen=True)
class RejectDutyAnswer(Command):
    """Somebody else says that what was done does not answer the duty: it is owed again, by the same day."""

    body: Code
    duty: Code
    reason: Words


@dataclass(frozen=True)
class WaiveDuty(Command):
    """Drop an open duty, with a reason; not by whoever owes it."""

    body: Code
    duty: Code
    reason: Words


@dataclass(frozen=True)
class DropDuty(Command):
    """A person took away what the duty was owed for, in the records that it follows: it is dropped by that person."""

    body: Code
    duty: Code
    dropped_by: PersonRef
    reason: Words


@dataclass(frozen=True)
class RestoreDuty(Command):
    """What the clock had dropped is owed again, since a day: who gave a role up took it over again in the period."""

    body: Code
    duty: Code
    on: DayOf
    reason: Words


@dataclass(frozen=True)
class SupersedeDuty(Command):
    """Another duty takes the place of this one."""

    body: Code
    duty: Code
    by_duty: Code
    reason: Words


@dataclass(frozen=True)
class EndDutyReason(Command):
    """What the duty was owed for is over since a day: it is owed for this period still, and for no later one.

    ``reason`` is the condition that no longer holds, ``about`` the risks that turned on that day.
    """

    body: Code
    duty: Code
    on: DayOf
    reason: Code
    about: str = ""


@dataclass(frozen=True)
class DutyFulfilled(Event):
    """Done by the word of who owes it; ``owed_by`` are those who owed it on that day."""

    KIND = "duty-fulfilled.1"
    fulfilled_by: str
    done: str
    owed_by: tuple[str, ...]
    due: str
    answered_on: str
    days_late: int


@dataclass(frozen=True)
class DutyAnswerRejected(Event):
    KIND = "duty-answer-rejected.1"
    due: str
    rejected_by: str
    reason: str


@dataclass(frozen=True)
class DutyWaived(Event):
    """``days_late``: how many days after its due day it was dropped."""

    KIND = "duty-waived.1"
    waived_by: str
    reason: str
    owed_by: tuple[str, ...]
    due: str
    waived_on: str
    days_late: int


@dataclass(frozen=True)
class DutyRestored(Event):
    """Owed again, by the same day; that it was dropped in between stays told."""

    KIND = "duty-restored.1"
    on: str
    reason: str
    due: str


@dataclass(frozen=True)
class DutySuperseded(Event):
    KIND = "duty-superseded.1"
    by_duty: str
    reason: str
    due: str
    superseded_on: str
    days_late: int


@dataclass(frozen=True)
class DutyReasonEnded(Event):
    """It is the last of its kind, and this is why; it is still owed by its day."""

    KIND = "duty-reason-ended.1"
    on: str
    reason: str
    about: str
    due: str


DutyEnding = (
    FulfilDuty | RejectDutyAnswer | WaiveDuty | DropDuty | RestoreDuty | SupersedeDuty | EndDutyReason
)


def decide_ending(command: DutyEnding, state: Duty, facts: Facts) -> list[Event]:
    """Refuses who does not owe it to fulfil it, a word for a report, and who owes it to waive or judge it."""
    day = day_of(facts.at)
    match command:
        case FulfilDuty():
            what = need_open(command, state, command.body, command.duty)
            if state.rule in REPORTS:
                raise AnsweredByReport(what=what, kind=state.rule)
            owing = owers(state, facts, command.body, day)
            if not set(facts.actors) & set(owing):
                owed_by = Term(state.owed_by) if state.owed_as == "role" else state.owed_by
                raise NotOwed(what=what, owed_by=owed_by, person=facts.by)
            late = days_late(state.due, day)
            return [DutyFulfilled(facts.by, command.done, owing, state.due, day, late)]
        case RejectDutyAnswer():
            what = _need_fulfilled(command, state)
            owing = owers(state, facts, command.body, day)
            need_independent(facts, command, what, answerer=state.answered_by, owing_person=owing)
            return [DutyAnswerRejected(state.due, facts.by, command.reason)]
        case WaiveDuty():
            what = need_open(command, state, command.body, command.duty)
            owing = owers(state, facts, command.body, day)
            need_independent(facts, command, what, owing_person=owing)
            late = days_late(state.due, day)
            return [DutyWaived(facts.by, command.reason, owing, state.due, day, late)]
        case DropDuty():
            if not _raised(command, state).is_open:
                return []
            owing, late = owers(state, facts, command.body, day), days_late(state.due, day)
            return [DutyWaived(command.dropped_by, command.reason, owing, state.due, day, late)]
        case RestoreDuty():
            if not _raised(command, state).dropped:
                return []  # what a person waived, or somebody answered, is not owed again because of a role
            return [DutyRestored(command.on, command.reason, state.due)]
        case SupersedeDuty():
            if not _raised(command, state).is_open:
                return []
            late = days_late(state.due, day)
            return [DutySuperseded(command.by_duty, command.reason, state.due, day, late)]
        case EndDutyReason():
            if _raised(command, state).last:
                return []
            return [DutyReasonEnded(command.on, command.reason, command.about, state.due)]


def _need_fulfilled(command: RejectDutyAnswer, state: Duty) -> Thing:
    what = Thing("duty", command.duty)
    if _raised(command, state).step != "answered":
        needs = [Term("answered")]
        raise OutOfTurn(what=what, step=Term(state.step), command=type(command).__name__, needs=needs)
    need_own(command, state, what)
    return what


def _raised(
    command: RejectDutyAnswer | DropDuty | RestoreDuty | SupersedeDuty | EndDutyReason, state: Duty
) -> Duty:
    if state.step == "unknown":
        raise UnknownThing(kind=Term("duty"), code=command.duty, body=command.body)
    return state

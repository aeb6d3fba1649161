"""A duty is answered by the record of what was owed, moved by an approval recorded elsewhere, and owed again."""

from __future__ import annotations

from dataclasses import dataclass

from domain.decider import Facts
from domain.duty_clock import unsaid
from domain.duty_state import Duty, owers
from domain.language import Code, Command, DayOf, Event, PersonRef, day_of, days_late


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
class DutyAnswered(Event):
    """``days_late`` counts natural days from the due day to the day it happened; 0 is in time.

    ``recorded_on`` is the day on which the act itself was recorded: a policy that ran late makes nobody late.
    ``owed_by`` are those who owed it on the day it was answered.
    """

    KIND = "duty-answered.1"
    answered_by: str
    due: str
    answered_on: str
    days_late: int
    recorded_on: str | None = None
    owed_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class DutyResumed(Event):
    KIND = "duty-resumed.1"
    due: str
    rejected_by: str


@dataclass(frozen=True)
class ExtendDuty(Command):
    """Move the day of an open duty, because an extension was approved."""

    body: Code
    duty: Code
    due: DayOf
    approved_by: PersonRef


@dataclass(frozen=True)
class DutyExtended(Event):
    KIND = "duty-extended.1"
    was: str
    due: str
    approved_by: str


def decide_answer(command: ExtendDuty | AnswerDuty | ResumeDuty, state: Duty, facts: Facts) -> list[Event]:
    """Answers ``[]`` where it is so already. A day that had passed unsaid is said before it moves."""
    match command:
        case ExtendDuty():
            if not state.is_open or command.due <= state.due:
                return []
            moved = DutyExtended(state.due, command.due, command.approved_by)
            return [*unsaid(state, day_of(facts.at)), moved]
        case AnswerDuty():
            if not state.is_open:
                return []
            day = day_of(facts.at)
            late = days_late(state.due, day)
            owing = owers(state, facts, command.body, day)
            return [DutyAnswered(command.answered_by, state.due, day, late, command.recorded_on, owing)]
        case ResumeDuty():
            return [DutyResumed(state.due, command.rejected_by)] if state.step == "answered" else []

"""What the machine says for the record: its clock was away or disagreed, a policy was refused, practice began."""

from __future__ import annotations

from dataclasses import dataclass

from domain.decider import Decider, Facts
from domain.language import SHARED, Code, Command, Event, Moment, Words
from domain.rulebook import Rulebook


@dataclass(frozen=True)
class OpenPractice(Command):
    """Make this a practice file: time in it is simulated, and everything made from it says so."""

    note: Words


@dataclass(frozen=True)
class NoteClockAbsence(Command):
    """The clock did not run between two moments."""

    since: Words
    until: Words


@dataclass(frozen=True)
class NoteClockDisagreement(Command):
    """The machine's clock read earlier than the last record; the last value was stamped instead."""

    read: Words
    stamped: Words


@dataclass(frozen=True)
class NotePolicyRefusal(Command):
    """A policy's command was refused; a person has to look."""

    policy: Code
    position: int
    command: Code
    refused: Code
    because: Words


@dataclass(frozen=True)
class PracticeOpened(Event):
    KIND = "practice-opened.1"
    note: str


@dataclass(frozen=True)
class ClockWasAway(Event):
    KIND = "clock-was-away.1"
    since: str
    until: str


@dataclass(frozen=True)
class ClockDisagreed(Event):
    KIND = "clock-disagreed.1"
    read: str
    stamped: str


@dataclass(frozen=True)
class PolicyRefused(Event):
    KIND = "policy-refused.1"
    policy: str
    position: int
    command: str
    refused: str
    because: str


@dataclass(frozen=True)
class Logbook:
    """The last absence and disagreement that were written down."""

    practice: bool = False
    away_until: Moment = ""
    disagreed_at: Moment = ""


def evolve(state: Logbook, event: PracticeOpened | ClockWasAway | ClockDisagreed | PolicyRefused) -> Logbook:
    match event:
        case PracticeOpened():
            return Logbook(True, state.away_until, state.disagreed_at)
        case ClockWasAway():
            return Logbook(state.practice, event.until, state.disagreed_at)
        case ClockDisagreed():
            return Logbook(state.practice, state.away_until, event.stamped)
        case PolicyRefused():
            return state


def decide(
    command: OpenPractice | NoteClockAbsence | NoteClockDisagreement | NotePolicyRefusal,
    state: Logbook,
    facts: Facts,
    rules: Rulebook,
) -> list[Event]:
    """Writes each absence and each disagreement down once."""
    match command:
        case OpenPractice():
            return [] if state.practice else [PracticeOpened(command.note)]
        case NoteClockAbsence():
            return [] if command.until <= state.away_until else [ClockWasAway(command.since, command.until)]
        case NoteClockDisagreement():
            return (
                []
                if command.stamped == state.disagreed_at
                else [ClockDisagreed(command.read, command.stamped)]
            )
        case NotePolicyRefusal():
            return [
                PolicyRefused(
                    command.policy, command.position, command.command, command.refused, command.because
                )
            ]


LOGBOOK: Decider[Logbook] = Decider(
    name="clock",
    initial=Logbook(),
    evolve=evolve,
    decide=decide,
    events=(PracticeOpened, ClockWasAway, ClockDisagreed, PolicyRefused),
    commands=(),
    machine=(OpenPractice, NoteClockAbsence, NoteClockDisagreement, NotePolicyRefusal),
    place=lambda command: (SHARED, ""),
)

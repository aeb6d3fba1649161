"""The end of a warning that names no area and came before the warning itself: it waits here until that one comes."""

from __future__ import annotations

from dataclasses import dataclass

from domain.decider import Decider, Facts
from domain.language import SHARED, Code, Command, Event, Moment, but
from domain.rulebook import Rulebook
from domain.weather_messages import Identifier, message_code


@dataclass(frozen=True)
class NoteWithdrawal(Command):
    """A feed's message ``by`` ends the whole warning ``identifier`` of the same source, wherever that was given for."""

    source: Code
    identifier: Identifier
    by: Identifier
    sent: Moment
    references: tuple[Identifier, ...]


@dataclass(frozen=True)
class WithdrawalNoted(Event):
    KIND = "warning-withdrawal-noted.1"
    source: str
    identifier: str
    by: str
    sent: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class Withdrawal:
    """Every end that was sent for this warning."""

    said: tuple[WithdrawalNoted, ...] = ()


def evolve(state: Withdrawal, event: WithdrawalNoted) -> Withdrawal:
    match event:
        case WithdrawalNoted():
            return but(state, said=(*state.said, event))


def decide(command: NoteWithdrawal, state: Withdrawal, facts: Facts, rules: Rulebook) -> list[Event]:
    """Answers ``[]`` to what was noted already."""
    event = WithdrawalNoted(command.source, command.identifier, command.by, command.sent, command.references)
    return [] if event in state.said else [event]


WITHDRAWAL: Decider[Withdrawal] = Decider(
    name="weather-withdrawal",
    initial=Withdrawal(),
    evolve=evolve,
    decide=decide,
    events=(WithdrawalNoted,),
    commands=(),
    machine=(NoteWithdrawal,),
    place=lambda command: (SHARED, message_code(command.source, command.identifier)),
)

"""The end of a warning that came before the warning itself: it waits here until that one comes."""

from __future__ import annotations

from dataclasses import dataclass

from domain.decider import Decider, Facts
from domain.language import SHARED, Code, Command, Event, Moment, but
from domain.rulebook import Rulebook
from domain.weather_messages import Identifier, WarningPart, message_code, reaches


@dataclass(frozen=True)
class NoteWithdrawal(Command):
    """A feed's message ``by`` ends the warning ``identifier`` of the same source.

    Where ``within`` says that it ends; wherever it was given for, where that is empty.
    """

    source: Code
    identifier: Identifier
    by: Identifier
    sent: Moment
    references: tuple[Identifier, ...]
    within: tuple[WarningPart, ...] = ()


@dataclass(frozen=True)
class WithdrawalNoted(Event):
    KIND = "warning-withdrawal-noted.1"
    source: str
    identifier: str
    by: str
    sent: str
    references: tuple[str, ...]
    within: tuple[WarningPart, ...] = ()

    def reaches(self, area: str, area_name: str, kind: str) -> bool:
        """Whether the warning is ended in that place, for that kind of weather."""
        return not self.within or any(reaches(one, area, area_name, kind) for one in self.within)


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
    about = (command.by, command.sent, command.references, command.within)
    event = WithdrawalNoted(command.source, command.identifier, *about)
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

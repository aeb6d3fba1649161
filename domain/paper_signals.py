"""A sign of paper-only closure that somebody looked into is dismissed with a reason; it stays listed as dismissed."""

from __future__ import annotations

from dataclasses import dataclass

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Thing
from domain.language import Code, Command, Event, Words
from domain.refused import AlreadySo
from domain.rulebook import Rulebook


@dataclass(frozen=True)
class DismissSignal(Command):
    """Say why this sign is none: what was looked at, and what was found there."""

    body: Code
    signal: Code
    reason: Words


@dataclass(frozen=True)
class SignalDismissed(Event):
    KIND = "signal-dismissed.1"
    reason: str
    dismissed_by: str


@dataclass(frozen=True)
class Signal:
    dismissed: bool = False


def evolve(state: Signal, event: SignalDismissed) -> Signal:
    match event:
        case SignalDismissed():
            return Signal(dismissed=True)


def decide(command: DismissSignal, state: Signal, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a sign that was dismissed already."""
    need_body(facts, command.body)
    if state.dismissed:
        raise AlreadySo(what=Thing("signal", command.signal))
    return [SignalDismissed(command.reason, facts.by)]


SIGNAL: Decider[Signal] = Decider(
    name="signal",
    initial=Signal(),
    evolve=evolve,
    decide=decide,
    events=(SignalDismissed,),
    commands=(DismissSignal,),
    place=lambda command: (command.body, command.signal),
    keyed=True,
)

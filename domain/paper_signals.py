"""A sign of paper-only closure that somebody looked into is dismissed with a reason; it stays listed as dismissed.

It is dismissed for the hazards that it named then: one that later names another hazard too stands again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.hazards import HAZARD
from domain.independence import need_independent
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Words
from domain.refused import AlreadySo, Incomplete, UnknownThing
from domain.rulebook import Rulebook

SIGNS: Final = ("photo-older", "photo-twice", "minutes", "said-apart", "burst")
"""With which every code of a sign begins."""


@dataclass(frozen=True)
class DismissSignal(Command):
    """Say why this sign is none: what was looked at, and what was found there; ``hazards`` are all that it names."""

    body: Code
    signal: Code
    hazards: tuple[Code, ...]
    reason: Words


@dataclass(frozen=True)
class SignalDismissed(Event):
    KIND = "signal-dismissed.1"
    hazards: tuple[str, ...]
    reason: str
    dismissed_by: str


@dataclass(frozen=True)
class Signal:
    """``hazards`` are those that it was dismissed for."""

    hazards: frozenset[str] = frozenset()


def evolve(state: Signal, event: SignalDismissed) -> Signal:
    match event:
        case SignalDismissed():
            return Signal(state.hazards | set(event.hazards))


def decide(command: DismissSignal, state: Signal, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a code that is none of a sign, hazards of which none was rectified, and who had a hand in one of them.

    A sign that was dismissed already for all of these hazards is refused, too.
    """
    need_body(facts, command.body)
    if not command.hazards:
        raise Incomplete(what=Thing("signal", command.signal), missing=[Term("hazard")])
    for code in command.hazards:
        hazard = facts.of(HAZARD, command.body, code)
        if hazard.step == "unknown":
            raise UnknownThing(kind=Term("hazard"), code=code, body=command.body)
        if not hazard.hands or not _may_be(command.signal, code):
            raise UnknownThing(kind=Term("signal"), code=command.signal, body=command.body)
        need_independent(facts, command, Thing("hazard", code), hand_in_closure=hazard.hands)
    hazards = tuple(dict.fromkeys(command.hazards))
    if state.hazards.issuperset(hazards):
        raise AlreadySo(what=Thing("signal", command.signal))
    return [SignalDismissed(hazards, command.reason, facts.by)]


def sign_code(sign: str, hazard: str, opening: int, completion: int) -> str:
    """The code of a sign about one hazard: what, of which hazard, in which opening, at which of its completions."""
    return f"{sign}-{hazard[:40]}-{opening}-{completion}"


def _may_be(signal: str, hazard: str) -> bool:
    """Whether a sign about that hazard can have the code; a picture and a burst name one of several hazards."""
    if signal.startswith(("photo-twice-", "burst-")):
        return True
    return any(signal.startswith(f"{sign}-{hazard[:40]}-") for sign in SIGNS)


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

"""Neighbours: who lies so near that our dangerous work or building may reach them, and how they watch over us (YT-28).

A neighbour is a place or an organisation, never a person: no name, telephone or address of anybody stands here. What
they came to see, asked or had inspected by a third party is written down with what followed from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import BODY, need_body
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Hash, Title, Words, but
from domain.refused import AlreadyRegistered, BeforePredecessor, Retired, UnknownThing
from domain.rulebook import Rulebook

NeighbourKind = Literal[
    "enterprise", "residents", "school", "hospital", "public_place", "infrastructure", "other"
]
Watch = Literal["consultation", "supervision", "third_party_inspection"]
"""A talk with them, their looking at our work, or an inspection by a third party that they or we asked for."""


@dataclass(frozen=True)
class RegisterNeighbour(Command):
    """Put a neighbour on the register: what it is, where it lies to us, and what of ours may reach it.

    ``known_as`` is its code where it is itself a responsible body here. ``name`` is of an organisation or a place.
    """

    body: Code
    neighbour: Code
    kind: NeighbourKind
    name: Title
    place: Words
    reached_by: Words
    known_as: Code | None = None


@dataclass(frozen=True)
class RecordWatch(Command):
    """Write down a consultation, their supervision, or a third party's inspection, and what followed from it."""

    body: Code
    neighbour: Code
    kind: Watch
    what: Words
    outcome: Words
    inspected_by: Title | None = None
    evidence: tuple[Hash, ...] = ()


@dataclass(frozen=True)
class EndNeighbour(Command):
    """It is no neighbour any more: it moved away, or what could reach it is gone."""

    body: Code
    neighbour: Code
    reason: Words


@dataclass(frozen=True)
class NeighbourRegistered(Event):
    KIND = "neighbour-registered.1"
    neighbour: str
    kind: str
    name: str
    place: str
    reached_by: str
    known_as: str | None


@dataclass(frozen=True)
class WatchRecorded(Event):
    """``inspected_by`` is the third party, an organisation, or None."""

    KIND = "neighbour-watch-recorded.1"
    number: int
    kind: str
    what: str
    outcome: str
    inspected_by: str | None
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class NeighbourEnded(Event):
    KIND = "neighbour-ended.1"
    reason: str


NeighbourCommand = RegisterNeighbour | RecordWatch | EndNeighbour
NeighbourEvent = NeighbourRegistered | WatchRecorded | NeighbourEnded


@dataclass(frozen=True)
class Neighbour:
    """Whether it is on the register, and how often it watched over us."""

    registered: bool = False
    ended: bool = False
    watches: int = 0


def evolve(state: Neighbour, event: NeighbourEvent) -> Neighbour:
    match event:
        case NeighbourRegistered():
            return but(state, registered=True)
        case WatchRecorded():
            return but(state, watches=event.number)
        case NeighbourEnded():
            return but(state, ended=True)


def decide(command: NeighbourCommand, state: Neighbour, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a code taken, a body that is not registered or is the neighbour of itself, and anything after the end."""
    need_body(facts, command.body)
    if isinstance(command, RegisterNeighbour):
        if state.registered:
            raise AlreadyRegistered(kind=Term("neighbour"), code=command.neighbour, body=command.body)
        known = command.known_as
        if known is not None and (known == command.body or not facts.of(BODY, known).registered):
            raise UnknownThing(kind=Term("body"), code=known, body=command.body)
        told = (command.kind, command.name, command.place, command.reached_by, known)
        return [NeighbourRegistered(command.neighbour, *told)]
    need_neighbour(state, command.body, command.neighbour, type(command).__name__)
    if facts.at < facts.first_at:
        what = Thing("neighbour", command.neighbour)
        raise BeforePredecessor(what=what, previous=facts.first_at, at=facts.at)
    match command:
        case RecordWatch():
            evidence = tuple(dict.fromkeys(command.evidence))
            said = (command.kind, command.what, command.outcome, command.inspected_by)
            return [WatchRecorded(state.watches + 1, *said, evidence)]
        case EndNeighbour():
            return [NeighbourEnded(command.reason)]


def need_neighbour(state: Neighbour, body: str, neighbour: str, command: str) -> None:
    """It is on the register and still a neighbour, or ``UnknownThing``, ``Retired``."""
    if not state.registered:
        raise UnknownThing(kind=Term("neighbour"), code=neighbour, body=body)
    if state.ended:
        raise Retired(kind=Term("neighbour"), code=neighbour, command=command)


NEIGHBOUR: Decider[Neighbour] = Decider(
    name="neighbour",
    initial=Neighbour(),
    evolve=evolve,
    decide=decide,
    events=(NeighbourRegistered, WatchRecorded, NeighbourEnded),
    commands=(RegisterNeighbour, RecordWatch, EndNeighbour),
    place=lambda command: (command.body, command.neighbour),
    keyed=True,
)

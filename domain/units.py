"""Assessment units: the production system divided top-down, to any depth; the leaf is a post, equipment or activity.

From the Nanjing process, Annex 2, part 2 (1) and its Table A (NJ-021).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Title
from domain.refused import AlreadyRegistered, OutOfTurn, UnknownThing
from domain.rulebook import Rulebook

UnitKind = Literal["main", "sub", "child", "post", "equipment", "activity"]
LEAVES: frozenset[str] = frozenset({"post", "equipment", "activity"})
"""Kinds that are not divided further."""


@dataclass(frozen=True)
class RegisterUnit(Command):
    """Add a unit under another one (or at the top); the number of levels is free."""

    body: Code
    unit: Code
    name: Title
    kind: UnitKind
    parent: Code | None = None


@dataclass(frozen=True)
class UnitRegistered(Event):
    KIND = "unit-registered.1"
    unit: str
    name: str
    kind: str
    parent: str | None
    depth: int


@dataclass(frozen=True)
class Unit:
    kind: str = ""
    depth: int = 0

    @property
    def registered(self) -> bool:
        return self.kind != ""


def evolve(state: Unit, event: UnitRegistered) -> Unit:
    match event:
        case UnitRegistered():
            return Unit(event.kind, event.depth)


def decide(command: RegisterUnit, state: Unit, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a second registration, an unknown parent, and a unit under a leaf."""
    need_body(facts, command.body)
    if state.registered:
        raise AlreadyRegistered(kind=Term("unit"), code=command.unit, body=command.body)
    depth = 1
    if command.parent is not None:
        parent = need_unit(facts, command.body, command.parent)
        if parent.kind in LEAVES:
            raise OutOfTurn(
                what=Thing("unit", command.parent),
                step=Term(parent.kind),
                command="RegisterUnit",
                needs=[Term("main"), Term("sub"), Term("child")],
            )
        depth = parent.depth + 1
    return [UnitRegistered(command.unit, command.name, command.kind, command.parent, depth)]


UNIT: Decider[Unit] = Decider(
    name="unit",
    initial=Unit(),
    evolve=evolve,
    decide=decide,
    events=(UnitRegistered,),
    commands=(RegisterUnit,),
    place=lambda command: (command.body, command.unit),
    keyed=True,
)


def need_unit(facts: Facts, body: str, unit: str) -> Unit:
    """The registered unit of the body, or ``UnknownThing``."""
    state = facts.of(UNIT, body, unit)
    if not state.registered:
        raise UnknownThing(kind=Term("unit"), code=unit, body=body)
    return state

"""Assessment units: the production system divided top-down, to any depth; the leaf is a post, equipment or activity.

From the Nanjing process, Annex 2, part 2 (1) and its Table A (NJ-021). The tree of one body is one stream, so that what
must hold of the whole tree (nothing under itself, nothing left below a retired unit) is decided from all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Moment, Remark, Title, Words, but
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    HasParts,
    Incomplete,
    OutOfTurn,
    Retired,
    UnderItself,
    UnknownThing,
)
from domain.rulebook import Rulebook
from domain.unit_state import LEAVES, Tree, Unit

UnitKind = Literal["main", "sub", "child", "post", "equipment", "activity"]


@dataclass(frozen=True)
class UnitEntry:
    """One unit of a list; its parent may stand earlier in the same list."""

    unit: Code
    name: Title
    kind: UnitKind
    parent: Code | None = None


@dataclass(frozen=True)
class RegisterUnit(Command):
    """Add a unit under another one (or at the top); the number of levels is free."""

    body: Code
    unit: Code
    name: Title
    kind: UnitKind
    parent: Code | None = None


@dataclass(frozen=True)
class RegisterUnits(Command):
    """Add a whole list of units, such as Table A, parents first; all of them or none."""

    body: Code
    units: tuple[UnitEntry, ...]


@dataclass(frozen=True)
class MoveUnit(Command):
    """Put a unit, with everything below it, under another one (without a parent: at the top)."""

    body: Code
    unit: Code
    parent: Code | None = None
    reason: Remark = ""


@dataclass(frozen=True)
class RenameUnit(Command):
    """Give a unit another name; what was recorded under the old one stays as it is."""

    body: Code
    unit: Code
    name: Title


@dataclass(frozen=True)
class RetireUnit(Command):
    """Take a unit out of use; its history, and what hangs on it, stays."""

    body: Code
    unit: Code
    reason: Words


@dataclass(frozen=True)
class UnitRegistered(Event):
    """``depth`` is that of the day; the moment stands in each event of the tree because a later step needs it."""

    KIND = "unit-registered.1"
    unit: str
    name: str
    kind: str
    parent: str | None
    depth: int
    registered_at: str = ""


@dataclass(frozen=True)
class UnitMoved(Event):
    KIND = "unit-moved.1"
    unit: str
    was_parent: str | None
    parent: str | None
    reason: str
    moved_at: str


@dataclass(frozen=True)
class UnitRenamed(Event):
    KIND = "unit-renamed.1"
    unit: str
    was_name: str
    name: str
    renamed_at: str


@dataclass(frozen=True)
class UnitRetired(Event):
    KIND = "unit-retired.1"
    unit: str
    reason: str
    retired_at: str


UnitCommand = RegisterUnit | RegisterUnits | MoveUnit | RenameUnit | RetireUnit
UnitEvent = UnitRegistered | UnitMoved | UnitRenamed | UnitRetired


def evolve(state: Tree, event: UnitEvent) -> Tree:
    match event:
        case UnitRegistered():
            at = event.registered_at
            unit = Unit(event.kind, event.name, event.parent, at, at)
            return state.having(event.unit, unit).counting(event.parent, 1, at)
        case UnitMoved():
            at = event.moved_at
            moved = state.changing(event.unit, at, parent=event.parent)
            return but(moved.counting(event.was_parent, -1, at).counting(event.parent, 1, at), moved_at=at)
        case UnitRenamed():
            return state.changing(event.unit, event.renamed_at, name=event.name)
        case UnitRetired():
            held = state.of(event.unit)
            retired = state.changing(event.unit, event.retired_at, retired=True)
            return retired.counting(held.parent if held else None, -1, event.retired_at)


def decide(command: UnitCommand, state: Tree, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a code taken, an unknown, retired or leaf parent, a unit under itself, and retiring what is divided.

    Moves are recorded in the order in which they happened, and no step of a unit before its last one: so the tree of
    any past day, late entries included, is a tree.
    """
    need_body(facts, command.body)
    match command:
        case RegisterUnit():
            entry = UnitEntry(command.unit, command.name, command.kind, command.parent)
            return _register(command, (entry,), state, facts)
        case RegisterUnits():
            if not command.units:
                raise Incomplete(what=Term("units"), missing=[Term("unit")])
            return _register(command, command.units, state, facts)
        case MoveUnit():
            return _move(command, state, facts)
        case RenameUnit():
            unit = _in_use(state, command, command.unit)
            if unit.name == command.name:
                raise AlreadySo(what=Thing("unit", command.unit))
            _not_before(facts, command.unit, unit.last_at)
            return [UnitRenamed(command.unit, unit.name, command.name, facts.at)]
        case RetireUnit():
            unit = _in_use(state, command, command.unit)
            if unit.parts:
                raise HasParts(what=Thing("unit", command.unit), count=unit.parts, command="RetireUnit")
            _not_before(facts, command.unit, max(unit.last_at, unit.parts_at))
            return [UnitRetired(command.unit, command.reason, facts.at)]


def _register(command: UnitCommand, entries: tuple[UnitEntry, ...], state: Tree, facts: Facts) -> list[Event]:
    events: list[Event] = []
    for entry in entries:
        if state.of(entry.unit) is not None:
            raise AlreadyRegistered(kind=Term("unit"), code=entry.unit, body=command.body)
        if entry.parent is not None:
            parent = _parent(state, command, entry.parent)
            _not_before(facts, entry.parent, parent.since)
        depth = 1 if entry.parent is None else len(state.line(entry.parent)) + 1
        event = UnitRegistered(entry.unit, entry.name, entry.kind, entry.parent, depth, facts.at)
        state = evolve(state, event)
        events.append(event)
    return events


def _move(command: MoveUnit, state: Tree, facts: Facts) -> list[Event]:
    unit = _in_use(state, command, command.unit)
    if unit.parent == command.parent:
        raise AlreadySo(what=Thing("unit", command.unit))
    last = max(unit.last_at, state.moved_at)
    if command.parent is not None:
        if command.unit in state.line(command.parent):
            raise UnderItself(what=Thing("unit", command.unit), parent=Thing("unit", command.parent))
        last = max(last, _parent(state, command, command.parent).since)
    _not_before(facts, command.unit, last)
    return [UnitMoved(command.unit, unit.parent, command.parent, command.reason, facts.at)]


def _parent(state: Tree, command: UnitCommand, code: str) -> Unit:
    parent = _in_use(state, command, code)
    if parent.kind in LEAVES:
        raise OutOfTurn(
            what=Thing("unit", code),
            step=Term(parent.kind),
            command=type(command).__name__,
            needs=[Term("main"), Term("sub"), Term("child")],
        )
    return parent


def _in_use(state: Tree, command: UnitCommand, code: str) -> Unit:
    unit = state.of(code)
    if unit is None:
        raise UnknownThing(kind=Term("unit"), code=code, body=command.body)
    if unit.retired:
        raise Retired(kind=Term("unit"), code=code, command=type(command).__name__)
    return unit


def _not_before(facts: Facts, code: str, last: Moment) -> None:
    if facts.at < last:
        raise BeforePredecessor(what=Thing("unit", code), previous=last, at=facts.at)


UNITS: Decider[Tree] = Decider(
    name="units",
    initial=Tree(),
    evolve=evolve,
    decide=decide,
    events=(UnitRegistered, UnitMoved, UnitRenamed, UnitRetired),
    commands=(RegisterUnit, RegisterUnits, MoveUnit, RenameUnit, RetireUnit),
    place=lambda command: (command.body, ""),
)


def need_unit(facts: Facts, body: str, unit: str) -> Unit:
    """The registered unit of the body, also a retired one, or ``UnknownThing``."""
    state = facts.of(UNITS, body).of(unit)
    if state is None:
        raise UnknownThing(kind=Term("unit"), code=unit, body=body)
    return state


def need_unit_in_use(facts: Facts, body: str, unit: str, command: Command) -> Unit:
    """The unit, which is not retired; or ``UnknownThing``, ``Retired``."""
    state = need_unit(facts, body, unit)
    if state.retired:
        raise Retired(kind=Term("unit"), code=unit, command=type(command).__name__)
    return state


def line_of(facts: Facts, body: str, unit: str) -> tuple[str, ...]:
    """The unit and everything above it, from itself to the top."""
    return facts.of(UNITS, body).line(unit)

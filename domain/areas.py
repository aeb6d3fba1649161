"""Areas: parts of the site that get one level and one colour from the units that they group.

The worst unit decides (短板原理), unless the body adopted weights of its own (NJ-032, I4). Units, rule and weights are
recorded; the level is computed from the risks, and so is new whenever one of them is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import LEVELS, Code, Command, Event, Level, Number, Remark, Title, Words, but
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    Incomplete,
    Retired,
    Unfit,
    UnknownThing,
)
from domain.rulebook import Rulebook
from domain.units import need_unit_in_use

AreaRule = Literal["worst_unit", "weighted"]
POINTS: dict[str, str] = {"major": "4", "larger": "3", "general": "2", "low": "1"}
"""What a level counts in a weighted mean where the body names no points of its own: a proposal of ours, not law."""


@dataclass(frozen=True)
class DefineArea(Command):
    """Group units into an area; each stands for itself and everything below it. The worst unit decides its level."""

    body: Code
    area: Code
    name: Title
    units: tuple[Code, ...]


@dataclass(frozen=True)
class RegroupArea(Command):
    """Say anew which units an area groups; with ``weights`` for all of them, or else the worst unit decides again."""

    body: Code
    area: Code
    units: tuple[Code, ...]
    reason: Words
    weights: dict[Code, Number] | None = None


@dataclass(frozen=True)
class WeighArea(Command):
    """Adopt weights for the units of an area, and what each level counts (default: 4, 3, 2, 1)."""

    body: Code
    area: Code
    weights: dict[Code, Number]
    reason: Words
    points: dict[Code, Number] | None = None


@dataclass(frozen=True)
class UnweighArea(Command):
    """Drop the weights: the worst unit decides again."""

    body: Code
    area: Code
    reason: Words


@dataclass(frozen=True)
class DissolveArea(Command):
    """The area is no longer told apart; its history stays."""

    body: Code
    area: Code
    reason: Remark = ""


@dataclass(frozen=True)
class AreaDefined(Event):
    KIND = "area-defined.1"
    area: str
    name: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class AreaRegrouped(Event):
    """``weights`` are empty where the worst unit decides; ``points`` too."""

    KIND = "area-regrouped.1"
    units: tuple[str, ...]
    weights: Mapping[str, str]
    points: Mapping[str, str]
    reason: str


@dataclass(frozen=True)
class AreaWeighed(Event):
    KIND = "area-weighed.1"
    weights: Mapping[str, str]
    points: Mapping[str, str]
    reason: str


@dataclass(frozen=True)
class AreaUnweighed(Event):
    KIND = "area-unweighed.1"
    reason: str


@dataclass(frozen=True)
class AreaDissolved(Event):
    KIND = "area-dissolved.1"
    reason: str


AreaCommand = DefineArea | RegroupArea | WeighArea | UnweighArea | DissolveArea
AreaEvent = AreaDefined | AreaRegrouped | AreaWeighed | AreaUnweighed | AreaDissolved


@dataclass(frozen=True)
class AreaState:
    """What the area groups, and by which points it is weighed (none: the worst unit decides)."""

    units: tuple[str, ...] = ()
    points: tuple[tuple[str, str], ...] = ()
    dissolved: bool = False


def evolve(state: AreaState, event: AreaEvent) -> AreaState:
    match event:
        case AreaDefined():
            return AreaState(event.units)
        case AreaRegrouped():
            return but(state, units=event.units, points=tuple(sorted(event.points.items())))
        case AreaWeighed():
            return but(state, points=tuple(sorted(event.points.items())))
        case AreaUnweighed():
            return but(state, points=())
        case AreaDissolved():
            return but(state, dissolved=True)


def decide(command: AreaCommand, state: AreaState, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a code taken, units not in use or named twice, and weights or points that do not fit them."""
    need_body(facts, command.body)
    what = Thing("area", command.area)
    if isinstance(command, DefineArea):
        if state.units:
            raise AlreadyRegistered(kind=Term("area"), code=command.area, body=command.body)
        return [AreaDefined(command.area, command.name, _units(command, command.units, what, facts))]
    if not state.units:
        raise UnknownThing(kind=Term("area"), code=command.area, body=command.body)
    if state.dissolved:
        raise Retired(kind=Term("area"), code=command.area, command=type(command).__name__)
    if facts.at < facts.previous_at:
        raise BeforePredecessor(what=what, previous=facts.previous_at, at=facts.at)
    match command:
        case RegroupArea():
            units = _units(command, command.units, what, facts)
            weights = _weights(command.weights, units, what) if command.weights else {}
            points = dict(state.points or POINTS.items()) if weights else {}
            return [AreaRegrouped(units, weights, points, command.reason)]
        case WeighArea():
            weights = _weights(command.weights, state.units, what)
            return [AreaWeighed(weights, _points(command.points), command.reason)]
        case UnweighArea():
            if not state.points:
                raise AlreadySo(what=what)
            return [AreaUnweighed(command.reason)]
        case DissolveArea():
            return [AreaDissolved(command.reason)]


def _units(
    command: DefineArea | RegroupArea, units: tuple[str, ...], what: Thing, facts: Facts
) -> tuple[str, ...]:
    if not units:
        raise Incomplete(what=what, missing=[Term("unit")])
    for at, unit in enumerate(units):
        need_unit_in_use(facts, command.body, unit, command)
        if unit in units[:at]:
            raise AlreadySo(what=Thing("unit", unit))
    return units


def _weights(weights: Mapping[str, str], units: tuple[str, ...], what: Thing) -> dict[str, str]:
    """A weight above nought for each unit of the area and for no other."""
    missing = [Thing("unit", unit) for unit in units if unit not in weights]
    if missing:
        raise Incomplete(what=what, missing=missing)
    for unit, weight in weights.items():
        if unit not in units:
            raise Unfit(given=unit, what=what, allowed=list(units))
        if Decimal(weight) <= 0:
            raise Unfit(given=weight, what=Thing("unit", unit), allowed=["> 0"])
    return dict(weights)


def _points(points: Mapping[str, str] | None) -> dict[str, str]:
    """Points for the four levels, each more than for the next lower one."""
    if points is None:
        return {**POINTS}
    for level in points:
        if level not in LEVELS:
            raise Unfit(given=level, what=Term("level"), allowed=[Term(one) for one in LEVELS])
    missing = [Term(level) for level in LEVELS if level not in points]
    if missing:
        raise Incomplete(what=Term("points"), missing=missing)
    for higher, lower in pairwise(LEVELS):
        if Decimal(points[higher]) <= Decimal(points[lower]):
            raise Unfit(given=points[higher], what=Term(higher), allowed=[f"> {points[lower]}"])
    return dict(points)


AREA: Decider[AreaState] = Decider(
    name="area",
    initial=AreaState(),
    evolve=evolve,
    decide=decide,
    events=(AreaDefined, AreaRegrouped, AreaWeighed, AreaUnweighed, AreaDissolved),
    commands=(DefineArea, RegroupArea, WeighArea, UnweighArea, DissolveArea),
    place=lambda command: (command.body, command.area),
    keyed=True,
)


# ------------------------------------------------------------------------------------------------- levels


def worst(levels: Iterable[str | None]) -> Level | None:
    """The highest of some levels; None where there is none."""
    held = set(levels)
    return next((level for level in LEVELS if level in held), None)


def weighted(
    levels: Mapping[str, str | None], weights: Mapping[str, str], points: Mapping[str, str]
) -> tuple[Level | None, Fraction | None]:
    """The level whose points lie nearest to the weighted mean of the units' points (the higher of two), and the mean.

    A unit without a level has no say. None where no unit has one.
    """
    said = [(Fraction(weights[unit]), Fraction(points[level])) for unit, level in levels.items() if level]
    if not said:
        return None, None
    mean = sum((weight * point for weight, point in said), Fraction()) / sum(weight for weight, _ in said)
    return min(LEVELS, key=lambda level: abs(Fraction(points[level]) - mean)), mean

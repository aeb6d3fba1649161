"""Random draws of whom to inspect, and by whom (双随机, YT Art. 35): first the list, then the seed, open to anybody.

The list of who can be drawn is announced with the number to draw and with the public figure that will be the seed; on
the seed's day the draw follows from list and seed alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import AUTHORITIES, BODY, need_body
from domain.decider import Decider, Facts
from domain.drawing import drawn
from domain.labels import Term
from domain.language import Code, Command, DayOf, Event, PersonRef, Title, but, day_of
from domain.people import need_person
from domain.refused import AlreadyRegistered, AlreadySo, UnknownThing
from domain.refused_draws import DrawnOnce, NoSeedYet, NotAnAuthority, NotSoMany, SeedKnown
from domain.rule_adoption import find_rule
from domain.rulebook import Citation, Rulebook
from domain.units import need_unit

RULE = "inspection-draw"

Drawable = Literal["body", "unit"]
"""An authority draws among the bodies it answers for, anybody among its own units."""


@dataclass(frozen=True)
class AnnounceDraw(Command):
    """Announce a draw: among whom, how many, which people may inspect, how many each, and which figure is the seed."""

    body: Code
    draw: Code
    of: Drawable
    population: tuple[Code, ...]
    count: int
    inspectors: tuple[PersonRef, ...]
    each: int
    seed_from: Title
    seed_day: DayOf


@dataclass(frozen=True)
class HoldDraw(Command):
    """Hold the announced draw by the seed that was published on its day."""

    body: Code
    draw: Code
    seed: Title


@dataclass(frozen=True)
class DrawAnnounced(Event):
    KIND = "draw-announced.1"
    of: str
    population: tuple[str, ...]
    count: int
    inspectors: tuple[str, ...]
    each: int
    seed_from: str
    seed_day: str
    citation: Citation | None


@dataclass(frozen=True)
class Lot:
    """Who is inspected, and by whom."""

    code: str
    inspectors: tuple[str, ...]


@dataclass(frozen=True)
class DrawHeld(Event):
    KIND = "draw-held.1"
    of: str
    seed: str
    drawn: tuple[Lot, ...]


@dataclass(frozen=True)
class Draw:
    """What was announced, and whether it was held."""

    announced: DrawAnnounced | None = None
    seed: str = ""


def evolve(state: Draw, event: DrawAnnounced | DrawHeld) -> Draw:
    match event:
        case DrawAnnounced():
            return but(state, announced=event)
        case DrawHeld():
            return but(state, seed=event.seed)


def decide(command: AnnounceDraw | HoldDraw, state: Draw, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a list that cannot be drawn from, a seed that may be known before the list, and a second draw."""
    match command:
        case AnnounceDraw():
            if state.announced is not None:
                raise AlreadyRegistered(kind=Term("draw"), code=command.draw, body=command.body)
            return [_announced(command, facts, rules)]
        case HoldDraw():
            return [_held(command, state, facts)]


def _announced(command: AnnounceDraw, facts: Facts, rules: Rulebook) -> DrawAnnounced:
    body = need_body(facts, command.body)
    if command.of == "body" and body.kind not in AUTHORITIES:
        raise NotAnAuthority(body=command.body, kind=Term(body.kind))
    _enough(command.population, command.count, command.of)
    _enough(command.inspectors, command.each, "inspectors")
    for code in command.population:
        if command.of == "unit":
            need_unit(facts, command.body, code)
        elif code == command.body or not facts.of(BODY, code).registered:
            raise UnknownThing(kind=Term("body"), code=code, body=command.body)
    need_person(facts, command.body, *command.inspectors)
    today = day_of(facts.at)
    if command.seed_day <= today:
        raise SeedKnown(announced=today, day=command.seed_day)
    found = find_rule(facts, rules, RULE, command.body, today) if command.of == "body" else None
    return DrawAnnounced(
        command.of,
        tuple(sorted(command.population)),
        command.count,
        tuple(sorted(command.inspectors)),
        command.each,
        command.seed_from,
        command.seed_day,
        None if found is None else found[1],
    )


def _enough(codes: tuple[str, ...], count: int, what: str) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise DrawnOnce(code=code)
        seen.add(code)
    if not 1 <= count <= len(codes):
        raise NotSoMany(count=str(count), what=Term(what), held=str(len(codes)))


def _held(command: HoldDraw, state: Draw, facts: Facts) -> DrawHeld:
    announced = state.announced
    if announced is None:
        raise UnknownThing(kind=Term("draw"), code=command.draw, body=command.body)
    if state.seed:
        raise AlreadySo(what=command.draw)
    if day_of(facts.at) < announced.seed_day:
        raise NoSeedYet(day=announced.seed_day, at=day_of(facts.at))
    return DrawHeld(announced.of, command.seed, result(announced, command.seed))


def result(announced: DrawAnnounced, seed: str) -> tuple[Lot, ...]:
    """What the seed draws from the announced lists, in the order of the lots; anybody gets the same."""
    return tuple(
        Lot(code, drawn(seed, f"inspector of {code}", announced.inspectors, announced.each))
        for code in drawn(seed, announced.of, announced.population, announced.count)
    )


DRAW: Decider[Draw] = Decider(
    name="draw",
    initial=Draw(),
    evolve=evolve,
    decide=decide,
    events=(DrawAnnounced, DrawHeld),
    commands=(AnnounceDraw, HoldDraw),
    place=lambda command: (command.body, command.draw),
    keyed=True,
)

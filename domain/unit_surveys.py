"""What people found out about one unit: where it lies, whether it comes first, and which aspects were looked at.

Every unit is looked at from five aspects, by everybody and above all by those who work there (NJ-024); key posts and
dangerous places get the deepest analysis (NJ-026).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Number, PersonRef, Remark, Title, but
from domain.outlines import Point, need_outline
from domain.people import need_person
from domain.refused import AlreadySo, Incomplete, Unfit
from domain.rulebook import Rulebook
from domain.unit_state import LEAVES
from domain.units import need_unit_in_use

SYSTEMS = ("WGS84", "CGCS2000")
"""Systems of coordinates that are taken as they are; others (GCJ-02, BD-09, Xi'an 80, …) must be converted before."""
LIMITS = {"longitude": Decimal(180), "latitude": Decimal(90)}

Flag = Literal["key_post", "dangerous_place"]
Aspect = Literal[
    "work_activity", "work_environment", "equipment_state", "post_personnel", "safety_management"
]
"""The five aspects of NJ-024."""
ASPECTS: tuple[Aspect, ...] = (
    "work_activity",
    "work_environment",
    "equipment_state",
    "post_personnel",
    "safety_management",
)


@dataclass(frozen=True)
class LocateUnit(Command):
    """Say where a unit lies: by its outline on a drawing, by coordinates in a stated system, or by both.

    What it says replaces the location before, as a whole.
    """

    body: Code
    unit: Code
    drawing: Code | None = None
    outline: tuple[Point, ...] = ()
    system: Title | None = None
    longitude: Number | None = None
    latitude: Number | None = None


@dataclass(frozen=True)
class FlagUnit(Command):
    """Say that a unit is a key post, a dangerous place, both, or (without flags) neither any more."""

    body: Code
    unit: Code
    flags: tuple[Flag, ...] = ()
    reason: Remark = ""


@dataclass(frozen=True)
class RecordAspectReview(Command):
    """Record that a unit was looked at from one of the five aspects, and by whom (default: who records it)."""

    body: Code
    unit: Code
    aspect: Aspect
    reviewed_by: tuple[PersonRef, ...] = ()
    findings: Remark = ""


@dataclass(frozen=True)
class UnitLocated(Event):
    KIND = "unit-located.1"
    drawing: str | None
    outline: tuple[tuple[str, str], ...]
    system: str | None
    longitude: str | None
    latitude: str | None


@dataclass(frozen=True)
class UnitFlagged(Event):
    KIND = "unit-flagged.1"
    flags: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class AspectReviewed(Event):
    KIND = "aspect-reviewed.1"
    aspect: str
    reviewed_by: tuple[str, ...]
    findings: str


SurveyCommand = LocateUnit | FlagUnit | RecordAspectReview
SurveyEvent = UnitLocated | UnitFlagged | AspectReviewed


@dataclass(frozen=True)
class Survey:
    flags: tuple[str, ...] = ()


def evolve(state: Survey, event: SurveyEvent) -> Survey:
    match event:
        case UnitFlagged():
            return but(state, flags=event.flags)
        case UnitLocated() | AspectReviewed():
            return state


def decide(command: SurveyCommand, state: Survey, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a unit not in use, a line that is no outline, other systems of coordinates, and unknown people."""
    need_body(facts, command.body)
    unit = need_unit_in_use(facts, command.body, command.unit, command)
    match command:
        case LocateUnit():
            return [_located(command)]
        case FlagUnit():
            flags = tuple(sorted(set(command.flags)))
            if flags == state.flags:
                raise AlreadySo(what=Thing("unit", command.unit))
            if "key_post" in flags and unit.kind not in LEAVES:
                allowed = [Term("dangerous_place")]
                raise Unfit(given=Term("key_post"), what=Thing("unit", command.unit), allowed=allowed)
            return [UnitFlagged(flags, command.reason)]
        case RecordAspectReview():
            people = command.reviewed_by or facts.actors[:1]
            need_person(facts, command.body, *people)
            return [AspectReviewed(command.aspect, people, command.findings)]


def _located(command: LocateUnit) -> UnitLocated:
    what = Thing("unit", command.unit)
    on_drawing = {"drawing": command.drawing, "outline": command.outline or None}
    on_earth = {"coordinate_system": command.system, "longitude": command.longitude, "latitude": command.latitude}
    begun = [part for part in (on_drawing, on_earth) if any(one is not None for one in part.values())]
    missing = [Term(name) for part in begun for name, one in part.items() if one is None]
    if missing or not begun:
        raise Incomplete(what=what, missing=missing or [Term("outline"), Term("coordinate_system")])
    if command.outline:
        need_outline(what, command.outline)
    if command.system is not None and command.system not in SYSTEMS:
        raise Unfit(given=command.system, what=Term("coordinate_system"), allowed=list(SYSTEMS))
    for name, given in (("longitude", command.longitude), ("latitude", command.latitude)):
        if given is not None and abs(Decimal(given)) > LIMITS[name]:
            raise Unfit(given=given, what=Term(name), allowed=[f"-{LIMITS[name]} … {LIMITS[name]}"])
    corners = tuple((point.x, point.y) for point in command.outline)
    return UnitLocated(command.drawing, corners, command.system, command.longitude, command.latitude)


SURVEY: Decider[Survey] = Decider(
    name="survey",
    initial=Survey(),
    evolve=evolve,
    decide=decide,
    events=(UnitLocated, UnitFlagged, AspectReviewed),
    commands=(LocateUnit, FlagUnit, RecordAspectReview),
    place=lambda command: (command.body, command.unit),
)

"""Responsible bodies: enterprises, public places, authorities and others that owe duties (YT Art. 2, 41, 43)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.decider import Decider, Facts
from domain.labels import Term
from domain.language import Area, Code, Command, Event, Title, but
from domain.refused import AlreadyRegistered, AlreadySo, UnknownThing
from domain.rulebook import Rulebook

BodyKind = Literal[
    "enterprise", "public_place", "social_organisation", "authority", "district_bureau", "sub_district"
]
"""A responsible body need not be an enterprise (YT-43); authorities have duties of their own (YT-02).

An ``authority`` supervises its sector; the ``district_bureau`` leads work safety in the district (YT Art. 9).
"""
AUTHORITIES = ("authority", "district_bureau", "sub_district")
"""Kinds of bodies that inspect others."""

HighRisk = Literal[
    "non_coal_mine",
    "metal_smelting",
    "road_transport",
    "building_construction",
    "dangerous_goods_production",
    "dangerous_goods_trade",
    "dangerous_goods_storage",
    "dangerous_goods_transport",
    "lithium_battery_production",
    "lithium_battery_processing",
    "lithium_battery_storage",
    "combustible_dust",
    "ammonia_refrigeration",
    "other_by_law",
]
"""The classes that make a unit high-risk (YT Art. 41); they decide periods and artefacts."""


@dataclass(frozen=True)
class RegisterBody(Command):
    """Register a responsible body with what decides its periods: sector, area and high-risk classes."""

    body: Code
    name: Title
    kind: BodyKind
    area: Area
    sector: Code
    classes: tuple[HighRisk, ...] = ()


@dataclass(frozen=True)
class ReclassifyBody(Command):
    """Change sector or high-risk classes of a body from now on; what was decided before stays."""

    body: Code
    sector: Code
    classes: tuple[HighRisk, ...] = ()


@dataclass(frozen=True)
class BodyRegistered(Event):
    KIND = "body-registered.1"
    body: str
    name: str
    kind: str
    area: str
    sector: str
    classes: tuple[str, ...]


@dataclass(frozen=True)
class BodyReclassified(Event):
    KIND = "body-reclassified.1"
    sector: str
    classes: tuple[str, ...]


@dataclass(frozen=True)
class Body:
    """What decisions need to know of a body; ``who`` are the classes that rules are written for.

    A sector stands there as ``sector_…``: its code is free text, and a sector called "other" is no class of Art. 41.
    """

    kind: str = ""
    area: str = ""
    sector: str = ""
    classes: tuple[str, ...] = ()

    @property
    def registered(self) -> bool:
        return self.kind != ""

    @property
    def who(self) -> tuple[str, ...]:
        """Kind, sector and classes; of an authority nobody says that it is another, less risky unit (YT Art. 13)."""
        risk = ("high_risk",) if self.classes else () if self.kind in AUTHORITIES else ("other",)
        return (self.kind, *risk, f"sector_{self.sector}", *self.classes)


def evolve(state: Body, event: BodyRegistered | BodyReclassified) -> Body:
    match event:
        case BodyRegistered():
            return Body(event.kind, event.area, event.sector, event.classes)
        case BodyReclassified():
            return but(state, sector=event.sector, classes=event.classes)


def decide(command: RegisterBody | ReclassifyBody, state: Body, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a second registration, and a change that changes nothing."""
    match command:
        case RegisterBody():
            if state.registered:
                raise AlreadyRegistered(kind=Term("body"), code=command.body, body=command.body)
            return [
                BodyRegistered(
                    command.body, command.name, command.kind, command.area, command.sector, command.classes
                )
            ]
        case ReclassifyBody():
            if not state.registered:
                raise UnknownThing(kind=Term("body"), code=command.body, body=command.body)
            if (state.sector, state.classes) == (command.sector, command.classes):
                raise AlreadySo(what=command.body)
            return [BodyReclassified(command.sector, command.classes)]


BODY: Decider[Body] = Decider(
    name="body",
    initial=Body(),
    evolve=evolve,
    decide=decide,
    events=(BodyRegistered, BodyReclassified),
    commands=(RegisterBody, ReclassifyBody),
    place=lambda command: (command.body, ""),
    keyed=True,
)


def need_body(facts: Facts, body: str) -> Body:
    """The registered body, or ``UnknownThing``."""
    state = facts.of(BODY, body)
    if not state.registered:
        raise UnknownThing(kind=Term("body"), code=body, body=body)
    return state

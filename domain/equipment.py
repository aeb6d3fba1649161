"""Equipment by the codes of other systems: which of our units it is, what waits for that answer, what follows from it.

An event about a code that nobody placed waits and is never dropped; when a person maps the code, all that waited goes
on. A code is mapped to a unit and, where risks are tagged with it, to a tag (YT-24, NJ-072).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.equipment_types import TYPES, EquipmentCode, Said, told
from domain.labels import Term, Thing
from domain.language import (
    Code,
    Command,
    Day,
    Event,
    Moment,
    Remark,
    Title,
    Words,
    but,
    day_after,
    day_of,
    is_code,
)
from domain.refused import AlreadySo, BeforePredecessor, UnknownThing
from domain.rule_adoption import find_rule
from domain.rulebook import Citation, Rulebook
from domain.units import need_unit_in_use

RULE = "equipment-alarms"
"""The house rule that says which alarms open a hazard, and how often at most."""
ENDED = "ended"


@dataclass(frozen=True)
class MapEquipment(Command):
    """Say which unit a code of another system is; ``tag`` is how risks are tagged with it, where they are.

    Given again for a mapped code it takes the place of what was said before.
    """

    body: Code
    equipment: EquipmentCode
    unit: Code
    tag: Code | None = None
    remark: Remark = ""


@dataclass(frozen=True)
class UnmapEquipment(Command):
    """Take a mapping back; what comes with that code from then on waits again."""

    body: Code
    equipment: EquipmentCode
    reason: Words


@dataclass(frozen=True)
class PassToEquipment(Command):
    """An event of one of our types came for this code; ``occurred`` is when it is said to have happened."""

    body: Code
    equipment: EquipmentCode
    event: Code
    type: Title
    said: Said
    occurred: Moment


@dataclass(frozen=True)
class DropWaiting(Command):
    """A person has settled an event that waits for this code: it does not go on when the code is mapped."""

    body: Code
    equipment: EquipmentCode
    event: Code


@dataclass(frozen=True)
class EquipmentMapped(Event):
    KIND = "equipment-mapped.1"
    equipment: str
    unit: str
    tag: str | None
    was_unit: str | None
    was_tag: str | None
    remark: str
    since: str


@dataclass(frozen=True)
class EquipmentUnmapped(Event):
    KIND = "equipment-unmapped.1"
    equipment: str
    was_unit: str
    reason: str
    until: str


@dataclass(frozen=True)
class EventWaiting(Event):
    """The event waits, for nobody has said what this code is."""

    KIND = "equipment-event-waiting.1"
    equipment: str
    event: str
    type: str
    said: Said
    occurred: str


@dataclass(frozen=True)
class EventPlaced(Event):
    """The event is about this unit, and this follows: a change reported, one ended, a hazard, or nothing.

    ``reports`` is the kind of change, "" for none; ``ends`` the code of the change that is over; ``hazard`` the code
    of the hazard that the adopted rule in ``citation`` opens.
    """

    KIND = "equipment-event-placed.1"
    equipment: str
    event: str
    type: str
    said: Said
    occurred: str
    unit: str
    tag: str | None
    what: str
    reports: str
    change: str
    ends: str
    hazard: str
    citation: Citation | None


@dataclass(frozen=True)
class WaitingDropped(Event):
    KIND = "equipment-waiting-dropped.1"
    equipment: str
    event: str


@dataclass(frozen=True)
class Waiting:
    """An event that waits for the code to be mapped."""

    event: str
    type: str
    said: Said
    occurred: Moment


@dataclass(frozen=True)
class Equipment:
    """Unit and tag of the code; what waits; open works by order with their change; the last hazard of each alarm."""

    unit: str = ""
    tag: str | None = None
    since: Moment = ""
    waiting: tuple[Waiting, ...] = ()
    works: tuple[tuple[str, str], ...] = ()
    hazards: tuple[tuple[str, Day], ...] = ()

    def work(self, order: str) -> str:
        """The code of the change that is on under this order, ``ended``, or ""."""
        return next((change for held, change in self.works if held == order), "")

    def waits(self, event: str) -> bool:
        return any(one.event == event for one in self.waiting)


EquipmentCommand = MapEquipment | UnmapEquipment | PassToEquipment | DropWaiting
EquipmentEvent = EquipmentMapped | EquipmentUnmapped | EventWaiting | EventPlaced | WaitingDropped


def evolve(state: Equipment, event: EquipmentEvent) -> Equipment:
    match event:
        case EquipmentMapped():
            return but(state, unit=event.unit, tag=event.tag, since=event.since)
        case EquipmentUnmapped():
            return but(state, unit="", tag=None, since=event.until)
        case EventWaiting():
            one = Waiting(event.event, event.type, event.said, event.occurred)
            return but(state, waiting=(*state.waiting, one))
        case EventPlaced():
            return _placed(_without(state, event.event), event)
        case WaitingDropped():
            return _without(state, event.event)


def _placed(state: Equipment, event: EventPlaced) -> Equipment:
    order, part = event.said.order, TYPES[event.type].part if event.type in TYPES else ""
    if part == "end":
        works = tuple(one for one in state.works if one[0] != order)
        return but(state, works=(*works, (order, ENDED)))
    if part == "start" and event.change:
        return but(state, works=(*state.works, (order, event.change)))
    if event.hazard:
        alarm = _alarm(event.type, event.said)
        others = tuple(one for one in state.hazards if one[0] != alarm)
        return but(state, hazards=(*others, (alarm, day_of(event.occurred))))
    return state


def _without(state: Equipment, event: str) -> Equipment:
    if not state.waits(event):
        return state
    return but(state, waiting=tuple(one for one in state.waiting if one.event != event))


def decide(command: EquipmentCommand, state: Equipment, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a unit that is unknown or retired, a mapping that is so already, and taking back none.

    The machine's commands answer ``[]`` to what is so already, and come in any order of time.
    """
    need_body(facts, command.body)
    what = Thing("equipment", command.equipment)
    match command:
        case PassToEquipment():
            if state.waits(command.event):
                return []
            one = Waiting(command.event, command.type, command.said, command.occurred)
            if not state.unit:
                return [EventWaiting(command.equipment, *_parts(one))]
            return [_place(command, one, state, facts, rules)]
        case DropWaiting():
            waits = state.waits(command.event)
            return [WaitingDropped(command.equipment, command.event)] if waits else []
        case MapEquipment():
            need_unit_in_use(facts, command.body, command.unit, command)
            if (state.unit, state.tag) == (command.unit, command.tag):
                raise AlreadySo(what=what)
            _not_before(what, state, facts)
            return _mapped(command, state, facts, rules)
        case UnmapEquipment():
            if not state.unit:
                raise UnknownThing(kind=Term("equipment_mapping"), code=command.equipment, body=command.body)
            _not_before(what, state, facts)
            return [EquipmentUnmapped(command.equipment, state.unit, command.reason, facts.at)]


def _not_before(what: Thing, state: Equipment, facts: Facts) -> None:
    if facts.at < state.since:
        raise BeforePredecessor(what=what, previous=state.since, at=facts.at)


def _mapped(command: MapEquipment, state: Equipment, facts: Facts, rules: Rulebook) -> list[Event]:
    """The mapping, and everything that waited for it, in the order in which it happened."""
    was = (state.unit or None, state.tag)
    mapped = EquipmentMapped(command.equipment, command.unit, command.tag, *was, command.remark, facts.at)
    events: list[Event] = [mapped]
    state = evolve(state, mapped)
    for one in sorted(state.waiting, key=lambda each: each.occurred):
        placed = _place(command, one, state, facts, rules)
        state = evolve(state, placed)
        events.append(placed)
    return events


def _place(
    command: MapEquipment | PassToEquipment, one: Waiting, state: Equipment, facts: Facts, rules: Rulebook
) -> EventPlaced:
    """What follows from an event about a known unit.

    A work that is on already, or was ended before its beginning came, is not reported again; an end without a
    beginning is still a restart, and that of an overhaul follows from the end of its change.
    """
    meant, change = TYPES[one.type], change_code(one.event)
    reports, ends, hazard, citation = "", "", "", None
    match meant.part:
        case "change":
            reports = meant.kind
        case "start":
            reports = "" if state.work(one.said.order) else meant.kind
        case "end":
            known = state.work(one.said.order)
            ends = "" if known == ENDED else known
            reports = "" if known == ENDED or (ends and meant.kind == "overhaul") else "restart"
        case "alarm":
            hazard, citation = _hazard(command.body, one, state, facts, rules)
    what = told(one.type, one.said)
    about = (command.equipment, *_parts(one), state.unit, state.tag, what)
    return EventPlaced(*about, reports, change if reports else "", ends, hazard, citation)


def _hazard(
    body: str, one: Waiting, state: Equipment, facts: Facts, rules: Rulebook
) -> tuple[str, Citation | None]:
    """The code of the hazard that an alarm opens by the rule that the body adopted; once in so many days for each."""
    found = find_rule(facts, rules, RULE, body, day_of(facts.at))
    if found is None:
        return "", None
    value, citation = found[0].value, found[1]
    listed = value["alarm"] if one.type.endswith("alarm.raised") else value["protective_device"]
    if (one.said.severity or "unsaid") not in listed:
        return "", None
    alarm, day = _alarm(one.type, one.said), day_of(one.occurred)
    last = next((held for name, held in state.hazards if name == alarm), None)
    if last is not None and day_after(last, -int(value["days"])) < day < day_after(last, int(value["days"])):
        return "", None
    return f"{PREFIX}{one.event[:DIGITS]}", citation


def _alarm(type_: str, said: Said) -> str:
    return f"{type_} {said.alarm}"


def _parts(one: Waiting) -> tuple[str, str, Said, Moment]:
    return one.event, one.type, one.said, one.occurred


PREFIX = "feed-"
DIGITS = 24
"""Hexadecimal digits of an event's code that the codes of its consequences carry."""


def change_code(event: str) -> str:
    """The code of the change that an event reports."""
    return f"{PREFIX}{event[:DIGITS]}"


def key_of(equipment: str) -> str:
    """The code of the stream of an equipment code: itself, or a hash of it where it is no code as we write them."""
    return equipment if is_code(equipment) else f"x.{sha256(equipment.encode()).hexdigest()[:40]}"


EQUIPMENT: Decider[Equipment] = Decider(
    name="equipment",
    initial=Equipment(),
    evolve=evolve,
    decide=decide,
    events=(EquipmentMapped, EquipmentUnmapped, EventWaiting, EventPlaced, WaitingDropped),
    commands=(MapEquipment, UnmapEquipment),
    machine=(PassToEquipment, DropWaiting),
    place=lambda command: (command.body, key_of(command.equipment)),
)

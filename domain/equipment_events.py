"""What equipment systems tell us: each event once for ever, by its source and its id, whatever it says the second time.

An event of one of our types goes on to its equipment, or straight to a change where it names a unit, material or post
of ours. Everything else is kept and listed until a person settles it; nothing is dropped.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Literal

from domain.bodies import need_body
from domain.change_kinds import ChangeKind
from domain.change_scope import ScopeEntry, scope_of
from domain.change_state import ScopeRow
from domain.decider import Decider, Facts
from domain.equipment import EQUIPMENT, key_of
from domain.equipment_types import TYPES, Said, told
from domain.labels import Term, Thing
from domain.language import SHARED, Code, Command, Event, Hash, Limit, Moment, Scope, Words, but
from domain.refused import BeforePredecessor, Incomplete, OutOfTurn, Refused, Unfit, UnknownThing
from domain.rulebook import Rulebook

Verdict = Literal["change", "nothing"]
"""What a person says of an event: it is a change of this kind and scope, or nothing follows from it."""
Attribute = Annotated[str, Limit(1024)]


@dataclass(frozen=True)
class ReceiveEquipmentEvent(Command):
    """This event came: from a feed, or by hand for a system that sends none.

    ``said`` is its data where the type is one of ours; None for all others. ``evidence`` is the salted hash of the
    file that held it, ``row`` its place in there. When it happened is when this command says it did.
    """

    body: Scope
    source: Attribute
    id: Attribute
    type: Annotated[str, Limit(255)]
    time: Annotated[str, Limit(64, least=0)] = ""
    subject: Annotated[str, Limit(1024, least=0)] = ""
    said: Said | None = None
    evidence: tuple[Hash, ...] = ()
    row: int = 0


@dataclass(frozen=True)
class SettleEquipmentEvent(Command):
    """Say what an event that goes nowhere by itself is: a change of this kind and scope, or nothing, and why."""

    body: Code
    event: Code
    verdict: Verdict
    reason: Words
    kind: ChangeKind | None = None
    scope: tuple[ScopeEntry, ...] = ()


@dataclass(frozen=True)
class EquipmentEventReceived(Event):
    """``why`` it waits for a person: unknown_type, no_body, unknown_scope; "" where it goes on by itself.

    ``reports`` and ``scope`` are those of the change that follows at once; ``evidence`` names the file it came in.
    """

    KIND = "equipment-event-received.1"
    event: str
    source: str
    id: str
    type: str
    time: str
    subject: str
    said: Said | None
    occurred: str
    evidence: tuple[str, ...]
    row: int
    why: str
    reports: str
    scope: tuple[ScopeRow, ...]


@dataclass(frozen=True)
class EquipmentEventSettled(Event):
    KIND = "equipment-event-settled.1"
    verdict: str
    kind: str | None
    scope: tuple[ScopeRow, ...]
    what: str
    occurred: str
    equipment: str
    reason: str
    settled_by: str


EventCommand = ReceiveEquipmentEvent | SettleEquipmentEvent
FeedEvent = EquipmentEventReceived | EquipmentEventSettled


@dataclass(frozen=True)
class Received:
    """Why the event waits for a person, what it is about, the file it came in, and whether it was settled."""

    known: bool = False
    why: str = ""
    equipment: str = ""
    what: str = ""
    occurred: Moment = ""
    raw: str | None = None
    row: int = 0
    settled: bool = False


def evolve(state: Received, event: FeedEvent) -> Received:
    match event:
        case EquipmentEventReceived():
            said = event.said
            what = told(event.type, said) if said else f"{event.type} {event.subject}".strip()
            equipment = said.equipment if said else ""
            raw = event.evidence[0] if event.evidence else None
            return Received(True, event.why, equipment, what, event.occurred, raw, event.row)
        case EquipmentEventSettled():
            return but(state, settled=True)


def decide(command: EventCommand, state: Received, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses data that its type does not have or need, settling what is unknown, settled or on its way by itself.

    An event that came before is answered with ``[]``, whatever it says now.
    """
    if command.body != SHARED:
        need_body(facts, command.body)
    match command:
        case ReceiveEquipmentEvent():
            return [] if state.known else [_received(command, facts, rules)]
        case SettleEquipmentEvent():
            return [_settled(command, state, facts, rules)]


def _received(command: ReceiveEquipmentEvent, facts: Facts, rules: Rulebook) -> EquipmentEventReceived:
    _need_data(command)
    why, reports, scope = _onwards(command, facts, rules)
    return EquipmentEventReceived(
        event_code(command.source, command.id),
        command.source,
        command.id,
        command.type,
        command.time,
        command.subject,
        command.said,
        facts.at,
        command.evidence,
        command.row,
        why,
        reports,
        scope,
    )


def _onwards(
    command: ReceiveEquipmentEvent, facts: Facts, rules: Rulebook
) -> tuple[str, str, tuple[ScopeRow, ...]]:
    """Why it waits, or the change that follows at once; an event about equipment is passed on to that."""
    if command.body == SHARED:
        return "no_body", "", ()
    said = command.said
    if said is None or command.type not in TYPES:
        return "unknown_type", "", ()
    if said.equipment:
        return "", "", ()
    entries = scope_said(said)
    try:
        rows = scope_of(command.body, Thing("feed-event", command.id), entries, facts, rules)
    except Refused:  # a code that the body does not have: a person says what is meant
        return "unknown_scope", "", ()
    return "", TYPES[command.type].kind, rows


_FIELDS = {"order": "work_order"}
"""Fields whose own name is the label of something else."""


def _need_data(command: ReceiveEquipmentEvent) -> None:
    """The fields that a type of ours needs are there; other types have none of ours."""
    said, meant = command.said, TYPES.get(command.type)
    if said is None:
        return
    what = Thing("feed-event", command.id)
    if meant is None:
        raise Unfit(given=command.type, what=Term("event_type"), allowed=list(TYPES))
    missing = [Term(_FIELDS.get(name, name)) for name in meant.needs if not getattr(said, name)]
    if meant.one_of and not any(getattr(said, name) for name in meant.one_of):
        missing.append(Term(meant.one_of[0]))
    if missing:
        raise Incomplete(what=what, missing=missing)


def scope_said(said: Said) -> tuple[ScopeEntry, ...]:
    """The body's own things that an event names."""
    named = (
        ScopeEntry("unit", said.unit) if said.unit else None,
        ScopeEntry("material", said.material) if said.material else None,
        ScopeEntry("post", said.post) if said.post else None,
    )
    return tuple(one for one in named if one is not None)


def _settled(
    command: SettleEquipmentEvent, state: Received, facts: Facts, rules: Rulebook
) -> EquipmentEventSettled:
    what = Thing("feed-event", command.event)
    if not state.known:
        raise UnknownThing(kind=Term("feed-event"), code=command.event, body=command.body)
    waits = bool(state.why) or (
        state.equipment and facts.of(EQUIPMENT, command.body, key_of(state.equipment)).waits(command.event)
    )
    if state.settled or not waits:
        step = Term("settled" if state.settled else "gone_on")
        name = type(command).__name__
        raise OutOfTurn(what=what, step=step, command=name, needs=[Term("waiting_for_a_person")])
    if facts.at < facts.previous_at:
        raise BeforePredecessor(what=what, previous=facts.previous_at, at=facts.at)
    scope: tuple[ScopeRow, ...] = ()
    if command.verdict == "change":
        if command.kind is None:
            raise Incomplete(what=what, missing=[Term("kind")])
        scope = scope_of(command.body, what, command.scope, facts, rules)
    elif command.kind is not None or command.scope:
        raise Unfit(given=Term("change"), what=Term("nothing_follows"), allowed=["—"])
    return EquipmentEventSettled(
        command.verdict,
        command.kind,
        scope,
        state.what,
        state.occurred,
        state.equipment,
        command.reason,
        facts.by,
    )


DIGITS = 32


def event_code(source: str, id_: str) -> str:
    """The code of an event: 128 bits of SHA-256 of its source and id, so that each has one place for ever."""
    return sha256(json.dumps([source, id_], ensure_ascii=False).encode()).hexdigest()[:DIGITS]


def _place(command: EventCommand) -> tuple[str, str]:
    if isinstance(command, ReceiveEquipmentEvent):
        return command.body, event_code(command.source, command.id)
    return command.body, command.event


FEED_EVENT: Decider[Received] = Decider(
    name="feed-event",
    initial=Received(),
    evolve=evolve,
    decide=decide,
    events=(EquipmentEventReceived, EquipmentEventSettled),
    commands=(ReceiveEquipmentEvent, SettleEquipmentEvent),
    place=_place,
    keyed=True,
)


def reason_of(event: EquipmentEventSettled) -> str:
    """The words of the change that a person made of an event."""
    return f"{event.what}: {event.reason}"[:4000]

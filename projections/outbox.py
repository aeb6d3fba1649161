"""What is still to be told to whom by which channel: computed from the log alone, each record once for each lane.

A lane is one recipient and one channel in one body. What falls to whom is decided by the grants, absences and
subscriptions as they stood when the record was written, on its recording day; so it is the same whenever it is
computed. What falls to somebody who listens to no channel is counted, so that nobody takes silence for delivery.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from domain.absences import AbsenceEnded, AbsenceRecorded
from domain.deliveries import (
    DeliveryFailed,
    MessageComposed,
    MessageDead,
    MessageDelivered,
    MessageRequeued,
)
from domain.index import EVENTS
from domain.language import day_of
from domain.notices import KINDS, Notice, OwedThing, notice_of, owed_thing, title_of
from domain.records import Record
from domain.roles import RoleGranted, RoleRevoked
from domain.subscriptions import SubscriptionEnded, SubscriptionMade
from projections.bulk import written
from projections.outbox_batch import Batch
from projections.outbox_questions import (
    due_messages,
    items_at,
    items_of,
    lanes,
    messages,
    pending,
    ready_lanes,
    subscriptions,
    unheard,
)
from projections.outbox_tables import DELIVERY_KINDS, LANE, PACES, Row, Tables, lane_of, new_lane, tables
from projections.projection import Projection


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each record first tells what it falls to whom, by what stood before it, and then changes what stands."""
    batch = Batch(records, connection, tables)
    for record in records:
        _learn(record, batch)
        _tell(record, batch)
        _follow(record, batch)
    batch.write()


def _learn(record: Record, batch: Batch) -> None:
    """What later records of the same thing do not say again."""
    owed = owed_thing(record.event) if record.kind.startswith("duty-") else None
    if owed is not None:
        key = (record.scope, record.stream.split("/", 2)[2])
        batch.duties[key] = {"body": key[0], "code": key[1], **vars(owed)}
        batch.new_duties.add(key)
    titled = title_of(record)
    if titled is not None:
        kind, code, title = titled
        at = (record.scope, kind, code)
        batch.titles[at] = {"body": record.scope, "kind": kind, "code": code, "title": title}
        batch.new_titles.add(at)


def _tell(record: Record, batch: Batch) -> None:
    kind, _, code = (*record.stream.split("/", 2), "")[:3]
    row = batch.duties.get((record.scope, code)) if kind == "duty" else None
    owed = None if row is None else OwedThing(**{name: row[name] for name in OwedThing.__dataclass_fields__})
    about = (kind, code) if owed is None else (owed.subject_kind, owed.subject)
    notice = notice_of(record, owed, batch.title(record.scope, *about))
    if notice is None:
        return
    body = batch.bodies[record.scope]
    body.on(day_of(record.recorded_at))
    falls_to: dict[str, str | None] = {}
    for role in notice.roles:
        holders = body.holders(role)
        if not holders:
            _unheard(record, notice, role, batch)
        falls_to |= dict.fromkeys(holders)
    falls_to |= dict.fromkeys(notice.persons)
    for person in list(falls_to):
        for deputy in body.deputies(person):
            falls_to.setdefault(deputy, person)
    for person, instead_of in falls_to.items():
        heard = False
        for one in body.listening(person, notice.topic):
            _item(record, notice, person, instead_of, one, batch)
            heard = True
        if not heard:
            _unheard(record, notice, person, batch)
    for person in body.watchers(notice.topic) - set(falls_to):
        for one in body.listening(person, notice.topic):
            if one["reach"] == "everything":
                _item(record, notice, person, None, one, batch)


def _item(record: Record, notice: Notice, person: str, instead_of: str | None, by: Row, batch: Batch) -> None:
    """One line of the outbox; of two subscriptions to one lane the quicker counts."""
    key = (record.scope, person, by["channel"], record.position)
    known = batch.items.get(key)
    pace = PACES.index(by["pace"])
    if known is not None and known["pace"] <= pace:
        return
    batch.items[key] = {
        "body": record.scope,
        "recipient": person,
        "channel": by["channel"],
        "position": record.position,
        "topic": notice.topic,
        "kind": notice.kind,
        "code": notice.code,
        "about": written(notice.about),
        "pace": pace,
        "recorded_at": record.recorded_at,
        "instead_of": instead_of,
    }


def _unheard(record: Record, notice: Notice, who: str, batch: Batch) -> None:
    row = batch.unheard.setdefault(
        (record.scope, who, notice.topic),
        {
            "body": record.scope,
            "who": who,
            "topic": notice.topic,
            "count": 0,
            "first_position": record.position,
            "last_position": record.position,
        },
    )
    row["count"] += 1
    row["last_position"] = record.position


def _follow(record: Record, batch: Batch) -> None:
    """What the record changes of who listens, who holds what, and what became of messages."""
    body, scope = batch.bodies[record.scope], record.scope
    match record.event:
        case SubscriptionMade() as event:
            code = record.stream.split("/", 2)[2]
            made: Row = {
                "body": scope,
                "code": code,
                "channel": event.channel,
                "person": event.person,
                "role": event.role,
                "topics": written(event.topics),
                "reach": event.reach,
                "pace": event.pace,
                "made_at": record.recorded_at,
                "ended_at": None,
                "position": record.position,
            }
            body.change("subscriptions", code, made)
            batch.changed["subscriptions"].add((scope, code))
        case SubscriptionEnded():
            code = record.stream.split("/", 2)[2]
            end = {"ended_at": record.recorded_at, "position": record.position}
            body.change("subscriptions", code, body.subscriptions[code] | end)
            batch.changed["subscriptions"].add((scope, code))
        case RoleGranted() as event:
            key = (event.role, event.person, record.position)
            row: Row = {
                "body": scope,
                "role": event.role,
                "person": event.person,
                "position": record.position,
            }
            body.change("grants", key, row | {"since": event.since, "until": event.until})
            batch.changed["grants"].add((scope, key))
        case RoleRevoked() as event:
            for key, row in list(body.grants.items()):
                longer = row["until"] is None or row["until"] > event.until
                if key[:2] == (event.role, event.person) and longer:
                    body.change("grants", key, row | {"until": event.until})
                    batch.changed["grants"].add((scope, key))
        case AbsenceRecorded() | AbsenceEnded() as event:
            at = (record.stream, event.absence)
            row = {"body": scope, "stream": record.stream, "number": event.absence, "person": event.person}
            told = {"deputy": event.deputy, "since": event.since, "until": event.until}
            body.change("absences", at, row | told)
            batch.changed["absences"].add((scope, at))
        case _:
            _outcome(record, batch)


def _outcome(record: Record, batch: Batch) -> None:
    lane = lane_of(record)
    if lane is None:
        return
    at = record.recorded_at
    match record.event:
        case MessageComposed() as event:
            batch.lanes.setdefault(lane, new_lane(lane))
            batch.lanes[lane] |= {"through": event.through, "number": event.number, "composed_at": at}
            batch.messages[*lane, event.number] = {
                **dict(zip(LANE, lane, strict=True)),
                "number": event.number,
                "message": event.message,
                "step": "waiting",
                "positions": written(event.positions),
                "composed_at": at,
                "next_at": at,
                **dict.fromkeys(("why", "status", "ended_at", "sha256")),
                "attempts": 0,
                "asked": False,
                "position": record.position,
            }
        case DeliveryFailed() as event:
            told = {"attempts": event.attempt, "why": event.why, "status": event.status}
            batch.messages[*lane, event.number] |= told | {
                "next_at": event.next_at,
                "asked": event.why == "throttled",
                "position": record.position,
            }
        case MessageDelivered() as event:
            told = {"step": "delivered", "attempts": event.attempt, "status": event.status, "ended_at": at}
            batch.messages[*lane, event.number] |= told | {
                "sha256": event.sha256,
                "next_at": None,
                "asked": False,
                "position": record.position,
            }
        case MessageDead() as event:
            told = {"step": "dead", "ended_at": at, "next_at": None, "asked": False}
            batch.messages[*lane, event.number] |= told | {"position": record.position}
        case MessageRequeued() as event:
            told = {"step": "waiting", "ended_at": None, "next_at": at, "asked": False}
            batch.messages[*lane, event.number] |= told | {"position": record.position}
        case _:
            pass


OUTBOX = Projection(
    name="outbox",
    version=2,
    kinds=tuple(
        kind
        for kind in dict.fromkeys(
            (
                *KINDS,
                *(one.KIND for one in (RoleGranted, RoleRevoked, AbsenceRecorded, AbsenceEnded)),
                *(one.KIND for one in (SubscriptionMade, SubscriptionEnded)),
                *sorted(DELIVERY_KINDS),
            )
        )
        if kind in EVENTS
    ),
    tables=tables,
    apply=apply,
    questions=(
        ready_lanes,
        pending,
        due_messages,
        messages,
        *(items_at, items_of, subscriptions, lanes, unheard),
    ),
)

"""Checklists with their versions, what each item says in which version, and whose rounds they are (NJ-063)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, Table, select

from domain.check_periods import TIERS
from domain.checklist_items import ChecklistItem
from domain.checklists import (
    ChecklistAmended,
    ChecklistDrawnUp,
    ChecklistWithdrawn,
    RoundsAssigned,
    RoundsEnded,
)
from domain.records import Record
from projections.bulk import TEXT, add, read, rows_by, upsert, written
from projections.projection import Projection

Row = dict[str, Any]
LIST_KEY = ("body", "code")
ROUNDS_KEY = ("body", "checklist", "tier", "period", "person", "since")
ITEM = ("what", "how", "period", "unit", "risk", "control", "source")


class Tables(NamedTuple):
    """``items`` holds a row for each item and the version in which it became so; a dropped one says ``dropped``."""

    checklists: Table
    items: Table
    rounds: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    def keys(*names: str) -> list[Column[Any]]:
        return [Column(name, TEXT, primary_key=True) for name in names]

    return Tables(
        Table(
            f"{prefix}checklists",
            metadata,
            *keys(*LIST_KEY),
            *(Column(name, TEXT, nullable=False) for name in ("title", "unit", "drawn_at", "drawn_by")),
            Column("version", Integer, nullable=False),
            *(Column(name, TEXT) for name in ("amended_at", "withdrawn_on", "reason")),
            Column("position", BigInteger, nullable=False),
        ),
        Table(
            f"{prefix}items",
            metadata,
            *keys("body", "checklist", "item"),
            Column("version", Integer, primary_key=True, autoincrement=False),
            Column("since", TEXT, nullable=False),
            Column("dropped", Integer, nullable=False),
            Column("tiers", TEXT),
            *(Column(name, TEXT) for name in ITEM),
            Column("position", BigInteger, nullable=False),
            Index(f"ix_{prefix}items_control", "body", "risk", "control"),
        ),
        Table(
            f"{prefix}rounds",
            metadata,
            *keys(*ROUNDS_KEY),
            Column("until", TEXT),
            Column("reason", TEXT),
            Column("position", BigInteger, nullable=False),
        ),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each record makes a version, an assignment or its end."""
    lists = _held(connection, tables.checklists, LIST_KEY, [_key(one) for one in records])
    ended = [
        (*_key(one), event.tier, event.period, event.person, event.since)
        for one in records
        if isinstance(event := one.event, RoundsEnded)
    ]
    rounds = _held(connection, tables.rounds, ROUNDS_KEY, ended)
    changed: dict[tuple[Any, ...], Row] = {}
    assigned: dict[tuple[Any, ...], Row] = {}
    items: list[Row] = []
    for record in records:
        key = _key(record)
        match record.event:
            case ChecklistDrawnUp() as event:
                lists[key] = {
                    **dict(zip(LIST_KEY, key, strict=True)),
                    "title": event.title,
                    "unit": event.unit,
                    "drawn_at": event.drawn_at,
                    "drawn_by": record.by,
                    "version": 1,
                    "position": record.position,
                    **dict.fromkeys(("amended_at", "withdrawn_on", "reason")),
                }
                items += [_item(record, key, 1, event.drawn_at, one) for one in event.items]
            case ChecklistAmended() as event:
                about = {"version": event.version, "amended_at": event.amended_at, "reason": event.reason}
                lists[key] |= about
                at, dropped = event.amended_at, set(event.dropped)
                kept = (one for one in event.put if one.item not in dropped)
                items += [_item(record, key, event.version, at, one) for one in kept]
                items += [_dropped(record, key, event.version, at, code) for code in event.dropped]
            case ChecklistWithdrawn() as event:
                lists[key] |= {"withdrawn_on": event.withdrawn_on, "reason": event.reason}
            case RoundsAssigned() as event:
                place = (*key, event.tier, event.period, event.person, event.since)
                one = {**dict(zip(ROUNDS_KEY, place, strict=True)), "position": record.position}
                assigned[place] = rounds[place] = {**one, "until": None, "reason": None}
                continue
            case RoundsEnded() as event:
                place = (*key, event.tier, event.period, event.person, event.since)
                rounds[place] |= {"until": event.until, "reason": event.reason}
                assigned[place] = rounds[place]
                continue
            case _:
                continue
        changed[key] = lists[key]
    upsert(connection, tables.checklists, changed.values())
    upsert(connection, tables.rounds, assigned.values())
    add(connection, tables.items, items)


def _key(record: Record) -> tuple[str, str]:
    return record.scope, record.stream.rsplit("/", 1)[1]


def _held(
    connection: Connection, table: Table, names: tuple[str, ...], keys: Sequence[tuple[str, ...]]
) -> dict[tuple[Any, ...], Row]:
    found = rows_by(connection, table, names, sorted(set(keys)))
    return {tuple(row[name] for name in names): row for row in found}


def _item(record: Record, key: tuple[str, str], version: int, since: str, one: ChecklistItem) -> Row:
    place = {"body": key[0], "checklist": key[1], "item": one.item, "version": version, "since": since}
    said = {name: getattr(one, name) for name in ITEM}
    return {**place, **said, "tiers": written(one.tiers), "dropped": 0, "position": record.position}


def _dropped(record: Record, key: tuple[str, str], version: int, since: str, item: str) -> Row:
    place = {"body": key[0], "checklist": key[1], "item": item, "version": version, "since": since}
    return {**place, **dict.fromkeys((*ITEM, "tiers")), "dropped": 1, "position": record.position}


def checklist_list(
    connection: Connection, tables: Tables, body: str | None = None, withdrawn: bool = False
) -> list[Row]:
    """The checklists in use (with ``withdrawn`` also the others), each with its rounds and how many items it holds."""
    lists = tables.checklists.c
    query = select(tables.checklists).order_by(lists.body, lists.code)
    if body is not None:
        query = query.where(lists.body == body)
    if not withdrawn:
        query = query.where(lists.withdrawn_on.is_(None))
    found = [dict(row) for row in connection.execute(query).mappings()]
    counts: dict[tuple[str, str], int] = {}
    for item in checklist_items(connection, tables, body, withdrawn=True):
        place = (item["body"], item["checklist"])
        counts[place] = counts.get(place, 0) + 1
    rounds: dict[tuple[str, str], list[Row]] = {}
    for one in rows_by(connection, tables.rounds, ("body", "checklist"), [_place(row) for row in found]):
        place = (one.pop("body"), one.pop("checklist"))
        rounds.setdefault(place, []).append(one)
    for row in found:
        row["item_count"] = counts.get(_place(row), 0)
        row["rounds"] = sorted(
            rounds.get(_place(row), []),
            key=lambda one: (TIERS.index(one["tier"]), one["period"], one["person"], one["since"]),
        )
    return found


def _place(row: Row) -> tuple[str, str]:
    return row["body"], row["code"]


def checklist_items(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    checklist: str | None = None,
    version: int | None = None,
    withdrawn: bool = False,
) -> list[Row]:
    """The items as they stand (or stood in a version), with the moment from which each code has been on the list.

    ``registered_at`` is when the item first came on the list without a gap since; ``since`` when its present wording
    did.
    """
    items = tables.items.c
    query = select(tables.items).order_by(items.body, items.checklist, items.item, items.version)
    if body is not None:
        query = query.where(items.body == body)
    if checklist is not None:
        query = query.where(items.checklist == checklist)
    if version is not None:
        query = query.where(items.version <= version)
    if not withdrawn:
        lists = tables.checklists.c
        on = (lists.body == items.body) & (lists.code == items.checklist)
        query = query.join(tables.checklists, on).where(lists.withdrawn_on.is_(None))
    standing: dict[tuple[str, str, str], Row] = {}
    for row in connection.execute(query).mappings():
        place = (row["body"], row["checklist"], row["item"])
        if row["dropped"]:
            standing.pop(place, None)
            continue
        told = {name: value for name, value in row.items() if name != "dropped"}
        before = standing.get(place)
        registered = before["registered_at"] if before else row["since"]
        standing[place] = {**told, "tiers": read(row["tiers"]), "registered_at": registered}
    return list(standing.values())


CHECKLISTS = Projection(
    name="checklists",
    version=1,
    kinds=(
        ChecklistDrawnUp.KIND,
        ChecklistAmended.KIND,
        RoundsAssigned.KIND,
        RoundsEnded.KIND,
        ChecklistWithdrawn.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(checklist_list, checklist_items),
)

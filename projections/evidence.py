"""Which files prove which records: every salted hash that a record names, when deposited, when erased, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, select

from domain.evidence import EvidenceDeposited, EvidenceErased
from domain.index import EVENTS
from domain.language import is_hash
from domain.records import Record
from projections.bulk import TEXT, rows_by, upsert
from projections.projection import Projection

Row = dict[str, Any]
KEY = ("body", "evidence")
NAMING = ("evidence", "signature")
"""Fields of events that name files."""


class Tables(NamedTuple):
    """``files`` holds what was deposited; ``uses`` where a file is named, deposited or not."""

    files: Table
    uses: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    return Tables(
        Table(
            f"{prefix}files",
            metadata,
            *(Column(name, TEXT, primary_key=True) for name in KEY),
            Column("media", TEXT),
            Column("size", BigInteger),
            *(Column(name, TEXT) for name in ("taken_at", "remark", "deposited_at", "deposited_by")),
            *(Column(name, TEXT) for name in ("erased_at", "erased_by", "reason")),
            Column("position", BigInteger, nullable=False),
        ),
        Table(
            f"{prefix}uses",
            metadata,
            *(Column(name, TEXT, primary_key=True) for name in KEY),
            Column("position", BigInteger, primary_key=True, autoincrement=False),
            Column("stream", TEXT, nullable=False),
            Column("kind", TEXT, nullable=False),
            Column("happened_at", TEXT, nullable=False),
        ),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """A row for each file that was deposited, and one for each place that names one."""
    keys = {
        (one.scope, one.stream.rsplit("/", 1)[1])
        for one in records
        if isinstance(one.event, EvidenceDeposited | EvidenceErased)
    }
    held = {
        (row["body"], row["evidence"]): row for row in rows_by(connection, tables.files, KEY, sorted(keys))
    }
    uses: dict[tuple[str, str, int], Row] = {}
    for record in records:
        key = (record.scope, record.stream.rsplit("/", 1)[1])
        match record.event:
            case EvidenceDeposited() as event:
                held[key] = {
                    **dict(zip(KEY, key, strict=True)),
                    **dict.fromkeys(("erased_at", "erased_by", "reason")),
                    **vars(event),
                    "deposited_at": record.happened_at,
                    "deposited_by": record.by,
                    "position": record.position,
                }
            case EvidenceErased() as event:
                held[key] |= {
                    "erased_at": record.happened_at,
                    "erased_by": record.by,
                    "reason": event.reason,
                }
            case event:
                place = {"stream": record.stream, "kind": record.kind, "happened_at": record.happened_at}
                for one in named(event):
                    at = {"body": record.scope, "evidence": one, "position": record.position}
                    uses[record.scope, one, record.position] = {**at, **place}
    upsert(connection, tables.files, held.values())
    upsert(connection, tables.uses, uses.values())


def named(event: object) -> Iterator[str]:
    """The salted hashes that an event names as evidence."""
    for field in NAMING:
        yield from _hashes(getattr(event, field, None))


def _hashes(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if is_hash(value):
            yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _hashes(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _hashes(getattr(value, field.name))


def evidence_list(
    connection: Connection, tables: Tables, body: str | None = None, evidence: str | None = None
) -> list[Row]:
    """Every file that a record names or that was deposited, with where it is named; the earliest deposit first.

    ``standing`` is ``deposited``, ``erased`` or ``not_deposited``: named by a record, and never put into the store.
    """
    rows: dict[tuple[str, str], Row] = {}
    empty = dict.fromkeys(column.name for column in tables.files.columns)
    for table in (tables.files, tables.uses):
        query = select(table).order_by(table.c.position)
        if body is not None:
            query = query.where(table.c.body == body)
        if evidence is not None:
            query = query.where(table.c.evidence == evidence)
        for found in connection.execute(query).mappings():
            place = (found["body"], found["evidence"])
            if table is tables.files:
                standing = "deposited" if found["erased_at"] is None else "erased"
                rows[place] = {**found, "standing": standing, "uses": []}
                continue
            at = {"body": place[0], "evidence": place[1], "position": found["position"]}
            row = rows.setdefault(place, {**empty, **at, "standing": "not_deposited", "uses": []})
            told = ("stream", "kind", "happened_at", "position")
            row["uses"].append({name: found[name] for name in told})
    return list(rows.values())


EVIDENCE = Projection(
    name="evidence",
    version=1,
    kinds=tuple(
        kind
        for kind, event in EVENTS.items()
        if event in (EvidenceDeposited, EvidenceErased) or any(one.name in NAMING for one in fields(event))
    ),
    tables=tables,
    apply=apply,
    questions=(evidence_list,),
)

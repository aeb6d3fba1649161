"""Where work is stopped or on hold, since when and why, and what is missing before it may go on (YT-21b, NJ-049)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, Table, select

from domain.holds import CountermeasureImplemented, CountermeasureSet, HoldOpened, HoldReleased
from domain.language import Event, Moment
from domain.records import Record
from domain.stops import StopReleased, UnitEvacuated, UnitStopped, ZoneClosed
from projections.bulk import TEXT, read, rows_by, upsert, written
from projections.projection import Projection

Row = dict[str, Any]
Key = tuple[str, str, int]
KEY = ("body", "unit", "number")


class Tables(NamedTuple):
    stops: Table
    holds: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    def table(name: str, *columns: str) -> Table:
        return Table(
            f"{prefix}{name}",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("unit", TEXT, primary_key=True),
            Column("number", Integer, primary_key=True, autoincrement=False),
            *(Column(one, TEXT) for one in columns),
            Column("released_at", TEXT),
            Column("released_by", TEXT),
            Column("released_position", BigInteger),
            Column("recorded_at", TEXT, nullable=False),
            Column("position", BigInteger, nullable=False),
            Index(f"ix_{prefix}{name}_released", "released_at", "body"),
        )

    stop = (
        "reason",
        "risk",
        "level",
        "stopped_at",
        "stopped_by",
        "evacuated",
        "evacuated_at",
        "zone",
        "zone_at",
    )
    hold = ("kind", "abnormality", "analysis", "opened_at", "opened_by", "countermeasures", "remark")
    return Tables(table("stops", *stop, "made_safe"), table("holds", *hold))


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each record opens a row, adds to one, or releases it."""
    _follow(records, connection, tables.stops, _stop_of, _stop_said)
    _follow(records, connection, tables.holds, _hold_of, _hold_said)


def _follow(
    records: Sequence[Record],
    connection: Connection,
    table: Table,
    number: Callable[[Event], int | None],
    said: Callable[[Record, Row], Row],
) -> None:
    """Read the rows that a batch touches once and write them once; ``number`` tells stops, holds and others apart."""
    told = [(one, (*_place(one), which)) for one in records if (which := number(one.event)) is not None]
    found = rows_by(connection, table, KEY, sorted({key for _, key in told}))
    held: dict[Key, Row] = {(row["body"], row["unit"], row["number"]): row for row in found}
    blank: Row = dict.fromkeys(column.name for column in table.columns)
    changed: dict[Key, Row] = {}
    for record, key in told:
        about = {"recorded_at": record.recorded_at, "position": record.position}
        row = held.get(key) or {**blank, **dict(zip(KEY, key, strict=True)), **about}
        changed[key] = held[key] = row | said(record, row)
    upsert(connection, table, changed.values())


def _place(record: Record) -> tuple[str, str]:
    return record.scope, record.stream.rsplit("/", 1)[1]


def _stop_of(event: Event) -> int | None:
    match event:
        case UnitStopped() | UnitEvacuated() | ZoneClosed() | StopReleased():
            return event.stop
        case _:
            return None


def _stop_said(record: Record, row: Row) -> Row:
    match record.event:
        case UnitStopped() as event:
            told = {"reason": event.reason, "risk": event.risk, "level": event.level}
            return {**told, "stopped_at": event.stopped_at, "stopped_by": written(event.stopped_by)}
        case UnitEvacuated() as event:
            return {"evacuated": event.evacuated, "evacuated_at": record.happened_at}
        case ZoneClosed() as event:
            return {"zone": event.zone, "zone_at": record.happened_at}
        case StopReleased() as event:
            return {"made_safe": event.made_safe, **_released(record, event.released_at)}
        case _:
            return {}


def _hold_of(event: Event) -> int | None:
    match event:
        case HoldOpened() | CountermeasureSet() | CountermeasureImplemented() | HoldReleased():
            return event.hold
        case _:
            return None


def _hold_said(record: Record, row: Row) -> Row:
    match record.event:
        case HoldOpened() as event:
            told = {"kind": event.kind, "abnormality": event.abnormality, "analysis": event.analysis}
            return {
                **told,
                "opened_at": event.opened_at,
                "opened_by": record.by,
                "countermeasures": written([]),
            }
        case CountermeasureSet() as event:
            one = {"number": event.countermeasure, "measure": event.measure, "implemented_at": None}
            return {"countermeasures": written([*read(row["countermeasures"]), one])}
        case CountermeasureImplemented() as event:
            measures = []
            for one in read(row["countermeasures"]):
                done = one["number"] == event.countermeasure
                measures.append({**one, "implemented_at": event.implemented_at} if done else one)
            return {"countermeasures": written(measures)}
        case HoldReleased() as event:
            return {"remark": event.remark, **_released(record, event.released_at)}
        case _:
            return {}


def _released(record: Record, at: Moment) -> Row:
    return {"released_at": at, "released_by": record.by, "released_position": record.position}


def in_force(rows: Sequence[Row], began: str, true_at: Moment | None, known_at: int | None) -> list[Row]:
    """Of listed stops or holds those in force at a moment, as known by a position; ``began`` names their beginning."""
    return [
        row
        for row in rows
        if (true_at is None or row[began] <= true_at)
        and (known_at is None or row["position"] <= known_at)
        and not (
            row["released_at"] is not None
            and (true_at is None or row["released_at"] <= true_at)
            and (known_at is None or row["released_position"] <= known_at)
        )
    ]


def stop_list(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    unit: str | None = None,
    ever: bool = False,
) -> list[Row]:
    """The stops in force (with ``ever``: all that were), the earliest first; ``missing`` says what was not done yet."""
    rows = []
    for row in _listed(connection, tables.stops, "stop", "stopped_at", body, unit, ever):
        missing = [part for part in ("evacuated", "zone") if row[part] is None]
        standing = "stop_in_force" if row["released_at"] is None else "stop_released"
        rows.append({**row, "stopped_by": read(row["stopped_by"]), "missing": missing, "standing": standing})
    return rows


def hold_list(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    unit: str | None = None,
    ever: bool = False,
) -> list[Row]:
    """The open holds (with ``ever``: all that were), the earliest first; ``waiting`` are measures not in place yet."""
    rows = []
    for row in _listed(connection, tables.holds, "hold", "opened_at", body, unit, ever):
        measures = read(row["countermeasures"])
        waiting = [one["number"] for one in measures if one["implemented_at"] is None]
        standing = "hold_open" if row["released_at"] is None else "hold_released"
        rows.append({**row, "countermeasures": measures, "waiting": waiting, "standing": standing})
    return rows


def _listed(
    connection: Connection,
    table: Table,
    kind: str,
    began: str,
    body: str | None,
    unit: str | None,
    ever: bool,
) -> list[Row]:
    """The rows with their number under the name of what they are."""
    query = select(table).order_by(table.c.body, table.c[began], table.c.position)
    if body is not None:
        query = query.where(table.c.body == body)
    if unit is not None:
        query = query.where(table.c.unit == unit)
    if not ever:
        query = query.where(table.c.released_at.is_(None))
    found = connection.execute(query).mappings()
    return [{kind if name == "number" else name: one for name, one in row.items()} for row in found]


STOPS = Projection(
    name="stops",
    version=2,
    kinds=(
        UnitStopped.KIND,
        UnitEvacuated.KIND,
        ZoneClosed.KIND,
        StopReleased.KIND,
        HoldOpened.KIND,
        CountermeasureSet.KIND,
        CountermeasureImplemented.KIND,
        HoldReleased.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(stop_list, hold_list),
)

"""Where work is stopped or on hold, since when and why, and what is missing before it may go on (YT-21b, NJ-049)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, Table, select

from domain.holds import CountermeasureImplemented, CountermeasureSet, HoldOpened, HoldReleased
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
    _apply_stops(records, connection, tables.stops)
    _apply_holds(records, connection, tables.holds)


def _apply_stops(records: Sequence[Record], connection: Connection, table: Table) -> None:
    later = {
        _key(one, event.stop)
        for one in records
        if isinstance(event := one.event, UnitEvacuated | ZoneClosed | StopReleased)
    }
    held = _held(connection, table, later)
    changed: dict[Key, Row] = {}
    for record in records:
        match record.event:
            case UnitStopped() as event:
                told = {"reason": event.reason, "risk": event.risk, "level": event.level}
                by = {"stopped_at": event.stopped_at, "stopped_by": written(event.stopped_by)}
                key = _key(record, event.stop)
                changed[key] = held[key] = _opened(table, record, key, {**told, **by})
                continue
            case UnitEvacuated() as event:
                key, values = _key(record, event.stop), {"evacuated": event.evacuated}
                values["evacuated_at"] = record.happened_at
            case ZoneClosed() as event:
                key, values = _key(record, event.stop), {"zone": event.zone, "zone_at": record.happened_at}
            case StopReleased() as event:
                key, values = _key(record, event.stop), {"made_safe": event.made_safe}
                values |= {"released_at": event.released_at, "released_by": record.by}
            case _:
                continue
        held[key] |= values
        changed[key] = held[key]
    upsert(connection, table, changed.values())


def _apply_holds(records: Sequence[Record], connection: Connection, table: Table) -> None:
    later = {
        _key(one, event.hold)
        for one in records
        if isinstance(event := one.event, CountermeasureSet | CountermeasureImplemented | HoldReleased)
    }
    held = _held(connection, table, later)
    changed: dict[Key, Row] = {}
    for record in records:
        match record.event:
            case HoldOpened() as event:
                told = {"kind": event.kind, "abnormality": event.abnormality, "analysis": event.analysis}
                by = {"opened_at": event.opened_at, "opened_by": record.by, "countermeasures": written([])}
                key = _key(record, event.hold)
                changed[key] = held[key] = _opened(table, record, key, {**told, **by})
                continue
            case CountermeasureSet() as event:
                key = _key(record, event.hold)
                one = {"number": event.countermeasure, "measure": event.measure, "implemented_at": None}
                values = {"countermeasures": written([*read(held[key]["countermeasures"]), one])}
            case CountermeasureImplemented() as event:
                key, measures = _key(record, event.hold), []
                for one in read(held[key]["countermeasures"]):
                    done = one["number"] == event.countermeasure
                    measures.append({**one, "implemented_at": event.implemented_at} if done else one)
                values = {"countermeasures": written(measures)}
            case HoldReleased() as event:
                key, values = _key(record, event.hold), {"remark": event.remark}
                values |= {"released_at": event.released_at, "released_by": record.by}
            case _:
                continue
        held[key] |= values
        changed[key] = held[key]
    upsert(connection, table, changed.values())


def _key(record: Record, number: int) -> Key:
    return record.scope, record.stream.rsplit("/", 1)[1], number


def _held(connection: Connection, table: Table, keys: set[Key]) -> dict[Key, Row]:
    found = rows_by(connection, table, KEY, sorted(keys))
    return {(row["body"], row["unit"], row["number"]): row for row in found}


def _opened(table: Table, record: Record, key: Key, told: Row) -> Row:
    row: Row = dict.fromkeys(column.name for column in table.columns)
    about = {"recorded_at": record.recorded_at, "position": record.position}
    return {**row, **dict(zip(KEY, key, strict=True)), **about, **told}


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
    version=1,
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

"""What equipment systems sent, where each event went, what waits for a person, and which code is which unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Select, Table, and_, select

from domain.equipment import EquipmentMapped, EquipmentUnmapped, EventPlaced, change_code
from domain.equipment_events import EquipmentEventReceived, EquipmentEventSettled
from domain.language import parse_moment
from domain.records import Record
from projections.bulk import TEXT, add, read, written
from projections.projection import Projection

Row = dict[str, Any]
KEY = ("body", "event")
_SAID = ("source", "id", "type", "time", "subject", "equipment", "occurred", "why", "reports")
_GONE = ("how", "unit", "reports", "change", "ends", "hazard", "reason")
UNKNOWN_EQUIPMENT = "unknown_equipment"


class Tables(NamedTuple):
    """Rows are only inserted: what came, where it went, and every word on what a code is."""

    received: Table
    gone: Table
    mapped: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    def keyed(name: str, *columns: Column[Any]) -> Table:
        keys = (Column(one, TEXT, primary_key=True) for one in KEY)
        return Table(f"{prefix}{name}", metadata, *keys, *columns)

    return Tables(
        keyed(
            "received",
            *(Column(name, TEXT, nullable=False) for name in _SAID),
            Column("said", TEXT),
            Column("evidence", TEXT),
            Column("row", Integer, nullable=False),
            Column("recorded_at", TEXT, nullable=False),
            Column("position", BigInteger, nullable=False),
        ),
        keyed(
            "gone",
            *(Column(name, TEXT, nullable=False) for name in _GONE),
            Column("position", BigInteger, nullable=False),
        ),
        Table(
            f"{prefix}mapped",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("equipment", TEXT, primary_key=True),
            Column("position", BigInteger, primary_key=True, autoincrement=False),
            *(Column(name, TEXT) for name in ("unit", "tag", "said")),
            Column("happened_at", TEXT, nullable=False),
            Column("by", TEXT, nullable=False),
        ),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    received: list[Row] = []
    gone: list[Row] = []
    mapped: list[Row] = []
    for record in records:
        place = {"body": record.scope, "position": record.position}
        match record.event:
            case EquipmentEventReceived() as event:
                said = {name: getattr(event, name) for name in _SAID if name != "equipment"}
                said["equipment"] = event.said.equipment if event.said else ""
                told = None if event.said is None else written(event.said)
                kept = {
                    "evidence": event.evidence[0] if event.evidence else None,
                    "row": event.row,
                    "recorded_at": record.recorded_at,
                }
                received.append({**place, "event": event.event, **said, "said": told, **kept})
                if not event.why and not said["equipment"]:
                    went = _went("gone_on", reports=event.reports, change=change_code(event.event))
                    gone.append({**place, "event": event.event, **went})
            case EventPlaced() as event:
                about = {
                    name: getattr(event, name) for name in ("unit", "reports", "change", "ends", "hazard")
                }
                followed = about["change"] or about["ends"] or about["hazard"]
                gone.append(
                    {**place, "event": event.event, **_went("gone_on" if followed else "placed", **about)}
                )
            case EquipmentEventSettled() as event:
                code = record.stream.rsplit("/", 1)[1]
                made = change_code(code) if event.verdict == "change" else ""
                went = _went("settled", reports=event.kind or "", change=made, reason=event.reason)
                gone.append({**place, "event": code, **went})
            case EquipmentMapped() | EquipmentUnmapped() as event:
                mapped.append(
                    {**place, **_mapping(event), "happened_at": record.happened_at, "by": record.by}
                )
            case _:
                pass
    add(connection, tables.received, received)
    add(connection, tables.gone, gone)
    add(connection, tables.mapped, mapped)


def _went(how: str, **about: str) -> Row:
    return {**dict.fromkeys(_GONE, ""), "how": how, **about}


def _mapping(event: EquipmentMapped | EquipmentUnmapped) -> Row:
    if isinstance(event, EquipmentMapped):
        return {"equipment": event.equipment, "unit": event.unit, "tag": event.tag, "said": event.remark}
    return {"equipment": event.equipment, "unit": None, "tag": None, "said": event.reason}


def equipment_events(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    equipment: str | None = None,
    open_only: bool = False,
    limit: int | None = None,
) -> list[Row]:
    """The events in the order in which they came; ``open_only`` keeps those that wait for a person.

    ``step`` is ``waiting`` (with ``why``), ``gone_on``, ``placed`` (at its unit; nothing adopted asks for more) or
    ``settled``; ``clock_ahead``: its own time lay in the future when it came, so that it counts from its arrival.
    """
    query = _joined(tables, body)
    if equipment is not None:
        query = query.where(tables.received.c.equipment == equipment)
    if open_only:
        query = query.where(tables.gone.c.how.is_(None))
    return [_row(dict(one)) for one in connection.execute(query.limit(limit)).mappings()]


def _joined(tables: Tables, body: str | None) -> Select[Any]:
    received, gone = tables.received, tables.gone
    same = and_(*(received.c[name] == gone.c[name] for name in KEY))
    went = [gone.c[name].label(f"went_{name}") for name in (*_GONE, "position")]
    query = select(received, *went).select_from(received.outerjoin(gone, same)).order_by(received.c.position)
    return query if body is None else query.where(received.c.body == body)


def _row(one: Row) -> Row:
    went = {name: one.pop(f"went_{name}") for name in (*_GONE, "position")}
    one["said"] = read(one["said"])
    how = went.pop("how")
    if how is None:
        one |= {"step": "waiting", "why": one["why"] or UNKNOWN_EQUIPMENT}
    else:
        one["step"] = how
    told = {name: went[name] or None for name in ("unit", "reports", "change", "ends", "hazard", "reason")}
    ahead = bool(one["time"]) and _later(one["time"], one["recorded_at"])
    return {**one, **told, "clock_ahead": ahead, "went_on_at": went["position"]}


def _later(time: str, recorded_at: str) -> bool:
    try:
        return parse_moment(time.upper()) > recorded_at
    except ValueError:
        return False


def equipment_unknown(connection: Connection, tables: Tables, body: str | None = None) -> list[Row]:
    """What waits for a person, one row for each code, type or reason: how many events, the first and the last.

    ``about`` is the equipment code where that is unknown, else the type of event.
    """
    found: dict[tuple[str, str, str], Row] = {}
    for one in equipment_events(connection, tables, body, open_only=True):
        about = one["equipment"] if one["why"] == UNKNOWN_EQUIPMENT else one["type"]
        row = found.setdefault(
            (one["body"], one["why"], about),
            {
                "body": one["body"],
                "why": one["why"],
                "about": about,
                "count": 0,
                "sources": [],
                "first_at": one["occurred"],
                "latest_at": one["occurred"],
                "event": one["event"],
                "subject": one["subject"],
                "position": one["position"],
            },
        )
        row["count"] += 1
        row["first_at"] = min(row["first_at"], one["occurred"])
        row["latest_at"] = max(row["latest_at"], one["occurred"])
        if one["source"] not in row["sources"]:
            row["sources"].append(one["source"])
    return list(found.values())


def equipment_mappings(
    connection: Connection, tables: Tables, body: str | None = None, ever: bool = False
) -> list[Row]:
    """Which code of another system is which unit, by code; ``ever`` tells every mapping and every taking back."""
    table = tables.mapped
    query = select(table).order_by(table.c.body, table.c.equipment, table.c.position)
    if body is not None:
        query = query.where(table.c.body == body)
    rows = [dict(one) for one in connection.execute(query).mappings()]
    if ever:
        return rows
    last = {(one["body"], one["equipment"]): one for one in rows}
    return [one for one in last.values() if one["unit"] is not None]


EQUIPMENT_EVENTS = Projection(
    name="equipment_events",
    version=2,
    kinds=(
        EquipmentEventReceived.KIND,
        EquipmentEventSettled.KIND,
        EventPlaced.KIND,
        EquipmentMapped.KIND,
        EquipmentUnmapped.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(equipment_events, equipment_unknown, equipment_mappings),
)

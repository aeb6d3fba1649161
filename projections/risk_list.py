"""The risk list: every risk with level, colour, method and controls, now or as true and known at any moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, RowMapping, Table, select

from domain.language import COLOUR, Moment, day_of, days_late
from domain.records import Record
from domain.risks import ControlAdopted, RiskAssessed, RiskIdentified, RiskReassessed, RiskRetired
from projections import bitemporal
from projections.bitemporal import KNOWN_FOREVER, TRUE_FOREVER, Entry
from projections.bulk import TEXT, add, read, written
from projections.holding import Condition, holding
from projections.projection import Projection

IDENTITY = tuple(field.name for field in fields(RiskIdentified))


class Tables(NamedTuple):
    """``risks`` lists them all; identity, level and standing are facets; a control is a fact that stays."""

    risks: Table
    identity: Table
    level: Table
    standing: Table
    controls: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    level = ("level", "score", "method", "version", "citation", "reason", "was")
    entry = ("assessed_at", "assessed_by", "recorded_at")
    return Tables(
        bitemporal.entity_table(metadata, f"{prefix}risks"),
        bitemporal.facet_table(metadata, f"{prefix}identity", [Column(name, TEXT) for name in IDENTITY]),
        bitemporal.facet_table(
            metadata,
            f"{prefix}level",
            [*(Column(name, TEXT) for name in (*level, *entry)), Column("days_entered_late", Integer)],
        ),
        bitemporal.facet_table(metadata, f"{prefix}standing", [Column("standing", TEXT)]),
        Table(
            f"{prefix}controls",
            metadata,
            Column("scope", TEXT, primary_key=True),
            Column("code", TEXT, primary_key=True),
            Column("position", BigInteger, primary_key=True, autoincrement=False),
            Column("happened_at", TEXT, nullable=False),
            Column("control", TEXT, nullable=False),
            Column("measure", TEXT, nullable=False),
            Column("layer", TEXT, nullable=False),
            Column("order", Integer, nullable=False),
            Column("responsible", TEXT, nullable=False),
        ),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each record says something about one facet from its ``happened_at`` on; late entries find their place."""
    identity: list[Entry] = []
    level: list[Entry] = []
    standing: list[Entry] = []
    controls: list[dict[str, Any]] = []
    for record in records:
        event = record.event
        place = (record.position, record.scope, record.stream.rsplit("/", 1)[1], record.happened_at)
        match event:
            case RiskIdentified():
                types = written(event.accident_types)
                identity.append(Entry(*place, {**vars(event), "accident_types": types}))
                standing.append(Entry(*place, {"standing": "identified"}))
            case RiskAssessed() | RiskReassessed():
                level.append(Entry(*place, _level(record, event)))
                standing.append(Entry(*place, {"standing": "assessed"}))
            case ControlAdopted():
                position, scope, code, happened_at = place
                of = {"scope": scope, "code": code, "position": position, "happened_at": happened_at}
                controls.append({**vars(event), **of})
            case RiskRetired():
                standing.append(Entry(*place, {"standing": "retired"}))
            case _:
                pass
    bitemporal.apply(connection, tables.identity, tables.risks, identity)
    bitemporal.apply(connection, tables.level, tables.risks, level)
    bitemporal.apply(connection, tables.standing, tables.risks, standing)
    add(connection, tables.controls, controls)


def _level(record: Record, event: RiskAssessed | RiskReassessed) -> dict[str, Any]:
    again = event if isinstance(event, RiskReassessed) else None
    return {
        "level": event.level,
        "score": event.score,
        "method": event.method,
        "version": event.version,
        "citation": written(event.citation),
        "reason": again and again.reason,
        "was": again and again.was,
        "assessed_at": event.assessed_at,
        "assessed_by": record.by,
        "recorded_at": record.recorded_at,
        "days_entered_late": days_late(day_of(event.assessed_at), day_of(record.recorded_at)),
    }


def risk_list(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    true_at: Moment | None = None,
    known_at: int | None = None,
    level: str | None = None,
    retired: bool = False,
    code: str | None = None,
    limit: int | None = None,
    after: tuple[str, str] | None = None,
) -> list[dict[str, Any]]:
    """The risks by body and code, as true at a moment and known by a position (None: now, and all that is known).

    ``after`` continues behind a (body, code). Retired ones are left out unless asked for. ``since`` and ``positions``
    say for each part of a row from when it is true, and which record says so.
    """
    true_at = TRUE_FOREVER if true_at is None else true_at
    known_at = KNOWN_FOREVER if known_at is None else known_at
    conditions: list[Condition] = []
    if level is not None:
        conditions.append(Condition(tables.level, "level", level))
    if not retired:
        conditions.append(Condition(tables.standing, "standing", "retired", equal=False))
    found = bitemporal.as_of_joined(
        connection,
        holding(tuple(conditions), true_at, known_at) if conditions else tables.risks,
        (tables.identity, tables.level, tables.standing),
        scope=body,
        true_at=true_at,
        known_at=known_at,
        code=code,
        after_scope=after[0] if after else None,
        after_code=after[1] if after else None,
        limit=limit,
    )
    controls = _controls(connection, tables.controls, found, true_at, known_at)
    return [_row(one, controls.get((one["scope"], one["code"]), [])) for one in found]


def _row(found: RowMapping, controls: list[dict[str, Any]]) -> dict[str, Any]:
    row = dict(found)
    row["body"] = row.pop("scope")
    row["accident_types"] = read(row["accident_types"], [])
    row["citation"] = read(row["citation"])
    row["colour"] = None if row["level"] is None else COLOUR[row["level"]]
    parts = {"identity": "unit", "level": "level", "standing": "standing"}
    row["since"] = {part: row.pop(f"{first}_true_from") for part, first in parts.items()}
    row["positions"] = {part: row.pop(f"{first}_position") for part, first in parts.items()}
    row["control_count"] = len(controls)
    row["controls"] = controls
    return row


def _controls(
    connection: Connection, controls: Table, risks: Sequence[RowMapping], true_at: Moment, known_at: int
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The controls of these risks (which stand in order) at that moment, by (body, code)."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for body in dict.fromkeys(one["scope"] for one in risks):
        codes = [one["code"] for one in risks if one["scope"] == body]
        query = select(controls).where(
            controls.c.scope == body,
            controls.c.code >= codes[0],
            controls.c.code <= codes[-1],
            controls.c.happened_at <= true_at,
            controls.c.position <= known_at,
        )
        for one in connection.execute(query.order_by(controls.c.order, controls.c.position)).mappings():
            row = dict(one)
            found.setdefault((row.pop("scope"), row.pop("code")), []).append(row)
    return found


RISK_LIST = Projection(
    name="risk_list",
    version=1,
    kinds=(
        RiskIdentified.KIND,
        RiskAssessed.KIND,
        RiskReassessed.KIND,
        ControlAdopted.KIND,
        RiskRetired.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(risk_list,),
)

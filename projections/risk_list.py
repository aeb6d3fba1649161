"""The risk list: every risk with level, colour, method and controls, now or as true and known at any moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, RowMapping, Table

from domain.control_review import ControlAdopted
from domain.language import COLOUR, Moment
from domain.records import Record
from domain.risk_controls import ControlsOrdered, ControlWithdrawn
from domain.risk_identity import IdentificationCorrected, RiskIdentified
from domain.risks import RiskRetired
from projections import bitemporal
from projections.bitemporal import KNOWN_FOREVER, TRUE_FOREVER, Entry
from projections.bulk import TEXT, add, read, rows_by
from projections.holding import Condition, holding
from projections.projection import Projection
from projections.risk_identity_rows import IDENTITY, identity_values
from projections.risk_level_rows import LEVEL_KINDS, level_columns, level_entries, read_level, said_table


class Tables(NamedTuple):
    """``risks`` lists them all; identity, level and standing are facets; a control stays, as does what was said.

    Standing tells only identified and retired: what has a level and is not retired is assessed.
    """

    risks: Table
    identity: Table
    level: Table
    standing: Table
    controls: Table
    said: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    return Tables(
        bitemporal.entity_table(metadata, f"{prefix}risks"),
        bitemporal.facet_table(metadata, f"{prefix}identity", [Column(name, TEXT) for name in IDENTITY]),
        bitemporal.facet_table(metadata, f"{prefix}level", level_columns()),
        bitemporal.facet_table(metadata, f"{prefix}standing", [Column("standing", TEXT)]),
        Table(
            f"{prefix}controls",
            metadata,
            Column("scope", TEXT, primary_key=True),
            Column("code", TEXT, primary_key=True),
            Column("position", BigInteger, primary_key=True, autoincrement=False),
            Column("control", TEXT, primary_key=True),
            Column("happened_at", TEXT, nullable=False),
            Column("version", Integer),
            Column("measure", TEXT),
            Column("layer", TEXT),
            Column("order", Integer),
        ),
        said_table(metadata, prefix),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each record says something about one facet from its ``happened_at`` on; late entries find their place."""
    identity: list[Entry] = []
    standing: list[Entry] = []
    controls: list[dict[str, Any]] = []
    for record in records:
        event = record.event
        place = (record.position, record.scope, record.stream.rsplit("/", 1)[1], record.happened_at)
        match event:
            case RiskIdentified():
                identity.append(Entry(*place, identity_values(event)))
                standing.append(Entry(*place, {"standing": "identified"}))
            case IdentificationCorrected():
                identity.append(Entry(*place, identity_values(event)))
            case ControlAdopted() | ControlWithdrawn() | ControlsOrdered():
                controls += _said(place, event)
            case RiskRetired():
                standing.append(Entry(*place, {"standing": "retired"}))
            case _:
                pass
    level = level_entries(connection, tables.said, records)
    facets = ((tables.identity, identity), (tables.level, level), (tables.standing, standing))
    bitemporal.apply_facets(connection, tables.risks, facets)
    add(connection, tables.controls, controls)


def _said(
    place: tuple[int, str, str, Moment], event: ControlAdopted | ControlWithdrawn | ControlsOrdered
) -> list[dict[str, Any]]:
    """What the record says of each control: what it now is, only its place, or (nothing) that it is withdrawn."""
    position, scope, code, happened_at = place
    of = {"scope": scope, "code": code, "position": position, "happened_at": happened_at}
    nothing = {"version": None, "measure": None, "layer": None, "order": None}
    match event:
        case ControlAdopted():
            return [{**of, "control": event.control, **{name: getattr(event, name) for name in nothing}}]
        case ControlWithdrawn():
            return [{**of, "control": event.control, **nothing}]
        case ControlsOrdered():
            return [
                {**of, "control": control, **nothing, "order": order}
                for order, control in enumerate(event.controls, start=1)
            ]


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
    entity = (
        tables.risks
        if level is None
        else holding((Condition(tables.level, "level", level),), true_at, known_at)
    )
    found: list[RowMapping] = []
    while True:
        page = bitemporal.as_of_joined(
            connection,
            entity,
            (tables.identity, tables.level, tables.standing),
            scope=body,
            true_at=true_at,
            known_at=known_at,
            code=code,
            after_scope=after[0] if after else None,
            after_code=after[1] if after else None,
            limit=limit,
        )
        found += [one for one in page if retired or one["standing"] != "retired"]
        if limit is None or len(page) < limit or len(found) >= limit:
            break
        after = (page[-1]["scope"], page[-1]["code"])
    found = found[:limit]
    controls = _controls(connection, tables.controls, found, true_at, known_at)
    return [_row(one, controls.get((one["scope"], one["code"]), [])) for one in found]


def _row(found: RowMapping, controls: list[dict[str, Any]]) -> dict[str, Any]:
    row = {"body": found["scope"], **found}
    del row["scope"]
    row["accident_types"] = read(row["accident_types"], [])
    read_level(row)
    row["colour"] = None if row["level"] is None else COLOUR[row["level"]]
    parts = {"identity": "unit", "level": "level", "standing": "standing"}
    row["since"] = {part: row.pop(f"{first}_true_from") for part, first in parts.items()}
    row["positions"] = {part: row.pop(f"{first}_position") for part, first in parts.items()}
    row["position"] = row["positions"]["identity"]
    if row["standing"] == "identified" and row["level"] is not None:
        row["standing"] = "assessed"
        row["since"]["standing"], row["positions"]["standing"] = (
            row["since"]["level"],
            row["positions"]["level"],
        )
    row["control_count"] = len(controls)
    row["controls"] = controls
    return row


def _controls(
    connection: Connection, controls: Table, risks: Sequence[RowMapping], true_at: Moment, known_at: int
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The controls of these risks at that moment, in their order of priority, by (body, code)."""
    held = rows_by(connection, controls, ("scope", "code"), [(one["scope"], one["code"]) for one in risks])
    stands: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for row in sorted(held, key=lambda one: (one["happened_at"], one["position"])):
        if row["happened_at"] > true_at or row["position"] > known_at:
            continue
        of = stands.setdefault((row.pop("scope"), row.pop("code")), {})
        if row["measure"] is not None:
            of[row["control"]] = row
        elif row["order"] is None:
            of.pop(row["control"], None)
        elif row["control"] in of:
            of[row["control"]] |= {"order": row["order"]}
    return {
        key: sorted(of.values(), key=lambda one: (one["order"], one["position"]))
        for key, of in stands.items()
    }


RISK_LIST = Projection(
    name="risk_list",
    version=7,
    kinds=(
        RiskIdentified.KIND,
        IdentificationCorrected.KIND,
        *LEVEL_KINDS,
        ControlAdopted.KIND,
        ControlWithdrawn.KIND,
        ControlsOrdered.KIND,
        RiskRetired.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(risk_list,),
)

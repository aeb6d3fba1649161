"""How a body divides its production system into assessment units, from the top down (NJ-021)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, Table, or_, select

from domain.records import Record
from domain.units import UnitRegistered
from projections.bulk import TEXT, add, rows_by
from projections.projection import Projection

STEP = " "
"""Between the codes of a path: it sorts before every character of a code, so paths in order are the tree in order."""
AFTER_STEP = "!"


class Tables(NamedTuple):
    units: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    return Tables(
        Table(
            f"{prefix}units",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("code", TEXT, primary_key=True),
            Column("name", TEXT, nullable=False),
            Column("kind", TEXT, nullable=False),
            Column("parent", TEXT),
            Column("depth", Integer, nullable=False),
            Column("path", TEXT, nullable=False),
            Column("position", BigInteger, nullable=False),
            Index(f"ix_{prefix}units_path", "body", "path"),
        )
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """A unit's path is its parent's and its own code; a parent is always recorded before."""
    units = [(one.scope, one.position, one.event) for one in records if isinstance(one.event, UnitRegistered)]
    parents = {(body, event.parent) for body, _, event in units if event.parent is not None}
    held = rows_by(connection, tables.units, ("body", "code"), sorted(parents))
    paths: dict[tuple[str, str | None], str] = {(row["body"], row["code"]): row["path"] for row in held}
    rows: list[dict[str, Any]] = []
    for body, position, event in units:
        path = event.unit if event.parent is None else paths[body, event.parent] + STEP + event.unit
        paths[body, event.unit] = path
        rows.append(
            {
                "body": body,
                "code": event.unit,
                "name": event.name,
                "kind": event.kind,
                "parent": event.parent,
                "depth": event.depth,
                "path": path,
                "position": position,
            }
        )
    add(connection, tables.units, rows)


def unit_tree(
    connection: Connection, tables: Tables, body: str | None = None, under: str | None = None
) -> list[dict[str, Any]]:
    """The units in tree order (siblings by code); ``under`` keeps one unit and all below it."""
    units = tables.units.c
    query = select(tables.units).order_by(units.body, units.path)
    if body is not None:
        query = query.where(units.body == body)
    if under is not None:
        top = select(units.body, units.path).where(units.code == under).subquery("top")
        below = (units.path > top.c.path + STEP) & (units.path < top.c.path + AFTER_STEP)
        query = query.join(top, (units.body == top.c.body) & or_(units.path == top.c.path, below))
    return [
        {**row, "path": row["path"].replace(STEP, "/")} for row in connection.execute(query).mappings().all()
    ]


UNIT_TREE = Projection(
    name="unit_tree",
    version=1,
    kinds=(UnitRegistered.KIND,),
    tables=tables,
    apply=apply,
    questions=(unit_tree,),
)

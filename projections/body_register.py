"""Which responsible bodies there are, what decides their periods, and which rule packs each of them adopted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, select

from domain.bodies import BodyReclassified, BodyRegistered
from domain.records import Record
from domain.rule_adoption import RulePackAdopted
from projections.bulk import TEXT, add, read, rows_by, upsert, written
from projections.projection import Projection


class Tables(NamedTuple):
    bodies: Table
    packs: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    return Tables(
        Table(
            f"{prefix}bodies",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("name", TEXT, nullable=False),
            Column("kind", TEXT, nullable=False),
            Column("area", TEXT, nullable=False),
            Column("sector", TEXT, nullable=False),
            Column("classes", TEXT, nullable=False),
            Column("position", BigInteger, nullable=False),
        ),
        Table(
            f"{prefix}packs",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("position", BigInteger, primary_key=True, autoincrement=False),
            Column("pack", TEXT, nullable=False),
            Column("version", TEXT, nullable=False),
            Column("title", TEXT, nullable=False),
            Column("source", TEXT, nullable=False),
            Column("since", TEXT, nullable=False),
            Column("until", TEXT),
            Column("members", TEXT, nullable=False),
        ),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """A body's row follows its registration and reclassifications; every adoption is a row of its own."""
    known = {(one.scope,) for one in records if isinstance(one.event, BodyReclassified)}
    bodies = {row["body"]: row for row in rows_by(connection, tables.bodies, ("body",), sorted(known))}
    changed: dict[str, dict[str, Any]] = {}
    packs: list[dict[str, Any]] = []
    for record in records:
        body = record.scope
        match record.event:
            case BodyRegistered() as event:
                row = {
                    "name": event.name,
                    "kind": event.kind,
                    "area": event.area,
                    "sector": event.sector,
                    "classes": written(event.classes),
                }
                changed[body] = bodies[body] = {"body": body, "position": record.position, **row}
            case BodyReclassified() as event:
                bodies[body] |= {"sector": event.sector, "classes": written(event.classes)}
                bodies[body]["position"] = record.position
                changed[body] = bodies[body]
            case RulePackAdopted() as event:
                packs.append(
                    {
                        "body": body,
                        "position": record.position,
                        "pack": event.pack,
                        "version": event.version,
                        "title": event.title,
                        "source": event.source,
                        "since": event.since,
                        "until": event.until,
                        "members": written(event.members),
                    }
                )
            case _:
                pass
    upsert(connection, tables.bodies, changed.values())
    add(connection, tables.packs, packs)


def body_list(connection: Connection, tables: Tables, body: str | None = None) -> list[dict[str, Any]]:
    """The bodies by code; ``packs`` names of each pack the version that binds, ``adoptions`` holds every adoption."""
    bodies, packs = select(tables.bodies), select(tables.packs)
    if body is not None:
        bodies, packs = bodies.where(tables.bodies.c.body == body), packs.where(tables.packs.c.body == body)
    adoptions: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(packs.order_by(tables.packs.c.position)).mappings():
        one = {**row, "members": read(row["members"])}
        adoptions.setdefault(one.pop("body"), []).append(one)
    found = []
    for row in connection.execute(bodies.order_by(tables.bodies.c.body)).mappings():
        adopted = adoptions.get(row["body"], [])
        # As domain.rule_adoption has it: of each pack the latest day counts, and of two the last recorded.
        binding = {
            one["pack"]: one for one in sorted(adopted, key=lambda one: (one["since"], one["position"]))
        }
        names = sorted(f"{one['pack']} {one['version']}" for one in binding.values())
        found.append(
            {**row, "classes": read(row["classes"]), "packs": names, "adoptions": adopted},
        )
    return found


BODY_REGISTER = Projection(
    name="body_register",
    version=1,
    kinds=(BodyRegistered.KIND, BodyReclassified.KIND, RulePackAdopted.KIND),
    tables=tables,
    apply=apply,
    questions=(body_list,),
)

"""How a body divides its production system into assessment units, from the top down, now or at any moment (NJ-021).

With names, moves and retirements, where each unit lies, whether it comes first (NJ-026), and from which of the five
aspects it was looked at (NJ-024).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Boolean, Column, Connection, MetaData, RowMapping, Table, select

from domain.language import Moment
from domain.records import Record
from domain.unit_surveys import ASPECTS, AspectReviewed, UnitFlagged, UnitLocated
from domain.units import UnitMoved, UnitRegistered, UnitRenamed, UnitRetired
from projections import bitemporal
from projections.bitemporal import KNOWN_FOREVER, TRUE_FOREVER, Entry
from projections.bulk import TEXT, add, read, written
from projections.projection import Projection

Row = dict[str, Any]
FACETS = {"kind": "kind", "place": "parent", "name": "name", "standing": "standing"}
"""Facets that every unit has, with their first column."""
SURVEYED = {"flags": "key_post", "location": "drawing"}


class Tables(NamedTuple):
    """``units`` lists them all; a review of an aspect is a fact that stays; the others are facets."""

    units: Table
    kind: Table
    place: Table
    name: Table
    standing: Table
    flags: Table
    location: Table
    reviews: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    def facet(name: str, *columns: Column[Any]) -> Table:
        return bitemporal.facet_table(metadata, f"{prefix}{name}", list(columns))

    location = ("drawing", "outline", "system", "longitude", "latitude")
    return Tables(
        bitemporal.entity_table(metadata, f"{prefix}units"),
        facet("kind", Column("kind", TEXT)),
        facet("place", Column("parent", TEXT)),
        facet("name", Column("name", TEXT)),
        facet("standing", Column("standing", TEXT)),
        facet("flags", Column("key_post", Boolean), Column("dangerous_place", Boolean)),
        facet("location", *(Column(name, TEXT) for name in location)),
        Table(
            f"{prefix}reviews",
            metadata,
            Column("scope", TEXT, primary_key=True),
            Column("code", TEXT, primary_key=True),
            Column("position", BigInteger, primary_key=True, autoincrement=False),
            Column("happened_at", TEXT, nullable=False),
            Column("aspect", TEXT, nullable=False),
            Column("reviewed_by", TEXT, nullable=False),
            Column("findings", TEXT, nullable=False),
        ),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each record says something of one unit from its ``happened_at`` on."""
    entries: dict[str, list[Entry]] = {}
    reviews: list[Row] = []
    for record in records:
        code, said = _said(record)
        for facet, values in said.items():
            entry = Entry(record.position, record.scope, code, record.happened_at, values)
            entries.setdefault(facet, []).append(entry)
        if isinstance(record.event, AspectReviewed):
            place = {"scope": record.scope, "code": code, "position": record.position}
            by = {"happened_at": record.happened_at, "reviewed_by": written(record.event.reviewed_by)}
            reviews.append({**place, **by, "aspect": record.event.aspect, "findings": record.event.findings})
    for facet, said_of in entries.items():
        bitemporal.apply(connection, getattr(tables, facet), tables.units, said_of)
    add(connection, tables.reviews, reviews)


def _said(record: Record) -> tuple[str, dict[str, Row]]:
    """Which unit a record speaks of, and what it says of which facets."""
    match record.event:
        case UnitRegistered() as event:
            said: dict[str, Row] = {"kind": {"kind": event.kind}, "place": {"parent": event.parent}}
            return event.unit, {**said, "name": {"name": event.name}, "standing": {"standing": "in_use"}}
        case UnitMoved() as event:
            return event.unit, {"place": {"parent": event.parent}}
        case UnitRenamed() as event:
            return event.unit, {"name": {"name": event.name}}
        case UnitRetired() as event:
            return event.unit, {"standing": {"standing": "retired"}}
        case UnitFlagged() as event:
            flags = {name: name in event.flags for name in ("key_post", "dangerous_place")}
            return record.stream.rsplit("/", 1)[1], {"flags": flags}
        case UnitLocated() as event:
            outline = written(event.outline) if event.outline else None
            at = {"system": event.system, "longitude": event.longitude, "latitude": event.latitude}
            located = {"drawing": event.drawing, "outline": outline, **at}
            return record.stream.rsplit("/", 1)[1], {"location": located}
        case _:
            return record.stream.rsplit("/", 1)[1], {}


def unit_tree(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    under: str | None = None,
    true_at: Moment | None = None,
    known_at: int | None = None,
    retired: bool = False,
) -> list[Row]:
    """The units in tree order (siblings by code), as true at a moment and known by a position.

    ``under`` keeps one unit and all below it; retired ones are left out unless asked for. ``path`` and ``depth`` are
    those of that moment, ``aspects`` holds the last review of each aspect that was looked at by then, ``missing`` the
    aspects that were not.
    """
    true_at = TRUE_FOREVER if true_at is None else true_at
    known_at = KNOWN_FOREVER if known_at is None else known_at
    found = bitemporal.as_of_joined(
        connection,
        tables.units,
        (tables.kind, tables.place, tables.name, tables.standing, tables.flags, tables.location),
        scope=body,
        true_at=true_at,
        known_at=known_at,
    )
    held = {(one["scope"], one["code"]): one for one in found if one["kind"] is not None}
    paths = paths_of({key: one["parent"] for key, one in held.items()})
    kept = [
        key
        for key in sorted(held, key=lambda key: (key[0], paths[key]))
        if (under is None or under in paths[key]) and (retired or held[key]["standing"] != "retired")
    ]
    reviews = _reviews(connection, tables.reviews, body, true_at, known_at) if kept else {}
    return [_row(held[key], paths[key], reviews.get(key, {})) for key in kept]


def paths_of(parents: dict[tuple[str, str], str | None]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Of each (body, unit) the codes from the top down to itself; a parent that is not there counts as none."""
    paths: dict[tuple[str, str], tuple[str, ...]] = {}
    for key in parents:
        line = [key]
        while line[-1] not in paths:
            body, parent = line[-1][0], parents[line[-1]]
            if parent is None or (body, parent) not in parents or (body, parent) in line:
                paths[line[-1]] = (line[-1][1],)
                break
            line.append((body, parent))
        for below, above in zip(reversed(line[:-1]), reversed(line), strict=False):
            paths[below] = (*paths[above], below[1])
    return paths


def _row(found: RowMapping, path: tuple[str, ...], aspects: dict[str, Row]) -> Row:
    row = {"body": found["scope"], **found}
    del row["scope"]
    row |= {"path": "/".join(path), "depth": len(path), "outline": read(row["outline"], [])}
    row |= {flag: bool(row[flag]) for flag in ("key_post", "dangerous_place")}
    parts = {**FACETS, **SURVEYED}
    row["since"] = {part: row.pop(f"{first}_true_from") for part, first in parts.items()}
    row["positions"] = {part: row.pop(f"{first}_position") for part, first in parts.items()}
    row["position"] = row["positions"]["kind"]
    row["aspects"] = aspects
    row["missing"] = [aspect for aspect in ASPECTS if aspect not in aspects]
    return row


def _reviews(
    connection: Connection, reviews: Table, body: str | None, true_at: Moment, known_at: int
) -> dict[tuple[str, str], dict[str, Row]]:
    """By (body, unit) and aspect the last review at that moment."""
    query = select(reviews).where(reviews.c.happened_at <= true_at, reviews.c.position <= known_at)
    if body is not None:
        query = query.where(reviews.c.scope == body)
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for one in connection.execute(query.order_by(reviews.c.happened_at, reviews.c.position)).mappings():
        row = {**one, "reviewed_by": read(one["reviewed_by"])}
        found.setdefault((row.pop("scope"), row.pop("code")), {})[row.pop("aspect")] = row
    return found


UNIT_TREE = Projection(
    name="unit_tree",
    version=2,
    kinds=(
        UnitRegistered.KIND,
        UnitMoved.KIND,
        UnitRenamed.KIND,
        UnitRetired.KIND,
        UnitFlagged.KIND,
        UnitLocated.KIND,
        AspectReviewed.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(unit_tree,),
)

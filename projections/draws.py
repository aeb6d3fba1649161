"""Which draws were announced, by which seed they were held, and who was drawn; recomputed when asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, select

from domain.draws import DrawAnnounced, DrawHeld, result
from domain.language import day_of
from domain.records import Record
from projections.bulk import TEXT, read, rows_by, upsert, written
from projections.projection import Projection

Row = dict[str, Any]


class Tables(NamedTuple):
    draws: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    return Tables(
        Table(
            f"{prefix}draws",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("code", TEXT, primary_key=True),
            Column("among", TEXT, nullable=False),
            Column("population", TEXT, nullable=False),
            Column("count", Integer, nullable=False),
            Column("inspectors", TEXT, nullable=False),
            Column("each", Integer, nullable=False),
            Column("seed_from", TEXT, nullable=False),
            Column("seed_day", TEXT, nullable=False),
            Column("citation", TEXT, nullable=False),
            Column("announced_at", TEXT, nullable=False),
            Column("announced_recorded", TEXT, nullable=False),
            Column("announced_by", TEXT, nullable=False),
            Column("seed", TEXT),
            Column("drawn", TEXT),
            Column("held_at", TEXT),
            Column("held_by", TEXT),
            Column("position", BigInteger, nullable=False),
        )
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """An announcement opens a row, the draw fills it."""
    keys = {_key(one) for one in records if isinstance(one.event, DrawHeld)}
    held = {
        (row["body"], row["code"]): row
        for row in rows_by(connection, tables.draws, ("body", "code"), sorted(keys))
    }
    changed: dict[tuple[str, str], Row] = {}
    for record in records:
        key = _key(record)
        match record.event:
            case DrawAnnounced() as event:
                row: Row = {
                    "body": key[0],
                    "code": key[1],
                    "among": event.of,
                    "population": written(event.population),
                    "count": event.count,
                    "inspectors": written(event.inspectors),
                    "each": event.each,
                    "seed_from": event.seed_from,
                    "seed_day": event.seed_day,
                    "citation": written(event.citation),
                    "announced_at": record.happened_at,
                    "announced_recorded": record.recorded_at,
                    "announced_by": record.by,
                    **dict.fromkeys(("seed", "drawn", "held_at", "held_by")),
                    "position": record.position,
                }
                changed[key] = held[key] = row
            case DrawHeld() as event:
                drawn = [[one.code, list(one.inspectors)] for one in event.drawn]
                held[key] |= {"seed": event.seed, "drawn": written(drawn), "position": record.position}
                held[key] |= {"held_at": record.happened_at, "held_by": record.by}
                changed[key] = held[key]
            case _:
                pass
    upsert(connection, tables.draws, changed.values())


def _key(record: Record) -> tuple[str, str]:
    return record.scope, record.stream.rsplit("/", 1)[1]


def draw_list(
    connection: Connection, tables: Tables, body: str | None = None, code: str | None = None
) -> list[Row]:
    """The draws by body and code, with what seed and lists give when they are drawn again.

    ``same``: the recorded result is that one. ``list_in_time``: the list was recorded before the seed's day, so that
    nobody could choose the list by the seed.
    """
    table = tables.draws
    query = select(table).order_by(table.c.body, table.c.code)
    if body is not None:
        query = query.where(table.c.body == body)
    if code is not None:
        query = query.where(table.c.code == code)
    return [_checked(dict(row)) for row in connection.execute(query).mappings()]


def _checked(row: Row) -> Row:
    row |= {key: read(row[key]) for key in ("population", "inspectors", "drawn", "citation")}
    announced = DrawAnnounced(
        row["among"],
        tuple(row["population"]),
        row["count"],
        tuple(row["inspectors"]),
        row["each"],
        row["seed_from"],
        row["seed_day"],
        None,
    )
    again = None
    if row["seed"] is not None:
        again = [[one.code, list(one.inspectors)] for one in result(announced, row["seed"])]
    same = None if again is None else again == row["drawn"]
    return {
        **row,
        "to_draw": row["count"],
        "standing": "announced" if again is None else "held",
        "again": again,
        "same": same,
        "list_in_time": day_of(row["announced_recorded"]) < row["seed_day"],
    }


DRAWS = Projection(
    name="draws",
    version=1,
    kinds=(DrawAnnounced.KIND, DrawHeld.KIND),
    tables=tables,
    apply=apply,
    questions=(draw_list,),
)

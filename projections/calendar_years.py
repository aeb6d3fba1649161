"""Which notices on the holidays of a year were recorded, each with what it changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, select

from domain.calendar_notices import YearSettled
from domain.records import Record
from projections.bulk import TEXT, add, read, written
from projections.projection import Projection


class Tables(NamedTuple):
    notices: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    return Tables(
        Table(
            f"{prefix}notices",
            metadata,
            Column("position", BigInteger, primary_key=True, autoincrement=False),
            Column("year", Integer, nullable=False),
            Column("title", TEXT, nullable=False),
            Column("number", TEXT, nullable=False),
            Column("rest", TEXT, nullable=False),
            Column("work", TEXT, nullable=False),
            Column("changed", TEXT, nullable=False),
            Column("settled_at", TEXT, nullable=False),
            Column("settled_by", TEXT, nullable=False),
            Column("recorded_at", TEXT, nullable=False),
        )
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Every notice is a row; of several on one year the last recorded counts."""
    rows = [
        {
            "position": record.position,
            "year": record.event.year,
            "title": record.event.title,
            "number": record.event.number,
            "rest": written([[one.name, one.first, one.last] for one in record.event.rest]),
            "work": written(record.event.work),
            "changed": written(record.event.changed),
            "settled_at": record.happened_at,
            "settled_by": record.by,
            "recorded_at": record.recorded_at,
        }
        for record in records
        if isinstance(record.event, YearSettled)
    ]
    add(connection, tables.notices, rows)


def year_notices(connection: Connection, tables: Tables) -> list[dict[str, Any]]:
    """The recorded notices in the order of recording; ``rest`` as [name, first, last]."""
    found = connection.execute(select(tables.notices).order_by(tables.notices.c.position)).mappings()
    return [{**row, **{key: read(row[key]) for key in ("rest", "work", "changed")}} for row in found]


CALENDAR_YEARS = Projection(
    name="calendar_years",
    version=1,
    kinds=(YearSettled.KIND,),
    tables=tables,
    apply=apply,
    questions=(year_notices,),
)

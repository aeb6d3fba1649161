"""The authorities' inspections of a body: who came when, what they found and ordered, and how late the answer was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Connection, Integer, MetaData, Table, select

from domain.language import day_of, days_late
from domain.records import Record
from domain.visits import VisitAnswered, VisitRecorded
from projections.bulk import TEXT, read, rows_by, upsert, written
from projections.projection import Projection

Row = dict[str, Any]
KEY = ("body", "code")


def tables(metadata: MetaData, prefix: str) -> Table:
    return Table(
        f"{prefix}visits",
        metadata,
        *(Column(name, TEXT, primary_key=True) for name in KEY),
        *(Column(name, TEXT, nullable=False) for name in ("authority", "name", "kind", "report", "findings")),
        *(Column(name, TEXT) for name in ("order_due", "answered_at", "answered_by", "answer")),
        Column("interviewed", Boolean, nullable=False),
        Column("days_late", Integer),
        Column("days_late_recorded", Integer),
        Column("visited_at", TEXT, nullable=False),
        Column("recorded_at", TEXT, nullable=False),
        Column("position", BigInteger, nullable=False),
    )


def apply(records: Sequence[Record], connection: Connection, table: Table) -> None:
    """A row for each visit; its answer is added to it."""
    keys = [_key(one) for one in records if isinstance(one.event, VisitAnswered)]
    held = {(row["body"], row["code"]): row for row in rows_by(connection, table, KEY, sorted(set(keys)))}
    for record in records:
        key = _key(record)
        match record.event:
            case VisitRecorded() as event:
                told = {name: getattr(event, name) for name in ("authority", "name", "kind", "report")}
                about = {"order_due": event.order_due, "interviewed": event.interviewed}
                when = {"visited_at": record.happened_at, "recorded_at": record.recorded_at}
                row: Row = dict.fromkeys(column.name for column in table.columns)
                row |= {"body": key[0], "code": key[1], **told, **about, **when}
                row |= {"findings": written([asdict(one) for one in event.findings])}
                held[key] = {**row, "position": record.position}
            case VisitAnswered() as event:
                held[key] |= {
                    "answered_at": record.happened_at,
                    "answered_by": record.by,
                    "answer": event.answer,
                    "days_late": event.days_late,
                    "days_late_recorded": days_late(event.order_due, day_of(record.recorded_at)),
                }
            case _:
                pass
    upsert(connection, table, held.values())


def _key(record: Record) -> tuple[str, str]:
    return record.scope, record.stream.rsplit("/", 1)[1]


def visit_list(
    connection: Connection, table: Table, body: str | None = None, open_only: bool = False
) -> list[Row]:
    """The visits, the earliest first; ``open_only`` keeps those whose order nobody answered yet."""
    query = select(table).order_by(table.c.body, table.c.visited_at, table.c.code)
    if body is not None:
        query = query.where(table.c.body == body)
    if open_only:
        query = query.where(table.c.order_due.is_not(None), table.c.answered_at.is_(None))
    rows = [dict(row) for row in connection.execute(query).mappings()]
    for row in rows:
        row["findings"] = read(row["findings"])
        row["finding_count"] = len(row["findings"])
    return rows


VISITS = Projection(
    name="visits",
    version=1,
    kinds=(VisitRecorded.KIND, VisitAnswered.KIND),
    tables=tables,
    apply=apply,
    questions=(visit_list,),
)

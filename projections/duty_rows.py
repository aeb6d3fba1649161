"""What is owed, by whom and by which day, what the clock has said about it, and how late it was answered.

An overdue that was recorded stays in the row, and so does the most days by which any answer came late.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    RowMapping,
    Table,
    literal,
    select,
    tuple_,
)

from domain.duties import DutyAnswered, DutyExtended, DutyFellDue, DutyOverdue, DutyRaised, DutyResumed
from domain.language import Day, day_after, day_of, days_late
from domain.records import Record
from projections.bulk import TEXT, read, rows_by, upsert, written
from projections.projection import Projection


class Tables(NamedTuple):
    duties: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    texts = ("rule", "subject_kind", "subject", "owed_by")
    return Tables(
        Table(
            f"{prefix}duties",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("duty", TEXT, primary_key=True),
            Column("stream", TEXT, nullable=False),
            *(Column(name, TEXT, nullable=False) for name in texts),
            Column("due", TEXT, nullable=False),
            Column("step", TEXT, nullable=False),
            Column("act_on", TEXT),  # the day on which the clock speaks next; NULL when it has nothing to say
            Column("fell_due", TEXT),
            Column("overdue", TEXT),
            Column("answered_on", TEXT),
            Column("answered_by", TEXT),
            Column("days_late", Integer),
            Column("days_late_recorded", Integer),
            Column("citation", TEXT, nullable=False),
            Column("position", BigInteger, nullable=False),
            Index(f"ix_{prefix}duties_due", "step", "due"),
            Index(f"ix_{prefix}duties_act", "act_on", "due", "body", "duty"),
            Index(f"ix_{prefix}duties_person", "owed_by", "step"),
        )
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each duty's row follows its records; the rows that a batch touches are read once and written once."""
    keys = {(record.scope, record.stream.rsplit("/", 1)[1]) for record in records}
    rows = {(row["body"], row["duty"]): row for row in rows_by(connection, tables.duties, KEY, sorted(keys))}
    for record in records:
        key = (record.scope, record.stream.rsplit("/", 1)[1])
        match record.event:
            case DutyRaised() as event:
                rows[key] = _raised(record, key, event)
            case DutyExtended() as event:
                rows[key]["due"] = event.due
            case DutyFellDue() as event:
                rows[key]["fell_due"] = event.due
            case DutyOverdue() as event:
                rows[key]["overdue"] = event.due
            case DutyAnswered() as event:
                row = rows[key]
                as_recorded = days_late(event.due, event.recorded_on or day_of(record.recorded_at))
                row["days_late"] = max(row["days_late"] or 0, event.days_late)
                row["days_late_recorded"] = max(row["days_late_recorded"] or 0, as_recorded)
                row |= {
                    "step": "answered",
                    "answered_on": event.answered_on,
                    "answered_by": event.answered_by,
                }
            case DutyResumed():
                rows[key] |= {"step": "open", "answered_on": None, "answered_by": None}
            case _:
                pass
        rows[key]["position"] = record.position
    for row in rows.values():
        row["act_on"] = _act_on(row)
    upsert(connection, tables.duties, rows.values())


KEY = ("body", "duty")


def _raised(record: Record, key: tuple[str, str], event: DutyRaised) -> dict[str, Any]:
    unsaid = ("fell_due", "overdue", "answered_on", "answered_by", "days_late", "days_late_recorded")
    return {
        "body": key[0],
        "duty": key[1],
        "stream": record.stream,
        "rule": event.rule,
        "subject_kind": event.subject_kind,
        "subject": event.subject,
        "owed_by": event.owed_by,
        "due": event.due,
        "step": "open",
        "citation": written(event.citation),
        **dict.fromkeys(unsaid),
    }


def _act_on(row: dict[str, Any]) -> Day | None:
    """The day from which the clock has something to say: the due day itself, then the day after it."""
    due: Day = row["due"]
    if row["step"] != "open" and not row["days_late"]:
        return None  # answered in time; a late answer does not spare the clock from saying that the day had passed
    if row["fell_due"] != due:
        return due
    return None if row["overdue"] == due else day_after(due)


def due_by(
    connection: Connection,
    tables: Tables,
    by: Day,
    after: tuple[Day, str, str] | None = None,
    limit: int | None = None,
) -> list[dict[str, Any]]:
    """The open duties about which the clock has something to say by that day, by (due, body, code).

    The marks are about this very due day. ``after`` continues behind a (due, body, code).
    """
    duties = tables.duties.c
    query = select(duties.body, duties.duty, duties.due, duties.fell_due, duties.overdue)
    query = query.where(duties.act_on <= by).order_by(duties.due, duties.body, duties.duty).limit(limit)
    if after is not None:
        behind = tuple_(*(literal(one, TEXT) for one in after))
        query = query.where(tuple_(duties.due, duties.body, duties.duty) > behind)
    return [
        {
            "body": row.body,
            "code": row.duty,
            "due": row.due,
            "marked_due": row.fell_due == row.due,
            "marked_overdue": row.overdue == row.due,
        }
        for row in connection.execute(query)
    ]


def duties(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    person: str | None = None,
    open_only: bool = False,
    limit: int | None = None,
    after: tuple[Day, str, str] | None = None,
) -> list[dict[str, Any]]:
    """The duties by (due, body, code); ``after`` continues behind one. ``overdue``: that was ever recorded."""
    columns = tables.duties.c
    query = select(tables.duties).order_by(columns.due, columns.body, columns.duty).limit(limit)
    for column, wanted in ((columns.body, body), (columns.owed_by, person)):
        if wanted is not None:
            query = query.where(column == wanted)
    if open_only:
        query = query.where(columns.step == "open")
    if after is not None:
        behind = tuple_(*(literal(one, TEXT) for one in after))
        query = query.where(tuple_(columns.due, columns.body, columns.duty) > behind)
    return [_row(row) for row in connection.execute(query).mappings()]


def _row(found: RowMapping) -> dict[str, Any]:
    row = {"body": found["body"], "code": found["duty"], **found}
    row["citation"] = read(row["citation"])
    row["overdue"] = row["overdue"] is not None
    row["fell_due"] = row["fell_due"] == row["due"]
    del row["duty"], row["act_on"]
    return row


DUTY_ROWS = Projection(
    name="duty_rows",
    version=1,
    kinds=(
        DutyRaised.KIND,
        DutyExtended.KIND,
        DutyFellDue.KIND,
        DutyOverdue.KIND,
        DutyAnswered.KIND,
        DutyResumed.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(due_by, duties),
)

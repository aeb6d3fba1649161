"""Which reports there are, what each edition pinned, how far it has come, and how late it was handed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, Table, select

from domain.language import day_of, days_late
from domain.records import Record
from domain.reports import (
    ReportAcknowledged,
    ReportApproved,
    ReportCompiled,
    ReportCorrected,
    ReportReturned,
    ReportSubmitted,
)
from projections.bulk import TEXT, add, read, rows_by, upsert, written
from projections.projection import Projection

Row = dict[str, Any]
KEY = ("body", "report", "edition")
_PINNED = ("kind", "period", "first", "last", "as_of", "template", "content", "html_zh", "html_en")
_STEPS = ("approved", "submitted", "acknowledged", "returned")


class Tables(NamedTuple):
    reports: Table
    addenda: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    steps = [Column(f"{step}_{part}", TEXT) for step in _STEPS for part in ("at", "by")]
    return Tables(
        Table(
            f"{prefix}reports",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("report", TEXT, primary_key=True),
            Column("edition", Integer, primary_key=True, autoincrement=False),
            *(Column(name, TEXT, nullable=False) for name in _PINNED),
            Column("known_at", BigInteger, nullable=False),
            *(Column(name, TEXT) for name in ("figures", "citation", "due", "compiled_by", "compiled_at")),
            *steps,
            *(Column(name, TEXT) for name in ("submitted_to", "reference", "receipt", "reason")),
            Column("days_late", Integer),
            Column("days_late_recorded", Integer),
            Column("step", TEXT, nullable=False),
            Column("position", BigInteger, nullable=False),
            Index(f"ix_{prefix}reports_period", "kind", "period"),
        ),
        Table(
            f"{prefix}addenda",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("report", TEXT, primary_key=True),
            Column("addendum", Integer, primary_key=True, autoincrement=False),
            Column("edition", Integer, nullable=False),
            *(
                Column(name, TEXT, nullable=False)
                for name in ("reason", "corrections", "corrected_by", "corrected_at")
            ),
            Column("position", BigInteger, nullable=False),
        ),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """A row for each edition, which its later steps complete, and one for each addendum."""
    touched = {_key(one) for one in records if not isinstance(one.event, ReportCompiled | ReportCorrected)}
    held = {_row_key(row): row for row in rows_by(connection, tables.reports, KEY, sorted(touched))}
    changed: dict[tuple[str, str, int], Row] = {}
    addenda: list[Row] = []
    for record in records:
        event, key = record.event, _key(record)
        if isinstance(event, ReportCompiled):
            held[key] = _compiled(tables.reports, record, event)
        elif isinstance(event, ReportCorrected):
            addenda.append(_addendum(record, event))
            continue
        else:
            held[key] |= _stepped(record)
        changed[key] = held[key]
    upsert(connection, tables.reports, changed.values())
    add(connection, tables.addenda, addenda)


def _key(record: Record) -> tuple[str, str, int]:
    edition: int = record.event.edition  # type: ignore[attr-defined]  # every event of a report has its edition
    return record.scope, record.stream.rsplit("/", 1)[1], edition


def _row_key(row: Row) -> tuple[str, str, int]:
    return row["body"], row["report"], row["edition"]


def _compiled(table: Table, record: Record, event: ReportCompiled) -> Row:
    row: Row = dict.fromkeys(column.name for column in table.columns)
    row |= dict(zip(KEY, _key(record), strict=True))
    row |= {name: getattr(event, name) for name in _PINNED}
    row |= {"known_at": event.position, "due": event.due, "compiled_at": record.happened_at}
    row |= {"figures": written(event.figures), "compiled_by": written(event.compiled_by)}
    row |= {"citation": None if event.citation is None else written(event.citation)}
    return {**row, "step": "compiled", "position": record.position}


def _stepped(record: Record) -> Row:
    event, said = record.event, Row()
    match event:
        case ReportApproved():
            step = "approved"
        case ReportSubmitted():
            recorded = None if event.due is None else days_late(event.due, day_of(record.recorded_at))
            step, said = "submitted", {"submitted_to": event.to, "reference": event.reference}
            said |= {"due": event.due, "days_late": event.days_late, "days_late_recorded": recorded}
        case ReportAcknowledged():
            step, said = "acknowledged", {"receipt": event.receipt}
        case ReportReturned():
            step, said = "returned", {"reason": event.reason}
        case _:
            return {}
    told = {"step": step, f"{step}_at": record.happened_at, f"{step}_by": record.by}
    if isinstance(event, ReportAcknowledged | ReportReturned):
        told[f"{step}_by"] = getattr(event, f"{step}_by")
    return {**said, **told, "position": record.position}


def _addendum(record: Record, event: ReportCorrected) -> Row:
    body, report, edition = _key(record)
    about = {"body": body, "report": report, "edition": edition, "addendum": event.addendum}
    said = {"reason": event.reason, "corrections": written(event.corrections)}
    by = {"corrected_by": record.by, "corrected_at": record.happened_at}
    return {**about, **said, **by, "position": record.position}


def report_list(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    kind: str | None = None,
    report: str | None = None,
    editions: bool = False,
) -> list[Row]:
    """The reports by body, kind and period, each with its last edition (or all of them) and its addenda."""
    columns = tables.reports.c
    order = (columns.body, columns.kind, columns.first, columns.report, columns.edition)
    query = select(tables.reports).order_by(*order)
    more = select(tables.addenda).order_by(tables.addenda.c.addendum)
    for name, wanted in (("body", body), ("report", report)):
        if wanted is not None:
            query = query.where(columns[name] == wanted)
            more = more.where(tables.addenda.c[name] == wanted)
    if kind is not None:
        query = query.where(columns.kind == kind)
    addenda: dict[tuple[str, str], list[Row]] = {}
    for one in connection.execute(more).mappings():
        row = {**one, "corrections": read(one["corrections"])}
        addenda.setdefault((row.pop("body"), row.pop("report")), []).append(row)
    rows: list[Row] = []
    for one in connection.execute(query).mappings():
        row = {**one, "addenda": addenda.get((one["body"], one["report"]), [])}
        for name, empty in (("figures", {}), ("citation", None), ("compiled_by", [])):
            row[name] = read(row[name], empty)
        if not editions and rows and (rows[-1]["body"], rows[-1]["report"]) == (row["body"], row["report"]):
            rows.pop()
        rows.append(row)
    return rows


REPORTS = Projection(
    name="reports",
    version=1,
    kinds=(
        ReportCompiled.KIND,
        ReportApproved.KIND,
        ReportSubmitted.KIND,
        ReportAcknowledged.KIND,
        ReportReturned.KIND,
        ReportCorrected.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(report_list,),
)

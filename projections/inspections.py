"""Inspections with every answer, its evidence and its hazard, what was said later, and how late each was (NJ-062).

A round that was missed stays missed, however it was made up for; lateness counts by when it was completed and by when
that was recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, Table, select

from domain.inspection_addenda import InspectionAddendumAdded, InspectionRechecked
from domain.inspection_answers import InspectionCompleted, InspectionStarted, ItemAnswered
from domain.inspection_rounds import InspectionMissed, InspectionPlanned
from domain.inspection_state import RoundPlan
from domain.language import Day, day_after, day_of, days_late, start_of
from domain.records import Record
from projections.bulk import TEXT, add, read, rows_by, upsert, written
from projections.projection import Projection

Row = dict[str, Any]
KEY = ("body", "code")
ROUND = ("checklist", "tier", "period", "owed_by", "opens", "due")
LISTS = ("inspectors", "methods", "aspects", "examined", "signed_by")
COUNTS = ("passed", "failed", "not_applicable", "not_looked_at")
NUMBERS = (
    "version",
    "item_count",
    "answered",
    *COUNTS,
    "days_late",
    "days_late_recorded",
    "rechecks",
    "addenda",
)
TIMES = ("started_at", "completed_at", "completed_recorded_at", "missed_at", "recorded_at")


class Tables(NamedTuple):
    """``later`` holds addenda and re-checks; ``round_items`` what each round was to look at."""

    inspections: Table
    round_items: Table
    answers: Table
    later: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    def keys(*names: str) -> list[Column[Any]]:
        return [Column(name, TEXT, primary_key=True) for name in names]

    return Tables(
        Table(
            f"{prefix}inspections",
            metadata,
            *keys(*KEY),
            Column("step", TEXT, nullable=False),
            *(Column(name, TEXT) for name in (*ROUND, *LISTS, *TIMES, "place", "statement", "signature")),
            Column("missed_step", TEXT),
            Column("begins", TEXT, nullable=False),
            *(Column(name, Integer) for name in NUMBERS),
            Column("position", BigInteger, nullable=False),
            Index(f"ix_{prefix}inspections_begins", "body", "begins"),
        ),
        Table(
            f"{prefix}round_items",
            metadata,
            *keys("body", "inspection", "item"),
            Column("number", Integer, nullable=False),
            Column("unit", TEXT, nullable=False),
            Column("risk", TEXT),
            Column("control", TEXT),
        ),
        Table(
            f"{prefix}answers",
            metadata,
            *keys("body", "inspection", "item"),
            Column("checklist", TEXT, nullable=False),
            *(Column(name, TEXT, nullable=False) for name in ("answer", "done_at", "recorded_at")),
            *(Column(name, TEXT) for name in ("remark", "place", "lacking", "evidence", "answered_by")),
            Column("hazard", TEXT),
            Column("position", BigInteger, nullable=False),
            Index(f"ix_{prefix}answers_item", "body", "checklist", "item", "done_at"),
        ),
        Table(
            f"{prefix}later",
            metadata,
            *keys("body", "inspection"),
            Column("position", BigInteger, primary_key=True, autoincrement=False),
            *(Column(name, TEXT, nullable=False) for name in ("kind", "text", "by", "at", "recorded_at")),
            *(Column(name, TEXT) for name in ("items", "was", "should_be", "verdict", "evidence", "hazard")),
        ),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each record opens an inspection's row or adds to it; an answer, an addendum and a re-check have a row each."""
    found = rows_by(connection, tables.inspections, KEY, sorted({_key(one) for one in records}))
    held = {(row["body"], row["code"]): row for row in found}
    items: list[Row] = []
    answers: list[Row] = []
    later: list[Row] = []
    for record in records:
        key = _key(record)
        row = held.get(key) or _opened(tables.inspections, record, key)
        held[key] = row
        at = {"body": key[0], "inspection": key[1]}
        match record.event:
            case InspectionPlanned() as event:
                row |= {**_planned(event.plan), "begins": start_of(event.plan.opens)}
            case InspectionStarted() as event:
                row |= _started(event)
                items += [
                    {**at, "number": number, **vars(one)} for number, one in enumerate(event.items, start=1)
                ]
            case ItemAnswered() as event:
                row["answered"] += 1
                answers.append({**at, "checklist": row["checklist"], **_answer(record, event)})
            case InspectionCompleted() as event:
                row |= _completed(record, event)
            case InspectionMissed() as event:
                row |= {"missed_at": record.happened_at, "missed_step": event.step}
            case InspectionAddendumAdded() as event:
                row["addenda"] += 1
                later.append({**at, **_addendum(record, event)})
            case InspectionRechecked() as event:
                row["rechecks"] += 1
                later.append({**at, **_recheck(record, event)})
            case _:
                pass
    upsert(connection, tables.inspections, held.values())
    add(connection, tables.round_items, items)
    add(connection, tables.answers, answers)
    add(connection, tables.later, later)


def _key(record: Record) -> tuple[str, str]:
    return record.scope, record.stream.rsplit("/", 1)[1]


def _opened(table: Table, record: Record, key: tuple[str, str]) -> Row:
    row: Row = dict.fromkeys(column.name for column in table.columns)
    counted = {"answered": 0, "rechecks": 0, "addenda": 0}
    about = {"recorded_at": record.recorded_at, "position": record.position}
    return {**row, **counted, **about, "body": key[0], "code": key[1], "step": "planned"}


def _planned(plan: RoundPlan) -> Row:
    return {name: getattr(plan, name) for name in ROUND}


def _started(event: InspectionStarted) -> Row:
    lists = {name: written(getattr(event, name)) for name in ("inspectors", "methods", "aspects", "examined")}
    of = {"checklist": event.checklist, "version": event.version, "tier": event.tier, "period": event.period}
    when = {"started_at": event.started_at, "begins": event.started_at, "place": event.place}
    return {**lists, **of, **when, "item_count": len(event.items), "step": "started"}


def _answer(record: Record, event: ItemAnswered) -> Row:
    return {
        **{
            name: getattr(event, name) for name in ("item", "answer", "remark", "place", "lacking", "done_at")
        },
        "evidence": written(event.evidence),
        "answered_by": written(event.answered_by),
        "hazard": event.failure.hazard if event.failure else None,
        "recorded_at": record.recorded_at,
        "position": record.position,
    }


def _completed(record: Record, event: InspectionCompleted) -> Row:
    due = event.plan.due if event.plan else None
    when = {"completed_at": event.completed_at, "completed_recorded_at": record.recorded_at}
    late = None if due is None else days_late(due, day_of(record.recorded_at))
    signed = {"signed_by": written(event.signed_by), "statement": event.statement}
    counts = {name: getattr(event, name) for name in COUNTS}
    days = {"days_late": None if due is None else event.days_late, "days_late_recorded": late}
    return {**when, **signed, **counts, **days, "signature": event.signature, "step": "completed"}


def _addendum(record: Record, event: InspectionAddendumAdded) -> Row:
    return {
        **_later(record, "addendum", event.text, event.evidence),
        "items": written([event.item] if event.item else []),
        "was": event.was,
        "should_be": event.should_be,
        "hazard": event.failure.hazard if event.failure else None,
    }


def _recheck(record: Record, event: InspectionRechecked) -> Row:
    said = {"items": written(event.items), "verdict": event.verdict}
    return {**_later(record, "recheck", event.findings, event.evidence), **said}


def _later(record: Record, kind: str, text: str, evidence: Sequence[str]) -> Row:
    when = {"at": record.happened_at, "recorded_at": record.recorded_at, "position": record.position}
    none = dict.fromkeys(("was", "should_be", "verdict", "hazard"))
    return {"kind": kind, "text": text, "by": record.by, "evidence": written(evidence), **when, **none}


def inspection_list(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    since: Day | None = None,
    until: Day | None = None,
    checklist: str | None = None,
    tier: str | None = None,
    person: str | None = None,
    step: str | None = None,
    missed: bool = False,
    code: str | None = None,
    limit: int | None = None,
) -> list[Row]:
    """The inspections that began (or may begin) from a day to a day, the earliest first.

    ``person`` owes it or made it; ``missed`` keeps those whose last day passed, also if they were made up for.
    """
    one = tables.inspections.c
    query = select(tables.inspections).order_by(one.body, one.begins, one.code)
    for column, value in ((one.body, body), (one.checklist, checklist), (one.tier, tier), (one.code, code)):
        if value is not None:
            query = query.where(column == value)
    if step is not None:
        query = query.where(one.step == step)
    if since is not None:
        query = query.where(one.begins >= start_of(since))
    if until is not None:
        query = query.where(one.begins < start_of(day_after(until)))
    if missed:
        query = query.where(one.missed_at.is_not(None))
    if limit is not None and person is None:
        query = query.limit(limit)
    rows = [_told(dict(row)) for row in connection.execute(query).mappings()]
    if person is not None:
        rows = [row for row in rows if row["owed_by"] == person or person in (row["inspectors"] or [])]
    return rows[:limit]


def _told(row: Row) -> Row:
    row |= {name: read(row[name]) for name in LISTS}
    row["missed"] = row["missed_at"] is not None
    open_still = row["missed"] and row["step"] != "completed"
    row["standing"] = f"inspection_missed_{row['step']}" if open_still else f"inspection_{row['step']}"
    return row


def inspection_answers(connection: Connection, tables: Tables, body: str, inspection: str) -> list[Row]:
    """What a round was to look at, in the checklist's order, with what was found; not answered yet: nulls."""
    place = [(body, inspection)]
    at = ("body", "inspection")
    answers = {row["item"]: row for row in rows_by(connection, tables.answers, at, place)}
    items = sorted(rows_by(connection, tables.round_items, at, place), key=lambda one: int(one["number"]))
    said = ("answer", "remark", "done_at", "recorded_at", "place", "lacking", "hazard", "position")
    rows = []
    for one in items:
        answer = answers.get(one["item"], {})
        lists = {name: read(answer.get(name), []) for name in ("evidence", "answered_by")}
        rows.append({**one, **{name: answer.get(name) for name in said}, **lists})
    return rows


def said_later(connection: Connection, tables: Tables, body: str, inspection: str) -> list[Row]:
    """Addenda and re-checks of an inspection in their order."""
    rows = rows_by(connection, tables.later, ("body", "inspection"), [(body, inspection)])
    for row in rows:
        row |= {"items": read(row["items"], []), "evidence": read(row["evidence"], [])}
    return sorted(rows, key=lambda row: int(row["position"]))


INSPECTIONS = Projection(
    name="inspections",
    version=1,
    kinds=(
        InspectionPlanned.KIND,
        InspectionStarted.KIND,
        ItemAnswered.KIND,
        InspectionCompleted.KIND,
        InspectionMissed.KIND,
        InspectionAddendumAdded.KIND,
        InspectionRechecked.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(inspection_list, inspection_answers, said_later),
)

"""Neighbours, the works that may reach them, and of each: when it was told, what it answered, and what is still open.

Both clocks are told: in time or late by when it happened, and by when it was recorded (YT-28).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Boolean, Column, Connection, Integer, MetaData, Table, select

from domain.language import Day, day_of, days_late
from domain.neighbours import NeighbourEnded, NeighbourRegistered, WatchRecorded
from domain.records import Record
from domain.work_telling import NeighbourAffected, NeighbourAnswered, NeighbourTold, ObjectionWeighed
from domain.works import WorkDeclared, WorkEnded, WorkMoved, WorkStarted
from projections.bulk import TEXT, read, written
from projections.merging import merge
from projections.projection import Projection

Row = dict[str, Any]


DECLARED = ("kind", "unit", "title", "what", "starts", "ends", "nobody_because", "tell_by", "owed_by")


ANSWER = ("answer", "words", "answered_at", "outcome", "weighed_by", "weighed_at")


class Tables(NamedTuple):
    """``notices``: one row for each neighbour of each work."""

    neighbours: Table
    watches: Table
    works: Table
    notices: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    def table(name: str, keys: Sequence[str], *columns: str, more: Iterable[Column[Any]] = ()) -> Table:
        return Table(
            f"{prefix}{name}",
            metadata,
            *(Column(one, TEXT, primary_key=True) for one in keys),
            *(Column(one, TEXT) for one in columns),
            *more,
            Column("position", BigInteger, nullable=False),
        )

    neighbour = ("kind", "name", "place", "reached_by", "known_as", "registered_at", "ended_at", "reason")
    life = ("step", "declared_by", "started_at", "started_by", "emergency", "unheard", "ended_at", "outcome")
    notice = (
        "added_because",
        "told_at",
        "told_recorded",
        "told_by",
        "means",
        "told",
        "told_for",
        "answer_by",
    )
    late: list[Column[Any]] = [Column("days_late", Integer), Column("after_start", Boolean)]
    return Tables(
        table("neighbours", ("body", "code"), *neighbour),
        Table(
            f"{prefix}watches",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("neighbour", TEXT, primary_key=True),
            Column("number", Integer, primary_key=True, autoincrement=False),
            *(Column(one, TEXT) for one in ("kind", "what", "outcome", "inspected_by", "at", "evidence")),
            Column("position", BigInteger, nullable=False),
        ),
        table("works", ("body", "code"), *DECLARED, "citation", *life),
        table("notices", ("body", "work", "neighbour"), *notice, *ANSWER, "told_again", more=late),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each record opens a row or adds to one."""
    for table, changes in zip(tables, (_neighbour, _watch, _work, _notice), strict=True):
        merge(connection, table, (one for record in records for one in changes(record)))


Change = Iterator[tuple[tuple[Any, ...], Row]]


def _place(record: Record) -> tuple[str, str]:
    return record.scope, record.stream.rsplit("/", 1)[1]


def _neighbour(record: Record) -> Change:
    match record.event:
        case NeighbourRegistered() as event:
            told: Row = {
                "kind": event.kind,
                "name": event.name,
                "place": event.place,
                "reached_by": event.reached_by,
            }
            told |= {"known_as": event.known_as, "registered_at": record.happened_at}
            yield _place(record), {**told, "position": record.position}
        case NeighbourEnded() as event:
            ended: Row = {"ended_at": record.happened_at, "reason": event.reason}
            yield _place(record), {**ended, "position": record.position}
        case _:
            pass


def _watch(record: Record) -> Change:
    match record.event:
        case WatchRecorded() as event:
            told: Row = {
                "kind": event.kind,
                "what": event.what,
                "outcome": event.outcome,
                "at": record.happened_at,
            }
            told |= {"inspected_by": event.inspected_by, "evidence": written(event.evidence)}
            yield (*_place(record), event.number), {**told, "position": record.position}
        case _:
            pass


def _work(record: Record) -> Change:
    position = {"position": record.position}
    match record.event:
        case WorkDeclared() as event:
            told: Row = {name: getattr(event, name) for name in DECLARED}
            told |= {"citation": written(event.citation), "step": "declared", "declared_by": record.by}
            yield _place(record), told | position
        case WorkMoved() as event:
            moved: Row = {"starts": event.starts, "ends": event.ends, "tell_by": event.tell_by}
            yield _place(record), moved | {"owed_by": event.owed_by} | position
        case WorkStarted() as event:
            unheard: Row = {"untold": event.untold, "awaited": event.awaited, "objecting": event.objecting}
            begun: Row = {"step": "started", "started_at": event.started_at, "started_by": event.started_by}
            begun |= {"emergency": event.emergency, "unheard": written(unheard)}
            yield _place(record), begun | position
        case WorkEnded() as event:
            step = "cancelled" if event.how == "cancelled" else "ended"
            ended: Row = {"step": step, "ended_at": record.happened_at, "outcome": event.what}
            yield _place(record), ended | position
        case _:
            pass


def _notice(record: Record) -> Change:
    position = {"position": record.position}

    def key(neighbour: str) -> tuple[str, str, str]:
        return (*_place(record), neighbour)

    match record.event:
        case WorkDeclared() as event:
            for one in event.affects:
                yield key(one), {"added_because": "", **position}
        case NeighbourAffected() as event:
            yield key(event.neighbour), {"added_because": event.reason, **position}
        case NeighbourTold(earlier=True) as event:
            yield key(event.neighbour), position
        case NeighbourTold() as event:
            told: Row = {
                "told_at": record.happened_at,
                "told_recorded": record.recorded_at,
                "told_for": event.starts,
            }
            told |= {"told_by": event.told_by, "means": event.means, "told": event.told}
            told |= {
                "answer_by": event.answer_by,
                "days_late": event.days_late,
                "after_start": event.after_start,
                "told_again": "yes",  # an answer from before is none to this notice
            }
            yield key(event.neighbour), told | position
        case NeighbourAnswered() as event:
            answer: Row = {"answer": event.answer, "words": event.words, "answered_at": record.happened_at}
            again = dict.fromkeys(("outcome", "weighed_by", "weighed_at"))
            yield key(event.neighbour), answer | again | {"told_again": None} | position
        case ObjectionWeighed() as event:
            weighed: Row = {"outcome": event.outcome, "weighed_by": event.weighed_by}
            weighed |= {"weighed_at": record.happened_at, "told_again": None}
            yield key(event.neighbour), weighed | position
        case _:
            pass


def neighbour_list(
    connection: Connection, tables: Tables, body: str | None = None, ever: bool = False
) -> list[Row]:
    """The neighbours by body and code (with ``ever``: former ones too), and how each watched over us."""
    table = tables.neighbours
    query = select(table).order_by(table.c.body, table.c.code)
    if body is not None:
        query = query.where(table.c.body == body)
    if not ever:
        query = query.where(table.c.ended_at.is_(None))
    watched = tables.watches
    asked = select(watched).order_by(watched.c.body, watched.c.neighbour, watched.c.number)
    watches: dict[tuple[str, str], list[Row]] = {}
    for one in connection.execute(asked if body is None else asked.where(watched.c.body == body)).mappings():
        told = {
            name: one[name]
            for name in ("number", "kind", "what", "outcome", "inspected_by", "at", "position")
        }
        watches.setdefault((one["body"], one["neighbour"]), []).append(
            {**told, "evidence": read(one["evidence"])}
        )
    found = connection.execute(query).mappings()
    return [{**row, "watches": watches.get((row["body"], row["code"]), [])} for row in found]


def work_list(
    connection: Connection, tables: Tables, today: Day, body: str | None = None, ever: bool = False
) -> list[Row]:
    """The works not ended (with ``ever``: all), the next to begin first, with what every neighbour waits for.

    ``ready``: everybody was told, asked and weighed, so that it may begin as far as neighbours are concerned; None of a
    work that began already or never will.
    """
    table = tables.works
    query = select(table).order_by(table.c.starts, table.c.body, table.c.code)
    if body is not None:
        query = query.where(table.c.body == body)
    if not ever:
        query = query.where(table.c.step.in_(("declared", "started")))
    notices: dict[tuple[str, str], list[Row]] = {}
    for one in work_notices(connection, tables, today, body):
        notices.setdefault((one["body"], one["work"]), []).append(one)
    rows = []
    for row in connection.execute(query).mappings():
        of_work = notices.get((row["body"], row["code"]), [])
        waiting = {step: [one["neighbour"] for one in of_work if one["standing"] == step] for step in WAITING}
        late = [one["neighbour"] for one in of_work if one["days_late"] or one["after_start"]]
        told = {"affected": [one["neighbour"] for one in of_work], **waiting, "told_late": late}
        ready = not any(waiting.values()) if row["step"] == "declared" else None
        unheard = read(row["unheard"], None)
        read_ = {"citation": read(row["citation"]), "unheard": unheard, "ready": ready}
        rows.append({**row, **read_, **told})
    return rows


WAITING = ("not_told", "asked", "objection")
"""Where a neighbour stands when the work may not begin because of it."""


def work_notices(
    connection: Connection, tables: Tables, today: Day, body: str | None = None, work: str | None = None
) -> list[Row]:
    """Every neighbour of every work: told when and how late on both clocks, asked until when, answered what."""
    table, works = tables.notices, tables.works
    same = (table.c.body == works.c.body) & (table.c.work == works.c.code)
    query = select(table, works.c.starts, works.c.tell_by, works.c.step).join(works, same)
    query = query.order_by(table.c.body, table.c.work, table.c.neighbour)
    if body is not None:
        query = query.where(table.c.body == body)
    if work is not None:
        query = query.where(table.c.work == work)
    return [_standing(dict(row), today) for row in connection.execute(query).mappings()]


def _standing(row: Row, today: Day) -> Row:
    """Where the neighbour stands; ``days_late_recorded`` counts to the day on which the telling was recorded."""
    told = row["told_at"] is not None
    again = row.pop("told_again")
    if again and (
        row["answer"] != "objection" or row["weighed_at"]
    ):  # an objection stays until it is weighed
        row |= dict.fromkeys(ANSWER)
    recorded = days_late(row["tell_by"], day_of(row["told_recorded"])) if told else None
    overdue = 0 if told or row["step"] == "cancelled" else days_late(row["tell_by"], today)
    if not told or row["told_for"] > row["starts"]:
        standing = "not_told"
    elif row["answer"] == "objection":
        standing = "objection_weighed" if row["weighed_at"] else "objection"
    elif row["answer"]:
        standing = row["answer"]
    elif row["answer_by"] is None:
        standing = "told"
    else:
        standing = "asked" if row["answer_by"] >= today else "no_answer"
    return {**row, "standing": standing, "days_late_recorded": recorded, "days_over": overdue}


NEIGHBOURS = Projection(
    name="neighbours",
    version=3,
    kinds=(
        NeighbourRegistered.KIND,
        WatchRecorded.KIND,
        NeighbourEnded.KIND,
        WorkDeclared.KIND,
        NeighbourAffected.KIND,
        NeighbourTold.KIND,
        NeighbourAnswered.KIND,
        ObjectionWeighed.KIND,
        WorkMoved.KIND,
        WorkStarted.KIND,
        WorkEnded.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(neighbour_list, work_list, work_notices),
)

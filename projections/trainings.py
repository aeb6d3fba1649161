"""Which trainings were held, who was there, what was read, and who on the roll was never trained (NJ-003, NJ-012)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, get_args

from sqlalchemy import BigInteger, Column, Connection, Index, MetaData, Table, select

from domain.language import Day
from domain.people import PersonRegistered
from domain.records import Record
from domain.trainings import Topic, TrainingRecorded
from projections.bulk import TEXT, add, read, written
from projections.projection import Projection

NEEDED: tuple[str, ...] = get_args(Topic)[:3]
"""The topics in which everybody is trained (NJ-012)."""
TRAINED = ("staff", "contractor")
"""Who is trained: our own people and contractors'."""


class Tables(NamedTuple):
    trainings: Table
    attendance: Table
    people: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    position = Column("position", BigInteger, nullable=False)
    texts = ("title", "day", "hours", "topics", "read", "recorded_by", "remark")
    return Tables(
        Table(
            f"{prefix}trainings",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("training", TEXT, primary_key=True),
            *(Column(name, TEXT, nullable=False) for name in texts),
            Column("trainer", TEXT),
            position,
            Index(f"ix_{prefix}trainings_day", "body", "day"),
        ),
        Table(
            f"{prefix}attendance",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("training", TEXT, primary_key=True),
            Column("person", TEXT, primary_key=True),
            Column("audience", TEXT, nullable=False),
            Index(f"ix_{prefix}attendance_person", "body", "person"),
        ),
        Table(
            f"{prefix}people",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("person", TEXT, primary_key=True),
            Column("kind", TEXT, nullable=False),
            Column("position", BigInteger, nullable=False),
        ),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Every training is one row, with one more for each attendee; nothing is ever changed."""
    trainings: list[dict[str, Any]] = []
    attendance: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    for record in records:
        body = record.scope
        match record.event:
            case PersonRegistered() as event:
                person = {"person": event.person, "kind": event.kind}
                people.append({"body": body, **person, "position": record.position})
            case TrainingRecorded() as event:
                place = {"body": body, "training": record.stream.rsplit("/", 1)[1]}
                papers = [{"kind": one.kind, "code": one.code, "version": one.version} for one in event.read]
                trainings.append(
                    {
                        **place,
                        "title": event.title,
                        "day": event.day,
                        "hours": event.hours,
                        "topics": written(event.topics),
                        "read": written(papers),
                        "trainer": event.trainer,
                        "recorded_by": record.by,
                        "remark": event.remark,
                        "position": record.position,
                    }
                )
                attendance += [
                    {**place, "person": one.person, "audience": one.audience} for one in event.attendees
                ]
            case _:
                pass
    add(connection, tables.trainings, trainings)
    add(connection, tables.attendance, attendance)
    add(connection, tables.people, people)


def training_list(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    since: Day | None = None,
    until: Day | None = None,
    person: str | None = None,
    known_at: int | None = None,
) -> list[dict[str, Any]]:
    """The trainings by body and day, from ``since`` to the day before ``until``; with ``person`` those attended."""
    held, there = tables.trainings.c, tables.attendance.c
    query = select(tables.trainings).order_by(held.body, held.day, held.training)
    found = select(tables.attendance).order_by(there.body, there.training, there.person)
    if body is not None:
        query, found = query.where(held.body == body), found.where(there.body == body)
    if since is not None:
        query = query.where(held.day >= since)
    if until is not None:
        query = query.where(held.day < until)
    if known_at is not None:
        query = query.where(held.position <= known_at)
    attendees: dict[tuple[str, str], list[dict[str, str]]] = {}
    for one in connection.execute(found).mappings():
        entry = {"person": one["person"], "audience": one["audience"]}
        attendees.setdefault((one["body"], one["training"]), []).append(entry)
    rows = []
    for row in connection.execute(query).mappings():
        attended = attendees.get((row["body"], row["training"]), [])
        if person is not None and person not in [one["person"] for one in attended]:
            continue
        lists = {name: read(row[name]) for name in ("topics", "read")}
        audience = sorted({one["audience"] for one in attended})
        rows.append({**row, **lists, "audience": audience, "attendees": attended, "count": len(attended)})
    return rows


def training_coverage(
    connection: Connection, tables: Tables, body: str | None = None, known_at: int | None = None
) -> list[dict[str, Any]]:
    """Everybody on the roll who is to be trained, with what was attended and which topics are still missing."""
    people = tables.people.c
    query = select(tables.people).where(people.kind.in_(TRAINED)).order_by(people.body, people.person)
    if body is not None:
        query = query.where(people.body == body)
    if known_at is not None:
        query = query.where(people.position <= known_at)
    heard: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for training in training_list(connection, tables, body=body, known_at=known_at):
        for one in training["attendees"]:
            heard.setdefault((training["body"], one["person"]), []).append(training)
    rows = []
    for row in connection.execute(query).mappings():
        attended = heard.get((row["body"], row["person"]), [])
        topics = {topic for training in attended for topic in training["topics"]}
        rows.append(
            {
                "body": row["body"],
                "person": row["person"],
                "kind": row["kind"],
                "trainings": len(attended),
                "last_day": attended[-1]["day"] if attended else None,
                "missing": [topic for topic in NEEDED if topic not in topics],
            }
        )
    return rows


TRAININGS = Projection(
    name="trainings",
    version=1,
    kinds=(PersonRegistered.KIND, TrainingRecorded.KIND),
    tables=tables,
    apply=apply,
    questions=(training_list, training_coverage),
)

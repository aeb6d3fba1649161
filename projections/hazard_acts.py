"""Every act on every hazard, as it was recorded: from these rows rates, repeats and signs of paper-only closure follow.

Rows are only added, so what was known at a record is the rows up to it. A rectification is looked at opening by
opening: its day, each completion with its lateness on both clocks, and whether the day had passed before more time was
granted. That it was late is never withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, select

from domain.hazards import HAZARD
from domain.language import Day, Moment, day_of, days_late
from domain.paper_signals import SIGNAL
from domain.records import Record
from projections.bulk import TEXT, add, read, written
from projections.projection import Projection

Row = dict[str, Any]


def tables(metadata: MetaData, prefix: str) -> Table:
    return Table(
        f"{prefix}acts",
        metadata,
        Column("body", TEXT, primary_key=True),
        Column("code", TEXT, primary_key=True),
        Column("position", BigInteger, primary_key=True, autoincrement=False),
        *(
            Column(name, TEXT, nullable=False)
            for name in ("kind", "happened_at", "recorded_at", "by", "data")
        ),
    )


def apply(records: Sequence[Record], connection: Connection, table: Table) -> None:
    """One row a record; a sign that was dismissed stands under its own code."""
    rows = [
        {
            "body": one.scope,
            "code": one.stream.rsplit("/", 1)[1],
            "position": one.position,
            "kind": one.kind.rsplit(".", 1)[0],
            "happened_at": one.happened_at,
            "recorded_at": one.recorded_at,
            "by": one.by,
            "data": written(one.event),
        }
        for one in records
    ]
    add(connection, table, rows)


def hazard_acts(
    connection: Connection,
    table: Table,
    body: str | None = None,
    code: str | None = None,
    true_at: Moment | None = None,
    known_at: int | None = None,
) -> list[Row]:
    """The acts by body, code and position that had happened by a moment and were known by a record."""
    query = select(table).order_by(table.c.body, table.c.code, table.c.position)
    if body is not None:
        query = query.where(table.c.body == body)
    if code is not None:
        query = query.where(table.c.code == code)
    if true_at is not None:
        query = query.where(table.c.happened_at <= true_at)
    if known_at is not None:
        query = query.where(table.c.position <= known_at)
    return [{**row, "data": read(row["data"])} for row in connection.execute(query).mappings()]


# ------------------------------------------------------------------------------------------------- openings


@dataclass
class Completion:
    """A rectification reported as done, with the day it was owed by then, and its lateness on both clocks."""

    position: int
    happened_at: Moment
    recorded_at: Moment
    by: str
    due: Day
    days_late: int
    days_late_recorded: int
    evidence: tuple[str, ...]
    stands: bool = True


@dataclass
class Opening:
    """One opening of a hazard with a plan or a fix on the spot."""

    body: str
    code: str
    opening: int
    unit: str
    title: str
    risk: str | None
    control: str | None
    found_at: Moment
    grade: str | None = None
    responsible: str | None = None
    planned_at: Moment = ""
    due: Day = ""
    passed: bool = False
    positions: list[int] = field(default_factory=list)
    completions: list[Completion] = field(default_factory=list)
    verified: list[Row] = field(default_factory=list)
    closed: Row | None = None
    on_the_spot: bool = False
    ended: bool = False

    @property
    def standing(self) -> Completion | None:
        """The completion that nobody rejected, or None."""
        last = self.completions[-1] if self.completions else None
        return last if last is not None and last.stands else None

    def outcome(self, day: Day) -> str:
        """in_time, late, overdue (not done and its day has passed) or not_due, as seen on a day."""
        done = self.standing
        if done is None:
            return "overdue" if day > self.due else "not_due"
        late = self.passed or any(one.days_late for one in self.completions)
        return "late" if late else "in_time"


def openings(acts: Iterable[Row]) -> list[Opening]:
    """The openings of each hazard, from its acts in order."""
    found: list[Opening] = []
    identity: Row = {}
    now: Opening | None = None
    grade: str | None = None
    key: tuple[str, str] | None = None
    for act in acts:
        data, kind = act["data"], act["kind"]
        if key != (act["body"], act["code"]):
            key, now, grade = (act["body"], act["code"]), None, None
            identity = {
                "found_at": act["happened_at"],
                "unit": "",
                "title": "",
                "risk": None,
                "control": None,
            }
        if kind in ("hazard-found", "hazard-registered"):
            identity |= {name: data.get(name) for name in ("unit", "title", "risk", "control")}
            identity["found_at"] = data.get("found_at") or act["happened_at"]
        if kind in ("hazard-found", "hazard-registered", "hazard-reopened"):
            if kind == "hazard-reopened" or now is None:
                again = data.get("opening", 1)
                since = act["happened_at"] if kind == "hazard-reopened" else identity["found_at"]
                now = Opening(*key, again, **{**identity, "found_at": since}, grade=grade)
                found.append(now)
            else:
                now.unit, now.title = identity["unit"], identity["title"]
                now.risk, now.control, now.found_at = (
                    identity["risk"],
                    identity["control"],
                    identity["found_at"],
                )
        if now is None:
            continue
        now.positions.append(act["position"])
        if "grade" in data:
            now.grade = grade = data["grade"]
        _follow(now, act)
    return found


def _follow(now: Opening, act: Row) -> None:
    data, day = act["data"], day_of(act["happened_at"])
    match act["kind"]:
        case "rectification-planned":
            now.responsible, now.due, now.planned_at = data["responsible"], data["due"], act["happened_at"]
        case "extension-approved":
            now.passed = now.passed or day > now.due
            now.due = data["due"]
        case "rectification-completed":
            now.completions.append(_completion(now, act))
        case "rectification-rejected":
            now.completions[-1].stands = False
        case "rectification-verified":
            now.verified.append(act)
        case "fixed-on-spot":
            now.on_the_spot = True
        case "fix-rejected":
            now.on_the_spot = False
        case "hazard-closed" | "fix-confirmed":
            now.closed, now.ended = act, True
        case "not-hazard-confirmed" | "duplicate-linked":
            now.ended = True
        case "duplicate-unlinked":
            now.ended = False
        case _:
            pass


def _completion(now: Opening, act: Row) -> Completion:
    return Completion(
        act["position"],
        act["happened_at"],
        act["recorded_at"],
        act["by"],
        now.due,
        days_late(now.due, day_of(act["happened_at"])),
        days_late(now.due, day_of(act["recorded_at"])),
        tuple(act["data"].get("evidence", ())),
    )


HAZARD_ACTS = Projection(
    name="hazard_acts",
    version=1,
    kinds=tuple(event.KIND for event in (*HAZARD.events, *SIGNAL.events)),
    tables=tables,
    apply=apply,
    questions=(hazard_acts,),
)

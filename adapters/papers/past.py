"""What was known of one body at one record: its records up to there, replayed into views that vanish afterwards.

A paper never reads the live views: they know more than the paper may say. The replay uses the very projections of the
questions, in a nameless file beside nobody, so that memory stays bounded; it costs by the records up to that position,
never by those after it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Index, MetaData, Table, insert, select

from adapters.journal.journal import EventJournal
from adapters.projector.asking import last_moment_of
from adapters.projector.reading import stored_kinds
from adapters.projector.sqlite_views import SqliteViews
from domain.control_failures import FAILURES, ControlFailed
from domain.language import Day, Event, Moment, day_after, stream_name
from domain.records import Record
from projections.body_register import BODY_REGISTER, body_list
from projections.bulk import TEXT
from projections.confirmations import CONFIRMATIONS, confirmation_list
from projections.control_assignments import assignments_on
from projections.duty_list import duties
from projections.duty_rows import DUTY_ROWS
from projections.hazard_ledger import HAZARD_LEDGER, hazard_ledger
from projections.inspections import INSPECTIONS, inspection_answers, inspection_list
from projections.monitoring import (
    MONITORING,
    monitor_list,
    monitor_periods,
    monitor_readings,
    monitor_warnings,
)
from projections.organisation import ORGANISATION
from projections.organisation_questions import org_who
from projections.projection import Projection
from projections.risk_list import RISK_LIST, risk_list
from projections.role_holders import ROLE_HOLDERS, role_holders
from projections.stops import STOPS, hold_list, stop_list
from projections.unit_tree import UNIT_TREE, unit_tree
from projections.uplifts import UPLIFTS, uplift_list

Row = dict[str, Any]

USED: tuple[Projection[Any], ...] = (
    *(BODY_REGISTER, UNIT_TREE, RISK_LIST, HAZARD_LEDGER, STOPS, CONFIRMATIONS, DUTY_ROWS),
    *(ROLE_HOLDERS, ORGANISATION, INSPECTIONS, UPLIFTS, MONITORING),
)
"""The projections from which papers are made."""
TRACED = ("risk", "hazard", "duty", "control-failures")
"""Things of whose streams a paper names every record."""
HEARD = (ControlFailed.KIND,)
"""Kinds that no projection of these needs and a paper counts."""
PAGE = 4000


@dataclass(frozen=True)
class Past:
    """One body as known at one position; every question takes the moment of which something is said."""

    body: str
    position: int
    connection: Connection
    tables: dict[str, Any]
    trace: Table
    journal: EventJournal

    def body_row(self) -> Row | None:
        """The body as it was known, or None where it was not."""
        rows = body_list(self.connection, self.tables[BODY_REGISTER.name], self.body)
        return rows[0] if rows else None

    def risks(
        self, true_at: Moment, level: Any = None, code: str | None = None, known_at: int | None = None
    ) -> list[Row]:
        """The risks that were not retired, by code; ``known_at`` asks what an earlier record knew."""
        tables = self.tables[RISK_LIST.name]
        return risk_list(self.connection, tables, self.body, true_at, known_at, level=level, code=code)

    def units(self, true_at: Moment) -> list[Row]:
        """The units, retired ones too."""
        return unit_tree(self.connection, self.tables[UNIT_TREE.name], self.body, None, true_at, None, True)

    def uplifts(self, true_at: Moment) -> list[Row]:
        """What was ever lifted for a while by that moment, as it stood then."""
        return uplift_list(self.connection, self.tables[UPLIFTS.name], self.body, true_at, ever=True)

    def hazards(self, true_at: Moment) -> list[Row]:
        return hazard_ledger(self.connection, self.tables[HAZARD_LEDGER.name], self.body, true_at)

    def confirmations(self, since: Day, until: Day) -> list[Row]:
        return confirmation_list(self.connection, self.tables[CONFIRMATIONS.name], self.body, since, until)

    def stops(self) -> list[Row]:
        return stop_list(self.connection, self.tables[STOPS.name], self.body, ever=True)

    def holds(self) -> list[Row]:
        return hold_list(self.connection, self.tables[STOPS.name], self.body, ever=True)

    def inspections(self, until: Day) -> list[Row]:
        """The inspections that began, or might have begun, by the end of that day."""
        return inspection_list(self.connection, self.tables[INSPECTIONS.name], self.body, until=until)

    def answers(self, inspection: str) -> list[Row]:
        """What one inspection was to look at, with what was found."""
        return inspection_answers(self.connection, self.tables[INSPECTIONS.name], self.body, inspection)

    def monitored(self) -> list[Row]:
        """The risks whose monitoring was ever declared."""
        return monitor_list(self.connection, self.tables[MONITORING.name], "", self.body, ever=True)

    def monitored_periods(self, today: Day) -> list[Row]:
        """Every period in which a reading was owed, as it stands on a day."""
        return monitor_periods(self.connection, self.tables[MONITORING.name], today, self.body)

    def readings(self) -> list[Row]:
        return monitor_readings(self.connection, self.tables[MONITORING.name], self.body)

    def warnings(self) -> list[Row]:
        return monitor_warnings(self.connection, self.tables[MONITORING.name], self.body)

    def duties(self) -> list[Row]:
        return duties(self.connection, self.tables[DUTY_ROWS.name], self.body)

    def holders(self) -> list[Row]:
        return role_holders(self.connection, self.tables[ROLE_HOLDERS.name], self.body)

    def answering(self, on: Day, known_at: int | None = None) -> dict[tuple[str, str], list[Row]]:
        """By risk and control who was to answer for it on that day, the highest tier first."""
        held = assignments_on(self.connection, self.tables[ORGANISATION.name], on, self.body, known_at)
        return {(risk, control): rows for (_, risk, control), rows in held.items()}

    def appointments(self) -> list[Row]:
        return org_who(self.connection, self.tables[ORGANISATION.name], self.body)

    def traced(
        self, kind: str, code: str, since: Moment = "", until: Moment = "~"
    ) -> list[tuple[int, Moment]]:
        """The records of one risk, hazard or duty that happened from one moment to another: position and moment."""
        trace = self.trace.c
        query = select(trace.position, trace.happened_at).where(trace.kind == kind, trace.code == code)
        query = query.where(trace.happened_at >= since, trace.happened_at <= until).order_by(trace.position)
        return [(row.position, row.happened_at) for row in self.connection.execute(query)]

    def failures(self, since: Moment, until: Moment) -> list[tuple[str, int]]:
        """Each failure of a control that happened in that time: the risk and the record."""
        trace = self.trace.c
        query = select(trace.code, trace.position).where(trace.kind == FAILURES.name)
        query = query.where(trace.happened_at >= since, trace.happened_at <= until).order_by(trace.position)
        return [(row.code, row.position) for row in self.connection.execute(query)]

    def entered(self, kind: str, after: int, until: Moment) -> list[int]:
        """The records after a position that speak of something until a moment, by position."""
        trace = self.trace.c
        query = select(trace.position).where(trace.kind == kind, trace.position > after)
        query = query.where(trace.happened_at <= until).order_by(trace.position)
        return list(self.connection.execute(query).scalars())

    def reported(self, code: str) -> list[Event]:
        """What was recorded of another report of the body, in order."""
        held = self.journal.stream(stream_name("report", self.body, code))
        return [record.event for record in held if record.position <= self.position]

    def touched(self, kind: str, since: Moment, until: Moment) -> list[str]:
        """The codes of which something happened in that time."""
        trace = self.trace.c
        query = select(trace.code).where(trace.kind == kind).distinct().order_by(trace.code)
        query = query.where(trace.happened_at >= since, trace.happened_at <= until)
        return [row.code for row in self.connection.execute(query)]


@cache
def _tables() -> tuple[MetaData, dict[str, Any], Table]:
    """What the tables of every replay are called; the same objects each time, so that statements are compiled once."""
    metadata = MetaData()
    tables = {one.name: one.tables(metadata, f"{one.name}_") for one in USED}
    trace = Table(
        "trace",
        metadata,
        Column("kind", TEXT, nullable=False),
        Column("code", TEXT, nullable=False),
        Column("position", BigInteger, primary_key=True, autoincrement=False),
        Column("happened_at", TEXT, nullable=False),
        Index("ix_trace", "kind", "code"),
    )
    return metadata, tables, trace


@contextlib.contextmanager
def past_of(journal: EventJournal, body: str, position: int) -> Iterator[Past]:
    """Replay the body's records up to and including the position; everything vanishes on leaving."""
    metadata, tables, trace = _tables()
    with SqliteViews("past").scratch() as connection, connection.begin():
        metadata.create_all(connection, checkfirst=False)
        for records in _pages(journal, body, position):
            for one in USED:
                kinds = set(stored_kinds(one.kinds))
                heard = [record for record in records if not kinds or record.kind in kinds]
                if heard:
                    one.apply(heard, connection, tables[one.name])
            traced = [row for record in records if (row := _traced(record)) is not None]
            if traced:
                connection.execute(insert(trace), traced)
        yield Past(body, position, connection, tables, trace, journal)


def _pages(journal: EventJournal, body: str, position: int) -> Iterator[Sequence[Record]]:
    """The body's records in pages; those of other bodies are passed over unread."""
    kinds = stored_kinds(sorted({kind for one in USED for kind in one.kinds} | {*HEARD}))
    after = 0
    while rows := journal.ledger.read_log(after, PAGE, kinds, until=position):
        after = rows[-1].position
        own = [row for row in rows if row.stream.split("/", 2)[1] == body]
        if own:
            yield [journal.codec.record(row) for row in own]


def _traced(record: Record) -> Row | None:
    kind, _, rest = record.stream.partition("/")
    if kind not in TRACED:
        return None
    told = {"position": record.position, "happened_at": record.happened_at}
    return {"kind": kind, "code": rest.partition("/")[2], **told}


def end_of(day: Day) -> Moment:
    """The last moment of a day in China."""
    return last_moment_of(day)


def end_before(day: Day) -> Moment:
    """The last moment before a day in China."""
    return last_moment_of(day_after(day, -1))

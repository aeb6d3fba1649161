"""The library's side of a projection: a tracking recorder that keeps the rows of our hazard ledger, one event at a time.

The same tables and the same rows, one for each thing that an event says, for both clocks; plain statements on the library's own cursor, in one transaction with its tracking record, as its documentation shows.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar

from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection
from eventsourcing.sqlite import SQLiteDatastore, SQLiteTrackingRecorder
from psycopg.sql import SQL

from tests.benchmarks.library import Hazard

FACETS: dict[str, tuple[str, ...]] = {
    "identity": ("body", "code", "unit", "title", "description", "source", "breached", "risk"),
    "grade": ("grade",),
    "step": ("step", "again"),
    "deadline": ("due",),
    "plan": ("responsible", "opening"),
    "turn": ("round",),
}
"""Facet -> its columns, as in our hazard ledger; body and code stand in the identity, rows are named by the id."""
_NUMBERS = frozenset({"again", "opening", "round"})
_FRAME = ("hazard", "true_from", "position")

Said = list[tuple[str, tuple[Any, ...]]]
"""What one event says of which facets."""


def create_statements(tail: str = "") -> list[str]:
    """The tables with the key that ours have; ``tail`` ends each statement."""
    made = [
        f"CREATE TABLE IF NOT EXISTS hazards (hazard TEXT PRIMARY KEY, first_position BIGINT NOT NULL){tail}"
    ]
    for facet, columns in FACETS.items():
        values = ", ".join(f"{name} {'INTEGER' if name in _NUMBERS else 'TEXT'}" for name in columns)
        made.append(
            f"CREATE TABLE IF NOT EXISTS {facet} (hazard TEXT NOT NULL, true_from TEXT NOT NULL,"
            f" position BIGINT NOT NULL, {values}, PRIMARY KEY (hazard, true_from, position)){tail}"
        )
    return made


class Statements:
    """The statements, in one database's way of marking parameters."""

    def __init__(self, mark: str) -> None:
        self.list_hazard = f"INSERT INTO hazards VALUES ({mark}, {mark})"
        self.insert = {
            facet: f"INSERT INTO {facet} ({', '.join((*_FRAME, *columns))})"
            f" VALUES ({', '.join([mark] * (len(_FRAME) + len(columns)))})"
            for facet, columns in FACETS.items()
        }


def write(
    execute: Callable[[str, tuple[Any, ...]], Any],
    of: Statements,
    hazard: str,
    at: str,
    position: int,
    said: Said,
) -> None:
    """Write what one event says."""
    for facet, values in said:
        if facet == "identity":
            execute(of.list_hazard, (hazard, position))
        execute(of.insert[facet], (hazard, at, position, *values))


class SqliteLedgerView(SQLiteTrackingRecorder):
    """The rows in an SQLite file."""

    def __init__(self, datastore: SQLiteDatastore, **given: Any) -> None:
        super().__init__(datastore, **given)
        self._statements = Statements("?")

    def construct_create_table_statements(self) -> list[str]:
        return [*super().construct_create_table_statements(), *create_statements(" WITHOUT ROWID")]

    def tell(self, tracking: Tracking, hazard: str, at: str, said: Said) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)

            def execute(sql: str, given: tuple[Any, ...]) -> Any:
                cursor.execute(sql, given)
                return cursor

            write(execute, self._statements, hazard, at, tracking.notification_id, said)

    def synchronous(self, wanted: str | None = None) -> str:
        """How its one connection flushes; set where it is wanted otherwise."""
        with self.datastore.get_connection(commit=False) as connection:
            cursor = connection.cursor()
            if wanted:
                cursor.execute(f"PRAGMA synchronous={wanted}")
            cursor.execute("PRAGMA synchronous")
            return str(cursor.fetchone()[0])

    def rows(self) -> int:
        with self.datastore.transaction(commit=False) as cursor:
            total = 0
            for table in ("hazards", *FACETS):
                cursor.execute(f"SELECT count(*) FROM {table}")
                total += cursor.fetchone()[0]
            return total


class PostgresLedgerView(PostgresTrackingRecorder):
    """The rows in a PostgreSQL database."""

    def __init__(self, datastore: PostgresDatastore, **given: Any) -> None:
        super().__init__(datastore, **given)
        self._statements = Statements("%s")
        self.sql_create_statements += [SQL(one).format() for one in create_statements()]

    def tell(self, tracking: Tracking, hazard: str, at: str, said: Said) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)

            def execute(sql: str, given: tuple[Any, ...]) -> Any:
                return cursor.execute(sql, given, prepare=True)

            write(execute, self._statements, hazard, at, tracking.notification_id, said)

    def rows(self) -> int:
        with self.datastore.transaction(commit=False) as cursor:
            counts = [
                cursor.execute(f"SELECT count(*) AS n FROM {table}").fetchone()
                for table in ("hazards", *FACETS)
            ]
            return sum(one["n"] for one in counts if one is not None)


class Gate:
    """Lets a projection process so many events and takes the time; between rounds it waits."""

    def __init__(self) -> None:
        self._left = 0
        self._turn = threading.Condition()
        self._open = True

    def enter(self) -> None:
        """Called before each event: waits until it is allowed."""
        with self._turn:
            self._turn.wait_for(lambda: self._left > 0 or not self._open)

    def leave(self) -> None:
        """Called after each event."""
        with self._turn:
            self._left -= 1
            if self._left <= 0:
                self._turn.notify_all()

    def round(self, events: int, problem: Callable[[], BaseException | None]) -> float:
        """Let so many events through; seconds until the last one is done. Raises what stopped the runner."""
        with self._turn:
            begin = time.perf_counter()
            self._left = events
            self._turn.notify_all()
            while not self._turn.wait_for(lambda: self._left <= 0, timeout=5):
                if (error := problem()) is not None:
                    raise error
            return time.perf_counter() - begin

    def close(self) -> None:
        """Let the rest through unprocessed."""
        with self._turn:
            self._open = False
            self._turn.notify_all()

    @property
    def closed(self) -> bool:
        return not self._open


class LedgerProjection(Projection[Any]):
    """The library's projection: one handler an event, one transaction each."""

    name = "hazard_ledger"
    gate: ClassVar[Gate | None] = None

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        gate = self.gate
        if gate is None:
            self._process(domain_event, tracking)
            return
        gate.enter()
        if not gate.closed:
            self._process(domain_event, tracking)
            gate.leave()

    def _process(self, domain_event: Any, tracking: Tracking) -> None:
        at = _moment(domain_event.timestamp)
        self.view.tell(tracking, str(domain_event.originator_id), at, self.said(domain_event))

    @singledispatchmethod
    def said(self, domain_event: Any) -> Said:
        return []

    @said.register
    def registered(self, e: Hazard.Registered) -> Said:  # type: ignore[name-defined]  # the library makes the class
        identity = (e.body, e.code, e.unit, e.title, e.description, e.source, e.breached, e.risk)
        return [("identity", identity), ("plan", (None, 1)), ("step", ("registered", 0))]

    @said.register
    def evaluated(self, e: Hazard.Evaluated) -> Said:  # type: ignore[name-defined]  # the library makes the class
        return [("grade", (e.grade,)), ("step", ("evaluated", 0))]

    @said.register
    def planned(self, e: Hazard.Planned) -> Said:  # type: ignore[name-defined]  # the library makes the class
        ours = ("plan", (e.responsible, e.opening))
        return [("deadline", (e.due,)), ours, ("turn", (1,)), ("step", ("planned", 0))]

    @said.register
    def approved(self, e: Hazard.ExtensionApproved) -> Said:  # type: ignore[name-defined]  # the library makes the class
        return [("deadline", (e.due,))]

    @said.register
    def completed(self, e: Hazard.Completed) -> Said:  # type: ignore[name-defined]  # the library makes the class
        return [("turn", (e.round,)), ("step", ("completed", 0))]

    @said.register
    def verified(self, e: Hazard.Verified) -> Said:  # type: ignore[name-defined]  # the library makes the class
        return [("step", ("verified", 0))] if e.count >= e.needed else []

    @said.register
    def rejected(self, e: Hazard.Rejected) -> Said:  # type: ignore[name-defined]  # the library makes the class
        return [("step", ("planned", 1))]

    @said.register
    def closed(self, e: Hazard.Closed) -> Said:  # type: ignore[name-defined]  # the library makes the class
        return [("step", ("closed", 0))]

    @said.register
    def reopened(self, e: Hazard.Reopened) -> Said:  # type: ignore[name-defined]  # the library makes the class
        none = ("plan", (None, e.opening))
        return [("deadline", (None,)), none, ("turn", (0,)), ("step", ("evaluated", 0))]


def _moment(at: dt.datetime) -> str:
    return at.isoformat(timespec="microseconds")[:26] + "Z"

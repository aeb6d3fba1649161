"""How fast a projection keeps up with the records: ours in batches, against the library's runner, event by event."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from eventsourcing.persistence import InfrastructureFactory, Tracking
from eventsourcing.projection import ProjectionRunner
from eventsourcing.utils import Environment
from sqlalchemy import func, select

from adapters.projector.projector import Projector
from adapters.projector.views import open_views
from projections.hazard_ledger import HAZARD_LEDGER
from projections.index import PROJECTIONS
from projections.projection import Projection
from tests.benchmarks import library
from tests.benchmarks.business import RECORDS_OF_A_LIFE
from tests.benchmarks.library_view import Gate, LedgerProjection, PostgresLedgerView, SqliteLedgerView
from tests.benchmarks.logs import journal_at, write_blocks
from tests.benchmarks.measuring import Bench, Figure, Figures, in_turns, rates, ratio, significant

HOW = (
    "the hazard ledger, six facets on two clocks, following a journal of hazards: Projector.follow in "
    "batches, position compared and set, against the library {way}, which writes the same rows with plain statements, "
    "one transaction an event with its tracking record; the views of both flush alike ({flush})"
)


class Follower:
    """Our projector on a journal that it has not seen, moved on so many records at a time."""

    def __init__(self, url: str, projections: Sequence[Projection[Any]]) -> None:
        self.projector = Projector(journal_at(url), open_views(url), projections)
        self.names = [one.name for one in projections]
        self.position = 0

    def move(self, records: int) -> float:
        """Follow so many records further; seconds."""
        until = self.position + records
        begin = time.perf_counter()
        reached = self.projector.follow(self.names, until)
        taken = time.perf_counter() - begin
        if set(reached.values()) != {until}:
            raise AssertionError(f"followed to {reached}, not to {until}")
        self.position = until
        return taken

    def rows(self) -> int:
        """How many rows the hazard ledger holds: things and what is said of them."""
        with self.projector.reader(HAZARD_LEDGER.name) as (connection, tables):
            wanted = (
                tables.hazards,
                tables.identity,
                tables.grade,
                tables.step,
                tables.deadline,
                tables.plan,
                tables.turn,
            )
            return sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in wanted)

    def flushing(self) -> str:
        """How the views keep a commit, as their database says."""
        with self.projector.views.engine.connect() as connection:
            ask = (
                "SHOW synchronous_commit" if connection.dialect.name == "postgresql" else "PRAGMA synchronous"
            )
            return str(connection.exec_driver_sql(ask).scalar())

    def close(self) -> None:
        self.projector.close()
        self.projector.journal.close()


class SqliteTheirs:
    """The library on SQLite, whose runner does not work there: a loop over its notification log instead."""

    PAGE = 500

    def __init__(self, bench: Bench, hazards: int, synchronous: str) -> None:
        settings = library.on_sqlite(bench.file("library.db"))
        self.app = library.Hazards(env=settings)
        library.fill(self.app, [("B", str(n)) for n in range(hazards)])
        env = Environment("hazard_ledger", library.on_sqlite(bench.file("library-view.db")))
        factory: InfrastructureFactory[SqliteLedgerView] = InfrastructureFactory.construct(env)
        self.view = factory.tracking_recorder(SqliteLedgerView)
        self.synchronous = synchronous
        self.view.synchronous(synchronous)
        self._projection = LedgerProjection(self.view)
        self.position = 0

    def move(self, events: int) -> float:
        """Process so many events further; seconds."""
        recorder, event, until = self.app.recorder, self.app.mapper.to_domain_event, self.position + events
        begin = time.perf_counter()
        while self.position < until:
            for one in recorder.select_notifications(self.position + 1, self.PAGE, stop=until):
                self._projection.process_event(event(one), Tracking(self.app.name, one.id))
                self.position = one.id
        taken = time.perf_counter() - begin
        if self.view.synchronous() != self.synchronous:
            raise AssertionError("the library opened another connection")
        return taken

    def close(self) -> None:
        self.app.close()
        self.view.datastore.close()


class PostgresTheirs:
    """The library's ProjectionRunner on PostgreSQL; between rounds its projection waits."""

    def __init__(self, hazards: int, synchronous_commit: str) -> None:
        url, settings = library.fresh_postgres("library")
        with library.Hazards(env=settings) as app:
            library.fill(app, [("B", str(n)) for n in range(hazards)])
        _in_database(url, f"ALTER DATABASE {{}} SET synchronous_commit = {synchronous_commit}")
        self._gate = LedgerProjection.gate = Gate()
        self._runner: ProjectionRunner[library.Hazards, PostgresLedgerView] = ProjectionRunner(
            application_class=library.Hazards,
            projection_class=LedgerProjection,
            view_class=PostgresLedgerView,
            env=settings,
        )
        self.view = self._runner.view

    def move(self, events: int) -> float:
        return self._gate.round(events, lambda: self._runner._thread_error)

    def close(self) -> None:
        self._gate.close()
        with self._runner:
            pass
        LedgerProjection.gate = None


def on_sqlite(bench: Bench) -> Figures:
    rounds, hazards, theirs_each = bench.pick(tiny=(1, 20, 10), quick=(5, 2000, 200), full=(7, 5000, 500))
    url = f"sqlite:///{bench.file('ours.db')}"
    block = _fill(url, False, hazards, rounds + 1)
    ours = Follower(url, [HAZARD_LEDGER])
    theirs = SqliteTheirs(bench, theirs_each * (rounds + 1), ours.flushing())
    events = theirs_each * RECORDS_OF_A_LIFE
    figure, _ = _one_projection(ours, theirs, rounds, block, events, "loop over its notification log")
    ours.close()
    theirs.close()
    return {"follow_sqlite_vs_library": figure}


def on_postgres(bench: Bench) -> Figures:
    from tests import postgres

    rounds, hazards, theirs_each = bench.pick(tiny=(1, 20, 10), quick=(5, 2000, 100), full=(7, 5000, 300))
    url, url_of_all = postgres.fresh_database("ours"), postgres.fresh_database("ours_all")
    block = _fill(url, False, hazards, rounds + 1)
    all_block = _fill(url_of_all, True, hazards // 2, rounds + 1)
    ours, every = Follower(url, [HAZARD_LEDGER]), Follower(url_of_all, PROJECTIONS)
    theirs = PostgresTheirs(theirs_each * (rounds + 1), ours.flushing())
    every.move(all_block)  # tables are made, statements compiled
    events = theirs_each * RECORDS_OF_A_LIFE
    figure, found = _one_projection(
        ours,
        theirs,
        rounds,
        block,
        events,
        "ProjectionRunner",
        {"all": lambda _: all_block / every.move(all_block)},
    )
    flushing = ours.flushing()
    ours.close()
    every.close()
    theirs.close()
    every_figure = ratio(
        found["all"],
        found["library"],
        how=f"all {len(PROJECTIONS)} projections of the index, one after the other, following a journal of hazards, "
        f"risks and duties; records of the journal a second, against the library's runner with its one projection "
        f"(synchronous_commit {flushing} on both sides)",
        projections=[one.name for one in PROJECTIONS],
        **rates(found),
        records_a_round=all_block,
    )
    return {"follow_pg_vs_library": figure, "follow_all_vs_library": every_figure}


def _one_projection(
    ours: Follower,
    theirs: SqliteTheirs | PostgresTheirs,
    rounds: int,
    block: int,
    events: int,
    way: str,
    more: dict[str, Callable[[int], float]] | None = None,
) -> tuple[Figure, dict[str, list[float]]]:
    ours.move(block)  # the first block only warms up
    theirs.move(events)
    found = in_turns(
        rounds,
        {
            "ours": lambda _: block / ours.move(block),
            "library": lambda _: events / theirs.move(events),
            **(more or {}),
        },
    )
    rows = {
        "rows_a_record": significant(ours.rows() / ours.position),
        "library_rows_a_record": significant(theirs.view.rows() / (events * (rounds + 1))),
    }
    if rows["rows_a_record"] != rows["library_rows_a_record"]:
        raise AssertionError(f"the two sides do not write the same rows: {rows}")
    figure = ratio(
        found["ours"],
        found["library"],
        how=HOW.format(way=way, flush=ours.flushing()),
        **rates(found),
        **rows,
        records_a_round=block,
        library_events_a_round=events,
    )
    return figure, found


def _fill(url: str, duties: bool, each: int, blocks: int) -> int:
    """Fill a journal with blocks of the same composition; returns how many records one block has."""
    journal = journal_at(url)
    records = write_blocks(journal, duties, each, blocks)
    journal.close()
    return records


def _in_database(url: str, statement: str) -> None:
    import psycopg
    from psycopg import sql
    from sqlalchemy import make_url

    from tests.postgres import conninfo

    with psycopg.connect(conninfo(url), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(str(make_url(url).database))))

"""How fast one writer, and sixteen at once, get their commands decided, sealed and kept for good."""

from __future__ import annotations

import itertools
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from adapters.app import App
from adapters.journal.wallclock import wall_clock
from domain.engine import Answer
from domain.language import stream_name
from domain.records import Meta
from tests.benchmarks import library
from tests.benchmarks.business import (
    HAZARD_LIFE,
    LEAD,
    REOPENING,
    Step,
    body_code,
    fill,
    found,
    hazard_life,
    of_hazard,
    things,
)
from tests.benchmarks.measuring import (
    Bench,
    Figure,
    Figures,
    Waits,
    Writers,
    flush_ms,
    in_turns,
    rates,
    ratio,
)

BODY = body_code(0)
ONE_WRITER = (
    "streams of ten records, each appended to once: order made and its content hashed, Engine.submit with own stream "
    "not in memory and fact streams in memory, one commit each; the library: repository.get, reopen, save"
)


class Ours:
    """An opened Dualguard with standing hazards of ten records, none of them in memory."""

    def __init__(self, url: str, standing: int) -> None:
        self.url = url
        first = App(url, wall_clock)
        found(first.engine, [BODY])
        hazards = things("hazard", 1, standing, "S")
        self._codes = [code for _, _, code in hazards]
        fill(first.journal, hazards)
        first.close()
        self.app = App(url, wall_clock)
        self._new = itertools.count()
        self.register()  # the facts that every command asks for are in memory from here on

    def register(self) -> None:
        self.app.engine.submit(of_hazard(HAZARD_LIFE[0], BODY, f"N-{next(self._new)}"))

    def reopen(self, number: int) -> None:
        answer = self.step(REOPENING, number)
        assert answer.records[0].version == len(HAZARD_LIFE) + 1

    def step(self, step: Step, number: int) -> Answer:
        """Let a standing hazard take one more step."""
        return self.app.engine.submit(of_hazard(step, BODY, self._codes[number]))

    def bytes_of(self, number: int) -> tuple[str, int, str, bytes]:
        """The row of four columns that holds the same bytes as what ``reopen`` appends."""
        stream, event = stream_name("hazard", BODY, self._codes[number]), hazard_life(long=True)[10].event
        meta = Meta(BODY, LEAD, "os-local", wall_clock(), "00000000-0000-4000-8000-000000000000")
        return stream, 11, event.KIND, self.app.journal.codec.body(stream, 11, meta, event)


class Raw:
    """The library's own table on a plain connection: one row, one commit."""

    def __init__(self, path: Path, rows: Sequence[Sequence[Any]]) -> None:
        with library.Hazards(env=library.on_sqlite(path)):
            pass  # makes the table
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        self.connection.execute("BEGIN")
        self.connection.executemany("INSERT INTO stored_events VALUES (?,?,?,?)", rows)
        self.connection.execute("COMMIT")

    def append(self, row: Sequence[Any]) -> None:
        self.connection.execute("INSERT INTO stored_events VALUES (?,?,?,?)", row)


def one_writer(bench: Bench) -> Figures:
    """SQLite, one writer: ours, the library, and raw one-row commits of the same bytes."""
    rounds, each = bench.pick(tiny=(2, 3), quick=(7, 400), full=(15, 1000))
    count = rounds * each
    ours = Ours(f"sqlite:///{bench.file('ours.db')}", count)
    theirs = library.Hazards(env=library.on_sqlite(bench.file("library.db")))
    ids = library.fill(theirs, [(BODY, f"S-{n}") for n in range(count)])
    stored = ours.app.ledger.read_log(0, ours.app.ledger.head().size)
    raw = Raw(bench.file("raw.db"), [(one.stream, one.version, one.kind, one.state) for one in stored])
    rows = [ours.bytes_of(number) for number in range(count)]
    del stored
    waits = {name: Waits() for name in ("ours", "library", "raw")}

    def side(name: str, do: Callable[[int], None]) -> Callable[[int], float]:
        def run(at: int) -> float:
            taken = waits[name]
            begin = time.perf_counter()
            for number in range(at * each, (at + 1) * each):
                with taken.one():
                    do(number)
            return each / (time.perf_counter() - begin)

        return run

    found_rates = in_turns(
        rounds,
        {
            "ours": side("ours", ours.reopen),
            "library": side("library", lambda number: theirs.reopen(ids[number], library.REASON)),
            "raw": side("raw", lambda number: raw.append(rows[number])),
        },
    )
    ours.app.close()
    theirs.close()
    raw.connection.close()
    details = {
        "how": ONE_WRITER,
        **rates(found_rates),
        **waits["ours"].told(),
        **waits["library"].told("library_"),
        **waits["raw"].told("raw_"),
        "commands_a_round": each,
        "flush_ms": flush_ms(bench.folder),
        "durability": "WAL, synchronous=FULL on all sides",
    }
    return {
        "append_sqlite_vs_raw": ratio(found_rates["ours"], found_rates["raw"], **details),
        "append_sqlite_vs_library": ratio(found_rates["ours"], found_rates["library"], **details),
    }


def sqlite_writers(bench: Bench) -> Figures:
    """SQLite, sixteen threads, new streams."""
    rounds, each = bench.pick(tiny=(1, 2), quick=(7, 100), full=(15, 250))
    ours = Ours(f"sqlite:///{bench.file('ours.db')}", 1)
    theirs = library.Hazards(env=library.on_sqlite(bench.file("library.db")))
    figure = _new_streams(ours, theirs, rounds, each)
    figure.details["durability"] = "WAL, synchronous=FULL on both sides"
    figure.details["flush_ms"] = flush_ms(bench.folder)
    return {"append_sqlite16_vs_library": figure}


def postgres_writers(bench: Bench) -> Figures:
    """PostgreSQL, sixteen threads: new streams, and standing ones."""
    from tests import postgres

    rounds, each = bench.pick(tiny=(1, 2), quick=(7, 60), full=(11, 150))
    count = rounds * each * Writers().count
    ours = Ours(postgres.fresh_database("ours"), count)
    _, settings = library.fresh_postgres("library")
    theirs = library.Hazards(env=settings)
    ids = library.fill(theirs, [(BODY, f"S-{n}") for n in range(count)])
    new = _new_streams(ours, theirs, rounds, each)
    standing = _standing_streams(ours, theirs, ids, rounds, each)
    for figure in (new, standing):
        figure.details["durability"] = server_durability(ours.url)
    new.holds = new.details["p99_ms"] <= 2000
    ours.app.close()
    theirs.close()
    return {"append_pg16_vs_library": new, "command_pg16_vs_library": standing}


def _new_streams(ours: Ours, theirs: library.Hazards, rounds: int, each: int) -> Figure:
    """Every thread registers new hazards, ours with unit, body, roles and roll looked up and guarded."""
    writers = Writers()
    waits = {"ours": Waits(), "library": Waits()}

    def side(name: str, do: Callable[[], object]) -> Callable[[int], float]:
        def work(_: int) -> None:
            for _ in range(each):
                with waits[name].one():
                    do()

        return lambda at: writers.count * each / writers.together(work)

    codes = itertools.count()
    found_rates = in_turns(
        rounds,
        {
            "ours": side("ours", ours.register),
            "library": side("library", lambda: theirs.register(BODY, f"N-{next(codes)}")),
        },
    )
    writers.close()
    return ratio(
        found_rates["ours"],
        found_rates["library"],
        how="16 threads register hazards in one body: Engine.submit (own stream taken for new, facts in memory, all "
        "guarded) against the library's save of a new aggregate; waits are those of single commands",
        **rates(found_rates),
        **waits["ours"].told(),
        **waits["library"].told("library_"),
        commands_a_round=writers.count * each,
    )


def _standing_streams(
    ours: Ours, theirs: library.Hazards, ids: Sequence[UUID], rounds: int, each: int
) -> Figure:
    """Every thread appends to hazards of ten records, each once: the least flattering reading, nothing remembered."""
    writers = Writers()
    waits = {"ours": Waits(), "library": Waits()}

    def side(name: str, do: Callable[[int], None]) -> Callable[[int], float]:
        def run(at: int) -> float:
            first = at * each * writers.count

            def work(number: int) -> None:
                for one in range(first + number * each, first + (number + 1) * each):
                    with waits[name].one():
                        do(one)

            return writers.count * each / writers.together(work)

        return run

    found_rates = in_turns(
        rounds,
        {
            "ours": side("ours", ours.reopen),
            "library": side("library", lambda number: theirs.reopen(ids[number], library.REASON)),
        },
    )
    remembered = _remembered(ours, theirs, ids, writers, each)
    writers.close()
    return ratio(
        found_rates["ours"],
        found_rates["library"],
        how="16 threads, every command on another stream of ten records that is not in memory: Engine.submit against "
        "the library's get, reopen, save. Of two readings the less flattering one: with streams in memory from an "
        "earlier command (what a service sees) it is 'remembered'",
        **remembered,
        **rates(found_rates),
        **waits["ours"].told(),
        **waits["library"].told("library_"),
        commands_a_round=writers.count * each,
    )


def _remembered(
    ours: Ours, theirs: library.Hazards, ids: Sequence[UUID], writers: Writers, each: int
) -> dict[str, Any]:
    """The next steps of hazards that were reopened in the first round: ours has them in memory, the library reads."""
    ways = ((2, 11), (7, 16), (8, 17))  # planned, completed, accepted: the command's place, and the event's

    def side(do: Callable[[int, int], object]) -> Callable[[int], float]:
        def run(at: int) -> float:
            def work(number: int) -> None:
                for one in range(number * each, (number + 1) * each):
                    do(at, one)

            return writers.count * each / writers.together(work)

        return run

    life = hazard_life(long=True)
    found_rates = in_turns(
        len(ways),
        {
            "ours": side(lambda at, one: ours.step(HAZARD_LIFE[ways[at][0]], one)),
            "library": side(lambda at, one: theirs.step(ids[one], life[ways[at][1]])),
        },
    )
    figure = ratio(found_rates["ours"], found_rates["library"])
    return {"remembered": figure.as_json() | rates(found_rates)}


def server_durability(url: str) -> str:
    """What the server says of how it keeps a commit."""
    import psycopg

    from tests.postgres import conninfo

    names = ("fsync", "synchronous_commit", "full_page_writes", "server_version")
    with psycopg.connect(conninfo(url)) as connection:
        settings: dict[str, str] = dict(
            connection.execute("SELECT name, setting FROM pg_settings").fetchall()
        )
    return ", ".join(f"{name}={settings[name]}" for name in names)

"""How fast views are built anew from the records, and that a long journal needs no more memory than a short one.

``python -m tests.benchmarks.rebuilding URL`` rebuilds every projection once and prints the most memory it held.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import psycopg

from adapters.app import App
from adapters.journal.codec import Codec
from adapters.journal.wallclock import wall_clock
from adapters.projector.projector import Projector
from adapters.projector.views import open_views
from domain.index import EVENTS
from projections.duty_rows import DUTY_ROWS
from projections.hazard_ledger import HAZARD_LEDGER
from projections.index import PROJECTIONS
from projections.projection import Projection
from projections.risk_list import RISK_LIST
from tests.benchmarks.logs import journal_at, mixed_log, write_blocks
from tests.benchmarks.measuring import (
    Bench,
    Figure,
    Figures,
    in_turns,
    peak_memory,
    rates,
    ratio,
    significant,
)
from tests.benchmarks.starting import called

LARGE: tuple[Projection[Any], ...] = (HAZARD_LEDGER, RISK_LIST, DUTY_ROWS)
"""The projections that a rebuild takes long for."""
PAGE = 1000


def against_reading(bench: Bench) -> Figures:
    """PostgreSQL: each large projection rebuilt, against reading the journal in order and decoding every event."""
    from tests import postgres

    rounds, each = bench.pick(tiny=(1, 10), quick=(3, 2000), full=(5, 12_000))
    url = postgres.fresh_database("rebuild")
    journal = journal_at(url)
    write_blocks(journal, duties=True, each=each, blocks=1)
    listened = {one.name: _records_of(url, one) for one in LARGE}
    projector = Projector(journal, open_views(url), LARGE)
    projector.follow()

    def rebuild(name: str) -> Callable[[int], float]:
        def run(_: int) -> float:
            begin = time.perf_counter()
            projector.rebuild(name)
            return listened[name] / (time.perf_counter() - begin)

        return run

    with psycopg.connect(postgres.conninfo(url), autocommit=True) as connection:
        found = in_turns(
            rounds, {"read": lambda _: _read(connection), **{name: rebuild(name) for name in listened}}
        )
    projector.close()
    journal.close()
    slowest = min(listened, key=lambda name: statistics.median(found[name]))
    return {
        "rebuild_vs_read": ratio(
            found[slowest],
            found["read"],
            how="Projector.rebuild of one projection (records it listens to, a second) against a sequential read in "
            f"pages of {PAGE} over the binary protocol with typed decoding of the event alone, one connection, "
            "PostgreSQL. Of the large projections the slowest is the figure",
            slowest=slowest,
            each={
                name: significant(statistics.median(found[name]) / statistics.median(found["read"]))
                for name in listened
            },
            records=listened,
            **rates(found),
        )
    }


def _records_of(url: str, projection: Projection[Any]) -> int:
    from tests.postgres import conninfo

    with psycopg.connect(conninfo(url)) as connection:
        row = connection.execute(
            "SELECT count(*) FROM dualguard.records WHERE topic = ANY(%s)", (list(projection.kinds),)
        ).fetchone()
    assert row is not None
    return int(row[0])


def _read(connection: psycopg.Connection[tuple[int, str, bytes]]) -> float:
    """Read the whole journal in order, decoding each event into its class; records a second."""
    event, done, records = Codec(EVENTS).event, 0, 0
    begin = time.perf_counter()
    while True:
        with connection.cursor(binary=True) as cursor:
            cursor.execute(
                "SELECT notification_id, topic, state FROM dualguard.records WHERE notification_id > %s"
                f" ORDER BY notification_id LIMIT {PAGE}",
                (done,),
                prepare=True,
            )
            page = cursor.fetchall()
        for _, kind, state in page:
            event(kind, state)
        records += len(page)
        if len(page) < PAGE:
            return records / (time.perf_counter() - begin)
        done = page[-1][0]


def memory_growth(bench: Bench) -> Figures:
    """SQLite: the peak memory of a process that rebuilds every projection of a journal ten times as long."""
    small, large, rounds = bench.pick(
        tiny=(100, 200, 1), quick=(20_000, 200_000, 1), full=(100_000, 1_000_000, 2)
    )
    logs = {str(size): mixed_log(bench, size) for size in (small, large)}

    def side(size: int) -> Callable[[int], float]:
        def run(_: int) -> float:
            url = logs[str(size)].url
            done = json.loads(called((sys.executable, "-m", "tests.benchmarks.rebuilding", url), None))
            return float(done["peak"])

        return run

    found = in_turns(rounds, {"small": side(small), "large": side(large)})
    figure = Figure([above / below for above, below in zip(found["large"], found["small"], strict=True)])
    figure.details |= {
        "how": f"peak resident memory of a child process that rebuilds every projection of {large:,} records, over "
        f"one of {small:,}, SQLite; the full run takes 1,000,000 over 100,000, the quick one 200,000 over 20,000",
        "records": large,
        "over_records": small,
        "peak_mib": significant(max(found["large"]) / 2**20),
        "over_peak_mib": significant(max(found["small"]) / 2**20),
    }
    return {"rebuild_memory_growth": figure}


def _child(url: str) -> None:
    app = App(url, wall_clock)
    for projection in PROJECTIONS:
        app.projector.rebuild(projection.name)
    app.close()
    print(json.dumps({"peak": peak_memory()}))


if __name__ == "__main__":
    _child(sys.argv[1])

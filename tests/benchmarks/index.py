"""Every key of the design with its work, its first bar and where it is going, and which benchmark measures it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.benchmarks import (
    appending,
    asking,
    changing,
    folding,
    following,
    rebuilding,
    reporting,
    sealing,
    starting,
    ticking,
    warning,
)
from tests.benchmarks.measuring import Bench, Figures


@dataclass(frozen=True)
class Bar:
    """What a key measures and what is asked of it."""

    key: str
    work: str
    side: Literal["at least", "at most"]
    first: float
    going_to: float

    def met(self, value: float) -> bool:
        return value >= self.first if self.side == "at least" else value <= self.first


BARS: tuple[Bar, ...] = (
    Bar(
        "append_sqlite_vs_raw", "SQLite, 1 writer, streams of ten, against raw commits", "at least", 0.5, 0.65
    ),
    Bar("append_sqlite_vs_library", "the same against the library", "at least", 2, 2.7),
    Bar("append_sqlite16_vs_library", "SQLite, 16 threads, new streams", "at least", 2.3, 3),
    Bar("append_pg16_vs_library", "PostgreSQL, 16 threads, new streams", "at least", 6, 8),
    Bar("command_pg16_vs_library", "PostgreSQL, 16 threads, standing streams", "at least", 5, 10),
    Bar("follow_sqlite_vs_library", "SQLite, one projection following", "at least", 12, 25),
    Bar("follow_pg_vs_library", "PostgreSQL, one projection following", "at least", 15, 25),
    Bar("follow_all_vs_library", "PostgreSQL, all projections against its one", "at least", 4, 10),
    Bar("rebuild_vs_read", "PostgreSQL, rebuild against typed sequential read", "at least", 0.1, 0.35),
    Bar("rebuild_memory_growth", "peak memory, ten times the records", "at most", 1.2, 1.05),
    Bar("fold_vs_library", "the hazard, 100 records, from stored bytes", "at least", 9, 20),
    Bar("seal_share", "share of a single append spent on the seal", "at most", 0.08, 0.03),
    Bar("verify_per_s", "records verified a second, offline", "at least", 200_000, 1_000_000),
    Bar("asof_p95_ms", "100 rows of one body's as-of list, p95 in ms", "at most", 10, 1),
    Bar("asof_growth", "the same against a file of 10,000 records", "at most", 1.3, 1.1),
    Bar("asof_pg_p95_ms", "the same list on PostgreSQL, p95 in ms", "at most", 10, 1),
    Bar("asof_pg_growth", "the same against a database of 10,000 records", "at most", 1.3, 1.1),
    Bar("report_1k_major_s", "monthly report on 1,000 major risks, in seconds", "at most", 10, 3),
    Bar("change_2k_risks_s", "SQLite, from a change to 2,000 risks to the last duty, in s", "at most", 30, 8),
    Bar("tick_10k_duties_s", "SQLite, one tick over 10,000 duties that fall due, in s", "at most", 30, 10),
    Bar("tick_growth", "a tick with one due row, 1,000,000 records over 10,000", "at most", 1.5, 1.1),
    Bar(
        "weather_500_alerts_s", "SQLite, 500 generated warnings from files to records, in s", "at most", 20, 5
    ),
    Bar("startup_vs_python", "dualguard --help against python -c pass", "at most", 8, 5),
    Bar("answer_vs_python", "a one-row question against python -c pass", "at most", 35, 15),
)

BENCHMARKS: tuple[tuple[tuple[str, ...], Callable[[Bench], Figures]], ...] = (
    (("startup_vs_python",), starting.startup),
    (("answer_vs_python",), starting.answer),
    (("fold_vs_library",), folding.fold),
    (("append_sqlite_vs_raw", "append_sqlite_vs_library"), appending.one_writer),
    (("append_sqlite16_vs_library",), appending.sqlite_writers),
    (("seal_share",), sealing.seal_share),
    (("verify_per_s",), sealing.verify),
    (("append_pg16_vs_library", "command_pg16_vs_library"), appending.postgres_writers),
    (("follow_sqlite_vs_library",), following.on_sqlite),
    (("follow_pg_vs_library", "follow_all_vs_library"), following.on_postgres),
    (("rebuild_vs_read",), rebuilding.against_reading),
    (("rebuild_memory_growth",), rebuilding.memory_growth),
    (("asof_p95_ms", "asof_growth"), asking.on_sqlite),
    (("asof_pg_p95_ms", "asof_pg_growth"), asking.on_postgres),
    (("tick_10k_duties_s",), ticking.ten_thousand),
    (("tick_growth",), ticking.growth),
    (("report_1k_major_s",), reporting.month),
    (("change_2k_risks_s",), changing.press),
    (("weather_500_alerts_s",), warning.five_hundred),
)
"""The keys that one benchmark gives, and the benchmark; the cheap ones come first."""

KEYS = tuple(bar.key for bar in BARS)

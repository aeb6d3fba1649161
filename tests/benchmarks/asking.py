"""How long a body's list as of some moment takes, and that it hardly takes longer among many records."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable

from adapters.projector.projector import Projector
from adapters.projector.questions import QUESTIONS, answer
from adapters.projector.views import open_views
from domain.language import as_datetime, moment
from projections.index import PROJECTIONS
from tests.benchmarks.business import BETWEEN, FIRST_DAY, RECORDS_OF_A_LIFE, body_code, risk_life
from tests.benchmarks.logs import IN_A_BODY, Log, risk_log, risk_log_on_postgres
from tests.benchmarks.measuring import Bench, Figure, Figures, in_turns, percentile, ratio, significant

NEEDED = [one for one in PROJECTIONS if one.name in QUESTIONS["risk-list"].needs]


class Asked:
    """A journal of risks with its view, and questions about it at random moments, bodies and positions."""

    def __init__(self, log: Log, records: int, rows: int) -> None:
        self._log, self._records, self._rows = log, records, rows
        self.projector = Projector(log.journal(), open_views(log.url), NEEDED)
        begin = time.perf_counter()
        self.projector.follow()
        self.built_s = time.perf_counter() - begin
        self._random = random.Random(2026)
        self._begin = as_datetime(FIRST_DAY)
        self._lasting = BETWEEN * (records // RECORDS_OF_A_LIFE) + risk_life()[-1].after

    def one(self) -> float:
        """Ask for the first page of a body's list on both clocks; seconds.

        Moments and positions are drawn from the last third of both clocks, where every page is full.
        """
        at = self._begin + self._lasting * self._random.uniform(0.67, 1.0)
        given = {
            "body": body_code(self._random.randrange(self._log.bodies)),
            "as_of": moment(at.astimezone(dt.UTC)),
            "known_at": self._random.randint(self._records * 2 // 3, self._records),
            "limit": self._rows,
        }
        begin = time.perf_counter()
        rows = answer(self.projector, "risk-list", given)
        taken = time.perf_counter() - begin
        if len(rows) != self._rows:
            raise AssertionError(f"{len(rows)} rows for {given}")
        return taken

    def close(self) -> None:
        self.projector.close()
        self.projector.journal.close()


def on_sqlite(bench: Bench) -> Figures:
    return _as_of(bench, risk_log, "SQLite", "asof")


def on_postgres(bench: Bench) -> Figures:
    return _as_of(bench, risk_log_on_postgres, "PostgreSQL", "asof_pg")


def _as_of(bench: Bench, logged: Callable[[Bench, int], Log], engine: str, key: str) -> Figures:
    """p95 of each round, and that over the p95 on a journal of 10,000 records in the same round."""
    many, few, rows, rounds, each = bench.pick(
        tiny=(400, 200, 2, 1, 5), quick=(100_000, 10_000, 100, 7, 60), full=(1_000_000, 10_000, 100, 11, 100)
    )
    large, small = Asked(logged(bench, many), many, rows), Asked(logged(bench, few), few, rows)

    def side(asked: Asked) -> Callable[[int], float]:
        asked.one()
        return lambda _: percentile([asked.one() for _ in range(each)], 0.95)

    found = in_turns(rounds, {"many": side(large), "few": side(small)})
    milliseconds = {name: [1000 * one for one in values] for name, values in found.items()}
    details = {
        "how": f"one question risk-list through adapters.projector.questions.answer in an open process: {rows} rows of "
        f"one body of {IN_A_BODY} risks with ten records each, body, as_of and known_at at random, among {many:,} "
        f"records of risks alone against {few:,}, {engine}; p95 of {each} questions a round. The full run takes "
        "1,000,000 records, the quick one 100,000",
        "records": many,
        "over_records": few,
        "view_built_per_s": significant(many / large.built_s),
    }
    large.close()
    small.close()
    return {
        f"{key}_p95_ms": Figure(milliseconds["many"], dict(details)),
        f"{key}_growth": ratio(
            found["many"],
            found["few"],
            **details,
            p95_ms=significant(sorted(milliseconds["many"])[rounds // 2]),
            over_p95_ms=significant(sorted(milliseconds["few"])[rounds // 2]),
        ),
    }

"""How long a tick takes over ten thousand due duties, and that it follows what is due, not the length of the log."""

from __future__ import annotations

import time
from collections.abc import Callable

from adapters.app import App
from adapters.journal.wallclock import wall_clock
from adapters.verbs.clock import ports_of
from adapters.verbs.frame import Frame
from cli import wiring
from domain.duty_raising import RaiseDuty
from domain.language import Day, Moment, day_after, day_of, start_of
from domain.policies import POLICIES
from tests.benchmarks.business import body_code
from tests.benchmarks.logs import risk_log
from tests.benchmarks.measuring import Bench, Figure, Figures, in_turns, ratio, significant

BODY = "B-DUTIES"


class Clocked:
    """The clock as the command line wires it, over a journal on disk, at moments that are set."""

    def __init__(self, url: str) -> None:
        self.now: Moment = wall_clock()
        self.app = App(url, lambda: self.now)
        self.frame = Frame(lambda: self.now, "en", wiring(), _app=self.app)

    def raise_duty(self, code: str, due: Day, body: str = BODY) -> None:
        command = RaiseDuty(body, code, "rectification", "hazard", code, "p-lead", due)
        self.app.machine(command, f"raise {body} {code}")

    def ready(self) -> None:
        """Views are followed, and policies were run over all there is: what a clock that was present has behind it."""
        head = self.app.journal.head().size
        for policy in POLICIES:
            self.app.positions.advance(policy.name, head)
        self.tick(self.now)

    def tick(self, at: Moment) -> float:
        """Seconds of one tick at that moment."""
        self.now = at
        begin = time.perf_counter()
        self.frame.wiring["tick"](ports_of(self.frame))
        return time.perf_counter() - begin

    def close(self) -> None:
        self.app.close()


def ten_thousand(bench: Bench) -> Figures:
    """SQLite: one tick on the day on which all of so many duties fall due."""
    duties, rounds = bench.pick(tiny=(50, 1), quick=(10_000, 1), full=(10_000, 3))
    clock = Clocked(f"sqlite:///{bench.file('duties.db')}")
    day = day_of(clock.now)
    bench.tell(f"  raising {duties:,} duties for each of {rounds} days")
    for number in range(rounds):
        for duty in range(duties):
            clock.raise_duty(f"d{number}-{duty}", day_after(day, 2 * number + 1))
    clock.ready()
    runs = []
    for number in range(rounds):
        due = day_after(day, 2 * number + 1)
        before = clock.app.journal.head().size
        runs.append(clock.tick(start_of(due)))
        said = clock.app.journal.head().size - before
        if said < duties:
            raise AssertionError(f"{said} records for {duties} duties")
        clock.tick(start_of(day_after(due)))
    clock.close()
    how = (
        f"one tick of the command line's own clock in an open process, SQLite FULL, at the first moment of the day on "
        f"which {duties:,} duties fall due: views are followed, each is recorded in a transaction of its own, followed"
    )
    details = {"how": how, "duties": duties, "per_s": significant(duties / sorted(runs)[len(runs) // 2])}
    return {"tick_10k_duties_s": Figure(runs, details)}


def growth(bench: Bench) -> Figures:
    """SQLite: a tick with one due duty among many records, over the same among few."""
    many, few, rounds = bench.pick(
        tiny=(400, 200, 2), quick=(100_000, 10_000, 9), full=(1_000_000, 10_000, 15)
    )

    def side(records: int) -> tuple[Clocked, Callable[[int], float]]:
        clock = Clocked(risk_log(bench, records).url)
        today = day_of(clock.now)
        for number in range(rounds + 1):
            clock.raise_duty(f"d{number}", day_after(today, 2 * number + 1), body_code(0))
        clock.ready()
        clock.tick(start_of(day_after(today, 1)))

        def run(number: int) -> float:
            due = day_after(today, 2 * number + 3)
            clock.tick(start_of(day_after(due, -1)))  # what fell due two days ago is overdue
            return clock.tick(start_of(due))

        return clock, run

    (large, of_many), (small, of_few) = side(many), side(few)
    found = in_turns(rounds, {"many": of_many, "few": of_few})
    large.close()
    small.close()
    how = (
        f"one tick with one due duty through the command line's own ports in an open process, SQLite FULL, in a journal "
        f"of {many:,} records of risks against one of {few:,}; the full run takes 1,000,000 records, the quick one 100,000"
    )
    milliseconds = {name: significant(1000 * sorted(values)[rounds // 2]) for name, values in found.items()}
    return {
        "tick_growth": ratio(
            found["many"],
            found["few"],
            how=how,
            records=many,
            over_records=few,
            tick_ms=milliseconds["many"],
            over_tick_ms=milliseconds["few"],
        )
    }

"""Long journals in SQLite files, filled once a run and used by every benchmark that only reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from adapters.journal.journal import EventJournal
from adapters.journal.opening import open_ledger
from adapters.journal.wallclock import wall_clock
from domain import index
from domain.engine import Engine
from adapters.rules import load_rulebook
from tests.benchmarks.business import (
    RECORDS_OF_A_LIFE,
    Thing,
    body_code,
    fill,
    found,
    hazard_life,
    risk_life,
    things,
)
from tests.benchmarks.measuring import Bench

IN_A_BODY = 200
"""Things in one body: a hundred hazards and a hundred risks, or two hundred risks."""


@dataclass(frozen=True)
class Log:
    """A filled journal on disk; ``bodies`` are those that were founded as a first user would."""

    url: str
    bodies: int

    def journal(self) -> EventJournal:
        return EventJournal(open_ledger(self.url, wall_clock), wall_clock)


def sealed_log(bench: Bench, records: int) -> Log:
    """Half hazards, half risks, spread over bodies of a hundred each; at least so many records."""
    return _once(bench, f"mixed-{records}", records, hazards=True)


def risk_log(bench: Bench, records: int) -> Log:
    """Risks alone, two hundred in a body."""
    return _once(bench, f"risks-{records}", records, hazards=False)


def write_log(journal: EventJournal, records: int, hazards: bool = True) -> int:
    """Found one body as a first user would and fill the journal; returns the number of bodies."""
    found(Engine(journal, index.DECIDERS, load_rulebook()), [body_code(0)])
    bodies, each = shape(records)
    log: list[Thing] = things("risk", bodies, each // 2 if hazards else each, "R")
    if hazards:
        log += things("hazard", bodies, each // 2, "YH")
    log.sort(key=lambda one: (one[2][-5:], one[1], one[0]))  # bodies take turns, as they would in one file
    fill(journal, {"hazard": hazard_life(), "risk": risk_life()}, log)
    return bodies


def shape(records: int) -> tuple[int, int]:
    """Bodies, and things in each, for at least so many records."""
    wanted = -(-records // RECORDS_OF_A_LIFE)
    bodies = max(1, -(-wanted // IN_A_BODY))
    return bodies, max(2, min(IN_A_BODY, wanted))


def _once(bench: Bench, name: str, records: int, hazards: bool) -> Log:
    path = bench.folder / f"log-{name}.db"
    log = Log(f"sqlite:///{path}", shape(records)[0])
    if not Path(path).exists():
        bench.tell(f"filling a journal of {records:,} records")
        journal = log.journal()
        write_log(journal, records, hazards)
        journal.close()
    return log

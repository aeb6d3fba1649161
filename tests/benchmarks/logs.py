"""Long journals in SQLite files, filled once a run and used by every benchmark that only reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from adapters.journal.journal import EventJournal
from adapters.journal.opening import open_ledger
from adapters.journal.wallclock import wall_clock
from tests.benchmarks.business import RECORDS_OF_A_LIFE, Thing, body_code, chunks, duty_of, fill, things
from tests.benchmarks.measuring import Bench

IN_A_BODY = 200
"""Things in one body: a hundred hazards and a hundred risks, or two hundred risks."""


@dataclass(frozen=True)
class Log:
    """A filled journal on disk."""

    url: str
    bodies: int

    def journal(self) -> EventJournal:
        return journal_at(self.url)


def journal_at(url: str) -> EventJournal:
    return EventJournal(open_ledger(url, wall_clock), wall_clock)


def mixed_log(bench: Bench, records: int) -> Log:
    """Half hazards, half risks, spread over bodies of a hundred each."""
    return _once(bench, f"mixed-{records}", records, ("hazard", "risk"))


def risk_log(bench: Bench, records: int) -> Log:
    """Risks alone, two hundred in a body."""
    return _once(bench, f"risks-{records}", records, ("risk",))


def risk_log_on_postgres(bench: Bench, records: int) -> Log:
    """The same in a database of the tests' PostgreSQL."""
    from tests import postgres

    bodies, log = spread(records, ("risk",))
    made = Log(postgres.fresh_database("asked"), bodies)
    bench.tell(f"  filling a PostgreSQL journal with {records:,} records of risks")
    _fill(made, log)
    return made


def spread(records: int, kinds: tuple[str, ...]) -> tuple[int, list[Thing]]:
    """How many bodies, and things of these kinds in them, for so many records; kinds and bodies take turns."""
    wanted = max(len(kinds), records // RECORDS_OF_A_LIFE)
    bodies = max(1, wanted // IN_A_BODY)
    each = wanted // bodies // len(kinds)
    lists = [things(kind, bodies, each, kind[0].upper()) for kind in kinds]
    return bodies, [one for row in zip(*lists, strict=True) for one in row]


def write_blocks(journal: EventJournal, duties: bool, each: int, blocks: int) -> int:
    """Blocks of the same composition: so many hazards each, or hazards, risks and the hazards' duties.

    Returns how many records one block has.
    """
    if not duties:
        hazards = things("hazard", 1, each * blocks, "H")
        return fill_blocks(journal, [list(block) for block in chunks(hazards, each)])
    hazards, risks = things("hazard", 1, each * blocks, "H"), things("risk", 1, each * blocks, "R")
    made = []
    for at in range(0, each * blocks, each):
        block = [*hazards[at : at + each], *risks[at : at + each]]
        made.append([*block, *(duty_of(one) for one in hazards[at : at + each])])
    return fill_blocks(journal, made)


def fill_blocks(journal: EventJournal, blocks: list[list[Thing]]) -> int:
    written = {fill(journal, block) for block in blocks}
    if len(written) != 1:
        raise AssertionError(f"blocks of different sizes: {written}")
    return written.pop()


def _once(bench: Bench, name: str, records: int, kinds: tuple[str, ...]) -> Log:
    path = Path(bench.folder / f"log-{name}.db")
    bodies, log = spread(records, kinds)
    made = Log(f"sqlite:///{path}", bodies)
    if not path.exists():
        bench.tell(f"  filling a journal with {records:,} records of {' and '.join(kinds)}s")
        _fill(made, log)
    return made


def _fill(made: Log, log: list[Thing]) -> None:
    journal = made.journal()
    fill(journal, [("body", body_code(body), "") for body in range(made.bodies)])
    fill(journal, log)
    journal.close()

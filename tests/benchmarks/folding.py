"""How fast a long hazard's state comes back from its stored bytes: what every cold command waits for."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from eventsourcing.application import project_aggregate

from adapters.journal.journal import EventJournal
from adapters.journal.memory import MemoryLedger
from adapters.journal.wallclock import wall_clock
from domain.engine import Memory
from domain.hazard_state import Hazard
from domain.hazards import HAZARD
from domain.language import stream_name
from tests.benchmarks import library
from tests.benchmarks.business import body_code, fill, hazard_life
from tests.benchmarks.measuring import Bench, Figures, in_turns, rates, ratio

BODY, CODE = body_code(0), "X-00000"
STREAM = stream_name(HAZARD.name, BODY, CODE)


class Ours:
    """A journal in memory with one hazard of a hundred records."""

    def __init__(self) -> None:
        self.journal = EventJournal(MemoryLedger(wall_clock), wall_clock)
        self.records = fill(self.journal, [(HAZARD.name, BODY, CODE)], {HAZARD.name: hazard_life(long=True)})

    def fold(self) -> Hazard:
        """As a cold command does: read the stream through the journal, decode, fold, and note its moments."""
        state: Hazard = Memory(self.journal).folded(HAZARD, STREAM, fresh=True).state
        return state

    def bytes_a_record(self) -> float:
        rows = self.journal.ledger.read_stream(STREAM, 0)
        return round(sum(len(state) for _, _, state in rows) / len(rows))


class Theirs:
    """The library's stored events of the same hazard."""

    def __init__(self) -> None:
        with library.Hazards(env={"PERSISTENCE_MODULE": "eventsourcing.popo"}) as app:
            hazard = library.lived(BODY, CODE, hazard_life(long=True))
            app.save(hazard)
            self._stored = list(app.recorder.select_events(hazard.id))
            self._event: Callable[[Any], Any] = app.mapper.to_domain_event

    def fold(self) -> library.Hazard:
        """What ``repository.get`` does with what the database gave it."""
        found: Any = project_aggregate(None, map(self._event, self._stored))
        hazard: library.Hazard = found
        return hazard

    def bytes_a_record(self) -> float:
        return round(sum(len(one.state) for one in self._stored) / len(self._stored))


def fold(bench: Bench) -> Figures:
    rounds, each = bench.pick(tiny=(2, 2), quick=(15, 60), full=(31, 150))
    ours, theirs = Ours(), Theirs()
    if not agree(ours.fold(), theirs.fold()):
        raise AssertionError("the two sides do not come to the same state")

    def side(do: Callable[[], object]) -> Callable[[int], float]:
        def run(_: int) -> float:
            begin = time.perf_counter()
            for _ in range(each):
                do()
            return each * ours.records / (time.perf_counter() - begin)

        return run

    found = in_turns(rounds, {"ours": side(ours.fold), "library": side(theirs.fold)})
    return {
        "fold_vs_library": ratio(
            found["ours"],
            found["library"],
            how="one hazard from stored bytes: ours as a cold command does it, over the ledger in memory (rows, typed "
            "decoding, moments, evolve); the library mapper and project_aggregate alone, without reading rows",
            records=ours.records,
            bytes_a_record=ours.bytes_a_record(),
            library_bytes_a_record=theirs.bytes_a_record(),
            **rates(found),
        )
    }


def agree(ours: Hazard, theirs: library.Hazard) -> bool:
    """Whether both sides came to the same state."""
    return all(getattr(theirs, name) == value for name, value in vars(ours).items())

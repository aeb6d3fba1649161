"""What the seal costs each append, and how fast a whole journal is verified."""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

from adapters import audit
from adapters.journal import codec, journal, settle
from tests.benchmarks import appending
from tests.benchmarks.logs import mixed_log
from tests.benchmarks.measuring import Bench, Figure, Figures, in_turns, significant

PARTS: tuple[tuple[ModuleType, str], ...] = (
    (journal, "stream_tag"),
    (codec, "sha256"),
    (codec, "prepare"),
    (settle, "finish"),
    (settle, "sha256"),
    (settle, "push_in_place"),
    (settle, "root_of_frontier"),
)
"""Every call that only the seal needs: the stream's tag, the body's hash, the header, the leaf, and the tree.

Not among them: writing 32 bytes of leaf a row, and frontier and root in the head's row.
"""


class _Nothing:
    """A hash that was not computed."""

    def digest(self) -> bytes:
        return bytes(32)

    def hexdigest(self) -> str:
        return ""


_NOTHING = _Nothing()
UNSEALED: Mapping[str, Callable[..., Any]] = {
    "stream_tag": lambda salt, stream: "",
    "sha256": lambda data: _NOTHING,
    "prepare": lambda *fields: b"",
    "finish": lambda *fields: b"",
    "push_in_place": lambda frontier, size, leaf: None,
    "root_of_frontier": lambda frontier: bytes(32),
}


@contextlib.contextmanager
def instead(replaced: Mapping[tuple[ModuleType, str], Callable[..., Any]]) -> Iterator[None]:
    """Put other functions into the modules that call the seal, and the right ones back."""
    before = {(module, name): getattr(module, name) for module, name in replaced}
    try:
        for (module, name), other in replaced.items():
            setattr(module, name, other)
        yield
    finally:
        for (module, name), own in before.items():
            setattr(module, name, own)


class Stopwatch:
    """Adds up the time inside wrapped functions, their wrapping included."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def around(self, own: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any) -> Any:
            begin = time.perf_counter()
            try:
                return own(*given)
            finally:
                self.seconds += time.perf_counter() - begin

        return timed

    def hashing(self, own: Callable[..., Any]) -> Callable[..., Any]:
        """A hash does its work when it is made and when it is asked: both count."""
        watch = self

        class Timed:
            def __init__(self, data: bytes) -> None:
                begin = time.perf_counter()
                self._made = own(data)
                watch.seconds += time.perf_counter() - begin

            def digest(self) -> bytes:
                return bytes(watch.around(self._made.digest)())

            def hexdigest(self) -> str:
                return str(watch.around(self._made.hexdigest)())

        return Timed

    def wrapped(self) -> dict[tuple[ModuleType, str], Callable[..., Any]]:
        return {
            (module, name): (self.hashing if name == "sha256" else self.around)(getattr(module, name))
            for module, name in PARTS
        }


def seal_share(bench: Bench) -> Figures:
    """SQLite, single appends on streams of ten records: in turns sealed, unsealed (in a file of its own), and timed."""
    rounds, each = bench.pick(tiny=(1, 3), quick=(7, 250), full=(15, 500))
    count = rounds * each
    sealed = appending.Ours(f"sqlite:///{bench.file('sealed.db')}", 2 * count)
    unsealed = appending.Ours(f"sqlite:///{bench.file('unsealed.db')}", count)
    watch = Stopwatch()
    timed_parts, no_parts = watch.wrapped(), {part: UNSEALED[part[1]] for part in PARTS}
    by_difference: list[float] = []
    by_parts: list[float] = []
    taken: list[float] = []
    for at in range(rounds):
        with_seal, without, timed, spent = [], [], [], 0.0
        for number in range(at * each, (at + 1) * each):
            with_seal.append(_seconds(sealed.reopen, number))
            with instead(no_parts):
                without.append(_seconds(unsealed.reopen, number))
            watch.seconds = 0.0
            with instead(timed_parts):
                timed.append(_seconds(sealed.reopen, count + number))
            spent += watch.seconds
        by_difference.append(1 - statistics.median(without) / statistics.median(with_seal))
        # The median append stands for the whole: a long wait for the disk would make the share look small.
        by_parts.append(spent / each / statistics.median(timed))
        taken.append(statistics.median(with_seal))
    sealed.app.close()
    unsealed.app.close()
    figure = Figure(by_parts)
    if statistics.median(by_difference) > figure.median:
        figure = Figure(by_difference)
    figure.details |= {
        "how": "SQLite, one record an append, three files' appends in turns. By parts: time inside the functions that "
        "only the seal needs, over the median append; by difference: against appends without them. The larger "
        "median is the figure. Not measured apart on PostgreSQL, where the seal is inside the append function",
        "by_parts": significant(statistics.median(by_parts)),
        "by_difference": significant(statistics.median(by_difference)),
        "append_ms": significant(statistics.median(taken) * 1000),
        "seal_us": significant(statistics.median(by_parts) * statistics.median(taken) * 1e6),
    }
    return {"seal_share": figure}


def _seconds(do: Callable[[int], object], number: int) -> float:
    begin = time.perf_counter()
    do(number)
    return time.perf_counter() - begin


def verify(bench: Bench) -> Figures:
    """``audit verify`` over a whole SQLite journal, nothing else using the file."""
    records, rounds = bench.pick(tiny=(200, 1), quick=(300_000, 3), full=(1_000_000, 3))
    log = mixed_log(bench, records)
    ledger = log.journal().ledger
    size = ledger.head().size

    def run(_: int) -> float:
        begin = time.perf_counter()
        verdict = audit.verify(ledger, url=log.url)
        taken = time.perf_counter() - begin
        if not verdict.holds or verdict.checked != size:
            raise AssertionError(verdict.en)
        return size / taken

    found = in_turns(rounds, {"verify": run})
    ledger.close()
    return {
        "verify_per_s": Figure(
            found["verify"],
            {
                "how": "adapters.audit.verify on an SQLite file, as the verb does it before it compares the registers: "
                "every record read, leaf and root recomputed, long files by a process for each core, whose start is "
                "counted",
                "records": size,
            },
        )
    }

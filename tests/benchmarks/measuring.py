"""How a figure comes about: short rounds that take turns, ratios inside one round, and the median over the rounds.

Neighbours on the machine slow both sides of a round alike, so a ratio survives what an absolute figure does not.
"""

from __future__ import annotations

import contextlib
import gc
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

WRITERS = 16


@dataclass
class Bench:
    """One run of the benchmarks: how much of everything, where files go, and what is told while it works."""

    folder: Path
    scale: str = "quick"
    """``full``, ``quick``, or ``tiny``, which only shows that a benchmark runs."""
    tell: Callable[[str], None] = lambda text: None
    _files: int = 0

    def pick(self, *, tiny: T, quick: T, full: T) -> T:
        """What this run's scale asks for."""
        return {"tiny": tiny, "quick": quick, "full": full}[self.scale]

    def file(self, name: str) -> Path:
        """A path that was not used before."""
        self._files += 1
        return self.folder / f"{self._files:03}-{name}"


@dataclass
class Figure:
    """What was measured: one number a round, and how it was come by."""

    runs: list[float]
    details: dict[str, Any] = field(default_factory=dict)
    holds: bool = True
    """False where a condition beside the number was missed, such as a longest wait."""

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    def as_json(self) -> dict[str, Any]:
        return {
            "median": significant(self.median),
            "min": significant(min(self.runs)),
            "max": significant(max(self.runs)),
            "runs": [significant(run) for run in self.runs],
            **self.details,
        }


Figures = Mapping[str, Figure]


def significant(value: float, digits: int = 4) -> float:
    """The number without digits that mean nothing."""
    return float(f"{value:.{digits}g}")


def in_turns(rounds: int, sides: Mapping[str, Callable[[int], float]]) -> dict[str, list[float]]:
    """Run every side once a round, another one first each time; what each returned, round by round."""
    names = list(sides)
    found: dict[str, list[float]] = {name: [] for name in names}
    for at in range(rounds):
        first = at % len(names)
        for name in (*names[first:], *names[:first]):
            gc.collect()
            found[name].append(sides[name](at))
    return found


def ratio(over: Sequence[float], under: Sequence[float], **details: Any) -> Figure:
    """The ratio round by round; the ratio of the sums stands beside it, for what only comes now and then."""
    runs = [above / below for above, below in zip(over, under, strict=True)]
    return Figure(runs, details)


def rates(found: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """The median rate of each side, for the details."""
    return {f"{name}_per_s": significant(statistics.median(values)) for name, values in found.items()}


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so many of all do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]


class Waits:
    """How long single calls took, in seconds; every thread may add."""

    def __init__(self) -> None:
        self._taken: list[float] = []

    @contextlib.contextmanager
    def one(self) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self._taken.append(time.perf_counter() - begin)

    def told(self, prefix: str = "") -> dict[str, float]:
        """Median, 99th percentile and longest in milliseconds."""
        if not self._taken:
            return {}
        return {
            f"{prefix}p50_ms": significant(percentile(self._taken, 0.50) * 1000),
            f"{prefix}p99_ms": significant(percentile(self._taken, 0.99) * 1000),
            f"{prefix}max_ms": significant(max(self._taken) * 1000),
        }

    @property
    def p99(self) -> float:
        return percentile(self._taken, 0.99)


class Writers:
    """Threads that stay, so that each keeps its own connection from round to round."""

    def __init__(self, count: int = WRITERS) -> None:
        self.count = count
        self._pool = ThreadPoolExecutor(count)

    def together(self, work: Callable[[int], object]) -> float:
        """Let every thread do ``work(its number)`` at the same moment; seconds until the last one is done."""
        started = threading.Barrier(self.count + 1)

        def one(number: int) -> None:
            started.wait()
            work(number)

        waiting = [self._pool.submit(one, number) for number in range(self.count)]
        started.wait()
        begin = time.perf_counter()
        for each in waiting:
            each.result()
        return time.perf_counter() - begin

    def close(self) -> None:
        self._pool.shutdown()


def flush_ms(folder: Path, times: int = 20) -> float:
    """How long this disk takes to keep eight kilobytes for good: what every single append waits for, in milliseconds."""
    path = folder / "flush"
    taken = []
    handle = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        for _ in range(times):
            os.pwrite(handle, b"\x55" * 8192, 0)
            begin = time.perf_counter()
            os.fdatasync(handle) if hasattr(os, "fdatasync") else os.fsync(handle)
            taken.append(time.perf_counter() - begin)
    finally:
        os.close(handle)
        path.unlink()
    return significant(statistics.median(taken) * 1000)


def peak_memory() -> int:
    """The most memory this process ever held, in bytes.

    Read from the kernel's mark of this very program: ``getrusage`` also counts what the parent held before the start.
    """
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    import resource

    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024

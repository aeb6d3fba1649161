"""A long journal is verified in parts by several processes; only a journal without any fault is judged this way.

Each process checks a part as ``adapters.audit`` does, all but what reaches over its edges: stream versions, recording
times, the tree. Those are checked here, part after part. Wherever anything does not hold, the answer is False, and
whoever asked goes through the whole journal in order, so that the first bad position is named by the one plain way.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice

from adapters.audit import PAGE, Unsound, Walk, check_page
from adapters.journal.packed import Head
from adapters.uncollected import uncollected
from domain.refused import FaultError

WORTH = 200_000
"""From how many records on the start of the processes is repaid."""
PART = 50_000


@dataclass(frozen=True)
class Part:
    """What one process found of the records behind ``after`` up to ``until``."""

    after: int
    until: int
    leaves: list[bytes]
    recorded: tuple[str, str]
    """The first and the last recording time."""
    versions: dict[str, tuple[int, int]]
    """Stream -> its first and its last version here."""


def processes() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def leaves_in_parts(url: str, head: Head, many: int, take: Callable[[Part], bool], part: int = PART) -> bool:
    """Let ``many`` processes check the parts and ``take`` each in order; False where anything does not hold."""
    # A fresh interpreter each: a forked one would share open databases and the locks of other threads.
    context = multiprocessing.get_context("spawn")
    edges = iter(range(0, head.size, part))
    versions: dict[str, int] = {}
    recorded = ""
    try:
        with ProcessPoolExecutor(many, mp_context=context) as pool:

            def begin(after: int) -> Future[Part | None]:
                return pool.submit(check_part, url, head.salt, after, min(after + part, head.size))

            running = deque(begin(after) for after in islice(edges, 2 * many))
            while running:
                found = running.popleft().result()
                if (
                    found is None
                    or found.recorded[0] < recorded
                    or not _go_on(versions, found)
                    or not take(found)
                ):
                    for other in running:
                        other.cancel()
                    return False
                recorded = found.recorded[1]
                running.extend(begin(after) for after in islice(edges, 1))
    except (BrokenExecutor, OSError):
        return False
    return True


def _go_on(versions: dict[str, int], found: Part) -> bool:
    """Whether each stream goes on in this part where it ended before; notes where it ends now."""
    for stream, (first, last) in found.versions.items():
        if first != versions.get(stream, 0) + 1:
            return False
        versions[stream] = last
    return True


def check_part(url: str, salt: bytes, after: int, until: int) -> Part | None:
    """Check the records behind ``after`` up to ``until``; None where one does not hold or cannot be read."""
    from adapters.journal.opening import open_ledger

    walk = Walk(Head(root=b"", salt=salt), None, size=after, begun={})
    leaves: list[bytes] = []
    first = ""
    try:
        ledger = open_ledger(url, lambda: "")
        try:
            while walk.size < until:
                page = ledger.read_log(walk.size, min(PAGE, until - walk.size), until=until)
                if not page:
                    return None
                first = first or page[0].recorded_at
                with uncollected():
                    leaves += check_page(walk, page)
        finally:
            ledger.close()
    except (Unsound, FaultError):
        return None
    begun = walk.begun or {}
    versions = {stream: (begun[stream], last) for stream, (_, last) in walk.known.items()}
    return Part(after, until, leaves, (first, walk.recorded_at), versions)

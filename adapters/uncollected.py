"""Pauses Python's cycle collector for one bounded batch: records hold no cycles, so it would walk them in vain."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No cycle is looked for inside; MUST be left after each batch, so that other threads' cycles are found between.

    Two threads inside at once do no harm: the first one out wakes the collector, and the other is only slower.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()

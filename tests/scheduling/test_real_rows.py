"""The clock over the real view of due rows says exactly what it says over rows folded straight from the log."""

from collections import Counter
from typing import Any

import pytest

from domain.language import day_after
from scheduler import tick as ticking
from tests.scheduling import mine
from tests.scheduling.rig import Process, ViewRows, World, at

START = at("2026-07-01")


def lived(process: Process) -> Counter[tuple[str, Any, str]]:
    """A year of hazards in time, late, rejected and extended, with a clock that is often away."""
    world = process.world
    mine.found(process)
    for number in range(12):
        world.time.reads = at(day_after("2026-07-01", 7 * number))
        mine.plan(process, f"YH-{number}", day_after("2026-07-10", 7 * number))
        if number % 3 == 0:
            process.tick()
    for number in range(12):
        world.time.reads = at(day_after("2026-09-20", number))
        if number % 4 == 1:
            mine.extend(process, f"YH-{number}", day_after("2026-10-01", number))
        if number % 3 != 2:
            mine.complete(process, f"YH-{number}")
        if number % 3 == 1:
            mine.reject(process, f"YH-{number}")
        if number % 2:
            process.tick()
    process.tick(at("2027-07-01"))
    process.tick(at("2027-07-01"))
    return world.events()


def test_the_view_and_the_log_make_the_clock_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticking, "PAGE", 3)
    folded = lived(World.in_memory(START).process())
    viewed = lived(World.in_memory(START).process(rows=ViewRows))
    assert viewed == folded
    kinds = Counter(event.KIND for _, event, _ in viewed.elements())
    assert kinds["duty-fell-due.1"] > 10
    assert kinds["duty-overdue.1"] > 10

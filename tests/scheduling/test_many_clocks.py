"""Four clocks loop over one file and are killed at random moments: every due day stands in it exactly once."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from domain.duty_clock import DutyFellDue, DutyOverdue
from domain.language import day_after
from tests.scheduling.children import Child
from tests.scheduling.rig import World, at

START, END = at("2026-07-01"), at("2026-07-31")
CLOCKS = 4


def raised(folder: Path, duties: int) -> None:
    """So many duties over four weeks, a leap of the month's end among them; the clock was away since."""
    process = World.on_file(folder, START).process()
    process.tick()
    for number in range(duties):
        process.raise_duty(f"d{number}", day_after("2026-07-01", 1 + number % 28))


def looped(folder: Path, kills: int, how: str, seed: int = 20261122) -> int:
    """Let four clocks loop, kill one after some of its orders, start another; then let them all finish.

    Returns how many were killed in the middle of a tick.
    """
    chance = random.Random(seed)
    children = [Child("loop", str(folder), END, how) for _ in range(CLOCKS)]
    killed = 0
    try:
        for turn in range(10 * kills):
            if turn >= kills and killed:  # a slow machine may need more turns until one falls into a tick
                break
            at_once = chance.randrange(CLOCKS)
            child = children[at_once]
            said = [child.hear() for _ in range(chance.randrange(1, 6))]
            killed += bool(said) and said[-1] == "at work"
            child.end()
            children[at_once] = Child("loop", str(folder), END, how)
        for child in children:
            while (line := child.hear()) not in ("nothing new", ""):
                continue
            assert line == "nothing new"
    finally:
        for child in children:
            child.end()
    return killed


def marks(folder: Path) -> Counter[tuple[str, type[object]]]:
    world = World.on_file(folder, END)
    found = world.records(DutyFellDue.KIND, DutyOverdue.KIND)
    return Counter((one.stream, type(one.event)) for one in found)


def held_exactly_once(folder: Path, duties: int, kills: int) -> None:
    raised(folder, duties)
    assert looped(folder, kills, "as it is") > 0
    found = marks(folder)
    assert len(found) == 2 * duties
    assert set(found.values()) == {1}
    assert len(World.on_file(folder, END).absences()) == 1


def test_four_clocks_killed_at_random_say_each_due_day_exactly_once(tmp_path: Path) -> None:
    held_exactly_once(tmp_path, duties=150, kills=6)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_four_clocks_killed_at_random_say_six_thousand_due_days_exactly_once(tmp_path: Path) -> None:
    held_exactly_once(tmp_path, duties=6000, kills=40)


def test_control_without_ids_and_memory_four_clocks_say_some_day_twice(tmp_path: Path) -> None:
    """Whether two of them meet is chance, and one meeting shows it: a few tries, each over a file of its own."""
    for attempt in range(8):
        folder = tmp_path / str(attempt)
        folder.mkdir()
        raised(folder, 90)
        looped(folder, 2, "bare", seed=attempt)
        if max(marks(folder).values()) > 1:
            return
    raise AssertionError("nothing was said twice, although nothing protected it")

"""The clock dies at every place where it can; the next tick completes what was left, exactly once."""

import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import adapters.policies
from domain.duties import AnswerDuty, DutyAnswered
from domain.hazards import RectificationPlanned
from domain.language import Moment
from domain.logbook import PolicyRefused
from domain.policies import POLICIES, Policy
from domain.records import Record
from scheduler import planner
from scheduler import tick as ticking
from tests.scheduling import mine
from tests.scheduling.rig import BODY, Fuse, Killed, World, at

START, END = at("2026-07-01"), at("2026-07-31")
MORE_THAN_ENOUGH = 200


def answer_a_ghost(record: Record) -> list[tuple[str, Any]]:
    return [("ghost", AnswerDuty(BODY, "ghost", "p-worker"))]


LOST = Policy("lost", (RectificationPlanned.KIND,), answer_a_ghost)
"""Asks for what the rules refuse, so that a refusal is among what a crash may double."""


def left_alone(world: World) -> None:
    """People worked for a month; their command line died before any policy ran, and the clock was away."""
    process = world.process()
    process.tick()
    mine.found(process)
    mine.plan(process, "YH-1", "2026-07-05")
    mine.plan(process, "YH-2", "2026-07-20")
    mine.plan(process, "YH-3", "2026-08-20")
    world.time.reads = at("2026-07-03")
    mine.extend(process, "YH-1", "2026-07-10")
    mine.complete(process, "YH-2")
    mine.reject(process, "YH-2")
    mine.complete(process, "YH-3")
    world.time.reads = END


def undisturbed() -> Counter[tuple[str, Any, Moment]]:
    world = World.in_memory(START)
    left_alone(world)
    world.process(policies=(*POLICIES, LOST)).tick()
    return world.events()


def killed_at(place: int, world: World) -> bool:
    """Tick until killed at that place, then tick again as a new process; whether there was such a place."""
    left_alone(world)
    fuse = Fuse(place)
    try:
        world.process(fuse=fuse, policies=(*POLICIES, LOST)).tick()
    except Killed:
        world.process(policies=(*POLICIES, LOST)).tick()
        return True
    return False


def outcomes(folder: Path | None = None, step: int = 1) -> list[Counter[tuple[str, Any, Moment]]]:
    """What stands in the journal at the end, for every place (or every n-th) at which the first tick may die."""
    found = []
    for place in range(1, MORE_THAN_ENOUGH, step):
        if folder is None:
            world = World.in_memory(START)
        else:
            (folder / str(place)).mkdir()
            world = World.on_file(folder / str(place), START)
        if not killed_at(place, world):
            return found
        found.append(world.events())
    raise AssertionError("the tick did not end")


def test_the_undisturbed_run_does_all_there_is_to_do() -> None:
    """So that the tests below compare with something that holds every kind of work."""
    events = undisturbed()
    kinds = Counter(event.KIND for _, event, _ in events.elements())
    assert kinds["duty-raised.1"] == 3
    assert kinds["duty-extended.1"] == 1
    assert kinds["duty-answered.1"] == 2
    assert kinds["duty-resumed.1"] == 1
    assert kinds["duty-fell-due.1"] == kinds["duty-overdue.1"] == 2
    assert kinds["clock-was-away.1"] == 1
    assert kinds["policy-refused.1"] == 3


def test_killed_anywhere_the_next_tick_completes_exactly_once() -> None:
    found = outcomes()
    assert len(found) > 30
    expected = undisturbed()
    assert [place for place, events in enumerate(found, 1) if events != expected] == []


def test_the_same_over_an_sqlite_file(tmp_path: Path) -> None:
    expected = undisturbed()
    assert [place for place, events in enumerate(outcomes(tmp_path, 5), 1) if events != expected] == []


def test_control_with_random_ids_a_kill_leaves_duplicates(monkeypatch: pytest.MonkeyPatch) -> None:
    def random_id(*_: object) -> str:
        return str(uuid.uuid4())

    monkeypatch.setattr(adapters.policies, "command_id", random_id)
    monkeypatch.setattr(adapters.policies, "_refusal_id", random_id)
    monkeypatch.setattr(planner, "clock_id", random_id)
    monkeypatch.setattr(ticking, "clock_id", random_id)
    expected = undisturbed()
    wrong = [events - expected for events in outcomes() if events != expected]
    assert wrong
    doubled = {event.KIND for events in wrong for _, event, _ in events}
    assert {DutyAnswered.KIND, PolicyRefused.KIND} <= doubled


def test_killed_at_two_places_in_a_row_it_still_completes_exactly_once() -> None:
    expected = undisturbed()
    for first in range(1, 40, 3):
        for second in range(1, 12, 4):
            world = World.in_memory(START)
            left_alone(world)
            for place in (first, second):
                try:
                    world.process(fuse=Fuse(place), policies=(*POLICIES, LOST)).tick()
                except Killed:
                    continue
            world.process(policies=(*POLICIES, LOST)).tick()
            assert world.events() == expected

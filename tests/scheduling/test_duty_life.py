"""What is owed, through the real hazard loop and the real clock: due, overdue, moved, answered late, owed again."""

from pathlib import Path

import pytest

from domain.duties import DutyAnswered, DutyExtended, DutyFellDue, DutyOverdue, DutyRaised, DutyResumed
from tests.scheduling import mine
from tests.scheduling.rig import Process, World, at

DUTY = "rectification.YH-1.1"
DUE = "2026-07-10"
RAISED = DutyRaised("rectification", "hazard", "YH-1", mine.ANSWERS, DUE, None, follows_record=True)


@pytest.fixture(params=["memory", "sqlite"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    start = at("2026-07-01")
    return World.in_memory(start) if request.param == "memory" else World.on_file(tmp_path, start)


@pytest.fixture
def process(world: World) -> Process:
    """A hazard to be rectified by 10 July, planned on 1 July; policies ran, as after each command."""
    process = world.process()
    mine.found(process)
    mine.plan(process, "YH-1", DUE)
    process.react()
    return process


def test_what_is_rectified_in_time_was_never_due(world: World, process: Process) -> None:
    world.time.reads = at("2026-07-09")
    mine.complete(process, "YH-1")
    process.tick(at("2026-08-01"))
    assert world.duty(DUTY) == [
        RAISED,
        DutyAnswered(mine.WORKER, DUE, "2026-07-09", 0, "2026-07-09", (mine.ANSWERS,)),
    ]


def test_due_then_overdue_then_answered_late_and_late_for_ever(world: World, process: Process) -> None:
    process.tick(at("2026-07-10", 1))
    process.tick(at("2026-07-11", 1))
    world.time.reads = at("2026-07-15")
    mine.complete(process, "YH-1")
    process.react()
    process.tick(at("2026-09-01"))
    assert world.duty(DUTY) == [
        RAISED,
        DutyFellDue(DUE),
        DutyOverdue(DUE),
        DutyAnswered(mine.WORKER, DUE, "2026-07-15", 5, "2026-07-15", (mine.ANSWERS,)),
    ]


def test_done_in_time_but_told_late_is_in_time_and_the_overdue_stays(world: World, process: Process) -> None:
    """Lateness is two facts: by when it happened it is in time, by when it was recorded it is ten days late."""
    process.tick(at("2026-07-20"))
    mine.complete(process, "YH-1", at("2026-07-09"))
    process.react()
    assert world.duty(DUTY) == [
        RAISED,
        DutyFellDue(DUE),
        DutyOverdue(DUE),
        DutyAnswered(mine.WORKER, DUE, "2026-07-09", 0, "2026-07-20", (mine.ANSWERS,)),
    ]
    [answered] = world.records(DutyAnswered.KIND)
    assert answered.happened_at == at("2026-07-09")
    assert answered.recorded_at == at("2026-07-20")


def test_a_rejected_rectification_is_owed_again_by_the_same_day(world: World, process: Process) -> None:
    world.time.reads = at("2026-07-08")
    mine.complete(process, "YH-1")
    process.tick(at("2026-07-10"))
    world.time.reads = at("2026-07-12")
    mine.reject(process, "YH-1")
    process.tick(at("2026-07-12"))
    world.time.reads = at("2026-07-13")
    mine.complete(process, "YH-1")
    process.tick(at("2026-07-20"))
    assert world.duty(DUTY) == [
        RAISED,
        DutyAnswered(mine.WORKER, DUE, "2026-07-08", 0, "2026-07-08", (mine.ANSWERS,)),
        DutyResumed(DUE, mine.CHECKER),
        DutyFellDue(DUE),
        DutyOverdue(DUE),
        DutyAnswered(mine.WORKER, DUE, "2026-07-13", 3, "2026-07-13", (mine.ANSWERS,)),
    ]


def test_rejected_after_it_was_overdue_it_is_not_overdue_twice(world: World, process: Process) -> None:
    process.tick(at("2026-07-12"))
    mine.complete(process, "YH-1")
    mine.reject(process, "YH-1")
    process.tick(at("2026-07-20"))
    overdue = [one for one in world.duty(DUTY) if isinstance(one, DutyOverdue)]
    assert overdue == [DutyOverdue(DUE)]


def test_an_approved_extension_moves_the_day_and_both_days_are_kept(world: World, process: Process) -> None:
    world.time.reads = at("2026-07-09")
    mine.extend(process, "YH-1", "2026-07-25")
    process.tick(at("2026-07-20"))
    process.tick(at("2026-07-26"))
    assert world.duty(DUTY) == [
        RAISED,
        DutyExtended(DUE, "2026-07-25", mine.CHECKER),
        DutyFellDue("2026-07-25"),
        DutyOverdue("2026-07-25"),
    ]


def test_an_extension_that_no_policy_has_seen_yet_still_comes_before_the_tick(
    world: World, process: Process
) -> None:
    """Approved in the evening, and the command line died before its policies ran: the old day is not overdue."""
    world.time.reads = at("2026-07-10", 23)
    mine.extend(process, "YH-1", "2026-07-25")
    world.process().tick(at("2026-07-11", 1))
    assert world.duty(DUTY) == [RAISED, DutyExtended(DUE, "2026-07-25", mine.CHECKER)]


def test_an_extension_after_the_overdue_does_not_take_it_back(world: World, process: Process) -> None:
    process.tick(at("2026-07-12"))
    mine.extend(process, "YH-1", "2026-07-25")
    process.tick(at("2026-07-20"))
    world.time.reads = at("2026-07-24")
    mine.complete(process, "YH-1")
    process.tick(at("2026-07-30"))
    assert world.duty(DUTY) == [
        RAISED,
        DutyFellDue(DUE),
        DutyOverdue(DUE),
        DutyExtended(DUE, "2026-07-25", mine.CHECKER),
        DutyAnswered(mine.WORKER, "2026-07-25", "2026-07-24", 0, "2026-07-24", (mine.ANSWERS,)),
    ]

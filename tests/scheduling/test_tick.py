"""One beat of the clock, over the real engine and journal in memory and in an SQLite file."""

import uuid
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from domain.duties import DUTY, Duty, DutyCommand, DutyFellDue, DutyOverdue, ExtendDuty, MarkDutyDue, decide
from domain.index import DECIDERS
from domain.language import day_after
from domain.logbook import ClockDisagreed, ClockWasAway, NoteClockDisagreement, PolicyRefused
from scheduler import planner
from scheduler import tick as ticking
from scheduler.planner import clock_order
from tests.scheduling.rig import BODY, World, at, later

START = at("2026-07-01")


@pytest.fixture(params=["memory", "sqlite"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    return World.in_memory(START) if request.param == "memory" else World.on_file(tmp_path, START)


def marks(world: World) -> Counter[tuple[str, Any, str]]:
    return world.events((DutyFellDue.KIND, DutyOverdue.KIND))


def test_a_due_day_that_came_is_recorded_as_it_was_so(world: World) -> None:
    process = world.process()
    process.raise_duty("d", "2026-07-10")
    ticked = process.tick(at("2026-07-10", 9))
    assert (ticked.fell_due, ticked.overdue) == (1, 0)
    [record] = world.records(DutyFellDue.KIND)
    assert (record.by, record.auth) == ("clock", "clock")
    assert record.happened_at == "2026-07-09T16:00:00.000000Z"
    assert record.recorded_at == at("2026-07-10", 9)


def test_an_unanswered_day_becomes_overdue(world: World) -> None:
    process = world.process()
    process.raise_duty("d", "2026-07-10")
    process.tick(at("2026-07-10"))
    ticked = process.tick(at("2026-07-11", 0.1))
    assert (ticked.fell_due, ticked.overdue) == (0, 1)
    assert world.duty("d")[1:] == [DutyFellDue("2026-07-10"), DutyOverdue("2026-07-10")]


def test_running_twice_adds_nothing(world: World) -> None:
    process = world.process()
    process.raise_duty("d", "2026-07-10")
    process.tick(at("2026-08-01"))
    size = process.journal.head().size
    again = process.tick(at("2026-08-01"))
    assert process.journal.head().size == size == again.head
    assert (again.policies, again.fell_due, again.overdue, again.away) == (0, 0, 0, False)


def test_more_duties_than_one_page_are_all_marked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticking, "PAGE", 3)
    process = world.process()
    for number in range(10):
        process.raise_duty(f"d{number}", f"2026-07-{10 + number % 4}")
    process.tick(at("2026-08-01"))
    assert len(marks(world)) == 20
    assert set(marks(world).values()) == {1}


def test_a_moved_day_falls_due_once_more_and_the_old_marks_stay(world: World) -> None:
    process = world.process()
    process.raise_duty("d", "2026-07-10")
    process.tick(at("2026-07-12"))
    process.machine(ExtendDuty(BODY, "d", "2026-07-20", "p-checker"), at("2026-07-12"))
    process.tick(at("2026-07-13"))
    process.tick(at("2026-07-21"))
    said = [one for one in world.duty("d") if isinstance(one, (DutyFellDue, DutyOverdue))]
    assert said == [
        DutyFellDue("2026-07-10"),
        DutyOverdue("2026-07-10"),
        DutyFellDue("2026-07-20"),
        DutyOverdue("2026-07-20"),
    ]


# ------------------------------------------------------------------------------------------------- absence


def test_a_clock_that_ticks_daily_was_never_away(world: World) -> None:
    process = world.process()
    for day in range(1, 11):
        process.tick(at(f"2026-07-{day:02}", 8 if day % 2 else 10))
    assert world.absences() == []


def test_an_absence_is_recorded_once_and_before_what_fell_due_in_it(world: World) -> None:
    process = world.process()
    process.tick()
    process.raise_duty("d", "2026-07-10")
    assert process.tick(at("2026-07-31")).away
    assert not process.tick(at("2026-07-31")).away
    assert world.absences() == [ClockWasAway(START, at("2026-07-31"))]
    kinds = [record.kind for record in world.records()]
    assert kinds[-3:] == [ClockWasAway.KIND, DutyFellDue.KIND, DutyOverdue.KIND]


def test_each_absence_is_recorded(world: World) -> None:
    process = world.process()
    process.tick()
    process.tick(at("2026-07-10"))
    process.tick(at("2026-07-20"))
    assert world.absences() == [
        ClockWasAway(START, at("2026-07-10")),
        ClockWasAway(at("2026-07-10"), at("2026-07-20")),
    ]


def test_a_clock_that_was_never_seen_says_nothing_of_its_past(world: World) -> None:
    process = world.process()
    process.raise_duty("d", "2026-07-10")
    assert not process.tick(at("2026-09-01")).away


def test_two_absences_with_a_crash_between_record_and_beat_are_both_told(world: World) -> None:
    """The beat is older than the end of the absence that stands in the journal; the later of both counts."""
    process = world.process()
    process.tick()
    process.raise_duty("d", "2026-07-10")
    size = process.journal.head().size

    def die() -> None:
        if process.journal.head().size > size:
            raise KeyboardInterrupt

    process.before_submit = die
    with pytest.raises(KeyboardInterrupt):
        process.tick(at("2026-07-31"))
    later_on = world.process()
    later_on.tick(at("2026-09-10"))
    assert world.absences() == [
        ClockWasAway(START, at("2026-07-31")),
        ClockWasAway(at("2026-07-31"), at("2026-09-10")),
    ]


# ------------------------------------------------------------------------------------------------- set back


def test_a_clock_that_was_set_back_is_recorded_once_and_not_obeyed(world: World) -> None:
    process = world.process()
    process.tick(at("2026-07-10"))
    process.raise_duty("d", "2026-07-10")
    first = process.tick(at("2026-07-09"))
    process.tick(at("2026-07-09", 13))
    assert first.disagreed
    assert first.now == at("2026-07-10")
    assert world.disagreements() == [ClockDisagreed(at("2026-07-09"), at("2026-07-10"))]
    assert len(marks(world)) == 1


def test_it_is_recorded_once_also_when_another_disagreement_came_between(world: World) -> None:
    """The logbook remembers only the last one; the id tells that this one stands already."""
    process = world.process()
    process.tick(at("2026-07-10"))
    process.tick(at("2026-07-09", 1))
    process.machine(NoteClockDisagreement(at("2026-07-09", 2), at("2026-07-09", 3)))
    process.tick(at("2026-07-09", 4))
    assert [one.stamped for one in world.disagreements()] == [at("2026-07-10"), at("2026-07-09", 3)]


def test_time_goes_on_where_the_clock_agrees_again(world: World) -> None:
    process = world.process()
    process.tick(at("2026-07-10"))
    process.tick(at("2026-07-09"))
    assert process.tick(at("2026-07-11")).now == at("2026-07-11")
    assert len(world.disagreements()) == 1
    assert world.absences() == []


def test_a_jump_of_400_days_and_back_loses_and_doubles_nothing(world: World) -> None:
    process = world.process()
    process.tick()
    for number in range(20):
        process.raise_duty(f"d{number}", day_after("2026-07-05", 40 * number))
    process.tick(later(START, days=400))
    process.tick(later(START, days=1))
    for days in (2, 399, 401, 900):
        process.tick(later(START, days=days))
    assert len(marks(world)) == 40
    assert set(marks(world).values()) == {1}
    assert len(world.disagreements()) == 1


# ------------------------------------------------------------------------------------------------- away for long


def test_a_thousand_due_days_while_away_for_thirty_days_are_each_recorded_once(tmp_path: Path) -> None:
    world = World.on_file(tmp_path, START)
    process = world.process()
    process.tick()
    for number in range(1000):
        process.raise_duty(f"d{number}", day_after("2026-07-01", 1 + number % 29))
    ticked = world.process().tick(at("2026-07-31"))
    assert (ticked.fell_due, ticked.overdue) == (1000, 1000)
    assert len(marks(world)) == 2000
    assert set(marks(world).values()) == {1}
    assert len(world.absences()) == 1


# ------------------------------------------------------------------------------------------------- two at once


def naive(command: DutyCommand, state: Duty, facts: Any, rules: Any) -> list[Any]:
    """The duty without its own memory of what the clock has said: only the id is left to protect it."""
    return decide(command, replace(state, fell_due="", overdue=""), facts, rules)


NAIVE = [replace(DUTY, decide=naive) if one is DUTY else one for one in DECIDERS]


def random_id(*_: str) -> str:
    return str(uuid.uuid4())


def crossed(world: World, moment: str) -> None:
    """Tick in two processes, one of which does all its work between the other's plan and its first order."""
    process = world.process(deciders=NAIVE)
    other = world.process(deciders=NAIVE)

    def overtake() -> None:
        process.before_submit = lambda: None
        other.tick()

    process.before_submit = overtake
    process.tick(moment)


def prepared(world: World) -> None:
    process = world.process()
    process.tick()
    for number in range(5):
        process.raise_duty(f"d{number}", "2026-07-10")


def test_two_clocks_that_plan_the_same_record_it_once(world: World) -> None:
    prepared(world)
    crossed(world, at("2026-07-20"))
    assert len(marks(world)) == 10
    assert set(marks(world).values()) == {1}
    assert len(world.absences()) == 1


def test_control_with_random_ids_two_clocks_record_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planner, "clock_id", random_id)
    prepared(world)
    crossed(world, at("2026-07-20"))
    assert max(marks(world).values()) == 2


@pytest.mark.parametrize(("ids", "absences"), [("clock_id", 1), ("random_id", 2)])
def test_an_absence_that_two_clocks_see_is_recorded_once_thanks_to_its_id(
    world: World, monkeypatch: pytest.MonkeyPatch, ids: str, absences: int
) -> None:
    """They read their clocks a moment apart, so the logbook alone cannot tell that they mean the same absence."""
    if ids == "random_id":
        monkeypatch.setattr(ticking, "clock_id", random_id)
    process, other = world.process(), world.process()
    process.tick()

    def overtake() -> None:
        process.before_submit = lambda: None
        other.tick(at("2026-07-31", 11))
        world.time.reads = at("2026-07-31", 12)

    process.before_submit = overtake
    process.tick(at("2026-07-31", 12))
    assert len(world.absences()) == absences


# ------------------------------------------------------------------------------------------------- refusals


def test_what_the_clock_may_not_say_is_written_down_and_the_rest_goes_on(world: World) -> None:
    """A view that shows a duty which the journal does not know is a view gone wrong, no reason to stop."""
    process = world.process()
    order = clock_order(MarkDutyDue(BODY, "ghost", "2026-07-10"), "ghost", at("2026-07-10"))
    assert process.ports.submit(order)
    assert not process.ports.submit(order)
    [record] = world.records(PolicyRefused.KIND)
    assert isinstance(record.event, PolicyRefused)
    assert (record.event.policy, record.event.refused) == ("clock", "UnknownThing")
    assert "ghost" in record.event.because


def test_a_tick_that_did_not_complete_has_not_been(world: World) -> None:
    process = world.process()
    process.tick()
    process.raise_duty("d", "2026-07-02")

    def die() -> None:
        raise KeyboardInterrupt

    process.before_submit = die
    with pytest.raises(KeyboardInterrupt):
        process.tick(at("2026-07-02"))
    assert process.positions.beat() == START

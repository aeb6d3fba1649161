"""Policies: each record's consequences exactly once, whoever runs them, however often, and nothing refused is lost."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

import adapters.policies
from adapters.policies import run_policies
from adapters.positions import Positions
from domain.duties import AnswerDuty, DutyFellDue, DutyRaised, RaiseDuty
from domain.engine import Order
from domain.hazards import RectificationPlanned
from domain.logbook import PolicyRefused
from domain.policies import POLICIES, Policy, command_id
from domain.records import Record
from tests.scheduling import mine
from tests.scheduling.rig import BODY, Fuse, Killed, World, at

START = at("2026-07-01")


@pytest.fixture(params=["memory", "sqlite"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    return World.in_memory(START) if request.param == "memory" else World.on_file(tmp_path, START)


def planned(world: World, *hazards: str) -> None:
    process = world.process()
    mine.found(process)
    for hazard in hazards:
        mine.plan(process, hazard, "2026-07-10")


def test_a_plan_raises_a_duty_that_names_its_cause(world: World) -> None:
    planned(world, "YH-1")
    assert world.process().react() == 1
    [record] = world.records(DutyRaised.KIND)
    [cause] = world.records(RectificationPlanned.KIND)
    assert (record.by, record.auth, record.source) == ("policy", "policy", "rectification-deadline")
    assert record.caused_by == cause.position
    assert record.happened_at == cause.happened_at
    assert record.command_id == command_id("rectification-deadline", cause.position, "rectification.YH-1.1")


def test_running_again_adds_nothing(world: World) -> None:
    planned(world, "YH-1")
    process = world.process()
    process.react()
    size = process.journal.head().size
    assert process.react() == 0
    assert process.journal.head().size == size


def test_a_lost_position_costs_work_and_changes_nothing(world: World) -> None:
    planned(world, "YH-1", "YH-2")
    process = world.process()
    process.react()
    mine.complete(process, "YH-1")
    mine.reject(process, "YH-1")
    process.react()
    before = world.events()
    empty = World.in_memory(START).views
    assert run_policies(process.engine, process.journal, Positions(empty), POLICIES) == 0
    assert world.events() == before


def test_the_position_passes_what_no_policy_listens_to(world: World) -> None:
    """Otherwise every run would read the whole log again from the last record that mattered, or from the first."""
    process = world.process()
    mine.found(process)
    process.react()
    assert process.positions.of("rectification-deadline") == process.journal.head().size
    mine.plan(process, "YH-1", "2026-07-10")
    process.react()
    assert process.positions.of("rectification-deadline") == process.journal.head().size


def test_more_records_than_one_page_are_all_reacted_to(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapters.policies, "PAGE", 2)
    planned(world, *(f"YH-{number}" for number in range(5)))
    assert world.process().react() == 5


def answer_a_ghost(record: Record) -> list[tuple[str, Any]]:
    return [("ghost", AnswerDuty(BODY, "ghost", "p-worker"))]


LOST = Policy("lost", (RectificationPlanned.KIND,), answer_a_ghost)


def test_a_refused_command_is_written_down_once_and_the_policy_goes_on(world: World) -> None:
    planned(world, "YH-1", "YH-2")
    process = world.process(policies=(LOST, *POLICIES))
    process.react()
    world.process(policies=(LOST, *POLICIES)).react()
    causes = [record.position for record in world.records(RectificationPlanned.KIND)]
    noted = [asdict(record.event) for record in world.records(PolicyRefused.KIND)]
    told = [(one["policy"], one["position"], one["command"], one["refused"]) for one in noted]
    assert told == [("lost", position, "AnswerDuty", "UnknownThing") for position in causes]
    assert len(world.records(DutyRaised.KIND)) == 2
    assert process.positions.of("lost") > causes[-1]


def test_what_was_refused_stays_so_also_when_positions_are_lost(world: World) -> None:
    """A person was told to look; the machine does not do it behind their back when a view is rebuilt."""
    planned(world, "YH-1")
    process = world.process(policies=(LOST,))
    process.react()
    process.raise_duty("ghost", "2026-07-10")
    before = world.events()
    run_policies(process.engine, process.journal, Positions(World.in_memory(START).views), (LOST,))
    assert world.events() == before


def test_an_id_that_is_taken_counts_as_done_whatever_stands_there(world: World) -> None:
    planned(world, "YH-1")
    [cause] = world.records(RectificationPlanned.KIND)
    process = world.process()
    taken = command_id("rectification-deadline", cause.position, "rectification.YH-1.1")
    other = RaiseDuty(BODY, "another", "rectification", "hazard", "YH-9", "p-lead", "2026-07-10")
    process.engine.submit(Order(other, "policy", taken, b"else", auth="policy"))
    assert process.react() == 0
    assert len(world.records(DutyRaised.KIND)) == 1


def wake_on_due(record: Record) -> list[tuple[str, Any]]:
    return [
        ("next", RaiseDuty(BODY, f"after-{record.position}", "next", "duty", "x", "p-lead", "2026-08-01"))
    ]


def test_a_policy_may_wake_another_one_in_the_same_run(world: World) -> None:
    """The second stands before the first, so that one pass in their order does not reach it."""
    planned(world, "YH-1")

    def follow(record: Record) -> list[tuple[str, Any]]:
        assert isinstance(record.event, DutyRaised)
        return wake_on_due(record) if record.event.rule == "rectification" else []

    process = world.process(policies=(Policy("follow", (DutyRaised.KIND,), follow), *POLICIES))
    assert process.react() == 2
    assert len(world.records(DutyRaised.KIND)) == 2


def test_the_clocks_own_events_are_reacted_to_in_the_same_tick(world: World) -> None:
    process = world.process(policies=(Policy("due", (DutyFellDue.KIND,), wake_on_due),))
    process.raise_duty("d", "2026-07-01")
    assert process.tick().policies == 1


def test_killed_after_any_step_the_next_run_completes_exactly_once() -> None:
    reference = World.in_memory(START)
    planned(reference, "YH-1", "YH-2")
    reference.process(policies=(LOST, *POLICIES)).react()
    for place in range(1, 400):
        world = World.in_memory(START)
        planned(world, "YH-1", "YH-2")
        try:
            world.process(fuse=Fuse(place), policies=(LOST, *POLICIES)).react()
        except Killed:
            assert world.process().positions.of("lost") <= world.ledger.head().size
            world.process(policies=(LOST, *POLICIES)).react()
        else:
            assert place > 10
            return
        assert world.events() == reference.events()
    raise AssertionError("the run did not end")


def test_a_position_never_passes_what_was_not_done() -> None:
    for place in range(1, 400):
        world = World.in_memory(START)
        planned(world, "YH-1", "YH-2", "YH-3")
        process = world.process(fuse=Fuse(place))
        try:
            process.react()
        except Killed:
            done = process.positions.of("rectification-deadline")
            causes = [
                one.position for one in world.records(RectificationPlanned.KIND) if one.position <= done
            ]
            assert {one.caused_by for one in world.records(DutyRaised.KIND)} >= set(causes)
        else:
            return

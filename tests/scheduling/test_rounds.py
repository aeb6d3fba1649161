"""Rounds follow each other by the clock: each period's once, the missed ones marked, however long the clock slept."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from domain.bodies import RegisterBody
from domain.checklist_items import ItemEntry
from domain.checklists import AssignRounds, DrawUpChecklist, EndRounds
from domain.hazards import HazardRegistered
from domain.inspection_answers import AnswerEntry, InspectionCompleted
from domain.inspection_rounds import InspectionMissed, InspectionPlanned
from domain.inspections import RecordRound
from domain.people import PersonEntry, RegisterPeople
from domain.roles import GrantEntry, GrantRoles
from domain.units import RegisterUnit
from tests.scheduling.rig import BODY, Fuse, Killed, Process, World, at

LIST, CLERK, LEADER = "JC", "p-clerk", "p-leader"


@pytest.fixture(params=["memory", "sqlite"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    start = at("2026-01-05")
    world = World.in_memory(start) if request.param == "memory" else World.on_file(tmp_path, start)
    process = world.process()
    process.give(CLERK, RegisterBody(BODY, "Mufu mine", "enterprise", "320100", "non_coal_mine"))
    process.give(CLERK, RegisterPeople(BODY, (PersonEntry(CLERK), PersonEntry(LEADER))))
    process.give(CLERK, RegisterUnit(BODY, "U-1", "Shaft", "main"))
    grants = (GrantEntry(CLERK, "workshop_lead"), GrantEntry(LEADER, "team_lead"))
    process.give(CLERK, GrantRoles(BODY, grants))
    item = ItemEntry("1", "no oil", "look", ("team",), "P1M")
    process.give(CLERK, DrawUpChecklist(BODY, LIST, "hoist", "U-1", (item,)))
    process.give(CLERK, AssignRounds(BODY, LIST, "team", "P1M", LEADER))
    process.react()
    return world


def code(month: str) -> str:
    return f"JC.team.P1M.{LEADER}.{month}-01"


FIRST = code("2026-01")


def rounds(world: World, kind: type) -> list[str]:
    """The months of which such a record tells, in the order of the records."""
    return [one.event.plan.due[:7] for one in world.records(kind.KIND)]  # type: ignore[attr-defined]  # each holds its plan


def make(
    process: Process, inspection: str, day: str, answer: str = "pass", recorded: str | None = None
) -> None:
    process.world.time.reads = max(process.world.time.reads, at(recorded or day))
    entry = AnswerEntry("1", answer, "as found")  # type: ignore[arg-type]  # one of the four answers
    whole = RecordRound(BODY, inspection, at(day, 10), (entry,), "as I saw it")
    process.give(LEADER, whole, at(day, 11))
    process.react()


@pytest.mark.clause("NJ-060")
def test_a_clock_that_slept_for_months_marks_each_missed_round_once_and_plans_each_next(world: World) -> None:
    process = world.process()
    for _ in range(6):
        process.tick(at("2026-05-10"))
    assert rounds(world, InspectionMissed) == ["2026-01", "2026-02", "2026-03", "2026-04"]
    assert rounds(world, InspectionPlanned) == ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]
    happened = [one.happened_at for one in world.records(InspectionMissed.KIND)]
    assert happened[0] == "2026-01-31T16:00:00.000000Z", (
        "the first moment after the day, not when the clock woke"
    )
    size = process.journal.head().size
    process.tick(at("2026-05-10"))
    assert process.journal.head().size == size


def test_a_round_made_before_its_day_has_passed_is_never_missed(world: World) -> None:
    process = world.process()
    make(process, FIRST, "2026-01-20")
    process.tick(at("2026-02-10"))
    assert rounds(world, InspectionMissed) == []
    assert rounds(world, InspectionPlanned) == ["2026-01", "2026-02"]


def test_a_tablet_s_round_that_comes_after_the_clock_s_word_is_in_time_and_was_marked_missed(
    world: World,
) -> None:
    process = world.process()
    process.tick(at("2026-02-02"))
    make(process, FIRST, "2026-01-31", recorded="2026-02-09")
    [done] = world.records(InspectionCompleted.KIND)
    assert done.event.days_late == 0  # type: ignore[attr-defined]  # it is what it was asked for
    assert rounds(world, InspectionMissed) == ["2026-01"]
    assert rounds(world, InspectionPlanned) == ["2026-01", "2026-02"], "the next one was planned once"


def test_no_round_follows_when_they_have_ended(world: World) -> None:
    process = world.process()
    process.give(CLERK, EndRounds(BODY, LIST, "team", "P1M", LEADER, "2026-02-01"))
    for _ in range(3):
        process.tick(at("2026-04-10"))
    assert rounds(world, InspectionPlanned) == ["2026-01"]
    assert rounds(world, InspectionMissed) == ["2026-01"]


def test_killed_between_any_two_appends_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    """A failed item, the next round and the answer to the duty follow from one round, each exactly once."""

    def story(fuse: Fuse) -> Counter[str]:
        folder = tmp_path / str(fuse.burns_at)
        folder.mkdir()
        world = World.on_file(folder, at("2026-01-05"))
        process = world.process()
        process.give(CLERK, RegisterBody(BODY, "Mufu mine", "enterprise", "320100", "non_coal_mine"))
        process.give(CLERK, RegisterPeople(BODY, (PersonEntry(CLERK), PersonEntry(LEADER))))
        process.give(CLERK, RegisterUnit(BODY, "U-1", "Shaft", "main"))
        process.give(
            CLERK, GrantRoles(BODY, (GrantEntry(CLERK, "workshop_lead"), GrantEntry(LEADER, "team_lead")))
        )
        item = ItemEntry("1", "no oil", "look", ("team",), "P1M")
        process.give(CLERK, DrawUpChecklist(BODY, LIST, "hoist", "U-1", (item,)))
        process.give(CLERK, AssignRounds(BODY, LIST, "team", "P1M", LEADER))
        for _ in range(20):
            dying = world.process(fuse=fuse)
            try:
                dying.react()
                if not world.records(InspectionCompleted.KIND):
                    make(dying, FIRST, "2026-01-20", "fail")
                dying.tick(at("2026-03-10"))
                dying.tick(at("2026-03-10"))
            except Killed:
                fuse = Fuse()
                continue
        told = world.records()
        return Counter(f"{one.stream} {one.kind}" for one in told if not one.stream.startswith("logbook/"))

    whole = story(Fuse())
    assert whole[f"hazard/{BODY}/YH.{FIRST}.1 {HazardRegistered.KIND}"] == 1
    for burns_at in range(2, 40, 6):
        assert story(Fuse(burns_at)) == whole, burns_at

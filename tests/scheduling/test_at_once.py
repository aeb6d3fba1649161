"""Several clocks at once, in threads and in processes, over one SQLite file: everything once, and no lock error."""

import json
import threading
from pathlib import Path

import pytest

from domain.duties import DUTY, DutyFellDue, DutyOverdue, DutyRaised
from tests.scheduling import mine
from tests.scheduling.children import started
from tests.scheduling.rig import World, at

START, END = at("2026-07-01"), at("2026-07-31")
DUTIES = 100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A hundred plans by people; no policy ran, and the clock was away for thirty days."""
    process = World.on_file(tmp_path, START).process()
    process.tick()
    mine.found(process)
    for number in range(DUTIES):
        mine.plan(process, f"YH-{number}", f"2026-07-{2 + number % 28:02}")
    return tmp_path


def held_once(folder: Path) -> None:
    world = World.on_file(folder, END)
    for kind in (DutyRaised.KIND, DutyFellDue.KIND, DutyOverdue.KIND):
        found = world.events((kind,))
        assert len(found) == DUTIES
        assert set(found.values()) == {1}
    assert len(world.absences()) == 1
    assert len(world.records(*(event.KIND for event in DUTY.events))) == 3 * DUTIES


def test_four_threads_that_tick_at_once_record_everything_once(folder: Path) -> None:
    processes = [World.on_file(folder, END).process() for _ in range(4)]
    together = threading.Barrier(len(processes))
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            together.wait(60)
            processes[number].tick()
        except BaseException as error:  # noqa: BLE001 - shown below, whatever it is
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(processes))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failed == []
    held_once(folder)


def test_three_processes_that_tick_at_once_record_everything_once(folder: Path) -> None:
    with started(*(("tick", str(folder), END) for _ in range(3))) as children:
        assert [child.hear() for child in children] == ["ready"] * 3
        for child in children:
            child.tell()
        told = [json.loads(child.hear()) for child in children]
        held_once(folder)
        # What each of them says it recorded is what was recorded.
        assert [sum(one) for one in zip(*told, strict=True)] == [DUTIES, DUTIES, DUTIES, 1]
        children[0].tell()
        assert json.loads(children[0].hear()) == [0, 0, 0, False]


def test_killed_processes_leave_nothing_undone_and_nothing_double(folder: Path) -> None:
    """kill -9 while they work, several times over, then one tick in peace."""
    ledger = World.on_file(folder, END).ledger
    for _ in range(3):
        with started(*(("tick", str(folder), END) for _ in range(2))) as children:
            for child in children:
                assert child.hear() == "ready"
            before = ledger.head().size
            for child in children:
                child.tell()
            while ledger.head().size < before + 40:
                assert all(child.process.poll() is None for child in children)
            for child in children:
                child.process.kill()
    begun = ledger.head().size
    World.on_file(folder, END).process().tick()
    assert ledger.head().size > begun, "the killed ones had left nothing to do"
    held_once(folder)

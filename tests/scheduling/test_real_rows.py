"""The clock over the real view of due rows says exactly what it says over rows folded straight from the log."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import MetaData, StaticPool, create_engine

from adapters.journal.journal import EventJournal
from domain.language import Day, day_after
from projections.duty_rows import DUTY_ROWS, due_by
from scheduler import tick as ticking
from scheduler.planner import DueRow
from tests.scheduling import mine
from tests.scheduling.rig import Process, Row, World, at

START = at("2026-07-01")


class ViewRows:
    """The view's own tables, ``apply`` and question, in a database of their own."""

    def __init__(self, journal: EventJournal) -> None:
        self._journal = journal
        self._database = create_engine("sqlite://", poolclass=StaticPool)
        metadata = MetaData()
        self._tables = DUTY_ROWS.tables(metadata, "t_")
        metadata.create_all(self._database)
        self._position = 0

    def catch_up(self) -> int:
        head = self._journal.head().size
        records = list(self._journal.every(self._position, DUTY_ROWS.kinds, until=head))
        with self._database.begin() as connection:
            if records:
                DUTY_ROWS.apply(records, connection, self._tables)
        self._position = head
        return head

    def due(self, by: Day, after: DueRow | None, limit: int) -> Sequence[DueRow]:
        behind = None if after is None else (after.due, after.body, after.duty)
        with self._database.begin() as connection:
            rows = due_by(connection, self._tables, by, behind, limit)
        return [
            Row(row["due"], row["body"], row["code"], True, row["marked_due"], row["marked_overdue"]) for row in rows
        ]


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

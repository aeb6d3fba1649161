"""The planner: which rows the clock has something to say about on a day, and when that became so."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.duties import MarkDutyDue, MarkDutyOverdue
from domain.duty_clock import MarkDutyMissed
from domain.language import day_after
from projections.duty_rows import DueRow
from scheduler.planner import Planned, plan
from tests.scheduling.rig import BODY


def row(duty: str, due: str, marked_due: bool = False, marked_overdue: bool = False) -> DueRow:
    return DueRow(BODY, duty, due, marked_due=marked_due, marked_overdue=marked_overdue)


def test_a_duty_falls_due_at_the_first_moment_of_its_day_in_china() -> None:
    [planned] = plan([row("a", "2026-07-10")], "2026-07-10")
    assert planned.command == MarkDutyDue(BODY, "a", "2026-07-10")
    assert planned.at == "2026-07-09T16:00:00.000000Z"


def test_it_is_overdue_from_the_first_moment_of_the_next_day() -> None:
    fell_due, overdue = plan([row("a", "2026-07-10")], "2026-07-11")
    assert fell_due.command == MarkDutyDue(BODY, "a", "2026-07-10")
    assert overdue.command == MarkDutyOverdue(BODY, "a", "2026-07-10")
    assert overdue.at == "2026-07-10T16:00:00.000000Z"


def test_a_day_that_has_not_come_is_not_planned() -> None:
    assert plan([row("a", "2026-07-10")], "2026-07-09") == []


@pytest.mark.parametrize(
    ("due", "overdue_from"),
    [
        ("2028-02-29", "2028-02-29T16:00:00.000000Z"),
        ("2028-02-28", "2028-02-28T16:00:00.000000Z"),
        ("2027-02-28", "2027-02-28T16:00:00.000000Z"),
        ("2026-12-31", "2026-12-31T16:00:00.000000Z"),
    ],
)
def test_leap_days_and_year_ends_are_days_like_others(due: str, overdue_from: str) -> None:
    assert plan([row("a", due)], due)[-1].command == MarkDutyDue(BODY, "a", due)
    assert plan([row("a", due)], day_after(due))[-1].at == overdue_from


def test_a_day_moved_beyond_its_period_is_missed_only_after_that_day() -> None:
    marked = row("a", "2026-04-20", True, True)
    moved = dataclasses.replace(marked, closes="2026-03-31")
    assert plan([moved], "2026-04-20") == []
    [planned] = plan([moved], "2026-05-01")
    assert planned.command == MarkDutyMissed(BODY, "a", "2026-03-31")
    assert planned.at == "2026-04-20T16:00:00.000000Z"


def test_what_is_marked_is_not_planned_again() -> None:
    assert plan([row("a", "2026-07-10", marked_due=True)], "2026-07-10") == []
    assert plan([row("a", "2026-07-10", True, True)], "2026-08-01") == []
    [only] = plan([row("a", "2026-07-10", marked_due=True)], "2026-08-01")
    assert isinstance(only.command, MarkDutyOverdue)


def test_the_plan_is_in_the_order_in_which_it_became_so() -> None:
    planned = plan([row("late", "2026-07-12"), row("early", "2026-07-10")], "2026-08-01")
    assert [(one.command.duty, type(one.command).__name__) for one in planned] == [
        ("early", "MarkDutyDue"),
        ("early", "MarkDutyOverdue"),
        ("late", "MarkDutyDue"),
        ("late", "MarkDutyOverdue"),
    ]


def test_the_id_says_duty_day_and_what_and_nothing_of_now() -> None:
    first = {one.id for one in plan([row("a", "2026-07-10")], "2026-07-11")}
    later = {one.id for one in plan([row("a", "2026-07-10")], "2030-01-01")}
    moved = {one.id for one in plan([row("a", "2026-07-11")], "2030-01-01")}
    other = {one.id for one in plan([row("b", "2026-07-10")], "2030-01-01")}
    assert first == later
    assert len(first | moved | other) == 6


def test_the_order_is_the_clocks_own() -> None:
    order = plan([row("a", "2026-07-10")], "2026-07-10")[0].order()
    assert (order.by, order.auth, order.at) == ("clock", "clock", "2026-07-09T16:00:00.000000Z")


EDGES = [dt.date(2028, 2, 29), dt.date(2027, 3, 1), dt.date(2026, 12, 31), dt.date(2100, 2, 28)]
DAYS = st.one_of(
    st.sampled_from(EDGES),
    st.builds(lambda edge, days: edge + dt.timedelta(days=days), st.sampled_from(EDGES), st.integers(-3, 3)),
).map(dt.date.isoformat)


def marked(rows: Iterable[DueRow], planned: Iterable[Planned]) -> list[DueRow]:
    """The rows after the planned commands were recorded."""
    by_duty = {row.duty: row for row in rows}
    for one in planned:
        mark = "marked_due" if isinstance(one.command, MarkDutyDue) else "marked_overdue"
        by_duty[one.command.duty] = dataclasses.replace(by_duty[one.command.duty], **{mark: True})
    return list(by_duty.values())


@given(dues=st.lists(DAYS, max_size=8), todays=st.lists(DAYS, min_size=1, max_size=5))
def test_however_often_it_ran_before_the_last_day_decides_alone(dues: list[str], todays: list[str]) -> None:
    rows = [row(f"d{number}", due) for number, due in enumerate(dues)]
    todays.sort()
    said: list[Planned] = []
    stepped = rows
    for today in todays:
        planned = plan(stepped, today)
        said += planned
        stepped = marked(stepped, planned)
        assert plan(stepped, today) == []
    assert stepped == marked(rows, plan(rows, todays[-1]))
    assert sorted(one.id for one in said) == sorted(one.id for one in plan(rows, todays[-1]))

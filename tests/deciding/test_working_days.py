"""Which days are worked: the State Council's notices of three years, and what is not settled yet."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.rules import load_rulebook
from domain.language import Day, day_after
from domain.rule_calendar import shipped_calendar
from domain.working_days import Calendar, Notice, months_after, span

CALENDAR = shipped_calendar(load_rulebook())
JUDGES = Path(__file__).resolve().parents[2].parent / "shared" / "outside" / "calendar"
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2026, 12, 31))


def judged(year: int) -> dict[Day, bool]:
    """Every day of the year as the judge has it: whether it is worked."""
    told = json.loads((JUDGES / f"{year}.json").read_text("utf-8"))["days"]
    named = {one["date"]: not one["isOffDay"] for one in told}
    plain = Calendar()
    return {day: named.get(day, plain.is_working(day)) for day in span(f"{year}-01-01", f"{year}-12-31")}


@pytest.mark.rule("working-days")
@pytest.mark.skipif(not JUDGES.is_dir(), reason="the outside calendar is not beside this checkout")
def test_none_of_the_days_of_2024_to_2026_differs_from_the_judge() -> None:
    told = {day: worked for year in (2024, 2025, 2026) for day, worked in judged(year).items()}
    assert len(told) == 1096
    assert [day for day, worked in told.items() if CALENDAR.is_working(day) != worked] == []


@pytest.mark.skipif(not JUDGES.is_dir(), reason="the outside calendar is not beside this checkout")
def test_a_year_for_which_the_judge_has_nothing_is_provisional() -> None:
    assert json.loads((JUDGES / "2027.json").read_text("utf-8"))["days"] == []
    assert CALENDAR.is_provisional("2027-01-01")
    assert CALENDAR.is_provisional("2023-12-31")
    assert not CALENDAR.is_provisional("2026-12-31")


@pytest.mark.rule("working-days")
def test_a_provisional_year_is_worked_from_monday_to_friday() -> None:
    assert [CALENDAR.is_working(day) for day in span("2027-02-01", "2027-02-07")] == [True] * 5 + [False] * 2


def test_a_weekend_day_that_the_notice_moves_is_worked() -> None:
    assert CALENDAR.is_working("2026-02-14")  # a Saturday
    assert not CALENDAR.is_working("2026-02-16")  # a Monday in the Spring Festival


@pytest.mark.parametrize(
    ("day", "n", "natural", "working"),
    [
        ("2026-09-30", 3, "2026-10-03", "2026-10-10"),  # National Day; 10 October is worked
        ("2026-02-13", 1, "2026-02-14", "2026-02-14"),
        ("2026-02-14", 1, "2026-02-15", "2026-02-24"),
        ("2026-10-08", -1, "2026-10-07", "2026-09-30"),
        ("2024-02-28", 2, "2024-03-01", "2024-03-01"),  # a leap year
        ("2026-10-03", 0, "2026-10-03", "2026-10-03"),
    ],
)
def test_days_are_counted_naturally_or_by_working_days(day: Day, n: int, natural: Day, working: Day) -> None:
    assert CALENDAR.add(day, n, "natural") == natural
    assert CALENDAR.add(day, n, "working") == working


@pytest.mark.parametrize(
    ("day", "forward", "back"),
    [
        ("2026-10-04", "2026-10-08", "2026-09-30"),
        ("2026-09-20", "2026-09-20", "2026-09-20"),  # a Sunday that is worked
        ("2026-01-01", "2026-01-04", "2025-12-31"),
    ],
)
def test_a_last_day_that_is_a_rest_day_is_kept_or_moved(day: Day, forward: Day, back: Day) -> None:
    assert CALENDAR.roll(day, "keep") == day
    assert CALENDAR.roll(day, "next_working") == forward
    assert CALENDAR.roll(day, "previous_working") == back


def test_a_count_over_the_turn_of_the_year_is_settled_only_when_both_years_are() -> None:
    assert CALENDAR.settled("2025-12-30", "2026-01-05")
    assert not CALENDAR.settled("2026-12-30", "2027-01-05")


def test_a_later_notice_on_a_year_takes_the_place_of_the_earlier_one() -> None:
    first = Notice(2027, frozenset({"2027-01-01"}), frozenset())
    again = Notice(2027, frozenset({"2027-01-04"}), frozenset({"2027-01-02"}))
    calendar = Calendar.of([first, again])
    assert [calendar.is_working(day) for day in span("2027-01-01", "2027-01-04")] == [
        True,
        True,
        False,
        False,
    ]
    assert not calendar.is_provisional("2027-06-01")


def test_a_month_later_is_the_same_day_or_the_months_last() -> None:
    assert months_after("2026-01-31", 1) == "2026-02-28"
    assert months_after("2024-01-31", 1) == "2024-02-29"
    assert months_after("2024-02-29", 12) == "2025-02-28"
    assert months_after("2026-11-30", 3) == "2027-02-28"
    assert months_after("2026-03-31", -1) == "2026-02-28"


@given(DAYS, st.integers(1, 40))
def test_n_working_days_later_lie_exactly_n_worked_days(day: object, n: int) -> None:
    start = str(day)
    end = CALENDAR.add(start, n, "working")
    assert sum(CALENDAR.is_working(one) for one in span(day_after(start), end)) == n
    assert CALENDAR.is_working(end)


@given(DAYS)
def test_a_day_is_rolled_to_the_nearest_worked_day_of_its_side(day: object) -> None:
    start = str(day)
    after, before = CALENDAR.roll(start, "next_working"), CALENDAR.roll(start, "previous_working")
    assert before <= start <= after
    assert [one for one in span(before, after) if CALENDAR.is_working(one)] == sorted({before, after})

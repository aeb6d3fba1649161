"""What an event makes a body owe: the three-day notice, joined where one is in time; the month; the draw."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.language import Day, day_after, day_of
from domain.obligation_facts import TRIGGERS, BodyFacts, Cause, Done
from domain.obligations import Owed, owed
from domain.rule_adoption import Adopted
from domain.rulebook import Rulebook
from tests.deciding.test_obligations import CALENDAR, HOUSE, NOTHING, RULES, YANTIAN, asked, body, with_value

NOTICE = "risk-list-update-notice"


def at(day: Day, hour: int = 4) -> str:
    """A moment on that day in China; hour in UTC, 0 to 15."""
    return f"{day}T{hour:02}:00:00.000000Z"


def update(day: Day, reference: str, what: str = "level_changed", hour: int = 4, known: int = 0) -> Cause:
    return Cause("risk_list_updated", what, "YT-E01", reference, at(day, hour), known)


def notices(
    *causes: Cause,
    done: tuple[Done, ...] = (),
    adopted: Adopted = NOTHING,
    rules: Rulebook = RULES,
    until: Day = "2028-01-01",
    **changes: Any,
) -> list[tuple[str, Day, Day]]:
    """Period, first and last day of every notice that these updates make due."""
    facts = body(causes=causes, done=done, **changes)
    found = asked(facts, NOTICE, "2022-01-01", until, adopted, rules)
    return [(one.period, one.begins, one.due) for one in found]


def given_at(day: Day, hour: int = 4) -> Done:
    return Done(NOTICE, "YT-E01", at(day, hour))


@pytest.mark.rule("risk-list-update-notice")
@pytest.mark.clause("YT-16b")
def test_an_update_is_told_within_three_days_not_counting_its_own() -> None:
    assert notices(update("2022-03-10", "r71")) == [("r71", "2022-03-10", "2022-03-13")]


@pytest.mark.clause("YT-16b")
def test_several_updates_are_joined_while_one_notice_is_in_time_for_the_earliest() -> None:
    told = notices(update("2022-03-10", "r71"), update("2022-03-11", "r72"), update("2022-03-13", "r73"))
    assert told == [("r71", "2022-03-10", "2022-03-13")]


def test_an_update_after_the_last_day_of_the_first_starts_a_clock_of_its_own() -> None:
    told = notices(update("2022-03-10", "r71"), update("2022-03-14", "r72"))
    assert told == [("r71", "2022-03-10", "2022-03-13"), ("r72", "2022-03-14", "2022-03-17")]


def test_an_update_after_the_notice_was_given_starts_a_clock_of_its_own() -> None:
    told = notices(
        update("2022-03-10", "r71"), update("2022-03-11", "r72", hour=9), done=(given_at("2022-03-11", 8),)
    )
    assert told == [("r71", "2022-03-10", "2022-03-13"), ("r72", "2022-03-11", "2022-03-14")]


def test_a_notice_given_later_on_the_same_day_meets_both_updates() -> None:
    told = notices(
        update("2022-03-10", "r71"), update("2022-03-11", "r72", hour=7), done=(given_at("2022-03-11", 8),)
    )
    assert told == [("r71", "2022-03-10", "2022-03-13")]


def told_of(day: Day, period: str, covers: Day, known: int) -> Done:
    """A notice given on a day, which answered the duty of a period and tells of the days up to ``covers``."""
    return Done(NOTICE, "YT-E01", at(day, 12), "P-1", f"{NOTICE}.YT-E01.{period}", covers, known)


@pytest.mark.clause("YT-16b")
def test_a_notice_of_the_first_day_alone_leaves_the_joined_update_a_clock_of_its_own() -> None:
    first = update("2022-03-10", "2022-03-10", known=10)
    second = update("2022-03-12", "2022-03-12", known=20)
    both = told_of("2022-03-13", "2022-03-10", "2022-03-12", 30)
    assert notices(first, second, done=(both,)) == [("2022-03-10", "2022-03-10", "2022-03-13")]
    one = told_of("2022-03-13", "2022-03-10", "2022-03-10", 30)
    assert notices(first, second, done=(one,)) == [
        ("2022-03-10", "2022-03-10", "2022-03-13"),
        ("2022-03-12", "2022-03-12", "2022-03-15"),
    ]


@pytest.mark.clause("YT-16b")
def test_what_was_recorded_after_the_notice_of_its_day_is_owed_under_that_day_again() -> None:
    first = update("2022-03-10", "2022-03-10", hour=2, known=10)
    notice = told_of("2022-03-10", "2022-03-10", "2022-03-10", 15)
    for later in (
        update("2022-03-10", "2022-03-10", hour=14, known=20),  # in the evening
        update("2022-03-10", "2022-03-10", "risk_added", hour=1, known=20),  # in the morning, recorded later
    ):
        assert [one for one, _, _ in notices(first, later, done=(notice,))] == ["2022-03-10", "2022-03-10.2"]
        assert [one for one, _, _ in notices(first, later)] == ["2022-03-10"]
    again = told_of("2022-03-11", "2022-03-10.2", "2022-03-11", 30)
    last = update("2022-03-10", "2022-03-10", "risk_removed", hour=15, known=40)
    told = notices(first, update("2022-03-10", "2022-03-10", hour=14, known=20), last, done=(notice, again))
    assert [one for one, _, _ in told] == ["2022-03-10", "2022-03-10.2", "2022-03-10.3"]


def test_a_notice_of_other_days_leaves_what_it_never_spoke_of_as_it_was() -> None:
    """A notice answered the duty of the tenth alone; what joins the duty of the twelfth joins it still."""
    updates = (
        update("2022-03-10", "2022-03-10", known=10),
        update("2022-03-12", "2022-03-12", known=20),
        update("2022-03-12", "2022-03-12", "risk_added", hour=9, known=25),
    )
    done = told_of("2022-03-13", "2022-03-10", "2022-03-10", 30)
    assert [one for one, _, _ in notices(*updates, done=(done,))] == ["2022-03-10", "2022-03-12"]


def test_a_rule_that_joins_nothing_wants_a_notice_for_each_update() -> None:
    parsed = with_value(NOTICE)
    told = notices(
        update("2022-03-10", "r71"),
        update("2022-03-11", "r72"),
        rules=Rulebook({**parsed.wordings, NOTICE: tuple(_without_join(parsed))}),
    )
    assert [period for period, _, _ in told] == ["r71", "r72"]


def _without_join(rules: Rulebook) -> list[Any]:
    from domain.language import but

    return [
        but(one, value={key: held for key, held in one.value.items() if key != "join"})
        for one in rules.wordings[NOTICE]
    ]


@pytest.mark.clause("YT-16b")
def test_what_counts_as_an_update_is_part_of_the_rule() -> None:
    rules = with_value(NOTICE, counts=["level_changed"])
    told = notices(update("2022-03-10", "r71", "measures_changed"), update("2022-03-11", "r72"), rules=rules)
    assert told == [("r72", "2022-03-11", "2022-03-14")]


@pytest.mark.parametrize("what", TRIGGERS["risk_list_updated"])
def test_the_shipped_rule_counts_every_kind_of_update(what: str) -> None:
    assert len(notices(update("2022-03-10", "r71", what))) == 1


@pytest.mark.clause("YT-16b")
@pytest.mark.parametrize(
    ("changes", "due", "provisional"),
    [
        ({}, "2026-10-03", False),
        ({"rest_day": "next_working"}, "2026-10-08", False),
        ({"count": "working"}, "2026-10-10", False),
        ({"first_day": "same_day"}, "2026-10-02", False),
        ({"count": "working", "first_day": "same_day"}, "2026-10-09", False),
    ],
)
def test_natural_or_working_days_and_rest_days_are_part_of_the_rule(
    changes: dict[str, str], due: Day, provisional: bool
) -> None:
    facts = body(causes=(update("2026-09-30", "r71"),))
    found = asked(facts, NOTICE, "2026-01-01", "2027-01-01", YANTIAN, with_value(NOTICE, **changes))
    assert [(one.due, one.provisional) for one in found] == [(due, provisional)]


def test_working_days_counted_into_a_year_not_published_make_the_day_provisional() -> None:
    facts = body(causes=(update("2026-12-30", "r71"),))
    found = asked(facts, NOTICE, "2026-01-01", "2027-01-01", YANTIAN, with_value(NOTICE, count="working"))
    assert [(one.due, one.provisional) for one in found] == [("2027-01-04", True)]


@pytest.mark.clause("YT-45")
def test_an_update_after_the_law_ended_is_told_only_where_the_text_was_adopted() -> None:
    assert notices(update("2024-11-01", "r71")) == []
    assert notices(update("2026-03-02", "r71"), adopted=YANTIAN) == [("r71", "2026-03-02", "2026-03-05")]


def test_an_update_on_the_last_day_of_the_law_is_still_to_be_told() -> None:
    assert notices(update("2024-10-31", "r71")) == [("r71", "2024-10-31", "2024-11-03")]


@pytest.mark.rule("assessment-circulation")
@pytest.mark.clause("YT-10c")
@pytest.mark.parametrize(("day", "due"), [("2022-01-31", "2022-02-28"), ("2022-03-15", "2022-04-15")])
def test_a_sector_assessment_is_circulated_within_a_month(day: Day, due: Day) -> None:
    finished = Cause("sector_assessment_finished", "report_finished", "RP-2022", "r9", at(day))
    found = asked(
        body(kind="authority", causes=(finished,)), "assessment-circulation", "2022-01-01", "2023-01-01"
    )
    assert [(one.subject_kind, one.subject, one.due) for one in found] == [("report", "RP-2022", due)]


@pytest.mark.rule("drawn-inspection")
@pytest.mark.clause("YT-35c")
def test_a_unit_that_was_drawn_is_inspected_within_the_days_the_authority_adopted() -> None:
    drawn = tuple(
        Cause("inspection_drawn", "drawn", code, "D-2026-1", at("2026-03-02"))
        for code in ("YT-E03", "YT-E07")
    )
    found = asked(body(kind="authority", causes=drawn), "drawn-inspection", "2026-01-01", "2027-01-01", HOUSE)
    assert [(one.subject, one.due) for one in found] == [("YT-E03", "2026-05-31"), ("YT-E07", "2026-05-31")]
    assert len({one.duty for one in found}) == 2


# --- over every history

UPDATES = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 15)), max_size=12)
GIVEN = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 15)), max_size=6)


def history(updates: list[tuple[int, int]], told: list[tuple[int, int]]) -> BodyFacts:
    causes = tuple(
        update(day_after("2022-03-01", day), f"r{number}", hour=hour)
        for number, (day, hour) in enumerate(updates)
    )
    return body(causes=causes, done=tuple(given_at(day_after("2022-03-01", day), hour) for day, hour in told))


def _all(facts: BodyFacts) -> list[Owed]:
    return [
        one for one in owed(facts, RULES, NOTHING, CALENDAR, "2022-01-01", "2023-01-01") if one.rule == NOTICE
    ]


@given(UPDATES, GIVEN)
def test_no_update_stays_without_a_notice_that_is_due_in_time_for_it(
    updates: list[tuple[int, int]], told: list[tuple[int, int]]
) -> None:
    """Each update is met by a duty that began on or before it, still open by then, and due within its three days."""
    facts = history(updates, told)
    found = _all(facts)
    begun = {one.period: next(c.at for c in facts.causes if c.reference == one.period) for one in found}
    for cause in facts.causes:
        meeting = [
            one
            for one in found
            if begun[one.period] <= cause.at
            and one.due <= day_after(day_of(cause.at), 3)
            and day_of(cause.at) <= one.due
            and not any(begun[one.period] <= given.at < cause.at for given in facts.done)
        ]
        assert meeting, cause


@given(UPDATES, GIVEN)
def test_there_are_never_more_notices_than_updates_and_each_has_its_own_code(
    updates: list[tuple[int, int]], told: list[tuple[int, int]]
) -> None:
    facts = history(updates, told)
    found = _all(facts)
    assert len({one.duty for one in found}) == len(found) <= len(facts.causes)
    assert _all(facts) == found

"""A provisional day becomes final when the notice on its year is recorded, once, and nothing else moves it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.projector.projector import Projector
from adapters.projector.views import open_views
from domain.calendar_notices import Holiday, SettleYear
from domain.duties import RaiseDuty
from domain.duty_settling import DutyDaySettled, SettleDutyDay
from domain.rule_calendar import shipped_notices
from domain.working_days import Calendar, Notice
from projections.duty_facts import DUTY_FACTS, Owing, changed_since, owing
from projections.duty_rows import DUTY_ROWS
from scheduler.raising import look
from tests import postgres
from tests.deciding.given import example, given, happened
from tests.deciding.test_obligations import CALENDAR, RULES, YANTIAN, body, with_value
from tests.projecting.plant import BODY, FOUNDER, Plant, at

MOVED = with_value("risk-list-report", rest_day="next_working")
REST = frozenset({"2027-03-31", "2027-04-01"})
PUBLISHED = Calendar.of((*shipped_notices(RULES), Notice(2027, REST, frozenset())))
DUTY = "risk-list-report.YT-E01.2027-Q1"


def settling(owing: Owing, calendar: Calendar, today: str = "2027-02-01") -> list[SettleDutyDay]:
    begun = look(owing, MOVED, calendar, "2027-01-01", today).begun
    return [one.command for one in begun if isinstance(one.command, SettleDutyDay)]


def raised(day: str = "2027-03-31") -> Owing:
    """The list for the first quarter of 2027 was raised when nobody knew the holidays of that year."""
    return Owing(body(), YANTIAN, 1, raised=frozenset({DUTY}), provisional={DUTY: day})


def test_a_day_is_raised_as_provisional_where_its_year_is_not_published() -> None:
    begun = look(Owing(body(), YANTIAN, 1), MOVED, CALENDAR, "2027-01-01", "2027-01-02").begun
    [command] = [
        one.command for one in begun if isinstance(one.command, RaiseDuty) and one.command.duty == DUTY
    ]
    assert (command.due, command.provisional) == ("2027-03-31", True)


def test_before_the_notice_comes_nothing_is_settled() -> None:
    assert settling(raised(), CALENDAR) == []


def test_the_notice_settles_the_day_and_moves_it() -> None:
    assert settling(raised(), PUBLISHED) == [SettleDutyDay("YT-E01", DUTY, "2027-03-31", "2027-04-02")]


def test_the_same_look_twice_gives_the_same_id() -> None:
    first, again = (
        look(raised(), MOVED, PUBLISHED, "2027-01-01", day).begun for day in ("2027-02-01", "2027-02-09")
    )
    ids = [{one.id for one in begun if isinstance(one.command, SettleDutyDay)} for begun in (first, again)]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 1


# --- the duty

RAISED = happened("duty-raised", due="2027-02-10", provisional=True)
SETTLE = example("SettleDutyDay")


def test_a_provisional_day_becomes_final() -> None:
    given(RAISED).when(SETTLE).then(happened("duty-day-settled"))


@pytest.mark.parametrize(
    "history",
    [
        [happened("duty-raised", due="2027-02-10")],
        [RAISED, happened("duty-day-settled", due="2027-02-10")],
        [RAISED, happened("duty-extended", due="2027-02-28")],
        [RAISED, happened("duty-answered")],
    ],
    ids=["never provisional", "settled already", "extended since", "answered"],
)
def test_nothing_else_moves_it(history: list[object]) -> None:
    given(*history).when(SETTLE).then()  # type: ignore[arg-type]  # events


# --- who is looked at


@pytest.fixture(params=["sqlite", "postgres"])
def viewed(request: pytest.FixtureRequest) -> Iterator[tuple[Plant, Projector]]:
    plant = Plant().found()
    plant.found("NJ-K02")
    url = "sqlite://" if request.param == "sqlite" else postgres.fresh_database("settling")
    projector = Projector(plant.journal, open_views(url), (DUTY_FACTS, DUTY_ROWS))
    yield plant, projector
    projector.close()


def test_a_year_that_is_settled_is_a_reason_to_look_at_who_owes_by_a_provisional_day(
    viewed: tuple[Plant, Projector],
) -> None:
    plant, projector = viewed

    def asked(since: int) -> tuple[list[str], dict[str, str]]:
        projector.follow()
        with projector.reader(DUTY_FACTS.name) as (connection, tables):
            [one] = owing(connection, tables, [BODY])
            return changed_since(connection, tables, since), one.provisional

    about = ("risk-list-report", "body", BODY, "principal", "2027-03-31")
    plant.give("clock", RaiseDuty(BODY, "D-1", *about, provisional=True), auth="clock")
    raised_at = plant.head()
    plant.give(FOUNDER, SettleYear(2027, "通知", "n1", (Holiday("节", "2027-03-31", "2027-04-01"),)))
    assert asked(raised_at) == ([BODY], {"D-1": "2027-03-31"})
    plant.now = at("2026-12-01")
    plant.give("clock", SettleDutyDay(BODY, "D-1", "2027-03-31", "2027-04-02"), auth="clock")
    assert plant.records()[-1].event == DutyDaySettled("2027-03-31", "2027-04-02")
    assert asked(plant.head()) == ([], {})
    with projector.reader(DUTY_ROWS.name) as (connection, tables):
        [row] = connection.execute(tables.duties.select()).mappings()
    assert (row["due"], row["first_due"], row["provisional"]) == ("2027-04-02", "2027-03-31", False)

"""What the planner is given: the open duties about which the clock has something to say, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from adapters.projector.projector import Projector
from adapters.projector.views import open_views
from domain.duties import ExtendDuty, RaiseDuty
from domain.hazard_extension import AskExtension, DecideExtension
from domain.language import day_after
from projections.duty_list import duties
from projections.duty_rows import DUTY_ROWS, DueRow, due_by
from tests import postgres
from tests.projecting.plant import ANSWERS, BODY, CHECKER, LEAD, Plant, at

DUTY = "rectification.YH-0001.1"


class Asked:
    def __init__(self, url: str = "sqlite://") -> None:
        self.plant = Plant().found()
        self.projector = Projector(self.plant.journal, open_views(url), [DUTY_ROWS])

    def due(self, *asked: Any, **more: Any) -> list[DueRow]:
        self.projector.follow()
        with self.projector.reader(DUTY_ROWS.name) as (connection, tables):
            return due_by(connection, tables, *asked, **more)

    def rows(self, **asked: Any) -> list[dict[str, Any]]:
        self.projector.follow()
        with self.projector.reader(DUTY_ROWS.name) as (connection, tables):
            return duties(connection, tables, **asked)

    def row(self, *names: str) -> tuple[Any, ...]:
        [row] = self.rows()
        return tuple(row[name] for name in names)


@pytest.fixture(params=["sqlite", "postgres"])
def asked(request: pytest.FixtureRequest) -> Iterator[Asked]:
    made = Asked("sqlite://" if request.param == "sqlite" else postgres.fresh_database("duties"))
    made.plant.now = at("2026-07-01")
    made.plant.hazard("YH-0001", "2026-07-10")
    yield made
    made.projector.close()


def test_a_duty_is_due_on_its_day_and_overdue_on_the_next_until_the_clock_has_said_so(asked: Asked) -> None:
    assert asked.due("2026-07-09") == []
    assert asked.due("2026-07-10") == [DueRow(BODY, DUTY, "2026-07-10")]
    asked.plant.mark(DUTY, "2026-07-10")
    assert asked.due("2099-01-01") == []


def test_what_fell_due_is_planned_again_only_on_the_day_after(asked: Asked) -> None:
    from domain.duties import MarkDutyDue

    asked.plant.give("clock", MarkDutyDue(BODY, DUTY, "2026-07-10"), at("2026-07-10"), "clock")
    assert asked.due("2026-07-10") == []
    [row] = asked.due("2026-07-11")
    assert (row.marked_due, row.marked_overdue) == (True, False)


def test_an_extension_makes_both_marks_false_again(asked: Asked) -> None:
    plant = asked.plant
    plant.mark(DUTY, "2026-07-10")
    plant.give(LEAD, AskExtension(BODY, "YH-0001", "2026-07-25", "parts are late"))
    plant.give(CHECKER, DecideExtension(BODY, "YH-0001", "approved"))
    plant.react()
    assert asked.due("2026-07-24") == []
    [row] = asked.due("2026-07-26")
    assert (row.due, row.marked_due, row.marked_overdue) == ("2026-07-25", False, False)
    assert asked.row("overdue", "fell_due", "step") == (True, False, "open")


def test_a_day_moved_beyond_its_period_is_looked_at_again_only_on_its_own_day(asked: Asked) -> None:
    about = {"subject_kind": "body", "subject": BODY, "owed_by": LEAD, "period": "2026-07"}
    raised = RaiseDuty(BODY, "M-1", "measures-check", due="2026-07-31", closes="2026-07-31", **about)
    asked.plant.give("clock", raised, at("2026-07-01"), "clock")
    asked.plant.give("clock", ExtendDuty(BODY, "M-1", "2026-08-20", CHECKER), at("2026-07-30"), "policy")
    assert [row.duty for row in asked.due("2026-08-19")] == [DUTY]
    [row] = [row for row in asked.due("2026-08-20") if row.duty == "M-1"]
    assert (row.due, row.closes) == ("2026-08-20", "2026-07-31")
    asked.plant.mark("M-1", "2026-08-20")
    assert "M-1" not in [row.duty for row in asked.due("2026-08-20")]
    assert "M-1" in [row.duty for row in asked.due("2026-08-21")]  # its period is missed now


def test_an_answer_ends_it_and_a_rejection_opens_it_with_its_lateness(asked: Asked) -> None:
    plant = asked.plant
    plant.mark(DUTY, "2026-07-10")
    plant.now = at("2026-07-13")
    plant.complete("YH-0001", happened=at("2026-07-12"))
    late = ("step", "answered_on", "days_late", "days_late_recorded", "overdue")
    assert asked.row(*late) == ("answered", "2026-07-12", 2, 3, True)
    assert asked.rows(open_only=True) == []
    plant.verify("YH-0001", "rejected")
    assert asked.row(*late) == ("open", None, 2, 3, True)
    plant.now = at("2026-07-20")
    plant.complete("YH-0001")
    assert asked.row(*late) == ("answered", "2026-07-20", 10, 10, True)


def test_a_row_names_rule_subject_who_owes_it_and_the_stream(asked: Asked) -> None:
    names = ("rule", "subject_kind", "subject", "owed_by", "code", "stream")
    told = ("rectification", "hazard", "YH-0001", ANSWERS, DUTY, f"duty/{BODY}/{DUTY}")
    assert asked.row(*names) == told
    [row] = asked.rows()
    assert row["citation"]["rule"] == "rectification-days"


def test_pages_come_in_order_of_day_body_and_code(asked: Asked) -> None:
    plant = asked.plant
    plant.found("NJ-K02")
    for number in range(4):
        plant.hazard(f"YH-{number}", day_after("2026-07-20", -number))
        plant.hazard(f"YH-{number}", day_after("2026-07-20", -number), body="NJ-K02")
    whole = [(row.due, row.body, row.duty) for row in asked.due("2099-01-01")]
    assert whole == sorted(whole)
    assert len(whole) == 9
    found: list[tuple[str, str, str]] = []
    while page := asked.due("2099-01-01", limit=2, after=found[-1] if found else None):
        found += [(row.due, row.body, row.duty) for row in page]
    assert found == whole
    found = []
    while rows := asked.rows(limit=2, after=found[-1] if found else None):
        found += [(row["due"], row["body"], row["code"]) for row in rows]
    assert found == whole
    assert len(asked.rows(body="NJ-K02")) == 4
    assert len(asked.rows(person=ANSWERS)) == 9
    assert asked.rows(person="nobody") == []

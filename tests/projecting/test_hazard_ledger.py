"""The hazard ledger of any day, as known at any record; and lateness that nothing ever takes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from adapters.projector.projector import Projector
from adapters.projector.views import open_views
from domain.hazard_extension import AskExtension, DecideExtension
from projections.hazard_ledger import HAZARD_LEDGER, hazard_ledger
from tests import postgres
from tests.projecting.plant import BODY, CHECKER, LEAD, Plant, at

DUTY = "rectification.YH-0001.1"


class Asked:
    """A plant and its ledger."""

    def __init__(self, url: str = "sqlite://") -> None:
        self.plant = Plant().found()
        self.projector = Projector(self.plant.journal, open_views(url), [HAZARD_LEDGER])

    def rows(self, **asked: Any) -> list[dict[str, Any]]:
        self.projector.follow()
        with self.projector.reader(HAZARD_LEDGER.name) as (connection, tables):
            return hazard_ledger(connection, tables, **asked)

    def row(self, *names: str, **asked: Any) -> tuple[Any, ...]:
        [row] = self.rows(**asked)
        return tuple(row[name] for name in names)


LATE = ("overdue", "days_late", "days_late_recorded")


@pytest.fixture(params=["sqlite", "postgres"])
def asked(request: pytest.FixtureRequest) -> Iterator[Asked]:
    made = Asked("sqlite://" if request.param == "sqlite" else postgres.fresh_database("hazards"))
    yield made
    made.projector.close()


def test_a_hazard_is_followed_through_its_loop(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-07-01")
    plant.hazard("YH-0001", "2026-07-15")
    names = ("step", "grade", "unit", "due", "responsible", "opening", "round")
    assert asked.row(*names) == ("planned", "general", "U-1", "2026-07-15", "p-answers", 1, 1)
    plant.now = at("2026-07-05")
    plant.complete("YH-0001")
    assert asked.row("step", "round", *LATE) == ("completed", 1, False, 0, 0)
    plant.verify("YH-0001", "rejected")
    assert asked.row("step", "round") == ("planned", 2)
    plant.complete("YH-0001")
    assert asked.row("step", "round") == ("completed", 2)
    plant.verify("YH-0001")
    assert asked.row("step") == ("verified",)
    plant.close("YH-0001")
    assert asked.row("step", "due") == ("closed", "2026-07-15")
    plant.now = at("2026-08-01")
    plant.reopen("YH-0001")
    assert asked.row(*names) == ("evaluated", "general", "U-1", None, None, 2, 0)
    assert asked.row("step", true_at=at("2026-07-31")) == ("closed",)


def test_done_in_time_and_recorded_ten_days_late_is_two_facts(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-07-01")
    plant.hazard("YH-0001", "2026-07-10")
    plant.mark(DUTY, "2026-07-10")
    known_then = plant.head()
    plant.now = at("2026-07-20")
    plant.complete("YH-0001", happened=at("2026-07-09"))
    assert asked.row(*LATE) == (True, 0, 10)
    assert asked.row("step", *LATE, known_at=known_then) == ("planned", True, None, None)
    assert asked.row("step", true_at=at("2026-07-10"), known_at=known_then) == ("planned",)
    assert asked.row("step", true_at=at("2026-07-10")) == ("completed",)


def test_a_late_hazard_stays_late_after_it_is_closed_reopened_and_done_in_time(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-07-01")
    plant.hazard("YH-0001", "2026-07-10")
    plant.mark(DUTY, "2026-07-10")
    plant.now = at("2026-07-13")
    plant.complete("YH-0001")
    plant.verify("YH-0001")
    plant.close("YH-0001")
    assert asked.row(*LATE) == (True, 3, 3)
    plant.reopen("YH-0001")
    assert asked.row("step", *LATE) == ("evaluated", True, 3, 3)
    plant.plan("YH-0001", "2026-07-30")
    plant.complete("YH-0001")
    assert asked.row("step", "opening", *LATE) == ("completed", 2, True, 3, 3)
    assert asked.row(*LATE, true_at=at("2026-07-10")) == (False, None, None)


def test_an_extension_moves_the_deadline_and_withdraws_no_overdue(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-07-01")
    plant.hazard("YH-0001", "2026-07-10")
    plant.mark(DUTY, "2026-07-10")
    plant.give(LEAD, AskExtension(BODY, "YH-0001", "2026-07-25", "parts are late"))
    assert asked.row("due", "overdue") == ("2026-07-10", True)
    plant.give(CHECKER, DecideExtension(BODY, "YH-0001", "approved"))
    plant.react()
    assert asked.row("due", "overdue") == ("2026-07-25", True)
    plant.now = at("2026-07-20")
    plant.complete("YH-0001")
    assert asked.row(*LATE) == (True, 0, 0)
    assert asked.row("due", true_at=at("2026-07-05")) == ("2026-07-10",)


def test_a_duty_about_something_else_makes_no_hazard_late(asked: Asked) -> None:
    from domain.duties import AnswerDuty, RaiseDuty

    plant = asked.plant
    plant.now = at("2026-07-01")
    plant.hazard("YH-0001", "2026-07-30")
    plant.give(
        "clock", RaiseDuty(BODY, "YH-0001", "monthly-report", "body", BODY, LEAD, "2026-07-05"), auth="clock"
    )
    plant.mark("YH-0001", "2026-07-05")
    plant.give("clock", AnswerDuty(BODY, "YH-0001", LEAD), auth="clock")
    assert asked.row(*LATE) == (False, None, None)


def test_only_open_ones_and_pages(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-07-01")
    for number in range(6):
        plant.hazard(f"YH-{number}", "2026-07-20")
    plant.now = at("2026-07-05")
    for number in (1, 4):
        plant.complete(f"YH-{number}")
        plant.verify(f"YH-{number}")
        plant.close(f"YH-{number}")
    still_open = ["YH-0", "YH-2", "YH-3", "YH-5"]
    assert [row["code"] for row in asked.rows(open_only=True)] == still_open
    assert len(asked.rows(open_only=True, true_at=at("2026-07-02"))) == 6
    found, after = [], None
    while page := asked.rows(open_only=True, body=BODY, limit=3, after=after):
        found += [row["code"] for row in page]
        after = (BODY, found[-1])
    assert found == still_open
    assert [row["code"] for row in asked.rows(body=BODY, code="YH-4")] == ["YH-4"]
    assert asked.rows(body="elsewhere") == []

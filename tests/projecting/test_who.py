"""Who answered for a duty on a day: by name, or as holder of the role that owed it; the same answer for ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from domain.duty_ending import FulfilDuty
from domain.duty_raising import AssignDuty
from domain.roles import GrantEntry, GrantRoles, RevokeRole
from projections.duty_rows import DUTY_ROWS
from projections.organisation import ORGANISATION
from tests.projecting.plant import ANSWERS, BODY, CHECKER, FOUNDER, LEAD, WORKER, Plant, at

RECTIFY = "rectification.YH-0001.1"


class Office:
    def __init__(self) -> None:
        self.plant = Plant().found()
        self.projector = Projector(self.plant.journal, open_views("sqlite://"), [DUTY_ROWS, ORGANISATION])
        self.plant.now = at("2026-07-01")
        self.plant.hazard("YH-0001", "2026-07-10")
        drill = AssignDuty(
            BODY, "D-1", "Drill", "workshop_lead", "2026-07-20", "yearly", "role", "risk", "R-1"
        )
        self.plant.give(CHECKER, drill)

    def who(self, on: str | None = None, **more: Any) -> list[dict[str, Any]]:
        return answer(self.projector, "org-who", {"body": BODY, "on": on, **more})

    def duties(self, on: str | None = None, **more: Any) -> dict[str, list[str]]:
        return {row["of"]: row["persons"] for row in self.who(on, part="duty", **more)}


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office()
    yield made
    made.projector.close()


@pytest.mark.clause("NJ-045", "YT-15b")
def test_a_duty_is_answered_for_by_who_owes_it_or_by_who_holds_the_role_that_day(office: Office) -> None:
    plant = office.plant
    plant.give(FOUNDER, RevokeRole(BODY, LEAD, "workshop_lead", "2026-07-05", "left"))
    plant.give(FOUNDER, GrantRoles(BODY, (GrantEntry(WORKER, "workshop_lead", "2026-07-08"),)))
    assert office.duties("2026-07-04") == {RECTIFY: [ANSWERS], "D-1": [LEAD]}
    assert office.duties("2026-07-09") == {RECTIFY: [ANSWERS], "D-1": [WORKER]}
    [vacant] = office.who("2026-07-06", duty="D-1")
    assert (vacant["answers"], vacant["persons"], vacant["kind"], vacant["person"]) == (
        False,
        [],
        "workshop_lead",
        None,
    )


def test_what_was_known_then_about_a_duty_never_changes(office: Office) -> None:
    plant = office.plant
    known = plant.head()
    then = office.who("2026-07-04", part="duty", known_at=known)
    plant.now = at("2026-07-06")
    plant.give(FOUNDER, RevokeRole(BODY, LEAD, "workshop_lead", "2026-07-03", "left earlier"))
    assert office.who("2026-07-04", part="duty", known_at=known) == then
    assert office.duties("2026-07-04") == {RECTIFY: [ANSWERS], "D-1": []}


def test_who_answered_a_duty_answered_for_it_up_to_that_day(office: Office) -> None:
    plant = office.plant
    plant.now = at("2026-07-06")
    plant.give(LEAD, FulfilDuty(BODY, "D-1", "drilled"), at("2026-07-04"))
    assert set(office.duties("2026-06-30")) == set()
    assert "D-1" in office.duties("2026-07-04")
    assert "D-1" not in office.duties("2026-07-05")
    [ever] = office.who(ever=True, duty="D-1")
    assert (ever["since"], ever["until"], ever["answers"]) == ("2026-07-01", "2026-07-05", None)


def test_duties_are_found_by_person_and_by_risk_and_not_under_a_post(office: Office) -> None:
    assert set(office.duties("2026-07-04", person=LEAD)) == {"D-1"}
    assert [row["of"] for row in office.who("2026-07-04", risk="R-1")] == ["D-1"]
    assert office.who("2026-07-04", post="GW-1") == []
    assert {row["part"] for row in office.who("2026-07-04")} == {"duty", "role"}

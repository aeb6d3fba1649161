"""The intake shows what waits for whom, what became of every proposal, and which proposer was not told yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from adapters.projector.projector import Projector
from adapters.projector.views import open_views
from domain.intake import AcknowledgeTriage, LinkProposal, ProposeFinding, TriageProposal
from projections.intake import INTAKE, intake_list
from tests import postgres
from tests.projecting.plant import BODY, CHECKER, LEAD, WORKER, Plant, at


class Desk:
    """A plant with three proposals: one to become a risk, one not accepted, one that nobody looked at."""

    def __init__(self, url: str) -> None:
        self.plant = plant = Plant().found()
        self.projector = Projector(plant.journal, open_views(url), [INTAKE])
        plant.now = at("2026-06-01")
        plant.risk("R-1")
        for code, by in (("X-1", WORKER), ("X-2", WORKER), ("X-3", LEAD)):
            plant.give(by, ProposeFinding(BODY, code, "Slippery step", "ice", None, "yard", "unsure"))
        plant.now = at("2026-06-02")
        plant.give(CHECKER, TriageProposal(BODY, "X-1", "risk", "weather", "environment"))
        plant.give(CHECKER, TriageProposal(BODY, "X-2", "not_accepted", "the yard is not ours"))

    def rows(self, **asked: Any) -> dict[str, dict[str, Any]]:
        self.projector.follow()
        with self.projector.reader(INTAKE.name) as (connection, tables):
            return {row["code"]: row for row in intake_list(connection, tables, **asked)}


@pytest.fixture(params=["sqlite", "postgres"])
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    made = Desk("sqlite://" if request.param == "sqlite" else postgres.fresh_database("intake"))
    yield made
    made.projector.close()


@pytest.mark.clause("NJ-024")
def test_every_proposal_is_listed_with_what_became_of_it_and_why(desk: Desk) -> None:
    rows = desk.rows(body=BODY)
    assert {code: row["step"] for code, row in rows.items()} == {
        "X-1": "triaged",
        "X-2": "not_accepted",
        "X-3": "proposed",
    }
    assert rows["X-2"]["reason"] == "the yard is not ours"
    assert rows["X-1"]["ground"] == "environment"
    assert list(desk.rows(open_only=True)) == ["X-1", "X-3"]
    assert list(desk.rows(proposer=LEAD)) == ["X-3"]
    desk.plant.give(CHECKER, LinkProposal(BODY, "X-1", "R-1"))
    row = desk.rows(verdict="risk")["X-1"]
    assert (row["step"], row["registered_kind"], row["registered"]) == ("linked", "risk", "R-1")
    assert list(desk.rows(open_only=True)) == ["X-3"]


def test_a_proposer_is_untold_until_they_say_so_and_again_after_another_verdict(desk: Desk) -> None:
    assert list(desk.rows(untold=True, proposer=WORKER)) == ["X-1", "X-2"]
    desk.plant.give(WORKER, AcknowledgeTriage(BODY, "X-2"))
    known = desk.plant.head()
    assert list(desk.rows(untold=True)) == ["X-1"]
    desk.plant.give(CHECKER, TriageProposal(BODY, "X-2", "hazard", "it is", "dangerous_state", "GB 4387"))
    row = desk.rows(untold=True)["X-2"]
    assert row["earlier_verdicts"] == [{"verdict": "not_accepted", "reason": "the yard is not ours"}]
    assert row["positions"]["triaged"] == row["positions"]["proposed"] + 5
    assert list(desk.rows(untold=True, known_at=known)) == ["X-1"], "as it was known then"

"""What a body must keep is listed by its class, with evidence, and what is not there is missing and never assumed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest

from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from adapters.rules import load_rulebook
from domain.bodies import HighRisk, ReclassifyBody
from domain.documents import DocumentKind, IssueDocumentVersion, RegisterDocument, WithdrawDocument
from domain.hazards import EvaluateHazard, RegisterHazard
from domain.labels import LABELS
from domain.rule_adoption import AdoptRulePack
from projections.artefacts import CHECKS
from projections.index import PROJECTIONS
from tests import postgres
from tests.projecting.plant import BODY, CHECKER, FOUNDER, WORKER, Plant, at

SIX = ["control_rules", "risk_list", "post_cards", "notice_board", "colour_map", "comparison_chart"]
THREE = SIX[:3]


class Works:
    """A plant and what it keeps."""

    def __init__(self, url: str = "sqlite://") -> None:
        self.plant = Plant().found()
        self.plant.now = at("2026-06-01")
        self.projector = Projector(self.plant.journal, open_views(url), PROJECTIONS)

    def classes(self, *classes: Any) -> None:
        self.plant.give(FOUNDER, ReclassifyBody(BODY, "metal", classes))

    def paper(self, kind: Any, valid_from: str = "2026-06-01") -> None:
        self.plant.give(CHECKER, RegisterDocument(BODY, f"D-{kind}", kind, kind))
        self.plant.give(CHECKER, IssueDocumentVersion(BODY, f"D-{kind}", "1", valid_from))

    def kept(self, question: str = "artefact-check", **asked: Any) -> dict[str, dict[str, Any]]:
        return {row["artefact"]: row for row in answer(self.projector, question, {"body": BODY, **asked})}

    def missing(self, artefact: str, question: str = "artefact-check", **asked: Any) -> list[str]:
        return [one["what"] for one in self.kept(question, **asked)[artefact]["missing"]]


@pytest.fixture(params=["sqlite", "postgres"])
def works(request: pytest.FixtureRequest) -> Iterator[Works]:
    made = Works("sqlite://" if request.param == "sqlite" else postgres.fresh_database("artefacts"))
    yield made
    made.projector.close()


@pytest.fixture
def small() -> Iterator[Works]:
    made = Works()
    yield made
    made.projector.close()


@pytest.mark.clause("YT-22b")
def test_an_other_unit_keeps_three_artefacts(works: Works) -> None:
    works.classes()
    rows = works.kept()
    assert list(rows) == THREE
    assert {row["clause"] for row in rows.values()} == {"YT-22b(1)", "YT-22b(2)", "YT-22b(3)"}


@pytest.mark.clause("YT-22a", "YT-41")
@pytest.mark.parametrize("one", get_args(HighRisk))
def test_a_unit_of_any_high_risk_class_keeps_six(small: Works, one: str) -> None:
    small.classes(one)
    assert list(small.kept()) == SIX


@pytest.mark.clause("YT-22a")
def test_a_paper_counts_while_a_version_of_it_is_valid(works: Works) -> None:
    works.classes("metal_smelting")
    for name, kind in (
        ("control_rules", "rule"),
        ("post_cards", "risk_card"),
        ("comparison_chart", "comparison_chart"),
    ):
        assert (works.kept()[name]["kept"], works.missing(name)) == ("not_kept", ["no_document"])
        works.paper(kind)
        row = works.kept(as_of="2026-06-02")[name]
        assert row["kept"] == "kept"
        assert [(one["kind"], one["code"]) for one in row["evidence"]] == [("document", f"D-{kind}")]
        assert works.kept(as_of="2026-05-31")[name]["kept"] == "not_kept"
    works.plant.now = at("2026-06-10")
    works.plant.give(CHECKER, WithdrawDocument(BODY, "D-rule", "superseded"))
    assert works.kept()["control_rules"]["kept"] == "not_kept"


@pytest.mark.clause("YT-22a")
def test_the_list_is_kept_when_every_unit_has_risks_with_a_level_and_a_control(works: Works) -> None:
    works.classes("metal_smelting")
    assert "no_risks" in works.missing("risk_list")
    works.plant.identify("R-1")
    assert {"risk_not_assessed", "risk_without_control"} <= set(works.missing("risk_list"))
    works.plant.risk("R-2")
    row = works.kept()["risk_list"]
    assert row["kept"] == "kept_in_part"
    assert {"what": "risk_not_assessed", "codes": ["R-1"]} in row["missing"]
    assert {"what": "risk_without_control", "codes": ["R-1", "R-2"]} in row["missing"]


@pytest.mark.clause("YT-22a")
def test_the_notice_board_is_needed_from_larger_risk_on(works: Works) -> None:
    works.classes("metal_smelting")
    works.plant.risk("R-1", likelihood="0.2")
    assert works.kept()["notice_board"]["kept"] == "not_needed"
    works.plant.risk("R-2", likelihood="3")
    assert works.kept()["notice_board"]["kept"] == "not_kept"
    works.paper("notice_board")
    assert works.kept()["notice_board"]["kept"] == "kept"


@pytest.mark.clause("NJ-001")
def test_the_six_outcomes_are_listed_with_what_is_missing(works: Works) -> None:
    rows = works.kept("outcome-check")
    assert list(rows) == [
        *("complete_risk_list", "graded_measures", "notification"),
        *("colour_map", "hazard_loop", "it_management"),
    ]
    assert {row["kept"] for row in rows.values()} == {"not_kept"}
    assert works.missing("graded_measures", "outcome-check") == ["no_risks", "not_looked_at_lately"]
    assert works.missing("hazard_loop", "outcome-check") == ["no_hazards"]
    plant = works.plant
    plant.risk("R-1", likelihood="0.2")
    plant.hazard("H-1", "2026-06-20")
    assert works.kept("outcome-check")["it_management"]["kept"] == "kept"
    assert works.missing("hazard_loop", "outcome-check") == ["none_closed"]
    assert works.missing("hazard_loop", "outcome-check", as_of="2026-06-21") == [
        "none_closed",
        "hazard_overdue",
    ]


def test_a_text_that_binds_nobody_is_shown_for_comparison_and_one_that_ended_as_adopted(small: Works) -> None:
    assert {row["binding"] for row in small.kept().values()} == {"not binding"}
    small.plant.give(FOUNDER, AdoptRulePack(BODY, "yantian-2021", "1"))
    assert {row["binding"] for row in small.kept(as_of="2026-06-02").values()} == {
        "adopted; expired 2024-10-31"
    }
    assert {row["binding"] for row in small.kept(as_of="2026-05-31").values()} == {"not binding"}


def test_every_artefact_that_a_rule_names_is_looked_for_and_has_a_name() -> None:
    named: set[str] = set()
    for rule in ("artefacts", "pilot-outcomes"):
        for wording in load_rulebook().wordings[rule]:
            named |= set(wording.value["artefacts"])
    assert named == set(CHECKS)
    assert named <= set(LABELS)
    assert {"rule", "risk_card", "notice_board", "colour_map", "comparison_chart"} <= set(
        get_args(DocumentKind)
    )


def test_an_unfinished_hazard_is_no_closed_loop(small: Works) -> None:
    small.plant.give(WORKER, RegisterHazard(BODY, "H-1", "U-1", "Loose guard", "loose"))
    small.plant.give(CHECKER, EvaluateHazard(BODY, "H-1", "general", "minor"))
    assert small.kept("outcome-check")["hazard_loop"]["kept"] == "not_kept"

"""What warns at a risk: out of control, stopped, on hold, failed repeatedly; as it was and as it was known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from adapters.verbs.risk_in_full import WARNINGS as SENTENCES
from adapters.verbs.risk_in_full import warning_sentence
from domain.hazards import RegisterHazard
from domain.holds import ImplementCountermeasure, OpenHold, ReleaseHold, SetCountermeasure
from domain.out_of_control import DeclareUncontrollable
from domain.risk_assessment import ReassessRisk
from domain.stops import ReleaseStop, StopUnit
from domain.units import RegisterUnit
from projections.index import PROJECTIONS
from projections.risk_warnings import WARNINGS
from tests import postgres
from tests.projecting.plant import BODY, CHECKER, FOUNDER, LEAD, WORKER, Plant, at


class House:
    """R-1 at U-1; U-2 below it, U-9 beside it."""

    def __init__(self, url: str) -> None:
        self.plant = Plant().found()
        self.plant.give(FOUNDER, RegisterUnit(BODY, "U-2", "Collar", "sub", "U-1"))
        self.plant.give(FOUNDER, RegisterUnit(BODY, "U-9", "Yard", "main"))
        self.plant.risk("R-1")
        self.plant.control("R-1", "C-1", 1)
        self.projector = Projector(self.plant.journal, open_views(url), PROJECTIONS)

    def on(self, day: str, by: str, *commands: Any) -> None:
        self.plant.now = at(day)
        for command in commands:
            self.plant.give(by, command)
            self.plant.react()

    def warned(self, **given: Any) -> list[tuple[str, str]]:
        rows = answer(self.projector, "risk-warnings", {"body": BODY, **given})
        return [(row["warning"], row["what"]) for row in rows]


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    made = House("sqlite://" if request.param == "sqlite" else postgres.fresh_database("warnings"))
    yield made
    for name in ("stops", "reassess_asked"):
        made.projector.follow([name])
        assert made.projector.check(name).equal, f"{name}: built again it would say something else"
    made.projector.close()


@pytest.mark.clause("YT-21b")
def test_a_risk_out_of_control_warns_with_its_stop_until_it_is_released(house: House) -> None:
    declared = DeclareUncontrollable(BODY, "R-1", "both switches fail", "14 out", "20 m")
    house.on("2026-02-02", WORKER, declared)
    assert house.warned() == [("uncontrollable", "1"), ("stop", "1")]
    known = house.plant.head()
    house.on("2026-02-04", CHECKER, ReleaseStop(BODY, "U-1", "both replaced"))
    assert house.warned() == []
    assert house.warned(as_of="2026-02-03") == [("uncontrollable", "1"), ("stop", "1")]
    assert house.warned(known_at=known) == [("uncontrollable", "1"), ("stop", "1")]
    assert house.warned(as_of="2026-02-01") == []


def test_a_stop_reaches_down_and_not_up_and_names_its_risk_wherever_it_is(house: House) -> None:
    house.on("2026-02-02", WORKER, StopUnit(BODY, "U-2", "loose rock"))
    assert house.warned() == []
    house.on("2026-02-03", WORKER, StopUnit(BODY, "U-9", "gas", "R-1"))
    assert house.warned() == [("stop", "1")]
    house.on("2026-02-04", WORKER, StopUnit(BODY, "U-1", "fire"))
    assert house.warned() == [("stop", "1"), ("stop", "1")]


@pytest.mark.clause("NJ-049")
def test_a_hold_warns_while_it_is_open(house: House) -> None:
    house.on("2026-02-02", WORKER, OpenHold(BODY, "U-1", "abnormal_condition", "the fan stands", "no air"))
    assert house.warned() == [("hold", "1")]
    known = house.plant.head()
    house.on("2026-02-03", CHECKER, SetCountermeasure(BODY, "U-1", "mend it"))
    house.on("2026-02-03", WORKER, ImplementCountermeasure(BODY, "U-1", 1))
    house.on("2026-02-03", CHECKER, ReleaseHold(BODY, "U-1"))
    assert (house.warned(), house.warned(known_at=known)) == ([], [("hold", "1")])


@pytest.mark.clause("YT-29")
def test_a_control_that_failed_repeatedly_warns_until_its_risk_is_assessed(house: House) -> None:
    for day, code in (("2026-03-01", "YH-0001"), ("2026-06-01", "YH-0002")):
        assert house.warned() == []
        failed = RegisterHazard(BODY, code, "U-1", "Guard", "loose", "control", "", "R-1", "C-1")
        house.on(day, WORKER, failed)
    assert house.warned() == [("reassessment_proposed", "C-1")]
    again = ReassessRisk(BODY, "R-1", "lec", {"L": "3", "E": "6", "C": "7"}, "change")
    house.on("2026-06-02", LEAD, again)
    assert house.warned() == []
    assert house.warned(as_of="2026-06-01") == [("reassessment_proposed", "C-1")]


def test_every_warning_is_told_in_a_sentence_of_both_languages() -> None:
    assert set(SENTENCES) == set(WARNINGS)
    for warning in WARNINGS:
        row = {"warning": warning, "unit": "U-1", "what": "C-1", "about": ["x"], "who": ["P-1"]}
        for lang in ("zh", "en"):
            sentence = warning_sentence(row, lang, {"P-1": "Li"})  # type: ignore[arg-type]  # both are languages
            assert "x" in sentence
            assert "{" not in sentence

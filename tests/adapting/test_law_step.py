"""The clock reports a text that turns to whoever adopted the rule on changes, once, where a risk rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import StaticPool, create_engine

from adapters import law_step
from adapters.positions import Positions
from adapters.rules import rule_files, rulebook_of
from domain.change_touched import ExcludeFromChange
from domain.documents import RegisterDocument
from domain.rule_adoption import AdoptRulePack
from tests.adapting.change_plant import BODY, CHECKER, FOUNDER, HOUSE, LEAD, ChangePlant, at

BEFORE = at("2026-03-01")


@pytest.fixture
def plant() -> Iterator[ChangePlant]:
    made = ChangePlant().pressed()
    yield made
    made.projector.close()


@pytest.fixture
def bare() -> Iterator[ChangePlant]:
    """No rules on changes adopted."""
    made = ChangePlant()
    made.found()
    made.risk_at("R-1", "U-1")
    yield made
    made.projector.close()


def hang(plant: ChangePlant, *risks: str, number: str = "GB 6441-1986") -> None:
    """The risks hang on the standard, in whatever edition the register holds."""
    plant.give(CHECKER, RegisterDocument(BODY, "W-1", "standard", "Accident types", number))
    for risk in risks:
        plant.tag(risk, ("standard", "W-1"))


def changes(plant: ChangePlant) -> list[dict[str, Any]]:
    return [row for row in plant.ask("change-list") if row["kind"] == "law_or_standard"]


@pytest.mark.clause("YT-24", "YT-42")
def test_a_new_edition_is_reported_once_on_its_day_with_the_risks_that_hang_on_it(plant: ChangePlant) -> None:
    hang(plant, "R-1", "R-3")
    plant.now = at("2026-06-30")
    plant.follow()
    assert changes(plant) == []
    plant.now = at("2026-07-01")
    plant.follow()
    plant.follow()
    [row] = changes(plant)
    assert (row["cause"], row["starts"], row["step"]) == ("law:accident-types@2025", "2026-07-01", "open")
    assert plant.paths(row["code"]) == {"R-1": ["standard:W-1"], "R-3": ["standard:W-1"]}
    assert {step for step, due in plant.duties().values()} == {"open"}
    plant.now = at("2026-07-02")
    assert plant.follow() == 0


@pytest.mark.clause("YT-24")
def test_it_closes_itself_when_what_it_reached_was_assessed_again(plant: ChangePlant) -> None:
    hang(plant, "R-1")
    plant.now = at("2026-07-01")
    plant.follow()
    plant.assess_anew("R-1")
    plant.follow()
    [row] = changes(plant)
    assert row["step"] == "closed"


def test_a_turn_that_reaches_no_risk_is_not_reported_nor_made_up_for_by_a_later_tag(
    plant: ChangePlant,
) -> None:
    plant.now = at("2026-07-01")
    plant.follow()
    assert changes(plant) == []
    plant.now = at("2026-08-01")
    hang(plant, "R-1")
    plant.give(FOUNDER, AdoptRulePack(BODY, "house-watch-2026", "1"))
    plant.follow()
    assert changes(plant) == [], "nothing hung on it when it turned"


@pytest.mark.clause("YT-24")
def test_a_tag_back_dated_before_the_turn_and_recorded_after_it_brings_the_change(plant: ChangePlant) -> None:
    plant.now = at("2026-07-01")
    plant.follow()
    plant.now = at("2026-07-20")
    plant.give(CHECKER, RegisterDocument(BODY, "W-1", "standard", "Accident types", "GB 6441-1986"), BEFORE)
    plant.tag("R-1", ("standard", "W-1"), happened=BEFORE)
    plant.follow()
    [row] = changes(plant)
    assert (row["starts"], row["since"][:10]) == ("2026-07-01", "2026-06-30"), "in UTC"
    assert list(plant.paths(row["code"])) == ["R-1"]
    assert [due for _, due in plant.duties().values()] == ["2026-07-30"], "counted from the report"
    assert plant.follow() == 0


@pytest.mark.clause("YT-24")
def test_what_is_back_dated_after_the_change_was_closed_has_a_change_of_its_own(plant: ChangePlant) -> None:
    hang(plant, "R-1")
    plant.now = at("2026-07-01")
    plant.follow()
    plant.assess_anew("R-1")
    plant.follow()
    [first] = changes(plant)
    assert first["step"] == "closed"
    plant.now = at("2026-07-20")
    plant.tag("R-2", ("standard", "W-1"), happened=BEFORE)
    plant.tag("R-3", ("standard", "W-1"))
    plant.follow()
    second = next(row for row in changes(plant) if row["code"] != first["code"])
    assert second["code"] == f"{first['code']}.2"
    assert plant.paths(second["code"]) == {"R-2": ["risk:R-2"]}, "R-3 hangs on it since today only"
    assert "recorded only later" in second["what"]
    size = plant.head()
    plant.positions = Positions(create_engine("sqlite://", poolclass=StaticPool))
    plant.follow()
    assert plant.head() == size


def test_an_open_change_takes_in_what_is_back_dated_and_no_second_one_is_reported(plant: ChangePlant) -> None:
    hang(plant, "R-1")
    plant.now = at("2026-07-01")
    plant.follow()
    plant.now = at("2026-07-02")
    plant.tag("R-2", ("standard", "W-1"), happened=BEFORE)
    plant.follow()
    [row] = changes(plant)
    assert set(plant.paths(row["code"])) == {"R-1", "R-2"}


def test_an_assessment_since_the_turn_answers_the_late_change_and_whoever_was_left_out_stays_so(
    plant: ChangePlant,
) -> None:
    hang(plant, "R-1", "R-3")
    plant.now = at("2026-07-01")
    plant.follow()
    [first] = changes(plant)
    plant.give(LEAD, ExcludeFromChange(BODY, first["code"], "R-3", "weighed by other words"))
    plant.assess_anew("R-1")
    plant.follow()
    plant.now = at("2026-07-10")
    plant.assess_anew("R-2")
    plant.tag("R-2", ("standard", "W-1"), happened=BEFORE)
    plant.follow()
    second = next(row for row in changes(plant) if row["code"] != first["code"])
    assert (second["step"], plant.steps(second["code"])) == ("closed", {"R-2": "reassessed"})
    assert plant.steps(first["code"])["R-3"] == "excluded"


def test_who_adopted_no_rule_on_changes_gets_none_and_whoever_adopts_it_none_of_before(
    bare: ChangePlant,
) -> None:
    hang(bare, "R-1")
    bare.now = at("2026-07-01")
    bare.follow()
    assert changes(bare) == []
    bare.now = at("2026-07-05")
    bare.give(FOUNDER, AdoptRulePack(BODY, HOUSE, "1"))
    bare.follow()
    assert changes(bare) == []


def test_what_turned_while_the_clock_was_away_is_reported_when_it_is_back(plant: ChangePlant) -> None:
    hang(plant, "R-1")
    plant.now = at("2026-09-01")
    plant.follow()
    [row] = changes(plant)
    assert row["starts"] == "2026-07-01"
    assert [due for _, due in plant.duties().values()] == ["2026-09-11"], "counted from the report"


@pytest.mark.clause("YT-24")
def test_a_version_that_comes_with_new_rule_files_is_reported_also_after_its_first_day(
    plant: ChangePlant,
) -> None:
    hang(plant, "R-2", number="盐应急规〔2021〕1号")
    plant.now = at("2026-03-10")
    plant.follow()
    assert changes(plant) == []
    files = {**rule_files()}
    held = files["neighbour-notice"]
    new = {**held["version"][0], "version": "successor", "from": "2026-03-01", "where": [], "who": []}
    new.pop("until")
    files["neighbour-notice"] = {**held, "version": [*held["version"], new]}
    plant.engine.rules = rulebook_of(files)
    plant.follow()
    [row] = changes(plant)
    assert (row["cause"], row["starts"]) == ("law:neighbour-notice@successor", "2026-03-01")
    assert list(plant.paths(row["code"])) == ["R-2"]


def test_between_turns_no_body_is_looked_at(plant: ChangePlant, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Any] = []
    plant.follow()

    def note(*given: Any) -> int:
        looked.append(given)
        return 0

    monkeypatch.setattr(law_step, "_of_bodies", note)
    for day in ("2026-01-06", "2026-05-01", "2026-06-30"):
        plant.now = at(day)
        plant.follow()
    assert looked == []
    plant.now = at("2026-07-01")
    plant.follow()
    assert len(looked) == 1

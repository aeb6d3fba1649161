"""The clock reports a text that turns to whoever adopted the rule on changes, once, where a risk rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from adapters import law_step
from adapters.rules import rule_files, rulebook_of
from domain.documents import RegisterDocument
from domain.rule_adoption import AdoptRulePack
from tests.adapting.change_plant import BODY, CHECKER, FOUNDER, HOUSE, ChangePlant, at


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

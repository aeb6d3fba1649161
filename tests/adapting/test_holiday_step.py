"""The clock reports a holiday to whoever adopted the rule, once, with its risks; it ends by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.calendar_notices import Holiday, SettleYear
from domain.campaigns import AnnounceCampaign, EndCampaign
from domain.change_scope import ScopeEntry
from domain.rule_adoption import AdoptRulePack
from tests.adapting.change_plant import ChangePlant
from tests.projecting.plant import BODY, CHECKER, FOUNDER, at

SPRING = "holiday-2027-spring-festival"


@pytest.fixture
def plant() -> Iterator[ChangePlant]:
    made = ChangePlant().pressed()
    yield made
    made.projector.close()


def settle(plant: ChangePlant) -> None:
    rest = (Holiday("元旦", "2027-01-01", "2027-01-03"), Holiday("春节", "2027-02-04", "2027-02-11"))
    plant.give(FOUNDER, SettleYear(2027, "notice", "no. 1", rest))


def changes(plant: ChangePlant) -> dict[str, str]:
    return {
        row["code"]: row["step"] for row in plant.ask("change-list") if row["kind"] in ("holiday", "campaign")
    }


@pytest.mark.clause("YT-24")
def test_who_adopted_the_rule_gets_the_festival_seven_days_before_and_once(plant: ChangePlant) -> None:
    plant.give(FOUNDER, AdoptRulePack(BODY, "house-watch-2026", "1"))
    plant.now = at("2027-01-28")
    plant.follow()
    assert changes(plant) == {}, "provisionally the festival begins on 5 February"
    settle(plant)
    plant.follow()
    plant.follow()
    assert list(changes(plant)) == [SPRING]
    [row] = [row for row in plant.ask("change-list") if row["code"] == SPRING]
    assert (row["starts"], row["ends"], row["cause"]) == (
        "2027-02-04",
        "2027-02-11",
        "holiday:2027-spring-festival",
    )
    assert sorted(plant.paths(SPRING)) == ["R-1", "R-2", "R-3"]


@pytest.mark.clause("YT-24")
def test_it_ends_by_itself_after_its_last_day_and_who_did_not_adopt_the_rule_gets_none(
    plant: ChangePlant,
) -> None:
    plant.now = at("2027-02-06")
    plant.follow()
    assert changes(plant) == {}
    plant.give(FOUNDER, AdoptRulePack(BODY, "house-watch-2026", "1"))
    plant.follow()
    assert changes(plant) == {SPRING: "open"}
    plant.now = at("2027-02-09")
    plant.follow()
    assert changes(plant) == {SPRING: "ended"}


def test_a_festival_that_passed_while_the_clock_was_away_is_not_reported(plant: ChangePlant) -> None:
    plant.give(FOUNDER, AdoptRulePack(BODY, "house-watch-2026", "1"))
    plant.now = at("2027-02-20")
    plant.follow()
    assert SPRING not in changes(plant)


@pytest.mark.clause("YT-24")
def test_a_campaign_reaches_its_risks_and_ends_as_a_change(plant: ChangePlant) -> None:
    scope = (ScopeEntry("unit", "U-1"),)
    about = ("hoisting", "the bureau", "no. 3", "check the brakes", scope, "2026-01-05", "2026-02-05")
    plant.give(CHECKER, AnnounceCampaign(BODY, "ZX-1", *about))
    plant.follow()
    assert sorted(plant.paths("campaign.ZX-1")) == ["R-1", "R-2"]
    [row] = plant.ask("campaign-list")
    assert (row["standing"], row["change"]) == ("campaign_running", "campaign.ZX-1")
    plant.give(CHECKER, EndCampaign(BODY, "ZX-1", "withdrawn"))
    plant.follow()
    assert changes(plant)["campaign.ZX-1"] == "ended"
    assert plant.ask("campaign-list") == []
    assert [row["standing"] for row in plant.ask("campaign-list", ever=True)] == ["campaign_ended"]

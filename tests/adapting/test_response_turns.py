"""Another response comes to bind while the weather lasts: what is lifted and owed follows it at once, and once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import StaticPool, create_engine

from adapters.positions import Positions
from adapters.rules import rule_files, rulebook_of
from domain.language import Moment, as_datetime, day_after, day_of, moment
from domain.rule_adoption import AdoptRulePack
from tests.adapting.change_plant import BODY, FOUNDER
from tests.adapting.test_weather_step import ORANGE, Wet

SECOND = "own-2026"
PUMP = {
    "code": "pump",
    "from": "orange",
    "owner": "team_lead",
    "days": 0,
    "duty": True,
    "lasts": True,
    "source": "house",
    "zh": "启动排水泵",
    "en": "start the pumps",
}


def with_second(source: str = "house", since: str = "2026-01-01") -> dict[str, Any]:
    """The shipped rules and a second version of the response: two steps, another measure, one criterion less."""
    files = dict(rule_files())
    response, pack = files["weather-response"], files["house-weather-2026"]
    [first] = response["version"]
    value = {
        **first["value"],
        "uplift": [{"from": "orange", "steps": 2, "source": "house"}],
        "measures": [*first["value"]["measures"], PUMP],
        "criteria": [{"weather": ["lightning"], "from": "blue", "source": "house", "items": ["M98-OP-11"]}],
    }
    second = {**first, "version": SECOND, "source": source, "from": since, "value": value}
    files["weather-response"] = {**response, "version": [first, second]}
    members = [{"rule": "weather-response", "version": SECOND}]
    newer = {**pack["version"][0], "version": "2", "value": {"members": members}}
    files["house-weather-2026"] = {**pack, "version": [*pack["version"], newer]}
    return files


@pytest.fixture
def plant() -> Iterator[Wet]:
    made = Wet()
    made.engine.rules = rulebook_of(with_second())
    yield made
    made.projector.close()


def measures(plant: Wet) -> dict[str, str]:
    """The steps of the duties that measures are, by their measure and risk."""
    rows = plant.ask("duty-list")
    return {
        f"{row['period']} {row['subject']}": row["step"] for row in rows if row["rule"] == "weather-response"
    }


def judging(plant: Wet) -> set[str]:
    return {row["step"] for row in plant.ask("duty-list") if row["code"].startswith("judge.")}


@pytest.mark.clause("YT-24")
def test_a_new_version_of_the_response_lifts_and_asks_without_waiting_for_the_weather_to_turn(
    plant: Wet,
) -> None:
    plant.warn("A")
    assert plant.levels()["R-3"] == "larger"
    assert "pump R-3" not in measures(plant)
    plant.later(1)
    plant.give(FOUNDER, AdoptRulePack(BODY, "house-weather-2026", "2"))
    plant.follow()
    assert plant.lifted() == {("R-2", ORANGE): "major", ("R-3", ORANGE): "major"}
    assert measures(plant)["pump R-3"] == "open"
    [row] = plant.ask("uplift-list", risk="R-3")
    assert row["base"] == "general", (
        "two steps from what was assessed, not from what the first version made of it"
    )


def test_it_is_followed_once_also_where_positions_were_lost(plant: Wet) -> None:
    plant.warn("A")
    plant.give(FOUNDER, AdoptRulePack(BODY, "house-weather-2026", "2"))
    plant.follow()
    size = plant.head()
    plant.positions = Positions(create_engine("sqlite://", poolclass=StaticPool))
    plant.follow()
    assert plant.head() == size
    plant.give(FOUNDER, AdoptRulePack(BODY, "house-watch-2026", "1"))
    plant.follow()
    assert plant.head() == size + 1, "a pack without a response turns nothing"


def test_what_either_version_asked_for_while_it_lasts_ends_with_the_weather(plant: Wet) -> None:
    plant.warn("A")
    assert judging(plant) == {"open"}
    plant.give(FOUNDER, AdoptRulePack(BODY, "house-weather-2026", "2"))
    plant.follow()
    plant.later(1)
    plant.warn("B", message="cancel", references=("A",))
    assert plant.lifted() == {}
    found = measures(plant)
    assert {found["pump R-3"], found["stop-open-lifting R-3"]} == {"waived"}
    assert judging(plant) == {"waived"}


def test_a_warning_that_comes_late_sets_nothing_back_to_the_version_of_its_moment(plant: Wet) -> None:
    plant.warn("A", hours=72)
    sent = plant.later(1)
    plant.later(30)
    plant.give(FOUNDER, AdoptRulePack(BODY, "house-weather-2026", "2"))
    plant.follow()
    assert plant.lifted() == {("R-2", ORANGE): "major", ("R-3", ORANGE): "major"}
    plant.warn("B", "red", "update", references=("A",), at=sent, hours=40)
    red = ORANGE.replace("orange", "red")
    assert terms(plant) == {("R-2", red): ("red", SECOND), ("R-3", red): ("red", SECOND)}
    plant.later(0.2)
    plant.warn("C", "yellow", "update", references=("B",), at=hour_after(sent), hours=40)
    assert {(signal, version) for signal, version in terms(plant).values()} == {("yellow", SECOND)}
    assert plant.lifted() == {("R-2", red): None, ("R-3", red): None}
    size = plant.head()
    plant.positions = Positions(create_engine("sqlite://", poolclass=StaticPool))
    plant.follow()
    assert plant.head() == size


def test_a_first_warning_that_comes_late_lifts_by_the_version_that_binds_now(plant: Wet) -> None:
    sent = plant.now
    plant.later(30)
    plant.give(FOUNDER, AdoptRulePack(BODY, "house-weather-2026", "2"))
    plant.follow()
    plant.warn("A", at=sent, hours=40)
    assert set(terms(plant).values()) == {("orange", SECOND)}
    assert plant.lifted() == {("R-2", ORANGE): "major", ("R-3", ORANGE): "major"}


def hour_after(at: Moment) -> Moment:
    return moment(as_datetime(at) + dt.timedelta(hours=1))


def terms(plant: Wet) -> dict[tuple[str, str], tuple[str, str]]:
    """The signal of each uplift and the version of the response by which it is lifted."""
    rows = plant.ask("uplift-list")
    return {(row["risk"], row["change"]): (row["signal"], row["citation"]["version"]) for row in rows}


def test_a_response_that_comes_into_force_by_law_is_asked_by_the_tick_of_its_day() -> None:
    plant = Wet(response=False)
    tomorrow = day_after(day_of(plant.now))
    plant.engine.rules = rulebook_of(with_second("law", tomorrow))
    plant.warn("A", hours=72)
    assert plant.lifted() == {}
    plant.later(30)
    plant.follow()
    assert plant.lifted() == {("R-2", ORANGE): "major", ("R-3", ORANGE): "major"}
    size = plant.head()
    assert plant.follow() == 0
    plant.positions = Positions(create_engine("sqlite://", poolclass=StaticPool))
    plant.follow()
    assert plant.head() == size
    plant.projector.close()

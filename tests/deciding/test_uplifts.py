"""Weather and holidays lift a risk's level for a while: how far and with what measures is what the body adopted."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from adapters.rules import rule_files
from domain.language import Event
from domain.policies import POLICIES
from domain.records import Record
from domain.response_lint import linked_faults, response_faults, weather_linked
from domain.risk_tags import RiskTagged, TagRow
from domain.risk_uplift import FollowUplift, RiskUplifted, UpliftEnded, applies, lifted
from domain.rule_adoption import ADOPTED, RulePackAdopted
from domain.rule_shapes import items, tables
from domain.weather_episodes import EPISODE, EpisodeEnded, EpisodeOpened, EpisodeRaised
from tests.deciding.given import BODY, Given, example, given, happened

RULES = rule_files()
RESPONSE: Any = RULES["weather-response"]["version"][0]["value"]
PACK = RulePackAdopted("house-weather-2026", "1", "-", "house", "2026-01-01", None, ())
CHANGE = "weather.320113.rainstorm.1.orange"
LAY = example("LayUplift")
FOLLOW = FollowUplift(BODY, "R-0001", CHANGE)
END = example("EndUplift", change=CHANGE)
AT, UNTIL = "2026-01-20T00:00:00.000000Z", "2099-01-01T00:00:00.000000Z"
CITED = example("RaiseDuty").citation


def opened(level: str = "orange", number: int = 1) -> EpisodeOpened:
    return EpisodeOpened(number, "320113", "栖霞区", "rainstorm", level, "A", AT, UNTIL)


RAISED = EpisodeRaised(1, "orange", "red", AT, UNTIL)
OVER = EpisodeEnded(1, "orange", "lifted", AT)
LOOKS = (happened("risk-identified", accident_types=("坍塌",)), happened("risk-assessed", level="general"))


def mine(*own: Event, weather: tuple[Event, ...] = (opened(),), adopted: bool = True) -> Given:
    """R-0001 is assessed as general, and the weather is as told; the mine adopted the response or not."""
    made = given(*LOOKS, *own).knowing(EPISODE, "*", "320113.rainstorm", holds=weather)
    return made.knowing(ADOPTED, BODY, holds=[PACK] if adopted else [])


def laid(**weather: Any) -> Any:
    return mine(**weather).when(LAY).only


@pytest.mark.clause("YT-24", "NJ-070")
@pytest.mark.rule("weather-response")
@pytest.mark.rule("house-weather-2026")
def test_an_orange_rainstorm_lifts_a_risk_by_one_level_and_asks_for_what_its_accidents_need() -> None:
    event = laid()
    assert isinstance(event, RiskUplifted)
    assert (event.weather, event.signal, event.base, event.level) == (
        "rainstorm",
        "orange",
        "general",
        "larger",
    )
    assert {one.code for one in event.measures} == {"check-drainage", "watch"}
    assert event.citation.rule == "weather-response"
    assert all(bool(one.duty) == (one.code == "check-drainage") for one in event.measures)


@pytest.mark.clause("YT-24")
def test_a_red_one_lifts_it_by_two_and_an_unknown_level_as_much() -> None:
    assert laid(weather=(opened("red"),)).level == "major"
    assert laid(weather=(opened("unknown"),)).level == "major"


def test_nothing_is_lifted_above_major_nor_above_nothing() -> None:
    assert [lifted(base, 2) for base in ("major", "larger", "general", "low", "")] == [
        "major",
        "major",
        "major",
        "larger",
        "",
    ]
    assert lifted("low", 0) == ""


def test_a_yellow_rainstorm_lifts_nothing_and_leaves_no_record() -> None:
    mine(weather=(opened("yellow"),)).when(LAY).then()


def test_without_an_adopted_response_a_risk_is_not_lifted() -> None:
    mine(adopted=False).when(LAY).then()


@pytest.mark.parametrize("weather", [(), (opened(), OVER), (opened(), OVER, opened(number=2))])
def test_weather_that_is_over_lifts_nothing(weather: tuple[Event, ...]) -> None:
    mine(weather=weather).when(LAY).then()


def test_it_is_lifted_once_by_one_change() -> None:
    mine(laid()).when(LAY).then()


def test_a_retired_risk_is_not_lifted_but_what_lifted_it_ends() -> None:
    mine(happened("risk-retired")).when(LAY).then()
    assert isinstance(mine(laid(), happened("risk-retired")).when(END).only, UpliftEnded)


def test_the_uplift_follows_the_weather_and_asks_for_nothing_twice() -> None:
    event = mine(laid(), weather=(opened(), RAISED)).when(FOLLOW).only
    assert (event.signal, event.base, event.level, event.measures) == ("red", "general", "major", ())
    mine(laid()).when(FOLLOW).then()
    mine(laid(), weather=(opened(), RAISED, OVER)).when(FOLLOW).then()


def test_a_risk_without_a_level_is_lifted_from_its_first_one_and_asks_for_nothing_twice() -> None:
    looked = given(LOOKS[0]).knowing(EPISODE, "*", "320113.rainstorm", holds=[opened()])
    early = looked.knowing(ADOPTED, BODY, holds=[PACK]).when(LAY).only
    assert (early.base, early.level, len(early.measures)) == ("", "", 2)
    event = mine(early).when(FOLLOW).only
    assert (event.base, event.level, event.measures) == ("general", "larger", ())
    mine(early, event).when(FOLLOW).then()


@pytest.mark.clause("YT-24")
def test_what_is_lifted_late_is_lifted_from_the_level_that_counted_then() -> None:
    higher = happened("risk-reassessed", level="larger", was="general", waits=False, interim="")
    late = example("LayUplift", since=higher.assessed_at)
    before = example("LayUplift", since=LOOKS[1].assessed_at)  # type: ignore[attr-defined]  # it is an assessment
    assert mine(higher).when(late).only.level == "major"
    assert mine(higher).when(before).only.level == "larger"
    assert mine().when(example("LayUplift", since="2020-01-01T00:00:00.000000Z")).only.base == "general"


def test_an_assessment_made_meanwhile_is_not_lifted_once_more() -> None:
    higher = happened("risk-reassessed", level="larger", was="general", waits=False, interim="")
    assert mine(laid(), higher, weather=(opened(), RAISED)).when(FOLLOW).only.base == "general"


@pytest.mark.clause("YT-24")
def test_its_end_restores_the_level_that_was_assessed_and_drops_what_was_owed_only_meanwhile() -> None:
    event = mine(laid()).when(END).only
    assert (event.level, event.assessed, event.outcome) == ("larger", "general", "restored")
    mine(laid(), event).when(END).then()


def test_its_end_confirms_a_level_that_was_assessed_as_high_meanwhile() -> None:
    higher = happened("risk-reassessed", level="larger", was="general", waits=False, interim="")
    assert mine(laid(), higher).when(END).only.outcome == "confirmed"


def test_a_further_change_of_the_same_episode_takes_the_passing_duties_over() -> None:
    lifting = (
        happened("risk-identified", accident_types=("起重伤害",)),
        happened("risk-assessed", level="general"),
    )
    world = given(*lifting).knowing(EPISODE, "*", "320113.rainstorm", holds=[opened()])
    first = world.knowing(ADOPTED, BODY, holds=[PACK]).when(LAY).only
    red = given(*lifting, first).knowing(EPISODE, "*", "320113.rainstorm", holds=[opened(), RAISED])
    second = red.knowing(ADOPTED, BODY, holds=[PACK]).when(example("LayUplift", change="red")).only
    passing = [one.duty for one in first.measures if one.lasts and one.duty]
    assert len(passing) == 1
    assert not [one for one in second.measures if one.code in {one.code for one in first.measures}]
    ended = given(*lifting, first, second).when(END).only
    assert ended.dropped == ()
    last = given(*lifting, first, second, ended).when(example("EndUplift", change="red")).only
    assert last.dropped == tuple(passing)


def test_a_measure_may_be_meant_for_risks_with_a_tag() -> None:
    tagged = RiskTagged((TagRow("sector", "tailings"),), "", AT)
    assert "check-tailings" in {one.code for one in mine(tagged).when(LAY).only.measures}


@pytest.mark.clause("NJ-070")
@pytest.mark.rule("holiday-response")
def test_a_holiday_lifts_a_risk_in_the_same_way() -> None:
    event = mine().when(example("LayUplift", kind="holiday", cause="holiday:2027-spring")).only
    assert (event.kind, event.signal, event.level) == ("holiday", "", "larger")


def test_extreme_weather_that_a_person_reports_without_a_warning_counts_as_the_worst() -> None:
    assert mine(weather=()).when(example("LayUplift", cause="")).only.level == "major"


def test_every_measure_that_is_owed_is_raised_once_under_a_code_that_says_what_for() -> None:
    policy = next(one for one in POLICIES if one.name == "uplift-measures")
    event = laid()
    record = Record(9, f"risk/{BODY}/R-0001", 3, event.KIND, BODY, "policy", "policy", AT, AT, "x", event)
    [(target, duty)] = policy.react(record)
    assert target == duty.duty  # type: ignore[attr-defined]  # a duty is raised
    assert duty.owed_by == "safety_officer"  # type: ignore[attr-defined]


@pytest.mark.clause("YT-24")
def test_risks_that_a_person_takes_into_a_change_are_lifted_unless_it_is_over() -> None:
    policy = next(one for one in POLICIES if one.name == "uplift")

    def asked(**more: Any) -> list[Any]:
        event = happened("change-risks-taken", **{"kind": "extreme_weather", "cause": "weather:x.1", **more})
        return policy.react(Record(9, f"change/{BODY}/C-1", 3, event.KIND, BODY, "p", "p", AT, AT, "x", event))

    assert [target for target, _ in asked(risks=("R-1", "R-2"))] == ["R-1", "R-2"]
    assert asked(risks=("R-1",))[0][1] == example("LayUplift", risk="R-1", change="C-1", cause="weather:x.1")
    assert asked(over=True) == []
    assert asked(kind="maintenance") == []


# --- the rule data


def test_an_item_counts_from_its_colour_and_for_its_weather() -> None:
    item = {"weather": ["gale"], "from": "yellow"}
    assert [applies(item, "gale", one) for one in ("white", "blue", "yellow", "red", "unknown")] == [
        False,
        False,
        True,
        True,
        True,
    ]
    assert not applies(item, "fog", "red")
    assert applies({}, "fog", "")


def test_every_criterion_that_is_linked_to_the_weather_is_asked_again_in_some_weather() -> None:
    asked = {item for part in tables(RESPONSE["criteria"]) for item in items(part["items"])}
    assert asked == weather_linked(RULES)


def test_an_orange_rainstorm_looks_at_the_tailings_and_stops_open_lifting() -> None:
    measures = {one["code"] for one in RESPONSE["measures"] if applies(one, "rainstorm", "orange")}
    assert {"check-tailings", "stop-open-lifting"} <= measures


@pytest.mark.parametrize(
    ("part", "change", "fault"),
    [
        ("uplift", {"steps": 0}, "uplift 1: steps is 0"),
        ("uplift", {"from": "purple"}, "uplift 1: from 'purple' is no colour"),
        ("uplift", {"source": "law"}, "uplift 1: is either a house rule or names its article"),
        ("measures", {"weather": ["rain"]}, "measures 1: weather 'rain' is none"),
        ("measures", {"owner": "boss"}, "measures 1: owner 'boss' is no role"),
        ("measures", {"days": -1}, "measures 1: days is -1"),
        ("measures", {"duty": 1}, "measures 1: duty is 1, not true or false"),
        ("measures", {"tags": ["tailings"]}, "measures 1: tag 'tailings' is not written kind:code"),
        ("measures", {"code": "watch"}, "measure watch occurs twice"),
        ("reports", {"from": 3}, "reports 1: from is 3"),
        ("criteria", {"items": "all"}, "criteria 1: items is 'all'"),
    ],
)
def test_a_faulty_response_is_named(part: str, change: dict[str, Any], fault: str) -> None:
    value = deepcopy(RESPONSE)
    value[part][0] |= change
    assert any(one.startswith(fault) for one in response_faults(value)), list(response_faults(value))
    assert not list(response_faults(RESPONSE))


def test_a_criterion_that_is_not_linked_to_the_weather_is_named() -> None:
    value = {**RESPONSE, "criteria": [{"items": ["M98-UG-01"]}]}
    assert list(linked_faults(value, weather_linked(RULES)))
    assert not list(linked_faults(RESPONSE, weather_linked(RULES)))

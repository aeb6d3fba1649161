"""The whole way of a warning: an episode, a change of every body in its area, lifted risks, duties, and their ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import StaticPool, create_engine

from adapters.papers.major import major_risk_report
from adapters.papers.past import past_of
from adapters.papers.site import Asked
from adapters.positions import Positions
from adapters.projector.questions import answer
from adapters.tell import event_sentence
from domain.bodies import RegisterBody
from domain.change_touched import ExcludeFromChange, TakeIntoChange
from domain.changes import EndChange
from domain.engine import Order
from domain.language import Command, Moment, as_datetime, day_of, moment
from domain.people import PersonEntry, RegisterPeople
from domain.risk_assessment import AssessRisk, ReassessRisk
from domain.risk_identity import IdentifyRisk
from domain.risk_tags import Tag, TagRisk
from domain.risks import RetireRisk
from domain.roles import GrantEntry, GrantRoles
from domain.rule_adoption import AdoptRulePack
from domain.units import RegisterUnit
from domain.weather_changes import stem, touches
from domain.weather_feeds import MarkFeedStale
from domain.weather_messages import ReceiveWarning, WarningPart
from projections.uplifts import shown_level
from tests import postgres
from tests.adapting.change_plant import BODY, CHECKER, FOUNDER, LEAD, ChangePlant

AREA = "320113"
NAME = "320113.rainstorm"
ORANGE, RED = f"weather.{NAME}.1.orange", f"weather.{NAME}.1.red"


class Wet(ChangePlant):
    """The plant with a rainstorm's risks: R-2 hangs on rainstorms, and so does R-3."""

    def __init__(self, response: bool = True, url: str = "sqlite://") -> None:
        super().__init__(url=url)
        self.pressed()
        if response:
            self.give(FOUNDER, AdoptRulePack(BODY, "house-weather-2026", "1"))
        self.tag("R-3", ("weather", "rainstorm"))
        self.follow()
        self.sent = 0

    def risk_at(self, code: str, unit: str, types: tuple[str, ...] = ("起重伤害",)) -> None:
        words = ("2101", "GB/T 13861-2022", types, "worn rope", "cage falls", "passengers")
        self.give(LEAD, IdentifyRisk(BODY, code, unit, f"Risk {code}", *words))
        self.give(LEAD, AssessRisk(BODY, code, "lec", {"L": "1", "E": "6", "C": "15"}))

    def later(self, hours: float) -> Moment:
        self.now = moment(as_datetime(self.now) + dt.timedelta(hours=hours))
        return self.now

    def warn(self, identifier: str, level: Any = "orange", message: Any = "alert", **more: Any) -> None:
        """A message about the rainstorm, sent now and lasting six hours; ``at``: it was sent and taken then."""
        at = more.pop("at", None)
        until = moment(as_datetime(self.now) + dt.timedelta(hours=more.pop("hours", 6)))
        part = WarningPart(
            more.pop("area", AREA), "栖霞区", "rainstorm", level, None, until, False, message == "cancel"
        )
        fields: dict[str, Any] = {
            "source": "cma",
            "status": "actual",
            "sha256": "5e" * 32,
            "schema_valid": True,
        }
        command = ReceiveWarning(
            **{
                **fields,
                "identifier": identifier,
                "sent": at or self.now,
                "message": message,
                "parts": (part,),
                **more,
            }
        )
        self.machine(command, f"{identifier} {more}", at)
        self.follow()

    def machine(self, command: Command, what: str, at: Moment | None = None) -> None:
        self.engine.submit(Order(command=command, by="feed", id=what, content=b"", at=at, auth="feed"))

    def ask_of_weather(self, **asked: Any) -> list[dict[str, Any]]:
        return answer(self.projector, "episode-list", asked)

    def changes(self) -> list[dict[str, Any]]:
        """Of every body."""
        return [row for row in answer(self.projector, "change-list", {}) if row["kind"] == "extreme_weather"]

    def first_lift(self) -> int:
        return min(record.position for record in self.records() if record.kind == "risk-uplifted.1") + 1

    def levels(self, **asked: Any) -> dict[str, str | None]:
        return {row["code"]: row["level"] for row in self.ask("risk-list", **asked)}

    def lifted(self, **asked: Any) -> dict[tuple[str, str], str | None]:
        return {(row["risk"], row["change"]): row["level"] for row in self.ask("uplift-list", **asked)}


@pytest.fixture
def plant() -> Iterator[Wet]:
    made = Wet()
    yield made
    made.projector.close()


def test_nothing_is_lifted_in_dry_weather(plant: Wet) -> None:
    assert plant.levels() == {"R-1": "general", "R-2": "general", "R-3": "general"}


@pytest.mark.clause("YT-24", "NJ-070")
def test_an_orange_rainstorm_lifts_the_risks_that_hang_on_it_and_its_lift_restores_them(plant: Wet) -> None:
    plant.warn("A")
    assert plant.levels() == {"R-1": "general", "R-2": "larger", "R-3": "larger"}
    [row] = [one for one in plant.ask("risk-list") if one["code"] == "R-2"]
    assert (row["assessed_level"], row["uplifted_to"], row["colour"]) == ("general", "larger", "orange")
    [lifting] = row["uplifts"]
    assert (lifting["change"], lifting["weather"], lifting["signal"]) == (ORANGE, "rainstorm", "orange")
    plant.later(1)
    plant.warn("B", message="cancel", references=("A",))
    assert set(plant.levels().values()) == {"general"}
    assert {row["outcome"] for row in plant.ask("uplift-list", ever=True)} == {"restored"}
    [episode] = plant.ask_of_weather(ever=True)
    assert (episode["goes_on"], episode["how"], episode["peak"]) == (False, "lifted", "orange")


@pytest.mark.clause("YT-24")
def test_raised_to_red_it_is_reported_anew_and_lifts_further_without_a_gap(plant: Wet) -> None:
    plant.warn("A")
    plant.later(0.5)
    plant.warn("B", "red", "update", references=("A",))
    assert plant.levels()["R-2"] == "major"
    assert plant.lifted() == {("R-2", RED): "major", ("R-3", RED): "major"}
    for position in range(plant.head() - 40, plant.head() + 1):
        if position > plant.first_lift():
            assert plant.levels(known_at=position)["R-2"] in ("larger", "major"), position
    assert plant.steps(RED) == {"R-2": "open", "R-3": "open"}
    plant.later(0.5)
    plant.warn("C", "orange", "update", references=("B",))
    assert plant.levels()["R-2"] == "larger"
    assert plant.lifted() == {("R-2", RED): "larger", ("R-3", RED): "larger"}
    plant.later(0.5)
    plant.warn("D", "red", "cancel", references=("C",))
    assert plant.lifted() == {}


@pytest.mark.clause("YT-24", "NJ-070")
def test_what_orange_asked_for_is_still_asked_for_at_red_and_was_not_before_it_was_said(plant: Wet) -> None:
    plant.warn("A")
    [orange] = [row for row in plant.ask("uplift-list") if row["risk"] == "R-2"]
    asked = [one["code"] for one in orange["measures"]]
    assert asked
    known = plant.head()
    plant.later(0.5)
    plant.warn("B", "red", "update", references=("A",))
    [red] = [row for row in plant.ask("uplift-list") if row["risk"] == "R-2"]
    assert (red["change"], [one["code"] for one in red["measures"]]) == (RED, asked)
    assert plant.ask("uplift-list", known_at=known, risk="R-2") == [orange]
    assert plant.ask("uplift-list", known_at=plant.first_lift() - 2) == []


def test_an_uplift_is_told_in_words(plant: Wet) -> None:
    plant.warn("A")
    plant.later(0.5)
    plant.warn("B", message="cancel", references=("A",))
    told = [one for one in plant.records() if one.kind in ("risk-uplifted.1", "risk-uplift-ended.1")]
    assert len(told) > 1
    for lang in ("zh", "en"):
        for record in told:
            said = event_sentence(record.event, lang)
            assert "Citation(" not in said and "True" not in said, said
            if lang == "zh":
                assert not any(one in said for one in ("general", "restored", "team_lead", "watch")), said
            assert ("预警级别 橙" in said) == (lang == "zh" and record.kind == "risk-uplifted.1")


def test_what_runs_out_ends_by_the_clock_at_its_own_moment(plant: Wet) -> None:
    plant.warn("A", hours=6)
    began = plant.now
    plant.later(30)
    assert plant.levels()["R-2"] == "larger", "nothing has looked at the clock yet"
    plant.follow()
    assert plant.levels()["R-2"] == "general"
    over = moment(as_datetime(began) + dt.timedelta(hours=6))
    assert {row["until"] for row in plant.ask("uplift-list", ever=True)} == {over}
    before = moment(as_datetime(over) - dt.timedelta(minutes=1))
    assert plant.levels(as_of=before)["R-2"] == "larger"
    assert plant.levels(as_of=over)["R-2"] == "general"


def test_it_is_as_it_was_at_any_past_moment_and_as_it_was_known(plant: Wet) -> None:
    dry, known = plant.now, plant.head()
    plant.later(1)
    plant.warn("A")
    wet, lifted = plant.now, plant.head()
    plant.later(1)
    plant.warn("B", message="cancel", references=("A",))
    plant.later(1)
    assert plant.levels(as_of=dry)["R-2"] == "general"
    assert plant.levels(as_of=wet)["R-2"] == "larger"
    assert plant.levels(as_of=wet, known_at=known)["R-2"] == "general"
    assert plant.levels(known_at=lifted)["R-2"] == "larger"
    assert plant.levels()["R-2"] == "general"


def test_a_level_asked_for_is_the_one_shown(plant: Wet) -> None:
    plant.warn("A")
    assert set(plant.levels(level="larger")) == {"R-2", "R-3"}
    assert set(plant.levels(level="general")) == {"R-1"}
    assert set(plant.levels(level="larger", limit=1)) == {"R-2"}


def test_an_assessment_made_meanwhile_confirms_the_level(plant: Wet) -> None:
    plant.warn("A")
    plant.later(1)
    plant.give(LEAD, ReassessRisk(BODY, "R-2", "lec", {"L": "1", "E": "6", "C": "40"}, "change"))
    plant.later(1)
    plant.warn("B", message="cancel", references=("A",))
    outcomes = {row["risk"]: row["outcome"] for row in plant.ask("uplift-list", ever=True)}
    assert outcomes == {"R-2": "confirmed", "R-3": "restored"}
    assert plant.levels()["R-2"] == "larger"


def test_what_is_owed_only_meanwhile_is_dropped_with_its_end_and_the_assessment_stays(plant: Wet) -> None:
    plant.warn("A")
    owed = {row["rule"]: row["step"] for row in plant.ask("duty-list") if row["subject"] == "R-3"}
    assert owed == {"change-reassessment": "open", "weather-response": "open"}
    plant.later(1)
    plant.warn("B", message="cancel", references=("A",))
    owed = {row["rule"]: row["step"] for row in plant.ask("duty-list") if row["subject"] == "R-3"}
    assert owed == {"change-reassessment": "open", "weather-response": "waived"}


@pytest.mark.clause("NJ-070")
def test_the_criteria_of_major_hazards_that_hang_on_the_weather_are_asked_again(plant: Wet) -> None:
    plant.warn("A")
    judged = {row["code"]: row["step"] for row in plant.ask("duty-list") if row["code"].startswith("judge.")}
    assert {code.rpartition(".")[2] for code in judged} >= {"M88-UG-12", "M88-TA-08"}
    assert set(judged.values()) == {"open"}
    plant.later(1)
    plant.warn("B", message="cancel", references=("A",))
    rows = [row for row in plant.ask("duty-list") if row["code"].startswith("judge.")]
    assert {row["step"] for row in rows} == {"waived"}


def test_a_warning_elsewhere_or_below_what_the_body_wants_reported_is_no_change(plant: Wet) -> None:
    plant.warn("A", area="440308")
    plant.warn("B", "blue")
    assert not [record for record in plant.records() if record.kind == "change-reported.1"]
    assert len(plant.ask_of_weather()) == 2


def test_a_risk_that_a_person_leaves_out_is_lifted_no_longer(plant: Wet) -> None:
    plant.warn("A")
    plant.give(LEAD, ExcludeFromChange(BODY, ORANGE, "R-2", "stands under a roof"))
    plant.follow()
    assert plant.levels() == {"R-1": "general", "R-2": "general", "R-3": "larger"}


def test_what_somebody_ends_by_hand_lifts_nothing_any_more(plant: Wet) -> None:
    plant.warn("A", hours=5000)
    plant.give(LEAD, EndChange(BODY, ORANGE, "the feed is dead and the sky is blue"))
    plant.follow()
    assert plant.lifted() == {}


def test_a_holiday_lifts_in_the_same_way_and_ends_with_its_last_day(plant: Wet) -> None:
    day = day_of(plant.now)
    plant.report("C-H", "holiday", ("unit", "U-2"), starts=day, ends=day)
    plant.follow()
    assert plant.levels()["R-3"] == "larger"
    plant.later(48)
    plant.follow()
    assert plant.levels()["R-3"] == "general"


NEIGHBOUR, AUTHORITY = "NJ-E02", "NJ-A01"


@pytest.mark.clause("YT-24")
def test_a_body_in_which_no_risk_hangs_on_the_weather_gets_no_change_before_one_does(plant: Wet) -> None:
    for body, kind in ((NEIGHBOUR, "enterprise"), (AUTHORITY, "district_bureau")):
        plant.give(FOUNDER, RegisterBody(body, body, kind, AREA, "non_coal_mine"))
    plant.warn("A")
    assert {row["body"] for row in plant.changes()} == {BODY}
    plant.later(1)
    plant.give(FOUNDER, RegisterPeople(NEIGHBOUR, (PersonEntry(LEAD),)))
    plant.give(FOUNDER, GrantRoles(NEIGHBOUR, (GrantEntry(LEAD, "safety_officer"),)))
    plant.give(FOUNDER, RegisterUnit(NEIGHBOUR, "U-1", "Yard", "main"))
    words = ("2101", "GB/T 13861-2022", ("坍塌",), "wet slope", "slope slides", "workers")
    plant.give(LEAD, IdentifyRisk(NEIGHBOUR, "R-1", "U-1", "Slope", *words))
    plant.give(LEAD, TagRisk(NEIGHBOUR, "R-1", (Tag("weather", "rainstorm"),)))
    plant.follow()
    assert {row["body"]: (row["touched"], row["reported_at"]) for row in plant.changes()}[NEIGHBOUR] == (
        1,
        plant.now,
    )


def test_a_retired_risk_that_hung_on_the_weather_is_no_reason_for_a_change() -> None:
    plant = Wet(response=False)
    for risk in ("R-2", "R-3"):
        plant.give(CHECKER, RetireRisk(BODY, risk, "filled in"))
    plant.warn("A")
    assert plant.changes() == []
    plant.projector.close()


def test_criteria_that_are_asked_again_are_a_reason_for_a_change_without_a_risk(plant: Wet) -> None:
    for risk in ("R-2", "R-3"):
        plant.give(CHECKER, RetireRisk(BODY, risk, "filled in"))
    plant.warn("A")
    assert [row["touched"] for row in plant.changes()] == [0]
    assert any(row["code"].startswith("judge.") for row in plant.ask("duty-list"))


@pytest.mark.clause("YT-24")
def test_a_risk_taken_in_by_hand_is_lifted_goes_on_with_the_episode_and_ends_with_it(plant: Wet) -> None:
    plant.warn("A")
    plant.give(LEAD, TakeIntoChange(BODY, ORANGE, ("R-1",)))
    plant.follow()
    assert plant.levels()["R-1"] == "larger"
    plant.later(1)
    plant.warn("B", "red", "update", references=("A",))
    assert plant.paths(RED)["R-1"] == ["risk:R-1"]
    assert plant.levels()["R-1"] == "major"
    plant.later(1)
    plant.warn("C", message="cancel", references=("B",))
    assert plant.lifted() == {}
    assert plant.levels()["R-1"] == "general"


def test_a_risk_taken_into_a_holiday_that_is_over_is_not_lifted(plant: Wet) -> None:
    day = day_of(plant.now)
    plant.report("C-H", "holiday", ("unit", "U-2"), starts=day, ends=day)
    plant.follow()
    plant.later(48)
    plant.follow()
    plant.give(LEAD, TakeIntoChange(BODY, "C-H", ("R-1",)))
    plant.follow()
    assert {row["risk"] for row in plant.ask("uplift-list", ever=True)} == {"R-3"}


@pytest.mark.clause("YT-24")
def test_a_risk_registered_while_the_weather_lasts_is_lifted_from_its_first_assessment(plant: Wet) -> None:
    plant.warn("A")
    words = ("2101", "GB/T 13861-2022", ("坍塌",), "wet slope", "slope slides", "workers")
    plant.give(LEAD, IdentifyRisk(BODY, "R-4", "U-2", "Slope", *words))
    plant.tag("R-4", ("weather", "rainstorm"))
    plant.follow()
    assert plant.levels()["R-4"] is None
    plant.later(0.5)
    plant.give(LEAD, AssessRisk(BODY, "R-4", "lec", {"L": "1", "E": "6", "C": "15"}))
    plant.follow()
    assert plant.levels()["R-4"] == "larger"
    drained = [row for row in plant.ask("duty-list") if row["subject"] == "R-4" and "drainage" in row["code"]]
    assert len(drained) == 1, "what was asked for before it had a level is not asked for again"
    plant.later(0.5)
    plant.warn("B", message="cancel", references=("A",))
    assert plant.levels()["R-4"] == "general"


@pytest.mark.clause("YT-24", "NJ-070")
@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_a_response_adopted_while_the_weather_lasts_lifts_and_asks_at_once(engine: str) -> None:
    url = "sqlite://" if engine == "sqlite" else postgres.fresh_database("wet")
    plant = Wet(response=False, url=url)
    plant.warn("A")
    assert plant.lifted() == {}
    plant.later(1)
    plant.assess_anew("R-3")
    plant.follow()
    plant.give(FOUNDER, AdoptRulePack(BODY, "house-weather-2026", "1"))
    plant.follow()
    assert plant.levels()["R-3"] == "larger", "assessed as larger for that weather, and not lifted once more"
    assert plant.lifted() == {("R-2", ORANGE): "larger", ("R-3", ORANGE): "larger"}
    assert any(row["code"].startswith("judge.") for row in plant.ask("duty-list"))
    size = plant.head()
    plant.positions = Positions(create_engine("sqlite://", poolclass=StaticPool))
    plant.follow()
    assert plant.head() == size
    plant.later(1)
    plant.warn("B", message="cancel", references=("A",))
    assert plant.lifted() == {}
    plant.projector.close()


@pytest.mark.clause("NJ-070")
def test_a_response_adopted_the_day_after_asks_again_where_no_risk_hangs_on_the_weather() -> None:
    plant = Wet(response=False)
    for risk in ("R-2", "R-3"):
        plant.give(CHECKER, RetireRisk(BODY, risk, "filled in"))
    plant.warn("A", hours=72)
    plant.later(30)
    plant.follow()
    assert plant.changes() == []
    plant.give(FOUNDER, AdoptRulePack(BODY, "house-weather-2026", "1"))
    plant.follow()
    assert [(row["touched"], row["reported_at"]) for row in plant.changes()] == [(0, plant.now)]
    assert any(row["code"].startswith("judge.") for row in plant.ask("duty-list"))
    size = plant.head()
    plant.follow()
    assert plant.head() == size
    plant.projector.close()


def test_a_response_adopted_while_a_holiday_lasts_lifts_too() -> None:
    plant = Wet(response=False)
    day = day_of(plant.now)
    plant.report("C-H", "holiday", ("unit", "U-2"), starts=day, ends=day)
    plant.follow()
    assert plant.lifted() == {}
    plant.give(FOUNDER, AdoptRulePack(BODY, "house-weather-2026", "1"))
    plant.follow()
    assert plant.lifted() == {("R-3", "C-H"): "larger"}
    plant.later(48)
    plant.follow()
    assert plant.lifted() == {}
    plant.projector.close()


def test_what_came_to_a_milder_hour_is_lifted_when_the_weather_turns_again(plant: Wet) -> None:
    plant.warn("A")
    plant.later(0.5)
    plant.warn("B", "yellow", "update", references=("A",))
    plant.tag("R-1", ("weather", "rainstorm"))
    plant.follow()
    assert plant.levels()["R-1"] == "general"
    plant.later(0.5)
    plant.warn("C", "orange", "update", references=("B",))
    assert plant.levels()["R-1"] == "larger"


def test_a_change_that_a_person_reports_for_an_episode_ends_with_it_and_disturbs_nothing(plant: Wet) -> None:
    plant.warn("A")
    plant.report("C-P", "extreme_weather", ("unit", "U-1"), cause=f"weather:{NAME}.1")
    plant.follow()
    assert plant.levels() == {"R-1": "larger", "R-2": "larger", "R-3": "larger"}
    plant.later(1)
    plant.warn("B", "red", "update", references=("A",))
    assert plant.levels() == {"R-1": "major", "R-2": "major", "R-3": "major"}
    plant.later(1)
    plant.warn("C", message="cancel", references=("B",))
    assert plant.lifted() == {}


def test_following_twice_adds_nothing(plant: Wet) -> None:
    plant.warn("A")
    size = plant.head()
    plant.positions = Positions(create_engine("sqlite://", poolclass=StaticPool))
    plant.follow()
    assert plant.head() == size


# --- areas


@pytest.mark.parametrize(
    ("area", "short"),
    [
        ("440000", "44"),
        ("440300", "4403"),
        ("341000", "3410"),
        ("440308", "440308"),
        ("341823100000", "341823100"),
        ("440308000", "440308"),
        ("440000000000", "44"),
        ("44", "44"),
        ("100000", "10"),
    ],
)
def test_zeros_that_fill_a_code_up_go_with_their_whole_part_only(area: str, short: str) -> None:
    assert stem(area) == short


def test_a_province_covers_its_districts_and_a_district_touches_what_is_registered_for_the_province() -> None:
    assert touches("440000", "440308")
    assert touches("440308", "440000")
    assert touches("440308001", "440308")
    assert not touches("440308", "440307")
    assert not touches("341000", "341100")
    assert not touches("", "440308")


# --- arbitrary stories

TURNS = st.lists(
    st.tuples(
        st.sampled_from(
            ("alert", "update", "cancel", "stale", "wait", "take", "adopt", "register", "assess")
        ),
        st.sampled_from(("yellow", "orange", "red", "unknown")),
        st.integers(1, 4),
        st.integers(1, 5),
    ),
    min_size=1,
    max_size=6,
)
STEPS = {"": 0, "yellow": 0, "orange": 1, "red": 2, "unknown": 2}


@pytest.mark.clause("YT-24")
@settings(max_examples=5, deadline=None)
@given(TURNS)
def test_the_uplift_in_force_equals_a_plain_reading_of_the_warnings_and_none_outlives_its_episode(
    turns: list[tuple[str, str, int, int]],
) -> None:
    """One source sends in order; what is in force is its last word, until that runs out.

    Meanwhile a person takes R-1 into the change (for this episode), registers R-4 and assesses it, adopts the response.
    """
    plant = Wet(response=False)
    word: tuple[str, Moment] = ("", "")
    adopted, taken, registered, assessed = False, False, False, False
    for number, (what, level, wait, life) in enumerate(turns):
        plant.later(wait)
        plant.follow()
        taken = taken and word[1] > plant.now
        going = [row for row in plant.changes() if row["step"] == "open"]
        if what == "stale":
            plant.machine(MarkFeedStale("cma", plant.now, 9), f"stale {number}")
        elif what == "take":
            if going and not taken:
                plant.give(LEAD, TakeIntoChange(BODY, going[-1]["code"], ("R-1",)))
                taken = True
        elif what == "adopt":
            plant.give(FOUNDER, AdoptRulePack(BODY, "house-weather-2026", "1")) if not adopted else None
            adopted = True
        elif what == "register":
            if not registered:
                words = ("2101", "GB/T 13861-2022", ("坍塌",), "wet slope", "slope slides", "workers")
                plant.give(LEAD, IdentifyRisk(BODY, "R-4", "U-2", "Slope", *words))
                plant.tag("R-4", ("weather", "rainstorm"))
            registered = True
        elif what == "assess":
            if registered and not assessed:
                plant.give(LEAD, AssessRisk(BODY, "R-4", "lec", {"L": "1", "E": "6", "C": "15"}))
                assessed = True
        elif what != "wait":
            plant.warn(f"M{number}", level, what, hours=life)
            until = moment(as_datetime(plant.now) + dt.timedelta(hours=life))
            word = ("", "") if what == "cancel" else (level, until)
        plant.follow()
        expected = word[0] if word[1] > plant.now else ""
        taken = taken and bool(expected)
        lifted_to = ("general", "larger", "major")[STEPS[expected] if adopted else 0]
        model = {"R-1": lifted_to if taken else "general", "R-2": lifted_to, "R-3": lifted_to}
        if registered:
            model["R-4"] = lifted_to if assessed else None
        assert plant.levels() == model, (number, expected)
        going = {row["episode"] for row in plant.ask_of_weather()}
        assert bool(going) == bool(expected)
        assert {row["cause"].partition(":")[2] for row in plant.ask("uplift-list")} <= going
    plant.projector.close()


def test_the_level_shown_is_the_higher_of_both() -> None:
    assert shown_level("general", "major") == "major"
    assert shown_level("major", "larger") == "major"
    assert shown_level("low", None) == "low"
    assert shown_level(None, "larger") is None


@pytest.mark.clause("YT-24", "YT-16c")
def test_the_monthly_report_tells_what_was_lifted_in_the_month_and_what_became_of_it(plant: Wet) -> None:
    plant.warn("A")
    plant.later(1)
    plant.warn("B", "red", "update", references=("A",))
    plant.later(1)
    plant.warn("C", message="cancel", references=("B",))
    january = ("2026-01-01", "2026-01-31", "2026-01-31")
    with past_of(plant.journal, BODY, plant.head()) as past:
        head = ("major-risk-report-1", "major-risk-report", "2026-01")
        told = major_risk_report(past, Asked(*head, *january, None, (), None)).lifted
        assert [(one.risk, one.base, one.level.value, one.outcome) for one in told if one.change == RED] == [
            ("R-2", "general", "major", "restored"),
            ("R-3", "general", "major", "restored"),
        ]
        assert all(len(one.level.records) == 2 for one in told)
        february = Asked(*head[:2], "2026-02", "2026-02-01", "2026-02-28", "2026-02-28", None, (), None)
        assert major_risk_report(past, february).lifted == ()

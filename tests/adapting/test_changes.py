"""A change reaches exactly its risks, each once with all its paths; new assessments answer it, and it closes itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import StaticPool, create_engine

from adapters.positions import Positions
from domain.change_touched import ExcludeFromChange, TakeIntoChange
from domain.changes import CloseChange, EndChange
from domain.departments import RegisterDepartment
from domain.language import day_after, day_of
from domain.posts import ClosePost, RegisterPost
from domain.refused import NotInPlace
from domain.risk_tags import Tag, UntagRisk
from domain.risks import RetireRisk
from domain.roles import GrantEntry, GrantRoles
from tests import postgres
from tests.adapting.change_plant import BODY, CHECKER, FOUNDER, LEAD, ChangePlant, at


@pytest.fixture
def plant() -> Iterator[ChangePlant]:
    made = ChangePlant().pressed()
    yield made
    made.projector.close()


# --- exactly its risks


@pytest.mark.clause("YT-24", "NJ-072")
@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_changing_one_press_lists_exactly_its_risks_with_paths(engine: str) -> None:
    url = "sqlite://" if engine == "sqlite" else postgres.fresh_database("changes")
    plant = ChangePlant(url=url).pressed()
    plant.report("C-1", "key_equipment", ("equipment", "P-1"))
    plant.follow()
    assert plant.paths("C-1") == {"R-1": ["equipment:P-1"], "R-2": ["equipment:P-1"]}
    plant.projector.close()


@pytest.mark.clause("YT-24")
def test_a_risk_reached_twice_appears_once_with_both_paths(plant: ChangePlant) -> None:
    plant.report("C-1", "key_equipment", ("equipment", "P-1"), ("unit", "U-1"))
    plant.follow()
    assert plant.paths("C-1") == {
        "R-1": ["equipment:P-1", "unit:U-1 > unit:U-1-1"],
        "R-2": ["equipment:P-1", "unit:U-1"],
    }
    assert len(plant.duties()) == 2


def test_the_risks_stand_in_one_record_with_the_position_by_which_they_were_resolved(
    plant: ChangePlant,
) -> None:
    plant.report("C-1", "key_equipment", ("unit", "U-1"))
    before = plant.head()
    plant.follow()
    [record] = [one for one in plant.records() if one.kind == "change-resolved.1"]
    assert record.event.at_position == before
    assert [one.risk for one in record.event.risks] == ["R-1", "R-2"]


def test_accident_types_single_risks_and_everything_reach_too(plant: ChangePlant) -> None:
    plant.report("C-1", "own_accident", ("accident_type", "物体打击"), ("risk", "R-3"))
    plant.report("C-2", "holiday", ("everything",))
    plant.follow()
    assert plant.paths("C-1") == {"R-2": ["accident_type:物体打击"], "R-3": ["risk:R-3"]}
    assert plant.paths("C-2") == {risk: ["everything"] for risk in ("R-1", "R-2", "R-3")}


@pytest.mark.clause("YT-24")
def test_an_accident_of_ones_own_reaches_all_of_its_type_and_all_of_its_unit(plant: ChangePlant) -> None:
    plant.report("C-1", "own_accident", ("accident_type", "物体打击"), ("unit", "U-2"))
    plant.follow()
    assert set(plant.paths("C-1")) == {"R-2", "R-3"}


def test_equipment_that_is_a_unit_reaches_what_is_at_that_unit(plant: ChangePlant) -> None:
    plant.report("C-1", "key_equipment", ("equipment", "U-1-1"))
    plant.follow()
    assert plant.paths("C-1") == {"R-1": ["equipment:U-1-1 > unit:U-1-1"]}


def test_an_area_reaches_what_hangs_on_a_part_of_it_or_on_one_around_it(plant: ChangePlant) -> None:
    plant.tag("R-1", ("area", "320113"))
    plant.tag("R-2", ("area", "32"))
    plant.tag("R-3", ("area", "3202"))
    plant.report("C-1", "extreme_weather", ("area", "3201"))
    plant.follow()
    assert plant.paths("C-1") == {"R-1": ["area:3201 > area:320113"], "R-2": ["area:3201 > area:32"]}


def test_what_was_untagged_or_retired_is_not_reached(plant: ChangePlant) -> None:
    plant.give(LEAD, UntagRisk(BODY, "R-1", (Tag("equipment", "P-1"),), "moved away"))
    plant.give(CHECKER, RetireRisk(BODY, "R-2", "gone"))
    plant.report("C-1", "key_equipment", ("equipment", "P-1"))
    plant.follow()
    assert plant.paths("C-1") == {}
    [row] = plant.ask("change-list")
    assert (row["step"], row["touched"]) == ("open", 0), "what touches nothing waits for a person"


# --- later


def test_what_is_tagged_while_the_change_is_open_is_added_in_a_record_of_its_own(plant: ChangePlant) -> None:
    plant.report("C-1", "key_equipment", ("equipment", "P-1"))
    plant.follow()
    plant.tag("R-3", ("equipment", "P-1"), happened=at("2026-01-05", 10))
    plant.follow()
    assert set(plant.paths("C-1")) == {"R-1", "R-2", "R-3"}
    assert [len(one.event.risks) for one in plant.records() if one.kind == "change-resolved.1"] == [2, 1]
    assert len(plant.duties()) == 3


def test_what_is_identified_later_in_a_unit_is_added(plant: ChangePlant) -> None:
    plant.report("C-1", "process", ("unit", "U-1"))
    plant.follow()
    plant.risk_at("R-4", "U-1-1")
    plant.follow()
    assert plant.steps("C-1") == {"R-1": "open", "R-2": "open", "R-4": "reassessed"}, "its first one counts"


def test_following_again_adds_nothing(plant: ChangePlant) -> None:
    plant.report("C-1", "key_equipment", ("unit", "U-1"))
    assert plant.follow() > 0
    head = plant.head()
    assert plant.follow() == 0
    plant.positions = Positions(create_engine("sqlite://", poolclass=StaticPool))
    assert plant.follow() == 0, "also where the positions were lost"
    assert plant.head() == head


# --- duties and closing


@pytest.mark.clause("YT-24", "NJ-072", "NJ-070")
def test_each_risk_is_owed_an_assessment_which_answers_it_and_the_last_one_closes_the_change(
    plant: ChangePlant,
) -> None:
    day = day_of(plant.now)
    plant.report("C-1", "key_equipment", ("equipment", "P-1"))
    plant.follow()
    assert plant.duties() == {
        "reassess.C-1.R-1": ("open", day_after(day, 10)),
        "reassess.C-1.R-2": ("open", day_after(day, 10)),
    }
    [row] = plant.ask("risk-list-current")
    assert (row["current"], row["open"]) == (False, ["C-1"])
    plant.assess_anew("R-1")
    plant.follow()
    assert plant.steps("C-1") == {"R-1": "reassessed", "R-2": "open"}
    assert plant.duties()["reassess.C-1.R-1"][0] == "answered"
    plant.assess_anew("R-2")
    plant.follow()
    [change] = plant.ask("change-list")
    assert (change["step"], change["closed_by"], change["waiting"]) == ("closed", "", 0)
    [row] = plant.ask("risk-list-current")
    assert row["current"] is True


@pytest.mark.parametrize("reason", ["periodic", "correction", "cross_check"])
def test_an_assessment_for_another_reason_answers_no_change(plant: ChangePlant, reason: str) -> None:
    plant.report("C-1", "key_equipment", ("risk", "R-1"))
    plant.assess_anew("R-1", reason)
    plant.follow()
    assert plant.steps("C-1") == {"R-1": "open"}


def test_an_assessment_from_before_the_change_does_not_answer_it_one_recorded_early_does(
    plant: ChangePlant,
) -> None:
    plant.now = at("2026-01-10")
    plant.assess_anew("R-1", happened=at("2026-01-07"))
    plant.assess_anew("R-2", happened=at("2026-01-09"))
    plant.report("C-1", "key_equipment", ("equipment", "P-1"), starts="2026-01-08")
    plant.follow()
    assert plant.steps("C-1") == {"R-1": "open", "R-2": "reassessed"}
    assert plant.duties()["reassess.C-1.R-2"][0] == "answered"


def test_a_reason_drops_the_duty_of_what_is_left_out(plant: ChangePlant) -> None:
    plant.report("C-1", "key_equipment", ("equipment", "P-1"))
    plant.follow()
    plant.give(LEAD, ExcludeFromChange(BODY, "C-1", "R-1", "the new press is the same"))
    plant.follow()
    assert plant.duties()["reassess.C-1.R-1"][0] == "waived"
    [row] = plant.ask("change-risks", risk="R-1")
    assert (row["step"], row["by"], row["reason"]) == ("excluded", LEAD, "the new press is the same")


def test_a_risk_that_is_retired_leaves_nothing_to_assess(plant: ChangePlant) -> None:
    plant.report("C-1", "key_equipment", ("risk", "R-1"))
    plant.follow()
    plant.give(CHECKER, RetireRisk(BODY, "R-1", "the press is scrapped"))
    plant.follow()
    assert plant.steps("C-1") == {"R-1": "retired"}
    assert plant.duties()["reassess.C-1.R-1"][0] == "waived"
    [row] = plant.ask("change-list")
    assert row["step"] == "closed"


def test_closing_by_a_person_drops_what_is_left_with_that_reason(plant: ChangePlant) -> None:
    plant.give(FOUNDER, GrantRoles(BODY, (GrantEntry("p-worker", "principal"),)))
    plant.report("C-1", "key_equipment", ("equipment", "P-1"))
    plant.follow()
    plant.give("p-worker", CloseChange(BODY, "C-1", "the press was not replaced after all"))
    plant.follow()
    assert {step for step, _ in plant.duties().values()} == {"waived"}
    assert set(plant.steps("C-1").values()) == {"left"}


@pytest.mark.clause("NJ-072")
def test_the_end_of_an_overhaul_reports_a_restart_that_is_assessed_anew(plant: ChangePlant) -> None:
    plant.report("C-1", "overhaul", ("equipment", "P-1"))
    plant.follow()
    plant.give(LEAD, EndChange(BODY, "C-1", "done"))
    plant.follow()
    changes = {row["code"]: row for row in plant.ask("change-list")}
    assert changes["C-1"]["step"] == "ended"
    assert (changes["restart.C-1"]["kind"], changes["restart.C-1"]["cause"]) == ("restart", "change:C-1")
    assert set(plant.paths("restart.C-1")) == {"R-1", "R-2"}
    assert len(plant.duties()) == 4


def test_a_restart_reaches_what_hangs_on_a_post_that_was_closed_while_it_stood_still(
    plant: ChangePlant,
) -> None:
    plant.give(FOUNDER, RegisterDepartment(BODY, "D-1", "Works", "company"))
    plant.give(FOUNDER, RegisterPost(BODY, "P-OP", "Press operator", "D-1"))
    plant.tag("R-3", ("post", "P-OP"))
    plant.report("C-1", "overhaul", ("post", "P-OP"))
    plant.follow()
    plant.give(FOUNDER, ClosePost(BODY, "P-OP", "the press feeds itself now"))
    plant.now = at("2026-01-20", 9)
    with pytest.raises(NotInPlace):
        plant.report("C-2", "overhaul", ("post", "P-OP"))
    plant.give(LEAD, EndChange(BODY, "C-1", "done"))
    plant.follow()
    assert set(plant.paths("restart.C-1")) == {"R-3"}


def test_one_with_a_last_day_is_over_when_that_day_has_passed(plant: ChangePlant) -> None:
    plant.report("C-1", "campaign", ("risk", "R-1"), ends="2026-01-08")
    plant.follow()
    plant.now = at("2026-01-08", 23)
    assert plant.follow() == 0
    plant.now = at("2026-01-09", 1)
    plant.follow()
    [row] = plant.ask("change-list")
    assert (row["step"], row["ended_at"]) == ("ended", at("2026-01-09", 0))


@pytest.mark.clause("YT-24")
def test_an_accident_elsewhere_proposes_and_owes_nothing_until_a_person_takes_it(plant: ChangePlant) -> None:
    plant.report("C-1", "sector_accident", ("accident_type", "高处坠落"))
    plant.follow()
    assert plant.steps("C-1") == {"R-1": "proposed", "R-3": "proposed"}
    assert plant.duties() == {}
    plant.give(LEAD, TakeIntoChange(BODY, "C-1", ("R-1",)))
    plant.follow()
    assert plant.steps("C-1") == {"R-1": "open", "R-3": "proposed"}
    assert list(plant.duties()) == ["reassess.C-1.R-1"]


# --- asked before


def test_a_preview_says_what_a_change_would_touch_and_records_nothing(plant: ChangePlant) -> None:
    head = plant.head()
    rows = plant.ask("change-preview", scope=[["equipment", "P-1"], ["unit", "U-1"]])
    assert {row["risk"]: row["paths"] for row in rows} == {
        "R-1": ["equipment:P-1", "unit:U-1 > unit:U-1-1"],
        "R-2": ["equipment:P-1", "unit:U-1"],
    }
    assert plant.head() == head


def test_a_preview_of_a_past_moment_knows_the_tags_of_then_on_either_clock(plant: ChangePlant) -> None:
    position = plant.head()
    plant.now = at("2026-01-20")
    plant.tag("R-3", ("equipment", "P-1"), happened=at("2026-01-10"))

    def risks(**asked: object) -> list[str]:
        return [row["risk"] for row in plant.ask("change-preview", scope=[["equipment", "P-1"]], **asked)]

    assert risks() == ["R-1", "R-2", "R-3"]
    assert risks(as_of="2026-01-09") == ["R-1", "R-2"]
    assert risks(as_of="2026-01-11") == ["R-1", "R-2", "R-3"]
    assert risks(known_at=position) == ["R-1", "R-2"]


def test_the_screen_says_whose_the_assessment_is(plant: ChangePlant) -> None:
    plant.report("C-1", "key_equipment", ("risk", "R-1"))
    plant.follow()
    [row] = plant.ask("change-risks")
    assert (row["owed_by"], row["persons"]) == ("safety_officer", [CHECKER])

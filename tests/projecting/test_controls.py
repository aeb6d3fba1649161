"""Responsibility matrix and gaps, who answered for a control on a day, and Tables A, B and C, on both clocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import MetaData, create_engine

from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from adapters.verbs.control_questions import GAPS as SENTENCES
from adapters.verbs.control_questions import gap_sentence
from domain.appointments import AppointToPost, HandOverPost
from domain.control_assignment import AssignControl, AssignEntry, EndControlAssignment
from domain.control_kinds import control_kinds
from domain.control_review import AdoptControl, ControlAdopted, ControlReviewed, ReviewControl
from domain.departments import CloseDepartment, RegisterDepartment
from domain.language import Day, Event
from domain.out_of_control import DeclareUncontrollable, RiskDeclaredUncontrollable
from domain.posts import RegisterPost
from domain.records import Record
from domain.risk_controls import (
    CheckEntry,
    ControlChanged,
    ControlProposed,
    ControlsOrdered,
    ControlWithdrawn,
    OrderControls,
    ProposeControl,
    UseEntry,
    WithdrawControl,
)
from domain.risks import RetireRisk
from domain.stops import ReleaseStop
from projections import control_assignments
from projections.control_gaps import GAPS, gaps, gaps_by_risk, matrix
from projections.controls import CONTROLS, control_list, out_of_control
from projections.index import PROJECTIONS
from projections.organisation import ORGANISATION
from projections.risk_tables import table_a, table_b
from tests import postgres
from tests.deciding.given import example, happened
from tests.projecting.plant import ANSWERS, BODY, CHECKER, FOUNDER, LEAD, WORKER, Plant, at

CHECKS = (CheckEntry("post", "shift", "try it"),)
USES = (UseEntry("standard", "GB 16423-2020"),)


@dataclass
class House:
    """A plant with an organisation and one major risk."""

    plant: Plant
    projector: Projector

    def ask(self, question: str, **asked: Any) -> list[dict[str, Any]]:
        return answer(self.projector, question, asked)

    def gaps(self, **asked: Any) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.ask("risk-gaps", **asked):
            found.setdefault(row["gap"], []).append(row)
        return found

    def organise(self, day: Day = "2026-01-10") -> None:
        self.plant.now = max(self.plant.now, at(day))
        for code, kind, parent in (
            ("D", "company", None),
            ("D-W", "workshop", "D"),
            ("D-W-T", "team", "D-W"),
        ):
            self.plant.give(FOUNDER, RegisterDepartment(BODY, code, code, kind, parent, day))  # type: ignore[arg-type]
        self.plant.give(FOUNDER, RegisterPost(BODY, "GW-1", "driver", "D-W-T", since=day))

    def control(self, control: str, order: int, *assign: AssignEntry, **changes: Any) -> None:
        self.plant.control("R-1", control, order, None, assign=assign, **changes)

    def on(self, day: Day, by: str, *commands: Any) -> None:
        self.plant.now = max(self.plant.now, at(day))
        for command in commands:
            self.plant.give(by, command, at(day))


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    plant = Plant().found()
    plant.now = at("2026-02-01")
    plant.risk("R-1", "3")
    url = "sqlite://" if request.param == "sqlite" else postgres.fresh_database("controls")
    made = House(plant, Projector(plant.journal, open_views(url), PROJECTIONS))
    yield made
    for name in (CONTROLS.name, ORGANISATION.name):
        made.projector.follow([name])
        assert made.projector.check(name).equal, f"{name}: built again it would say something else"
    made.projector.close()


# --- gaps


def test_a_risk_without_a_control_is_a_gap(house: House) -> None:
    assert list(house.gaps()) == ["no_control"]
    [row] = house.ask("risk-matrix")
    assert (row["control"], row["gaps"], row["tiers"]) == (None, ["no_control"], [])


@pytest.mark.clause("YT-23b")
def test_a_control_for_workshop_tier_with_no_team_and_post_below_it_is_reported(house: House) -> None:
    house.control("C-1", 1, AssignEntry("workshop", person=LEAD))
    [gap] = house.gaps()["lower_tiers_missing"]
    assert (gap["found"], gap["missing"]) == (["workshop"], ["team", "post"])
    house.control("C-2", 2, AssignEntry("team", person=ANSWERS), AssignEntry("post", person=WORKER))
    assert "lower_tiers_missing" not in house.gaps()


@pytest.mark.clause("YT-23b")
def test_the_tiers_below_are_those_that_the_organisation_has(house: House) -> None:
    house.plant.give(FOUNDER, RegisterDepartment(BODY, "D", "D", "company", None, "2026-01-10"))
    house.plant.give(FOUNDER, RegisterDepartment(BODY, "D-W", "D-W", "workshop", "D", "2026-01-10"))
    house.control("C-1", 1, AssignEntry("workshop", department="D-W"))
    [gap] = house.gaps()["lower_tiers_missing"]
    assert gap["missing"] == ["post"], "there are no teams there"


@pytest.mark.clause("NJ-046")
@pytest.mark.parametrize(("likelihood", "reported"), [("3", True), ("1", True), ("0.5", False)])
def test_a_major_or_larger_risk_with_one_tier_is_reported(
    house: House, likelihood: str, reported: bool
) -> None:
    house.plant.risk("R-2", likelihood)
    house.plant.control("R-2", "C-1", 1, assign=(AssignEntry("post", person=WORKER),))
    assert ("one_tier" in house.gaps(risk="R-2")) is reported
    house.plant.give(LEAD, AssignControl(BODY, "R-2", "C-1", "team", person=ANSWERS))
    assert "one_tier" not in house.gaps(risk="R-2")


@pytest.mark.clause("YT-23a", "NJ-040")
def test_lower_layers_only_and_aspects_without_a_control_are_reported(house: House) -> None:
    house.control("C-1", 1, layer="protection", aspect="emergency")
    [layers], [aspects] = house.gaps()["only_lower_layers"], house.gaps()["control_aspects_missing"]
    assert (layers["missing"], layers["found"]) == (["engineering", "management"], ["protection"])
    assert aspects["missing"] == ["management", "regulation", "technology"]
    house.control("C-2", 2)
    assert "only_lower_layers" not in house.gaps()


@pytest.mark.clause("NJ-045", "NJ-043b")
def test_what_a_control_lacks_is_reported_and_goes_when_it_is_there(house: House) -> None:
    house.organise()
    house.control("C-1", 1)
    assert {"not_assigned", "not_checked", "builds_on_nothing"} <= set(house.gaps())
    house.control("C-2", 2, AssignEntry("team", department="D-W-T", person=ANSWERS), checks=CHECKS, uses=USES)
    lacking = {row["gap"] for row in house.ask("risk-gaps") if row["control"] == "C-2"}
    assert lacking == set()


def test_a_post_that_nobody_holds_and_a_department_that_closed_are_reported(house: House) -> None:
    house.organise()
    house.control("C-1", 1, AssignEntry("post", post="GW-1"))
    assert house.gaps()["post_vacant"][0]["found"] == ["GW-1"]
    house.on("2026-02-02", CHECKER, AppointToPost(BODY, "GW-1", WORKER))
    assert "post_vacant" not in house.gaps()
    house.on("2026-02-03", FOUNDER, CloseDepartment(BODY, "D-W-T", "merged"))
    assert house.gaps()["department_closed"][0]["found"] == ["D-W-T"]
    assert "department_closed" not in house.gaps(as_of="2026-02-02")


@pytest.mark.clause("NJ-043")
def test_a_proposal_that_waits_counts_for_nothing_and_is_shown(house: House) -> None:
    text = {"measure": "fence", "layer": "engineering", "aspect": "technology", "means": ("isolate",)}
    propose = ProposeControl(body=BODY, risk="R-1", control="C-1", order=1, **text)  # type: ignore[arg-type]
    house.plant.give(WORKER, propose)
    assert set(house.gaps()) == {"no_control", "waits_for_review"}
    [row] = house.ask("control-list")
    assert (row["step"], row["version"], row["proposed"], row["proposed_by"]) == (
        "proposed",
        None,
        "fence",
        [WORKER],
    )
    proven = {"compliance": "proven", "feasibility": "proven", "effect": "proven", "consulted": (ANSWERS,)}
    house.plant.give(LEAD, ReviewControl(body=BODY, risk="R-1", control="C-1", **proven))  # type: ignore[arg-type]
    house.plant.give(LEAD, AdoptControl(BODY, "R-1", "C-1"))
    [row] = house.ask("control-list")
    assert (row["step"], row["version"], row["measure"], row["proposed"]) == ("adopted", 1, "fence", None)


@pytest.mark.clause("YT-21b")
def test_a_risk_out_of_control_is_a_gap_until_another_person_released_its_stop(house: House) -> None:
    house.control("C-1", 1)
    house.plant.give(WORKER, DeclareUncontrollable(BODY, "R-1", "both switches fail", "14 out", "20 m"))
    house.plant.react()
    [stop] = house.ask("stop-list")
    assert (stop["unit"], stop["risk"], stop["stopped_by"], stop["missing"]) == ("U-1", "R-1", [WORKER], [])
    assert house.gaps()["out_of_control"][0]["found"] == ["both switches fail"]
    house.plant.give(CHECKER, ReleaseStop(BODY, "U-1", "both replaced"))
    house.plant.react()
    assert house.ask("stop-list") == []
    assert "out_of_control" not in house.gaps()


@pytest.mark.clause("NJ-004")
def test_gaps_come_gravest_first_and_are_summed_up_for_each_risk() -> None:
    def risk(code: str, level: str | None) -> dict[str, Any]:
        row = {"code": code, "level": level, "body": "B", "position": 1}
        return {**row, "name": code, "unit": "U", "factor": "1", "colour": "red"}

    out = [{"body": "B", "risk": "R-4", "reason": "gone", "position": 9}]
    risks = [risk("R-1", None), risk("R-2", "low"), risk("R-3", "major"), risk("R-4", "general")]
    found = gaps(risks, [], {}, {}, {}, out)
    told = [(row["risk"], row["gap"]) for row in found]
    assert told == [
        ("R-4", "out_of_control"),
        ("R-3", "no_control"),
        ("R-4", "no_control"),
        ("R-2", "no_control"),
        ("R-1", "no_control"),
    ]
    first, *others = gaps_by_risk(found)
    assert (first["risk"], first["count"], first["gaps"]) == (
        "R-4",
        2,
        {"out_of_control": 1, "no_control": 1},
    )
    assert [row["risk"] for row in others] == ["R-3", "R-2", "R-1"]


def test_every_gap_is_told_in_a_sentence_of_both_languages() -> None:
    assert set(SENTENCES) == set(GAPS)
    for gap in GAPS:
        row = {"gap": gap, "risk": "R-1", "control": "C-1", "level": "major"}
        for told in ([], ["team"]):
            for lang in ("zh", "en"):
                sentence = gap_sentence({**row, "found": told, "missing": told}, lang)  # type: ignore[arg-type]
                assert "R-1" in sentence
                assert "{" not in sentence


@pytest.mark.clause("YT-21a")
@pytest.mark.parametrize(
    ("layer", "aspect", "means", "kinds"),
    [
        ("engineering", "technology", ("isolate",), ["engineering"]),
        ("management", "regulation", ("manage",), ["management_rules"]),
        ("management", "management", ("educate",), ["education"]),
        ("management", "regulation", ("manage", "educate"), ["management_rules", "education"]),
        ("protection", "management", ("personal_protection",), ["personal_protection"]),
        ("protection", "emergency", ("manage",), ["emergency"]),
        ("protection", "emergency", ("personal_protection",), ["personal_protection", "emergency"]),
        (None, None, (), []),
    ],
)
def test_every_control_is_of_the_five_kinds_of_article_21(
    layer: str | None, aspect: str | None, means: tuple[str, ...], kinds: list[str]
) -> None:
    assert control_kinds(layer, aspect, means) == kinds


@pytest.mark.clause("YT-21a")
def test_the_list_of_controls_tells_of_which_of_the_five_kinds_each_is(house: House) -> None:
    house.control("C-1", 1)
    assert [row["five_kinds"] for row in house.ask("control-list")] == [["engineering"]]


# --- who answered on that day


@pytest.mark.clause("NJ-045")
def test_who_answered_for_a_control_on_a_day_never_changes_afterwards(house: House) -> None:
    house.organise()
    house.on("2026-02-02", CHECKER, AppointToPost(BODY, "GW-1", WORKER, "2026-02-01"))
    house.control("C-1", 1, AssignEntry("team", person=ANSWERS), AssignEntry("post", post="GW-1"))
    known = house.plant.head()
    then = house.ask("org-who", risk="R-1", on="2026-02-02", known_at=known)
    assert [(row["part"], row["kind"], row["persons"]) for row in then] == [
        ("risk", "team", [ANSWERS]),
        ("control", "team", [ANSWERS]),
        ("control", "post", [WORKER]),
    ]
    house.on("2026-03-01", CHECKER, HandOverPost(BODY, "GW-1", WORKER, CHECKER, "told"))
    house.on("2026-03-02", LEAD, AssignControl(BODY, "R-1", "C-1", "team", person=LEAD))
    assert house.ask("org-who", risk="R-1", on="2026-02-02", known_at=known) == then
    before = house.ask("org-who", risk="R-1", on="2026-02-02")
    assert [row["persons"] for row in before] == [row["persons"] for row in then]
    now = house.ask("org-who", risk="R-1", part="control", on="2026-03-03")
    assert {row["kind"]: row["persons"] for row in now} == {"team": [LEAD], "post": [CHECKER]}


def test_nobody_answers_any_more_for_what_was_withdrawn_retired_or_ended(house: House) -> None:
    house.control("C-1", 1, AssignEntry("team", person=ANSWERS))
    house.control("C-2", 2, AssignEntry("team", person=ANSWERS))
    house.control("C-3", 3, AssignEntry("team", person=ANSWERS))

    def answering(on: Day) -> list[str]:
        return [row["of"] for row in house.ask("org-who", part="control", on=on)]

    assert answering("2026-02-01") == ["R-1/C-1", "R-1/C-2", "R-1/C-3"]
    house.on("2026-02-05", LEAD, EndControlAssignment(BODY, "R-1", "C-1", 1, "2026-02-05"))
    house.on("2026-02-06", LEAD, WithdrawControl(BODY, "R-1", "C-2", "gone"))
    house.on("2026-02-07", CHECKER, RetireRisk(BODY, "R-1", "gone"))
    told = [answering(f"2026-02-{day:02}") for day in (4, 5, 6, 7)]
    assert told == [["R-1/C-1", "R-1/C-2", "R-1/C-3"], ["R-1/C-2", "R-1/C-3"], ["R-1/C-3"], []]


# --- matrix and tables


@pytest.mark.clause("NJ-041", "NJ-045")
def test_the_matrix_shows_each_control_in_its_order_with_who_answers_at_each_tier(house: House) -> None:
    house.organise()
    house.control("C-1", 1, AssignEntry("team", department="D-W-T", person=ANSWERS))
    house.control("C-2", 2, AssignEntry("workshop", person=LEAD), AssignEntry("post", person=WORKER))
    before = house.plant.head()
    house.plant.give(LEAD, OrderControls(BODY, "R-1", ("C-2", "C-1")))
    rows = house.ask("risk-matrix")
    assert [(row["control"], row["order"], row["tiers"]) for row in rows] == [
        ("C-2", 1, ["workshop", "post"]),
        ("C-1", 2, ["team"]),
    ]
    assert (rows[1]["team"][0]["department"], rows[1]["team"][0]["persons"]) == ("D-W-T", [ANSWERS])
    assert [row["control"] for row in house.ask("risk-matrix", known_at=before)] == ["C-1", "C-2"]


@pytest.mark.clause("NJ-045")
def test_table_c_has_a_row_for_everybody_who_answers_and_shows_nobody_as_nobody(house: House) -> None:
    house.organise()
    house.control("C-1", 1, AssignEntry("team", department="D-W-T", person=ANSWERS))
    house.control("C-2", 2)
    first, second = house.ask("table-c")
    assert list(first)[:8] == [
        *("seq", "leaf_unit", "hazardous_factor", "risk_level", "control_measures"),
        *("responsible_department", "responsible_person", "tier"),
    ]
    assert (first["seq"], first["leaf_unit"], first["risk_level"]) == (1, "Shaft", "major")
    assert (first["responsible_department"], first["responsible_person"]) == ("D-W-T", [ANSWERS])
    assert (second["responsible_department"], second["responsible_person"]) == (None, [])


@pytest.mark.clause("NJ-030")
def test_table_b_holds_the_printed_columns_in_their_order(house: House) -> None:
    [row] = house.ask("table-b")
    assert list(row)[:11] == [
        *("seq", "leaf_unit", "hazardous_factor", "accident_type", "cause", "consequence", "impact_range"),
        *("likelihood", "severity", "existing_measure_effectiveness", "risk_level"),
    ]
    assert (row["likelihood"], row["severity"], row["risk_level"]) == ("3", "40", "major")
    assert house.ask("table-b", as_of="2026-01-01") == []


def test_a_method_without_an_input_l_states_the_likelihood_by_its_other_inputs() -> None:
    risk: dict[str, Any] = dict.fromkeys(
        ("accident_types", "cause", "consequence", "impact", "effectiveness", "level", "name", "method")
    )
    risk |= dict.fromkeys(("version", "score", "factor", "factor_edition"))
    about = {"body": "B", "code": "R", "unit": "U", "position": 1, "positions": {"level": 2}}
    [row] = table_b([{**risk, **about, "inputs": {"M": "3", "E": "6", "S": "4"}}], [])
    assert (row["likelihood"], row["severity"]) == ("M 3, E 6", "4")


def unit(code: str, kind: str, name: str, parent: str | None, path: str) -> dict[str, Any]:
    return {
        "body": "B",
        "code": code,
        "kind": kind,
        "name": name,
        "parent": parent,
        "path": path,
        "position": 1,
    }


@pytest.mark.clause("NJ-021")
def test_table_a_shows_the_printed_example_and_what_is_not_divided_yet() -> None:
    tree = [
        unit("1", "main", "开拓", None, "1"),
        unit("3", "main", "提升运输", None, "3"),
        unit("31", "sub", "竖井（罐笼）", "3", "3/31"),
        unit("311", "child", "机房", "31", "3/31/311"),
        unit("3111", "post", "操作台", "311", "3/31/311/3111"),
        unit("312", "child", "制动装置", "31", "3/31/312"),
        unit("3121", "equipment", "工作制动", "312", "3/31/312/3121"),
    ]
    rows = table_a(tree)
    assert [tuple(row.values())[:5] for row in rows] == [
        (1, "开拓", None, None, None),
        (2, "提升运输", "竖井（罐笼）", "机房", "操作台"),
        (3, "提升运输", "竖井（罐笼）", "制动装置", "工作制动"),
    ]


# --- gaps against the plain rules

TIERS = ("company", "workshop", "team", "post")


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([None, "major", "larger", "general", "low"]),
    st.lists(st.sets(st.sampled_from(TIERS)), max_size=3),
    st.sets(st.sampled_from(["workshop", "team"])),
)
def test_the_tiers_of_a_risk_are_closed_downwards_or_the_missing_ones_are_named(
    level: str | None, assigned: list[set[str]], middle: set[str]
) -> None:
    has = [tier for tier in TIERS if tier in {"company", "post", *middle}]
    risk = {"body": "B", "code": "R", "name": "", "unit": "U", "factor": "", "colour": None, "position": 1}
    terms = {"version": 1, "step": "adopted", "layer": "engineering", "aspect": "technology"}
    more = {"measure": "m", "order": 1, "checks": [1], "uses": [1], "proposed": None, "position": 1}
    controls = [
        {"body": "B", "risk": "R", "control": str(at), **terms, **more} for at in range(len(assigned))
    ]
    who = {"department": None, "post": None, "persons": ["P"], "vacant": False}
    held = {
        ("B", "R", str(at)): [{"tier": tier, **who} for tier in tiers] for at, tiers in enumerate(assigned)
    }
    found = {row["gap"]: row for row in gaps([{**risk, "level": level}], controls, held, {"B": has}, {}, [])}
    tiers = set().union(*assigned)
    top = min((TIERS.index(tier) for tier in tiers), default=len(TIERS))
    wanted = [tier for tier in TIERS[top + 1 :] if tier in has and tier not in tiers]
    assert (found["lower_tiers_missing"]["missing"] if "lower_tiers_missing" in found else []) == wanted
    joint = bool(assigned) and level in ("major", "larger") and len(tiers) < 2
    assert ("one_tier" in found) is joint
    assert len(matrix([{**risk, "level": level}], controls, held)) == max(1, len(assigned))


# --- the policy by colour


@pytest.mark.clause("NJ-035")
def test_what_the_policy_demands_of_the_colour_and_is_not_there_is_reported(house: House) -> None:
    house.control("C-1", 1, AssignEntry("team", person=ANSWERS), AssignEntry("post", person=WORKER))
    assert "colour_tiers" not in house.gaps()
    house.on("2026-02-02", CHECKER, example("AdoptColourPolicy", body=BODY, since="2026-02-03"))
    assert "colour_tiers" not in house.gaps(as_of="2026-02-02")
    found = house.gaps(as_of="2026-02-03")
    assert found["colour_tiers"][0]["missing"] == ["company", "workshop"]
    assert (found["colour_check"][0]["missing"], found["colour_check"][0]["found"]) == (["day"], [])
    assert [
        (row["level"], row["colour"], row["check"]) for row in house.ask("colour-policy", as_of="2026-02-03")
    ] == [
        ("major", "red", "day"),
        ("larger", "orange", "week"),
        ("general", "yellow", "month"),
        ("low", "blue", "quarter"),
    ]
    assert house.ask("colour-policy", as_of="2026-02-02") == []


# --- any history against a replay

DAYS = [f"2026-01-{day:02}T00:00:00.000000Z" for day in range(1, 8)]
STEPS = ("propose", "change", "review", "fail", "adopt", "adopt", "order", "withdraw", "declare", "regain")


@st.composite
def stories(draw: Any) -> list[Record]:
    """Records of two risks with two controls each, in any order and for any day: views follow what happened."""
    records: list[Record] = []
    for _ in range(draw(st.integers(0, 20))):
        risk, control = draw(st.sampled_from(("R-1", "R-2"))), draw(st.sampled_from(("C-1", "C-2")))
        version, day = draw(st.integers(1, 3)), draw(st.sampled_from(DAYS))
        of = {"control": control, "version": version}
        event: Event
        match draw(st.sampled_from(STEPS)):
            case "propose":
                event = happened("control-proposed", **of)
            case "change":
                event = happened("control-changed", **of)
            case "review":
                event = happened("control-reviewed", **of)
            case "fail":
                event = happened("control-reviewed", **of, effect="not_proven")
            case "adopt":
                event = happened("control-adopted", **of, order=draw(st.integers(1, 9)))
            case "order":
                event = happened("controls-ordered", controls=draw(st.permutations(["C-1", "C-2"])))
            case "withdraw":
                event = happened("control-withdrawn", control=control)
            case "declare":
                event = happened("risk-declared-uncontrollable", declaration=version)
            case _:
                event = happened("risk-control-regained", declaration=version)
        at_position = len(records) + 1
        what = (at_position, f"risk/{BODY}/{risk}", 1, event.KIND, BODY, "P", "os-local", day, DAYS[-1], "c")
        records.append(Record(*what, event))
    return records


def replayed(records: list[Record], true_at: str, known_at: int) -> tuple[dict[str, Any], set[str]]:
    """The controls and the risks out of control by the plainest means."""
    found: dict[str, dict[str, Any]] = {}
    out: set[str] = set()
    then = [one for one in records if one.position <= known_at and one.happened_at <= true_at]
    for record in sorted(then, key=lambda one: (one.happened_at, one.position)):
        risk, event = record.stream.rsplit("/", 1)[1], record.event
        code = f"{risk}/{getattr(event, 'control', '')}"
        match event:
            case ControlProposed() | ControlChanged():
                found.setdefault(code, {}).update(step="proposed", waits=event.version)
            case ControlReviewed():
                found.setdefault(code, {})["step"] = "reviewed" if event.passed else "review_failed"
            case ControlAdopted():
                told = {"step": "adopted", "version": event.version, "order": event.order}
                found.setdefault(code, {}).update(told)
            case ControlsOrdered():
                for place, control in enumerate(event.controls, start=1):
                    found.setdefault(f"{risk}/{control}", {})["order"] = place
            case ControlWithdrawn():
                found.setdefault(code, {})["step"] = "withdrawn"
            case RiskDeclaredUncontrollable():
                out.add(risk)
            case _:
                out.discard(risk)
    return {code: row for code, row in found.items() if "step" in row}, out


@settings(max_examples=80, deadline=None)
@given(stories(), st.sampled_from(DAYS), st.integers(0, 20), st.integers(1, 5))
def test_the_controls_of_any_moment_as_known_at_any_record_are_what_a_replay_says(
    records: list[Record], true_at: str, known_at: int, cut: int
) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata = MetaData()
        tables = CONTROLS.tables(metadata, "x_")
        metadata.create_all(connection)
        for begin in range(0, len(records), cut):
            CONTROLS.apply(records[begin : begin + cut], connection, tables)
        rows = control_list(connection, tables, BODY, true_at, known_at, withdrawn=True)
        out = {row["risk"] for row in out_of_control(connection, tables, BODY, true_at, known_at)}
    wanted, wanted_out = replayed(records, true_at, known_at)
    assert {f"{row['risk']}/{row['control']}" for row in rows} == set(wanted)
    for row in rows:
        said = wanted[f"{row['risk']}/{row['control']}"]
        waits = said.get("waits") if said["step"] in ("proposed", "reviewed", "review_failed") else None
        told = (said["step"], said.get("version"), said.get("order"), waits)
        assert (row["step"], row["version"], row["order"], row["proposed_version"]) == told
    assert out == wanted_out


def test_assignments_of_many_risks_are_those_of_each_one(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.plant.risk("R-2", "1")
    house.control("C-1", 1, AssignEntry("team", person=ANSWERS))
    house.plant.control("R-2", "C-1", 1, assign=(AssignEntry("post", person=WORKER),))
    few = house.ask("risk-list", body=BODY)
    monkeypatch.setattr(control_assignments, "FEW", 1)
    assert house.ask("risk-list", body=BODY) == few
    held = {row["code"]: row["controls"][0]["assignments"][0]["tier"] for row in few}
    assert held == {"R-1": "team", "R-2": "post"}

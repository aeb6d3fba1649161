"""What another method or other thresholds would say of the risks there are; made so, the past stays as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from adapters.border import read_order
from adapters.method_files import read_method_file
from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from domain.examples import COMMAND_EXAMPLES
from domain.own_methods import AdoptMethod, AdoptOwnMethod
from domain.refused import BadField, Incomplete, NoRuleInForce, UnknownThing
from domain.refused_risks import NotAMethod
from domain.risk_assessment import Analysis, AssessRisk, Escalation, Evidence, ReassessRisk
from projections.index import PROJECTIONS
from tests import postgres
from tests.projecting.plant import BODY, CHECKER, FOUNDER, LEAD, Plant, at

LEC_FILE = Path(__file__).resolve().parents[2] / "domain" / "rules" / "lec.toml"


class Desk:
    """A plant with three risks by LEC, and everything that may be asked of it."""

    def __init__(self, url: str = "sqlite://") -> None:
        self.plant = Plant().found()
        self.plant.now = at("2026-06-01")
        for code, likelihood in (("R-1", "3"), ("R-2", "1"), ("R-3", "0.5")):  # 720, 240, 120
            self.plant.risk(code, likelihood)
        self.projector = Projector(self.plant.journal, open_views(url), PROJECTIONS)

    def ask(self, name: str = "risk-what-if", **given: Any) -> list[dict[str, Any]]:
        return answer(self.projector, name, given)

    def then(self, **given: Any) -> dict[str, Any]:
        return {row["code"]: row["level_then"] for row in self.ask(**{"body": BODY, **given})}

    def levels(self, **given: Any) -> dict[str, tuple[str, str]]:
        return {row["code"]: (row["level"], row["version"]) for row in self.ask("risk-list", **given)}

    def do(self, line: dict[str, Any], by: str) -> None:
        self.plant.engine.submit(read_order(json.loads(json.dumps(line)), by, "os-local", need_id=True))


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.projector.close()


@pytest.fixture(params=["sqlite", "postgres"])
def either(request: pytest.FixtureRequest) -> Iterator[Desk]:
    """The same over both databases."""
    made = Desk("sqlite://" if request.param == "sqlite" else postgres.fresh_database("methods"))
    yield made
    made.projector.close()


def stricter(**bounds: str) -> dict[str, Any]:
    """LEC with other bounds, as a table of the body's own."""
    table = read_method_file(str(LEC_FILE), version="common-4colour-1")
    highest, middle = bounds.get("major", "200"), bounds.get("larger", "100")
    bands = (
        ("major", highest, None),
        ("larger", middle, highest),
        ("general", "50", middle),
        ("low", "0", "50"),
    )
    table["bands"] = [
        {"level": level, "min": low, **({} if high is None else {"max": high})} for level, low, high in bands
    ]
    return {**table, "version": "own-1"}


# --- side by side


@pytest.mark.clause("NJ-029")
def test_other_thresholds_over_the_stored_inputs_stand_beside_the_levels_of_now(desk: Desk) -> None:
    rows = desk.ask(body=BODY, table=stricter())
    told = {row["code"]: (row["level_now"], row["level_then"], row["change"]) for row in rows}
    assert told == {
        "R-1": ("major", "major", "same"),
        "R-2": ("larger", "major", "raised"),
        "R-3": ("general", "larger", "raised"),
    }
    [row] = [row for row in rows if row["code"] == "R-2"]
    assert (row["inputs"], row["score_then"]) == ({"L": "1", "E": "6", "C": "40"}, "240")
    assert (row["version_now"], row["version"]) == ("common-4colour-1", "own-1")
    assert [row["code"] for row in desk.ask(body=BODY, table=stricter(), changed=True)] == ["R-2", "R-3"]


def test_asking_records_nothing(desk: Desk) -> None:
    head = desk.plant.head()
    desk.ask(body=BODY, table=stricter())
    desk.ask(body=BODY, method="lec", version="classic-5level")
    assert desk.plant.head() == head
    assert desk.levels(body=BODY)["R-2"] == ("larger", "common-4colour-1")


def test_a_shipped_version_may_be_asked_about_before_anybody_adopts_it(desk: Desk) -> None:
    assert desk.then(method="lec", version="classic-5level") == {
        "R-1": "major",
        "R-2": "larger",
        "R-3": "general",
    }


def test_without_a_method_each_risk_is_rated_by_what_is_adopted_now(desk: Desk) -> None:
    assert {row["change"] for row in desk.ask()} == {"same"}
    desk.plant.now = at("2026-06-10")
    for line in desk.ask(body=BODY, table=stricter())[0]["adopt"][:1]:
        desk.do(line, FOUNDER)
    assert {row["code"]: row["change"] for row in desk.ask()} == {
        "R-1": "same",
        "R-2": "raised",
        "R-3": "raised",
    }


def test_a_method_that_needs_other_inputs_says_which_are_lacking(desk: Desk) -> None:
    rows = desk.ask(body=BODY, method="ls", version="5x5-shandong-type")
    assert {tuple(row["lacking"]) for row in rows} == {("S",)}
    assert all(row["level_then"] is None and row["adopt"] == [] for row in rows)


def test_inputs_that_are_off_the_other_method_s_scale_are_told_in_both_languages(desk: Desk) -> None:
    table = stricter()
    for scale in table["scales"]:
        if scale["key"] == "L":
            scale["values"] = [step for step in scale["values"] if step["value"] != "0.5"]
    [row] = [row for row in desk.ask(body=BODY, table=table) if row["code"] == "R-3"]
    assert row["level_then"] is None
    assert "'0.5' is not a value of L" in row["problem_en"]
    assert "“0.5”不是L的可选值" in row["problem_zh"]


def test_factors_that_raised_the_level_raise_it_there_too(desk: Desk) -> None:
    desk.plant.identify("R-4")
    factors = (Escalation("exposed_people", "sixty a shift"),)
    inputs = {"L": "0.5", "E": "6", "C": "15"}  # 45
    desk.plant.give(LEAD, AssessRisk(BODY, "R-4", "lec", inputs, escalations=factors))
    [row] = [row for row in desk.ask(body=BODY, table=stricter()) if row["code"] == "R-4"]
    assert (row["level_now"], row["computed_then"], row["level_then"]) == ("general", "low", "general")


def test_a_method_with_levels_of_its_own_is_asked_with_what_they_are(desk: Desk) -> None:
    with pytest.raises(Incomplete):
        desk.ask(body=BODY, method="mes", version="common-1-injury")
    four = {"1": "major", "2": "larger", "3": "general", "4": "low", "5": "low"}
    rows = desk.ask(body=BODY, method="mes", version="common-1-injury", levels=four)
    assert {tuple(row["lacking"]) for row in rows} == {("M", "S")}


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"method": "ls"}, NoRuleInForce),
        ({"method": "lec", "version": "no-such"}, UnknownThing),
        ({"version": "classic-5level"}, BadField),
        ({"method": "lec", "table": {}}, BadField),
        ({"table": {"method": "x"}}, BadField),
    ],
)
def test_what_cannot_be_supposed_is_refused(
    desk: Desk, given: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        desk.ask(body=BODY, **given)


def test_a_table_with_faults_is_refused_before_it_says_anything(desk: Desk) -> None:
    table = stricter()
    table["bands"] = table["bands"][:-1]
    with pytest.raises(NotAMethod):
        desk.ask(body=BODY, table=table)


# --- made so, and the past stays


@pytest.mark.clause("NJ-029")
def test_adopted_as_new_assessments_the_levels_change_from_then_on_and_last_month_stays(either: Desk) -> None:
    desk = either
    desk.plant.now = at("2026-07-10")
    before = desk.plant.head()
    told: dict[str, Any] = {}
    for row in desk.ask(body=BODY, table=stricter(), changed=True):
        told |= {line["id"]: line for line in row["adopt"]}
    lines = list(told.values())
    assert [line["command"] for line in lines] == ["AdoptOwnMethod", "ReassessRisk", "ReassessRisk"]
    for line in lines:
        desk.do(line, FOUNDER if line["command"] == "AdoptOwnMethod" else LEAD)
    old, own = "common-4colour-1", "own-1"
    assert desk.levels(body=BODY) == {"R-1": ("major", old), "R-2": ("major", own), "R-3": ("larger", own)}
    june = {"R-1": ("major", old), "R-2": ("larger", old), "R-3": ("general", old)}
    assert desk.levels(body=BODY, as_of="2026-06-30") == june
    assert desk.levels(body=BODY, known_at=before) == june
    [row] = desk.ask("risk-list", body=BODY, code="R-2")
    assert row["citation"]["standing"] == "adopted; own method"


@pytest.mark.clause("NJ-029")
def test_after_a_new_own_matrix_last_months_list_names_the_old_one_with_its_levels(either: Desk) -> None:
    desk, plant = either, either.plant
    first = own_matrix("2026-1", {})
    plant.give(FOUNDER, first)
    plant.identify("R-7")
    plant.give(LEAD, AssessRisk(BODY, "R-7", first.method, {"L": "1", "S": "1"}))
    plant.now = at("2026-07-10")
    known = plant.head()
    plant.give(FOUNDER, own_matrix("2026-2", {("1", "1"): "general"}))
    assert desk.levels(body=BODY, code="R-7") == {"R-7": ("low", "2026-1")}
    [gap] = [row for row in desk.ask("assessment-gaps", body=BODY) if row["code"] == "R-7"]
    assert (gap["gaps"], gap["version"], gap["bound_version"]) == (["older_version"], "2026-1", "2026-2")
    plant.give(LEAD, ReassessRisk(BODY, "R-7", first.method, {"L": "1", "S": "1"}, "change"))
    assert desk.levels(body=BODY, code="R-7") == {"R-7": ("general", "2026-2")}
    assert desk.levels(body=BODY, code="R-7", as_of="2026-06-30") == {"R-7": ("low", "2026-1")}
    assert desk.levels(body=BODY, code="R-7", known_at=known) == {"R-7": ("low", "2026-1")}


def own_matrix(version: str, changed: dict[tuple[str, str], str]) -> AdoptOwnMethod:
    """The example's matrix as another version, with other levels in some cells."""
    [line] = [one for one in COMMAND_EXAMPLES if one["command"] == "AdoptOwnMethod"]
    held: Any = line["data"]
    data = {**held, "body": BODY, "version": version}
    data["cells"] = [
        {**cell, "level": changed.get((cell["inputs"]["L"], cell["inputs"]["S"]), cell["level"])}
        for cell in data["cells"]
    ]
    return msgspec.convert(data, AdoptOwnMethod)


def test_the_lines_given_twice_count_once(desk: Desk) -> None:
    desk.plant.now = at("2026-07-10")
    lines = [line for row in desk.ask(body=BODY, table=stricter(), changed=True) for line in row["adopt"]]
    for line in lines:
        desk.do(line, FOUNDER if line["command"] == "AdoptOwnMethod" else LEAD)
    head = desk.plant.head()
    for line in lines:
        desk.do(line, FOUNDER if line["command"] == "AdoptOwnMethod" else LEAD)
    assert desk.plant.head() == head


def test_milder_thresholds_adopted_wait_for_somebody_else_risk_by_risk(desk: Desk) -> None:
    desk.plant.now = at("2026-07-10")
    mild = stricter(major="1000", larger="500")
    for line in [line for row in desk.ask(body=BODY, table=mild, changed=True) for line in row["adopt"]]:
        desk.do(line, FOUNDER if line["command"] == "AdoptOwnMethod" else LEAD)
    rows = {row["code"]: row for row in desk.ask("risk-list", body=BODY)}
    assert {code: (row["level"], row["pending_level"]) for code, row in rows.items()} == {
        "R-1": ("major", "larger"),
        "R-2": ("larger", "general"),
        "R-3": ("general", None),
    }


def test_another_method_is_adopted_with_the_decision_that_it_counts(desk: Desk) -> None:
    plant = desk.plant
    plant.give(FOUNDER, AdoptMethod(BODY, "ls", "5x5-shandong-type"))
    plant.now = at("2026-06-05")
    plant.give(LEAD, ReassessRisk(BODY, "R-3", "ls", {"L": "3", "S": "5"}, "cross_check"))
    rows = {row["code"]: row for row in desk.ask(body=BODY, method="ls")}
    assert (rows["R-3"]["level_now"], rows["R-3"]["level_then"]) == ("larger", "larger")
    assert [line["command"] for line in rows["R-3"]["adopt"]] == ["ReassessRisk", "ChooseMethod"]
    plant.now = at("2026-06-06")
    for line in rows["R-3"]["adopt"]:
        desk.do(line, CHECKER)
    [row] = desk.ask("risk-list", body=BODY, code="R-3")
    assert (row["method"], row["chosen_method"], row["level"]) == ("ls", "ls", "larger")
    assert [one["method"] for one in row["methods"]] == ["lec", "ls"]


# --- what is still open


RESTS_ON = {"standards_not_checked", "no_evidence", "not_analysed"}


def open_levels(desk: Desk, **given: Any) -> dict[str, list[str]]:
    """What is open beside what the judgement rests on."""
    rows = desk.ask("assessment-gaps", **given)
    found = {row["code"]: [gap for gap in row["gaps"] if gap not in RESTS_ON] for row in rows}
    return {code: gaps for code, gaps in found.items() if gaps}


@pytest.mark.clause("NJ-029")
def test_risks_that_nobody_assessed_that_wait_or_that_an_older_version_rated_are_found(desk: Desk) -> None:
    plant = desk.plant
    assert open_levels(desk) == {}
    plant.identify("R-4")
    plant.identify("R-5")
    inputs = {"L": "3", "E": "6", "C": "40"}
    plant.give(LEAD, AssessRisk(BODY, "R-5", "lec", inputs, rating="inherent"))
    plant.reassess("R-1", "0.2")
    found = open_levels(desk, body=BODY)
    assert found == {"R-1": ["level_waits"], "R-4": ["no_level"], "R-5": ["no_current_rating"]}
    plant.now = at("2026-06-10")
    plant.give(FOUNDER, AdoptMethod(BODY, "lec", "classic-5level"))
    found = open_levels(desk, body=BODY)
    assert found["R-2"] == found["R-3"] == ["older_version"]
    assert found["R-1"] == ["level_waits", "older_version"]
    before = set(open_levels(desk, body=BODY, as_of="2026-06-09"))
    assert before == {"R-1", "R-4", "R-5"}


@pytest.mark.clause("NJ-028", "YT-19", "NJ-004")
def test_a_major_or_larger_risk_whose_judgement_rests_on_nothing_is_a_gap(desk: Desk) -> None:
    def gaps() -> dict[str, set[str]]:
        return {row["code"]: set(row["gaps"]) for row in desk.ask("assessment-gaps", body=BODY)}

    assert gaps() == {"R-1": RESTS_ON, "R-2": RESTS_ON}
    inputs = {"L": "3", "E": "6", "C": "40"}
    analysis = Analysis("the cage", "a worn rope", "the ground", "falls from a height")
    evidence = (Evidence("test", "the rope was tested in June"),)
    told: dict[str, Any] = {
        "standards_met": True,
        "analysis": analysis,
        "evidence": evidence,
        "basis": "seen",
    }
    desk.plant.give(LEAD, ReassessRisk(BODY, "R-1", "lec", inputs, "periodic", **told))
    assert gaps() == {"R-2": RESTS_ON}
    [row] = desk.ask("risk-list", body=BODY, code="R-1")
    assert (row["grounds"]["standards_met"], row["grounds"]["basis"]) == (True, "seen")
    assert row["grounds"]["analysis"]["harming_object"] == "the ground"
    assert row["grounds"]["evidence"] == [
        {"kind": "test", "what": "the rope was tested in June", "salted_sha256": None}
    ]
    small = {"L": "1", "E": "3", "C": "3"}
    desk.plant.identify("R-9")
    desk.plant.give(LEAD, AssessRisk(BODY, "R-9", "lec", small, standards_met=False))
    assert gaps()["R-9"] == {"standards_not_met"}


# --- the register of methods


def test_the_register_says_which_version_bound_on_a_day(either: Desk) -> None:
    desk = either
    desk.plant.now = at("2026-06-10")
    desk.plant.give(FOUNDER, AdoptMethod(BODY, "lec", "classic-5level"))
    now = desk.ask("method-list", body=BODY)
    assert [(row["method"], row["version"], row["own"], row["pack"]) for row in now] == [
        ("lec", "classic-5level", False, None)
    ]
    [before] = desk.ask("method-list", body=BODY, on="2026-06-09")
    assert (before["version"], before["pack"], before["until"]) == (
        "common-4colour-1",
        "house-2026",
        "2026-06-09",
    )
    assert len(desk.ask("method-list", body=BODY, ever=True)) == 2
    assert before["table"]["formula"] == "D = L * E * C"
    with pytest.raises(BadField):
        desk.ask("method-list", on="2026-02-30")


# --- files


@pytest.mark.parametrize(
    ("text", "says"),
    [("id = ", "is not TOML"), ("id = 'x'", "rule file"), ("id = 'x'\nversion = 3", "rule file")],
)
def test_a_file_that_is_no_method_is_refused_by_its_field(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "table.toml"
    path.write_text(text)
    with pytest.raises(BadField) as caught:
        read_method_file(str(path))
    assert says in caught.value.because("en")


def test_a_file_that_is_not_there_is_refused_by_its_field(tmp_path: Path) -> None:
    with pytest.raises(BadField) as caught:
        read_method_file(str(tmp_path / "none.toml"))
    assert caught.value.values["field"] == "file"


@pytest.mark.parametrize("rule", ["lec", "ls", "direct"])
def test_the_shipped_methods_read_as_tables_of_one_s_own(rule: str) -> None:
    fields = read_method_file(str(LEC_FILE.with_name(f"{rule}.toml")))
    assert fields["method"] == rule
    assert fields.keys() & {"bands", "conditions"}

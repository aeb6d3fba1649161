"""A risk is identified by codes of the editions in force, put right by an event, tagged, and watched in focus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from adapters.rules import load_rulebook
from domain.code_list_lint import code_list_faults
from domain.decider import Decider
from domain.documents import DOCUMENT
from domain.labels import LABELS, Thing
from domain.posts import POST
from domain.refused import (
    AlreadySo,
    BeforePredecessor,
    Incomplete,
    NothingToDecide,
    NotInPlace,
    Retired,
    Unfit,
    UnknownThing,
)
from domain.refused_identity import EditionNotInForce
from domain.risk_tags import WEATHER, Tag
from domain.risks import RISK
from domain.units import UNITS
from tests.deciding.given import BODY, Given, example, folded, given, happened, on

IDENTIFIED = (on("2026-01-12", happened("risk-identified")),)
FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts" / "classifications.yaml"
SUMMER = "2026-07-01"
"""The day from which GB 6441-2025 is in force."""


def identify(**changes: Any) -> Any:
    return example("IdentifyRisk", **changes)


# --- factors


@pytest.mark.clause("NJ-031")
@pytest.mark.rule("hazardous-factors")
def test_the_factor_is_stored_with_edition_name_and_how_far_the_name_was_verified() -> None:
    event = given().when(identify(factor="210803")).only
    assert (event.factor, event.factor_edition) == ("210803", "GB/T 13861-2022")
    assert (event.factor_name, event.factor_verified) == ("坠落物", "G")


@pytest.mark.clause("NJ-031")
@pytest.mark.parametrize("factor", ["5", "1107", "210112", "2a", "13", "００１", "21010101", "3218"])
def test_a_factor_that_the_list_does_not_hold_is_refused(factor: str) -> None:
    given().when(identify(factor=factor)).then(Unfit, given=factor, what="GB/T 13861-2022")


def test_a_refused_factor_is_answered_with_what_the_list_holds_nearest_to_it() -> None:
    refused = given().when(identify(factor="1107")).refused
    assert refused is not None
    assert refused.values["allowed"] == ["1101", "1102", "1103", "1104", "1105", "1199"]


@pytest.mark.parametrize("factor", ["3202", "3301", "210501", "450101"])
def test_where_our_list_stops_a_code_of_the_right_form_is_taken_without_a_name(factor: str) -> None:
    accepted = factor != "450101"
    decided = given().when(identify(factor=factor))
    if accepted:
        assert (decided.only.factor_name, decided.only.factor_verified) == ("", "")
    else:
        decided.then(Unfit, given=factor)


def test_one_code_means_another_thing_in_another_edition() -> None:
    """So the edition is kept with it, and a later edition changes no record."""
    early = "2022-06-01"
    old = given().when(identify(factor="2201", factor_edition="GB/T 13861-2009"), at=early).only
    new = given().when(identify(factor="2201")).only
    assert (old.factor_name, new.factor_name) == ("爆炸品", "理化危险")


@pytest.mark.clause("YT-42")
def test_a_standard_means_its_edition_in_force_on_the_day() -> None:
    given().when(identify(factor_edition="GB/T 13861-2009")).then(
        EditionNotInForce, given="GB/T 13861-2009", day="2026-02-02", edition="GB/T 13861-2022"
    )
    given().when(identify(factor_edition="GB/T 13816-2009")).then(EditionNotInForce)


# --- accident types


@pytest.mark.clause("NJ-023", "YT-42")
@pytest.mark.rule("accident-types")
def test_accident_types_are_those_of_the_edition_in_force_on_the_day_it_happened() -> None:
    old = given().when(identify(accident_types=("机械伤害",)), at="2026-06-30").only
    assert (old.accident_types, old.accident_edition) == (("机械伤害",), "GB 6441-1986")
    given().when(identify(accident_types=("机械伤害",)), at=SUMMER).then(
        Unfit, given="机械伤害", what="GB 6441-2025"
    )
    new = given().when(identify(accident_types=("机械致害",)), at=SUMMER).only
    assert (new.accident_types, new.accident_edition) == (("机械致害",), "GB 6441-2025")
    given().when(identify(accident_edition="GB 6441-2025")).then(EditionNotInForce, edition="GB 6441-1986")


@pytest.mark.parametrize("said", ["高处坠落", "fall from height", "09"])
def test_an_accident_type_is_named_in_either_language_or_by_number_and_stored_by_the_list_s_name(
    said: str,
) -> None:
    assert given().when(identify(accident_types=(said,))).only.accident_types == ("高处坠落",)


def test_an_accident_type_is_named_once() -> None:
    given().when(identify(accident_types=("高处坠落", "09"))).then(AlreadySo, what="高处坠落")


# --- provenance


@pytest.mark.clause("NJ-025")
@pytest.mark.parametrize("provenance", ["standardisation", "safety_evaluation", "special_study", "handbook"])
def test_a_finding_taken_from_earlier_work_names_its_source(provenance: str) -> None:
    given().when(identify(provenance=provenance)).then(Incomplete, missing=["reference"])
    event = given().when(identify(provenance=provenance, reference="4.3")).only
    assert (event.provenance, event.reference) == (provenance, "4.3")


HANDBOOK = (
    happened("document-registered", kind="handbook"),
    happened("document-version-issued", version="2016", valid_from="2016-05-01"),
)


@pytest.mark.clause("NJ-020", "NJ-025")
def test_an_entry_of_a_handbook_is_cited_with_the_version_that_was_valid() -> None:
    command = identify(provenance="handbook", document="SC-01", reference="冶金 3.2")
    given().when(command).then(UnknownThing, kind="document", code="SC-01")
    there = given().knowing(DOCUMENT, BODY, "SC-01", holds=HANDBOOK)
    event = there.when(command).only
    assert (event.document, event.document_version, event.reference) == ("SC-01", "2016", "冶金 3.2")
    gone = given().knowing(DOCUMENT, BODY, "SC-01", holds=HANDBOOK[:1])
    gone.when(command).then(NotInPlace, day="2026-02-02")


# --- corrections


@pytest.mark.clause("YT-25b", "NJ-070")
def test_a_correction_says_the_whole_anew_and_why_and_overwrites_nothing() -> None:
    decided = (
        given(*IDENTIFIED)
        .knowing(UNITS, BODY, holds=units("U-TS", "U-TS-1"))
        .when(example("CorrectIdentification"), at="2026-03-19T16:00+08:00")
    )
    decided.then(happened("identification-corrected"))


def test_the_unit_is_that_of_the_latest_correction_and_not_of_one_entered_late() -> None:
    first = happened("risk-identified")
    june = happened("identification-corrected", unit="U-B", corrected_at="2026-06-01T00:00:00.000000Z")
    may = happened("identification-corrected", unit="U-A", corrected_at="2026-05-01T00:00:00.000000Z")
    assert folded(RISK, [first, june]).unit == "U-B"
    assert folded(RISK, [first, june, may]).unit == "U-B"
    assert folded(RISK, [first, may, june]).unit == "U-B"


def test_a_correction_is_checked_as_an_identification_is() -> None:
    known = given(*IDENTIFIED).knowing(UNITS, BODY, holds=units("U-TS", "U-TS-1"))
    known.when(example("CorrectIdentification", factor="7")).then(Unfit, given="7")
    known.when(example("CorrectIdentification", unit="U-9")).then(UnknownThing, kind="unit")
    known.when(example("CorrectIdentification"), at="2026-01-11").then(BeforePredecessor)
    given().when(example("CorrectIdentification")).then(UnknownThing, kind="risk")


def units(*codes: str) -> list[Any]:
    return [happened("unit-registered", unit=code) for code in codes]


# --- tags


TAGGED = (*IDENTIFIED, on("2026-01-13", happened("control-proposed")))


def tag(kind: Any, code: str) -> Any:
    return example("TagRisk", tags=(Tag(kind, code),))


@pytest.mark.clause("YT-24")
def test_a_risk_is_tagged_with_what_it_hangs_on() -> None:
    event = given(*TAGGED).when(example("TagRisk"), at="2026-03-19T16:10+08:00").only
    assert event == happened("risk-tagged")


def test_a_tag_is_said_once_and_again_after_it_was_taken_off() -> None:
    given(*TAGGED).when(example("TagRisk", tags=())).then(Incomplete, missing=["tags"])
    twice = (Tag("material", "M-1"), Tag("material", "M-1"))
    given(*TAGGED).when(example("TagRisk", tags=twice)).then(AlreadySo, what=Thing("tag_material", "M-1"))
    held = (*TAGGED, on("2026-03-19", happened("risk-tagged", since="2026-03-19T00:00:00.000000Z")))
    ice = Thing("tag_weather", "road_icing")
    given(*held).when(tag("weather", "road_icing"), at="2026-03-20").then(AlreadySo, what=ice)
    given(*held).when(
        tag("weather", "road_icing"), at="2026-03-10"
    ).accepted()  # it was so earlier: entered late
    off = (*held, on("2026-03-21", happened("risk-untagged", until="2026-03-21T00:00:00.000000Z")))
    given(*off).when(tag("weather", "road_icing"), at="2026-03-22").accepted()


def test_only_what_holds_is_taken_off_and_not_before_it_held() -> None:
    held = (*TAGGED, on("2026-03-19", happened("risk-tagged", since="2026-03-19T00:00:00.000000Z")))
    off = example("UntagRisk")
    given(*TAGGED).when(off).then(UnknownThing, kind="tag_weather", code="road_icing")
    given(*held).when(off, at="2026-03-18").then(BeforePredecessor, what=Thing("tag_weather", "road_icing"))
    given(*held).when(off, at="2026-03-19T16:20+08:00").then(happened("risk-untagged"))
    gone = (*held, on("2026-03-21", happened("risk-untagged", until="2026-03-21T00:00:00.000000Z")))
    given(*gone).when(off, at="2026-03-22").then(UnknownThing)


STANDARD = (happened("document-registered", kind="standard"),)
POSTS = (happened("post-registered"),)
REGISTERED: list[tuple[str, str, Decider[Any], tuple[Any, ...]]] = [
    ("standard", "BZ-01", DOCUMENT, STANDARD),
    ("post", "G-01", POST, POSTS),
]


@pytest.mark.parametrize(("kind", "code", "decider", "holds"), REGISTERED)
def test_a_tag_on_what_we_register_wants_it_registered(
    kind: str, code: str, decider: Decider[Any], holds: tuple[Any, ...]
) -> None:
    given(*TAGGED).when(tag(kind, code), at="2026-03-20").then(UnknownThing, kind=kind, code=code)
    there: Given = given(*TAGGED).knowing(decider, BODY, code, holds=holds)
    there.when(tag(kind, code), at="2026-03-20").accepted()


def test_a_handbook_is_no_standard_and_another_risk_s_control_no_measure_of_this_one() -> None:
    there = given(*TAGGED).knowing(DOCUMENT, BODY, "BZ-01", holds=HANDBOOK)
    there.when(tag("standard", "BZ-01")).then(UnknownThing, kind="standard")
    given(*TAGGED).when(tag("measure", "C-99")).then(UnknownThing, kind="control", code="C-99")


def test_weather_and_areas_are_those_that_there_are() -> None:
    given(*TAGGED).when(tag("weather", "rain")).then(Unfit, given="rain", what="tag_weather")
    as_given = list(WEATHER)  # a list of labels would offer the very word that it refuses
    given(*TAGGED).when(tag("weather", "暴雨")).then(Unfit, given="暴雨", allowed=as_given)
    given(*TAGGED).when(tag("area", "Nanjing")).then(Unfit, given="Nanjing", what="tag_area")
    for kind in WEATHER:
        given(*TAGGED).when(tag("weather", kind)).accepted()
        assert kind == "other" or kind in LABELS


# --- focus control

FOCUSED = (*IDENTIFIED, on("2026-03-19", happened("focus-set", since="2026-03-19T00:00:00.000000Z")))


@pytest.mark.clause("YT-23c")
@pytest.mark.parametrize(
    "reason", ["difficult_operation", "technical_content", "high_level", "grave_consequence"]
)
def test_focus_control_has_one_of_four_reasons_and_an_end(reason: Any) -> None:
    event = given(*IDENTIFIED).when(example("SetFocus", reasons=(reason,))).only
    assert event.reasons == (reason,)
    given(*FOCUSED).when(example("EndFocus"), at="2026-03-20T09:00+08:00").then(happened("focus-ended"))


@pytest.mark.clause("YT-23c")
def test_focus_control_without_a_reason_again_or_ended_twice_is_refused() -> None:
    given(*IDENTIFIED).when(example("SetFocus", reasons=())).then(Incomplete, missing=["focus_reasons"])
    given(*FOCUSED).when(example("SetFocus"), at="2026-03-20").then(AlreadySo)
    given(*FOCUSED).when(example("SetFocus", reasons=("high_level",)), at="2026-03-20").accepted()
    given(*IDENTIFIED).when(example("EndFocus")).then(NothingToDecide, part="focus")
    given(*FOCUSED).when(example("EndFocus"), at="2026-03-18").then(BeforePredecessor)
    ended = (*FOCUSED, on("2026-03-21", happened("focus-ended", until="2026-03-21T00:00:00.000000Z")))
    given(*ended).when(example("EndFocus"), at="2026-03-22").then(NothingToDecide)


@pytest.mark.parametrize("name", ["CorrectIdentification", "TagRisk", "UntagRisk", "SetFocus", "EndFocus"])
def test_nothing_is_said_of_a_risk_that_is_retired(name: str) -> None:
    retired = (*IDENTIFIED, happened("risk-retired"))
    given(*retired).when(example(name)).then(Retired, command=name)


# --- the lists


def test_the_code_lists_hold_what_was_found_and_nothing_more() -> None:
    if not FACTS.exists():
        pytest.skip("the researched facts (../shared/facts/classifications.yaml) are not on this machine")
    yaml = pytest.importorskip("yaml")
    found = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    for edition in ("2009", "2022"):
        ours = {one["code"]: (one["zh"], one["verified"]) for one in items("hazardous-factors", edition)}
        theirs = found["hazardous_factors"]["items"]
        assert ours == {one["code"]: (one["zh"], one["st"]) for one in theirs if int(edition) in one["ed"]}
    for listed in found["accident_types"]:
        ours = [one["zh"] for one in items("accident-types", listed["edition"].split("-")[1])]
        assert ours == [one["zh"] for one in listed["items"]]


def items(rule: str, version: str) -> list[dict[str, str]]:
    wording = load_rulebook().version(rule, version)
    assert wording is not None
    return list(wording.value["items"])


ONE = {"code": "1", "zh": "一"}
FAULTS: list[tuple[dict[str, object], str]] = [
    ({}, "has no items"),
    ({"items": []}, "has no items"),
    ({"items": [{"code": "1"}]}, "item 1: has no zh"),
    ({"items": [{**ONE, "verified": "sure"}]}, "verified 'sure'"),
    ({"items": [ONE, ONE], "widths": [1]}, "code 1 occurs twice"),
    ({"items": [{"zh": "一"}, {"zh": "一"}]}, "zh 一 occurs twice"),
    ({"items": [ONE], "widths": [2]}, "has none of the widths"),
    ({"items": [ONE, {"code": "21", "zh": "二"}], "widths": [1, 2]}, "stands below 2"),
    ({"items": [ONE], "widths": [2, 1]}, "do not rise"),
    ({"items": [ONE], "unlisted": ["3202"]}, "unlisted holds '3202'"),
    ({"items": [ONE], "unlisted": ["9-3"]}, "unlisted holds '9-3'"),
]


@pytest.mark.parametrize(("value", "fault"), FAULTS)
def test_a_bad_code_list_is_noticed(value: dict[str, object], fault: str) -> None:
    assert any(fault in one for one in code_list_faults(value)), list(code_list_faults(value))

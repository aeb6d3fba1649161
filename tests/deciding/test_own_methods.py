"""A body takes exactly one version of a method, or an own table, checked before; and what was rated stays as it was."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from adapters.rules import load_rulebook
from domain.language import LEVELS
from domain.methods import Rating, rate
from domain.own_methods import Band, Cell, DirectCondition, Scale, Step, own_wording
from domain.refused import AlreadyRegistered, AlreadySo, Incomplete, NoRuleInForce, Unfit, UnknownThing
from domain.refused_risks import NotAMethod
from domain.rule_adoption import ADOPTED
from tests.deciding.given import BODY, Given, example, given, happened, on

FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts" / "risk_methods.yaml"
IDENTIFIED = on("2026-01-12", happened("risk-identified"))
HOUSE = happened("rule-pack-adopted")


def adopting(*more: Any) -> Given:
    """A risk of a body that adopted the house rules, and these methods."""
    return given(IDENTIFIED).knowing(ADOPTED, BODY, holds=[HOUSE, *more])


def ls(version: str, since: str = "2026-01-06") -> Any:
    return happened("method-adopted", method="ls", version=version, since=since)


def assess(method: str, **inputs: str) -> Any:
    return example("AssessRisk", method=method, inputs=inputs)


# --- the researched tables, cell by cell


@pytest.fixture(scope="module")
def facts() -> dict[tuple[str, str], Any]:
    if not FACTS.exists():
        pytest.skip("the researched facts (../shared/facts/risk_methods.yaml) are not on this machine")
    yaml = pytest.importorskip("yaml")
    methods = yaml.safe_load(FACTS.read_text(encoding="utf-8"))["methods"]
    return {(one["id"], one["version"]): one for one in methods}


def researched(fact: Any, score: str) -> str:
    """The level that the researched table gives, in whole thousandths, by its own thresholds."""
    exact = _thousandths(score)
    for band in fact["thresholds"]:
        below = band.get("max")
        if _thousandths(band["min"]) <= exact and (below is None or exact < _thousandths(below)):
            return str(band.get("level") or band["four_level"])
    raise AssertionError(score)


def _thousandths(number: str) -> int:
    whole, _, part = number.partition(".")
    return int(whole) * 1000 + int((part + "000")[:3])


def scales(fact: Any, of: Any) -> dict[str, list[str]]:
    """The values of each input; where the text leaves a scale to the enterprise, those of another version."""
    found = {}
    for key, scale in of["inputs"].items():
        own = fact.get("inputs", {}).get(key, {})
        found[key] = [step["value"] for step in own.get("values", scale["values"])]
    return found


@pytest.mark.clause("NJ-029")
@pytest.mark.parametrize(
    ("rule", "version", "scaled_as", "cells"),
    [
        ("lec", "common-4colour-1", "common-4colour-1", 252),
        ("lec", "classic-5level", "common-4colour-1", 252),
        ("ls", "5x5-shandong-type", "5x5-shandong-type", 25),
        ("ls", "5x5-mining-type", "5x5-shandong-type", 25),
        ("ls", "5x5-intl-1", "5x5-shandong-type", 25),
        ("ls", "5x5-5level-shandong-labels", "5x5-shandong-type", 25),
    ],
)
def test_every_cell_of_every_shipped_variant_agrees_with_the_researched_facts(
    facts: dict[tuple[str, str], Any], rule: str, version: str, scaled_as: str, cells: int
) -> None:
    wording = load_rulebook().version(rule, version)
    assert wording is not None
    fact = facts[rule, version]
    named = scales(fact, facts[rule, scaled_as])
    counted = 0
    for values in product(*named.values()):
        rating = rate(wording, dict(zip(named, values, strict=True)))
        assert rating.level == researched(fact, rating.score), (version, values)
        counted += 1
    assert counted == cells


@pytest.mark.parametrize(
    ("version", "inputs", "score", "level"),
    [
        ("common-4colour-1", ("10", "1", "7"), "70", "general"),
        ("common-4colour-1", ("1", "10", "7"), "70", "general"),
        ("classic-5level", ("10", "1", "7"), "70", "general"),
        ("classic-5level", ("1", "10", "7"), "70", "general"),
        ("classic-5level", ("10", "2", "1"), "20", "low"),
        ("classic-5level", ("1", "0.5", "40"), "20", "low"),
        ("classic-5level", ("0.5", "1", "40"), "20", "low"),
        ("classic-5level", ("0.2", "1", "100"), "20", "low"),
        ("classic-5level", ("0.1", "2", "100"), "20", "low"),
    ],
)
def test_each_cell_of_lec_that_lies_on_a_bound(
    version: str, inputs: tuple[str, ...], score: str, level: str
) -> None:
    wording = load_rulebook().version("lec", version)
    assert wording is not None
    assert rate(wording, dict(zip("LEC", inputs, strict=True))) == Rating(score, level)


@pytest.mark.parametrize(
    ("version", "inputs", "score", "level"),
    [
        ("5x5-shandong-type", ("4", "5"), "20", "major"),
        ("5x5-shandong-type", ("3", "5"), "15", "larger"),
        ("5x5-shandong-type", ("4", "4"), "16", "larger"),
        ("5x5-shandong-type", ("3", "3"), "9", "general"),
        ("5x5-shandong-type", ("3", "4"), "12", "general"),
        ("5x5-shandong-type", ("2", "4"), "8", "low"),
        ("5x5-mining-type", ("4", "5"), "20", "major"),
        ("5x5-mining-type", ("3", "3"), "9", "larger"),
        ("5x5-mining-type", ("4", "4"), "16", "larger"),
        ("5x5-mining-type", ("2", "4"), "8", "general"),
        ("5x5-mining-type", ("2", "2"), "4", "general"),
        ("5x5-mining-type", ("1", "3"), "3", "low"),
        ("5x5-intl-1", ("4", "5"), "20", "major"),
        ("5x5-intl-1", ("4", "4"), "16", "larger"),
        ("5x5-intl-1", ("2", "5"), "10", "larger"),
        ("5x5-intl-1", ("3", "3"), "9", "general"),
        ("5x5-intl-1", ("1", "5"), "5", "general"),
        ("5x5-intl-1", ("2", "2"), "4", "low"),
    ],
)
def test_each_cell_of_ls_beside_a_bound(
    version: str, inputs: tuple[str, ...], score: str, level: str
) -> None:
    wording = load_rulebook().version("ls", version)
    assert wording is not None
    assert rate(wording, dict(zip("LS", inputs, strict=True))) == Rating(score, level)


# --- exactly one version


@pytest.mark.clause("NJ-029")
def test_a_method_by_its_name_says_nothing_before_the_body_took_one_version_of_it() -> None:
    adopting().when(assess("ls", L="3", S="3")).then(NoRuleInForce, rule="ls")
    for version, level in (("5x5-shandong-type", "general"), ("5x5-mining-type", "larger")):
        event = adopting(ls(version)).when(assess("ls", L="3", S="3")).only
        assert (event.version, event.level, event.score) == (version, level, "9")
        assert event.citation.standing == "adopted; method"


@pytest.mark.clause("NJ-029")
def test_a_later_version_takes_the_place_of_an_earlier_one_from_its_day_on() -> None:
    took = adopting(ls("5x5-shandong-type"), ls("5x5-mining-type", since="2026-02-01"))
    before = took.when(assess("ls", L="3", S="3"), at="2026-01-31T12:00+08:00").only
    after = took.when(assess("ls", L="3", S="3"), at="2026-02-01T12:00+08:00").only
    assert (before.version, before.level) == ("5x5-shandong-type", "general")
    assert (after.version, after.level) == ("5x5-mining-type", "larger")


def test_a_version_taken_by_name_goes_before_the_one_in_a_pack() -> None:
    classic = happened("method-adopted", method="lec", version="classic-5level", since="2026-01-06")
    event = adopting(classic).when(example("AssessRisk")).only
    assert event.version == "classic-5level"


def test_the_adoption_of_a_shipped_version_is_recorded_once() -> None:
    command = example("AdoptMethod")
    given(HOUSE).when(command, by="P-PRINCIPAL", at="2026-03-20T08:20+08:00").then(happened("method-adopted"))
    given(HOUSE, happened("method-adopted")).when(command, at="2026-03-21T08:00+08:00").then(AlreadySo)


def test_only_what_is_a_method_and_ships_is_adopted_by_name() -> None:
    given(HOUSE).when(example("AdoptMethod", version="6x6")).then(UnknownThing, kind="method", code="ls 6x6")
    given(HOUSE).when(example("AdoptMethod", method="verification", version="house-2026")).then(
        Unfit, given="verification", what="method"
    )


# --- levels that a method leaves to the body


MES = {"method": "mes", "version": "common-1-injury"}
FOUR = {"1": "major", "2": "larger", "3": "general", "4": "low", "5": "low"}


def test_a_method_with_levels_of_its_own_is_taken_with_the_four_that_they_are() -> None:
    adoption = given(HOUSE).when(example("AdoptMethod", **MES, levels=FOUR), at="2026-01-06T12:00+08:00").only
    assert adoption.levels == FOUR
    event = adopting(adoption).when(assess("mes", M="5", E="10", S="10")).only
    assert (event.score, event.level) == ("500", "major")
    assert adopting(adoption).when(assess("mes", M="1", E="10", S="2")).only.level == "low"


def test_without_all_of_them_or_with_others_it_is_refused() -> None:
    given(HOUSE).when(example("AdoptMethod", **MES)).then(Incomplete, missing=["levels", *"12345"])
    some = {key: FOUR[key] for key in "1245"}
    given(HOUSE).when(example("AdoptMethod", **MES, levels=some)).then(Incomplete, missing=["levels", "3"])
    given(HOUSE).when(example("AdoptMethod", **MES, levels={**FOUR, "6": "low"})).then(Unfit, given="6")
    given(HOUSE).when(example("AdoptMethod", levels={"1": "low"})).then(Unfit, given="1")


def test_a_worse_band_is_never_a_lower_level() -> None:
    given(HOUSE).when(example("AdoptMethod", **MES, levels={**FOUR, "4": "major"})).then(Unfit, given="major")


# --- a matrix of the enterprise's own


@pytest.mark.clause("NJ-029")
def test_an_own_matrix_is_adopted_whole_and_looks_every_level_up() -> None:
    event = given(HOUSE).when(example("AdoptOwnMethod"), by="P-PRINCIPAL", at="2026-03-20T08:30+08:00").only
    assert event == happened("own-method-adopted")
    wording = own_wording(event)
    for cell in event.cells:
        assert rate(wording, cell.inputs) == Rating("", cell.level)
    with pytest.raises(Unfit):
        rate(wording, {"L": "3", "S": "1"})


@pytest.mark.clause("NJ-029")
def test_an_assessment_by_an_own_matrix_stores_which_and_needs_no_score() -> None:
    own = happened("own-method-adopted", since="2026-01-06")
    event = adopting(own).when(assess("ks-matrix", L="2", S="3")).only
    assert (event.method, event.version, event.score, event.level) == ("ks-matrix", "2026-1", "", "major")
    assert event.citation.standing == "adopted; own method"
    adopting(own).when(assess("ks-matrix", L="2")).then(Incomplete, missing=["S"])


def cells(levels: str) -> tuple[Cell, ...]:
    """The cells of the example in its order, by the first letters of their levels."""
    names = {"l": "low", "g": "general", "r": "larger", "m": "major"}
    places = product("12", "123")
    return tuple(
        Cell({"L": one, "S": two}, names[letter])  # type: ignore[arg-type]  # the four levels
        for (one, two), letter in zip(places, levels, strict=False)
    )


@pytest.mark.parametrize(
    ("faulty", "says"),
    [
        (cells("lgrgr"), "2 x 3 has 0 levels"),
        ((*cells("lgrgrm"), Cell({"L": "1", "S": "1"}, "low")), "1 x 1 has 2 levels"),
        ((*cells("lgrgrm"), Cell({"L": "9", "S": "1"}, "low")), "9 x 1 is outside"),
        (cells("lgrlgg"), "falls from larger at 1 x 3 to general at the worse 2 x 3"),
        (cells("rgmrmm"), "falls from larger at 1 x 1 to general at the worse 1 x 2"),
        ((*cells("lgrgr"), Cell({"L": "2"}, "low")), "has no S"),
    ],
)
def test_a_matrix_with_holes_twice_told_cells_or_falling_levels_is_refused(
    faulty: tuple[Cell, ...], says: str
) -> None:
    decided = given(HOUSE).when(example("AdoptOwnMethod", cells=faulty))
    decided.then(NotAMethod)
    assert decided.refused is not None
    assert says in decided.refused.because("en")
    assert "单元格" in decided.refused.because("zh") or "等级反而" in decided.refused.because("zh")


def scale(key: str, *values: str) -> Scale:
    return Scale(key, key, tuple(Step(value, value) for value in values))


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"cells": ()}, Incomplete),
        ({"scales": ()}, Incomplete),
        ({"bands": (Band("low", "0"),)}, Unfit),
        ({"scales": (scale("L", "1", "2"), scale("L", "1", "2", "3"))}, AlreadySo),
        ({"scales": (scale("level", "1", "2"), scale("S", "1", "2", "3"))}, Unfit),
        ({"scales": (scale("L", "1", "1.0"), scale("S", "1", "2", "3"))}, NotAMethod),
        ({"scales": (scale("L"), scale("S", "1"))}, NotAMethod),
        ({"scales": tuple(scale(key, *map(str, range(22))) for key in "ABC")}, Unfit),
        ({"method": "level-lowering"}, Unfit),
        ({"method": "ls", "version": "5x5-intl-1"}, AlreadyRegistered),
    ],
)
def test_a_table_that_cannot_be_one_is_refused(changed: dict[str, Any], refusal: Any) -> None:
    given(HOUSE).when(example("AdoptOwnMethod", **changed)).then(refusal)


def test_a_version_of_an_own_table_is_never_written_anew_and_may_be_taken_again() -> None:
    first = happened("own-method-adopted")
    given(HOUSE, first).when(example("AdoptOwnMethod")).then(AlreadyRegistered, code="ks-matrix 2026-1")
    second = replace(first, version="2026-2", since="2026-03-25")
    again = given(HOUSE, first, second).when(
        example("AdoptMethod", method="ks-matrix", version="2026-1"), at="2026-03-27T08:00+08:00"
    )
    back = replace(again.only, since="2026-01-06")
    event = adopting(first, back).when(assess("ks-matrix", L="2", S="2")).only
    assert (event.version, event.level, event.citation.standing) == (
        "2026-1",
        "larger",
        "adopted; own method",
    )


# --- thresholds and direct conditions of the enterprise's own


BANDS = (
    Band("low", "0", "100"),
    Band("general", "100", "200"),
    Band("larger", "200", "400"),
    Band("major", "400"),
)
LEC_SCALES = tuple(
    scale(str(one["key"]), *(str(step["value"]) for step in one["values"]))
    for one in load_rulebook().wordings["lec"][0].value["inputs"]
)


def test_own_thresholds_over_the_inputs_of_a_shipped_method_are_a_version_of_it() -> None:
    command = example(
        "AdoptOwnMethod", method="lec", version="own-1", scales=LEC_SCALES, bands=BANDS, cells=()
    )
    event = given(HOUSE).when(command, at="2026-01-07T08:00+08:00").only
    assert event.kind == "method-product"
    assessed = adopting(event).when(example("AssessRisk")).only
    assert (assessed.version, assessed.score, assessed.level) == ("own-1", "240", "larger")
    assert (
        adopting(event).when(example("AssessRisk", inputs={"L": "6", "E": "1", "C": "15"})).only.level
        == "low"
    )


@pytest.mark.parametrize(
    "bands",
    [
        BANDS[1:],
        (*BANDS[:3], Band("major", "500")),
        (*BANDS[:3], Band("major", "400", "900")),
        (Band("major", "0", "100"), *BANDS[1:3], Band("low", "400")),
        (Band("low", "-1", "100"), *BANDS[1:]),
    ],
)
def test_thresholds_with_gaps_or_out_of_order_are_refused_in_both_languages(bands: tuple[Band, ...]) -> None:
    decided = given(HOUSE).when(
        example("AdoptOwnMethod", method="own", scales=LEC_SCALES, bands=bands, cells=())
    )
    decided.then(NotAMethod)
    assert decided.refused is not None
    told = str(decided.refused.values["faults_zh"])
    assert any("\u4e00" <= char <= "\u9fff" for char in told)


@pytest.mark.rule("direct")
@pytest.mark.clause("NJ-022")
def test_a_condition_determines_the_level_directly_and_beats_a_lower_computed_one() -> None:
    direct = happened("method-adopted", method="direct", version="1", since="2026-01-06")
    command = example(
        "ReassessRisk",
        method="direct",
        inputs=None,
        condition="major_hazard_installation",
        reason="cross_check",
    )
    first = on("2026-01-12", happened("risk-assessed"))
    took = given(IDENTIFIED, first).knowing(ADOPTED, BODY, holds=[HOUSE, direct])
    event = took.when(command).only
    assert (event.score, event.level, event.was) == ("", "major", "larger")
    assert dict(event.inputs) == {"condition": "major_hazard_installation"}
    took.when(replace(command, condition="bad_weather")).then(Unfit, given="bad_weather")
    took.when(replace(command, condition=None)).then(Incomplete, missing=["condition"])


def test_a_list_of_own_conditions_is_a_method_too() -> None:
    rows = tuple(DirectCondition(f"c-{level}", "条件", level) for level in LEVELS)
    command = example("AdoptOwnMethod", method="own-list", scales=(), cells=(), conditions=rows)
    event = given(HOUSE).when(command).only
    assert event.kind == "method-direct"
    for level in LEVELS:
        assert rate(own_wording(event), {"condition": f"c-{level}"}) == Rating("", level)
    twice = replace(command, conditions=(*rows, rows[0]))
    given(HOUSE).when(twice).then(NotAMethod)

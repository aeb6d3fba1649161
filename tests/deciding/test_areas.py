"""An area has the level of its worst unit, unless the body adopted weights; both are always told."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from domain.areas import (
    POINTS,
    AreaDefined,
    AreaDissolved,
    AreaRegrouped,
    AreaUnweighed,
    AreaWeighed,
    DefineArea,
    DissolveArea,
    RegroupArea,
    UnweighArea,
    WeighArea,
    weighted,
    worst,
)
from domain.labels import Thing
from domain.language import LEVELS
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    Incomplete,
    Retired,
    Unfit,
    UnknownThing,
)
from domain.units import UNITS, UnitRegistered, UnitRetired
from tests.deciding.given import BODY, Given, given, happened, on

AREA = "A-1"
WHAT = Thing("area", AREA)
TREE = (
    happened("unit-registered"),
    UnitRegistered("U-1", "desk", "post", "U-TS", 2),
    UnitRegistered("U-2", "pump", "equipment", "U-TS", 2),
)
DEFINED = AreaDefined(AREA, "shaft", ("U-1", "U-2"))
WEIGHTS = {"U-1": "0.7", "U-2": "0.3"}
WEIGHED = AreaWeighed(WEIGHTS, POINTS, "minutes")


def known(*own: Any, tree: tuple[Any, ...] = TREE) -> Given:
    return given(*own).knowing(UNITS, BODY, holds=tree)


# --- grouping


@pytest.mark.clause("NJ-032")
def test_an_area_groups_units() -> None:
    known().when(DefineArea(BODY, AREA, "shaft", ("U-1", "U-2"))).then(DEFINED)


@pytest.mark.parametrize("units", [(), ("U-1", "U-2", "U-1"), ("U-1", "U-9")])
def test_each_of_its_units_is_there_and_named_once(units: Any) -> None:
    refusal = {0: Incomplete, 3: AlreadySo, 2: UnknownThing}[len(units)]
    known().when(DefineArea(BODY, AREA, "shaft", units)).then(refusal)
    known(DEFINED).when(RegroupArea(BODY, AREA, units, "why")).then(refusal)


def test_a_retired_unit_joins_no_area() -> None:
    tree = (*TREE, UnitRetired("U-2", "old", ""))
    known(tree=tree).when(DefineArea(BODY, AREA, "shaft", ("U-2",))).then(Retired, kind="unit", code="U-2")


def test_an_area_is_defined_once() -> None:
    known(DEFINED).when(DefineArea(BODY, AREA, "other", ("U-1",))).then(
        AlreadyRegistered, kind="area", code=AREA
    )


def test_an_area_is_grouped_anew_and_then_the_worst_unit_decides_again() -> None:
    known(DEFINED, WEIGHED).when(RegroupArea(BODY, AREA, ("U-TS",), "why")).then(
        AreaRegrouped(("U-TS",), {}, {}, "why")
    )


def test_or_with_weights_for_the_new_units() -> None:
    regroup = RegroupArea(BODY, AREA, ("U-TS", "U-1"), "why", {"U-TS": "2", "U-1": "1"})
    known(DEFINED).when(regroup).then(AreaRegrouped(("U-TS", "U-1"), regroup.weights or {}, POINTS, "why"))
    own = {"major": "10", "larger": "5", "general": "2", "low": "0"}
    weighed = AreaWeighed(WEIGHTS, own, "minutes")
    assert known(DEFINED, weighed).when(regroup).only.points == own


# --- weighing


@pytest.mark.clause("NJ-032")
def test_the_body_adopts_weights_and_they_are_recorded_with_what_a_level_counts() -> None:
    known(DEFINED).when(WeighArea(BODY, AREA, WEIGHTS, "minutes")).then(WEIGHED)
    own = {"major": "10", "larger": "5", "general": "2", "low": "0"}
    known(DEFINED).when(WeighArea(BODY, AREA, WEIGHTS, "minutes", own)).then(
        AreaWeighed(WEIGHTS, own, "minutes")
    )


@pytest.mark.parametrize(
    ("weights", "refusal", "values"),
    [
        ({}, Incomplete, {"missing": [Thing("unit", "U-1"), Thing("unit", "U-2")]}),
        ({"U-1": "1"}, Incomplete, {"missing": [Thing("unit", "U-2")]}),
        ({"U-1": "1", "U-2": "1", "U-TS": "1"}, Unfit, {"given": "U-TS"}),
        ({"U-1": "1", "U-2": "0"}, Unfit, {"given": "0", "what": Thing("unit", "U-2")}),
        ({"U-1": "-1", "U-2": "1"}, Unfit, {"given": "-1"}),
    ],
)
def test_every_unit_has_a_weight_above_nought(weights: Any, refusal: Any, values: dict[str, object]) -> None:
    known(DEFINED).when(WeighArea(BODY, AREA, weights, "minutes")).then(refusal, **values)
    if weights:
        known(DEFINED).when(RegroupArea(BODY, AREA, ("U-1", "U-2"), "why", weights)).then(refusal, **values)


@pytest.mark.parametrize(
    ("points", "refusal", "values"),
    [
        ({"major": "4", "larger": "3", "general": "2"}, Incomplete, {"missing": ["low"]}),
        ({**POINTS, "red": "5"}, Unfit, {"given": "red"}),
        ({**POINTS, "larger": "4"}, Unfit, {"given": "4", "what": "major"}),
        ({**POINTS, "low": "2"}, Unfit, {"given": "2", "what": "general"}),
    ],
)
def test_a_higher_level_counts_more(points: Any, refusal: Any, values: dict[str, object]) -> None:
    known(DEFINED).when(WeighArea(BODY, AREA, WEIGHTS, "minutes", points)).then(refusal, **values)


@pytest.mark.clause("NJ-032")
def test_weights_are_dropped_again() -> None:
    known(DEFINED, WEIGHED).when(UnweighArea(BODY, AREA, "why")).then(AreaUnweighed("why"))
    known(DEFINED).when(UnweighArea(BODY, AREA, "why")).then(AlreadySo)


COMMANDS = [
    RegroupArea(BODY, AREA, ("U-1",), "why"),
    WeighArea(BODY, AREA, WEIGHTS, "why"),
    UnweighArea(BODY, AREA, "why"),
    DissolveArea(BODY, AREA, "why"),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_an_area_must_be_there_and_not_dissolved(command: Any) -> None:
    known().when(command).then(UnknownThing, kind="area", code=AREA)
    known(DEFINED, WEIGHED, AreaDissolved("")).when(command).then(Retired, kind="area", code=AREA)
    known(on("2026-02-01", DEFINED), on("2026-02-01", WEIGHED)).when(command, at="2026-01-31").then(
        BeforePredecessor, what=WHAT
    )


def test_an_area_is_dissolved() -> None:
    known(DEFINED).when(DissolveArea(BODY, AREA, "why")).then(AreaDissolved("why"))


# --- levels

some_levels = st.dictionaries(st.sampled_from("abcdef"), st.none() | st.sampled_from(LEVELS))
weights_of_all = st.fixed_dictionaries({unit: st.integers(1, 9).map(str) for unit in "abcdef"})


@pytest.mark.clause("NJ-032")
@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (["low", "major", None], "major"),
        (["general", "larger"], "larger"),
        (["low", "general", "low"], "general"),
        (["low"], "low"),
        ([None], None),
        ([], None),
    ],
)
def test_the_worst_unit_decides(levels: Any, expected: str | None) -> None:
    assert worst(levels) == expected


@pytest.mark.parametrize(
    ("levels", "weights", "expected", "mean"),
    [
        (
            {"a": "major", "b": "low"},
            {"a": "1", "b": "1"},
            "larger",
            Fraction(5, 2),
        ),  # between two: the higher
        ({"a": "major", "b": "low"}, {"a": "1", "b": "1.0000001"}, "general", None),
        ({"a": "major", "b": "low"}, {"a": "0.3", "b": "0.7"}, "general", Fraction(19, 10)),
        ({"a": "low", "b": "low"}, {"a": "1", "b": "9"}, "low", Fraction(1)),
        ({"a": "major", "b": None}, {"a": "1", "b": "99"}, "major", Fraction(4)),
        ({"a": None}, {"a": "1"}, None, None),
    ],
)
def test_the_weighted_level_is_the_one_nearest_to_the_mean(
    levels: Any, weights: Any, expected: str | None, mean: Fraction | None
) -> None:
    level, found = weighted(levels, weights, POINTS)
    assert level == expected
    assert mean is None or found == mean


@hypothesis_given(some_levels, weights_of_all)
def test_weighing_never_raises_an_area_above_its_worst_unit(levels: Any, weights: Any) -> None:
    level, _ = weighted(levels, weights, POINTS)
    highest = worst(levels.values())
    assert (level is None) is (highest is None)
    if level is not None and highest is not None:
        assert LEVELS.index(level) >= LEVELS.index(highest)


@hypothesis_given(some_levels, weights_of_all)
def test_only_the_proportion_of_weights_counts(levels: Any, weights: Any) -> None:
    tenfold = {unit: f"{weight}0" for unit, weight in weights.items()}
    assert weighted(levels, weights, POINTS) == weighted(levels, tenfold, POINTS)

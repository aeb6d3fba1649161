"""A method turns inputs into a score and a level: exactly, on its own scale, and by the table in its rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from adapters.rules import load_rulebook
from domain.language import LEVELS
from domain.methods import Rating, rate
from domain.refused import Incomplete, Unfit
from domain.rulebook import Wording
from tests.deciding.given import sayable

L = ("10", "6", "3", "1", "0.5", "0.2", "0.1")
E = ("10", "6", "3", "2", "1", "0.5")
C = ("100", "40", "15", "7", "3", "1")


def shipped(rule: str, version: str) -> Wording:
    wording = load_rulebook().version(rule, version)
    assert wording is not None
    return wording


LEC = shipped("lec", "common-4colour-1")


def level(score: Fraction) -> str:
    """As the source prints it, in fractions: from 320 major, from 160 larger, from 70 general."""
    return "major" if score >= 320 else "larger" if score >= 160 else "general" if score >= 70 else "low"


@pytest.mark.clause("NJ-029")
def test_lec_rates_each_of_its_252_cells_as_exact_fractions_do() -> None:
    cells = list(product(L, E, C))
    assert len(cells) == 252
    counted: Counter[str] = Counter()
    for one, two, three in cells:
        rating = rate(LEC, {"L": one, "E": two, "C": three})
        exact = Fraction(one) * Fraction(two) * Fraction(three)
        assert Fraction(rating.score) == exact
        assert rating.level == level(exact), (one, two, three)
        counted[rating.level] += 1
    assert set(counted) == set(LEVELS)


@pytest.mark.parametrize(
    ("inputs", "score", "expected"),
    [
        (("1", "6", "40"), "240", "larger"),
        (("0.5", "6", "40"), "120", "general"),
        (("10", "1", "7"), "70", "general"),
        (("0.1", "0.5", "1"), "0.05", "low"),
        (("10", "10", "100"), "10000", "major"),
        (("0.2", "3", "7"), "4.2", "low"),
    ],
)
def test_a_score_is_an_exact_decimal_without_exponent_or_trailing_zeros(
    inputs: tuple[str, str, str], score: str, expected: str
) -> None:
    assert rate(LEC, dict(zip("LEC", inputs, strict=True))) == Rating(score, expected)


def test_a_value_may_be_written_with_more_zeros() -> None:
    assert rate(LEC, {"L": "0.50", "E": "6.0", "C": "040"}) == Rating("120", "general")


@pytest.mark.parametrize("value", ["2", "0", "-1", "0.3", "1000", "NaN", "sNaN", "Infinity", "one", ""])
def test_a_value_off_the_scale_is_refused_with_the_values_that_are_on_it(value: str) -> None:
    with pytest.raises(Unfit) as caught:
        rate(LEC, {"L": value, "E": "6", "C": "40"})
    assert caught.value.values == {"given": value, "what": "L", "allowed": list(L)}
    assert sayable(caught.value)


def test_a_missing_input_is_refused_by_name() -> None:
    with pytest.raises(Incomplete) as caught:
        rate(LEC, {"E": "6"})
    assert caught.value.values == {"what": "lec", "missing": ["L", "C"]}
    assert sayable(caught.value)


def test_an_input_that_the_method_does_not_know_is_refused() -> None:
    with pytest.raises(Unfit) as caught:
        rate(LEC, {"L": "1", "E": "6", "C": "40", "S": "1"})
    assert caught.value.values == {"given": "S", "what": "lec", "allowed": ["L", "E", "C"]}


@pytest.mark.parametrize("rule", ["house-2026", "verification", "major-risk-report"])
def test_a_rule_that_is_no_method_rates_nothing(rule: str) -> None:
    [wording] = load_rulebook().wordings[rule]
    with pytest.raises(Unfit) as caught:
        rate(wording, {})
    assert sayable(caught.value)


def test_a_method_whose_levels_the_body_has_yet_to_name_gives_none() -> None:
    with pytest.raises(Incomplete) as caught:
        rate(shipped("mes", "common-1-injury"), {"M": "5", "E": "10", "S": "10"})
    assert caught.value.values == {"what": "mes", "missing": ["level"]}


def test_a_score_outside_every_band_is_refused() -> None:
    bands = [band for band in LEC.value["thresholds"] if band["level"] != "low"]
    holed = replace(LEC, value={**LEC.value, "thresholds": bands})
    with pytest.raises(Unfit) as caught:
        rate(holed, {"L": "1", "E": "1", "C": "1"})
    assert caught.value.values["given"] == "1"


LS = ("5x5-shandong-type", "5x5-mining-type", "5x5-intl-1", "5x5-5level-shandong-labels")


@pytest.mark.parametrize("version", LS)
def test_every_cell_of_every_shipped_matrix_has_a_level(version: str) -> None:
    wording = shipped("ls", version)
    for one, two in product("12345", repeat=2):
        assert rate(wording, {"L": one, "S": two}).level in LEVELS


def test_one_cell_of_ls_lies_in_different_levels_by_version() -> None:
    versions = ("5x5-shandong-type", "5x5-mining-type", "5x5-intl-1")
    levels = [rate(shipped("ls", one), {"L": "3", "S": "3"}).level for one in versions]
    assert levels == ["general", "larger", "general"]

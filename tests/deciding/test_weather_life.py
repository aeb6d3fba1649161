"""A warning that names no end is taken to be over after the hours of its kind and colour, by a house rule."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from adapters.rules import load_rulebook, rule_files
from domain.risk_tags import WEATHER
from domain.rule_lint import problems
from domain.weather_life import RULE, life_faults, life_on
from domain.weather_messages import WARNING_LEVELS

LIFE = life_on(load_rulebook(), "2026-06-15")


@pytest.mark.rule("weather-life")
@pytest.mark.parametrize(
    ("kind", "level", "hours"),
    [
        ("rainstorm", "blue", 12),
        ("rainstorm", "yellow", 6),
        ("rainstorm", "orange", 3),
        ("rainstorm", "red", 3),
        ("rainstorm", "unknown", 24),
        ("typhoon", "white", 48),
        ("fog", "red", 2),
        ("lightning", "yellow", 6),
        ("heat", "red", 24),
        ("other", "unknown", 24),
    ],
)
def test_a_warning_lasts_as_its_kind_and_colour_say(kind: str, level: str, hours: int) -> None:
    assert LIFE(kind, level) == hours


def test_every_kind_in_every_colour_has_an_answer() -> None:
    assert all(isinstance(LIFE(kind, level), int) for kind in WEATHER for level in WARNING_LEVELS)


def test_before_the_rule_holds_nothing_is_assumed() -> None:
    assert life_on(load_rulebook(), "1999-12-31")("rainstorm", "red") is None


def test_the_rule_is_the_house_s_own_and_unverified() -> None:
    [wording] = load_rulebook().wordings[RULE]
    assert (wording.source, wording.verified) == ("house", "G")


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({"any": {"red": 3}}, "says nothing for every other"),
        ({"any": {"any": 3}, "rain": {"any": 3}}, "'rain' is no kind"),
        ({"any": {"any": 3}, "fog": {"pink": 3}}, "'pink' is no colour"),
        ({"any": {"any": 0}}, "not 1 to"),
        ({"any": {"any": "3"}}, "not 1 to"),
        ({"any": {"any": True}}, "not 1 to"),
        ({"any": {"any": 10_000}}, "not 1 to"),
        ({"any": {"any": 3}, "fog": 3}, "no table of colours"),
    ],
)
def test_a_fault_in_the_rule_is_noticed(value: Any, says: str) -> None:
    planted: dict[str, Any] = copy.deepcopy(dict(rule_files()[RULE]))
    planted["version"][0]["value"] = value
    found = problems({RULE: planted})
    assert any(says in one for one in found), found
    assert [*life_faults(value)]


def test_the_rule_that_ships_has_no_fault() -> None:
    assert problems({RULE: rule_files()[RULE]}) == []

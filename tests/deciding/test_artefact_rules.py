"""Which artefacts a body keeps follows from its class and place, and the pilot's outcomes from the plan of 2018."""

from __future__ import annotations

import pytest

from adapters.rules import load_rulebook
from domain.rulebook import Adoptions

NOBODY = Adoptions({})


def bound(rule: str, day: str, area: str, *who: str) -> tuple[str, list[str]] | None:
    found = load_rulebook().binding(rule, day, area, who, NOBODY)
    return None if found is None else (found[1].article, list(found[0].value["artefacts"]))


@pytest.mark.clause("YT-22a", "YT-22b")
@pytest.mark.rule("artefacts")
def test_high_risk_units_keep_six_artefacts_and_others_the_first_three_of_them() -> None:
    high = bound("artefacts", "2022-01-01", "440308", "enterprise", "high_risk")
    other = bound("artefacts", "2022-01-01", "440308", "enterprise", "other")
    assert high == (
        "第二十二条",
        ["control_rules", "risk_list", "post_cards", "notice_board", "colour_map", "comparison_chart"],
    )
    assert other == ("第二十二条", high[1][:3])
    assert bound("artefacts", "2024-11-01", "440308", "enterprise", "other") is None
    assert bound("artefacts", "2022-01-01", "320113", "enterprise", "other") is None


@pytest.mark.clause("NJ-001")
@pytest.mark.rule("pilot-outcomes")
def test_the_pilot_asks_for_six_outcomes_in_nanjing_in_2018() -> None:
    asked = bound("pilot-outcomes", "2018-10-01", "320113", "enterprise", "other")
    assert asked is not None
    assert asked[1] == [
        *("complete_risk_list", "graded_measures", "notification"),
        *("colour_map", "hazard_loop", "it_management"),
    ]
    assert bound("pilot-outcomes", "2019-01-01", "320113", "enterprise", "other") is None

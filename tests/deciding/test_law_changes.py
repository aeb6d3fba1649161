"""A change of law is a reason to look again: on the day the text changes, and not when the body itself changes."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.rules import load_rulebook, rule_files, rulebook_of
from domain.law_changes import turns
from domain.obligation_facts import BodyFacts, Reclassified
from domain.rule_adoption import Adopted
from domain.rulebook import Rulebook
from tests.deciding.test_obligations import CALENDAR, HOUSE, NOTHING, RULES, asked, body, owed

ADOPTED_BEFORE = Adopted((("yantian-2021", "1", "2024-06-01"),))


def told(facts: BodyFacts, adopted: Adopted = NOTHING, rules: Rulebook = RULES) -> list[tuple[Any, ...]]:
    """(day, change, was, now) of the rule that every test here asks for."""
    return [
        (one.day, one.change, one.was, one.now)
        for one in turns(facts, rules, adopted)
        if one.rule == "risk-list-report"
    ]


def with_successor(since: str) -> Rulebook:
    """A new text for the same place, from a day on."""
    parsed = {**rule_files()}
    held = parsed["risk-list-report"]
    new = {
        **held["version"][0],
        "version": "successor",
        "from": since,
        "value": {**held["version"][0]["value"]},
    }
    new.pop("until")
    parsed["risk-list-report"] = {**held, "version": [*held["version"], new]}
    return rulebook_of(parsed)


@pytest.mark.clause("YT-24", "YT-45")
def test_the_end_of_a_text_is_a_change() -> None:
    assert told(body()) == [("2024-11-01", "text_ended", "yantian-2021", None)]


def test_a_text_that_ends_and_was_adopted_goes_on_by_adoption_and_is_told_all_the_same() -> None:
    [turn] = [one for one in turns(body(), RULES, ADOPTED_BEFORE) if one.rule == "risk-list-report"]
    assert (turn.day, turn.was, turn.now) == ("2024-11-01", "yantian-2021", "yantian-2021")
    assert (turn.was_standing, turn.now_standing) == ("in force", "adopted; expired 2024-10-31")


@pytest.mark.clause("YT-24")
def test_a_new_text_is_a_change_on_its_first_day() -> None:
    assert told(body(), rules=with_successor("2027-03-01")) == [
        ("2024-11-01", "text_ended", "yantian-2021", None),
        ("2027-03-01", "came_into_force", None, "successor"),
    ]


def test_a_text_that_follows_another_without_a_gap_is_one_change() -> None:
    assert told(body(), rules=with_successor("2024-11-01")) == [
        ("2024-11-01", "came_into_force", "yantian-2021", "successor")
    ]


def test_what_the_body_does_is_no_change_of_law() -> None:
    adopted = Adopted((("yantian-2021", "1", "2026-05-20"),))
    assert [day for day, *_ in told(body(), adopted)] == ["2024-11-01"]
    facts = body(reclassified=(Reclassified("2023-07-01", "warehouse", ("metal_smelting",)),))
    found = [one.day for one in turns(facts, RULES, NOTHING) if one.rule == "assessment-period"]
    assert found == ["2024-11-01"]


def test_what_ended_before_the_body_was_registered_changes_nothing_for_it() -> None:
    assert told(body(registered="2025-01-01")) == []


def test_the_law_of_another_place_does_not_turn_here() -> None:
    assert told(body(area="110101")) == []


def test_the_calendar_turns_every_year_and_is_no_change_of_law() -> None:
    assert not [one for one in turns(body(), RULES, NOTHING) if one.rule == "working-days"]


@pytest.mark.clause("YT-42")
def test_a_new_edition_of_a_standard_is_a_change_for_every_body() -> None:
    found = [one for one in turns(body(area="110101"), RULES, NOTHING) if one.rule == "accident-types"]
    assert [(one.day, one.was, one.now) for one in found] == [("2026-07-01", "1986", "2025")]


# --- the duty that comes of it


@pytest.mark.rule("law-review")
@pytest.mark.clause("YT-24", "YT-42")
def test_a_new_edition_makes_the_body_that_adopted_the_rule_owe_a_review() -> None:
    found = asked(
        body(area="110101", registered="2026-01-10"), "law-review", "2026-01-01", "2027-01-01", HOUSE
    )
    by_rule = {one.subject: one for one in found}
    assert "accident-types" in by_rule
    one = by_rule["accident-types"]
    assert (one.subject_kind, one.owed_by, one.begins, one.due) == (
        "rule",
        "safety_officer",
        "2026-07-01",
        "2026-07-31",
    )
    assert len({one.duty for one in found}) == len(found)


def test_nobody_who_did_not_adopt_it_owes_a_review() -> None:
    assert asked(body(), "law-review", "2022-01-01", "2027-01-01") == []


def test_a_change_before_the_rule_was_adopted_is_not_reviewed_under_it() -> None:
    adopted = Adopted((("house-duties-2026", "1", "2026-08-01"),))
    found = owed(body(area="110101"), load_rulebook(), adopted, CALENDAR, "2022-01-01", "2027-01-01")
    assert "accident-types" not in {one.subject for one in found if one.rule == "law-review"}

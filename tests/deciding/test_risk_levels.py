"""What lowers a level waits for somebody else; until then, and where that is refused, the higher level counts."""

from __future__ import annotations

from typing import Any

import pytest

from domain.labels import Thing
from domain.refused import (
    AlreadySo,
    BeforePredecessor,
    Incomplete,
    NoRuleInForce,
    NothingToDecide,
    NotIndependent,
    OutOfTurn,
    UnknownPerson,
)
from domain.refused_risks import NotOfThisRisk, ReasonMissing, StandardsNotMet
from domain.risk_assessment import Escalation
from domain.risks import RISK as RISKS
from tests.deciding.given import Given, example, folded, given, happened, on

THE_RISK = Thing("risk", "R-0001")
HIGH, MIDDLE, LOW = ({"L": one, "E": "6", "C": "40"} for one in ("3", "1", "0.5"))  # major, larger, general

IDENTIFIED = on("2026-01-12", happened("risk-identified"))
ASSESSED = on("2026-01-12T15:00+08:00", happened("risk-assessed"))
LOWERED = on("2026-01-19T10:00+08:00", happened("risk-reassessed"))
APPROVED = on("2026-01-19T15:00+08:00", happened("lowering-approved"))
REJECTED = on("2026-01-19T15:00+08:00", happened("lowering-rejected"))


def story(*more: Any) -> Given:
    return given(IDENTIFIED, *more).with_house_rules()


def level(*more: Any) -> str:
    return str(folded(RISKS, [one.event for one in (IDENTIFIED, *more)]).level)


# --- lowering


@pytest.mark.rule("level-lowering")
def test_a_lower_level_waits_and_the_higher_one_counts_meanwhile() -> None:
    event = story(ASSESSED).when(example("ReassessRisk"), by="P-EXPERT").only
    assert (event.computed, event.level, event.was) == ("general", "general", "larger")
    assert (event.waits, event.interim) == (True, None)
    assert (event.lowering_rule.rule, event.lowering_rule.standing) == (
        "level-lowering",
        "adopted; house rule",
    )
    assert level(ASSESSED, LOWERED) == "larger"


def test_a_higher_level_and_an_equal_one_wait_for_nobody() -> None:
    for inputs in (HIGH, MIDDLE):
        event = story(ASSESSED).when(example("ReassessRisk", inputs=inputs)).only
        assert (event.waits, event.lowering_rule) == (False, None)


def test_where_the_house_rule_is_not_adopted_a_lower_level_counts_at_once() -> None:
    rules = happened("rule-pack-adopted")
    without = given(IDENTIFIED, ASSESSED).with_house_rules()
    shipped = dict(without.rules.wordings)
    del shipped["level-lowering"]
    event = without.under(type(without.rules)(shipped)).when(example("ReassessRisk")).only
    assert rules.members
    assert (event.waits, event.lowering_rule) == (False, None)


def test_somebody_who_did_not_assess_approves_and_from_then_on_the_lower_level_counts() -> None:
    story(ASSESSED, LOWERED).when(
        example("DecideLowering"), by="P-PRINCIPAL", at="2026-01-19T15:00+08:00"
    ).then(happened("lowering-approved"))
    assert level(ASSESSED, LOWERED, APPROVED) == "general"


def test_rejected_the_level_stays_and_nothing_waits_any_more() -> None:
    reject = example("DecideLowering", verdict="rejected", remark="试验次数不足，补做后再报")
    story(ASSESSED, LOWERED).when(reject, by="P-PRINCIPAL", at="2026-01-19T15:00+08:00").then(
        happened("lowering-rejected")
    )
    assert level(ASSESSED, LOWERED, REJECTED) == "larger"
    story(ASSESSED, LOWERED, REJECTED).when(example("DecideLowering")).then(
        NothingToDecide, what=THE_RISK, part="lowering"
    )


@pytest.mark.parametrize("by", ["P-EXPERT"])
def test_nobody_lowers_a_level_alone(by: str) -> None:
    story(ASSESSED, LOWERED).when(example("DecideLowering"), by=by).then(
        NotIndependent, person="P-EXPERT", part="assessor", what=THE_RISK
    )
    story(ASSESSED, LOWERED).when(example("DecideLowering"), by="P-SAFETY", on_behalf_of=by).then(
        NotIndependent, person="P-EXPERT", part="assessor"
    )


def test_who_is_named_as_assessor_approves_as_little_as_who_recorded_it() -> None:
    event = story(ASSESSED).when(example("ReassessRisk", assessors=("P-TEAM",)), by="P-EXPERT").only
    assert event.assessors == ("P-TEAM", "P-EXPERT")
    for by in event.assessors:
        story(ASSESSED, on("2026-01-20", event)).when(example("DecideLowering"), by=by).then(
            NotIndependent, person=by, part="assessor"
        )


def test_an_assessor_is_on_the_roll() -> None:
    story(ASSESSED).when(example("ReassessRisk", assessors=("P-GHOST",))).then(
        UnknownPerson, person="P-GHOST"
    )


def test_a_lower_level_is_not_approved_before_it_was_given() -> None:
    story(ASSESSED, LOWERED).when(example("DecideLowering"), at="2026-01-19T09:00+08:00").then(
        BeforePredecessor, what=THE_RISK, previous="2026-01-19T02:00:00.000000Z"
    )


def test_where_nothing_waits_there_is_nothing_to_approve() -> None:
    for history in ([], [ASSESSED], [ASSESSED, LOWERED, APPROVED]):
        story(*history).when(example("DecideLowering")).then(NothingToDecide, part="lowering")
    story(ASSESSED, LOWERED).when(example("DecideLowering", number=7)).then(NothingToDecide, part="lowering")


def test_a_newer_assessment_takes_the_place_of_one_that_waits() -> None:
    newer = on("2026-01-21", happened("risk-reassessed", number=3, assessed_at="2026-01-21T00:00:00.000000Z"))
    higher = happened("risk-reassessed", number=3, level="major", waits=False, assessed_at=newer.at)
    assert level(ASSESSED, LOWERED, on("2026-01-21", higher)) == "major"
    story(ASSESSED, LOWERED, on("2026-01-21", higher)).when(example("DecideLowering")).then(
        NothingToDecide, part="lowering"
    )
    event = story(ASSESSED, LOWERED, newer).when(example("DecideLowering"), by="P-PRINCIPAL").only
    assert event.number == 3


def test_a_late_entry_that_would_lower_what_counts_later_waits_too() -> None:
    """Assessed as major on 15 January; entered in February: it was larger on 16 January."""
    major = happened("risk-reassessed", level="major", waits=False, assessed_at="2026-01-15T00:00:00.000000Z")
    late = example("ReassessRisk", inputs=MIDDLE)
    event = story(ASSESSED, on("2026-01-15", major)).when(late, at="2026-01-16T08:00+08:00").only
    assert (event.was, event.level, event.waits) == ("major", "larger", True)
    before = story(ASSESSED, on("2026-01-15", major)).when(late, at="2026-01-14T08:00+08:00").only
    assert (before.was, before.level, before.waits) == ("larger", "larger", False)


# --- another level than the computed one


@pytest.mark.clause("NJ-029")
def test_another_level_than_the_computed_one_needs_a_reason() -> None:
    story().when(example("AssessRisk", level="major")).then(ReasonMissing, computed="larger", given="major")
    story(ASSESSED).when(example("ReassessRisk", level="low")).then(
        ReasonMissing, computed="general", given="low"
    )


def test_a_reason_without_another_level_is_refused() -> None:
    for given_level in (None, "larger"):
        story().when(example("AssessRisk", level=given_level, override="why")).then(
            AlreadySo, what="override"
        )


@pytest.mark.clause("NJ-029")
def test_upwards_it_counts_at_once_and_both_levels_are_stored() -> None:
    event = story().when(example("AssessRisk", level="major", override="井筒淋水，钢丝绳锈蚀加快")).only
    assert (event.computed, event.escalated, event.level) == ("larger", "larger", "major")
    assert (event.waits, event.override) == (False, "井筒淋水，钢丝绳锈蚀加快")


def test_downwards_it_waits_and_the_computed_level_counts_meanwhile() -> None:
    event = story().when(example("AssessRisk", level="general", override="班组意见")).only
    assert (event.computed, event.level) == ("larger", "general")
    assert (event.waits, event.interim) == (True, "larger")
    waits = on("2026-01-12", event)
    assert level(waits) == "larger"
    assert level(waits, on("2026-01-13", happened("lowering-rejected", number=1))) == "larger"
    assert level(waits, on("2026-01-13", happened("lowering-approved", number=1))) == "general"


def test_downwards_from_a_higher_computed_level_that_level_counts_meanwhile() -> None:
    """Larger counted, major is computed, general was given: until somebody agrees it is major."""
    command = example("ReassessRisk", inputs=HIGH, level="general", override="why")
    event = story(ASSESSED).when(command).only
    assert (event.computed, event.level, event.waits, event.interim) == ("major", "general", True, "major")
    assert level(ASSESSED, on("2026-01-20", event)) == "major"


@pytest.mark.clause("NJ-028")
def test_no_level_goes_down_while_mandatory_standards_are_not_met() -> None:
    story(ASSESSED).when(example("ReassessRisk", standards_met=False)).then(
        StandardsNotMet, what=THE_RISK, level="general"
    )
    story().when(example("AssessRisk", standards_met=False, level="low", override="why")).then(
        StandardsNotMet, level="low"
    )
    story(ASSESSED).when(example("ReassessRisk", standards_met=False, inputs=HIGH)).accepted()


@pytest.mark.clause("NJ-028", "YT-19")
def test_an_assessment_keeps_basis_evidence_by_salted_hash_and_the_four_elements_of_analysis() -> None:
    event = story().when(example("AssessRisk")).only
    assert event.standards_met is True
    [evidence] = event.evidence
    assert (evidence.kind, len(evidence.salted_sha256)) == ("test", 64)
    assert [event.analysis.initiating_object, event.analysis.harming_object] == ["深度指示器", "罐笼和钢丝绳"]
    assert event.analysis.inducing_cause and event.analysis.injury_manner


# --- factors that raise the level


@pytest.mark.rule("level-escalation")
@pytest.mark.clause("YT-20")
def test_what_must_be_weighed_most_raises_the_level_once_with_its_reasons() -> None:
    factors = (Escalation("exposed_people", "每班60人"), Escalation("affected_population", "井口毗邻村庄"))
    event = story().when(example("AssessRisk", escalations=factors)).only
    assert (event.computed, event.escalated, event.level) == ("larger", "major", "major")
    assert event.escalations == factors
    assert (event.escalation_rule.rule, event.escalation_rule.source) == ("level-escalation", "house")
    highest = story().when(example("AssessRisk", inputs=HIGH, escalations=factors)).only
    assert (highest.computed, highest.level) == ("major", "major")


@pytest.mark.clause("YT-20")
def test_a_factor_is_named_once_and_raises_only_where_the_rule_was_adopted() -> None:
    factor = Escalation("exposed_people", "每班60人")
    story().when(example("AssessRisk", escalations=(factor, factor))).then(AlreadySo, what="exposed_people")
    house = story()
    shipped = {name: one for name, one in house.rules.wordings.items() if name != "level-escalation"}
    house.under(type(house.rules)(shipped)).when(example("AssessRisk", escalations=(factor,))).then(
        NoRuleInForce, rule="level-escalation"
    )


def test_a_level_given_below_the_raised_one_is_another_level_downwards() -> None:
    factor = Escalation("exposed_people", "每班60人")
    story().when(example("AssessRisk", escalations=(factor,), level="larger")).then(
        ReasonMissing, computed="major", given="larger"
    )


# --- inherent and current


@pytest.mark.clause("NJ-027")
def test_inherent_and_current_ratings_stand_beside_each_other_and_the_current_one_counts() -> None:
    inherent = story().when(example("AssessRisk", rating="inherent", inputs=HIGH)).only
    first = on("2026-01-12", inherent)
    assert level(first) == "major"  # nothing else is known yet
    current = story(first).when(example("AssessRisk")).only
    assert (current.rating, current.was, current.waits) == ("current", None, False)
    assert current.effectiveness
    assert level(first, on("2026-01-13", current)) == "larger"
    again = story(first, on("2026-01-13", current)).when(
        example("ReassessRisk", rating="inherent", inputs=HIGH)
    )
    assert again.only.was == "major"


@pytest.mark.parametrize(("rating", "other"), [("inherent", "current"), ("current", "inherent")])
def test_each_rating_is_assessed_once_and_then_reassessed(rating: str, other: str) -> None:
    first = on("2026-01-12", story().when(example("AssessRisk", rating=rating)).only)
    story(first).when(example("AssessRisk", rating=rating)).then(OutOfTurn, step="assessed")
    story(first).when(example("ReassessRisk", rating=other)).then(OutOfTurn, step="identified")


# --- several methods


def by(method: str, number: int, gives: str, day: str, **more: Any) -> Any:
    made = f"{day}T00:00:00.000000Z"
    event = happened(
        "risk-reassessed", number=number, method=method, level=gives, assessed_at=made, waits=False, **more
    )
    return on(day, event)


@pytest.mark.clause("NJ-022")
def test_of_several_methods_the_highest_level_counts_until_somebody_decides() -> None:
    assert level(ASSESSED, by("ls", 2, "general", "2026-01-14")) == "larger"
    assert level(ASSESSED, by("ls", 2, "major", "2026-01-14")) == "major"
    assert level(ASSESSED, by("ls", 2, "major", "2026-01-14"), by("ls", 3, "low", "2026-01-15")) == "larger"


@pytest.mark.clause("NJ-022")
def test_a_decision_with_a_reason_says_which_method_counts() -> None:
    history = [ASSESSED, by("ls", 2, "major", "2026-01-14")]
    event = story(*history).when(example("ChooseMethod", method="ls"), by="P-SAFETY").only
    assert (event.method, event.was, event.level, event.waits) == ("ls", "major", "major", False)
    assert event.reason
    chosen = on("2026-01-20", event)
    assert level(*history, chosen, by("lec", 4, "low", "2026-02-03")) == "major"


@pytest.mark.clause("NJ-022")
def test_choosing_the_method_with_the_lower_level_is_a_lowering() -> None:
    history = [ASSESSED, by("ls", 2, "major", "2026-01-14")]
    event = story(*history).when(example("ChooseMethod", method="lec"), by="P-SAFETY").only
    assert (event.was, event.level, event.waits) == ("major", "larger", True)
    assert event.lowering_rule.rule == "level-lowering"
    chosen = on("2026-02-02", event)
    assert level(*history, chosen) == "major"
    story(*history, chosen).when(example("DecideLowering"), by="P-SAFETY").then(
        NotIndependent, person="P-SAFETY", part="chooser"
    )
    approved = story(*history, chosen).when(example("DecideLowering"), by="P-PRINCIPAL").only
    assert (approved.number, approved.was, approved.level) == (3, "major", "larger")
    assert level(*history, chosen, on("2026-02-02", approved)) == "larger"


def test_where_two_things_wait_the_verdict_says_on_which() -> None:
    history = [ASSESSED, by("ls", 2, "major", "2026-01-14")]
    event = story(*history).when(example("ChooseMethod", method="lec"), by="P-SAFETY").only
    lower = happened("risk-reassessed", number=4, method="ls", assessed_at="2026-02-02T00:00:00.000000Z")
    both = [*history, on("2026-02-02", event), on("2026-02-02", lower)]
    story(*both).when(example("DecideLowering"), by="P-PRINCIPAL").then(Incomplete, missing=["number"])
    story(*both).when(example("DecideLowering", number=4), by="P-PRINCIPAL").accepted()


def test_only_a_method_that_assessed_the_risk_by_then_may_be_chosen() -> None:
    story().when(example("ChooseMethod")).then(Incomplete, missing=["assessment"])
    story(ASSESSED).when(example("ChooseMethod", method="ls")).then(
        NotOfThisRisk, method="ls", methods=["lec"]
    )
    history = [ASSESSED, by("ls", 2, "major", "2026-01-14")]
    story(*history).when(example("ChooseMethod", method="ls"), at="2026-01-13T08:00+08:00").then(
        NotOfThisRisk, method="ls", methods=["lec"]
    )


def test_a_choice_is_made_once_and_may_be_given_up_again() -> None:
    history = [ASSESSED, by("ls", 2, "major", "2026-01-14")]
    story(*history).when(example("ChooseMethod", method=None)).then(AlreadySo, what="choice")
    event = story(*history).when(example("ChooseMethod", method="ls")).only
    chosen = on("2026-02-02", event)
    story(*history, chosen).when(example("ChooseMethod", method="ls")).then(AlreadySo, what="choice")
    back = story(*history, chosen).when(example("ChooseMethod", method=None)).only
    assert (back.method, back.level, back.waits) == (None, "major", False)

"""A risk is identified, assessed by an adopted method, given controls, reassessed with a reason, and retired."""

from __future__ import annotations

from dataclasses import fields

import pytest

from domain.bodies import BODY as BODIES
from domain.index import EVENTS
from domain.labels import Thing
from domain.language import COLOUR, LEVELS, Command, Event
from domain.methods import rate
from domain.refused import (
    AlreadyRegistered,
    BeforePredecessor,
    Incomplete,
    NoRuleInForce,
    OutOfTurn,
    Retired,
    Unfit,
    UnknownPerson,
    UnknownThing,
)
from domain.refused_risks import NoSuchMethod
from domain.risk_assessment import AssessRisk, ReassessRisk
from domain.risk_controls import ProposeControl
from domain.risks import RISK as RISKS
from tests.deciding.given import BODY, example, folded, given, happened, on

THE_RISK = Thing("risk", "R-0001")

IDENTIFIED = [happened("risk-identified")]
ASSESSED = [*IDENTIFIED, happened("risk-assessed")]
RETIRED = [*ASSESSED, happened("risk-retired")]


# --- identifying


@pytest.mark.clause("NJ-023", "NJ-031")
def test_a_risk_is_identified_with_factor_accident_types_cause_consequence_and_impact() -> None:
    given().when(example("IdentifyRisk"), by="P-WORKSHOP").then(happened("risk-identified"))


@pytest.mark.clause("NJ-023")
def test_a_risk_without_an_accident_type_is_refused() -> None:
    given().when(example("IdentifyRisk", accident_types=())).then(
        Incomplete, what=THE_RISK, missing=["accident_types"]
    )


def test_a_risk_is_identified_once_also_after_it_was_retired() -> None:
    for history in (IDENTIFIED, RETIRED):
        given(*history).when(example("IdentifyRisk")).then(AlreadyRegistered, kind="risk", code="R-0001")


def test_a_risk_stands_at_a_unit_that_is_registered() -> None:
    given().when(example("IdentifyRisk", unit="U-NONE")).then(UnknownThing, kind="unit", code="U-NONE")


def test_a_risk_belongs_to_a_body_that_is_registered() -> None:
    given().knowing(BODIES, BODY, holds=[]).when(example("IdentifyRisk")).then(UnknownThing, kind="body")


# --- assessing


@pytest.mark.clause("NJ-022", "NJ-027", "NJ-029")
def test_an_assessment_stores_method_version_inputs_score_level_and_citation() -> None:
    dated = [on("2026-01-12", one) for one in IDENTIFIED]
    given(*dated).with_house_rules().when(
        example("AssessRisk"), by="P-WORKSHOP", at="2026-01-12T15:00+08:00"
    ).then(happened("risk-assessed"))


@pytest.mark.clause("NJ-029")
def test_recomputing_from_the_event_gives_the_same_level() -> None:
    event = given(*IDENTIFIED).with_house_rules().when(example("AssessRisk")).only
    wording = given().rules.version(event.method, event.version)
    assert wording is not None
    again = rate(wording, event.inputs)
    assert (again.score, again.level) == (event.score, event.level)


@pytest.mark.clause("NJ-029")
def test_a_method_that_the_body_did_not_adopt_does_not_rate_its_risks() -> None:
    given(*IDENTIFIED).when(example("AssessRisk")).then(NoRuleInForce, rule="lec", body=BODY)
    given(*IDENTIFIED).with_house_rules().when(example("AssessRisk", method="ls")).then(
        NoRuleInForce, rule="ls"
    )


def test_a_method_that_nobody_knows_is_refused_with_those_that_there_are() -> None:
    adopted = given(*IDENTIFIED).with_house_rules().when(example("AssessRisk", method="LEC"))
    adopted.then(NoSuchMethod, given="LEC", body=BODY, adopted=["lec"], shipped=["direct", "lec", "ls", "mes"])
    assert adopted.refused is not None
    assert "lec" in adopted.refused.because("zh")
    given(*IDENTIFIED).when(example("AssessRisk", method="LEC")).then(NoSuchMethod, adopted=["none"])


def test_a_rule_that_does_not_bind_yet_names_the_packs_that_hold_it() -> None:
    refused = given(*IDENTIFIED).when(example("AssessRisk")).refused
    assert refused is not None
    assert "可采用含该规则的规则包（house-2026 1" in refused.because("zh")
    assert "adopt a rule pack that holds it (house-2026 1" in refused.because("en")
    by_name = given(*IDENTIFIED).with_house_rules().when(example("AssessRisk", method="ls")).refused
    assert by_name is not None
    assert by_name.because("en").endswith("; take the method by its name (rules adopt-method)")


@pytest.mark.parametrize("rule", ["rectification-days", "verification"])
def test_an_adopted_rule_that_is_no_method_does_not_rate_a_risk(rule: str) -> None:
    given(*IDENTIFIED).with_house_rules().when(example("AssessRisk", method=rule)).then(
        Unfit, given=rule, what="method"
    )


def test_inputs_off_the_scale_are_refused() -> None:
    given(*IDENTIFIED).with_house_rules().when(
        example("AssessRisk", inputs={"L": "2", "E": "6", "C": "40"})
    ).then(Unfit, given="2", what="L")


def test_who_took_part_is_on_the_roll() -> None:
    given(*IDENTIFIED).with_house_rules().when(example("AssessRisk", participants=("P-GHOST",))).then(
        UnknownPerson, person="P-GHOST"
    )


@pytest.mark.parametrize("command", ["AssessRisk", "ReassessRisk", "ProposeControl", "RetireRisk"])
def test_nothing_is_done_to_a_risk_that_was_never_identified(command: str) -> None:
    given().when(example(command)).then(UnknownThing, kind="risk", code="R-0001")


@pytest.mark.parametrize("command", ["AssessRisk", "ReassessRisk", "ProposeControl", "RetireRisk"])
def test_nothing_is_done_to_a_risk_that_is_retired(command: str) -> None:
    given(*RETIRED).when(example(command)).then(Retired, kind="risk", code="R-0001", command=command)


@pytest.mark.parametrize("command", ["AssessRisk", "ReassessRisk", "ProposeControl", "RetireRisk"])
def test_nothing_happens_to_a_risk_before_it_was_identified(command: str) -> None:
    history = IDENTIFIED if command == "AssessRisk" else ASSESSED
    given(*history).when(example(command), at="2026-01-20T07:59+08:00").then(
        BeforePredecessor, what=THE_RISK, previous="2026-01-20T00:00:00.000000Z"
    )


@pytest.mark.parametrize(
    ("history", "command", "step", "needs"),
    [
        (ASSESSED, AssessRisk, "assessed", "identified"),
        (IDENTIFIED, ReassessRisk, "identified", "assessed"),
    ],
)
def test_a_risk_is_assessed_once_and_then_reassessed(
    history: list[Event], command: type[Command], step: str, needs: str
) -> None:
    given(*history).with_house_rules().when(example(command.__name__)).then(
        OutOfTurn, what=THE_RISK, step=step, command=command.__name__, needs=[needs]
    )


@pytest.mark.parametrize("command", ["AssessRisk", "ReassessRisk", "ProposeControl", "RetireRisk"])
def test_something_may_happen_to_a_risk_in_the_moment_of_its_last_record(command: str) -> None:
    history = IDENTIFIED if command == "AssessRisk" else ASSESSED
    given(*history).with_house_rules().when(example(command), at="2026-01-20T08:00+08:00").accepted()


# --- assessing again


def test_a_reassessment_says_why_and_which_level_counted_before() -> None:
    dated = [on("2026-01-12", one) for one in ASSESSED]
    given(*dated).with_house_rules().when(
        example("ReassessRisk"), by="P-EXPERT", at="2026-01-19T10:00+08:00"
    ).then(happened("risk-reassessed"))


def test_a_reassessment_entered_late_does_not_displace_a_newer_one() -> None:
    """Current is the assessment that was made last, not the one that was typed in last."""
    late = happened("risk-reassessed", assessed_at="2026-01-10T00:00:00.000000Z", level="major", waits=False)
    state = folded(RISKS, [*ASSESSED, late])
    assert state.level == "larger"


def test_of_two_assessments_of_one_moment_the_later_record_counts() -> None:
    same = happened("risk-reassessed", assessed_at="2026-01-12T07:00:00.000000Z", level="major", waits=False)
    assert folded(RISKS, [*ASSESSED, same]).level == "major"


# --- retiring


def test_a_risk_is_retired_with_a_reason() -> None:
    given(*ASSESSED).when(example("RetireRisk")).then(happened("risk-retired"))
    given(*IDENTIFIED).when(example("RetireRisk")).then(happened("risk-retired"))


def test_a_risk_is_not_retired_before_its_last_record() -> None:
    history = [on("2026-01-12", IDENTIFIED[0]), on("2026-01-25", happened("risk-assessed"))]
    given(*history).when(example("RetireRisk"), at="2026-01-20T08:00+08:00").then(
        BeforePredecessor, previous="2026-01-25T00:00:00.000000Z"
    )


def test_every_other_record_of_a_risk_may_be_entered_late() -> None:
    history = [on("2026-01-12", IDENTIFIED[0]), on("2026-01-25", happened("risk-assessed"))]
    for command in (ReassessRisk, ProposeControl):
        given(*history).with_house_rules().when(
            example(command.__name__), at="2026-01-20T08:00+08:00"
        ).accepted()


# --- levels and colours


@pytest.mark.clause("YT-06")
def test_there_are_four_levels_and_each_has_its_colour() -> None:
    assert {level: COLOUR[level] for level in LEVELS} == {
        "major": "red",
        "larger": "orange",
        "general": "yellow",
        "low": "blue",
    }
    assert set(COLOUR) == set(LEVELS)


@pytest.mark.clause("YT-06")
def test_a_colour_is_never_stored() -> None:
    names = {field.name for event in EVENTS.values() for field in fields(event)}
    assert not {name for name in names if "colour" in name or "color" in name}

"""The policy by colour: taken from an adopted rule or said by the body, and held against who adopts a control."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from domain.colour_lint import colour_faults
from domain.control_policy import COLOUR_POLICY as POLICY
from domain.control_policy import AdoptColourPolicy, ColourEntry, ColourPolicyAdopted
from domain.control_review import ControlAdopted
from domain.language import LEVELS
from domain.refused import AlreadySo, BeforePredecessor, Incomplete, NoGrant, NoRuleInForce
from domain.roles import ROLES, RoleGranted
from domain.rule_adoption import ADOPTED
from tests.deciding.given import BODY, example, folded, given, happened, on

LATER = "2026-03-25"
PACK = happened(
    "rule-pack-adopted",
    pack="house-control-2026",
    members=("colour-policy house-control-2026",),
)


def own(**changes: Any) -> AdoptColourPolicy:
    """The example's policy with one level's demands changed."""
    command: AdoptColourPolicy = example("AdoptColourPolicy")
    return replace(
        command, demands=tuple(replace(one, **changes.get(one.level, {})) for one in command.demands)
    )


@pytest.mark.clause("NJ-035")
def test_a_body_says_for_each_colour_characteristics_measures_tiers_checks_and_who_adopts() -> None:
    given().when(example("AdoptColourPolicy"), by="P-PRINCIPAL", at="2026-03-19T15:50+08:00").then(
        happened("colour-policy-adopted")
    )


@pytest.mark.clause("NJ-035")
@pytest.mark.rule("colour-policy")
def test_a_body_takes_the_demands_of_a_rule_that_it_adopted_with_its_citation() -> None:
    asked = given().knowing(ADOPTED, BODY, holds=[PACK])
    event: ColourPolicyAdopted = asked.when(AdoptColourPolicy(BODY), at=LATER).only
    assert [one.level for one in event.demands] == list(LEVELS)
    assert event.demands[0].tiers == ("company", "workshop", "team", "post")
    assert event.citation is not None
    assert (event.citation.rule, event.citation.standing) == ("colour-policy", "adopted; house rule")
    given().when(AdoptColourPolicy(BODY), at=LATER).then(NoRuleInForce, rule="colour-policy")


@pytest.mark.clause("NJ-035", "NJ-046", "YT-23b")
def test_a_policy_that_leaves_tiers_out_is_refused() -> None:
    given().when(own(larger={"tiers": ("workshop", "post")})).then(
        Incomplete, what="larger", missing=["team"]
    )
    given().when(own(major={"tiers": ("post",)})).then(Incomplete, what="major", missing=["team"])
    given().when(own(low={"tiers": ()})).then(Incomplete, what="low", missing=["post"])
    given().when(own(general={"adopt_by": ()})).then(Incomplete, what="general", missing=["role"])


def test_a_policy_speaks_of_each_level_once() -> None:
    command: AdoptColourPolicy = example("AdoptColourPolicy")
    given().when(replace(command, demands=command.demands[:3])).then(
        Incomplete, what="colour_policy", missing=["low"]
    )
    twice: tuple[ColourEntry, ...] = (*command.demands, command.demands[0])
    given().when(replace(command, demands=twice)).then(AlreadySo, what="major")


def test_a_policy_counts_from_its_day_and_none_comes_before_the_last() -> None:
    held = on("2026-03-19", happened("colour-policy-adopted"))
    given(held).when(example("AdoptColourPolicy")).then(AlreadySo, what="colour_policy")
    given(held).when(own(low={"check": "month"}), at=LATER).accepted()
    given(held).when(replace(own(low={"check": "month"}), since="2026-03-19")).then(
        BeforePredecessor, previous="2026-03-20", at="2026-03-19"
    )
    state = folded(POLICY, [held.event])
    assert state.on("2026-03-19") == ()
    assert len(state.on("2026-03-20")) == 4


@pytest.mark.clause("NJ-035")
def test_who_does_not_hold_a_role_that_the_colour_demands_does_not_adopt_a_control() -> None:
    def asked(level: str, *events: Any) -> Any:
        history = (happened("risk-identified"), happened("risk-assessed", level=level))
        roles = [
            RoleGranted("P-PRINCIPAL", "principal", "2026-01-01", None),
            RoleGranted("P-WORKSHOP", "workshop_lead", "2026-01-01", None),
        ]
        made = given(*history, happened("control-proposed"), happened("control-reviewed"))
        return made.knowing(ROLES, BODY, holds=roles).knowing(POLICY, BODY, holds=events)

    policy = happened("colour-policy-adopted")
    adopt = example("AdoptControl")
    asked("major", policy).when(adopt, by="P-WORKSHOP", at=LATER).then(
        NoGrant, person="P-WORKSHOP", command="AdoptControl", roles=["principal"]
    )
    event: ControlAdopted = asked("major", policy).when(adopt, by="P-PRINCIPAL", at=LATER).only
    assert event.demanded == ("principal",)
    event = asked("general", policy).when(adopt, by="P-WORKSHOP", at=LATER).only
    assert "workshop_lead" in event.demanded
    assert asked("major").when(adopt, by="P-WORKSHOP", at=LATER).only.demanded == ()
    before = asked("major", policy).when(adopt, by="P-WORKSHOP", at="2026-03-19").only
    assert before.demanded == (), "the policy counts from 20 March"


def test_the_minutes_of_a_review_are_held_to_the_colour_as_well() -> None:
    roles = [RoleGranted("P-SAFETY", "safety_officer", "2026-01-01", None)]
    asked = given(happened("risk-identified"), happened("risk-assessed", level="major"))
    asked = asked.knowing(POLICY, BODY, holds=[happened("colour-policy-adopted")])
    asked = asked.knowing(ROLES, BODY, holds=roles)
    asked.when(example("AdoptReviewedControl"), by="P-SAFETY", at=LATER).then(NoGrant, roles=["principal"])


def shipped() -> dict[str, Any]:
    wording = given().rules.version("colour-policy", "house-control-2026")
    assert wording is not None
    value: dict[str, Any] = copy.deepcopy(dict(wording.value))
    return value


def test_the_shipped_policy_colour_policy_holds_no_fault_and_each_planted_one_is_found() -> None:
    assert list(colour_faults(shipped())) == []
    for plant, said in (
        (lambda value: value.pop("low"), "has no low"),
        (lambda value: value["major"].update(tiers=["post"]), "needs at least two tiers"),
        (lambda value: value["larger"].update(tiers=["workshop", "post"]), "leaves out team"),
        (lambda value: value["low"].update(tiers=["cellar"]), "tiers holds cellar"),
        (lambda value: value["low"].update(check="hourly"), "check 'hourly'"),
        (lambda value: value["general"].update(adopt_by=[]), "nobody may adopt"),
        (lambda value: value["general"].update(adopt_by=["king"]), "'king' is no role"),
        (lambda value: value["general"].update(measures={"zh": "有"}), "measures has no en"),
        (lambda value: value["general"].pop("check"), "general: has no check"),
    ):
        value = shipped()
        plant(value)
        faults = list(colour_faults(value))
        assert any(said in one for one in faults), (said, faults)


def test_a_policy_stops_nobody_from_stopping() -> None:
    """What a colour demands is about adopting; a stop and a declaration need nobody's approval (YT-21b)."""
    asked = given(happened("risk-identified"), happened("risk-assessed", level="major"))
    asked.knowing(POLICY, BODY, holds=[happened("colour-policy-adopted")]).when(
        example("DeclareUncontrollable"), by="P-WORKER", at=LATER
    ).accepted()

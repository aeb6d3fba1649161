"""A hazard goes through its whole loop, in order, and nobody verifies what is their own."""

from __future__ import annotations

import pytest

from domain.bodies import BODY as BODIES
from domain.calendar_notices import CALENDAR, Holiday
from domain.hazards import BEFORE
from domain.labels import Thing
from domain.language import SHARED, Command, Event
from domain.refused import (
    AlreadyAsked,
    AlreadyRegistered,
    BeforePredecessor,
    BeyondRule,
    DeadlineInThePast,
    Incomplete,
    NoRuleInForce,
    NothingToDecide,
    NotIndependent,
    NotLater,
    OutOfTurn,
    Unfit,
    UnknownPerson,
    UnknownThing,
)
from domain.rule_adoption import ADOPTED
from domain.rulebook import Rulebook, Wording
from tests.deciding.given import BODY, Happened, example, given, happened, on

THE_HAZARD = Thing("hazard", "YH-0001")

REGISTERED = [happened("hazard-registered")]
EVALUATED = [*REGISTERED, happened("hazard-evaluated")]
EVALUATED_MAJOR = [*REGISTERED, happened("hazard-evaluated", grade="major")]
PLANNED = [*EVALUATED, happened("rectification-planned")]
PLANNED_MAJOR = [*EVALUATED_MAJOR, happened("rectification-planned")]
ASKED = [*PLANNED, happened("extension-asked")]
COMPLETED = [*PLANNED, happened("rectification-completed")]
COMPLETED_MAJOR = [*PLANNED_MAJOR, happened("rectification-completed")]
VERIFIED = [*COMPLETED, happened("rectification-verified")]
CLOSED = [*VERIFIED, happened("hazard-closed")]
REOPENED = [*CLOSED, happened("hazard-reopened")]
HALF_VERIFIED = [*COMPLETED_MAJOR, happened("rectification-verified", needed=2)]

AT_STEP: dict[str, list[Event]] = {
    "registered": REGISTERED,
    "evaluated": EVALUATED,
    "planned": PLANNED,
    "completed": COMPLETED,
    "verified": VERIFIED,
    "closed": CLOSED,
}


# --- the loop


@pytest.mark.clause("NJ-065", "YT-05")
def test_a_hazard_is_registered_with_the_risk_whose_control_failed() -> None:
    given().when(example("RegisterHazard"), by="P-WORKER", at="2026-01-20T08:30+08:00").then(
        happened("hazard-registered")
    )


@pytest.mark.clause("NJ-065")
def test_a_registered_hazard_is_evaluated() -> None:
    given(*REGISTERED).when(example("EvaluateHazard"), at="2026-01-20T10:00+08:00").then(
        happened("hazard-evaluated")
    )


@pytest.mark.clause("NJ-065", "NJ-066")
def test_an_evaluated_hazard_is_planned_with_its_five_placements() -> None:
    given(*EVALUATED).with_house_rules().when(example("PlanRectification"), by="P-WORKSHOP").then(
        happened("rectification-planned")
    )


@pytest.mark.clause("NJ-065")
def test_a_planned_rectification_is_completed() -> None:
    given(*PLANNED).when(example("CompleteRectification"), by="P-TEAM").then(
        happened("rectification-completed")
    )


@pytest.mark.clause("NJ-065")
def test_a_completed_rectification_is_accepted_by_somebody_independent() -> None:
    given(*COMPLETED).with_house_rules().when(example("VerifyRectification"), by="P-SAFETY").then(
        happened("rectification-verified")
    )


@pytest.mark.clause("NJ-065")
def test_a_verified_hazard_is_closed() -> None:
    given(*VERIFIED).when(example("CloseHazard"), by="P-PRINCIPAL").then(happened("hazard-closed"))


@pytest.mark.clause("NJ-065")
def test_a_closed_hazard_is_reopened_and_the_opening_counted() -> None:
    given(*CLOSED).when(example("ReopenHazard"), at="2026-03-16T08:00+08:00").then(
        happened("hazard-reopened", opening=2)
    )


def test_reopening_keeps_counting() -> None:
    second = [
        *REOPENED,
        happened("rectification-planned", opening=2),
        happened("rectification-completed", opening=2),
        happened("rectification-verified"),
        happened("hazard-closed"),
    ]
    given(*second).when(example("ReopenHazard"), at="2026-03-16T08:00+08:00").then(
        happened("hazard-reopened", opening=3)
    )


def test_a_reopened_hazard_keeps_its_grade_and_is_planned_anew_under_its_opening() -> None:
    plan = example("PlanRectification")
    given(*REOPENED).with_house_rules().when(plan, by="P-WORKSHOP", at="2026-03-16T09:00+08:00").then(
        happened("rectification-planned", opening=2, due="2026-04-15")
    )


def test_a_rejection_opens_a_new_round_under_the_same_plan() -> None:
    rejected = example("VerifyRectification", verdict="rejected", findings="漏了一处")
    given(*COMPLETED).when(rejected).then(
        happened("rectification-rejected", rejected_by="P-SAFETY", findings="漏了一处")
    )
    after = [*COMPLETED, happened("rectification-rejected")]
    given(*after).when(example("CompleteRectification"), by="P-TEAM").then(
        happened("rectification-completed", round=2)
    )


def test_a_new_plan_after_reopening_counts_rounds_from_one() -> None:
    history = [
        *COMPLETED,
        happened("rectification-rejected"),
        happened("rectification-completed", round=2),
        happened("rectification-verified"),
        happened("hazard-closed"),
        happened("hazard-reopened"),
        happened("rectification-planned", opening=2),
    ]
    given(*history).when(example("CompleteRectification"), by="P-TEAM").then(
        happened("rectification-completed", opening=2, round=1)
    )


# --- registering


def test_a_hazard_is_registered_once() -> None:
    given(*REGISTERED).when(example("RegisterHazard")).then(AlreadyRegistered, kind="hazard", code="YH-0001")


def test_a_hazard_names_a_unit_that_is_registered() -> None:
    given().when(example("RegisterHazard", unit="U-NONE")).then(UnknownThing, kind="unit", code="U-NONE")


def test_a_hazard_names_a_risk_that_is_registered_or_none() -> None:
    given().when(example("RegisterHazard", risk="R-NONE")).then(UnknownThing, kind="risk", code="R-NONE")
    without = example("RegisterHazard", risk=None)
    given().when(without, by="P-WORKER", at="2026-01-20T08:30+08:00").then(
        happened("hazard-registered", risk=None)
    )


def test_a_hazard_belongs_to_a_body_that_is_registered() -> None:
    given().knowing(BODIES, BODY, holds=[]).when(example("RegisterHazard")).then(
        UnknownThing, kind="body", code=BODY
    )


# --- in order


@pytest.mark.parametrize(
    ("step", "command"),
    [(step, command) for step in AT_STEP for command in BEFORE if step not in BEFORE[command]],
    ids=lambda one: one if isinstance(one, str) else one.__name__,
)
def test_a_command_out_of_turn_is_refused(step: str, command: type[Command]) -> None:
    given(*AT_STEP[step]).with_house_rules().when(example(command.__name__), by="P-EXPERT").then(
        OutOfTurn,
        what=THE_HAZARD,
        step=step,
        command=command.__name__,
        needs=list(BEFORE[command]),
    )


@pytest.mark.parametrize("command", BEFORE, ids=lambda one: one.__name__)
def test_nothing_is_done_to_a_hazard_that_was_never_registered(command: type[Command]) -> None:
    given().when(example(command.__name__)).then(UnknownThing, kind="hazard", code="YH-0001", body=BODY)


@pytest.mark.parametrize("command", BEFORE, ids=lambda one: one.__name__)
def test_a_step_does_not_happen_before_its_predecessor(command: type[Command]) -> None:
    history = ASKED if command.__name__ == "DecideExtension" else AT_STEP[BEFORE[command][0]]
    dated = [on("2026-01-21", one) for one in history]
    given(*dated).with_house_rules().when(
        example(command.__name__), by="P-PRINCIPAL", at="2026-01-21T07:59:59+08:00"
    ).then(
        BeforePredecessor,
        what=THE_HAZARD,
        previous="2026-01-21T00:00:00.000000Z",
        at="2026-01-20T23:59:59.000000Z",
    )


@pytest.mark.parametrize("command", BEFORE, ids=lambda one: one.__name__)
def test_a_step_may_happen_in_the_moment_of_its_predecessor(command: type[Command]) -> None:
    history = ASKED if command.__name__ == "DecideExtension" else AT_STEP[BEFORE[command][0]]
    dated = [on("2026-01-21", one) for one in history]
    given(*dated).with_house_rules().when(
        example(command.__name__), by="P-PRINCIPAL", at="2026-01-21T08:00:00+08:00"
    ).accepted()


# --- the plan and its time limit


@pytest.mark.clause("NJ-066")
@pytest.mark.parametrize("placement", ["measures", "funds", "contingency"])
def test_a_plan_with_a_blank_placement_is_refused(placement: str) -> None:
    blank = example("PlanRectification", **{placement: "　 "})
    given(*EVALUATED).with_house_rules().when(blank).then(Incomplete, what=THE_HAZARD, missing=[placement])


@pytest.mark.clause("NJ-066")
def test_a_plan_names_somebody_the_body_knows() -> None:
    given(*EVALUATED).when(example("PlanRectification", responsible="P-GHOST", due="2026-02-10")).then(
        UnknownPerson, body=BODY, person="P-GHOST"
    )


@pytest.mark.clause("NJ-066")
def test_without_a_day_and_without_a_rule_there_is_no_plan() -> None:
    given(*EVALUATED).when(example("PlanRectification")).then(
        NoRuleInForce, rule="rectification-days", body=BODY, day="2026-02-02"
    )


@pytest.mark.parametrize(("grade", "due"), [("general", "2026-02-19"), ("major", "2026-04-20")])
@pytest.mark.rule("rectification-days")
def test_the_adopted_rule_sets_the_day_by_the_grade_and_is_cited(grade: str, due: str) -> None:
    history = [*REGISTERED, happened("hazard-evaluated", grade=grade)]
    event = given(*history).with_house_rules().when(example("PlanRectification")).only
    assert event == happened("rectification-planned", due=due, planned_by="P-SAFETY")
    assert event.citation.standing == "adopted; house rule"


def test_planning_late_buys_no_time() -> None:
    planned = (
        given(*EVALUATED).with_house_rules().when(example("PlanRectification"), at="2026-02-18T08:00+08:00")
    )
    planned.then(happened("rectification-planned", due="2026-02-19", planned_by="P-SAFETY"))


def test_a_plan_after_the_rule_s_last_day_is_overdue_from_the_start() -> None:
    early = happened("hazard-evaluated", evaluated_at="2026-01-10T02:00:00.000000Z")
    history = [on("2026-01-10", one) for one in (*REGISTERED, early)]
    late = given(*history).with_house_rules().when(example("PlanRectification"), at="2026-03-01T08:00+08:00")
    late.then(happened("rectification-planned", due="2026-02-09", planned_by="P-SAFETY"))


def test_the_time_limit_of_a_reopened_hazard_runs_from_its_reopening() -> None:
    history: list[Event | Happened] = [*CLOSED, on("2026-03-16", happened("hazard-reopened"))]
    again = given(*history).with_house_rules().when(example("PlanRectification"), at="2026-03-20T08:00+08:00")
    again.then(happened("rectification-planned", opening=2, due="2026-04-15", planned_by="P-SAFETY"))


def test_a_given_day_within_the_rule_stands_and_the_rule_is_cited() -> None:
    command = example("PlanRectification", due="2026-02-19")
    given(*EVALUATED).with_house_rules().when(command).then(
        happened("rectification-planned", due="2026-02-19", planned_by="P-SAFETY")
    )


def test_a_given_day_beyond_the_rule_is_refused() -> None:
    command = example("PlanRectification", due="2026-02-20")
    given(*EVALUATED).with_house_rules().when(command).then(
        BeyondRule, due="2026-02-20", latest="2026-02-19", rule="rectification-days"
    )


def test_without_an_adopted_rule_a_given_day_stands_and_nothing_is_cited() -> None:
    command = example("PlanRectification", due="2026-12-31")
    given(*EVALUATED).when(command).then(
        happened("rectification-planned", due="2026-12-31", planned_by="P-SAFETY", citation=None)
    )


def test_a_rule_adopted_after_the_plan_s_day_does_not_bind_it() -> None:
    later = happened("rule-pack-adopted", since="2026-02-03")
    command = example("PlanRectification")
    given(*EVALUATED).knowing(ADOPTED, BODY, holds=[later]).when(command).then(
        NoRuleInForce, day="2026-02-02"
    )


def test_a_day_before_the_plan_is_refused() -> None:
    given(*EVALUATED).when(example("PlanRectification", due="2026-02-01")).then(
        DeadlineInThePast, due="2026-02-01", day="2026-02-02"
    )
    given(*EVALUATED).when(example("PlanRectification", due="2026-02-02")).accepted()


def test_the_plan_s_day_is_china_s() -> None:
    """Half past midnight in China is still yesterday in UTC."""
    command = example("PlanRectification", due="2026-02-01")
    given(*EVALUATED).when(command, at="2026-02-02T00:30+08:00").then(DeadlineInThePast, day="2026-02-02")


def days_rule(**value: object) -> Rulebook:
    """A made-up law on rectification days, in force everywhere."""
    whole = {
        "general": 15,
        "major": 15,
        "count": "natural",
        "first_day": "day_after",
        "rest_day": "keep",
        "trigger": "hazard_evaluated",
        **value,
    }
    wording = Wording(
        "rectification-days", "days", "v1", "2020-01-01", None, (), (), "law", "V", "2026-01-01",
        "整改期限", "Days to rectify", {"title": "法"}, {key: one for key, one in whole.items() if one is not None},
    )  # fmt: skip
    return Rulebook({"rectification-days": (wording,)})


def test_law_in_force_binds_without_adoption() -> None:
    planned = given(*EVALUATED).under(days_rule()).when(example("PlanRectification")).only
    assert planned.due == "2026-02-04"
    assert planned.citation.standing == "in force"


def test_a_rule_may_count_the_day_of_the_cause_or_name_one_figure_for_all() -> None:
    first = given(*EVALUATED).under(days_rule(first_day="same_day")).when(example("PlanRectification")).only
    assert first.due == "2026-02-03"
    one = days_rule(general=None, major=None, days=3)
    assert given(*EVALUATED).under(one).when(example("PlanRectification")).only.due == "2026-01-23"


@pytest.mark.parametrize(
    ("value", "due"),
    [
        ({"count": "working"}, "2026-02-10"),
        ({"count": "working", "first_day": "same_day"}, "2026-02-09"),
        ({"general": 18, "rest_day": "next_working"}, "2026-02-09"),
        ({"general": 18, "rest_day": "previous_working"}, "2026-02-06"),
        ({"general": 18}, "2026-02-07"),
    ],
)
def test_natural_or_working_days_and_rest_days_are_part_of_the_rule(
    value: dict[str, object], due: str
) -> None:
    assert given(*EVALUATED).under(days_rule(**value)).when(example("PlanRectification")).only.due == due


def test_working_days_are_those_of_the_notice_that_was_recorded() -> None:
    notice = happened("year-settled", year=2026, rest=(Holiday("节", "2026-02-10", "2026-02-10"),), work=())
    planned = (
        given(*EVALUATED)
        .under(days_rule(count="working"))
        .knowing(CALENDAR, SHARED, holds=[notice])
        .when(example("PlanRectification"))
    )
    assert planned.only.due == "2026-02-11"


def test_a_rule_with_another_cause_is_refused_rather_than_miscounted() -> None:
    rules = days_rule(trigger="risk_list_updated")
    given(*EVALUATED).under(rules).when(example("PlanRectification")).then(
        Unfit, given="risk_list_updated", what="rectification-days"
    )


# --- more time


def test_more_time_is_asked_for_with_both_days() -> None:
    given(*PLANNED).when(example("AskExtension"), by="P-TEAM").then(happened("extension-asked"))


def test_approved_more_time_keeps_both_days() -> None:
    given(*ASKED).when(example("DecideExtension"), by="P-PRINCIPAL").then(happened("extension-approved"))


def test_refused_more_time_leaves_the_day_as_it_was() -> None:
    refused = example("DecideExtension", verdict="refused", remark="可先租用同型号备件")
    given(*ASKED).when(refused, by="P-PRINCIPAL").then(happened("extension-refused"))
    after = [*ASKED, happened("extension-refused")]
    given(*after).when(example("AskExtension", due="2026-02-19"), by="P-TEAM").then(
        NotLater, asked="2026-02-19", due="2026-02-19"
    )


def test_an_approved_day_is_the_next_request_s_measure() -> None:
    after = [*ASKED, happened("extension-approved")]
    given(*after).when(example("AskExtension", due="2026-03-10"), by="P-TEAM").then(
        NotLater, asked="2026-03-10", due="2026-03-10"
    )


@pytest.mark.parametrize("due", ["2026-02-19", "2026-02-18"])
def test_a_day_that_is_not_later_is_no_extension(due: str) -> None:
    given(*PLANNED).when(example("AskExtension", due=due), by="P-TEAM").then(
        NotLater, asked=due, due="2026-02-19"
    )


def test_a_second_request_waits_until_the_first_is_decided() -> None:
    given(*ASKED).when(example("AskExtension", due="2026-04-01"), by="P-WORKSHOP").then(
        AlreadyAsked, what=THE_HAZARD, due="2026-03-10", person="P-TEAM"
    )


def test_without_a_request_there_is_nothing_to_decide() -> None:
    given(*PLANNED).when(example("DecideExtension"), by="P-PRINCIPAL").then(
        NothingToDecide, what=THE_HAZARD, part="extension"
    )


def test_a_request_still_open_at_completion_lapses() -> None:
    history = [*ASKED, happened("rectification-completed"), happened("rectification-rejected")]
    given(*history).when(example("DecideExtension"), by="P-PRINCIPAL").then(NothingToDecide, part="extension")


def test_who_asked_for_more_time_does_not_approve_it() -> None:
    history = [*PLANNED, happened("extension-asked", asked_by="P-WORKSHOP")]
    given(*history).when(example("DecideExtension"), by="P-WORKSHOP").then(
        NotIndependent, person="P-WORKSHOP", part="asker", what=THE_HAZARD, command="DecideExtension"
    )


def test_nor_does_anybody_on_the_asker_s_behalf() -> None:
    history = [*PLANNED, happened("extension-asked", asked_by="P-WORKSHOP")]
    given(*history).when(example("DecideExtension"), by="P-PRINCIPAL", on_behalf_of="P-WORKSHOP").then(
        NotIndependent, person="P-WORKSHOP", part="asker"
    )


def test_nor_does_somebody_who_let_another_ask() -> None:
    asked = given(*PLANNED).when(example("AskExtension"), by="P-WORKSHOP", on_behalf_of="P-PRINCIPAL").only
    assert asked == happened("extension-asked", asked_by="P-WORKSHOP", on_behalf_of="P-PRINCIPAL")
    given(*PLANNED, asked).when(example("DecideExtension"), by="P-PRINCIPAL").then(
        NotIndependent, person="P-PRINCIPAL", part="asker"
    )


def test_who_answers_for_the_rectification_does_not_approve_more_time_for_it() -> None:
    history = [*PLANNED, happened("extension-asked", asked_by="P-WORKER")]
    given(*history).when(example("DecideExtension"), by="P-TEAM").then(
        NotIndependent, person="P-TEAM", part="responsible_person"
    )


# --- who may verify


def test_who_reports_without_naming_anybody_is_the_rectifier() -> None:
    given(*PLANNED).when(example("CompleteRectification", rectified_by=()), by="P-WORKSHOP").then(
        happened("rectification-completed", rectified_by=("P-WORKSHOP",))
    )


def test_rectifiers_are_people_the_body_knows() -> None:
    unknown = example("CompleteRectification", rectified_by=("P-WORKER", "P-GHOST"))
    given(*PLANNED).when(unknown, by="P-TEAM").then(UnknownPerson, body=BODY, person="P-GHOST")


def test_everybody_behind_a_completion_counts_as_rectifier_once() -> None:
    command = example("CompleteRectification", rectified_by=("P-WORKER", "P-TEAM"))
    given(*PLANNED).when(command, by="P-TEAM", on_behalf_of="P-WORKSHOP").then(
        happened("rectification-completed", rectified_by=("P-WORKER", "P-TEAM", "P-WORKSHOP"))
    )


@pytest.mark.parametrize("person", ["P-WORKER", "P-DEPUTY", "P-WORKSHOP"])
@pytest.mark.parametrize("verdict", ["accepted", "rejected"])
def test_who_rectified_a_hazard_or_reported_it_may_not_verify_it(person: str, verdict: str) -> None:
    done = happened("rectification-completed", rectified_by=("P-WORKER", "P-DEPUTY", "P-WORKSHOP"))
    given(*PLANNED, done).when(example("VerifyRectification", verdict=verdict), by=person).then(
        NotIndependent, person=person, part="rectifier", what=THE_HAZARD, command="VerifyRectification"
    )


def test_who_rectified_an_earlier_round_may_not_verify_a_later_one() -> None:
    history = [
        *COMPLETED,
        happened("rectification-rejected"),
        happened("rectification-completed", round=2, rectified_by=("P-DEPUTY",)),
    ]
    given(*history).when(example("VerifyRectification"), by="P-WORKER").then(
        NotIndependent, person="P-WORKER", part="rectifier"
    )


def test_who_rejected_may_verify_the_next_round() -> None:
    history = [*COMPLETED, happened("rectification-rejected"), happened("rectification-completed", round=2)]
    given(*history).when(example("VerifyRectification"), by="P-SAFETY").then(
        happened("rectification-verified", citation=None)
    )


def test_who_answers_for_the_rectification_may_not_verify_it() -> None:
    done = happened("rectification-completed", rectified_by=("P-WORKER",))
    given(*PLANNED, done).when(example("VerifyRectification"), by="P-TEAM").then(
        NotIndependent, person="P-TEAM", part="responsible_person"
    )


def test_who_asked_for_more_time_may_not_verify() -> None:
    history = [
        *PLANNED,
        happened("extension-asked", asked_by="P-WORKSHOP", on_behalf_of="P-DEPUTY"),
        happened("extension-refused", asked_by="P-WORKSHOP"),
        happened("rectification-completed"),
    ]
    for person in ("P-WORKSHOP", "P-DEPUTY"):
        given(*history).when(example("VerifyRectification"), by=person).then(
            NotIndependent, person=person, part="asker"
        )


def test_nobody_verifies_on_a_rectifier_s_behalf() -> None:
    given(*COMPLETED).when(example("VerifyRectification"), by="P-SAFETY", on_behalf_of="P-WORKER").then(
        NotIndependent, person="P-WORKER", part="rectifier"
    )


def test_a_rectifier_does_not_verify_on_another_s_behalf() -> None:
    given(*COMPLETED).when(example("VerifyRectification"), by="P-WORKER", on_behalf_of="P-SAFETY").then(
        NotIndependent, person="P-WORKER", part="rectifier"
    )


def test_who_rectified_before_a_reopening_may_verify_after_a_new_plan() -> None:
    history = [
        *REOPENED,
        happened("rectification-planned", opening=2),
        happened("rectification-completed", opening=2, rectified_by=("P-DEPUTY",)),
    ]
    given(*history).when(example("VerifyRectification"), by="P-WORKER").then(
        happened("rectification-verified", verified_by="P-WORKER", citation=None)
    )


def test_who_asked_for_time_before_a_reopening_may_verify_after_a_new_plan() -> None:
    history = [
        *PLANNED,
        happened("extension-asked", asked_by="P-WORKSHOP"),
        happened("extension-approved"),
        happened("rectification-completed"),
        happened("rectification-verified"),
        happened("hazard-closed"),
        happened("hazard-reopened"),
        happened("rectification-planned", opening=2),
        happened("rectification-completed", opening=2),
    ]
    given(*history).when(example("VerifyRectification"), by="P-WORKSHOP").then(
        happened("rectification-verified", verified_by="P-WORKSHOP", citation=None)
    )


# --- how many verify


def test_a_general_hazard_takes_one_verifier() -> None:
    given(*COMPLETED).with_house_rules().when(example("VerifyRectification")).then(
        happened("rectification-verified", count=1, needed=1)
    )


def test_a_major_hazard_takes_two_where_the_body_adopted_it() -> None:
    given(*COMPLETED_MAJOR).with_house_rules().when(example("VerifyRectification")).then(
        happened("rectification-verified", count=1, needed=2)
    )
    given(*HALF_VERIFIED).with_house_rules().when(example("VerifyRectification"), by="P-EXPERT").then(
        happened("rectification-verified", verified_by="P-EXPERT", count=2, needed=2)
    )


def test_after_one_of_two_the_hazard_cannot_be_closed() -> None:
    given(*HALF_VERIFIED).when(example("CloseHazard"), by="P-PRINCIPAL").then(OutOfTurn, step="completed")


@pytest.mark.rule("verification")
def test_nobody_verifies_twice_for_two() -> None:
    given(*HALF_VERIFIED).with_house_rules().when(example("VerifyRectification"), by="P-SAFETY").then(
        NotIndependent, person="P-SAFETY", part="verifier"
    )


def test_who_had_another_verify_is_no_second_verifier() -> None:
    """The first acceptance was given on the expert's behalf: the expert is behind it already."""
    first = (
        given(*COMPLETED_MAJOR)
        .with_house_rules()
        .when(example("VerifyRectification"), by="P-SAFETY", on_behalf_of="P-EXPERT")
    )
    assert first.only == happened("rectification-verified", needed=2, on_behalf_of="P-EXPERT")
    history = [*COMPLETED_MAJOR, first.only]
    given(*history).with_house_rules().when(example("VerifyRectification"), by="P-EXPERT").then(
        NotIndependent, person="P-EXPERT", part="verifier"
    )
    given(*history).with_house_rules().when(example("VerifyRectification"), by="P-PRINCIPAL").then(
        happened("rectification-verified", verified_by="P-PRINCIPAL", count=2, needed=2)
    )


def test_a_rejection_by_the_second_undoes_the_first_acceptance() -> None:
    history = [
        *HALF_VERIFIED,
        happened("rectification-rejected", rejected_by="P-EXPERT"),
        happened("rectification-completed", round=2),
    ]
    given(*history).with_house_rules().when(example("VerifyRectification"), by="P-SAFETY").then(
        happened("rectification-verified", count=1, needed=2)
    )


def test_without_an_adopted_rule_one_acceptance_is_enough_and_cites_nothing() -> None:
    given(*COMPLETED_MAJOR).when(example("VerifyRectification")).then(
        happened("rectification-verified", count=1, needed=1, citation=None)
    )

"""A control is proposed, reviewed by another, adopted, changed, ordered, withdrawn, and answered for by tier."""

from __future__ import annotations

from typing import Any

import pytest

from domain.control_assignment import AssignControl, AssignEntry, EndControlAssignment
from domain.control_review import AdoptControl, AdoptReviewedControl, ControlAdopted, ControlReviewed
from domain.control_state import Check, InForce
from domain.departments import DEPARTMENT, DepartmentRegistered
from domain.documents import DOCUMENT
from domain.labels import Thing
from domain.out_of_control import DeclareUncontrollable, RegainControl
from domain.policies import POLICIES
from domain.posts import POST, PostRegistered
from domain.records import Record
from domain.refused import (
    AlreadyHeld,
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    EndsBeforeItBegins,
    Incomplete,
    NotIndependent,
    OutOfTurn,
    Retired,
    Unfit,
    UnknownPerson,
    UnknownThing,
)
from domain.risk_controls import CheckEntry, ControlProposed, OrderControls, UseEntry, WithdrawControl
from domain.risks import RISK
from domain.stops import StopForRisk
from tests.deciding.given import BODY, Given, at, example, folded, given, happened, on

C1, C2 = Thing("control", "C-01"), Thing("control", "C-02")
IDENTIFIED = on("2026-01-10", happened("risk-identified"))
ASSESSED = on("2026-01-12", happened("risk-assessed"))
PROPOSED = on("2026-01-12", happened("control-proposed"))
REVIEWED = on("2026-01-12", happened("control-reviewed"))
ADOPTED = on("2026-01-13", happened("control-adopted"))
CHANGED = on("2026-03-19T16:10+08:00", happened("control-changed"))
IN_FORCE = (IDENTIFIED, ASSESSED, PROPOSED, REVIEWED, ADOPTED)
LATER = "2026-03-20"


def second(**changes: Any) -> AdoptReviewedControl:
    """The second control of the example, by its minutes."""
    return example("AdoptReviewedControl", **changes)


def organised(asked: Given) -> Given:
    """The mine with a company, a workshop, a team and a post in the team."""
    tree = (
        ("D-KS", "company", None),
        ("D-TS", "workshop", "D-KS"),
        ("BZ-TS-1", "team", "D-TS"),
    )
    for code, kind, parent in tree:
        event = DepartmentRegistered(code, code, kind, parent, "2026-01-01")
        asked = asked.knowing(DEPARTMENT, BODY, code, holds=[event])
    post = PostRegistered("GW-TS", "提升机司机", "BZ-TS-1", True, False, "2026-01-01")
    return asked.knowing(POST, BODY, "GW-TS", holds=[post])


# --- proposing


@pytest.mark.clause("NJ-040", "NJ-041", "NJ-042", "NJ-043b", "NJ-044", "YT-23a")
def test_a_proposal_says_layer_aspect_means_order_what_it_builds_on_what_carries_it_and_how_it_is_checked() -> (
    None
):
    given(IDENTIFIED).when(example("ProposeControl"), by="P-TEAM", at="2026-01-12T16:00+08:00").then(
        happened("control-proposed")
    )


def test_a_code_is_used_once_also_after_the_control_was_withdrawn() -> None:
    gone = on("2026-01-20", happened("control-withdrawn", control="C-01", ended=()))
    for history in ((*IN_FORCE,), (*IN_FORCE, gone)):
        given(*history).when(example("ProposeControl", order=5, measure="another")).then(
            AlreadyRegistered, kind="control", code="C-01"
        )


@pytest.mark.clause("NJ-041")
def test_two_controls_of_a_risk_do_not_take_one_place_in_the_order() -> None:
    given(*IN_FORCE).when(example("ProposeControl", control="C-09", measure="another")).then(
        AlreadyRegistered, kind="order", code="1: C-01"
    )
    given(IDENTIFIED).when(example("ProposeControl", order=0)).then(Unfit, given=0, what="order")


@pytest.mark.clause("NJ-043b")
def test_a_measure_that_the_risk_has_already_is_not_proposed_again() -> None:
    given(*IN_FORCE).when(example("ProposeControl", control="C-09", order=2)).then(
        AlreadyRegistered, kind="measure", code="C-01"
    )


@pytest.mark.clause("NJ-042")
def test_a_proposal_without_any_means_is_refused() -> None:
    given(IDENTIFIED).when(example("ProposeControl", means=())).then(Incomplete, what=C1, missing=["means"])


@pytest.mark.clause("NJ-043b")
def test_a_document_on_which_a_control_builds_is_on_the_register() -> None:
    uses = (UseEntry("procedure", "提升机操作规程", "WJ-01"),)
    asked = given(IDENTIFIED)
    asked.when(example("ProposeControl", uses=uses)).then(UnknownThing, kind="document", code="WJ-01")
    asked.knowing(DOCUMENT, BODY, "WJ-01", holds=[happened("document-registered")]).when(
        example("ProposeControl", uses=uses)
    ).accepted()


def test_one_tier_checks_a_control_once_in_each_period() -> None:
    twice = (CheckEntry("post", "shift", "one"), CheckEntry("post", "shift", "other"))
    given(IDENTIFIED).when(example("ProposeControl", checks=twice)).then(AlreadySo, what="check")


# --- reviewing


@pytest.mark.clause("NJ-043")
def test_a_review_answers_three_questions_and_names_who_was_asked() -> None:
    given(IDENTIFIED, PROPOSED).when(
        example("ReviewControl"), by="P-WORKSHOP", at="2026-01-12T16:40+08:00"
    ).then(happened("control-reviewed"))


@pytest.mark.clause("NJ-043")
@pytest.mark.parametrize(("by", "on_behalf_of"), [("P-TEAM", None), ("P-WORKSHOP", "P-TEAM")])
def test_who_proposed_a_control_does_not_review_it(by: str, on_behalf_of: str | None) -> None:
    given(IDENTIFIED, PROPOSED).when(example("ReviewControl"), by=by, on_behalf_of=on_behalf_of).then(
        NotIndependent, person="P-TEAM", part="proposer", what=C1, command="ReviewControl"
    )


@pytest.mark.clause("NJ-043")
def test_a_review_for_which_nobody_else_was_asked_is_refused() -> None:
    for consulted in ((), ("P-TEAM",), ("P-TEAM", "P-WORKSHOP")):
        given(IDENTIFIED, PROPOSED).when(example("ReviewControl", consulted=consulted), by="P-WORKSHOP").then(
            Incomplete, what=C1, missing=["consulted"]
        )
    given(IDENTIFIED, PROPOSED).when(example("ReviewControl", consulted=("P-GHOST",)), by="P-WORKSHOP").then(
        UnknownPerson, person="P-GHOST"
    )


def test_a_version_is_reviewed_once_and_only_while_it_waits() -> None:
    for history, step in (
        ((IDENTIFIED, PROPOSED, REVIEWED), "reviewed"),
        (IN_FORCE, "adopted"),
    ):
        given(*history).when(example("ReviewControl"), by="P-WORKSHOP").then(
            OutOfTurn, what=C1, step=step, needs=["proposed"]
        )


def test_consulted_departments_and_posts_stand_on_the_day() -> None:
    asked = organised(given(IDENTIFIED, PROPOSED))
    named = example("ReviewControl", departments=("D-TS",), posts=("GW-TS",))
    event: ControlReviewed = asked.when(named, by="P-WORKSHOP").only
    assert (event.departments, event.posts) == (("D-TS",), ("GW-TS",))
    asked.when(example("ReviewControl", departments=("D-NONE",)), by="P-WORKSHOP").then(
        UnknownThing, kind="department", code="D-NONE"
    )
    asked.when(example("ReviewControl", posts=("GW-NONE",)), by="P-WORKSHOP").then(
        UnknownThing, kind="post", code="GW-NONE"
    )


# --- adopting


@pytest.mark.clause("NJ-043")
def test_a_control_is_adopted_once_all_three_are_proven() -> None:
    given(IDENTIFIED, PROPOSED, REVIEWED).when(example("AdoptControl"), at="2026-01-13T09:00+08:00").then(
        happened("control-adopted")
    )


@pytest.mark.clause("NJ-043")
def test_a_control_that_nobody_reviewed_is_not_adopted() -> None:
    given(IDENTIFIED, PROPOSED).when(example("AdoptControl")).then(
        OutOfTurn, what=C1, step="proposed", needs=["reviewed"]
    )


@pytest.mark.clause("NJ-043")
@pytest.mark.parametrize("question", ["compliance", "feasibility", "effect"])
def test_a_control_of_which_one_of_the_three_is_not_proven_is_not_adopted(question: str) -> None:
    failed = on("2026-01-12", happened("control-reviewed", **{question: "not_proven"}))
    given(IDENTIFIED, PROPOSED, failed).when(example("AdoptControl")).then(
        OutOfTurn, what=C1, step="review_failed", needs=["reviewed"]
    )


def test_a_control_is_adopted_once_and_not_before_it_was_proposed() -> None:
    given(*IN_FORCE).when(example("AdoptControl")).then(AlreadySo, what=C1)
    given(IDENTIFIED, PROPOSED, REVIEWED).when(example("AdoptControl"), at="2026-01-12T09:00+08:00").then(
        BeforePredecessor, what=C1, previous="2026-01-12T08:40:00.000000Z"
    )
    given(IDENTIFIED).when(AdoptControl(BODY, "R-0001", "C-77")).then(
        UnknownThing, kind="control", code="R-0001 C-77"
    )


@pytest.mark.clause("YT-23a")
def test_a_lower_layer_without_the_higher_ones_is_adopted_with_a_warning_in_the_record() -> None:
    def skipped(*history: Any, layer: str) -> tuple[str, ...]:
        decided = given(*history).when(second(layer=layer, assign=()))
        [adopted] = [one for one in decided.events if isinstance(one, ControlAdopted)]
        return adopted.skipped

    assert skipped(IDENTIFIED, layer="engineering") == ()
    assert skipped(IDENTIFIED, layer="management") == ("engineering",)
    assert skipped(IDENTIFIED, layer="protection") == ("engineering", "management")
    assert skipped(*IN_FORCE, layer="protection") == ("management",)


@pytest.mark.clause("NJ-043")
def test_minutes_of_a_review_come_as_one_command_with_every_record_of_their_own() -> None:
    decided = given(*IN_FORCE).when(second(), at="2026-03-19T16:00+08:00")
    assert [one.KIND for one in decided.events] == [
        "control-proposed.1",
        "control-reviewed.1",
        "control-adopted.1",
        "control-assigned.1",
    ]
    proposed, reviewed = decided.events[:2]
    assert isinstance(proposed, ControlProposed)
    assert isinstance(reviewed, ControlReviewed)
    assert (proposed.proposed_by, reviewed.reviewed_by) == (("P-WORKSHOP",), ("P-SAFETY",))


@pytest.mark.clause("NJ-043")
def test_minutes_drop_no_refusal_of_the_long_way() -> None:
    asked = given(*IN_FORCE)
    asked.when(second(proposed_by="P-SAFETY")).then(NotIndependent, person="P-SAFETY", part="proposer")
    asked.when(second(proposed_by="P-GHOST")).then(UnknownPerson, person="P-GHOST")
    asked.when(second(consulted=("P-WORKSHOP",))).then(Incomplete, what=C2, missing=["consulted"])
    asked.when(second(order=1)).then(AlreadyRegistered, kind="order")
    asked.when(second(control="C-01")).then(AlreadyRegistered, kind="control")
    asked.when(second(means=())).then(Incomplete, what=C2, missing=["means"])
    asked.when(second(assign=(AssignEntry("team"),))).then(Incomplete, what=C2)
    asked.when(second(assign=(AssignEntry("team", person="P-GHOST"),))).then(UnknownPerson, person="P-GHOST")


# --- changing, ordering, withdrawing


def test_a_change_is_a_new_version_with_a_reason_and_the_old_one_stays_until_it_is_adopted() -> None:
    given(*IN_FORCE).when(example("ChangeControl"), by="P-TEAM", at="2026-03-19T16:10+08:00").then(
        happened("control-changed")
    )
    history = [one.event for one in (*IN_FORCE, CHANGED)]
    control = folded(RISK, history).controls.of("C-01")
    assert (control.version, control.adopted_version, control.step) == (2, 1, "proposed")
    given(*IN_FORCE, CHANGED).when(example("AdoptControl"), at=LATER).then(OutOfTurn, step="proposed")
    reviewed = on("2026-03-19T18:00+08:00", happened("control-reviewed", version=2))
    event = given(*IN_FORCE, CHANGED, reviewed).when(example("AdoptControl"), at=LATER).only
    assert (event.version, event.checks) == (2, happened("control-changed").checks)
    after = folded(RISK, [*history, reviewed.event, event]).controls.of("C-01")
    assert (after.adopted_version, after.step) == (2, "adopted")


def test_who_changed_a_control_does_not_review_the_change() -> None:
    changed = on("2026-03-19T16:10+08:00", happened("control-changed", proposed_by=("P-WORKSHOP",)))
    given(*IN_FORCE, changed).when(example("ReviewControl"), by="P-WORKSHOP", at=LATER).then(
        NotIndependent, person="P-WORKSHOP", part="proposer"
    )


def test_a_change_that_changes_nothing_is_refused() -> None:
    given(*IN_FORCE, CHANGED).when(example("ChangeControl"), at=LATER).then(AlreadySo, what=C1)


@pytest.mark.clause("NJ-041")
def test_the_order_is_said_anew_for_all_controls_at_once() -> None:
    two = given(*IN_FORCE).when(second(assign=()), at="2026-03-19T16:00+08:00").events
    history = (*IN_FORCE, *(on("2026-03-19T16:00+08:00", one) for one in two))
    asked = given(*history)
    asked.when(example("OrderControls"), at=LATER).then(happened("controls-ordered"))
    asked.when(OrderControls(BODY, "R-0001", ("C-01",)), at=LATER).then(Incomplete, missing=[C2])
    asked.when(OrderControls(BODY, "R-0001", ("C-01", "C-03")), at=LATER).then(UnknownThing, kind="control")
    asked.when(OrderControls(BODY, "R-0001", ("C-01", "C-01")), at=LATER).then(AlreadySo, what=C1)
    asked.when(OrderControls(BODY, "R-0001", ("C-01", "C-02")), at=LATER).then(AlreadySo)
    after = folded(RISK, [*(one.event for one in history), happened("controls-ordered")])
    assert [one.code for one in after.controls.in_force("2026-03-20")] == ["C-02", "C-01"]


def test_a_withdrawal_has_a_reason_and_ends_who_answered_for_the_control() -> None:
    assigned = on("2026-01-14", happened("control-assigned", assignment=1))
    event = (
        given(*IN_FORCE, assigned)
        .when(WithdrawControl(BODY, "R-0001", "C-01", "shaft closed"), at=LATER)
        .only
    )
    assert (event.version, event.ended, event.reason) == (1, (1,), "shaft closed")
    history = [one.event for one in (*IN_FORCE, assigned)]
    controls = folded(RISK, [*history, event]).controls
    assert controls.in_force("2026-03-20") == ()
    assert controls.tiers("C-01", "2026-03-20") == frozenset()
    given(*IN_FORCE, assigned, on(LATER, event)).when(example("ChangeControl"), at="2026-03-21").then(
        Retired, kind="control", code="R-0001 C-01"
    )


def test_with_the_risk_ends_who_answers_for_its_controls() -> None:
    assigned = on("2026-01-14", happened("control-assigned", assignment=1, since="2026-01-14"))
    events = given(*IN_FORCE, assigned).when(example("RetireRisk"), at=LATER).events
    assert [one.KIND for one in events] == ["risk-retired.1", "control-assignment-ended.1"]


# --- who answers for it


@pytest.mark.clause("NJ-045")
def test_a_control_is_answered_for_at_a_tier_by_department_post_or_person_from_a_day() -> None:
    event = given(*IN_FORCE).when(example("AssignControl"), at="2026-03-19T16:30+08:00").only
    assert event == happened("control-assigned", assignment=1)
    asked = organised(given(*IN_FORCE))
    post = asked.when(AssignControl(BODY, "R-0001", "C-01", "post", post="GW-TS"), at=LATER).only
    assert (post.department, post.post, post.person) == ("BZ-TS-1", "GW-TS", None)


@pytest.mark.clause("NJ-045")
def test_who_answers_fits_the_tier_and_is_there_on_the_day() -> None:
    asked = organised(given(*IN_FORCE))

    def assign(tier: Any, **who: Any) -> Any:
        return asked.when(AssignControl(BODY, "R-0001", "C-01", tier, **who), at=LATER)

    assign("workshop").then(Incomplete, what=C1, missing=["department", "post", "person"])
    assign("workshop", department="BZ-TS-1").then(Unfit, given="team", what="workshop")
    assign("team", department="D-NONE").then(UnknownThing, kind="department", code="D-NONE")
    assign("post", post="GW-TS", department="D-TS").then(Unfit, given="D-TS", allowed=["BZ-TS-1"])
    assign("team", person="P-GHOST").then(UnknownPerson, person="P-GHOST")
    assign("team", person="P-TEAM", since="2026-04-01", until="2026-04-01").then(EndsBeforeItBegins)
    assign("team", department="BZ-TS-1", person="P-TEAM").accepted()


def test_only_a_control_in_force_is_answered_for() -> None:
    given(IDENTIFIED, PROPOSED).when(example("AssignControl")).then(
        OutOfTurn, what=C1, step="proposed", needs=["adopted"]
    )


def test_one_takes_over_from_the_other_at_a_tier_unless_both_are_meant() -> None:
    before = on("2026-01-14", happened("control-assigned", assignment=1, person="P-TEAM", since="2026-01-14"))
    asked = given(*IN_FORCE, before)
    took = asked.when(example("AssignControl"), at="2026-03-19T16:30+08:00").only
    assert (took.assignment, took.replaces) == (2, (1,))
    beside = asked.when(example("AssignControl", alongside=True), at="2026-03-19T16:30+08:00").only
    assert beside.replaces == ()
    asked.when(example("AssignControl", person="P-TEAM"), at=LATER).then(AlreadySo, what=C1)
    asked.when(example("AssignControl", since="2026-01-13"), at=LATER).then(AlreadyHeld, person="P-TEAM")
    state = folded(RISK, [*(one.event for one in (*IN_FORCE, before)), took])
    assert [one.tenure.until for one in state.controls.assignments] == ["2026-03-20", None]


def test_an_assignment_ends_once_on_a_day_after_it_began() -> None:
    held = on("2026-01-14", happened("control-assigned", since="2026-01-14"))
    asked = given(*IN_FORCE, held)
    asked.when(example("EndControlAssignment"), at=LATER).then(happened("control-assignment-ended"))
    asked.when(EndControlAssignment(BODY, "R-0001", "C-01", 2, "2026-01-01"), at=LATER).then(
        EndsBeforeItBegins
    )
    asked.when(EndControlAssignment(BODY, "R-0001", "C-01", 9), at=LATER).then(
        UnknownThing, kind="assignment"
    )
    ended = on("2026-02-01", happened("control-assignment-ended"))
    given(*IN_FORCE, held, ended).when(example("EndControlAssignment"), at=LATER).then(AlreadySo)


def test_the_state_tells_a_checklist_what_is_in_force_by_whom_and_how_it_is_checked() -> None:
    held = happened("control-assigned", since="2026-01-14")
    controls = folded(RISK, [*(one.event for one in IN_FORCE), held]).controls
    check = Check("post", "shift", "空罐慢速碰动开关一次，应立即断电制动")
    wanted = InForce("C-01", 1, "增设独立于深度指示器的后备过卷开关", "engineering", ("team",), (check,))
    assert controls.in_force("2026-03-20") == (wanted,)
    assert controls.in_force("2026-01-13")[0].tiers == ()


# --- out of control


def reactions(event: Any, stream: str) -> list[Any]:
    what = (7, stream, 1, event.KIND, BODY, "P-WORKER", "os-local", at("2026-03-20"), at("2026-03-20"), "c")
    return [command for policy in POLICIES for _, command in policy.react(Record(*what, event))]


@pytest.mark.clause("YT-21b")
@pytest.mark.parametrize("level", [None, "low", "major"])
def test_a_risk_is_declared_uncontrollable_whatever_its_registered_level(level: str | None) -> None:
    history = (
        [IDENTIFIED]
        if level is None
        else [IDENTIFIED, on("2026-01-12", happened("risk-assessed", level=level))]
    )
    event = (
        given(*history)
        .when(example("DeclareUncontrollable"), by="P-WORKER", at="2026-03-20T07:10+08:00")
        .only
    )
    assert event == happened("risk-declared-uncontrollable", level=level)


@pytest.mark.clause("YT-21b")
def test_the_declaration_stops_the_unit_evacuates_it_and_closes_the_zone_in_one_step() -> None:
    declared = happened("risk-declared-uncontrollable")
    [stop] = reactions(declared, "risk/KS-01/R-0001")
    assert stop == example("StopForRisk")
    events = given().when(stop, by="policy", at="2026-03-20T07:10+08:00").events
    assert [one.KIND for one in events] == ["unit-stopped.1", "unit-evacuated.1", "zone-closed.1"]
    assert events[0] == happened(
        "unit-stopped",
        reason=declared.reason,
        level="general",
        declaration=1,
        stopped_at=declared.declared_at,
        stopped_by=("P-WORKER",),
    )


@pytest.mark.clause("YT-21b")
def test_who_declared_it_does_not_release_the_stop_and_another_person_s_release_restores_control() -> None:
    stop: StopForRisk = example("StopForRisk")
    stopped = [on("2026-03-20T07:10+08:00", one) for one in given().when(stop, by="policy").events]
    release = example("ReleaseStop", stop=None)
    given(*stopped).when(release, by="P-WORKER", at="2026-03-20T12:00+08:00").then(
        NotIndependent, person="P-WORKER", part="stopper"
    )
    released = given(*stopped).when(release, by="P-SAFETY", at="2026-03-20T12:00+08:00").only
    [regain] = regaining(released)
    assert regain == example("RegainControl")
    declared = on("2026-03-20", happened("risk-declared-uncontrollable"))
    given(IDENTIFIED, declared).when(regain, by="policy", at=LATER).then(happened("risk-control-regained"))
    assert given(IDENTIFIED).when(regain, by="policy", at=LATER).events == []


def test_the_release_of_a_stop_that_no_declaration_raised_says_nothing_of_a_risk() -> None:
    assert regaining(happened("stop-released")) == []


def regaining(released: Any) -> list[Any]:
    """What a release says of its risk; that work restarts is another policy's."""
    return [one for one in reactions(released, "stop/KS-01/U-TS") if isinstance(one, RegainControl)]


@pytest.mark.clause("YT-21b")
def test_a_risk_is_declared_again_only_after_it_was_under_control() -> None:
    declared = on("2026-03-20", happened("risk-declared-uncontrollable"))
    again: DeclareUncontrollable = example("DeclareUncontrollable")
    given(IDENTIFIED, declared).when(again, at="2026-03-21").then(AlreadySo, what=Thing("risk", "R-0001"))
    regained = on("2026-03-20T20:00+08:00", happened("risk-control-regained"))
    event = given(IDENTIFIED, declared, regained).when(again, at="2026-03-21").only
    assert event.declaration == 2
    old = RegainControl(BODY, "R-0001", 1, "safe", ("P-SAFETY",))
    assert (
        given(IDENTIFIED, declared, regained, on("2026-03-21", event)).when(old, at="2026-03-22").events == []
    )

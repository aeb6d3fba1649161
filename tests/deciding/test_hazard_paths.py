"""What goes on beside a hazard's loop, its short path, its other ends, and what holds a major one open."""

from __future__ import annotations

from typing import Any

import pytest

from domain import access
from domain.hazards import BESIDE, HAZARD
from domain.labels import Thing
from domain.language import Command, Event
from domain.people import PEOPLE as ROLL
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    Incomplete,
    NothingToDecide,
    NotIndependent,
    OutOfTurn,
    UnknownPerson,
    UnknownThing,
)
from domain.refused_hazards import (
    AlreadyProposed,
    JudgedMajor,
    NoSuchItem,
    NotFiled,
    NotItself,
    OnlyMajor,
    WithinWorkshop,
)
from domain.risks import RISK
from tests.deciding.given import BODY, MINE, Known, at, example, given, happened, on
from tests.deciding.test_hazards import (
    CLOSED,
    COMPLETED,
    COMPLETED_MAJOR,
    EVALUATED,
    EVALUATED_MAJOR,
    PLANNED,
    REGISTERED,
    THE_HAZARD,
    VERIFIED,
)

FOUND = [happened("hazard-found")]
FIXED = [*REGISTERED, happened("fixed-on-spot", rectified_by=("P-WORKER", "P-TEAM"))]
PROPOSED = [*REGISTERED, happened("not-hazard-proposed")]
LINKED = [*REGISTERED, happened("duplicate-linked", of="YH-0002", was="registered")]
FILED = [*EVALUATED_MAJOR, happened("major-hazard-filed", opening=1)]
VERIFIED_MAJOR = [
    *COMPLETED_MAJOR,
    happened("rectification-verified", count=1, needed=2),
    happened("rectification-verified", count=2, needed=2, verified_by="P-EXPERT"),
]
MAJOR = happened("hazard-judged", verdict="major", answers={"M88-UG-22": "yes"})
AT: dict[str, list[Event]] = {
    "found": FOUND,
    "registered": REGISTERED,
    "evaluated": EVALUATED,
    "planned": PLANNED,
    "completed": COMPLETED,
    "verified": VERIFIED,
    "fixed": FIXED,
    "closed": CLOSED,
    "dismissed": [*PROPOSED, happened("not-hazard-confirmed")],
    "duplicate": LINKED,
}


def one(name: str, /, **changes: object) -> Any:
    return example(name, hazard="YH-0001", **changes)


# --- in order


@pytest.mark.parametrize("step", AT)
@pytest.mark.parametrize("command", BESIDE, ids=lambda kind: kind.__name__)
def test_a_command_beside_the_loop_stands_at_its_steps_only(step: str, command: type[Command]) -> None:
    asked = given(*AT[step]).when(one(command.__name__), by="P-PRINCIPAL", at="2026-03-20")
    if step not in BESIDE[command]:
        asked.then(
            OutOfTurn, what=THE_HAZARD, step=step, command=command.__name__, needs=list(BESIDE[command])
        )
    else:
        assert type(asked.refused) is not OutOfTurn


@pytest.mark.parametrize("command", BESIDE, ids=lambda kind: kind.__name__)
def test_nothing_beside_the_loop_is_done_to_what_nobody_found(command: type[Command]) -> None:
    given().when(one(command.__name__)).then(UnknownThing, kind="hazard", code="YH-0001")


@pytest.mark.clause("NJ-065")
@pytest.mark.parametrize("name", ["SetInterimMeasure", "RecordProgress", "ReportHazard", "AnalyseCause"])
def test_what_goes_on_meanwhile_moves_nothing(name: str) -> None:
    event = given(*PLANNED).when(one(name), by="P-WORKSHOP").only
    before = after = HAZARD.initial
    for fact in PLANNED:
        before = after = HAZARD.evolve(before, fact)
    assert HAZARD.evolve(after, event) == before


def test_an_interim_measure_is_seen_to_by_somebody_the_body_knows() -> None:
    given(*PLANNED).when(one("SetInterimMeasure", responsible="P-GHOST")).then(
        UnknownPerson, person="P-GHOST"
    )


@pytest.mark.clause("NJ-071")
def test_a_cause_names_the_gap_in_the_system_and_each_correction() -> None:
    event = given(*CLOSED).when(one("AnalyseCause"), by="P-EXPERT").only
    assert event.system_gap == "维修验收只看结果，不要求查明原因"
    assert event.corrections == ("修订维修验收规程", "端子改用弹簧式并列入月检")


# --- finding


@pytest.mark.clause("NJ-065")
def test_whoever_is_on_the_roll_may_say_that_something_is_wrong_without_a_role() -> None:
    facts = Known(MINE, "P-ADMIN", None, at("2026-02-02"), "", "")
    assert access.authorise(facts, example("FindHazard"), BODY, at("2026-02-02"), "P-ELSE") is False


def test_somebody_the_roll_does_not_know_may_not() -> None:
    stranger = Known({**MINE, f"{ROLL.name}/{BODY}": ()}, "P-ADMIN", None, at("2026-02-02"), "", "")
    with pytest.raises(UnknownPerson):
        access.authorise(stranger, example("FindHazard"), BODY, at("2026-02-02"), "P-ELSE")


def test_a_registration_keeps_who_found_it_and_when() -> None:
    event = given(*FOUND).when(one("RegisterHazard"), at="2026-03-17").only
    assert (event.found_by, event.found_at) == ("P-DRILLER", "2026-03-16T01:00:00.000000Z")


def test_what_was_found_once_is_not_found_again_under_its_code() -> None:
    given(*FOUND).when(one("FindHazard"), at="2026-03-17").then(AlreadyRegistered, code="YH-0001")


@pytest.mark.clause("YT-05", "YT-29")
def test_a_hazard_names_the_control_that_failed_and_the_risk_knows_it() -> None:
    with_control = {"holds": [*MINE[f"risk/{BODY}/R-0001"], happened("control-adopted")]}
    event = (
        given()
        .knowing(RISK, BODY, "R-0001", **with_control)
        .when(one("RegisterHazard", source="control", control="C-01"))
        .only
    )
    assert (event.risk, event.control, event.source) == ("R-0001", "C-01", "control")


def test_a_control_that_the_risk_does_not_have_did_not_fail() -> None:
    given().when(one("RegisterHazard", control="C-09")).then(UnknownThing, kind="control", code="C-09")
    given().when(one("RegisterHazard", risk=None, control="C-01")).then(Incomplete, missing=["risk"])


# --- grades


def test_another_grade_says_what_it_was_and_why() -> None:
    given(*EVALUATED).when(one("RegradeHazard")).then(happened("hazard-regraded"))
    given(*EVALUATED_MAJOR).when(one("RegradeHazard")).then(AlreadySo)


def test_who_graded_it_major_does_not_lower_it() -> None:
    lower = one("RegradeHazard", grade="general", reason="重新核实")
    given(*EVALUATED_MAJOR).when(lower, by="P-SAFETY").then(NotIndependent, part="grader", person="P-SAFETY")
    given(*EVALUATED_MAJOR).when(lower, by="P-EXPERT").accepted()


def test_what_was_verified_as_general_and_is_major_after_all_waits_for_a_verifier_again() -> None:
    raised = given(*VERIFIED).when(one("RegradeHazard")).only
    assert raised.step == "completed"
    given(*VERIFIED, raised).when(example("CloseHazard"), by="P-PRINCIPAL").then(OutOfTurn, step="completed")


# --- verdicts


@pytest.mark.clause("NJ-068", "YT-42")
def test_a_verdict_stores_pack_edition_item_answers_and_who_gave_it() -> None:
    given(*EVALUATED).when(one("JudgeHazard"), by="P-EXPERT").then(happened("hazard-judged"))


@pytest.mark.clause("NJ-068", "YT-42")
def test_the_same_hazard_before_and_after_a_change_of_law_is_judged_under_different_editions() -> None:
    old = one("JudgeHazard", item="M98-UG-07", answers={"M98-UG-07": "yes"})
    new = one("JudgeHazard", item="M88-UG-07", answers={"M88-UG-07": "yes"})
    early = on("2022-08-01", happened("hazard-registered"))
    first = given(early).when(old, at="2022-08-31T23:59+08:00").only
    assert (first.edition, first.citation.number) == ("AJZG1-2017-98", "安监总管一〔2017〕98号")
    given(early).when(new, at="2022-08-31T23:59+08:00").then(NoSuchItem, edition="AJZG1-2017-98")
    second = given(early).when(new, at="2022-09-01T00:00+08:00").only
    assert (second.edition, second.citation.number) == ("KA-2022-88", "矿安〔2022〕88号")
    given(early).when(old, at="2022-09-01T00:00+08:00").then(NoSuchItem, edition="KA-2022-88")


def test_every_condition_of_an_item_is_answered_and_nothing_else() -> None:
    exits = {"too-few": "no", "spacing": "no", "no-ladder": "no", "level": "no", "blocked": "yes"}
    judged = given(*EVALUATED_MAJOR).when(one("JudgeHazard", item="M88-UG-01", answers=exits)).only
    assert judged.verdict == "major"
    missing = {key: said for key, said in exits.items() if key != "level"}
    given(*REGISTERED).when(one("JudgeHazard", item="M88-UG-01", answers=missing)).then(
        Incomplete, missing=["level"]
    )
    more = given(*REGISTERED).when(one("JudgeHazard", item="M88-UG-01", answers={**exits, "roof": "yes"}))
    assert more.refused is not None
    assert more.refused.values["given"] == "roof"


def test_a_verdict_that_says_major_raises_the_grade_with_it() -> None:
    yes = one("JudgeHazard", answers={"M88-UG-22": "yes"})
    judged, raised = given(*EVALUATED).when(yes, by="P-EXPERT").events
    assert (judged.verdict, raised.was, raised.grade) == ("major", "general", "major")
    assert raised.reason == "KA-2022-88 M88-UG-22"


def test_what_was_judged_major_is_neither_called_general_nor_fixed_on_the_spot_nor_dismissed() -> None:
    judged = [*REGISTERED, MAJOR]
    for command in (
        example("EvaluateHazard"),
        one("FixOnSpot"),
        one("ProposeNotHazard"),
    ):
        given(*judged).when(command).then(JudgedMajor, items=["KA-2022-88 M88-UG-22"])
    given(*judged, happened("hazard-evaluated", grade="major")).when(
        one("RegradeHazard", grade="general"), by="P-EXPERT"
    ).then(JudgedMajor)


def test_a_new_verdict_takes_the_old_one_s_place_also_under_a_newer_edition() -> None:
    again = happened("hazard-judged")
    given(*REGISTERED, MAJOR, again).when(example("EvaluateHazard")).accepted()
    older = happened("hazard-judged", verdict="major", edition="AJZG1-2017-98", item="M98-UG-22")
    given(*REGISTERED, older, again).when(example("EvaluateHazard")).accepted()
    elsewhere = happened("hazard-judged", item="M88-UG-07")
    given(*REGISTERED, MAJOR, elsewhere).when(example("EvaluateHazard")).then(JudgedMajor)


# --- filing


@pytest.mark.clause("NJ-067")
def test_a_major_hazard_is_filed_returned_filed_again_and_accepted() -> None:
    filed = given(*EVALUATED_MAJOR).when(one("FileMajorHazard")).only
    assert filed == happened("major-hazard-filed", opening=1)
    returned = one("AnswerFiling", verdict="returned", remark="未写明整改期间的应急措施")
    back = given(*FILED).when(returned, by="P-PRINCIPAL").only
    assert back == happened("filing-returned", opening=1)
    given(*FILED, back).when(one("FileMajorHazard")).accepted()
    given(*FILED).when(one("FileMajorHazard")).then(AlreadySo)
    given(*FILED).when(one("AnswerFiling"), by="P-PRINCIPAL").then(happened("filing-accepted", opening=1))


@pytest.mark.clause("NJ-067")
def test_who_filed_does_not_record_the_answer_and_an_acceptance_names_its_receipt() -> None:
    given(*FILED).when(one("AnswerFiling")).then(NotIndependent, person="P-SAFETY", part="filer")
    without = one("AnswerFiling", receipt="")
    given(*FILED).when(without, by="P-PRINCIPAL").then(Incomplete, missing=["receipt"])


def test_only_a_major_hazard_is_filed_and_only_a_filing_is_answered() -> None:
    given(*EVALUATED).when(one("FileMajorHazard")).then(OnlyMajor, what=THE_HAZARD)
    given(*EVALUATED_MAJOR).when(one("AnswerFiling")).then(NothingToDecide, part="filing")


@pytest.mark.clause("NJ-067")
@pytest.mark.parametrize(
    ("filing", "shown"),
    [
        ([], "not_filed"),
        (["major-hazard-filed"], "filed"),
        (["major-hazard-filed", "filing-returned"], "returned"),
    ],
)
def test_a_major_hazard_does_not_close_before_the_authority_accepted_its_filing(
    filing: list[str], shown: str
) -> None:
    history = [*VERIFIED_MAJOR, *(happened(kind) for kind in filing)]
    given(*history).when(example("CloseHazard"), by="P-PRINCIPAL").then(NotFiled, filing=shown)


def test_then_it_closes_and_a_new_opening_is_filed_anew() -> None:
    accepted = [*VERIFIED_MAJOR, happened("major-hazard-filed"), happened("filing-accepted")]
    closed = given(*accepted).when(example("CloseHazard"), by="P-PRINCIPAL").only
    again = [*accepted, closed, happened("hazard-reopened")]
    given(*again).when(one("FileMajorHazard"), at="2026-03-17").accepted()


# --- from outside the workshop


def test_the_adopted_house_rule_wants_a_major_hazard_verified_from_outside_the_workshop() -> None:
    verify = example("VerifyRectification")
    given(*COMPLETED_MAJOR).with_house_rules().when(verify, by="P-DEPUTY").then(
        WithinWorkshop, person="P-DEPUTY", rule="verification"
    )
    given(*COMPLETED).with_house_rules().when(verify, by="P-DEPUTY").accepted()
    given(*COMPLETED_MAJOR).when(verify, by="P-DEPUTY").accepted()


# --- fixed on the spot


def test_what_is_fixed_on_the_spot_is_closed_by_somebody_else() -> None:
    fixed = given(*REGISTERED).when(one("FixOnSpot"), by="P-WORKER").only
    assert fixed == happened("fixed-on-spot")
    given(*REGISTERED, fixed).when(one("ConfirmFix"), by="P-SAFETY").then(happened("fix-confirmed"))
    given(*REGISTERED, fixed, happened("fix-confirmed")).when(example("ReopenHazard")).accepted()


@pytest.mark.parametrize("person", ["P-WORKER", "P-TEAM"])
@pytest.mark.parametrize("verdict", ["accepted", "rejected"])
def test_who_fixed_it_or_said_so_may_not_confirm_it(person: str, verdict: str) -> None:
    given(*FIXED).when(one("ConfirmFix", verdict=verdict), by=person).then(
        NotIndependent, person=person, part="rectifier"
    )


def test_a_rejected_fix_goes_the_long_way() -> None:
    rejected = given(*FIXED).when(one("ConfirmFix", verdict="rejected", findings="锁扣推拉三次即脱")).only
    assert rejected == happened("fix-rejected")
    given(*FIXED, rejected).when(example("EvaluateHazard")).accepted()


def test_what_was_evaluated_already_takes_no_short_path() -> None:
    given(*EVALUATED).when(one("FixOnSpot")).then(OutOfTurn, step="evaluated")


# --- no hazard


def test_that_it_is_no_hazard_takes_two_persons() -> None:
    given(*PROPOSED).when(one("DecideNotHazard", verdict="confirmed"), by="P-WORKSHOP").then(
        NotIndependent, person="P-WORKSHOP", part="proposer"
    )
    given(*PROPOSED).when(one("DecideNotHazard", verdict="confirmed", remark="同意")).then(
        happened("not-hazard-confirmed")
    )
    given(*PROPOSED).when(one("DecideNotHazard")).then(happened("not-hazard-refused"))


def test_nor_may_who_let_another_propose_confirm_it() -> None:
    proposed = happened("not-hazard-proposed", on_behalf_of="P-PRINCIPAL")
    given(*REGISTERED, proposed).when(one("DecideNotHazard"), by="P-PRINCIPAL").then(
        NotIndependent, person="P-PRINCIPAL", part="proposer"
    )


def test_a_proposal_waits_for_its_decision_and_lapses_when_the_loop_goes_on() -> None:
    given(*PROPOSED).when(one("ProposeNotHazard")).then(AlreadyProposed, person="P-WORKSHOP")
    given(*REGISTERED).when(one("DecideNotHazard")).then(NothingToDecide, part="proposal")
    given(*PROPOSED, happened("hazard-evaluated")).when(one("DecideNotHazard")).then(
        NothingToDecide, part="proposal"
    )


def test_a_dismissed_hazard_can_be_opened_again_where_it_stood() -> None:
    event = given(*AT["dismissed"]).when(example("ReopenHazard")).only
    assert (event.opening, event.step) == (2, "registered")


# --- duplicates


def link(history: list[Event], of: str = "YH-0002", original: list[Event] | None = None) -> Any:
    holds = REGISTERED if original is None else original
    return given(*history).knowing(HAZARD, BODY, "YH-0002", holds=holds).when(one("LinkDuplicate", of=of))


def test_a_duplicate_is_linked_and_unlinked_to_where_it_stood() -> None:
    linked = link(EVALUATED).only
    assert linked == happened("duplicate-linked", of="YH-0002", was="evaluated")
    given(*EVALUATED, linked).when(one("UnlinkDuplicate")).then(
        happened("duplicate-unlinked", step="evaluated")
    )


def test_it_is_linked_to_another_open_hazard_that_weighs_as_much() -> None:
    link(REGISTERED, of="YH-0001").then(NotItself, why="is_itself")
    link(REGISTERED, of="YH-NONE").then(UnknownThing, code="YH-NONE")
    link(REGISTERED, original=CLOSED).then(OutOfTurn, what=Thing("hazard", "YH-0002"), step="closed")
    link(REGISTERED, original=LINKED).then(OutOfTurn, step="duplicate")
    link(EVALUATED_MAJOR, original=EVALUATED).then(NotItself, why="graded_lower")
    link(EVALUATED_MAJOR, original=EVALUATED_MAJOR).accepted()

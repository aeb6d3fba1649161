"""What people and the clock do to a duty: assigned, moved, done, sent back, waived; reminded, missed, up the line."""

from __future__ import annotations

from typing import Any

import pytest

from domain.duties import DUTY, DutyOverdue
from domain.duty_clock import EscalateDuty, RemindDuty
from domain.duty_state import Rung
from domain.labels import Lang
from domain.language import Event, day_after
from domain.people import PEOPLE as ROLL
from domain.people import PersonRegistered
from domain.refused import (
    AlreadyAsked,
    AlreadyRegistered,
    DeadlineInThePast,
    NothingToDecide,
    NotIndependent,
    NotLater,
    OutOfTurn,
    Unfit,
    UnknownPerson,
    UnknownThing,
)
from domain.refused_duties import AnsweredByReport, FollowsRecord, NotOwed
from domain.report_periods import KINDS as REPORTS
from domain.roles import ROLES, RoleGranted
from domain.rule_adoption import ADOPTED
from tests.deciding.given import BODY, PEOPLE, Given, example, folded, given, happened

CODE = "YL-2026-01"
RAISED = happened("duty-raised")
ASSIGNED = happened("duty-assigned")
ASKED = [ASSIGNED, happened("duty-extension-asked")]
APPROVED = [*ASKED, happened("duty-extension-approved")]
DONE = [*APPROVED, happened("duty-fulfilled")]
OVERDUE = [RAISED, happened("duty-extended"), happened("duty-fell-due"), happened("duty-overdue")]
TEAM = [
    RoleGranted("P-TEAM", "team_lead", "2026-01-05", None),
    RoleGranted("P-DEPUTY", "team_lead", "2026-01-05", "2026-02-01"),
]
HOUSE = [
    happened("rule-pack-adopted", pack="house-duties-2026", members=("duty-escalation house-duties-2026",))
]
DAY = "2026-02-02"


def staffed(*events: Event) -> Given:
    """P-TEAM leads the team; P-DEPUTY did until the end of January."""
    return given(*events).knowing(ROLES, BODY, holds=TEAM)


# --- assigned by a person


def test_a_person_assigns_a_duty_to_a_role_with_its_day_and_reason() -> None:
    given().when(example("AssignDuty")).then(ASSIGNED)


def test_without_a_subject_it_is_about_the_body_itself() -> None:
    assert given().when(example("AssignDuty", subject=None, subject_kind="body")).only.subject == BODY


@pytest.mark.parametrize(
    ("changes", "refusal", "values"),
    [
        ({"due": "2026-02-01"}, DeadlineInThePast, {"due": "2026-02-01", "day": DAY}),
        ({"owed_by": "P-GHOST", "owed_as": "person"}, UnknownPerson, {"person": "P-GHOST"}),
        ({"owed_by": "P-TEAM", "owed_as": "role"}, Unfit, {"given": "P-TEAM", "what": "role"}),
        ({"body": "NO-SUCH"}, UnknownThing, {"kind": "body"}),
    ],
)
def test_it_is_refused_for_a_day_that_passed_for_nobody_and_for_what_is_no_role(
    changes: dict[str, Any], refusal: type[Any], values: dict[str, Any]
) -> None:
    given().when(example("AssignDuty", **changes)).then(refusal, **values)


def test_a_code_is_given_once_whoever_raises_it() -> None:
    given(RAISED).when(example("AssignDuty")).then(AlreadyRegistered, kind="duty", code=CODE)


# --- moved


def test_who_owes_it_asks_and_another_approves_and_both_days_are_kept() -> None:
    staffed(ASSIGNED).when(example("AskDutyExtension"), by="P-TEAM").then(happened("duty-extension-asked"))
    staffed(*ASKED).when(example("DecideDutyExtension"), by="P-PRINCIPAL").then(
        happened("duty-extension-approved")
    )


def test_a_refused_extension_leaves_the_day_and_another_may_be_asked() -> None:
    refused = happened("duty-extension-refused", remark="")
    command = example("DecideDutyExtension", verdict="refused", remark="")
    staffed(*ASKED).when(command, by="P-PRINCIPAL").then(refused)
    state = folded(DUTY, [*ASKED, refused])
    assert (state.due, state.asked_due) == ("2026-04-15", "")
    staffed(*ASKED, refused).when(example("AskDutyExtension"), by="P-TEAM").accepted()


@pytest.mark.parametrize("due", ["2026-04-15", "2026-04-14"])
def test_an_extension_must_be_later(due: str) -> None:
    given(ASSIGNED).when(example("AskDutyExtension", due=due)).then(NotLater, due="2026-04-15")


def test_one_request_waits_at_a_time_and_without_one_nothing_is_decided() -> None:
    given(*ASKED).when(example("AskDutyExtension", due="2026-06-01")).then(AlreadyAsked, person="P-TEAM")
    given(ASSIGNED).when(example("DecideDutyExtension")).then(NothingToDecide, part="extension")


def test_who_asked_does_not_approve_in_person_or_through_another() -> None:
    command = example("DecideDutyExtension")
    by_safety = [ASSIGNED, happened("duty-extension-asked", asked_by="P-SAFETY", on_behalf_of="P-WORKER")]
    for person in ("P-SAFETY", "P-WORKER"):
        staffed(*by_safety).when(command, by=person).then(NotIndependent, part="asker", person=person)
    staffed(*by_safety).when(command, by="P-PRINCIPAL", on_behalf_of="P-WORKER").then(
        NotIndependent, part="asker"
    )


def test_who_owes_it_on_that_day_does_not_approve_whoever_asked() -> None:
    history = [ASSIGNED, happened("duty-extension-asked", asked_by="P-WORKER")]
    command = example("DecideDutyExtension")
    staffed(*history).when(command, by="P-TEAM").then(NotIndependent, part="owing_person", person="P-TEAM")
    staffed(*history).when(command, by="P-DEPUTY").accepted()
    staffed(*history).when(command, by="P-DEPUTY", at="2026-01-31").then(NotIndependent)


def test_an_extension_after_the_day_says_first_that_it_had_passed_unless_the_clock_has() -> None:
    passed = [happened("duty-fell-due", due="2026-04-15"), DutyOverdue("2026-04-15")]
    command = example("DecideDutyExtension")
    found = staffed(*ASKED).when(command, by="P-PRINCIPAL", at="2026-04-18").events
    assert found == [*passed, happened("duty-extension-approved")]
    told = staffed(*ASKED, *passed).when(command, by="P-PRINCIPAL", at="2026-04-18").events
    assert told == [happened("duty-extension-approved")]
    in_time = staffed(*ASKED).when(command, by="P-PRINCIPAL", at="2026-04-15").events
    assert in_time == [happened("duty-extension-approved")]
    moved = given(RAISED).when(example("ExtendDuty"), at="2026-02-20").events
    assert [one.KIND for one in moved] == ["duty-fell-due.1", "duty-overdue.1", "duty-extended.1"]


def test_no_duty_moves_twice_by_one_request() -> None:
    assert folded(DUTY, APPROVED).due == "2026-04-30"
    given(*APPROVED).when(example("DecideDutyExtension")).then(NothingToDecide)


# --- done, by the word of who owes it


def test_who_holds_the_role_on_the_day_reports_it_done_and_is_named() -> None:
    staffed(*APPROVED).when(example("FulfilDuty"), by="P-TEAM", at="2026-03-31T15:00+08:00").then(
        happened("duty-fulfilled")
    )


def test_it_is_late_by_the_days_after_its_day() -> None:
    late = staffed(*APPROVED).when(example("FulfilDuty"), by="P-TEAM", at="2026-05-09").only
    assert (late.answered_on, late.days_late) == ("2026-05-09", 9)


def test_nobody_else_reports_it_done() -> None:
    command = example("FulfilDuty")
    staffed(*APPROVED).when(command, by="P-SAFETY").then(NotOwed, owed_by="team_lead", person="P-SAFETY")
    staffed(*APPROVED).when(command, by="P-DEPUTY").then(NotOwed)
    staffed(*APPROVED).when(command, by="P-DEPUTY", at="2026-01-31").accepted()
    staffed(*APPROVED).when(command, by="P-WORKER", on_behalf_of="P-TEAM").accepted()


def test_a_duty_of_a_person_stays_that_persons() -> None:
    mine = happened("duty-assigned", owed_by="P-WORKER", owed_as="person")
    given(mine).when(example("FulfilDuty"), by="P-TEAM").then(NotOwed, owed_by="P-WORKER")
    assert given(mine).when(example("FulfilDuty"), by="P-WORKER").only.owed_by == ("P-WORKER",)


@pytest.mark.clause("YT-16a")
@pytest.mark.clause("YT-16b")
@pytest.mark.clause("YT-16c")
@pytest.mark.parametrize("kind", REPORTS)
def test_what_a_report_answers_is_not_answered_by_a_word(kind: str) -> None:
    owed = happened("duty-raised", rule=kind, owed_by="P-TEAM", owed_as="person", follows_record=False)
    decided = given(owed).when(example("FulfilDuty"), by="P-TEAM")
    decided.then(AnsweredByReport, kind=kind)
    assert decided.refused is not None
    languages: tuple[Lang, ...] = ("zh", "en")
    for lang in languages:
        told = decided.refused.because(lang)
        assert f"report compile --kind {kind}" in told and "report submit" in told and "duty waive" in told


def test_a_report_on_another_paper_is_told_by_somebody_who_does_not_owe_it() -> None:
    mine = {"owed_by": "P-TEAM", "owed_as": "person", "follows_record": False}
    owed = happened("duty-raised", rule="major-risk-report", **mine)
    given(owed).when(example("WaiveDuty"), by="P-TEAM").then(NotIndependent)
    waived = given(owed).when(example("WaiveDuty"), by="P-PRINCIPAL", at="2026-03-31").only
    assert waived.waived_by == "P-PRINCIPAL"


def test_another_person_sends_the_answer_back_and_it_is_owed_by_the_same_day() -> None:
    rejected = happened("duty-answer-rejected")
    staffed(*DONE).when(example("RejectDutyAnswer")).then(rejected)
    state = folded(DUTY, [*DONE, rejected])
    assert (state.step, state.due) == ("open", "2026-04-30")
    for person in ("P-TEAM",):
        staffed(*DONE).when(example("RejectDutyAnswer"), by=person).then(NotIndependent, part="answerer")
    staffed(*APPROVED).when(example("RejectDutyAnswer")).then(OutOfTurn, step="open")


# --- waived


def test_another_person_waives_it_with_a_reason_and_its_lateness() -> None:
    staffed(*APPROVED).when(example("WaiveDuty"), by="P-PRINCIPAL", at="2026-03-31").then(
        happened("duty-waived")
    )
    late = staffed(*APPROVED).when(example("WaiveDuty"), by="P-PRINCIPAL", at="2026-05-02").only
    assert late.days_late == 2


def test_who_owes_it_does_not_waive_it() -> None:
    staffed(*APPROVED).when(example("WaiveDuty"), by="P-TEAM").then(NotIndependent, part="owing_person")
    staffed(*APPROVED).when(example("WaiveDuty"), by="P-SAFETY", on_behalf_of="P-TEAM").then(NotIndependent)


@pytest.mark.parametrize("ended", ["duty-fulfilled", "duty-waived", "duty-superseded", "duty-answered"])
@pytest.mark.parametrize("command", ["AskDutyExtension", "FulfilDuty", "WaiveDuty"])
def test_what_has_ended_is_neither_moved_nor_done_nor_waived(command: str, ended: str) -> None:
    staffed(*APPROVED, happened(ended)).when(example(command), by="P-TEAM").then(OutOfTurn, needs=["open"])


@pytest.mark.parametrize(
    "command", ["AskDutyExtension", "DecideDutyExtension", "FulfilDuty", "RejectDutyAnswer", "WaiveDuty"]
)
def test_nothing_happens_to_a_duty_that_was_never_raised(command: str) -> None:
    given().when(example(command)).then(UnknownThing, kind="duty", code=CODE)


@pytest.mark.parametrize("command", ["AskDutyExtension", "DecideDutyExtension", "FulfilDuty", "WaiveDuty"])
def test_a_rectification_is_moved_and_ended_by_its_hazard_alone(command: str) -> None:
    given(RAISED).when(example(command), by="P-TEAM").then(FollowsRecord)
    given(RAISED, happened("duty-answered")).when(example("RejectDutyAnswer")).then(FollowsRecord)


def test_a_late_end_of_any_kind_does_not_spare_the_clock_from_saying_that_the_day_had_passed() -> None:
    for kind, days in (("duty-waived", 3), ("duty-fulfilled", 3), ("duty-superseded", 3)):
        history = [*APPROVED, happened(kind, due="2026-04-30", days_late=days)]
        said = given(*history).when(example("MarkDutyOverdue", duty=CODE, due="2026-04-30"), by="clock")
        assert [event.KIND for event in said.events] == ["duty-overdue.1"], kind


# --- ended by the machine

DROPPED = happened("duty-waived", waived_by="clock", due="2026-03-31", waived_on="2026-02-10")


def test_what_the_clock_dropped_is_owed_again_once() -> None:
    moved = [RAISED, happened("duty-extended"), DROPPED]
    restored = happened("duty-restored", due="2026-03-10")
    given(*moved).when(example("RestoreDuty"), by="clock").then(restored)
    given(*moved, restored).when(example("RestoreDuty"), by="clock").then()
    given(*moved, restored).when(example("MarkDutyDue"), by="clock").then(happened("duty-fell-due"))


@pytest.mark.parametrize(
    "ended", ["duty-fulfilled", "duty-waived", "duty-superseded", "duty-answered", "duty-extended"]
)
def test_what_people_ended_is_not_owed_again_because_of_a_role(ended: str) -> None:
    given(RAISED, happened(ended)).when(example("RestoreDuty"), by="clock").then()


def test_what_was_dropped_owed_again_and_then_waived_by_a_person_stays_waived() -> None:
    history = [RAISED, DROPPED, happened("duty-restored"), happened("duty-waived")]
    given(*history).when(example("RestoreDuty"), by="clock").then()


def test_another_duty_takes_its_place_once() -> None:
    moved = [RAISED, happened("duty-extended")]
    given(*moved).when(example("SupersedeDuty"), at="2026-03-16").then(happened("duty-superseded"))
    given(*moved, happened("duty-superseded")).when(example("SupersedeDuty")).then()


def test_a_duty_whose_reason_ended_is_still_owed_and_says_that_it_is_the_last() -> None:
    monthly = happened("duty-raised", due="2026-03-31")
    ended = happened("duty-reason-ended")
    given(monthly).when(example("EndDutyReason"), by="clock").then(ended)
    given(monthly, ended).when(example("EndDutyReason"), by="clock").then()
    state = folded(DUTY, [monthly, ended])
    assert (state.step, state.last) == ("open", True)


# --- reminded


def test_each_reminder_is_said_once_and_only_for_its_own_days() -> None:
    def remind(on: str) -> RemindDuty:
        return RemindDuty(BODY, CODE, on)

    for days in (7, 1):
        on = day_after("2026-04-15", -days)
        given(ASSIGNED).when(remind(on), by="clock").then(happened("duty-reminded", on=on, due="2026-04-15"))
    given(ASSIGNED).when(remind("2026-04-10"), by="clock").then()
    last = happened("duty-reminded", on="2026-04-14", due="2026-04-15")
    given(ASSIGNED, last).when(remind("2026-04-08"), by="clock").then()
    given(ASSIGNED, last).when(remind("2026-04-14"), by="clock").then()
    given(*DONE).when(remind("2026-04-29"), by="clock").then()


def test_after_an_extension_the_new_day_is_called_to_mind() -> None:
    command = RemindDuty(BODY, CODE, "2026-04-23")
    given(*APPROVED, happened("duty-reminded", on="2026-04-08", due="2026-04-15")).when(command).then(
        happened("duty-reminded", on="2026-04-23", due="2026-04-30")
    )


def test_the_house_rule_on_reminders_holds_where_the_command_names_none() -> None:
    assert given().when(example("RaiseDuty", remind=(3,))).only.remind == (3,)
    assert given().when(example("RaiseDuty")).only.remind == ()
    assert given().knowing(ADOPTED, BODY, holds=HOUSE).when(example("RaiseDuty")).only.remind == (7, 1)


# --- its period closed


def test_a_period_that_closed_unanswered_is_missed_once_and_stays_so() -> None:
    monthly = happened("duty-raised", closes="2026-03-31")
    missed = happened("duty-missed", due="2026-02-19")
    command = example("MarkDutyMissed")
    given(monthly).when(command, by="clock").then(missed)
    given(monthly, missed).when(command, by="clock").then()
    late = happened("duty-answered", due="2026-02-19", answered_on="2026-04-03", days_late=43)
    given(monthly, late).when(command, by="clock").then(missed)
    inside = happened("duty-answered", due="2026-02-19", answered_on="2026-03-30", days_late=39)
    given(monthly, inside).when(command, by="clock").then()
    assert folded(DUTY, [monthly, missed, late]).missed == "2026-03-31"


def test_a_day_moved_beyond_its_period_keeps_the_period_open_and_one_moved_after_it_does_not() -> None:
    monthly = happened("duty-raised", closes="2026-03-31", due="2026-03-31")
    asked = happened("duty-extension-asked", was="2026-03-31", due="2026-04-20")
    moved = happened("duty-extension-approved", was="2026-03-31", due="2026-04-20")
    command = example("MarkDutyMissed")
    given(monthly, asked, moved).when(command, by="clock", at="2026-04-01").then()
    missed = happened("duty-missed", due="2026-04-20")
    given(monthly, asked, moved).when(command, by="clock", at="2026-04-21").then(missed)
    inside = happened("duty-answered", due="2026-04-20", answered_on="2026-04-15", days_late=0)
    given(monthly, asked, moved, inside).when(command, by="clock", at="2026-04-21").then()

    approved = example("DecideDutyExtension", duty=CODE)
    own = happened("duty-raised", closes="2026-03-31", due="2026-03-31", follows_record=False)
    said = given(own, asked).when(approved, by="P-PRINCIPAL", at="2026-04-05").events
    assert [one.KIND for one in said] == [
        *("duty-fell-due.1", "duty-overdue.1", "duty-missed.1", "duty-extension-approved.1")
    ]


def test_a_duty_without_a_period_is_never_missed() -> None:
    given(RAISED).when(example("MarkDutyMissed"), by="clock").then()


@pytest.mark.rule("duty-escalation")
# --- up the line
def test_what_becomes_overdue_goes_up_the_line_above_whoever_owes_it_under_the_adopted_rule() -> None:
    history = OVERDUE[:-1]
    said = given(*history).knowing(ROLES, BODY, holds=TEAM).knowing(ADOPTED, BODY, holds=HOUSE)
    said.when(example("MarkDutyOverdue"), by="clock").then(happened("duty-overdue"))
    of_a_role = [happened("duty-assigned", due="2026-03-10"), happened("duty-fell-due")]
    found = (
        given(*of_a_role)
        .knowing(ADOPTED, BODY, holds=HOUSE)
        .when(example("MarkDutyOverdue"), by="clock")
        .only
    )
    assert found.line == (Rung("workshop_lead", 4), Rung("safety_officer", 6), Rung("principal", 8))


def test_who_holds_no_role_of_the_line_has_the_whole_line_above_and_the_head_of_the_body_none() -> None:
    history = OVERDUE[:-1]
    command = example("MarkDutyOverdue")
    roleless = given(*history).knowing(ROLES, BODY, holds=[]).knowing(ADOPTED, BODY, holds=HOUSE)
    assert len(roleless.when(command).only.line) == 5
    head = [RoleGranted("P-TEAM", "principal", "2026-01-05", None)]
    found = (
        given(*history)
        .knowing(ROLES, BODY, holds=head)
        .knowing(ADOPTED, BODY, holds=HOUSE)
        .when(command)
        .only
    )
    assert (found.line, found.citation) == ((), None)


def test_a_body_without_the_rule_has_no_line() -> None:
    found = given(*OVERDUE[:-1]).when(example("MarkDutyOverdue")).only
    assert (found.line, found.citation) == ((), None)


def test_each_rung_is_reached_once_in_order_and_names_who_held_the_role_that_day() -> None:
    leads = [
        RoleGranted("P-WORKSHOP", "workshop_lead", "2026-01-05", None),
        RoleGranted("P-DEPUTY", "workshop_lead", "2026-01-05", "2026-03-01"),
    ]
    known = given(*OVERDUE).knowing(ROLES, BODY, holds=leads)
    known.when(example("EscalateDuty"), by="clock").then(happened("duty-escalated"))
    known.when(example("EscalateDuty", rung=2), by="clock").then()
    first = given(*OVERDUE, happened("duty-escalated")).knowing(ROLES, BODY, holds=leads)
    first.when(example("EscalateDuty"), by="clock").then()
    second = first.when(EscalateDuty(BODY, CODE, 2, "2026-03-18"), by="clock").only
    assert (second.role, second.persons) == ("safety_officer", ())


def test_an_answer_or_an_extension_ends_the_way_up_the_line() -> None:
    given(*OVERDUE, happened("duty-answered", days_late=3)).when(example("EscalateDuty")).then()
    moved = happened("duty-extended", was="2026-03-10", due="2026-04-01")
    given(*OVERDUE, moved).when(example("EscalateDuty")).then()
    assert folded(DUTY, [*OVERDUE, happened("duty-escalated"), moved]).escalated == 0


def test_the_people_of_these_tests_are_on_the_roll() -> None:
    assert {"P-TEAM", "P-DEPUTY", "P-PRINCIPAL"} <= set(PEOPLE)
    assert PersonRegistered in ROLL.events

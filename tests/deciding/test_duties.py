"""A duty is owed by a day; that it fell due, became overdue or was answered late is said once and stays so."""

from __future__ import annotations

import pytest

from domain.duties import DUTY, DutyOverdue
from domain.examples import EVENT_EXAMPLES
from domain.language import Event
from domain.refused import AlreadyRegistered, UnknownThing
from tests.deciding.given import BODY, example, folded, given, happened

OPEN = [happened("duty-raised")]
EXTENDED = [*OPEN, happened("duty-extended")]
DUE = [*EXTENDED, happened("duty-fell-due")]
SAID_OVERDUE = happened("duty-overdue", line=(), citation=None)
OVERDUE = [*DUE, SAID_OVERDUE]
ANSWERED = [*EXTENDED, happened("duty-answered")]
RESUMED = [*ANSWERED, happened("duty-resumed")]
CODE = "rectification.YH-0001.1"


def test_a_duty_is_raised_with_subject_day_and_citation() -> None:
    given().when(example("RaiseDuty"), by="rectification-deadline").then(happened("duty-raised"))


def test_a_duty_is_raised_once() -> None:
    given(*OPEN).when(example("RaiseDuty")).then(AlreadyRegistered, kind="duty", code=CODE, body=BODY)


@pytest.mark.parametrize(
    "command", ["ExtendDuty", "AnswerDuty", "ResumeDuty", "MarkDutyDue", "MarkDutyOverdue"]
)
def test_nothing_happens_to_a_duty_that_was_never_raised(command: str) -> None:
    given().when(example(command)).then(UnknownThing, kind="duty", code=CODE)


# --- the day


def test_an_approved_extension_moves_the_day_and_keeps_the_old_one() -> None:
    given(*OPEN).when(example("ExtendDuty")).then(happened("duty-extended"))


@pytest.mark.parametrize("due", ["2026-02-19", "2026-02-18"])
def test_a_day_never_moves_forward_in_time_to_an_earlier_one(due: str) -> None:
    given(*OPEN).when(example("ExtendDuty", due=due)).then()


def test_the_day_of_an_answered_duty_does_not_move() -> None:
    given(*ANSWERED).when(example("ExtendDuty", due="2026-05-01")).then()


def test_a_duty_falls_due_once_for_each_day() -> None:
    given(*EXTENDED).when(example("MarkDutyDue"), by="clock").then(happened("duty-fell-due"))
    given(*DUE).when(example("MarkDutyDue"), by="clock").then()


def test_a_duty_becomes_overdue_once_for_each_day() -> None:
    given(*DUE).when(example("MarkDutyOverdue"), by="clock").then(SAID_OVERDUE)
    given(*OVERDUE).when(example("MarkDutyOverdue"), by="clock").then()


def test_a_clock_that_was_away_on_the_day_itself_still_says_that_it_passed() -> None:
    given(*EXTENDED).when(example("MarkDutyOverdue"), by="clock").then(SAID_OVERDUE)


def test_after_an_extension_the_new_day_falls_due_again() -> None:
    history = [*OVERDUE, happened("duty-extended", was="2026-03-10", due="2026-04-01")]
    for command, kind in (("MarkDutyDue", "duty-fell-due"), ("MarkDutyOverdue", "duty-overdue")):
        more = {"line": (), "citation": None} if kind == "duty-overdue" else {}
        given(*history).when(example(command, due="2026-04-01"), by="clock").then(
            happened(kind, due="2026-04-01", **more)
        )


@pytest.mark.parametrize("command", ["MarkDutyDue", "MarkDutyOverdue"])
def test_a_clock_that_speaks_of_a_day_since_moved_says_nothing(command: str) -> None:
    given(*EXTENDED).when(example(command, due="2026-02-19"), by="clock").then()


@pytest.mark.parametrize("command", ["MarkDutyDue", "MarkDutyOverdue", "AnswerDuty"])
def test_an_answered_duty_is_neither_due_nor_overdue_nor_answered_again(command: str) -> None:
    given(*ANSWERED).when(example(command)).then()


def test_an_overdue_is_never_withdrawn() -> None:
    after = [event for event in DUTY.events if event is not DutyOverdue]
    assert len(after) == 19
    for event in after:
        assert folded(DUTY, [*OVERDUE, EVENT_EXAMPLES[event.KIND]]).overdue == "2026-03-10", event.KIND


# --- the answer


@pytest.mark.parametrize(
    ("when", "day", "late"),
    [
        ("2026-03-05T17:00+08:00", "2026-03-05", 0),
        ("2026-03-10T23:59:59+08:00", "2026-03-10", 0),
        ("2026-03-11T00:00+08:00", "2026-03-11", 1),
        ("2026-03-10T16:30+00:00", "2026-03-11", 1),
        ("2026-04-10T08:00+08:00", "2026-04-10", 31),
    ],
)
@pytest.mark.parametrize("history", [EXTENDED, DUE, OVERDUE, RESUMED])
def test_an_answer_is_late_by_the_natural_days_after_the_due_day_in_china(
    history: list[Event], when: str, day: str, late: int
) -> None:
    given(*history).when(example("AnswerDuty"), at=when).then(
        happened("duty-answered", answered_on=day, days_late=late)
    )


def test_a_rejected_answer_leaves_the_duty_owed_by_the_same_day() -> None:
    given(*ANSWERED).when(example("ResumeDuty")).then(happened("duty-resumed", due="2026-03-10"))
    given(*RESUMED).when(example("MarkDutyOverdue"), by="clock").then(SAID_OVERDUE)


def test_a_duty_that_is_open_is_not_resumed() -> None:
    given(*OPEN).when(example("ResumeDuty")).then()
    given(*RESUMED).when(example("ResumeDuty")).then()


@pytest.mark.parametrize(("days_late", "said"), [(5, [SAID_OVERDUE]), (0, [])], ids=["late", "in time"])
def test_a_late_answer_does_not_spare_the_clock_from_saying_that_the_day_had_passed(
    days_late: int, said: list[Event]
) -> None:
    history = [*EXTENDED, happened("duty-answered", days_late=days_late)]
    given(*history).when(example("MarkDutyOverdue"), by="clock").then(*said)

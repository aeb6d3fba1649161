"""The machine writes down what happened to itself, each thing once."""

from __future__ import annotations

from tests.deciding.given import example, given, happened


def test_a_practice_file_is_opened_once() -> None:
    given().when(example("OpenPractice")).then(happened("practice-opened"))
    given(happened("practice-opened")).when(example("OpenPractice", note="again")).then()


def test_an_absence_of_the_clock_is_noted_once() -> None:
    given().when(example("NoteClockAbsence"), by="clock").then(happened("clock-was-away"))
    given(happened("clock-was-away")).when(example("NoteClockAbsence"), by="clock").then()


def test_an_absence_inside_one_already_noted_is_not_noted_again() -> None:
    inside = example("NoteClockAbsence", until="2026-02-16T18:00:00.000000Z")
    given(happened("clock-was-away")).when(inside, by="clock").then()


def test_the_next_absence_is_noted() -> None:
    since, until = "2026-02-18T00:00:00.000000Z", "2026-02-19T00:00:00.000000Z"
    given(happened("clock-was-away")).when(
        example("NoteClockAbsence", since=since, until=until), by="clock"
    ).then(happened("clock-was-away", since=since, until=until))


def test_a_disagreement_is_noted_once_for_the_moment_that_was_stamped() -> None:
    given().when(example("NoteClockDisagreement")).then(happened("clock-disagreed"))
    given(happened("clock-disagreed")).when(
        example("NoteClockDisagreement", read="2026-02-20T03:01:00.000000Z")
    ).then()
    given(happened("clock-disagreed")).when(
        example("NoteClockDisagreement", stamped="2026-02-20T04:00:00.000000Z")
    ).then(happened("clock-disagreed", stamped="2026-02-20T04:00:00.000000Z"))


def test_every_refused_command_of_a_policy_is_noted_for_a_person_to_look_at() -> None:
    given().when(example("NotePolicyRefusal")).then(happened("policy-refused"))
    given(happened("policy-refused")).when(example("NotePolicyRefusal")).then(happened("policy-refused"))


def test_what_is_noted_of_one_thing_leaves_the_others_alone() -> None:
    history = [happened("clock-was-away"), happened("clock-disagreed"), happened("policy-refused")]
    given(*history, happened("practice-opened")).when(example("NoteClockAbsence")).then()
    given(*history, happened("practice-opened")).when(example("NoteClockDisagreement")).then()
    given(happened("practice-opened"), *history).when(example("OpenPractice")).then()

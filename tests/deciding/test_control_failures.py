"""A control that failed again and again proposes a reassessment of its risk, where the body adopted the house rule."""

from __future__ import annotations

import pytest

from domain.control_failures import ControlFailed, control_failure
from domain.paper_signals import DismissSignal, SignalDismissed
from domain.records import Record
from domain.refused import AlreadySo
from tests.deciding.given import BODY, example, given, happened, on

FIRST = ControlFailed("C-01", "YH-0001", "2026-02-02", 1)


@pytest.mark.clause("NJ-071", "YT-05")
@pytest.mark.rule("repeated-failure")
def test_the_second_failure_within_a_year_proposes_it_and_cites_the_rule() -> None:
    failed = example("NoteControlFailure", hazard="YH-0002")
    given(FIRST).with_house_rules().when(failed, by="policy", at="2026-03-18").then(
        happened("control-failed"), happened("reassessment-proposed")
    )


def test_the_first_does_not_nor_one_of_another_control_nor_one_a_year_later() -> None:
    failed = example("NoteControlFailure", hazard="YH-0002")
    given().with_house_rules().when(failed, by="policy", at="2026-03-18").then(
        happened("control-failed", times=1)
    )
    given(FIRST).with_house_rules().when(
        example("NoteControlFailure", hazard="YH-0002", control="C-02"), by="policy", at="2026-03-18"
    ).then(happened("control-failed", control="C-02", times=1))
    given(FIRST).with_house_rules().when(failed, by="policy", at="2027-02-03").then(
        happened("control-failed", failed_on="2027-02-03")
    )


def test_what_counted_once_does_not_count_again() -> None:
    history = [FIRST, happened("control-failed"), happened("reassessment-proposed")]
    third = example("NoteControlFailure", hazard="YH-0003")
    given(*history).with_house_rules().when(third, by="policy", at="2026-04-01").then(
        happened("control-failed", hazard="YH-0003", failed_on="2026-04-01", times=3)
    )


def test_without_an_adopted_rule_failures_are_counted_and_nothing_is_proposed() -> None:
    failed = example("NoteControlFailure", hazard="YH-0002")
    given(FIRST).when(failed, by="policy", at="2026-03-18").then(happened("control-failed"))


def test_the_same_failure_is_noted_once() -> None:
    again = example("NoteControlFailure")
    noted = given(on("2026-02-02", FIRST)).when(again, by="policy", at="2026-02-02")
    assert (noted.events, noted.refused) == ([], None)


def test_only_a_hazard_that_names_a_control_is_a_failure_of_one() -> None:
    def registered(**changes: object) -> Record:
        event = happened("hazard-registered", **changes)
        stream = f"hazard/{BODY}/YH-0001"
        return Record(1, stream, 1, event.KIND, BODY, "P-1", "os-local", "", "", "x", event)

    assert control_failure(registered()) == []
    assert control_failure(registered(control="C-01", risk=None)) == []
    [(target, command)] = control_failure(registered(control="C-01"))
    assert (target, command) == ("YH-0001", example("NoteControlFailure"))


def test_a_sign_is_dismissed_once_with_a_reason() -> None:
    dismiss = DismissSignal(BODY, "minutes-YH-0001-1-1", "验收人当时就在现场，监控录像可证")
    given().when(dismiss).then(SignalDismissed("验收人当时就在现场，监控录像可证", "P-SAFETY"))
    given(happened("signal-dismissed")).when(dismiss).then(AlreadySo)

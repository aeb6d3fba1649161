"""A control that failed again and again proposes a reassessment of its risk, where the body adopted the house rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.control_failures import ControlFailed, control_failure
from domain.hazards import HAZARD
from domain.paper_signals import DismissSignal, SignalDismissed
from domain.records import Record
from domain.refused import AlreadySo, Incomplete, NotIndependent, UnknownThing
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


RECTIFIED = (happened("hazard-registered"), happened("rectification-completed"))
REASON = "监控录像显示验收人当时就在现场"
GONE = DismissSignal(BODY, "minutes-YH-0001-1-1", ("YH-0001",), REASON)


def test_a_sign_is_dismissed_once_with_a_reason() -> None:
    known = given().knowing(HAZARD, BODY, "YH-0001", holds=RECTIFIED)
    known.when(GONE, by="P-SAFETY").then(SignalDismissed(("YH-0001",), REASON, "P-SAFETY"))
    again = given(SignalDismissed(("YH-0001",), REASON, "P-SAFETY"))
    again.knowing(HAZARD, BODY, "YH-0001", holds=RECTIFIED).when(GONE, by="P-SAFETY").then(AlreadySo)


def test_who_rectified_or_accepted_in_any_opening_does_not_dismiss_the_sign() -> None:
    accepted = happened("rectification-verified", verified_by="P-SAFETY", on_behalf_of=None)
    later = (*RECTIFIED, accepted, happened("hazard-reopened"), happened("rectification-planned"))
    known = given().knowing(HAZARD, BODY, "YH-0001", holds=later)
    known.when(GONE, by="P-SAFETY").then(NotIndependent)
    known.when(GONE, by="P-PRINCIPAL").then(SignalDismissed(("YH-0001",), REASON, "P-PRINCIPAL"))


@pytest.mark.parametrize("code", ["nonsense", "minutes-YH-0002-1-1", "photo-older-YH-00019-1-1"])
def test_a_code_that_no_sign_of_the_hazard_can_have_is_refused(code: str) -> None:
    known = given().knowing(HAZARD, BODY, "YH-0001", holds=RECTIFIED)
    known.when(replace(GONE, signal=code), by="P-SAFETY").then(UnknownThing)


def test_a_hazard_that_is_unknown_or_never_rectified_has_no_sign_to_dismiss() -> None:
    given().when(GONE, by="P-SAFETY").then(UnknownThing)
    given().when(replace(GONE, hazards=()), by="P-SAFETY").then(Incomplete)
    registered = given().knowing(HAZARD, BODY, "YH-0001", holds=RECTIFIED[:1])
    registered.when(GONE, by="P-SAFETY").then(UnknownThing)

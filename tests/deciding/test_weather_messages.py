"""A warning is kept once for each source and identifier; it leaves a list of what is in force when the list says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.language import SHARED
from domain.refused import Unfit, UnknownThing
from domain.weather_messages import WEATHER_MESSAGE, WarningPart, message_code
from tests.deciding.given import example, given, happened

RECEIVED = happened("warning-received")
[PART] = RECEIVED.parts
LIST = "nmc"


def receive(**changes: Any) -> Any:
    return example("ReceiveWarning", **changes)


def part(**changes: Any) -> WarningPart:
    return replace(PART, **changes)


def listed(**changes: Any) -> Any:
    return receive(
        source=LIST, identifier=happened("warning-no-longer-listed").identifier, listed=True, **changes
    )


@pytest.mark.clause("YT-24")
def test_a_warning_is_received_as_it_was_said() -> None:
    given().when(receive()).then(RECEIVED)


def test_the_same_message_again_adds_nothing() -> None:
    given(RECEIVED).when(receive()).then()


def test_the_same_words_in_another_file_add_nothing() -> None:
    """An index embeds the alert that also came alone: other bytes, the same message."""
    given(RECEIVED).when(receive(sha256="aa" * 32, schema_valid=False)).then()


def test_an_end_that_we_assume_otherwise_by_now_is_no_other_content() -> None:
    later = part(expires="2026-03-30T18:05:40.000000Z")
    given(RECEIVED).when(receive(sha256="aa" * 32, parts=(later,))).then()


def test_other_content_under_the_same_identifier_is_noted_once_for_each_content() -> None:
    other = receive(sha256="6f" * 32, parts=(part(level="red"),))
    differed = given(RECEIVED).when(other).only
    assert differed == happened("warning-differed")
    given(RECEIVED, differed).when(other).then()
    given(RECEIVED, differed).when(receive()).then()
    given(RECEIVED, differed).when(replace(other, sha256="ab" * 32)).then()  # in another file
    third = given(RECEIVED, differed).when(receive(sha256="7a" * 32, message="update")).only
    assert (third.message, third.sha256) == ("update", "7a" * 32)


def test_a_reference_to_itself_is_dropped() -> None:
    said = receive(message="update", references=(RECEIVED.identifier, "before"))
    assert given().when(said).only.references == ("before",)


@pytest.mark.parametrize("area", ["3", "3201131111111", "32O113", "３２"])
def test_an_area_that_is_no_code_is_refused(area: str) -> None:
    given().when(receive(parts=(part(area=area),))).then(Unfit, given=area)


@pytest.mark.parametrize("area", ["", "32", "320113", "341823100"])
def test_an_area_is_a_code_without_the_zeros_that_fill_it_up_or_unknown(area: str) -> None:
    given().when(receive(parts=(part(area=area),))).accepted()


# --- a message that ends others without naming an area


def test_a_cancel_without_areas_ends_those_of_the_messages_it_names() -> None:
    cancel = receive(
        identifier="end", message="cancel", parts=(), references=(RECEIVED.identifier, "unknown")
    )
    before = given().knowing(
        WEATHER_MESSAGE, SHARED, message_code(RECEIVED.source, RECEIVED.identifier), holds=[RECEIVED]
    )
    decided = before.when(cancel)
    assert decided.only.parts == (part(lifts=True),)
    assert f"weather-message/*/{message_code(RECEIVED.source, 'unknown')}" in decided.looked_at


def test_a_cancel_that_names_its_areas_says_what_it_says() -> None:
    lifted = part(area="32", lifts=True)
    cancel = receive(identifier="end", message="cancel", parts=(lifted,), references=(RECEIVED.identifier,))
    before = given().knowing(
        WEATHER_MESSAGE, SHARED, message_code(RECEIVED.source, RECEIVED.identifier), holds=[RECEIVED]
    )
    assert given().when(cancel).only.parts == (lifted,)
    within = before.when(cancel).only
    assert (within.own, within.others) == ((lifted,), (part(lifts=True),))
    elsewhere = before.when(replace(cancel, parts=(part(area="44", lifts=True),))).only
    assert elsewhere.others == ()


def test_an_update_without_areas_ends_nothing() -> None:
    said = receive(identifier="next", message="update", parts=(), references=(RECEIVED.identifier,))
    assert given().when(said).only.parts == ()


# --- lists of what is in force


def test_what_no_longer_stands_in_its_list_is_noted_with_what_it_was_about() -> None:
    came = given().when(listed()).only
    given(came).when(example("NoteNoLongerListed")).then(happened("warning-no-longer-listed"))


def test_it_is_noted_once() -> None:
    came = given().when(listed()).only
    given(came, happened("warning-no-longer-listed")).when(example("NoteNoLongerListed")).then()


def test_a_message_of_no_list_is_not_missed_by_one() -> None:
    given(RECEIVED).when(example("NoteNoLongerListed")).then()


def test_what_never_came_cannot_be_missed() -> None:
    given().when(example("NoteNoLongerListed")).then(
        UnknownThing, code=happened("warning-no-longer-listed").identifier
    )


def test_what_stands_in_its_list_again_is_received_again() -> None:
    came = given().when(listed()).only
    gone = happened("warning-no-longer-listed")
    given(came, gone).when(listed()).then(came)
    given(came, gone, came).when(listed()).then()
    given(came, gone, came).when(example("NoteNoLongerListed")).then(gone)


def test_streams_of_two_sources_never_meet() -> None:
    assert message_code("a", "b") != message_code("b", "a") != message_code("a\nb", "")
    assert len(message_code("源", "编号 1")) == 32

"""A lane tells of every record once, tries each message until it arrives or dies, and keeps its id for ever."""

from __future__ import annotations

import datetime as dt

import pytest

from domain.deliveries import (
    ASKED_MOST,
    DELIVERY,
    ITEMS_MOST,
    JITTER,
    WAITS,
    ComposeMessage,
    DeliveryFailed,
    MessageComposed,
    MessageDead,
    MessageDelivered,
    MessageRequeued,
    NoteDelivery,
    NoteFailure,
    Open,
    RetryMessage,
    SendTestMessage,
    next_attempt,
)
from domain.language import as_datetime
from domain.refused import UnknownPerson, UnknownThing
from domain.refused_notices import DeliveredAlready, NotAChannel, StillWaiting
from tests.deciding.given import BODY, NOW, at, example, folded, given

LANE = (BODY, "P-SAFETY", "board")
SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def composed(number: int = 1, after: int = 0, positions: tuple[int, ...] = (3, 8)) -> MessageComposed:
    through = positions[-1] if positions else after
    return MessageComposed(f"msg_{number}", number, "P-SAFETY", "board", after, through, positions)


def failed(attempt: int = 1) -> DeliveryFailed:
    return DeliveryFailed("msg_1", 1, attempt, "unreachable", None, 0, "2026-02-02T00:01:00.000000Z")


def delivered(number: int = 1, attempt: int = 1) -> MessageDelivered:
    return MessageDelivered(f"msg_{number}", number, attempt, 204, SHA, 10)


def test_a_message_tells_of_the_records_after_the_one_before() -> None:
    decided = given(composed(), delivered()).when(ComposeMessage(*LANE, after=8, positions=(9, 12)))
    assert decided.refused is None
    (event,) = decided.events
    assert isinstance(event, MessageComposed)
    assert (event.number, event.after, event.through, event.positions) == (2, 8, 12, (9, 12))
    assert event.message.startswith("msg_")


@pytest.mark.parametrize(
    "command",
    [
        ComposeMessage(*LANE, after=0, positions=(9,)),  # another sender went on already
        ComposeMessage(*LANE, after=8, positions=(8, 9)),  # 8 was told of
        ComposeMessage(*LANE, after=8, positions=(10, 9)),
        ComposeMessage(*LANE, after=8, positions=()),
        ComposeMessage(*LANE, after=8, positions=tuple(range(9, 10 + ITEMS_MOST))),
    ],
)
def test_what_was_told_of_is_never_told_of_again(command: ComposeMessage) -> None:
    given(composed(), delivered()).when(command).then()


def test_no_message_is_made_while_one_is_still_tried() -> None:
    waiting = ComposeMessage(*LANE, after=8, positions=(9,))
    given(composed(), failed()).when(waiting).then()
    dead = given(composed(), failed(), MessageDead("msg_1", 1, 1, "unreachable")).when(waiting)
    assert [type(one) for one in dead.events] == [MessageComposed], "a dead one holds up nobody"


def test_two_lanes_and_two_moments_never_share_an_id() -> None:
    compose = ComposeMessage(*LANE, after=0, positions=(3,))
    other = ComposeMessage(BODY, "P-PRINCIPAL", "board", after=0, positions=(3,))
    told = [given().when(one, at=when).events[0] for one in (compose, other) for when in (NOW, "2026-02-03")]
    assert len({one.message for one in told if isinstance(one, MessageComposed)}) == 4


def test_a_failure_says_when_the_next_attempt_is() -> None:
    decided = given(composed()).when(NoteFailure(*LANE, 1, 1, "unreachable"))
    (event,) = decided.events
    assert isinstance(event, DeliveryFailed) and event.next_at is not None
    wait = (as_datetime(event.next_at) - as_datetime(at(NOW))).total_seconds()
    assert abs(wait - WAITS[0]) <= WAITS[0] * JITTER / 1000


def test_waits_grow_and_their_jitter_is_the_same_whenever_it_is_computed() -> None:
    waits = []
    for tries in range(len(WAITS)):
        one = Open(1, "msg_1", tries, tries)
        assert next_attempt(at(NOW), one, 0) == next_attempt(at(NOW), one, 0)
        waits.append((as_datetime(next_attempt(at(NOW), one, 0)) - as_datetime(at(NOW))).total_seconds())
    for wait, plain in zip(waits, WAITS, strict=True):
        assert abs(wait - plain) <= plain * JITTER / 1000
    others = {next_attempt(at(NOW), Open(1, f"msg_{one}"), 0) for one in range(50)}
    assert len(others) > 25, "many lanes do not knock at the same moment"
    assert sum(WAITS) > 14 * 86_400, "a receiver may be away for a week, and for another one"


def test_a_receiver_that_asks_to_wait_longer_is_waited_for() -> None:
    one = Open(1, "msg_1")
    assert next_attempt(at(NOW), one, 7200) == at("2026-02-02T10:00+08:00")
    assert next_attempt(at(NOW), one, 1) > at("2026-02-02T08:00:30+08:00"), "a shorter wish shortens nothing"
    far = as_datetime(next_attempt(at(NOW), one, 10**9)) - as_datetime(at(NOW))
    assert far == dt.timedelta(seconds=ASKED_MOST)


def test_a_message_dies_after_its_last_attempt_and_not_before() -> None:
    history = [composed(), *(failed(one) for one in range(1, len(WAITS)))]
    given(*history).when(NoteFailure(*LANE, 1, len(WAITS), "timeout")).events[0]
    last = given(*history, failed(len(WAITS))).when(NoteFailure(*LANE, 1, len(WAITS) + 1, "timeout"))
    assert [type(one) for one in last.events] == [DeliveryFailed, MessageDead]
    before = given(*history).when(NoteFailure(*LANE, 1, len(WAITS), "timeout"))
    assert [type(one) for one in before.events] == [DeliveryFailed]


def test_a_receiver_that_is_gone_for_good_is_not_asked_again() -> None:
    decided = given(composed()).when(NoteFailure(*LANE, 1, 1, "gone_for_good", status=410))
    assert [type(one) for one in decided.events] == [DeliveryFailed, MessageDead]
    assert isinstance(decided.events[0], DeliveryFailed) and decided.events[0].next_at is None


def test_the_same_attempt_fails_once() -> None:
    given(composed(), failed()).when(NoteFailure(*LANE, 1, 1, "timeout")).then()
    given(composed(), delivered()).when(NoteFailure(*LANE, 1, 1, "timeout")).then()


def test_a_receipt_counts_whoever_wrote_a_failure_meanwhile() -> None:
    given(composed(), failed()).when(NoteDelivery(*LANE, 1, 1, SHA, 10, 204)).then(delivered())
    given(composed(), delivered()).when(NoteDelivery(*LANE, 1, 2, SHA, 10, 204)).then()


def test_a_dead_message_is_tried_again_under_its_old_id_with_all_its_attempts() -> None:
    dead = [composed(), failed(), MessageDead("msg_1", 1, 1, "unreachable")]
    given(*dead).when(RetryMessage(*LANE, 1)).then(MessageRequeued("msg_1", 1, was_dead=True))
    again = folded(DELIVERY, [*dead, MessageRequeued("msg_1", 1, was_dead=True)])
    assert again.waiting and again.find(1) == Open(1, "msg_1", attempts=1, tries=0)
    given(*dead).when(NoteDelivery(*LANE, 1, 2, SHA, 10, 200)).then(
        MessageDelivered("msg_1", 1, 2, 200, SHA, 10)
    )


def test_what_arrived_or_never_was_is_not_tried_again() -> None:
    given(composed(), delivered()).when(RetryMessage(*LANE, 1)).then(
        DeliveredAlready, recipient="P-SAFETY", channel="board", number=1
    )
    for number in (0, 2):
        given(composed(), delivered()).when(RetryMessage(*LANE, number)).then(UnknownThing)


def test_a_test_message_tells_of_nothing_and_moves_nothing() -> None:
    decided = given(composed(), delivered()).when(SendTestMessage(*LANE))
    (event,) = decided.events
    assert isinstance(event, MessageComposed)
    assert (event.after, event.through, event.positions) == (8, 8, ())
    given(composed()).when(SendTestMessage(*LANE)).then(StillWaiting, number=1)
    given().when(SendTestMessage(BODY, "P-NOBODY", "board")).then(UnknownPerson, person="P-NOBODY")
    given().when(SendTestMessage(BODY, "P-SAFETY", "no.channel")).then(NotAChannel, channel="no.channel")


def test_the_example_of_a_failure_is_one() -> None:
    assert example("NoteFailure").why == "throttled"

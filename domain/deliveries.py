"""One lane is all that one person gets through one channel: messages in order, each tried until it arrives or dies.

A message names the records it tells of, beginning where the one before ended, so every record is told once. The next
message of a lane is made when the one before arrived: what comes while a receiver is down stands together in one.
Who sends records the outcome afterwards, so a crash between the two sends the same message, under the same id, again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Term
from domain.language import (
    SHARED,
    Code,
    Command,
    Event,
    Hash,
    Moment,
    PersonRef,
    Scope,
    as_datetime,
    but,
    moment,
)
from domain.people import need_person
from domain.refused import UnknownThing
from domain.refused_notices import DeliveredAlready, StillWaiting
from domain.rulebook import Rulebook
from domain.subscriptions import need_channel

Why = Literal[
    "unreachable",
    "timeout",
    "status",
    "throttled",
    "redirected",
    "forbidden_address",
    "cut",
    "disk",
    "gone_for_good",
]
"""Why a message did not arrive."""
NAMESPACE = uuid.UUID("e2a1c6b0-58d4-5f0e-9d51-64756c677561")
WAITS = (60, 300, 1800, 7200, 18_000, 36_000, *(86_400,) * 14)
"""Seconds until the next attempt after each failed one: a receiver may be away for two weeks."""
JITTER = 100
"""By how many thousandths at most each wait is lengthened or shortened, so that many lanes do not knock at once."""
ASKED_MOST = 7 * 86_400
"""The longest wait that a receiver may ask for (Retry-After), in seconds."""
ITEMS_MOST = 1000
"""Records that one message tells of at most."""


@dataclass(frozen=True)
class ComposeMessage(Command):
    """The outbox says: these records, all after ``after``, make the lane's next message."""

    body: Scope
    recipient: PersonRef
    channel: Code
    after: int
    positions: tuple[int, ...]


@dataclass(frozen=True)
class SendTestMessage(Command):
    """Send a message that tells of nothing, to see whether the channel reaches the person."""

    body: Scope
    recipient: PersonRef
    channel: Code


@dataclass(frozen=True)
class NoteDelivery(Command):
    """The sender says: the receiver took the message; ``sha256`` and ``size`` are those of the bytes sent."""

    body: Scope
    recipient: PersonRef
    channel: Code
    number: int
    attempt: int
    sha256: Hash
    size: int
    status: int | None = None


@dataclass(frozen=True)
class NoteFailure(Command):
    """The sender says: nobody confirmed the message; ``asked``: the seconds that the receiver wants us to wait."""

    body: Scope
    recipient: PersonRef
    channel: Code
    number: int
    attempt: int
    why: Why
    status: int | None = None
    asked: int = 0


@dataclass(frozen=True)
class RetryMessage(Command):
    """Try a message again at once, also one that is dead; under its old id, so that a receiver knows it."""

    body: Scope
    recipient: PersonRef
    channel: Code
    number: int


@dataclass(frozen=True)
class MessageComposed(Event):
    """``message`` is the id that stands on every attempt; ``through`` is the last record that the lane has told of.

    Without positions it is a test.
    """

    KIND = "message-composed.1"
    message: str
    number: int
    recipient: str
    channel: str
    after: int
    through: int
    positions: tuple[int, ...]


@dataclass(frozen=True)
class MessageDelivered(Event):
    """The receipt."""

    KIND = "message-delivered.1"
    message: str
    number: int
    attempt: int
    status: int | None
    sha256: str
    size: int


@dataclass(frozen=True)
class DeliveryFailed(Event):
    """``next_at``: when it is tried again; None when it is dead."""

    KIND = "delivery-failed.1"
    message: str
    number: int
    attempt: int
    why: str
    status: int | None
    asked: int
    next_at: str | None


@dataclass(frozen=True)
class MessageDead(Event):
    """Nobody tries any more until a person asks for it; nothing of it is lost."""

    KIND = "message-dead.1"
    message: str
    number: int
    attempts: int
    why: str


@dataclass(frozen=True)
class MessageRequeued(Event):
    KIND = "message-requeued.1"
    message: str
    number: int
    was_dead: bool


@dataclass(frozen=True)
class Open:
    """A message that has not arrived: attempts ever, and those since it was composed or asked for again."""

    number: int
    message: str
    attempts: int = 0
    tries: int = 0
    dead: bool = False


@dataclass(frozen=True)
class Lane:
    """``through``: the last record told of; ``number``: of the last message; ``open``: those that have not arrived."""

    through: int = 0
    number: int = 0
    open: tuple[Open, ...] = ()

    def find(self, number: int) -> Open | None:
        return next((one for one in self.open if one.number == number), None)

    @property
    def waiting(self) -> bool:
        """Whether a message is still being tried."""
        return any(not one.dead for one in self.open)


DeliveryEvent = MessageComposed | MessageDelivered | DeliveryFailed | MessageDead | MessageRequeued
DeliveryCommand = ComposeMessage | SendTestMessage | NoteDelivery | NoteFailure | RetryMessage


def evolve(state: Lane, event: DeliveryEvent) -> Lane:
    match event:
        case MessageComposed():
            new = Open(event.number, event.message)
            return but(state, through=event.through, number=event.number, open=(*state.open, new))
        case MessageDelivered():
            return but(state, open=tuple(one for one in state.open if one.number != event.number))
        case DeliveryFailed():
            return _changed(state, event.number, attempts=event.attempt, tried=True)
        case MessageDead():
            return _changed(state, event.number, dead=True)
        case MessageRequeued():
            return _changed(state, event.number, tries=0, dead=False)


def _changed(state: Lane, number: int, tried: bool = False, **changes: object) -> Lane:
    return but(
        state,
        open=tuple(
            but(one, **({"tries": one.tries + 1} if tried else {}), **changes)
            if one.number == number
            else one
            for one in state.open
        ),
    )


def decide(command: DeliveryCommand, state: Lane, facts: Facts, rules: Rulebook) -> list[Event]:
    """Answers ``[]`` to what another sender was first to say; refuses a person's wish for what arrived or never was."""
    match command:
        case ComposeMessage():
            return _composed(command, state, facts)
        case SendTestMessage():
            return [_test(command, state, facts)]
        case RetryMessage():
            return [_requeued(command, state)]
        case NoteDelivery() | NoteFailure():
            found = state.find(command.number)
            if found is None:
                return []
            if isinstance(command, NoteDelivery):
                return [
                    MessageDelivered(
                        found.message,
                        command.number,
                        command.attempt,
                        command.status,
                        command.sha256,
                        command.size,
                    )
                ]
            return _failed(command, found, facts) if command.attempt == found.attempts + 1 else []


def _composed(command: ComposeMessage, state: Lane, facts: Facts) -> list[Event]:
    need_channel(command.channel)
    positions = command.positions
    fits = positions == tuple(sorted(set(positions))) and 0 < len(positions) <= ITEMS_MOST
    if not fits or state.through != command.after or positions[0] <= command.after or state.waiting:
        return []
    return [_message(command, state, facts, command.after, positions[-1], positions)]


def _test(command: SendTestMessage, state: Lane, facts: Facts) -> MessageComposed:
    need_channel(command.channel)
    if command.body != SHARED:
        need_body(facts, command.body)
    need_person(facts, command.body, command.recipient)
    if state.waiting:
        raise StillWaiting(recipient=command.recipient, channel=command.channel, number=state.number)
    return _message(command, state, facts, state.through, state.through, ())


def _message(
    command: ComposeMessage | SendTestMessage,
    state: Lane,
    facts: Facts,
    after: int,
    through: int,
    positions: tuple[int, ...],
) -> MessageComposed:
    number = state.number + 1
    lane = lane_code(command.recipient, command.channel)
    told = f"{command.body}\n{lane}\n{number}\n{facts.at}"
    message = f"msg_{uuid.uuid5(NAMESPACE, told).hex}"
    return MessageComposed(message, number, command.recipient, command.channel, after, through, positions)


def _failed(command: NoteFailure, found: Open, facts: Facts) -> list[Event]:
    last = command.why == "gone_for_good" or found.tries >= len(WAITS)
    next_at = None if last else next_attempt(facts.at, found, command.asked)
    failed = DeliveryFailed(
        found.message,
        command.number,
        command.attempt,
        command.why,
        command.status,
        command.asked,
        next_at,
    )
    if not last:
        return [failed]
    return [failed, MessageDead(found.message, command.number, command.attempt, command.why)]


def _requeued(command: RetryMessage, state: Lane) -> MessageRequeued:
    found = state.find(command.number)
    if found is None:
        if 0 < command.number <= state.number:
            raise DeliveredAlready(
                recipient=command.recipient, channel=command.channel, number=command.number
            )
        lane = lane_code(command.recipient, command.channel)
        raise UnknownThing(kind=Term("told_message"), code=f"{lane}:{command.number}", body=command.body)
    return MessageRequeued(found.message, found.number, found.dead)


def next_attempt(at: Moment, found: Open, asked: int) -> Moment:
    """When the message is tried again: the wait of the schedule with its jitter, or what the receiver asked, if longer.

    The jitter follows from the message's id and the attempt, so deciding twice decides the same.
    """
    wait = WAITS[min(found.tries, len(WAITS) - 1)] * 1000
    digest = hashlib.sha256(f"{found.message}\n{found.attempts}".encode()).digest()
    shift = int.from_bytes(digest[:4], "big") % (2 * JITTER + 1) - JITTER
    thousandths = max(wait + wait * shift // 1000, min(max(asked, 0), ASKED_MOST) * 1000)
    return moment(as_datetime(at) + dt.timedelta(milliseconds=thousandths))


def lane_code(recipient: str, channel: str) -> str:
    """The lane's code in its body; a channel's name holds no dot, so two lanes never share one."""
    return f"{recipient}.{channel}"


DELIVERY: Decider[Lane] = Decider(
    name="delivery",
    initial=Lane(),
    evolve=evolve,
    decide=decide,
    events=(MessageComposed, MessageDelivered, DeliveryFailed, MessageDead, MessageRequeued),
    commands=(SendTestMessage, RetryMessage),
    machine=(ComposeMessage, NoteDelivery, NoteFailure),
    place=lambda command: (command.body, lane_code(command.recipient, command.channel)),
)

"""One pass over the outbox: what waits is made into messages, what is due is tried, and every outcome is recorded.

The order never changes: first the record that names the message, then the attempt, then the record of what came of
it. So a crash anywhere loses nothing; between attempt and receipt it costs a second copy under the same id.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from adapters.network import Resolve, resolved
from adapters.notify.files import append
from adapters.notify.settings import FileChannel, Settings, WebhookChannel, secrets_of
from adapters.notify.texts import encoded, payload
from adapters.notify.webhook import Attempt, post
from domain.deliveries import NAMESPACE, ComposeMessage, NoteDelivery, NoteFailure, Why
from domain.engine import Answer, Order
from domain.language import Command, Moment, as_datetime, day_of
from projections.outbox import OUTBOX
from projections.outbox_questions import due_messages, items_at, messages, pending, ready_lanes, told_to_wait

if TYPE_CHECKING:
    from adapters.app import App

Row = dict[str, Any]
FAILURES_MOST = 3
"""After so many attempts in a row that reached nobody, a channel is left alone until the next pass."""
REACHED_NOBODY: frozenset[Why] = frozenset({"unreachable", "timeout", "forbidden_address", "disk"})
HOUR = dt.timedelta(hours=1)
PASS_SECONDS = 60.0


@dataclass
class Pass:
    """``clock`` is the real one: it signs and it bounds the pass; when a message is due follows the journal's now."""

    app: App
    settings: Settings
    clock: Callable[[], Moment]
    seconds: float = PASS_SECONDS
    resolve: Resolve = resolved
    told: list[Row] = field(default_factory=list)
    _in_a_row: Counter[str] = field(default_factory=Counter)
    _left: set[str] = field(default_factory=set)
    _tried: set[tuple[str, int]] = field(default_factory=set)
    _secrets: dict[str, tuple[bytes, ...]] = field(default_factory=dict)

    def run(self) -> list[Row]:
        """Send until nothing more is due, or the time is over; returns what came of each message, in order.

        Raises ``BadField`` where a secret cannot be read, before anything is sent.
        """
        for name, channel in self.settings.channels.items():
            if isinstance(channel, WebhookChannel):
                self._secrets[name] = secrets_of(name, channel)
        end = as_datetime(self.clock()) + dt.timedelta(seconds=self.seconds)
        while self._compose() + self._send(end):
            if as_datetime(self.clock()) >= end:
                break
        return self.told

    # ------------------------------------------------------------------------------------------- composing

    def _compose(self) -> int:
        now = self.app.now()
        made = 0
        for lane in self._ask(ready_lanes):
            if lane["channel"] not in self.settings.channels:
                self._tell_once(lane, "no_settings")
            elif ripe(lane, now):
                key = (lane["body"], lane["recipient"], lane["channel"])
                positions = tuple(row["position"] for row in self._ask(pending, key, lane["through"]))
                command = ComposeMessage(*key, after=lane["through"], positions=positions)
                made += bool(self._order(command, "compose", *key, str(lane["through"])).records)
        return made

    def _tell_once(self, lane: Row, outcome: str) -> None:
        row = {name: lane[name] for name in ("body", "recipient", "channel")} | {"outcome": outcome}
        if all(any(one.get(name) != value for name, value in row.items()) for one in self.told):
            self.told.append(row | {"items": lane["pending"], "number": None, "position": None})

    # ------------------------------------------------------------------------------------------- sending

    def _send(self, end: dt.datetime) -> int:
        tried = 0
        now = self.app.now()
        held = self._ask(told_to_wait, now)
        for message in self._ask(due_messages, now):
            name = message["channel"]
            again = (message["message"], message["attempts"]) in self._tried
            if as_datetime(self.clock()) >= end or again:
                continue
            channel = self.settings.channels.get(name)
            if channel is None:
                self._note(message, "no_settings")
            elif name in held:
                self._note(message, "told_to_wait", next_at=held[name])
            elif name in self._left:
                self._note(message, "put_off")
            else:
                self._try(message, channel)
                tried += 1
            self._tried.add((message["message"], message["attempts"]))
        return tried

    def _try(self, message: Row, channel: FileChannel | WebhookChannel) -> None:
        key = (message["body"], message["recipient"], message["channel"])
        items = self._ask(items_at, key, message["positions"])
        content = payload(message, items, self.app.practice)
        attempt, sent = self._attempt(message, channel, content)
        number, which = message["number"], message["attempts"] + 1
        if attempt.why is None:
            digest = hashlib.sha256(sent).hexdigest()
            command: Command = NoteDelivery(*key, number, which, digest, len(sent), attempt.status)
            answer = self._order(command, "delivered", message["message"], str(which))
            self._in_a_row[message["channel"]] = 0
            self._note(message, "delivered", attempt, answer)
            return
        command = NoteFailure(*key, number, which, attempt.why, attempt.status, attempt.asked)
        answer = self._order(command, "failed", message["message"], str(which))
        [after] = self._ask(messages, *key, None, message["message"])
        self._note(message, after["step"], attempt, answer, next_at=after["next_at"])
        self._count(message["channel"], attempt.why)

    def _attempt(
        self, message: Row, channel: FileChannel | WebhookChannel, content: dict[str, Any]
    ) -> tuple[Attempt, bytes]:
        if isinstance(channel, FileChannel):
            try:
                return Attempt(), append(channel.folder, message["recipient"], message["message"], content)
            except OSError:
                return Attempt("disk"), b""
        sent = encoded(content)
        secrets = self._secrets[message["channel"]]
        read = lambda: as_datetime(self.clock())  # noqa: E731 - one expression, used once
        return post(channel, secrets, message["message"], sent, read, self.resolve), sent

    def _count(self, channel: str, why: Why) -> None:
        """Leave a channel alone that reaches nobody, and at once one that asked for it."""
        self._in_a_row[channel] = self._in_a_row[channel] + 1 if why in REACHED_NOBODY else 0
        if why == "throttled" or self._in_a_row[channel] >= FAILURES_MOST:
            self._left.add(channel)

    # ------------------------------------------------------------------------------------------- recording, asking

    def _order(self, command: Command, *told: str) -> Answer:
        """Give a command of the machine under an id that follows from what it is about."""
        order_id = str(uuid.uuid5(NAMESPACE, "\n".join(told)))
        return self.app.engine.submit(Order(command, "notify", order_id, b"", auth="clock"))

    def _ask(self, question: Callable[..., Any], *given: Any) -> Any:
        projector = self.app.projector
        projector.wait_for(self.app.journal.head().size, (OUTBOX.name,))
        with projector.reader(OUTBOX.name) as (connection, tables):
            return question(connection, tables, *given)

    def _note(
        self,
        message: Row,
        outcome: str,
        attempt: Attempt | None = None,
        answer: Answer | None = None,
        **more: Any,
    ) -> None:
        names = ("body", "recipient", "channel", "number", "message")
        self.told.append(
            {
                **{name: message[name] for name in names},
                "items": len(message["positions"]),
                "attempt": message["attempts"] + (attempt is not None),
                "outcome": outcome,
                "why": attempt.why if attempt else None,
                "status": attempt.status if attempt else None,
                "next_at": None,
                "position": answer.records[-1].position if answer and answer.records else None,
                **more,
            }
        )


def ripe(lane: Row, now: Moment) -> bool:
    """Whether the lane's next message may be made: at once, an hour after the last one, or on another day."""
    last = lane["composed_at"]
    if last is None or lane["pace"] == 0:
        return True
    if lane["pace"] == 1:
        return as_datetime(now) - as_datetime(last) >= HOUR
    return day_of(now) > day_of(last)

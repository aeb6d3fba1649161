"""A whole example of notices: whoever keeps safety hears of everything overdue once a day, and a test message is sent.

The outcomes of the message are told as the machine tells them.
"""

from __future__ import annotations

from domain.deliveries import (
    DeliveryFailed,
    MessageComposed,
    MessageDead,
    MessageDelivered,
    MessageRequeued,
)
from domain.language import Event
from domain.subscriptions import SubscriptionEnded, SubscriptionMade

__all__ = ["LISTENING", "NOTICES", "NOTICE_EVENTS", "NOTICE_MACHINE"]

Entry = tuple[str, str, str, dict[str, object]]

THE_SUBSCRIPTION = {"body": "KS-01", "subscription": "TZ-01"}
LANE: dict[str, object] = {"body": "KS-01", "recipient": "P-SAFETY", "channel": "board"}
MESSAGE = "msg_7d59ba4fff525abfa2ff374d64938eec"
SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

LISTENING: tuple[Entry, ...] = (
    (
        "Subscribe",
        "P-PRINCIPAL",
        "2026-03-31T10:40",
        {
            **THE_SUBSCRIPTION,
            "channel": "board",
            "role": "safety_officer",
            "topics": ["duty_raised", "duty_overdue", "decision"],
            "reach": "everything",
            "pace": "daily",
        },
    ),
)
"""Comes before there is anything to hear of."""
NOTICES: tuple[Entry, ...] = (
    ("SendTestMessage", "P-PRINCIPAL", "2026-03-31T18:10", {**LANE}),
    ("RetryMessage", "P-PRINCIPAL", "2026-03-31T18:20", {**LANE, "number": 1}),
    ("EndSubscription", "P-PRINCIPAL", "2026-03-31T18:30", {**THE_SUBSCRIPTION, "reason": "改用新通道"}),
)
NOTICE_MACHINE: dict[str, dict[str, object]] = {
    "ComposeMessage": {**LANE, "after": 0, "positions": [21, 34, 35]},
    "NoteFailure": {**LANE, "number": 1, "attempt": 1, "why": "throttled", "status": 429, "asked": 120},
    "NoteDelivery": {**LANE, "number": 1, "attempt": 2, "sha256": SHA256, "size": 2310, "status": 204},
}
NOTICE_EVENTS: tuple[Event, ...] = (
    SubscriptionMade(
        "board", None, "safety_officer", ("duty_raised", "duty_overdue", "decision"), "everything", "daily"
    ),
    SubscriptionEnded("改用新通道"),
    MessageComposed(MESSAGE, 1, "P-SAFETY", "board", 0, 0, ()),
    DeliveryFailed(MESSAGE, 1, 1, "throttled", 429, 120, "2026-03-31T10:12:00.000000Z"),
    MessageDead(MESSAGE, 1, 21, "unreachable"),
    MessageRequeued(MESSAGE, 1, False),
    MessageDelivered(MESSAGE, 1, 22, 204, SHA256, 2310),
)

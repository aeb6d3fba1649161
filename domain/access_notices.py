"""Which roles may give the commands about notices; a part of the access table."""

from __future__ import annotations

from domain import deliveries, subscriptions
from domain.language import Command

_KEEPERS = ("administrator", "principal", "safety_officer")

NOTICES: dict[type[Command], tuple[str, ...]] = {
    subscriptions.Subscribe: _KEEPERS,
    subscriptions.EndSubscription: _KEEPERS,
    deliveries.SendTestMessage: _KEEPERS,
    deliveries.RetryMessage: _KEEPERS,
}
"""Command -> roles that may give it."""

"""Who may give which command about notices, written out apart from the code."""

from __future__ import annotations

_KEEPS = "Subscribe EndSubscription SendTestMessage RetryMessage"

ALLOWED_NOTICES = {"administrator": _KEEPS, "principal": _KEEPS, "safety_officer": _KEEPS}
"""Role -> commands; the other roles give none of them."""

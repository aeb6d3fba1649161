"""Who may give which command about feeds, written out apart from the code."""

from __future__ import annotations

ALLOWED_WEATHER = {"administrator": "FollowFeed UnfollowFeed"}
"""Role -> commands."""

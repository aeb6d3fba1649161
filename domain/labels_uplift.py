"""What a person reads for the identifiers of episodes and uplifts; a part of the labels."""

from __future__ import annotations

UPLIFT: dict[str, tuple[str, str]] = {
    "weather-episode": ("天气过程", "episode of weather"),
    "weather-withdrawal": ("先到的解除", "end that came first"),
    "holiday-watch": ("节日值守", "watch over the holiday"),
    # how a level fell
    "lifted": ("解除", "lifted"),
    "expired": ("到期", "ran out"),
    "expired_assumed": ("按推定期限到期", "ran out by an assumed end"),
    "no_longer_listed": ("不再列入现行清单", "no longer in the list of what is in force"),
    "replaced": ("被后续信息取代", "a later message took its place"),
    "unknown": ("未知", "unknown"),
    # what became of an uplift
    "confirmed": ("确认", "confirmed"),
    "restored": ("恢复", "restored"),
    "unchanged": ("未变", "unchanged"),
}
"""Identifier -> Chinese, English."""

"""Which roles may say from where warnings are expected; a part of the access table.

Messages themselves come through the feeds, which are no persons: nobody gives them by hand.
"""

from __future__ import annotations

from domain import weather_feeds
from domain.language import Command

WEATHER: dict[type[Command], tuple[str, ...]] = {
    weather_feeds.FollowFeed: ("administrator",),
    weather_feeds.UnfollowFeed: ("administrator",),
}
"""Command -> roles that may give it, in what is shared."""

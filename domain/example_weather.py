"""A whole example of weather: a feed is followed, an orange rainstorm comes, and the feed falls silent."""

from __future__ import annotations

from dataclasses import replace

from domain.language import Event
from domain.weather_feeds import FeedFollowed, FeedReturned, FeedStale, FeedUnfollowed
from domain.weather_messages import WarningDiffered, WarningNoLongerListed, WarningPart, WarningReceived

__all__ = ["WEATHER", "WEATHER_EVENTS", "WEATHER_MACHINE"]

Entry = tuple[str, str, str, dict[str, object]]

THE_FEED, THE_LIST = "cma", "nmc"
ADDRESS = "https://severeweather.wmo.int/v2/cap-alerts/cn-cma-xx/rss.xml"
IDENTIFIER, LISTED = "32011341600000_20260330140512", "32011341600000_20260330150000"
HASH, OTHER_HASH = "5e" * 32, "6f" * 32
SENT = "2026-03-30T06:05:12.000000Z"
PART: dict[str, object] = {
    "area": "320113",
    "area_name": "栖霞区",
    "kind": "rainstorm",
    "level": "orange",
    "onset": "2026-03-30T06:05:40.000000Z",
    "expires": "2026-03-30T09:05:40.000000Z",
    "assumed": True,
    "lifts": False,
}
_ROW = WarningPart(
    "320113",
    "栖霞区",
    "rainstorm",
    "orange",
    "2026-03-30T06:05:40.000000Z",
    "2026-03-30T09:05:40.000000Z",
    assumed=True,
    lifts=False,
)
LAST = "2026-03-30T08:00:00.000000Z"

WEATHER: tuple[Entry, ...] = (
    (
        "FollowFeed",
        "P-ADMIN",
        "2026-03-30T09:00",
        {"feed": THE_FEED, "every": 10, "missed": 3, "form": "messages", "address": ADDRESS},
    ),
    ("UnfollowFeed", "P-ADMIN", "2026-03-31T18:30", {"feed": THE_FEED, "reason": "改由市气象台专线接入"}),
)
WEATHER_MACHINE: dict[str, dict[str, object]] = {
    "ReceiveWarning": {
        "source": THE_FEED,
        "identifier": IDENTIFIER,
        "sent": SENT,
        "message": "alert",
        "status": "actual",
        "sha256": HASH,
        "schema_valid": True,
        "parts": [PART],
    },
    "NoteNoLongerListed": {"source": THE_LIST, "identifier": LISTED},
    "MarkFeedStale": {"feed": THE_FEED, "last": LAST, "missed": 3},
    "MarkFeedReturned": {"feed": THE_FEED},
}
WEATHER_EVENTS: tuple[Event, ...] = (
    FeedFollowed(10, 3, "messages", ADDRESS),
    FeedUnfollowed("改由市气象台专线接入"),
    FeedStale(LAST, 3, 10),
    FeedReturned(LAST),
    WarningReceived(
        THE_FEED,
        IDENTIFIER,
        SENT,
        "alert",
        "actual",
        HASH,
        schema_valid=True,
        parts=(_ROW,),
        references=(),
        listed=False,
    ),
    WarningDiffered(
        THE_FEED,
        IDENTIFIER,
        SENT,
        "alert",
        "actual",
        OTHER_HASH,
        schema_valid=True,
        parts=(replace(_ROW, level="red"),),
        references=(),
        listed=False,
    ),
    WarningNoLongerListed(THE_LIST, LISTED, (_ROW,)),
)

"""Whether followed feeds are heard: what the clock says of one that stays silent, and what a person is shown of all."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from adapters.app import IDS, App
from domain.engine import Order
from domain.language import SHARED, Moment, stream_name
from domain.weather_feeds import FEED, Feed, MarkFeedStale, missed_polls, stale_from
from projections.weather_register import WEATHER_REGISTER, feed_list

Row = dict[str, Any]
CLOCK = "clock"


def feeds(app: App) -> list[Row]:
    """Every feed as the journal knows it now."""
    app.projector.wait_for(app.journal.head().size, [WEATHER_REGISTER.name])
    with app.projector.reader(WEATHER_REGISTER.name) as (connection, tables):
        return feed_list(connection, tables)


def last_heard(app: App, row: Row) -> Moment | None:
    """When a feed was read last; of one that never was, since when it has been expected.

    Where the memory of polls was lost, the records say when it last brought something or came back.
    """
    known = (
        app.beats.last_heard(row["feed"]),
        row["last_received_at"],
        row["returned_at"],
        row["followed_at"],
    )
    return max((one for one in known if one), default=None)


def note_stale(app: App, now: Moment) -> int:
    """Record of each followed feed that has become stale that it is; how many are new."""
    return sum(_noted(app, row, now) for row in feeds(app) if row["followed"])


def _noted(app: App, row: Row, now: Moment) -> bool:
    feed = row["feed"]
    state: Feed = app.engine.memory.folded(FEED, stream_name(FEED.name, SHARED, feed), fresh=False).state
    last = last_heard(app, row)
    if not state.followed or state.stale_since or last is None or now < stale_from(state, last):
        return False
    command = MarkFeedStale(feed, last, missed_polls(state, last, now))
    order = Order(
        command=command,
        by=CLOCK,
        id=str(uuid.uuid5(IDS, f"feed-stale {feed} {last}")),
        content=b"",
        at=stale_from(state, last),
        auth=CLOCK,
    )
    answer = app.submit(order)
    return bool(answer.records) and not answer.repeated


def status(app: App, now: Moment) -> list[Row]:
    """Every feed with when it was last heard, how many polls are missing since, and how it stands."""
    return [_told(app, row, now) for row in feeds(app)]


def _told(app: App, row: Row, now: Moment) -> Row:
    last = last_heard(app, row)
    missing: int | None = None
    standing = "not_followed"
    if row["followed"] and last is not None:
        state = Feed(True, row["every"], row["missed"])
        missing = missed_polls(state, last, now)
        standing = "stale" if row["stale_since"] or now >= stale_from(state, last) else "heard"
    return {
        "feed": row["feed"],
        "standing": standing,
        "last_poll": app.beats.last_heard(row["feed"]),
        "missed_polls": missing,
        "stale_after": row["missed"] if row["followed"] else None,
        "every": row["every"] if row["followed"] else None,
        "stale_since": row["stale_since"] or (last if standing == "stale" else None),
        "messages": row["messages"],
        "last_identifier": row["last_identifier"],
        "last_sent": row["last_sent"],
        "last_received_at": row["last_received_at"],
        "form": row["form"],
        "address": row["address"],
        "position": row["position"],
    }


def silent(rows: Iterable[Row]) -> list[Row]:
    """Those of which nobody may take the silence for good weather."""
    return [row for row in rows if row["standing"] == "stale"]

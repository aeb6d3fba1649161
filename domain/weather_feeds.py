"""A feed that warnings are expected from: followed from an act of a person on, stale when it stays silent too long.

A silent feed is never good weather: that it is stale stands on record, and so does its return.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Literal

from domain.decider import Decider, Facts
from domain.labels import Term
from domain.language import SHARED, Code, Command, Event, Limit, Moment, Words, as_datetime, but, moment
from domain.refused import AlreadySo, Unfit, UnknownThing
from domain.refused_feeds import AddressUnfit
from domain.rulebook import Rulebook

FeedForm = Literal["messages", "current_list"]
"""Whether a feed sends messages that end one another, or the list of what is in force now."""
Address = Annotated[str, Limit(1000, least=0)]
SECRETS = frozenset(
    {"key", "apikey", "api_key", "token", "access_token", "secret", "password", "sign", "appkey"}
)
"""Names under which addresses carry secrets; a record is for ever, so none of them may stand in one."""
_ADDRESS = re.compile(r"https://(?P<host>[^/?#\s\\]+)(?P<path>/[^?#\s]*)?(\?(?P<query>[^#\s]*))?")


@dataclass(frozen=True)
class FollowFeed(Command):
    """Expect a feed every so many minutes; it is stale after so many polls in a row brought nothing readable.

    ``address`` is where it is polled, empty where somebody else puts its files into a folder and hands them in.
    """

    feed: Code
    every: int
    missed: int = 3
    form: FeedForm = "messages"
    address: Address = ""


@dataclass(frozen=True)
class UnfollowFeed(Command):
    """No longer expect a feed, and why."""

    feed: Code
    reason: Words


@dataclass(frozen=True)
class MarkFeedStale(Command):
    """The clock says: since ``last`` this feed brought nothing readable, so many polls long."""

    feed: Code
    last: Moment
    missed: int


@dataclass(frozen=True)
class MarkFeedReturned(Command):
    """A feed says: a stale feed was read again."""

    feed: Code


@dataclass(frozen=True)
class FeedFollowed(Event):
    KIND = "feed-followed.1"
    every: int
    missed: int
    form: str
    address: str


@dataclass(frozen=True)
class FeedUnfollowed(Event):
    KIND = "feed-unfollowed.1"
    reason: str


@dataclass(frozen=True)
class FeedStale(Event):
    """``last`` is when it was read for the last time, or since when it has been expected."""

    KIND = "feed-stale.1"
    last: str
    missed: int
    every: int


@dataclass(frozen=True)
class FeedReturned(Event):
    """``silent_since`` is when it was read before that."""

    KIND = "feed-returned.1"
    silent_since: str


FeedCommand = FollowFeed | UnfollowFeed | MarkFeedStale | MarkFeedReturned
FeedEvent = FeedFollowed | FeedUnfollowed | FeedStale | FeedReturned


@dataclass(frozen=True)
class Feed:
    """``stale_since`` is empty while the feed is heard."""

    followed: bool = False
    every: int = 0
    missed: int = 0
    form: str = "messages"
    address: str = ""
    stale_since: Moment = ""


def evolve(state: Feed, event: FeedEvent) -> Feed:
    match event:
        case FeedFollowed():
            return Feed(True, event.every, event.missed, event.form, event.address)
        case FeedUnfollowed():
            return but(state, followed=False, stale_since="")
        case FeedStale():
            return but(state, stale_since=event.last)
        case FeedReturned():
            return but(state, stale_since="")


def decide(command: FeedCommand, state: Feed, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses an address that is not https or holds a secret, a period of nothing, and a feed that nobody follows.

    Answers ``[]`` to what the machine said already, and to what it says of a feed that is no longer followed.
    """
    match command:
        case FollowFeed():
            for given, what in ((command.every, "every"), (command.missed, "missed_polls")):
                if given < 1:
                    raise Unfit(given=given, what=Term(what), allowed=["> 0"])
            _need_address(command.address)
            told = FeedFollowed(command.every, command.missed, command.form, command.address)
            if state == evolve(Feed(), told):
                raise AlreadySo(what=command.feed)
            return [told]
        case UnfollowFeed():
            if not state.followed:
                raise UnknownThing(kind=Term("feed"), code=command.feed, body=SHARED)
            return [FeedUnfollowed(command.reason)]
        case MarkFeedStale():
            if not state.followed or state.stale_since:
                return []
            return [FeedStale(command.last, command.missed, state.every)]
        case MarkFeedReturned():
            return [FeedReturned(state.stale_since)] if state.stale_since else []


def stale_from(state: Feed, last: Moment) -> Moment:
    """The moment at which the feed is stale, if it was heard last then and not since."""
    return moment(as_datetime(last) + dt.timedelta(minutes=state.every * state.missed))


def missed_polls(state: Feed, last: Moment, now: Moment) -> int:
    """How many polls in a row are missing at that moment."""
    silent = as_datetime(now) - as_datetime(last)
    return max(0, int(silent / dt.timedelta(minutes=state.every)))


def _need_address(address: str) -> None:
    if not address:
        return
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise AddressUnfit(why=Term("address_not_https"))
    names = {one.partition("=")[0].lower() for one in (found["query"] or "").split("&")}
    if "@" in found["host"] or names & SECRETS:
        raise AddressUnfit(why=Term("address_with_secret"))


FEED: Decider[Feed] = Decider(
    name="feed",
    initial=Feed(),
    evolve=evolve,
    decide=decide,
    events=(FeedFollowed, FeedUnfollowed, FeedStale, FeedReturned),
    commands=(FollowFeed, UnfollowFeed),
    machine=(MarkFeedStale, MarkFeedReturned),
    place=lambda command: (SHARED, command.feed),
)

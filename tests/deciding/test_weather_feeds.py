"""A feed is followed by an act of a person; that it fell silent and came back is said once each."""

from __future__ import annotations

from typing import Any

import pytest

from domain.refused import AlreadySo, Unfit, UnknownThing
from domain.refused_feeds import AddressUnfit
from domain.weather_feeds import Feed, evolve, missed_polls, stale_from
from tests.deciding.given import at, example, given, happened

FOLLOWED, STALE = happened("feed-followed"), happened("feed-stale")


def follow(**changes: Any) -> Any:
    return example("FollowFeed", **changes)


def test_a_feed_is_followed() -> None:
    given().when(follow(), by="P-ADMIN").then(FOLLOWED)


def test_to_follow_it_as_before_changes_nothing_and_is_said() -> None:
    given(FOLLOWED).when(follow()).then(AlreadySo, what="cma")


def test_how_it_is_followed_may_change() -> None:
    given(FOLLOWED).when(follow(every=60)).then(happened("feed-followed", every=60))
    given(FOLLOWED, happened("feed-unfollowed")).when(follow()).then(FOLLOWED)


def test_a_feed_whose_files_somebody_else_brings_has_no_address() -> None:
    given().when(follow(address="")).accepted()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://example.org/a", "address_not_https"),
        ("file:///etc/passwd", "address_not_https"),
        ("https:///a", "address_not_https"),
        ("gopher://example.org", "address_not_https"),
        ("https://example.org/a b", "address_not_https"),
        ("https://example.org/#a", "address_not_https"),
        ("https://me:word@example.org/a", "address_with_secret"),
        ("https://me@example.org/a", "address_with_secret"),
        ("https://example.org/a?page=1&Key=1", "address_with_secret"),
        ("https://example.org/a?token=", "address_with_secret"),
    ],
)
def test_an_address_is_https_and_holds_no_secret(address: str, why: str) -> None:
    given().when(follow(address=address)).then(AddressUnfit, why=why)


def test_the_refusal_does_not_repeat_the_secret() -> None:
    refused = given().when(follow(address="https://me:word@example.org/a")).refused
    assert refused is not None
    assert "word@" not in refused.because("en")


def test_an_address_may_ask_for_a_page() -> None:
    given().when(follow(address="https://example.org/rest?pageNo=1&pageSize=500")).accepted()


@pytest.mark.parametrize("changes", [{"every": 0}, {"every": -5}, {"missed": 0}])
def test_it_is_expected_every_so_many_minutes_and_missed_at_least_once(changes: dict[str, int]) -> None:
    given().when(follow(**changes)).then(Unfit, given=next(iter(changes.values())))


def test_a_feed_that_nobody_follows_is_not_given_up() -> None:
    given().when(example("UnfollowFeed")).then(UnknownThing, code="cma")
    given(FOLLOWED).when(example("UnfollowFeed")).then(happened("feed-unfollowed"))
    given(FOLLOWED, happened("feed-unfollowed")).when(example("UnfollowFeed")).then(UnknownThing)


def test_silence_is_said_once_and_return_once() -> None:
    stale, back = example("MarkFeedStale"), example("MarkFeedReturned")
    given(FOLLOWED).when(stale, by="clock").then(STALE)
    given(FOLLOWED, STALE).when(stale, by="clock").then()
    given(FOLLOWED, STALE).when(back, by="cma").then(happened("feed-returned"))
    given(FOLLOWED, STALE, happened("feed-returned")).when(back, by="cma").then()
    given(FOLLOWED, STALE, happened("feed-returned")).when(stale, by="clock").then(STALE)


def test_of_a_feed_that_nobody_follows_nothing_is_expected() -> None:
    given().when(example("MarkFeedStale"), by="clock").then()
    given(FOLLOWED, happened("feed-unfollowed")).when(example("MarkFeedStale"), by="clock").then()
    given(FOLLOWED, STALE, happened("feed-unfollowed")).when(example("MarkFeedReturned"), by="cma").then()


def test_it_is_stale_after_so_many_missed_polls() -> None:
    state, last = evolve(Feed(), FOLLOWED), at("2026-03-30T16:00+08:00")
    assert stale_from(state, last) == at("2026-03-30T16:30+08:00")
    assert [
        missed_polls(state, last, at(f"2026-03-30T16:{minute:02}+08:00")) for minute in (0, 9, 10, 35)
    ] == [0, 0, 1, 3]

"""What feeds brought, what became of it, and which of them are silent: the same on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from domain.engine import Order
from domain.language import Command
from domain.refused import BadField
from domain.weather_feeds import FollowFeed, MarkFeedReturned, MarkFeedStale, UnfollowFeed
from domain.weather_messages import NoteNoLongerListed
from projections.weather_register import WEATHER_REGISTER, listed_now
from tests import postgres
from tests.deciding.given import example
from tests.projecting.plant import FOUNDER, Plant

RAIN = example("ReceiveWarning")
LISTED = replace(RAIN, source="nmc", identifier="L-1", listed=True)


class Asked:
    """A plant, and what feeds brought to it."""

    def __init__(self, url: str) -> None:
        self.plant = Plant().found()
        self.projector = Projector(self.plant.journal, open_views(url), (WEATHER_REGISTER,))
        self._given = 0

    def machine(self, command: Command) -> None:
        self._given += 1
        self.plant.engine.submit(Order(command, "cma", f"m-{self._given}", b"", auth="feed"))

    def rows(self, question: str, **asked: Any) -> list[dict[str, Any]]:
        return answer(self.projector, question, asked)

    def listed(self) -> list[str]:
        self.rows("feed-list")
        with self.projector.reader(WEATHER_REGISTER.name) as (connection, tables):
            return [identifier for identifier, _ in listed_now(connection, tables, "nmc")]


@pytest.fixture(params=["sqlite", "postgres"])
def ask(request: pytest.FixtureRequest) -> Iterator[Asked]:
    made = Asked("sqlite://" if request.param == "sqlite" else postgres.fresh_database("warnings"))
    yield made
    made.projector.close()


def test_a_warning_is_listed_with_its_parts(ask: Asked) -> None:
    ask.machine(RAIN)
    [row] = ask.rows("warning-list")
    assert (row["source"], row["identifier"], row["schema_valid"], row["gone_at"]) == (
        "cma",
        RAIN.identifier,
        True,
        None,
    )
    assert [(part["area"], part["kind"], part["level"], part["assumed"]) for part in row["parts"]] == [
        ("320113", "rainstorm", "orange", True)
    ]
    assert row["position"] == ask.plant.head()


def test_warnings_are_asked_for_by_kind_and_area_above_and_below(ask: Asked) -> None:
    ask.machine(RAIN)
    ask.machine(replace(RAIN, identifier="none", parts=(replace(RAIN.parts[0], area="", kind="gale"),)))

    def found(**asked: Any) -> int:
        return len(ask.rows("warning-list", **asked))

    assert [found(area=one) for one in ("32", "320113", "320113001", "320114", "33")] == [1, 1, 1, 0, 0]
    assert [found(kind=one) for one in ("rainstorm", "gale", "fog")] == [1, 1, 0]
    assert found(kind="gale", area="32") == 0
    assert [found(since=one) for one in ("2026-03-30", "2026-03-31", RAIN.sent)] == [2, 0, 2]
    assert [found(source=one) for one in ("cma", "nmc")] == [2, 0]
    with pytest.raises(BadField):
        found(since="soon")


def test_other_content_under_one_identifier_is_counted(ask: Asked) -> None:
    ask.machine(RAIN)
    ask.machine(replace(RAIN, sha256="6f" * 32, message="update"))
    [row] = ask.rows("warning-list")
    assert (row["differed"], row["message"], row["sha256"]) == (1, "alert", RAIN.sha256)


def test_what_is_no_longer_listed_is_shown_as_gone_until_it_is_listed_again(ask: Asked) -> None:
    ask.machine(LISTED)
    ask.machine(RAIN)
    assert ask.listed() == ["L-1"]
    ask.machine(NoteNoLongerListed("nmc", "L-1"))
    assert ask.listed() == []
    [gone, _] = sorted(ask.rows("warning-list"), key=lambda row: row["gone_at"] is None)
    assert gone["identifier"] == "L-1"
    ask.machine(LISTED)
    assert ask.listed() == ["L-1"]


def test_a_feed_shows_how_it_is_followed_what_it_brought_and_that_it_is_stale(ask: Asked) -> None:
    ask.plant.give(FOUNDER, FollowFeed("cma", 10, 3, "messages", ""))
    ask.machine(RAIN)
    ask.machine(replace(RAIN, identifier="older", sent="2026-03-29T00:00:00.000000Z"))
    ask.machine(MarkFeedStale("cma", RAIN.sent, 3))
    [row] = ask.rows("feed-list")
    assert (row["followed"], row["messages"], row["last_identifier"], row["stale_since"]) == (
        True,
        2,
        RAIN.identifier,
        RAIN.sent,
    )
    ask.machine(MarkFeedReturned("cma"))
    assert ask.rows("feed-list")[0]["stale_since"] is None
    ask.plant.give(FOUNDER, UnfollowFeed("cma", "over"))
    [row] = ask.rows("feed-list")
    assert (row["followed"], row["messages"]) == (False, 2)


def test_a_feed_that_nobody_follows_is_shown_once_it_brought_something(ask: Asked) -> None:
    ask.machine(RAIN)
    [row] = ask.rows("feed-list")
    assert (row["feed"], row["followed"], row["followed_at"]) == ("cma", False, None)


def test_rows_do_not_depend_on_where_batches_are_cut(ask: Asked) -> None:
    for command in (
        LISTED,
        RAIN,
        NoteNoLongerListed("nmc", "L-1"),
        replace(RAIN, sha256="6f" * 32, message="ack"),
        LISTED,
    ):
        ask.machine(command)
        ask.rows("feed-list")
    step_by_step = ask.rows("warning-list"), ask.rows("feed-list")
    again = Projector(ask.plant.journal, open_views("sqlite://"), (WEATHER_REGISTER,))
    assert (answer(again, "warning-list", {}), answer(again, "feed-list", {})) == step_by_step
    again.close()

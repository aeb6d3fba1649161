"""What was drawn is drawn again by whoever asks, and a list that came after its seed's day is seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import MetaData, create_engine

from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from domain.draws import AnnounceDraw, DrawAnnounced, DrawHeld, HoldDraw, Lot
from projections.draws import DRAWS, draw_list
from tests import postgres
from tests.projecting.plant import BODY, CHECKER, FOUNDER, Plant, at

LISTS = AnnounceDraw(
    BODY, "D-1", "unit", ("U-1",), 1, (CHECKER, FOUNDER), 1, "lottery of 9 January", "2026-01-09"
)


class Asked:
    """A plant and its draws."""

    def __init__(self, url: str) -> None:
        self.plant = Plant().found()
        self.projector = Projector(self.plant.journal, open_views(url), (DRAWS,))

    def one(self) -> dict[str, object]:
        [row] = answer(self.projector, "draw-list", {"body": BODY, "code": "D-1"})
        return row


@pytest.fixture(params=["sqlite", "postgres"])
def ask(request: pytest.FixtureRequest) -> Iterator[Asked]:
    made = Asked("sqlite://" if request.param == "sqlite" else postgres.fresh_database("draws"))
    yield made
    made.projector.close()


def test_an_announced_draw_waits_for_its_seed(ask: Asked) -> None:
    ask.plant.give(CHECKER, LISTS)
    row = ask.one()
    assert (row["standing"], row["drawn"], row["same"], row["list_in_time"]) == (
        "announced",
        None,
        None,
        True,
    )


def test_a_held_draw_is_drawn_again_and_is_the_same(ask: Asked) -> None:
    ask.plant.give(CHECKER, LISTS)
    ask.plant.now = at("2026-01-10")
    ask.plant.give(CHECKER, HoldDraw(BODY, "D-1", "1 2 3"))
    row = ask.one()
    assert (row["standing"], row["same"], row["again"]) == ("held", True, row["drawn"])
    assert row["position"] == ask.plant.head()


def test_a_list_recorded_on_the_seeds_day_or_later_is_seen_though_it_says_it_was_earlier(ask: Asked) -> None:
    ask.plant.now = at("2026-01-09")
    ask.plant.give(CHECKER, LISTS, at("2026-01-06"))
    assert ask.one()["list_in_time"] is False


def test_a_result_that_the_seed_does_not_give_is_seen() -> None:
    """The record of another program, or of a hand: the lists and the seed say otherwise."""
    plant = Plant().found()
    plant.give(CHECKER, LISTS)
    plant.now = at("2026-01-10")
    plant.give(CHECKER, HoldDraw(BODY, "D-1", "1 2 3"))
    records = [one for one in plant.records() if isinstance(one.event, DrawAnnounced | DrawHeld)]
    forged = replace(records[1], event=replace(records[1].event, drawn=(Lot("U-1", (FOUNDER, CHECKER)),)))
    with create_engine("sqlite://").begin() as connection:
        metadata = MetaData()
        made = DRAWS.tables(metadata, "t_")
        metadata.create_all(connection)
        DRAWS.apply([records[0], forged], connection, made)
        [row] = draw_list(connection, made)
    assert row["same"] is False

"""A change that touches many risks, killed at random moments of what follows from it, ends with one duty for each."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import StaticPool, create_engine

from adapters.journal.journal import EventJournal
from adapters.positions import Positions
from adapters.projector.projector import Projector
from adapters.projector.views import open_views
from adapters.steps import follow_up
from domain.change_scope import ScopeEntry
from domain.changes import ReportChange
from domain.duty_raising import DutyRaised
from domain.engine import Answer, Engine, Order
from domain.index import DECIDERS
from domain.language import Moment, but
from domain.records import Draft, Meta
from projections.index import PROJECTIONS
from tests.deciding.given import happened
from tests.projecting.plant import BODY, LEAD, Plant

RISKS, KILLS = 200, 25
ALL_RISKS, ALL_KILLS = 2_000, 60


class Killed(Exception):
    """The process is gone."""


class Life:
    """One process over the journal and views of a plant; it dies before or after its n-th order."""

    def __init__(
        self, plant: Plant, projector: Projector, positions: Positions, dies_at: int, before: bool
    ) -> None:
        self.journal: EventJournal = plant.journal
        self.engine = Engine(
            plant.journal, DECIDERS, plant.engine.rules
        )  # nothing is remembered from a life before
        self.projector, self.positions = projector, positions
        self._plant, self._left, self._before = plant, dies_at, before

    def now(self) -> Moment:
        return self._plant.now

    def submit(self, order: Order) -> Answer:
        self._left -= 1
        if self._left == 0 and self._before:
            raise Killed
        answer = self.engine.submit(order)
        if self._left == 0:
            raise Killed
        return answer


class Hasty(Positions):
    """The control: how far a policy has come is kept before its work is done."""

    head: Callable[[], int]

    def these(self, policies: Sequence[str]) -> dict[str, int]:
        done = super().these(policies)
        super().advance_these(policies, self.head())
        return done


def works(risks: int) -> Plant:
    """A body with so many risks, and a change that touches them all."""
    plant = Plant().found()
    identified = happened("risk-identified")
    for number in range(risks):
        code = f"R-{number:04}"
        meta = Meta(BODY, LEAD, "import", plant.now, f"risk-{number}")
        plant.journal.append(Draft(meta, b"", f"risk/{BODY}/{code}", 0, [but(identified, unit="U-1")]))
    scope = (ScopeEntry("everything"),)
    plant.give(
        LEAD, ReportChange(BODY, "C-1", "organisation", "merged with the neighbour", scope, "2026-01-05")
    )
    return plant


def killed(plant: Plant, positions: Positions, kills: int, risks: int) -> list[str]:
    """Die that often at random orders, then live on until nothing follows any more; the risks with a duty."""
    projector = Projector(plant.journal, open_views("sqlite://"), PROJECTIONS)
    chance = random.Random(6)
    for _ in range(kills):
        life = Life(
            plant, projector, positions, chance.randint(1, max(2, risks // kills)), chance.random() < 0.5
        )
        with pytest.raises(Killed):
            follow_up(life)  # type: ignore[arg-type]  # what it uses of an app
    last = Life(plant, projector, positions, -1, before=False)
    follow_up(last)  # type: ignore[arg-type]  # the same
    assert follow_up(last) == 0  # type: ignore[arg-type]  # the same
    projector.close()
    events: list[Any] = [one.event for one in plant.journal.every(0, (DutyRaised.KIND,))]
    assert not list(plant.journal.every(0, ("policy-refused.1",)))
    return sorted(one.subject for one in events)


def memory() -> Any:
    return create_engine("sqlite://", poolclass=StaticPool)


@pytest.mark.clause("YT-24", "NJ-072")
@pytest.mark.parametrize(
    ("risks", "kills"),
    [(RISKS, KILLS), pytest.param(ALL_RISKS, ALL_KILLS, marks=pytest.mark.slow)],
)
def test_a_change_killed_at_random_moments_ends_with_one_duty_for_each_risk(risks: int, kills: int) -> None:
    plant = works(risks)
    assert killed(plant, Positions(memory()), kills, risks) == [f"R-{number:04}" for number in range(risks)]


def test_the_control_a_position_kept_before_the_work_loses_duties() -> None:
    plant = works(RISKS)
    hasty = Hasty(memory())
    hasty.head = plant.head
    projector = Projector(plant.journal, open_views("sqlite://"), PROJECTIONS)
    with pytest.raises(Killed):
        follow_up(Life(plant, projector, hasty, 20, before=True))  # type: ignore[arg-type]  # as above
    follow_up(Life(plant, projector, hasty, -1, before=False))  # type: ignore[arg-type]  # as above
    projector.close()
    raised = list(plant.journal.every(0, (DutyRaised.KIND,)))
    assert len(raised) < RISKS

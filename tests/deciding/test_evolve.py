"""Folding places every event of every decider, and writes only to fields that the state has."""

from __future__ import annotations

import copy
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, fields
from importlib import import_module
from typing import Any

import pytest

import domain
from domain import language
from domain.decider import Decider
from domain.examples import EVENT_EXAMPLES
from domain.hazards import HAZARD, RectificationPlanned
from domain.index import DECIDERS, EVENTS
from domain.language import Event
from tests.deciding.given import happened

MODULES = [import_module(f"domain.{one.name}") for one in pkgutil.iter_modules(domain.__path__)]
PLACES = [
    pytest.param(decider, EVENT_EXAMPLES[kind.KIND], id=f"{decider.name}-{kind.KIND}")
    for decider in DECIDERS
    for kind in decider.events
]


def checking_but(state: Any, **changes: Any) -> Any:
    """As `but`, and refuses what the state has no field for."""
    unknown = set(changes) - {field.name for field in fields(state)}
    if unknown:
        raise TypeError(f"{type(state).__name__} has no {', '.join(sorted(unknown))}")
    return REAL_BUT(state, **changes)


REAL_BUT: Callable[..., Any] = language.but


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every module of the domain that folds uses the checking copy; returns their names."""
    folding = [module for module in MODULES if getattr(module, "but", None) is REAL_BUT]
    for module in folding:
        monkeypatch.setattr(module, "but", checking_but)
    return [module.__name__ for module in folding]


@pytest.mark.parametrize(("decider", "event"), PLACES)
def test_every_event_of_every_decider_is_placed_and_writes_only_to_fields_of_the_state(
    checked: list[str], decider: Decider[Any], event: Event
) -> None:
    state = decider.evolve(decider.initial, event)
    assert type(state) is type(decider.initial)
    assert set(vars(state)) == {field.name for field in fields(decider.initial)}


def test_every_module_that_folds_with_the_quick_copy_is_checked(checked: list[str]) -> None:
    assert {"domain.hazard_folding", "domain.risks", "domain.duties", "domain.roles"} <= set(checked)


@pytest.mark.usefixtures("checked")
def test_a_misspelt_field_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass(frozen=True)
    class Other:
        step: str = ""

    from domain import hazard_folding

    with pytest.raises(TypeError, match="Other has no"):
        hazard_folding.evolve(Other(), happened("rectification-planned"))
    monkeypatch.setattr(hazard_folding, "but", REAL_BUT)
    hazard_folding.evolve(Other(), happened("rectification-planned"))  # the quick copy lets it pass


@pytest.mark.parametrize(("decider", "event"), PLACES)
def test_folding_leaves_the_state_before_as_it_was(decider: Decider[Any], event: Event) -> None:
    before = decider.evolve(decider.initial, event)
    kept = copy.deepcopy(before)
    after = decider.evolve(before, event)
    assert before == kept
    assert after is not before or after == before
    assert decider.initial == type(decider.initial)()


HISTORIES = [
    pytest.param(decider, [EVENT_EXAMPLES[one.KIND] for one in decider.events], id=decider.name)
    for decider in DECIDERS
]
"""Events of each decider in the order in which it lists them: a history of sorts, accepted today or not."""


@pytest.mark.usefixtures("checked")
@pytest.mark.parametrize(("decider", "events"), HISTORIES)
def test_folding_never_refuses_whatever_came_before(decider: Decider[Any], events: list[Event]) -> None:
    """What today's commands would refuse may stand in a history that was written under yesterday's rules."""
    for first in events:
        for second in events:
            state = decider.evolve(decider.evolve(decider.initial, first), second)
            assert type(state) is type(decider.initial)
    backwards = decider.initial
    for event in reversed(events):
        backwards = decider.evolve(backwards, event)
    assert type(backwards) is type(decider.initial)


def test_every_event_belongs_to_one_decider_under_a_kind_of_its_own() -> None:
    placed = [event for decider in DECIDERS for event in decider.events]
    assert len(placed) == len(set(placed)) == len(EVENTS)
    assert RectificationPlanned in HAZARD.events


def test_every_stored_kind_is_our_own_name_with_a_version() -> None:
    for kind, event in EVENTS.items():
        name, version = kind.rsplit(".", 1)
        assert kind == event.KIND
        assert version.isdigit()
        assert name == name.lower()
        assert "_" not in name
        assert " " not in name

"""A responsible body is registered once, with what decides its periods, and need not be an enterprise."""

from __future__ import annotations

from typing import get_args

import pytest

from domain.bodies import BODY as BODIES
from domain.bodies import BodyKind, HighRisk
from domain.refused import AlreadyRegistered, AlreadySo, UnknownThing
from tests.deciding.given import BODY, Decided, example, folded, given, happened

REGISTERED = [happened("body-registered")]


@pytest.mark.clause("YT-41")
def test_a_body_is_registered_with_sector_area_and_high_risk_classes() -> None:
    given().when(example("RegisterBody"), by="P-ADMIN").then(happened("body-registered"))


def test_a_body_is_registered_once() -> None:
    given(*REGISTERED).when(example("RegisterBody", name="另一名称"), by="P-ADMIN").then(
        AlreadyRegistered, kind="body", code=BODY
    )


@pytest.mark.clause("YT-02", "YT-43")
@pytest.mark.parametrize("kind", get_args(BodyKind))
def test_a_responsible_body_need_not_be_an_enterprise(kind: str) -> None:
    given().when(example("RegisterBody", kind=kind), by="P-ADMIN").then(
        happened("body-registered", kind=kind)
    )


@pytest.mark.clause("YT-43")
@pytest.mark.parametrize("command", ["IdentifyRisk", "RegisterHazard", "AdoptRulePack", "RegisterUnit"])
def test_the_body_responsible_for_a_public_place_does_what_an_enterprise_does(command: str) -> None:
    def tried(kind: str) -> Decided:
        body = happened("body-registered", kind=kind, sector="public_square", classes=())
        return given().knowing(BODIES, BODY, holds=[body]).when(example(command, **fresh))

    fresh = {"unit": "U-NEW"} if command == "RegisterUnit" else {}
    tried("public_place").accepted()
    assert tried("public_place").events == tried("enterprise").events


def test_a_body_is_reclassified_from_now_on() -> None:
    given(*REGISTERED).when(example("ReclassifyBody"), by="P-PRINCIPAL").then(happened("body-reclassified"))


def test_a_body_that_is_not_there_is_not_reclassified() -> None:
    given().when(example("ReclassifyBody")).then(UnknownThing, kind="body", code=BODY)


def test_a_reclassification_that_changes_nothing_is_refused() -> None:
    given(*REGISTERED, happened("body-reclassified")).when(example("ReclassifyBody")).then(
        AlreadySo, what=BODY
    )


@pytest.mark.clause("YT-41")
@pytest.mark.parametrize("one", get_args(HighRisk))
def test_every_class_of_article_41_makes_a_body_high_risk(one: str) -> None:
    state = folded(BODIES, [happened("body-registered", classes=(one,))])
    assert "high_risk" in state.who
    assert one in state.who
    assert "other" not in state.who


@pytest.mark.clause("YT-41")
def test_a_body_without_such_a_class_is_an_other_one() -> None:
    state = folded(BODIES, [happened("body-registered", classes=())])
    assert "other" in state.who
    assert "high_risk" not in state.who


@pytest.mark.parametrize("sector", ["other", "high_risk", "non_coal_mine", "enterprise"])
def test_a_sector_is_never_taken_for_a_class(sector: str) -> None:
    """A high-risk mine of the sector "other" would else have three years where the rules give it two."""
    state = folded(
        BODIES, [happened("body-registered", sector=sector, kind="authority", classes=("metal_smelting",))]
    )
    assert state.who == ("authority", "high_risk", f"sector_{sector}", "metal_smelting")


def test_a_reclassification_counts_from_then_on() -> None:
    state = folded(BODIES, [*REGISTERED, happened("body-reclassified", sector="logistics", classes=())])
    assert state.who == ("enterprise", "other", "sector_logistics")
    assert state.area == "320113"

"""Assessment units divide the production system from the top down, to any depth, until nothing is left to divide."""

from __future__ import annotations

import pytest

from domain.bodies import BODY as BODIES
from domain.labels import Thing
from domain.refused import AlreadyRegistered, OutOfTurn, UnknownThing
from domain.units import UNIT
from tests.deciding.given import BODY, example, given, happened


def below(parent: str, kind: str = "sub") -> object:
    return example("RegisterUnit", unit="U-NEW", name="分单元", kind=kind, parent=parent)


@pytest.mark.clause("NJ-021")
def test_a_unit_stands_at_the_top_without_a_parent() -> None:
    given().when(example("RegisterUnit")).then(happened("unit-registered"))


@pytest.mark.clause("NJ-021")
def test_a_unit_stands_one_deeper_than_its_parent() -> None:
    given().when(below("U-TS")).then(
        happened("unit-registered", unit="U-NEW", name="分单元", kind="sub", parent="U-TS", depth=2)
    )


@pytest.mark.clause("NJ-021")
@pytest.mark.parametrize("depth", [3, 7, 40])
def test_the_number_of_levels_is_free(depth: int) -> None:
    deep = happened("unit-registered", unit="U-DEEP", kind="child", depth=depth)
    given().knowing(UNIT, BODY, "U-DEEP", holds=[deep]).when(below("U-DEEP", "child")).then(
        happened(
            "unit-registered", unit="U-NEW", name="分单元", kind="child", parent="U-DEEP", depth=depth + 1
        )
    )


@pytest.mark.clause("NJ-021")
@pytest.mark.parametrize("leaf", ["post", "equipment", "activity"])
def test_nothing_stands_under_a_post_a_piece_of_equipment_or_an_activity(leaf: str) -> None:
    unit = happened("unit-registered", unit="U-LEAF", kind=leaf)
    given().knowing(UNIT, BODY, "U-LEAF", holds=[unit]).when(below("U-LEAF")).then(
        OutOfTurn, what=Thing("unit", "U-LEAF"), step=leaf, command="RegisterUnit"
    )


@pytest.mark.clause("NJ-021")
@pytest.mark.parametrize("leaf", ["post", "equipment", "activity"])
def test_a_leaf_stands_under_any_unit_that_is_none(leaf: str) -> None:
    given().when(below("U-TS", leaf)).accepted()


def test_a_parent_must_be_registered() -> None:
    given().when(below("U-NONE")).then(UnknownThing, kind="unit", code="U-NONE", body=BODY)


def test_no_unit_is_its_own_parent() -> None:
    given().when(example("RegisterUnit", unit="U-X", parent="U-X")).then(UnknownThing, code="U-X")


def test_a_unit_is_registered_once() -> None:
    given(happened("unit-registered")).when(example("RegisterUnit", name="同号")).then(
        AlreadyRegistered, kind="unit", code="U-TS"
    )


def test_a_unit_belongs_to_a_body_that_is_registered() -> None:
    given().knowing(BODIES, BODY, holds=[]).when(example("RegisterUnit")).then(UnknownThing, kind="body")

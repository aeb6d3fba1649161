"""Assessment units divide the production system from the top down, to any depth, until nothing is left to divide."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from domain import units
from domain.bodies import BODY as BODIES
from domain.labels import Thing
from domain.layers import Layers, found, put
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    HasParts,
    Incomplete,
    OutOfTurn,
    Refused,
    Retired,
    UnderItself,
    UnknownThing,
)
from domain.rulebook import Rulebook
from domain.units import (
    UNITS,
    MoveUnit,
    RegisterUnit,
    RegisterUnits,
    RenameUnit,
    RetireUnit,
    Tree,
    UnitMoved,
    UnitRegistered,
    UnitRenamed,
    UnitRetired,
)
from tests.deciding.given import BODY, MINE, NOW, Given, Happened, Known, at, example, folded, given, happened

THEN = at("2026-01-20T08:00+08:00")
LATER = at("2026-01-25T08:00+08:00")


def registered(unit: str, parent: str | None = None, kind: str = "sub", when: str = THEN) -> Happened:
    return Happened(UnitRegistered(unit, f"name of {unit}", kind, parent, 1, when), when)


def moved(unit: str, was: str | None, parent: str | None, when: str = LATER) -> Happened:
    return Happened(UnitMoved(unit, was, parent, "", when), when)


def retired(unit: str, when: str = LATER) -> Happened:
    return Happened(UnitRetired(unit, "gone", when), when)


def plant() -> Given:
    """A (B (C a post), D), E."""
    return given(
        registered("A"),
        registered("B", "A"),
        registered("C", "B", "post"),
        registered("D", "A"),
        registered("E"),
    )


def below(parent: str | None, kind: str = "sub") -> Any:
    return example("RegisterUnit", unit="U-NEW", name="分单元", kind=kind, parent=parent)


# --- registering


@pytest.mark.clause("NJ-021")
def test_a_unit_stands_at_the_top_without_a_parent() -> None:
    given().when(example("RegisterUnit")).then(happened("unit-registered", registered_at=at(NOW)))


@pytest.mark.clause("NJ-021")
def test_a_unit_stands_one_deeper_than_its_parent() -> None:
    plant().when(below("B")).then(UnitRegistered("U-NEW", "分单元", "sub", "B", 3, at(NOW)))


@pytest.mark.clause("NJ-021")
@pytest.mark.parametrize("depth", [3, 7, 40])
def test_the_number_of_levels_is_free(depth: int) -> None:
    chain = [registered("U-1")] + [registered(f"U-{n}", f"U-{n - 1}", "child") for n in range(2, depth + 1)]
    assert given(*chain).when(below(f"U-{depth}", "child")).only.depth == depth + 1


@pytest.mark.clause("NJ-021")
@pytest.mark.parametrize("leaf", ["post", "equipment", "activity"])
def test_nothing_stands_under_a_post_a_piece_of_equipment_or_an_activity(leaf: str) -> None:
    given(registered("U-LEAF", kind=leaf)).when(below("U-LEAF")).then(
        OutOfTurn, what=Thing("unit", "U-LEAF"), step=leaf, command="RegisterUnit"
    )


@pytest.mark.clause("NJ-021")
@pytest.mark.parametrize("leaf", ["post", "equipment", "activity"])
def test_a_leaf_stands_under_any_unit_that_is_none(leaf: str) -> None:
    plant().when(below("B", leaf)).accepted()


def test_a_parent_must_be_registered() -> None:
    given().when(below("U-NONE")).then(UnknownThing, kind="unit", code="U-NONE", body=BODY)


def test_a_parent_must_be_in_use() -> None:
    given(registered("A"), retired("A")).when(below("A")).then(Retired, code="A", command="RegisterUnit")


def test_a_unit_is_not_registered_before_its_parent() -> None:
    plant().when(below("B"), at="2026-01-19").then(BeforePredecessor, what=Thing("unit", "B"))


def test_no_unit_is_its_own_parent() -> None:
    given().when(example("RegisterUnit", unit="U-X", parent="U-X")).then(UnknownThing, code="U-X")


def test_a_unit_is_registered_once_also_after_it_was_retired() -> None:
    again = example("RegisterUnit", unit="A", name="同号")
    given(registered("A")).when(again).then(AlreadyRegistered, kind="unit", code="A")
    given(registered("A"), retired("A")).when(again).then(AlreadyRegistered, kind="unit", code="A")


def test_a_unit_belongs_to_a_body_that_is_registered() -> None:
    given().knowing(BODIES, BODY, holds=[]).when(example("RegisterUnit")).then(UnknownThing, kind="body")


# --- a whole list


@pytest.mark.clause("NJ-021")
def test_a_list_is_registered_parents_first_in_one_act() -> None:
    decided = given(happened("unit-registered")).when(example("RegisterUnits"))
    assert [
        (one.unit, one.parent, one.depth) for one in decided.events if isinstance(one, UnitRegistered)
    ] == [
        ("U-TS-1", "U-TS", 2),
        ("U-TS-1-1", "U-TS-1", 3),
        ("U-TS-9", "U-TS", 2),
        ("U-TS-9-1", "U-TS-9", 3),
    ]


def test_of_a_list_with_one_fault_nothing_is_registered() -> None:
    listed = example("RegisterUnits").units
    tree = given(happened("unit-registered"))
    tree.when(RegisterUnits(BODY, (*listed, listed[0]))).then(AlreadyRegistered, code="U-TS-1")
    tree.when(RegisterUnits(BODY, tuple(reversed(listed)))).then(UnknownThing, code="U-TS-9")


def test_an_empty_list_is_none() -> None:
    given().when(RegisterUnits(BODY, ())).then(Incomplete, missing=["unit"])


# --- moving


@pytest.mark.clause("NJ-021")
def test_a_unit_moves_with_everything_below_it() -> None:
    decided = plant().when(MoveUnit(BODY, "B", "E", "rebuilt"))
    decided.then(UnitMoved("B", "A", "E", "rebuilt", at(NOW)))
    tree = folded(UNITS, [*(one.event for one in plant().own), *decided.events])
    assert tree.line("C") == ("C", "B", "E")
    assert (tree.of("A").parts, tree.of("E").parts) == (1, 1)


def test_a_unit_moves_to_the_top() -> None:
    plant().when(MoveUnit(BODY, "B")).then(UnitMoved("B", "A", None, "", at(NOW)))


@pytest.mark.parametrize("parent", ["A", "B", "D"])
def test_a_unit_does_not_stand_under_itself_or_its_own_descendant(parent: str) -> None:
    plant().when(MoveUnit(BODY, "A", parent)).then(
        UnderItself, what=Thing("unit", "A"), parent=Thing("unit", parent)
    )


def test_who_is_below_is_asked_after_the_moves_before() -> None:
    tree = given(*plant().own, moved("D", "A", "E"))
    tree.when(MoveUnit(BODY, "A", "D")).accepted()
    tree.when(MoveUnit(BODY, "E", "D")).then(UnderItself)


def test_a_unit_does_not_move_under_a_leaf() -> None:
    plant().when(MoveUnit(BODY, "D", "C")).then(OutOfTurn, what=Thing("unit", "C"), step="post")


def test_a_unit_does_not_move_where_it_stands() -> None:
    plant().when(MoveUnit(BODY, "B", "A")).then(AlreadySo)
    plant().when(MoveUnit(BODY, "A")).then(AlreadySo)


def test_a_unit_moves_only_under_one_that_is_there_and_in_use() -> None:
    plant().when(MoveUnit(BODY, "B", "X")).then(UnknownThing, code="X")
    plant().when(MoveUnit(BODY, "X", "A")).then(UnknownThing, code="X")
    given(*plant().own, retired("E")).when(MoveUnit(BODY, "B", "E")).then(Retired, code="E")


def test_moves_are_recorded_in_the_order_in_which_they_happened() -> None:
    """Or a late one could make a circle on a past day, though each of them was right when it was recorded."""
    tree = given(*plant().own, moved("B", "A", "E"), moved("B", "E", None, at("2026-01-27")))
    tree.when(MoveUnit(BODY, "E", "B"), at="2026-01-26").then(BeforePredecessor, what=Thing("unit", "E"))
    tree.when(MoveUnit(BODY, "E", "B"), at="2026-01-28").accepted()


# --- renaming and retiring


@pytest.mark.clause("NJ-021")
def test_a_new_name_is_recorded_beside_the_old_one() -> None:
    plant().when(RenameUnit(BODY, "B", "new")).then(UnitRenamed("B", "name of B", "new", at(NOW)))


def test_the_same_name_is_none() -> None:
    plant().when(RenameUnit(BODY, "B", "name of B")).then(AlreadySo)
    plant().when(RenameUnit(BODY, "X", "x")).then(UnknownThing)


def test_a_unit_with_parts_in_use_is_not_retired() -> None:
    plant().when(RetireUnit(BODY, "A", "closed")).then(
        HasParts, what=Thing("unit", "A"), count=2, command="RetireUnit"
    )


@pytest.mark.clause("NJ-021")
def test_a_unit_is_retired_once_its_parts_are_gone() -> None:
    tree = given(*plant().own, retired("D"), moved("B", "A", "E"))
    tree.when(RetireUnit(BODY, "A", "closed")).then(UnitRetired("A", "closed", at(NOW)))
    tree.when(RetireUnit(BODY, "A", "closed"), at="2026-01-24").then(BeforePredecessor)
    tree.when(RetireUnit(BODY, "E", "closed")).then(HasParts, count=1)


@pytest.mark.parametrize(
    "command", [MoveUnit(BODY, "E", "A"), RenameUnit(BODY, "E", "e"), RetireUnit(BODY, "E", "again")]
)
def test_a_retired_unit_takes_no_further_step(command: Any) -> None:
    given(*plant().own, retired("E")).when(command).then(Retired, kind="unit", code="E")


@pytest.mark.parametrize("command", [MoveUnit(BODY, "B"), RenameUnit(BODY, "B", "b")])
def test_no_step_of_a_unit_lies_before_its_last_one(command: Any) -> None:
    tree = given(*plant().own, moved("B", "A", "E"))
    tree.when(command, at="2026-01-24").then(BeforePredecessor, what=Thing("unit", "B"))


def test_no_risk_is_identified_at_a_retired_unit_and_yet_a_hazard_is_registered_there() -> None:
    """What is out of use is not assessed anew; what is found there can still kill."""
    old = given().knowing(UNITS, BODY, holds=[happened("unit-registered"), UnitRetired("U-TS", "old", "")])
    old.when(example("IdentifyRisk", risk="R-0002")).then(Retired, code="U-TS", command="IdentifyRisk")
    old.when(example("RegisterHazard")).accepted()


# --- the tree is a tree, on every day


CODES = ("A", "B", "C", "D", "E")
MOMENTS = tuple(at(f"2026-01-{day:02}") for day in range(10, 20))
steps = st.tuples(
    st.sampled_from(("register", "register", "move", "move", "retire", "rename")),
    st.sampled_from(CODES),
    st.none() | st.sampled_from(CODES),
    st.sampled_from(("sub", "sub", "sub", "post")),
    st.sampled_from(MOMENTS),
)


def command_of(step: tuple[str, str, str | None, Any, str]) -> Any:
    act, unit, other, kind, _ = step
    match act:
        case "register":
            return RegisterUnit(BODY, unit, f"{unit}!", kind, other)
        case "move":
            return MoveUnit(BODY, unit, other)
        case "retire":
            return RetireUnit(BODY, unit, "gone")
        case _:
            return RenameUnit(BODY, unit, f"{unit} {other}")


@settings(max_examples=150, deadline=None)
@hypothesis_given(st.lists(steps, max_size=40))
def test_on_every_day_every_history_leaves_a_tree(history: list[Any]) -> None:
    """No circle, nothing in use under what is retired or a leaf, and every count of parts right."""
    play(history)


def test_without_the_order_of_moments_a_past_day_is_no_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "_not_before", lambda *_: None)

    @settings(max_examples=2000, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
    @hypothesis_given(st.lists(steps, min_size=20, max_size=40))
    def attempt(history: list[Any]) -> None:
        play(history)

    with pytest.raises((AssertionError, KeyError)):
        attempt()


def play(history: list[Any]) -> None:
    """Give each step that is not refused, and look at the tree after it and at that of every day."""
    told: list[tuple[str, int, Any]] = []
    tree = Tree()
    for step in history:
        facts = Known(dict(MINE), "P-SAFETY", None, step[4], "", "")
        try:
            [event] = UNITS.decide(command_of(step), tree, facts, Rulebook({}))
        except Refused:
            continue
        told.append((step[4], len(told), event))
        tree = UNITS.evolve(tree, event)
        check(tree)
    for moment in MOMENTS:
        check(folded(UNITS, [event for when, _, event in sorted(told) if when <= moment]))


def check(tree: Tree) -> None:
    held = {code: unit for code in CODES if (unit := tree.of(code)) is not None}
    for code, unit in held.items():
        assert unit.parts == sum(one.parent == code and not one.retired for one in held.values())
        if unit.parent is not None:
            parent = held[unit.parent]
            assert tree.line(code) == (code, *tree.line(unit.parent)), "a circle"
            assert parent.kind == "sub", "under a leaf"
            assert unit.retired or not parent.retired, "in use under what is retired"


@hypothesis_given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers())))
def test_a_growing_table_says_what_a_plain_one_says(entries: list[tuple[str, int]]) -> None:
    plain: dict[str, int] = {}
    layers: Layers[int] = ()
    for key, value in entries:
        before, said = layers, dict(plain)
        plain[key] = value
        layers = put(layers, key, value)
        assert all(found(layers, one) == plain.get(one) for one in "abcdefgh")
        assert all(found(before, one) == said.get(one) for one in "abcdefgh"), "the state before is as it was"
    assert len(layers) <= 4

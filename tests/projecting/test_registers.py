"""Bodies, units and roles: what is listed is what was registered, in the order in which people look for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from adapters.projector.projector import Projector
from adapters.projector.views import open_views
from domain.bodies import ReclassifyBody
from domain.roles import ROLES, GrantEntry, GrantRoles, Grants, RevokeRole
from domain.units import RegisterUnit
from projections.body_register import BODY_REGISTER, body_list
from projections.role_holders import ROLE_HOLDERS, people_on_roll, role_holders
from projections.unit_tree import UNIT_TREE, unit_tree
from tests import postgres
from tests.projecting.plant import BODY, FOUNDER, LEAD, Plant, at


class Asked:
    """A plant and its registers."""

    def __init__(self, url: str) -> None:
        self.plant = Plant().found()
        projections = (BODY_REGISTER, UNIT_TREE, ROLE_HOLDERS)
        self.projector = Projector(self.plant.journal, open_views(url), projections)

    def __call__(self, name: str, question: Any, **asked: Any) -> list[dict[str, Any]]:
        self.projector.follow()
        with self.projector.reader(name) as (connection, tables):
            found: list[dict[str, Any]] = question(connection, tables, **asked)
            return found


@pytest.fixture(params=["sqlite", "postgres"])
def ask(request: pytest.FixtureRequest) -> Iterator[Asked]:
    made = Asked("sqlite://" if request.param == "sqlite" else postgres.fresh_database("registers"))
    yield made
    made.projector.close()


def test_a_body_shows_its_present_classes_and_its_rule_packs(ask: Asked) -> None:
    plant = ask.plant
    plant.give(FOUNDER, ReclassifyBody(BODY, "metal", ("metal_smelting",)))
    plant.found("NJ-K02")
    first, second = ask("body_register", body_list)
    assert (first["body"], first["name"], first["kind"], first["area"]) == (
        BODY,
        "Mufu mine",
        "enterprise",
        "320100",
    )
    assert (first["sector"], first["classes"]) == ("metal", ["metal_smelting"])
    assert first["packs"] == ["house-2026 1"]
    [adoption] = first["adoptions"]
    assert adoption["since"] == "2026-01-05"
    assert "lec common-4colour-1" in adoption["members"]
    assert (second["body"], second["classes"]) == ("NJ-K02", [])
    assert ask("body_register", body_list, body="NJ-K02") == [second]


def test_units_come_in_tree_order_though_a_siblings_code_continues_anothers(ask: Asked) -> None:
    plant = ask.plant
    for unit, parent in (
        ("U-1-A", None),
        ("U-1.B", None),
        ("X", "U-1"),
        ("U-10", "U-1"),
        ("Y", "X"),
        ("单元", "U-1"),
    ):
        plant.give(FOUNDER, RegisterUnit(BODY, unit, f"unit {unit}", "sub" if parent else "main", parent))
    tree = [(row["code"], row["depth"]) for row in ask("unit_tree", unit_tree, body=BODY)]
    assert tree == [("U-1", 1), ("U-10", 2), ("X", 2), ("Y", 3), ("单元", 2), ("U-1-A", 1), ("U-1.B", 1)]
    paths = [row["path"] for row in ask("unit_tree", unit_tree, body=BODY, under="U-1")]
    assert paths == ["U-1", "U-1/U-10", "U-1/X", "U-1/X/Y", "U-1/单元"]
    assert [row["code"] for row in ask("unit_tree", unit_tree, under="X")] == ["X", "Y"]


def test_who_held_which_role_on_a_day(ask: Asked) -> None:
    plant = ask.plant
    plant.now = at("2026-03-01")
    plant.give(FOUNDER, RevokeRole(BODY, LEAD, "workshop_lead", None, "left"))
    again = (GrantEntry(LEAD, "workshop_lead", "2026-05-01", "2026-06-01"),)
    plant.give(FOUNDER, GrantRoles(BODY, again))
    wanted: Grants = plant.engine.memory.folded(ROLES, f"roles/{BODY}", fresh=True).state
    for day in (
        "2026-01-04",
        "2026-01-05",
        "2026-02-28",
        "2026-03-01",
        "2026-04-30",
        "2026-05-01",
        "2026-06-01",
    ):
        found = {(row["person"], row["role"]) for row in ask("role_holders", role_holders, body=BODY, on=day)}
        assert found == {(one.person, one.role) for one in wanted.grants if one.holds_on(day)}
    of_lead = ask("role_holders", role_holders, person=LEAD)
    assert [(row["since"], row["until"], row["reason"]) for row in of_lead] == [
        ("2026-01-05", "2026-03-01", "left"),
        ("2026-05-01", "2026-06-01", None),
    ]
    assert len(ask("role_holders", people_on_roll, body=BODY)) == 5

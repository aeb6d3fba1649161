"""Reads what a change touches from the views: tags, units and risks as known up to one position."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.projector.projector import Projector
from domain.change_reach import Standing, Tagged, reach
from domain.change_state import Reached, ScopeRow
from domain.language import Moment
from projections.bitemporal import KNOWN_FOREVER, TRUE_FOREVER, as_of_joined
from projections.bulk import read
from projections.risk_list import RISK_LIST
from projections.risk_marks import RISK_MARKS, risk_tags, tagged_risks
from projections.unit_tree import UNIT_TREE

VIEWS = (RISK_MARKS.name, RISK_LIST.name, UNIT_TREE.name)
"""What has to have followed before anybody asks."""


def reached(
    projector: Projector,
    body: str,
    scope: Sequence[ScopeRow],
    true_at: Moment | None = None,
    known_at: int | None = None,
) -> tuple[Reached, ...]:
    """The risks of a body that the scope touches, as true at a moment and known by a position, each with its paths."""
    true = TRUE_FOREVER if true_at is None else true_at
    known = KNOWN_FOREVER if known_at is None else known_at
    tags = _tags(projector, body, scope, true_at, known_at)
    with projector.reader(RISK_LIST.name) as (connection, tables):
        facets = (tables.identity, tables.standing)
        found = as_of_joined(connection, tables.risks, facets, scope=body, true_at=true, known_at=known)
        risks = [
            Standing(one["code"], one["unit"], tuple(read(one["accident_types"], [])))
            for one in found
            if one["unit"] is not None and one["standing"] != "retired"
        ]
    with projector.reader(UNIT_TREE.name) as (connection, tables):
        places = as_of_joined(
            connection, tables.units, (tables.place,), scope=body, true_at=true, known_at=known
        )
        parents = {one["code"]: one["parent"] for one in places}
    return reach(scope, risks, tags, parents)


def _tags(
    projector: Projector,
    body: str,
    scope: Sequence[ScopeRow],
    true_at: Moment | None,
    known_at: int | None,
) -> list[Tagged]:
    """The tags of which the scope speaks; of administrative areas all, because they lie in one another."""
    with projector.reader(RISK_MARKS.name) as (connection, tables):
        asked = [(one.kind, one.code) for one in scope if one.kind != "area"]
        rows = tagged_risks(connection, tables, body, asked, true_at, known_at) if asked else []
        if any(one.kind == "area" for one in scope):
            rows += risk_tags(connection, tables, body, true_at, known_at, kind="area")
    return [Tagged(row["risk"], row["kind"], row["code"]) for row in rows]

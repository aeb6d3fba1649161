"""The question about what risks warn of; apart from their list, which needs far fewer views."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from adapters.projector.asking import OnClocks, Question, Row, known_at, true_at
from adapters.projector.projector import Projector
from projections.controls import CONTROLS, out_of_control
from projections.reassessment_proposals import REASSESSMENT_PROPOSALS, reassessment_proposals
from projections.risk_list import RISK_LIST, risk_list
from projections.risk_warnings import warnings
from projections.stops import STOPS, hold_list, in_force, stop_list
from projections.unit_tree import UNIT_TREE, unit_tree


class OfOneRisk(OnClocks):
    risk: str | None = Field(None, max_length=64, description="安全风险 / risk")


def _warnings(projector: Projector, given: OfOneRisk) -> list[Row]:
    """What warns comes first, risks after it, and their units last, so that nothing named in it is missing."""
    at = (given.body, true_at(given.as_of), known_at(projector, given.known_at))
    with projector.reader(CONTROLS.name) as (connection, tables):
        out = out_of_control(connection, tables, *at)
    with projector.reader(STOPS.name) as (connection, tables):
        stops = in_force(stop_list(connection, tables, given.body, ever=True), "stopped_at", *at[1:])
        holds = in_force(hold_list(connection, tables, given.body, ever=True), "opened_at", *at[1:])
    with projector.reader(REASSESSMENT_PROPOSALS.name) as (connection, tables):
        proposals = reassessment_proposals(connection, tables, *at)
    with projector.reader(RISK_LIST.name) as (connection, tables):
        risks = risk_list(connection, tables, *at, code=given.risk)
    with projector.reader(UNIT_TREE.name) as (connection, tables):
        tree = unit_tree(connection, tables, given.body, None, *at[1:], True)
    return warnings(risks, tree, out, stops, holds, proposals)


RISK_WARNINGS: tuple[Question[Any], ...] = (
    Question(
        "risk-warnings",
        OfOneRisk,
        (CONTROLS.name, STOPS.name, REASSESSMENT_PROPOSALS.name, RISK_LIST.name, UNIT_TREE.name),
        _warnings,
        {"body": "KS-01", "as_of": "2026-03-17T12:00:00+08:00"},
    ),
)

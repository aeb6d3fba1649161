"""The questions about controls: how they stand, who answers at which tier, what is missing, and the three tables."""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import Field

from adapters.projector.asking import OnClocks, Question, Row, known_at, true_at
from adapters.projector.projector import Projector
from adapters.projector.risk_asking import whole_list
from domain.language import Moment, day_of
from projections import control_gaps, risk_tables
from projections.control_assignments import assignments_on
from projections.controls import CONTROLS, colour_policy, control_list, out_of_control
from projections.organisation import ORGANISATION
from projections.organisation_questions import org_tree
from projections.risk_list import RISK_LIST
from projections.risk_marks import RISK_MARKS
from projections.unit_tree import UNIT_TREE, unit_tree


class OfControls(OnClocks):
    risk: str | None = Field(None, max_length=64, description="安全风险 / risk")
    withdrawn: bool = Field(False, description="包括已撤回的 / withdrawn ones too")


class OfMatrix(OnClocks):
    risk: str | None = Field(None, max_length=64, description="安全风险 / risk")


class _At(NamedTuple):
    body: str | None
    true: Moment | None
    known: int | None


def _at(projector: Projector, given: OnClocks) -> _At:
    return _At(given.body, true_at(given.as_of), known_at(projector, given.known_at))


def _controls(projector: Projector, given: OfControls) -> list[Row]:
    at = _at(projector, given)
    with projector.reader(CONTROLS.name) as (connection, tables):
        rows = control_list(connection, tables, *at, given.risk, given.withdrawn)
    risks = sorted({(row["body"], row["risk"]) for row in rows})
    held = _assignments(projector, at, risks)
    return [{**row, "assignments": held.get((row["body"], row["risk"], row["control"]), [])} for row in rows]


def _assignments(projector: Projector, at: _At, risks: list[tuple[str, str]] | None) -> dict[Any, list[Row]]:
    on = day_of(at.true or projector.journal.now())
    with projector.reader(ORGANISATION.name) as (connection, tables):
        return assignments_on(connection, tables, on, at.body, at.known, risks)


def _parts(
    projector: Projector, at: _At, risk: str | None
) -> tuple[list[Row], list[Row], dict[Any, list[Row]]]:
    """Risks, controls and assignments of that moment: assignments first, so that nothing named in them is missing."""
    held = _assignments(projector, at, None)
    with projector.reader(CONTROLS.name) as (connection, tables):
        controls = control_list(connection, tables, *at, risk)
    risks = whole_list(projector, *at, code=risk)
    return risks, controls, held


def _matrix(projector: Projector, given: OfMatrix) -> list[Row]:
    return control_gaps.matrix(*_parts(projector, _at(projector, given), given.risk))


def _gaps(projector: Projector, given: OfMatrix) -> list[Row]:
    at = _at(projector, given)
    risks, controls, held = _parts(projector, at, given.risk)
    on = day_of(at.true or projector.journal.now())
    with projector.reader(ORGANISATION.name) as (connection, tables):
        departments = org_tree(connection, tables, at.body, on, at.known)
    with projector.reader(CONTROLS.name) as (connection, tables):
        out = out_of_control(connection, tables, *at)
        policy = colour_policy(connection, tables, *at)
    return control_gaps.gaps(
        risks,
        controls,
        held,
        control_gaps.tiers_in_place(departments),
        control_gaps.departments_standing(departments),
        out,
        policy,
    )


def _colours(projector: Projector, given: OnClocks) -> list[Row]:
    with projector.reader(CONTROLS.name) as (connection, tables):
        return colour_policy(connection, tables, *_at(projector, given))


def _tree(projector: Projector, at: _At, retired: bool) -> list[Row]:
    with projector.reader(UNIT_TREE.name) as (connection, tables):
        return unit_tree(connection, tables, at.body, None, at.true, at.known, retired)


def _table_a(projector: Projector, given: OnClocks) -> list[Row]:
    return risk_tables.table_a(_tree(projector, _at(projector, given), False))


def _table_b(projector: Projector, given: OnClocks) -> list[Row]:
    at = _at(projector, given)
    risks = whole_list(projector, *at)
    return risk_tables.table_b(risks, _tree(projector, at, True))


def _table_c(projector: Projector, given: OnClocks) -> list[Row]:
    at = _at(projector, given)
    risks, controls, held = _parts(projector, at, None)
    rows = control_gaps.matrix(risks, controls, held)
    return risk_tables.table_c(rows, risks, _tree(projector, at, True))


_RISKS = (RISK_LIST.name, RISK_MARKS.name, ORGANISATION.name, UNIT_TREE.name)
_ALL = (CONTROLS.name, *_RISKS)
_THEN = {"body": "KS-01", "as_of": "2026-03-19T16:45:00+08:00"}

CONTROL_QUESTIONS: tuple[Question[Any], ...] = (
    Question("control-list", OfControls, (CONTROLS.name, ORGANISATION.name), _controls, _THEN),
    Question("risk-matrix", OfMatrix, _ALL, _matrix, _THEN),
    Question("risk-gaps", OfMatrix, _ALL, _gaps, _THEN),
    Question("colour-policy", OnClocks, (CONTROLS.name,), _colours, {"body": "KS-01", "as_of": "2026-03-20"}),
    Question("table-a", OnClocks, (UNIT_TREE.name,), _table_a, {"body": "KS-01"}),
    Question("table-b", OnClocks, _RISKS, _table_b, _THEN),
    Question("table-c", OnClocks, _ALL, _table_c, _THEN),
)

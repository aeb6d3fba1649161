"""The questions about changes: which there are, which risks each touches, what one would touch, is the list current."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from adapters.change_reach import VIEWS, reached
from adapters.projector.asking import OfBodies, Parameters, Question, Row, known_at, true_at
from adapters.projector.projector import Projector
from domain.change_state import ScopeRow
from domain.language import day_of
from projections.body_register import BODY_REGISTER, body_list
from projections.changes import CHANGES, change_list, change_risks, list_current
from projections.role_holders import ROLE_HOLDERS, role_holders


class OfChangeList(OfBodies):
    code: str | None = Field(None, max_length=64, description="编号 / code")
    open_only: bool = Field(False, description="只列未关闭的 / only those not closed")


class OfTouched(OfBodies):
    change: str | None = Field(None, max_length=64, description="变更 / change")
    risk: str | None = Field(None, max_length=64, description="安全风险 / risk")
    waiting_only: bool = Field(False, description="只列待重新评估的 / only those still to be assessed")


class OfPreview(Parameters):
    body: str = Field(max_length=64, description="责任单位 / responsible body")
    scope: tuple[Annotated[tuple[str, str], Field(strict=False)], ...] = Field(
        strict=False, description="[类别, 编码] 的列表；全部风险为 [everything, 空] / [kind, code] pairs"
    )
    as_of: str | None = Field(None, description="真实情况的时刻或日期 / true at this moment or day")
    known_at: int | str | None = Field(
        None, description="当时已知：记录位置、时刻或日期 / as known at this position, moment or day"
    )


def _changes(projector: Projector, given: OfChangeList) -> list[Row]:
    with projector.reader(CHANGES.name) as (connection, tables):
        return change_list(connection, tables, given.body, given.code, given.open_only)


def _touched(projector: Projector, given: OfTouched) -> list[Row]:
    with projector.reader(CHANGES.name) as (connection, tables):
        rows = change_risks(connection, tables, given.body, given.change, given.risk, given.waiting_only)
    return with_persons(projector, rows)


def with_persons(projector: Projector, rows: list[Row]) -> list[Row]:
    """Each row with who holds today the role that owes the assessment."""
    today = day_of(projector.journal.now())
    held: dict[tuple[str, str], list[str]] = {}
    with projector.reader(ROLE_HOLDERS.name) as (connection, tables):
        for row in rows:
            key = (row["body"], row["owed_by"])
            if row["owed_by"] is not None and key not in held:
                found = role_holders(connection, tables, body=key[0], on=today, role=key[1])
                held[key] = sorted({one["person"] for one in found})
    return [{**row, "persons": held.get((row["body"], row["owed_by"]), [])} for row in rows]


def _preview(projector: Projector, given: OfPreview) -> list[Row]:
    known = known_at(projector, given.known_at)
    position = projector.journal.head().size if known is None else known
    scope = [ScopeRow(kind, code) for kind, code in given.scope]
    found = reached(projector, given.body, scope, true_at(given.as_of), known)
    return [
        {
            "body": given.body,
            "risk": one.risk,
            "paths": [" > ".join(path.steps) for path in one.paths],
            "position": position,
        }
        for one in found
    ]


def _current(projector: Projector, given: OfBodies) -> list[Row]:
    with projector.reader(BODY_REGISTER.name) as (connection, tables):
        bodies = [row["body"] for row in body_list(connection, tables, body=given.body)]
    with projector.reader(CHANGES.name) as (connection, tables):
        return [list_current(connection, tables, body) for body in bodies]


CHANGE_QUESTIONS: tuple[Question[Any], ...] = (
    Question("change-list", OfChangeList, (CHANGES.name,), _changes, {"body": "KS-01"}),
    Question(
        "change-risks",
        OfTouched,
        (CHANGES.name, ROLE_HOLDERS.name),
        _touched,
        {"body": "KS-01", "change": "BG-2026-01"},
    ),
    Question(
        "change-preview", OfPreview, VIEWS, _preview, {"body": "KS-01", "scope": [["equipment", "TS-JJ-01"]]}
    ),
    Question("risk-list-current", OfBodies, (CHANGES.name, BODY_REGISTER.name), _current, {"body": "KS-01"}),
)

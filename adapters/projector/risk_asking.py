"""The questions about risks: the whole list, what changed in it, how it is spread, and what they are linked to."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from adapters.projector.asking import (
    OfBodies,
    OnClocks,
    OnTwoClocks,
    Question,
    Row,
    known_at,
    true_at,
)
from adapters.projector.projector import Projector
from adapters.projector.uplift_asking import shown, uplifts_of
from domain.language import Level, Moment, day_of
from domain.risk_tags import TagKind
from projections.control_assignments import assignments_on
from projections.organisation import ORGANISATION
from projections.risk_changes import changes
from projections.risk_distribution import distribution
from projections.risk_list import RISK_LIST, risk_list
from projections.risk_marks import RISK_MARKS, marks_of, risk_tags
from projections.risk_rows import whole_rows
from projections.unit_tree import UNIT_TREE, unit_tree
from projections.uplifts import UPLIFTS


class OfRisks(OnTwoClocks):
    level: Level | None = Field(None, description="风险等级 / level")
    retired: bool = Field(False, description="包括已停用的 / retired ones too")


class OfChanges(OfBodies):
    code: str | None = Field(None, max_length=64, description="编号 / code")
    from_as_of: str | None = Field(
        None, description="此前：真实情况的时刻或日期 / before: true at this moment or day"
    )
    to_as_of: str | None = Field(
        None, description="此后：真实情况的时刻或日期 / after: true at this moment or day"
    )
    from_known_at: int | str | None = Field(
        None,
        description="此前：当时已知的位置、时刻或日期 / before: as known at this position, moment or day",
    )
    to_known_at: int | str | None = Field(
        None, description="此后：当时已知的位置、时刻或日期 / after: as known at this position, moment or day"
    )


class OfTags(OnClocks):
    risk: str | None = Field(None, max_length=64, description="安全风险 / risk")
    kind: TagKind | None = Field(None, description="标签类别 / kind of tag")
    tag: str | None = Field(None, max_length=64, description="标签编码 / code of the tag")


def _risks(projector: Projector, given: OfRisks) -> list[Row]:
    paged: dict[str, Any] = {"code": given.code, "limit": given.limit, "after": given.after}
    more = {**paged, "level": given.level, "retired": given.retired}
    at = (true_at(given.as_of), known_at(projector, given.known_at))
    return whole_list(projector, given.body, *at, **more)


def whole_list(
    projector: Projector, body: str | None, true: Moment | None, known: int | None, **more: Any
) -> list[Row]:
    """The rows of the risk list with all that joins them; the tree is read last, so that it holds their units."""
    lifting = uplifts_of(projector, body, true, known)
    rows = _shown(projector, body, true, known, lifting, more)
    if not rows:
        return []
    _assign(projector, body, true, known, rows)
    with projector.reader(RISK_MARKS.name) as (connection, tables):
        marks = marks_of(connection, tables, [(row["body"], row["code"]) for row in rows], true, known)
    with projector.reader(UNIT_TREE.name) as (connection, tables):
        units = unit_tree(connection, tables, body, None, true, known, True)
    return whole_rows(rows, marks, units)


def _shown(
    projector: Projector,
    body: str | None,
    true: Moment | None,
    known: int | None,
    lifting: list[Row],
    more: dict[str, Any],
) -> list[Row]:
    """The risks with the levels shown; a level asked for is the one shown: while something is lifted, all are read."""
    level, limit = more.get("level"), more.get("limit")
    if level is None or not lifting:
        with projector.reader(RISK_LIST.name) as (connection, tables):
            rows = risk_list(connection, tables, body=body, true_at=true, known_at=known, **more)
        return shown(rows, lifting)
    asked = {**more, "level": None, "limit": None}
    with projector.reader(RISK_LIST.name) as (connection, tables):
        rows = risk_list(connection, tables, body=body, true_at=true, known_at=known, **asked)
    return [row for row in shown(rows, lifting) if row["level"] == level][:limit]


def _assign(
    projector: Projector, body: str | None, true: Moment | None, known: int | None, rows: list[Row]
) -> None:
    """Say of each control who answered for it on that day."""
    on = day_of(true or projector.journal.now())
    keys = [(row["body"], row["code"]) for row in rows]
    with projector.reader(ORGANISATION.name) as (connection, tables):
        held = assignments_on(connection, tables, on, body, known, keys)
    for row in rows:
        for control in row["controls"]:
            control["assignments"] = held.get((row["body"], row["code"], control["control"]), [])


def _changes(projector: Projector, given: OfChanges) -> list[Row]:
    """Without a moment or position: as it is and is known now."""
    sides = []
    for side in ("from", "to"):
        moment, position = getattr(given, f"{side}_as_of"), getattr(given, f"{side}_known_at")
        true = true_at(moment, f"{side}_as_of")
        known = position if isinstance(position, int) else _position(projector, position, f"{side}_known_at")
        sides.append(whole_list(projector, given.body, true, known, code=given.code, retired=True))
    return changes(*sides)


def _position(projector: Projector, given: str | None, field: str) -> int | None:
    until = true_at(given, field)
    return None if until is None else projector.position_at(until)


def _distribution(projector: Projector, given: OnClocks) -> list[Row]:
    true, known = true_at(given.as_of), known_at(projector, given.known_at)
    return distribution(whole_list(projector, given.body, true, known))


def _tags(projector: Projector, given: OfTags) -> list[Row]:
    true, known = true_at(given.as_of), known_at(projector, given.known_at)
    with projector.reader(RISK_MARKS.name) as (connection, tables):
        return risk_tags(connection, tables, given.body, true, known, given.risk, given.kind, given.tag)


WHOLE = (UPLIFTS.name, RISK_LIST.name, RISK_MARKS.name, ORGANISATION.name, UNIT_TREE.name)
"""The views that the whole list needs."""
_DAY = "2026-03-19T17:00:00+08:00"

RISKS: tuple[Question[Any], ...] = (
    Question(
        "risk-list",
        OfRisks,
        WHOLE,
        _risks,
        {"body": "KS-01", "as_of": "2026-01-31", "known_at": "2026-01-31", "level": "general"},
    ),
    Question(
        "risk-diff",
        OfChanges,
        WHOLE,
        _changes,
        {"body": "KS-01", "from_as_of": "2026-01-13", "to_as_of": "2026-03-19"},
    ),
    Question("risk-distribution", OnClocks, WHOLE, _distribution, {"body": "KS-01", "as_of": _DAY}),
    Question("risk-tags", OfTags, (RISK_MARKS.name,), _tags, {"body": "KS-01", "kind": "equipment"}),
)

"""The question about temporary uplifts, and the level shown while they last."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from adapters.projector.asking import OnClocks, Question, Row, known_at, true_at
from adapters.projector.projector import Projector
from domain.language import COLOUR, Moment
from projections.risk_levels import RiskLevel
from projections.uplifts import UPLIFTS, highest_by_risk, shown_level, uplift_list


class OfUplifts(OnClocks):
    risk: str | None = Field(None, max_length=64, description="安全风险 / risk")
    ever: bool = Field(False, description="包括已结束的 / ended ones too")


def uplifts_of(
    projector: Projector,
    body: str | None,
    true: Moment | None,
    known: int | None,
    risk: str | None = None,
    ever: bool = False,
) -> list[Row]:
    """The uplifts in force at that moment, as known by that position."""
    with projector.reader(UPLIFTS.name) as (connection, tables):
        return uplift_list(connection, tables, body, true, known, risk, ever)


def shown(rows: list[Row], lifting: list[Row]) -> list[Row]:
    """The rows of the risk list with the level shown, the one assessed beside it, and what lifts it."""
    levels = highest_by_risk(lifting)
    by_risk: dict[tuple[str, str], list[Row]] = {}
    for one in lifting:
        by_risk.setdefault((one["body"], one["risk"]), []).append(one)
    for row in rows:
        key = (row["body"], row["code"])
        row["assessed_level"] = row["level"]
        row["uplifts"] = by_risk.get(key, [])
        row["uplifted_to"] = levels.get(key)
        row["level"] = shown_level(row["level"], levels.get(key))
        row["colour"] = None if row["level"] is None else COLOUR[row["level"]]
    return rows


def shown_levels(
    projector: Projector, risks: list[RiskLevel], body: str | None, true: Moment | None, known: int | None
) -> list[RiskLevel]:
    """The levels shown of risks: the higher of the one assessed and the one lifted to."""
    levels = highest_by_risk(uplifts_of(projector, body, true, known))
    if not levels:
        return risks
    return [one._replace(level=shown_level(one.level, levels.get((one.body, one.code)))) for one in risks]


def _uplifts(projector: Projector, given: OfUplifts) -> list[Row]:
    at = (true_at(given.as_of), known_at(projector, given.known_at))
    return uplifts_of(projector, given.body, *at, given.risk, given.ever)


UPLIFT_QUESTIONS: tuple[Question[Any], ...] = (
    Question("uplift-list", OfUplifts, (UPLIFTS.name,), _uplifts, {"body": "KS-01", "ever": True}),
)

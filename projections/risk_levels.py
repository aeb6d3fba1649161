"""The level that counts of every risk, with its unit, now or at any moment: what areas and gaps ask for."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from domain.language import Moment
from projections import bitemporal, risk_list
from projections.bitemporal import KNOWN_FOREVER, TRUE_FOREVER


class RiskLevel(NamedTuple):
    """A risk that is not retired; without a level as long as nobody assessed it."""

    body: str
    code: str
    unit: str
    level: str | None


def risk_levels(
    connection: Connection,
    tables: risk_list.Tables,
    body: str | None = None,
    true_at: Moment | None = None,
    known_at: int | None = None,
) -> list[RiskLevel]:
    """By body and code, as true at a moment and known by a position; ``tables`` are those of the risk list."""
    found = bitemporal.as_of_joined(
        connection,
        tables.risks,
        (tables.identity, tables.level, tables.standing),
        scope=body,
        true_at=TRUE_FOREVER if true_at is None else true_at,
        known_at=KNOWN_FOREVER if known_at is None else known_at,
    )
    return [
        RiskLevel(one["scope"], one["code"], one["unit"], one["level"])
        for one in found
        if one["unit"] is not None and one["standing"] != "retired"
    ]

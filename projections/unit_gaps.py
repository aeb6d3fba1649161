"""What identification has left open, unit by unit: key posts and dangerous places first (NJ-021, NJ-024, NJ-026)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from domain.unit_state import LEAVES
from projections.risk_levels import RiskLevel

GAPS = ("no_risk", "aspects_missing", "not_divided", "risk_at_retired_unit")
"""A leaf without an identified risk; one not yet looked at from all five aspects; a unit that ends without a leaf;
a unit that is retired while a risk of it is not."""

Row = dict[str, Any]


def unit_gaps(tree: Sequence[Row], risks: Iterable[RiskLevel]) -> list[Row]:
    """One row for each unit with a gap, from the rows of the unit tree (retired ones too) and the risks that count."""
    count: dict[tuple[str, str], int] = {}
    for risk in risks:
        count[risk.body, risk.unit] = count.get((risk.body, risk.unit), 0) + 1
    divided = {(row["body"], row["parent"]) for row in tree if row["standing"] != "retired"}
    rows = []
    for row in tree:
        number = count.get((row["body"], row["code"]), 0)
        gaps = list(_gaps(row, number, (row["body"], row["code"]) in divided))
        if gaps:
            told = ("body", "code", "name", "kind", "path", "key_post", "dangerous_place")
            missing = row["missing"] if "aspects_missing" in gaps else []
            rows.append(
                {**{name: row[name] for name in told}, "risks": number, "gaps": gaps, "missing": missing}
            )
    return sorted(rows, key=lambda row: not (row["key_post"] or row["dangerous_place"]))


def _gaps(row: Row, risks: int, divided: bool) -> Iterable[str]:
    if row["standing"] == "retired":
        if risks:
            yield "risk_at_retired_unit"
        return
    if row["kind"] in LEAVES:
        if not risks:
            yield "no_risk"
        if row["missing"]:
            yield "aspects_missing"
    elif not divided:
        yield "not_divided"

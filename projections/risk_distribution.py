"""How many risks have which level, by method, category, factor, accident type, unit and focus control."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from domain.language import LEVELS

Row = dict[str, Any]
NONE = "none"
"""The value of what a risk does not have."""


def distribution(rows: Sequence[Row]) -> list[Row]:
    """Of each body, for each dimension and value: how many risks, and how many of each level or not assessed.

    A risk counts once in a dimension, except by accident type, of which it may have several.
    """
    found: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        for dimension, values in DIMENSIONS.items():
            for value in values(row):
                key = (row["body"], dimension, value or NONE)
                counts = found.setdefault(key, {"risks": 0, **dict.fromkeys((*LEVELS, "not_assessed"), 0)})
                counts["risks"] += 1
                counts[row["level"] or "not_assessed"] += 1
    order = {dimension: at for at, dimension in enumerate(DIMENSIONS)}
    ranks: dict[str, int] = {level: at for at, level in enumerate(LEVELS)}

    def place(key: tuple[str, str, str]) -> tuple[str, int, int, str]:
        return key[0], order[key[1]], ranks.get(key[2], len(ranks)), key[2]

    return [
        {"body": body, "dimension": dimension, "value": value, **found[body, dimension, value]}
        for body, dimension, value in sorted(found, key=place)
    ]


def _method(row: Row) -> list[str | None]:
    return [f"{row['method']} {row['version']}" if row["method"] else None]


DIMENSIONS: dict[str, Callable[[Row], list[str | None]]] = {
    "level": lambda row: [row["level"]],
    "method": _method,
    "category": lambda row: [row["category"]],
    "factor_class": lambda row: [(row["factor"] or "")[:2]],
    "accident_type": lambda row: row["accident_types"] or [None],
    "unit": lambda row: [row["unit"]],
    "focus": lambda row: ["under_focus" if row["focus"] else "not_under_focus"],
}
"""Dimension -> the values that a risk has in it."""

"""A risk's whole row: what YT-25a wants of a risk list and YT-16a of its quarterly report, and what of that is missing.

The list knows identification, level and controls; tags and focus control, and where the unit lies, join here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = dict[str, Any]
OBJECTIVE = ("2", "3")
"""Classes of GB/T 13861 that are objective: things and environment. People and management are not (YT Art. 3)."""


def whole_rows(rows: Sequence[Row], marks: Mapping[tuple[str, str], Row], units: Sequence[Row]) -> list[Row]:
    """Each row of the risk list with tags, focus control, location, the two lists of fields, and ``missing``.

    ``units`` are the rows of the unit tree of that same moment, retired ones too.
    """
    tree = {(one["body"], one["code"]): one for one in units}
    return [_whole(row, marks.get((row["body"], row["code"]), {}), tree) for row in rows]


def _whole(row: Row, marks: Mapping[str, Any], tree: Mapping[tuple[str, str], Row]) -> Row:
    named = row["name"] is not None
    features, factor = row["features"] or "", row["factor"] or ""
    persons, departments = responsible(row["controls"])
    found = {
        **row,
        "description": features or ("；".join((row["cause"], row["consequence"])) if named else None),
        "characteristics": {
            "overview": features or None,
            "parameters": row["parameters"] or None,
            "impact_range": row["impact"],
        },
        "location": _location(row, tree),
        "responsible_body": row["body"],
        "responsible_units": departments,
        "responsible_persons": persons,
        "objective": factor.startswith(OBJECTIVE) if factor else None,
        "tags": marks.get("tags", []),
        "focus": marks.get("focus"),
    }
    return {**found, "missing": _missing(found)}


def responsible(controls: Sequence[Row]) -> tuple[list[str], list[str]]:
    """Who answers for a risk's controls by their assignments, of that day: persons and departments."""
    assigned = [one for control in controls for one in control.get("assignments", ())]
    persons = {person for one in assigned for person in one["persons"]}
    return sorted(persons), sorted({one["department"] for one in assigned if one["department"]})


def _location(row: Row, tree: Mapping[tuple[str, str], Row]) -> Row:
    """Where the risk lies: its unit with those above it by name, on a drawing or by coordinates where known."""
    body, unit = row["body"], row["unit"]
    held = tree.get((body, unit))
    if held is None:
        return {
            "unit": unit,
            "path": None,
            "drawing": None,
            "system": None,
            "longitude": None,
            "latitude": None,
        }
    above = [tree[body, code]["name"] for code in held["path"].split("/") if (body, code) in tree]
    named = ("drawing", "system", "longitude", "latitude")
    return {"unit": unit, "path": " / ".join(above), **{name: held[name] for name in named}}


def _missing(row: Row) -> list[str]:
    """The fields of YT-25a and YT-16a without content."""
    held = {
        "category": row["category"],
        "name": row["name"],
        "overview": row["characteristics"]["overview"],
        "parameters": row["characteristics"]["parameters"],
        "impact_range": row["characteristics"]["impact_range"],
        "location": row["location"]["path"],
        "level": row["level"],
        "controls": row["controls"],
        "responsible_units": row["responsible_units"],
        "responsible_persons": row["responsible_persons"],
    }
    return [name for name, value in held.items() if not value]

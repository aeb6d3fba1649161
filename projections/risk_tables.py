"""Tables A, B and C of the Nanjing plan (Annex 2): units, results of assessment, and graded control, column by column.

The columns keep their printed order; what we hold besides (codes, positions, the tier that Table C leaves out) stands
behind them or is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.control_state import TIERS
from domain.unit_state import LEAVES

Row = dict[str, Any]
SEVERITY = ("C", "S")
"""By which input a method states the severity: LEC by C, LS and MES by S."""


def table_a(units: Sequence[Row]) -> list[Row]:
    """The division into units: one row for each leaf, and for each unit that ends without one.

    ``units`` are the rows of the unit tree, in its order. A division deeper than the printed one has its further names
    joined in the column of their kind.
    """
    names = {(one["body"], one["code"]): (one["kind"], one["name"]) for one in units}
    divided = {(one["body"], one["parent"]) for one in units}
    rows = []
    for unit in units:
        leaf = unit["kind"] in LEAVES
        if not leaf and (unit["body"], unit["code"]) in divided:
            continue
        above: dict[str, list[str]] = {"main": [], "sub": [], "child": []}
        for code in unit["path"].split("/"):
            kind, name = names.get((unit["body"], code), ("", ""))
            if kind in above:
                above[kind].append(name)
        row = {f"{kind}_unit": " / ".join(found) or None for kind, found in above.items()}
        told = {"leaf_unit": unit["name"] if leaf else None, "kind": unit["kind"] if leaf else None}
        of = {"body": unit["body"], "code": unit["code"], "position": unit["position"]}
        rows.append({**row, **told, **of})
    return _numbered(rows)


def table_b(risks: Sequence[Row], units: Sequence[Row]) -> list[Row]:
    """The results of assessment: one row for each risk, in the order of the units."""
    names, places = _units(units)
    rows = []
    for risk in sorted(risks, key=lambda one: _place(one, places)):
        inputs = risk["inputs"] or {}
        rows.append(
            {
                "leaf_unit": names.get((risk["body"], risk["unit"]), risk["unit"]),
                "hazardous_factor": _factor(risk),
                "accident_type": risk["accident_types"],
                "cause": risk["cause"],
                "consequence": risk["consequence"],
                "impact_range": risk["impact"],
                "likelihood": _likelihood(inputs),
                "severity": next((inputs[one] for one in SEVERITY if one in inputs), None),
                "existing_measure_effectiveness": risk["effectiveness"],
                "risk_level": risk.get("assessed_level", risk["level"]),
                **{name: risk[name] for name in ("body", "code", "name", "method", "version", "score")},
                "inputs": inputs,
                "position": risk["positions"]["level"] or risk["position"],
            }
        )
    return _numbered(rows)


def table_c(matrix: Sequence[Row], risks: Sequence[Row], units: Sequence[Row]) -> list[Row]:
    """Graded control: for each control one row for each who answers, with the tier; nobody is shown as nobody."""
    names, places = _units(units)
    about = {(one["body"], one["code"]): one for one in risks}
    rows = []
    for row in sorted(matrix, key=lambda one: (*_place(one, places), one["order"] or 0)):
        risk = about[row["body"], row["risk"]]
        printed = {
            "leaf_unit": names.get((row["body"], row["unit"]), row["unit"]),
            "hazardous_factor": _factor(risk),
            "risk_level": row["level"],
            "control_measures": row["measure"],
        }
        of = {name: row[name] for name in ("body", "risk", "control", "layer", "order")}
        nobody: Row = {"department": None, "persons": [], "tier": None, "position": row["position"]}
        for held in [one for tier in TIERS for one in row[tier]] or [nobody]:
            who = {"responsible_department": held["department"], "responsible_person": held["persons"]}
            rows.append({**printed, **who, "tier": held["tier"], **of, "position": held["position"]})
    return _numbered(rows)


def _numbered(rows: Sequence[Row]) -> list[Row]:
    return [{"seq": number, **row} for number, row in enumerate(rows, start=1)]


def _units(units: Sequence[Row]) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], int]]:
    """Of each (body, unit) its name and its place in the tree."""
    keys = [(one["body"], one["code"]) for one in units]
    return (
        {key: one["name"] for key, one in zip(keys, units, strict=True)},
        {key: place for place, key in enumerate(keys)},
    )


def _place(row: Mapping[str, Any], places: Mapping[tuple[str, str], int]) -> tuple[Any, ...]:
    code = row["risk"] if "risk" in row else row["code"]
    return (row["body"], places.get((row["body"], row["unit"]), len(places)), code)


def _factor(risk: Row) -> str:
    """The factor's code with its name in the stated edition of GB/T 13861."""
    named = (risk["factor"], risk.get("factor_name"), risk["factor_edition"])
    return " ".join(str(one) for one in named if one)


def _likelihood(inputs: Mapping[str, str]) -> str | None:
    """The likelihood; where a method states it by several other inputs (MES: M and E), all of them by name."""
    if "L" in inputs:
        return inputs["L"]
    others = [f"{name} {value}" for name, value in inputs.items() if name not in SEVERITY]
    return ", ".join(others) or None

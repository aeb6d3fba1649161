"""What warns at a risk: declared uncontrollable, work stopped or on hold where it is, controls that failed repeatedly.

Everything comes as rows of one moment; nothing here reads a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Row = dict[str, Any]
WARNINGS = ("uncontrollable", "stop", "hold", "reassessment_proposed")
"""In the order in which those of one risk are listed."""


def warnings(
    risks: Sequence[Row],
    tree: Sequence[Row],
    out: Sequence[Row],
    stops: Sequence[Row],
    holds: Sequence[Row],
    proposals: Sequence[Row],
) -> list[Row]:
    """One row for each warning, by body and risk.

    A stop or hold warns at every risk of its unit and of all below it, and a stop also at the risk that it names.
    ``what`` is the number of the declaration, stop or hold, or the control; ``about`` its reason, or the hazards.
    """
    above = {(row["body"], row["code"]): frozenset(row["path"].split("/")) for row in tree}
    declared = {(one["body"], one["risk"]): one for one in out}
    proposed: dict[tuple[str, str], list[Row]] = {}
    for one in proposals:
        proposed.setdefault((one["body"], one["risk"]), []).append(one)
    sites = _by_body(stops, "stop"), _by_body(holds, "hold")
    rows = []
    for risk in risks:
        place = (risk["body"], risk["code"])
        units = above.get((risk["body"], risk["unit"]), frozenset((risk["unit"],)))
        for name, told in (
            *_declared(declared.get(place)),
            *_halted(risk, units, sites),
            *_proposed(proposed.get(place, ())),
        ):
            of = {"body": risk["body"], "risk": risk["code"], "name": risk["name"], "level": risk["level"]}
            rows.append({**of, "warning": name, **told})
    return sorted(
        rows,
        key=lambda row: (
            row["body"],
            row["risk"],
            WARNINGS.index(row["warning"]),
            row["since"],
            row["position"],
        ),
    )


def _by_body(rows: Sequence[Row], kind: str) -> tuple[str, Mapping[str, Sequence[Row]]]:
    found: dict[str, list[Row]] = {}
    for one in rows:
        found.setdefault(one["body"], []).append(one)
    return kind, found


def _declared(one: Row | None) -> Iterator[tuple[str, Row]]:
    if one is not None:
        by = {"who": one["declared_by"], "since": one["since"], "position": one["position"]}
        yield (
            "uncontrollable",
            {"unit": None, "what": str(one["declaration"]), "about": [one["reason"]], **by},
        )


def _halted(
    risk: Row, units: frozenset[str], sites: Sequence[tuple[str, Mapping[str, Sequence[Row]]]]
) -> Iterator[tuple[str, Row]]:
    for kind, held in sites:
        for one in held.get(risk["body"], ()):
            if one["unit"] in units or (kind == "stop" and one["risk"] == risk["code"]):
                stop = kind == "stop"
                yield (
                    kind,
                    {
                        "unit": one["unit"],
                        "what": str(one[kind]),
                        "about": [one["reason"] if stop else one["abnormality"]],
                        "who": one["stopped_by"] if stop else [one["opened_by"]],
                        "since": one["stopped_at"] if stop else one["opened_at"],
                        "position": one["position"],
                    },
                )


def _proposed(held: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    for one in held:
        by: Row = {"who": [], "since": one["since"], "position": one["position"]}
        yield "reassessment_proposed", {"unit": None, "what": one["control"], "about": one["hazards"], **by}

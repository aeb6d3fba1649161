"""What is still open about the levels of risks: none, waiting, rated by an older version, resting on too little."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from projections.control_gaps import JOINT

Row = dict[str, Any]


def assessment_gaps(rows: Sequence[Row], bound: Mapping[tuple[str, str], str | None]) -> list[Row]:
    """A row for each risk with a gap, in the order of the list; ``bound`` is what binds, by body and method.

    ``no_level``: nobody assessed it. ``no_current_rating``: only without its controls. ``level_waits``: somebody has to
    approve. ``older_version``: rated by a version (or method) that the body no longer takes; the level stands.
    ``standards_not_met``: a mandatory standard is not kept. Of major and larger risks, what the judgement rests on:
    ``standards_not_checked``, ``no_evidence`` (NJ-028) and ``not_analysed`` by the four elements (YT Art. 19).
    """
    found = []
    for row in rows:
        gaps = list(_gaps(row, bound))
        if gaps:
            found.append(
                {
                    "body": row["body"],
                    "code": row["code"],
                    "name": row["name"],
                    "unit": row["unit"],
                    "gaps": gaps,
                    "level": row["level"],
                    "pending_level": row["pending_level"],
                    "pending": row["pending"],
                    "method": row["method"],
                    "version": row["version"],
                    "bound_version": bound.get((row["body"], row["method"] or "")),
                    "assessed_at": row["assessed_at"],
                    "position": row["position"],
                }
            )
    return found


def _gaps(row: Row, bound: Mapping[tuple[str, str], str | None]) -> list[str]:
    if row["level"] is None:
        return ["no_level"]
    gaps = ["no_current_rating"] if row["rating"] == "inherent" else []
    gaps += ["level_waits"] if row["pending"] else []
    gaps += ["older_version"] if bound.get((row["body"], row["method"])) != row["version"] else []
    return gaps + list(_grounds(row))


def _grounds(row: Row) -> Iterator[str]:
    said = row["grounds"] or {}
    if said.get("standards_met") is False:
        yield "standards_not_met"
    if row["level"] in JOINT:
        if said.get("standards_met") is None:
            yield "standards_not_checked"
        if not said.get("evidence"):
            yield "no_evidence"
        if not said.get("analysis"):
            yield "not_analysed"

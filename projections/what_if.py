"""The risk list beside itself under another method: the level now, the level then, and how to make it so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from domain.rulebook import Rulebook, Wording
from domain.what_if import change, fitting, suppose

Row = dict[str, Any]


def what_if(rows: Sequence[Row], wording: Wording, rules: Rulebook, adoption: Row | None = None) -> list[Row]:
    """A row for each risk of the list that was assessed: which inputs were taken, what the method says, what changes.

    ``adopt`` holds the lines that would make it so, empty where the method can say nothing of the stored inputs; the
    first of them adopts the method where it does not bind yet (``adoption``), with one id in every row.
    """
    return [_beside(row, wording, rules, adoption) for row in rows if row["level"] is not None]


def _beside(row: Row, wording: Wording, rules: Rulebook, adoption: Row | None) -> Row:
    stored = fitting(wording, row["methods"], row["method"])
    found: Row = {
        "body": row["body"],
        "code": row["code"],
        "name": row["name"],
        "unit": row["unit"],
        "position": row["position"],
        "level_now": row["level"],
        "score_now": row["score"] or None,
        "method_now": row["method"],
        "version_now": row["version"],
        "pending_level": row["pending_level"],
        "override_now": row["override"],
        "method": wording.rule,
        "version": wording.version,
        "inputs": None,
        "inputs_from": None,
        "score_then": None,
        "computed_then": None,
        "level_then": None,
        "change": None,
        "lacking": [],
        "problem_zh": None,
        "problem_en": None,
        "adopt": [],
    }
    if stored is None:  # rated without controls only: no current inputs are there
        return found
    supposed = suppose(wording, stored, rules)
    found |= {
        "inputs": stored["inputs"],
        "inputs_from": stored["number"],
        "score_then": supposed.score or None,
        "computed_then": supposed.computed,
        "level_then": supposed.level,
        "change": change(row["level"], supposed.level),
        "lacking": list(supposed.lacking),
        "problem_zh": supposed.problem["zh"] if supposed.problem else None,
        "problem_en": supposed.problem["en"] if supposed.problem else None,
    }
    if supposed.level is not None:
        first = [_line(str(adoption["command"]), adoption["data"], "", wording)] if adoption else []
        found["adopt"] = [*first, *_lines(row, stored, wording)]
    return found


def _lines(row: Row, stored: Mapping[str, Any], wording: Wording) -> list[Row]:
    """Lines of a batch: the new assessment and, where another method counted, the decision that this one does."""
    place = {"body": row["body"], "risk": row["code"]}
    inputs = dict(stored["inputs"])
    condition = inputs.pop("condition", None)
    given: Row = {
        **place,
        "method": wording.rule,
        "inputs": inputs or None,
        "reason": "change",
        "basis": f"{wording.rule} {wording.version}: {stored['method']} {stored['version']} ({stored['number']})",
        "escalations": stored["escalations"],
    }
    if condition is not None:
        given["condition"] = condition
    said = f"{row['code']} {row['positions']['level']}"
    lines = [_line("ReassessRisk", given, said, wording)]
    others = {one["method"] for one in row["methods"]} - {wording.rule}
    if others and row["chosen_method"] != wording.rule:
        choice = {**place, "method": wording.rule, "reason": f"{wording.rule} {wording.version}"}
        lines.append(_line("ChooseMethod", choice, said, wording))
    return lines


def _line(command: str, data: Row, said: str, wording: Wording) -> Row:
    """The same question over the same assessments gives the same id, so that a batch given twice counts once."""
    state = [command, data["body"], said, wording.rule, wording.version]
    return {
        "command": command,
        "id": f"what-if-{sha256(chr(0).join(state).encode()).hexdigest()[:32]}",
        "data": data,
    }

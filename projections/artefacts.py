"""What a body must keep for the control of risks: of each whether it is there, the evidence, and what is missing.

The six or three artefacts of YT-22 and the six outcomes of NJ-001. A paper counts where the register of documents
holds a valid version; what we do not hold is missing, never assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from domain.language import Day
from projections.hazard_ledger import ENDS

Row = dict[str, Any]
CHECKED_WITHIN = 31
"""Days within which measures must have been looked at to count as carried out: ours, after the monthly check."""


@dataclass(frozen=True)
class Kept:
    """What one body holds on a day: rows of the questions of that moment.

    ``documents`` are the valid ones; ``looked_at`` are confirmations and inspections of the last 31 days.
    """

    risks: Sequence[Row]
    unit_gaps: Sequence[Row]
    areas: Sequence[Row]
    documents: Sequence[Row]
    hazards: Sequence[Row]
    looked_at: Sequence[Row]
    day: Day


@dataclass
class Found:
    """What speaks for an artefact, and what is missing of it."""

    evidence: list[Row]
    missing: list[Row]
    needed: bool = True

    @property
    def kept(self) -> str:
        if not self.needed:
            return "not_needed"
        if not self.missing:
            return "kept"
        return "kept_in_part" if self.evidence else "not_kept"


def artefact_rows(body: str, clause: str, binding: str, names: Sequence[str], held: Kept) -> list[Row]:
    """One row for each named artefact; ``binding`` says how the text that names them binds the body."""
    rows = []
    for number, name in enumerate(names, start=1):
        found = CHECKS[name](held)
        rows.append(
            {
                "body": body,
                "clause": f"{clause}({number})",
                "artefact": name,
                "kept": found.kept,
                "missing": found.missing,
                "evidence": found.evidence,
                "binding": binding,
            }
        )
    return rows


def _documents(held: Kept, kind: str) -> Found:
    found = [_evidence("document", one["document"], one) for one in held.documents if one["kind"] == kind]
    return Found(found, [] if found else [{"what": "no_document", "codes": [kind]}])


def _control_rules(held: Kept) -> Found:
    return _documents(held, "rule")


def _identified(held: Kept) -> Found:
    """Every unit has its risks, and each of them a level."""
    missing = [
        *([] if held.risks else [{"what": "no_risks", "codes": []}]),
        *_lacking("unit_without_risk", [one["code"] for one in held.unit_gaps if "no_risk" in one["gaps"]]),
        *_lacking("risk_not_assessed", [one["code"] for one in held.risks if one["level"] is None]),
    ]
    return Found([_evidence("risk", one["code"], one) for one in held.risks], missing)


def _uncontrolled(held: Kept) -> list[Row]:
    return _lacking("risk_without_control", [one["code"] for one in held.risks if not one["controls"]])


def _risk_list(held: Kept) -> Found:
    found = _identified(held)
    return Found(found.evidence, [*found.missing, *_uncontrolled(held)])


def _graded_measures(held: Kept) -> Found:
    """Every risk has a control, and somebody looked at the posts or the measures within a month."""
    controls = [
        _evidence("control", f"{risk['code']} {one['control']}", one)
        for risk in held.risks
        for one in risk["controls"]
    ]
    missing = [
        *([] if held.risks else [{"what": "no_risks", "codes": []}]),
        *_uncontrolled(held),
        *([] if held.looked_at else [{"what": "not_looked_at_lately", "codes": []}]),
    ]
    return Found(controls, missing)


def _post_cards(held: Kept) -> Found:
    return _documents(held, "risk_card")


def _notice_board(held: Kept) -> Found:
    """Needed for larger risk and above."""
    needed = any(one["level"] in ("major", "larger") for one in held.risks)
    found = _documents(held, "notice_board")
    return Found(found.evidence, found.missing, needed)


def _colour_map(held: Kept) -> Found:
    """The map itself is a document; areas that have a colour are a part of it."""
    found = _documents(held, "colour_map")
    areas = [_evidence("area", one["code"], one) for one in held.areas if one["colour"] is not None]
    return Found([*found.evidence, *areas], found.missing)


def _comparison_chart(held: Kept) -> Found:
    return _documents(held, "comparison_chart")


def _notification(held: Kept) -> Found:
    """Cards at the posts, and the board where there is something to put on it."""
    cards, board = _post_cards(held), _notice_board(held)
    missing = [*cards.missing, *(board.missing if board.needed else [])]
    return Found([*cards.evidence, *board.evidence], missing)


def _hazard_loop(held: Kept) -> Found:
    """Hazards are registered and closed, and none stands open beyond its day."""
    closed = [one for one in held.hazards if one["step"] == "closed"]
    overdue = [
        one["code"]
        for one in held.hazards
        if one["step"] not in ENDS and one["due"] is not None and one["due"] < held.day
    ]
    missing = [
        *([] if held.hazards else [{"what": "no_hazards", "codes": []}]),
        *([] if closed or not held.hazards else [{"what": "none_closed", "codes": []}]),
        *_lacking("hazard_overdue", overdue),
    ]
    return Found([_evidence("hazard", one["code"], one) for one in closed], missing)


def _it_management(held: Kept) -> Found:
    """Both lines of defence are in the records."""
    missing = [
        *([] if held.risks else [{"what": "no_risks", "codes": []}]),
        *([] if held.hazards else [{"what": "no_hazards", "codes": []}]),
    ]
    first = [("risk", one) for one in held.risks[:1]] + [("hazard", one) for one in held.hazards[:1]]
    return Found([_evidence(kind, one["code"], one) for kind, one in first], missing)


def _lacking(what: str, codes: list[str]) -> list[Row]:
    return [{"what": what, "codes": codes}] if codes else []


def _evidence(kind: str, code: str, row: Row) -> Row:
    """The thing that speaks for it, with the record that says so."""
    positions = [one for one in row.get("positions", {}).values() if one is not None]
    return {"kind": kind, "code": code, "position": row.get("position", max(positions, default=None))}


CHECKS: dict[str, Callable[[Kept], Found]] = {
    "control_rules": _control_rules,
    "risk_list": _risk_list,
    "post_cards": _post_cards,
    "notice_board": _notice_board,
    "colour_map": _colour_map,
    "comparison_chart": _comparison_chart,
    "complete_risk_list": _identified,
    "graded_measures": _graded_measures,
    "notification": _notification,
    "hazard_loop": _hazard_loop,
    "it_management": _it_management,
}
"""Artefact or outcome -> how it is looked for."""

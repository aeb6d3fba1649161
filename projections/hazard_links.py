"""From a hazard to the control that failed and back: risk, control, round, item, cause, gap, correction (YT-29)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.language import day_of, days_late

Row = dict[str, Any]
_IDENTITY = ("title", "unit", "risk", "control", "inspection", "item", "source")


def hazard_links(acts: Sequence[Row], ledger: Sequence[Row]) -> list[Row]:
    """One row a hazard: what it hangs on, why it came about, which gap in the system let it, and what was corrected.

    ``duplicates`` are those that are handled under it. ``proposals`` and positions name the records.
    """
    now = {(row["body"], row["code"]): row for row in ledger}
    duplicates: dict[tuple[str, str], list[str]] = {}
    for row in ledger:
        if row["duplicate_of"]:
            duplicates.setdefault((row["body"], row["duplicate_of"]), []).append(row["code"])
    found: dict[tuple[str, str], Row] = {}
    for act in acts:
        key = (act["body"], act["code"])
        if key not in now:
            continue
        row = found.setdefault(key, _empty(key, now[key], duplicates.get(key, [])))
        data = act["data"]
        match act["kind"]:
            case "hazard-found" | "hazard-registered":
                row |= {name: data.get(name) for name in _IDENTITY}
            case "cause-analysed":
                said = {name: data[name] for name in ("cause", "system_gap", "corrections")}
                row["causes"].append({**said, "position": act["position"]})
            case "hazard-judged":
                said = {name: data[name] for name in ("pack", "edition", "item", "verdict", "verified")}
                row["verdicts"].append({**said, "position": act["position"]})
            case "interim-measure-set":
                row["interim"].append({"measure": data["measure"], "position": act["position"]})
            case _:
                continue
        row["positions"].append(act["position"])
    return [found[key] for key in sorted(found)]


def _empty(key: tuple[str, str], now: Mapping[str, Any], duplicates: list[str]) -> Row:
    return {
        "body": key[0],
        "code": key[1],
        **dict.fromkeys(_IDENTITY),
        "step": now["step"],
        "grade": now["grade"],
        "causes": [],
        "verdicts": [],
        "interim": [],
        "duplicates": duplicates,
        "positions": [],
    }


def risk_hazards(ledger: Sequence[Row], risk: str | None, open_steps: Sequence[str]) -> list[Row]:
    """One row for each risk and control that hazards name: how many, how many are open, the last one."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in ledger:
        if row["risk"] and risk in (None, row["risk"]):
            groups.setdefault((row["body"], row["risk"], row["control"] or ""), []).append(row)
    return [
        {
            "body": body,
            "risk": code,
            "control": control or None,
            "hazards": [row["code"] for row in held],
            "count": len(held),
            "open": sum(row["step"] in open_steps for row in held),
            "open_major": sum(row["step"] in open_steps and row["grade"] == "major" for row in held),
            "positions": sorted(row["positions"]["identity"] for row in held),
        }
        for (body, code, control), held in sorted(groups.items())
    ]


WAITS = {
    "found": "register",
    "registered": "evaluate",
    "evaluated": "plan",
    "planned": "rectify",
    "completed": "verify",
    "verified": "close",
    "fixed": "confirm",
}
"""What an open hazard waits for, by its step."""


def open_hazards(
    ledger: Sequence[Row], day: str, step: str | None, person: str | None, late: bool
) -> list[Row]:
    """The open hazards: what each waits for, for how long it stands there, how late it is; the latest first."""
    rows = []
    for one in ledger:
        if one["step"] not in WAITS:
            continue
        since = one["since"]["step"]
        due = one["due"] if one["step"] == "planned" else None
        over = days_late(due, day) if due else 0
        row = {
            **{
                name: one[name]
                for name in ("body", "code", "title", "unit", "grade", "step", "due", "filing")
            },
            "waits_for": WAITS[one["step"]],
            "person": one["responsible"],
            "days_at_step": days_late(day_of(since), day),
            "days_over": over,
            "was_overdue": one["overdue"],
            "position": one["positions"]["step"],
        }
        if step in (None, one["step"]) and person in (None, row["person"]) and (over or not late):
            rows.append(row)
    return sorted(rows, key=lambda row: (-row["days_over"], -row["days_at_step"], row["body"], row["code"]))


def permit(
    unit: str,
    body: str,
    tree: Sequence[Row],
    stops: Sequence[Row],
    holds: Sequence[Row],
    hazards: Sequence[Row],
) -> Row:
    """Whether a unit may start risky work: no stop or hold in force at it or above it, no open major hazard around it.

    Above a unit a stop reaches down; a major hazard counts at the unit, above it and below it.
    """
    paths = {row["code"]: tuple(row["path"].split("/")) for row in tree if row["body"] == body}
    above = set(paths.get(unit, (unit,)))
    below = {code for code, path in paths.items() if unit in path}
    because: list[Row] = [
        {"kind": kind, "what": row[kind], "unit": row["unit"], "position": row["position"]}
        for kind, rows in (("stop", stops), ("hold", holds))
        for row in rows
        if row["body"] == body and row["unit"] in above
    ]
    for row in hazards:
        if (
            row["body"] == body
            and row["grade"] == "major"
            and row["step"] in WAITS
            and row["unit"] in above | below
        ):
            at = row["positions"]["step"]
            because.append({"kind": "hazard", "what": row["code"], "unit": row["unit"], "position": at})
    return {"body": body, "unit": unit, "may": not because, "because": because}

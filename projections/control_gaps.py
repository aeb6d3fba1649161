"""The responsibility matrix of the controls of risks, and what is missing in it: reported, never filled silently.

Risks, controls and assignments come as rows of one moment; nothing here reads a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from domain.control_state import ASPECTS, LAYERS, PERIODS, TIERS
from domain.language import LEVELS

Row = dict[str, Any]
Assignments = Mapping[tuple[str, str, str], Sequence[Row]]
JOINT = ("major", "larger")
"""Levels that several tiers control together (NJ 三(二), NJ-046)."""
JOINT_TIERS = 2
GAPS = (
    "out_of_control",
    "no_control",
    "only_lower_layers",
    "control_aspects_missing",
    "one_tier",
    "lower_tiers_missing",
    "colour_tiers",
    "colour_check",
    "not_assigned",
    "no_department",
    "no_person",
    "post_vacant",
    "department_closed",
    "not_checked",
    "builds_on_nothing",
    "waits_for_review",
)
"""Every kind of gap, the gravest first."""


def matrix(risks: Sequence[Row], controls: Sequence[Row], assignments: Assignments) -> list[Row]:
    """One row for each control in force, with who answers at each tier; a risk without any control has a row too."""
    rows = []
    by_risk = _by_risk(controls)
    for risk in risks:
        in_force = _in_force(by_risk.get((risk["body"], risk["code"]), ()))
        shown: list[Row | None] = [*in_force] or [None]
        for control in shown:
            row = _about(risk)
            held = assignments.get((risk["body"], risk["code"], control["control"]), ()) if control else ()
            said = ("control", "measure", "layer", "order", "version", "checks")
            row |= {name: control[name] if control else None for name in said}
            row |= {tier: [one for one in held if one["tier"] == tier] for tier in TIERS}
            row["tiers"] = [tier for tier in TIERS if row[tier]]
            row["gaps"] = [gap for gap, _ in _of_control(control, held)] if control else ["no_control"]
            row["position"] = control["position"] if control else risk["position"]
            rows.append(row)
    return rows


def gaps(
    risks: Sequence[Row],
    controls: Sequence[Row],
    assignments: Assignments,
    tiers: Mapping[str, Sequence[str]],
    standing: Mapping[str, frozenset[str]],
    out: Sequence[Row],
    policy: Sequence[Row] = (),
) -> list[Row]:
    """One row for each gap, by body, gravest risk and gravest kind first.

    ``missing`` names what there should be, ``found`` what there is.
    ``tiers`` are those that a body has, ``standing`` its departments that stand, ``out`` the risks out of control,
    ``policy`` what each colour demands in each body (NJ-035).
    """
    declared = {(one["body"], one["risk"]): one for one in out}
    by_risk = _by_risk(controls)
    demands = {(one["body"], one["level"]): one for one in policy}
    rows: list[Row] = []
    for risk in risks:
        place = (risk["body"], risk["code"])
        own = by_risk.get(place, [])
        in_force = _in_force(own)
        held = {one["control"]: list(assignments.get((*place, one["control"]), ())) for one in own}
        found = list(_of_risk(risk, in_force, held, tiers.get(risk["body"], TIERS), declared.get(place)))
        demand = demands.get((risk["body"], risk["level"]))
        if demand is not None and in_force:
            found += _of_colour(demand, in_force, held)
        for control in in_force:
            closed = standing.get(risk["body"], frozenset())
            for gap, told in (
                *_of_control(control, held[control["control"]]),
                *_closed(held[control["control"]], closed),
            ):
                found.append((gap, {"control": control["control"], "position": control["position"], **told}))
        for control in own:
            if control["proposed"] is not None:
                told = {"control": control["control"], "found": [control["step"]]}
                found.append(("waits_for_review", {**told, "position": control["positions"]["step"]}))
        nothing: Row = {"control": None, "missing": [], "found": [], "position": risk["position"]}
        rows += [{**_about(risk), "gap": gap, **nothing, **told} for gap, told in found]
    return sorted(rows, key=_gravity)


def _gravity(row: Row) -> tuple[Any, ...]:
    """By body; out of control first; then the level (without one last), the kind of gap, risk and control."""
    level = (*LEVELS, None).index(row["level"])
    return (
        row["body"],
        row["gap"] != GAPS[0],
        level,
        GAPS.index(row["gap"]),
        row["risk"],
        row["control"] or "",
    )


def gaps_by_risk(rows: Sequence[Row]) -> list[Row]:
    """One row for each risk that has gaps, the gravest first: how many, and each kind with its number."""
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        about = {name: row[name] for name in ("body", "risk", "name", "level", "position")}
        of = found.setdefault((row["body"], row["risk"]), {**about, "count": 0, "gaps": {}, "first": row})
        of["count"] += 1
        of["gaps"][row["gap"]] = of["gaps"].get(row["gap"], 0) + 1
    return list(found.values())


def _about(risk: Row) -> Row:
    names = ("body", "name", "unit", "factor", "level", "colour")
    return {"risk": risk["code"], **{name: risk[name] for name in names}}


def _by_risk(controls: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for one in controls:
        found.setdefault((one["body"], one["risk"]), []).append(one)
    return found


def _in_force(controls: Sequence[Row]) -> list[Row]:
    """Those in force, in their order."""
    return [one for one in controls if one["version"] is not None and one["step"] != "withdrawn"]


def _of_risk(
    risk: Row,
    in_force: Sequence[Row],
    held: Mapping[str, Sequence[Row]],
    tiers: Sequence[str],
    declared: Row | None,
) -> Iterator[tuple[str, Row]]:
    if declared is not None:
        yield "out_of_control", {"found": [declared["reason"]], "position": declared["position"]}
    if not in_force:
        yield "no_control", {}
        return
    layers = {one["layer"] for one in in_force}
    highest = min(LAYERS.index(layer) for layer in layers)
    if highest:
        unused = list(LAYERS[:highest])
        yield "only_lower_layers", {"missing": unused, "found": [one for one in LAYERS if one in layers]}
    aspects = {one["aspect"] for one in in_force}
    unseen = [one for one in ASPECTS if one not in aspects]
    if unseen:
        yield (
            "control_aspects_missing",
            {"missing": unseen, "found": [one for one in ASPECTS if one in aspects]},
        )
    answering = {one["tier"] for rows in held.values() for one in rows}
    found = [tier for tier in TIERS if tier in answering]
    if risk["level"] in JOINT and len(found) < JOINT_TIERS:
        yield "one_tier", {"missing": [tier for tier in tiers if tier not in found], "found": found}
    if found:
        below = TIERS[TIERS.index(found[0]) + 1 :]
        missing = [tier for tier in below if tier in tiers and tier not in answering]
        if missing:
            yield "lower_tiers_missing", {"missing": missing, "found": found}


def _of_colour(
    demand: Row, in_force: Sequence[Row], held: Mapping[str, Sequence[Row]]
) -> Iterator[tuple[str, Row]]:
    """What the policy demands of the risk's colour and is not there: tiers, and one control checked so often."""
    answering = {one["tier"] for rows in held.values() for one in rows}
    missing = [tier for tier in demand["tiers"] if tier not in answering]
    if missing:
        yield "colour_tiers", {"missing": missing, "found": [tier for tier in TIERS if tier in answering]}
    periods = {check["period"] for one in in_force for check in one["checks"] or ()}
    often = PERIODS[: PERIODS.index(demand["check"]) + 1]
    if not periods.intersection(often):
        yield (
            "colour_check",
            {"missing": [demand["check"]], "found": [one for one in PERIODS if one in periods]},
        )


def _of_control(control: Row, held: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    if not held:
        yield "not_assigned", {}
    else:
        if not any(one["department"] for one in held):
            yield "no_department", {}
        vacant = [one["post"] for one in held if one["vacant"]]
        if vacant:
            yield "post_vacant", {"found": vacant}
        elif not any(one["persons"] for one in held):
            yield "no_person", {}
    if not control["checks"]:
        yield "not_checked", {}
    if not control["uses"]:
        yield "builds_on_nothing", {}


def _closed(held: Sequence[Row], standing: frozenset[str]) -> Iterator[tuple[str, Row]]:
    closed = [one["department"] for one in held if one["department"] and one["department"] not in standing]
    if closed:
        yield "department_closed", {"found": list(dict.fromkeys(closed))}


def tiers_in_place(departments: Sequence[Row]) -> dict[str, list[str]]:
    """By body the tiers that its organisation has (YT Art. 23): company and post always, others where they stand."""
    kinds: dict[str, set[str]] = {}
    for one in departments:
        if one["in_place"]:
            kinds.setdefault(one["body"], {"company", "post"}).add(one["kind"])
    return {body: [tier for tier in TIERS if tier in held] for body, held in kinds.items()}


def departments_standing(departments: Sequence[Row]) -> dict[str, frozenset[str]]:
    """By body the codes of the departments that stand."""
    found: dict[str, set[str]] = {}
    for one in departments:
        if one["in_place"] and one["kind"] != "post":
            found.setdefault(one["body"], set()).add(one["code"])
    return {body: frozenset(codes) for body, codes in found.items()}

"""How many rectifications were done in time, late, or are overdue: per person, unit or month (NJ-069)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from domain.language import Day, day_of
from projections.hazard_acts import Opening, openings

Row = dict[str, Any]
Per = Literal["person", "unit", "month", "body"]

COUNTS = ("in_time", "late", "overdue", "not_due")


def rectification_rates(acts: Sequence[Row], per: Per, day: Day) -> list[Row]:
    """One row for each person responsible, unit, or month of the last day, by body and key.

    ``rate`` is in time over all that were due, as a decimal text, None where nothing was due yet. A rectification that
    was late once counts as late whatever followed; ``recorded_late`` counts those that were said to be done in time and
    written down after their day: ``rate_recorded`` leaves them out, so that dating back gains nothing there.
    ``fixed_on_spot`` counts the short path, which has no day and no part in the rate.
    """
    rows: dict[tuple[str, str], Row] = {}
    for one in openings(acts):
        key = _KEYS[per](one)
        if key is None or (not one.due and not one.on_the_spot):
            continue
        row = rows.setdefault((one.body, key), _empty(one.body, per, key))
        if one.on_the_spot:
            row["fixed_on_spot"] += 1
            continue
        if one.ended and one.standing is None:
            continue
        outcome = one.outcome(day)
        row[outcome] += 1
        row["hazards"].append(one.code)
        row["positions"] += [done.position for done in one.completions]
        row["most_days_late"] = max([row["most_days_late"], *(done.days_late for done in one.completions)])
        done = one.standing
        if outcome == "in_time" and done is not None and done.days_late_recorded:
            row["recorded_late"] += 1
    return [_finished(rows[key]) for key in sorted(rows)]


def _month(one: Opening) -> str:
    if one.due:
        return one.due[:7]
    return day_of(one.closed["happened_at"])[:7] if one.closed else day_of(one.found_at)[:7]


_KEYS: dict[str, Callable[[Opening], str | None]] = {
    "person": lambda one: one.responsible,
    "unit": lambda one: one.unit,
    "month": _month,
    "body": lambda one: one.body,
}


def _empty(body: str, per: str, key: str) -> Row:
    counts = dict.fromkeys((*COUNTS, "recorded_late", "fixed_on_spot", "most_days_late"), 0)
    return {"body": body, per: key, **counts, "hazards": [], "positions": []}


def _finished(row: Row) -> Row:
    due = row["in_time"] + row["late"] + row["overdue"]
    row["rate"] = None if not due else str(_share(row["in_time"], due))
    row["rate_recorded"] = None if not due else str(_share(row["in_time"] - row["recorded_late"], due))
    row["hazards"] = sorted(set(row["hazards"]))
    return row


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(part) / Decimal(whole)).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def repeats(acts: Iterable[Row], least: int) -> list[Row]:
    """What fails again and again: one control, one risk at one unit, or one title at one unit, at least so often.

    A reopening counts like a hazard of its own: it is the same failure once more.
    """
    groups: dict[tuple[str, str, str, str], list[Opening]] = {}
    for one in openings(acts):
        if one.control is not None:
            key = (one.body, "control", str(one.risk), one.control)
        elif one.risk is not None:
            key = (one.body, "risk", one.unit, one.risk)
        else:
            key = (one.body, "title", one.unit, one.title)
        groups.setdefault(key, []).append(one)
    found = []
    for (body, same, _, what), held in sorted(groups.items()):
        if len(held) < least:
            continue
        held.sort(key=lambda one: one.found_at)
        found.append(
            {
                "body": body,
                "same": same,
                "what": what,
                "unit": held[0].unit,
                "risk": held[0].risk,
                "control": held[0].control,
                "times": len(held),
                "hazards": sorted({one.code for one in held}),
                "first_at": held[0].found_at,
                "last_at": held[-1].found_at,
                "open": sum(not one.ended for one in held),
                "positions": sorted(one.positions[0] for one in held),
            }
        )
    return found

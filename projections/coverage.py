"""What was looked at and what never was: each item of a checklist, counted from the day on which it came on the list.

An item that nobody ever looked at falls due like any other: its first period runs from its registration. Not
applicable and not looked at are no look.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from domain.check_periods import TIERS, period_of
from domain.language import Day, Moment, day_after, day_of, days_late
from projections.inspections import Tables

Row = dict[str, Any]
LOOKS = ("pass", "fail")


def looks(connection: Connection, tables: Tables, body: str | None = None) -> dict[tuple[str, str, str], Row]:
    """For each item of each checklist: how often it was looked at, when last, and what was found then."""
    answers = tables.answers.c
    place = (answers.body, answers.checklist, answers.item)
    query = (
        select(*place, func.max(answers.done_at).label("last_at"), func.count().label("times"))
        .where(answers.answer.in_(LOOKS))
        .group_by(*place)
    )
    if body is not None:
        query = query.where(answers.body == body)
    return {
        (row["body"], row["checklist"], row["item"]): dict(row)
        for row in connection.execute(query).mappings()
    }


def coverage(
    items: Iterable[Row], looked: dict[tuple[str, str, str], Row], today: Day, never_only: bool = False
) -> list[Row]:
    """Each item with its last look, the day by which it is to be looked at, and how late that is; the latest first.

    After a look in one calendar period it is due by the end of the next one; never looked at, by the end of the period
    in which it came on the list.
    """
    rows = []
    for item in items:
        look = looked.get((item["body"], item["checklist"], item["item"]))
        if look is not None and never_only:
            continue
        due = _due(item["period"], item["registered_at"], look["last_at"] if look else None)
        told = (
            "body",
            "checklist",
            "item",
            "what",
            "unit",
            "risk",
            "control",
            "tiers",
            "period",
            "registered_at",
        )
        rows.append(
            {
                **{name: item[name] for name in told},
                "last_at": look["last_at"] if look else None,
                "times": look["times"] if look else 0,
                "never": look is None,
                "due": due,
                "days_late": days_late(due, today),
                "position": item["position"],
            }
        )
    return sorted(rows, key=lambda row: (-row["days_late"], row["body"], row["checklist"], row["item"]))


def _due(period: str, registered_at: Moment, last_at: Moment | None) -> Day:
    if last_at is None:
        return period_of(day_of(registered_at), period)[1]
    next_first = day_after(period_of(day_of(last_at), period)[1])
    return period_of(next_first, period)[1]


def checklist_gaps(risks: Iterable[Row], items: Sequence[Row]) -> list[Row]:
    """Where the checklists and the controls in force part from each other (NJ-063).

    ``not_listed``: no item of any list checks the control. ``not_in_force``: the item's control, or its risk, is no
    longer there. ``says_otherwise``: the item was made from the control, which has changed since.
    """
    controls = {
        (risk["body"], risk["code"], one["control"]): (risk, one)
        for risk in risks
        for one in risk["controls"]
    }
    checked = {(one["body"], one["risk"], one["control"]) for one in items}
    rows = []
    for (body, code, control), (risk, one) in controls.items():
        if (body, code, control) not in checked:
            about = {"body": body, "gap": "not_listed", "risk": code, "control": control, "checklist": None}
            more = {"measure": one["measure"], "level": risk["level"], "unit": risk["unit"], "item": None}
            rows.append({**about, **more, "position": one["position"]})
    for item in items:
        if item["control"] is None:
            continue
        found = controls.get((item["body"], item["risk"], item["control"]))
        measure = found[1]["measure"] if found else None
        if found is not None and (item["source"] == "person" or item["what"] == measure):
            continue
        about = {
            name: item[name] for name in ("body", "risk", "control", "checklist", "item", "unit", "position")
        }
        level = found[0]["level"] if found else None
        gap = "says_otherwise" if found else "not_in_force"
        rows.append({**about, "gap": gap, "measure": measure, "level": level})
    return rows


def monthly_checks(inspections: Iterable[Row], holders: Sequence[Row], month: str) -> list[Row]:
    """For a month: who of each tier made how many inspections, from the head down to the team leaders (NJ-060).

    ``holders`` are rows of person, tier and body; somebody with none stands in the list with nought.
    """
    made: dict[tuple[str, str, str], list[Row]] = {}
    for one in inspections:
        if one["completed_at"] and day_of(one["completed_at"])[:7] == month:
            for person in one["inspectors"] or []:
                made.setdefault((one["body"], one["tier"], person), []).append(one)
    rows = []
    for holder in holders:
        done = made.get((holder["body"], holder["tier"], holder["person"]), [])
        rows.append(
            {
                **holder,
                "month": month,
                "inspections": len(done),
                "codes": [one["code"] for one in done],
                "methods": sorted({one for row in done for one in row["methods"] or []}),
                "aspects": sorted({one for row in done for one in row["aspects"] or []}),
                "failed": sum(one["failed"] for one in done),
                "missing": not done,
            }
        )
    return sorted(rows, key=lambda row: (row["body"], TIERS.index(row["tier"]), row["person"]))


def comparison(now: Sequence[Row], before: Sequence[Row] | None) -> list[Row]:
    """Two rounds item by item: what was found then and now, and whether it is the same, better, worse or new.

    Without a round before it every item is ``item_first``.
    """
    if before is None:
        return [{**_compared(row, None), "change": "item_first"} for row in now]
    old = {row["item"]: row for row in before}
    rows = []
    for row in now:
        then = old.pop(row["item"], None)
        rows.append(_compared(row, then))
    rows += [_compared(None, row) for row in old.values()]
    return rows


def _compared(now: Row | None, then: Row | None) -> Row:
    one = now or then or {}
    was, became = (then or {}).get("answer"), (now or {}).get("answer")
    if then is None:
        change = "item_new"
    elif now is None:
        change = "item_gone"
    elif was == became:
        change = "item_same_failure" if was == "fail" else "item_same"
    elif became == "fail":
        change = "item_worse"
    elif was == "fail" and became == "pass":
        change = "item_better"
    else:
        change = "item_other"
    return {
        "item": one["item"],
        "unit": one["unit"],
        "risk": one["risk"],
        "control": one["control"],
        "was": was,
        "was_position": (then or {}).get("position"),
        "answer": became,
        "remark": (now or {}).get("remark"),
        "position": (now or {}).get("position"),
        "change": change,
    }

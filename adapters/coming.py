"""What will be owed, told for people: by person and month, with days on which duties collide and weeks that overload.

Who will hold a role on a future day is what the grants say today.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from adapters.digest import citation_text
from domain.duty_state import PERSON
from domain.labels import Lang
from domain.language import Day

Row = dict[str, Any]
OVERLOAD = 5
"""From how many duties of one person in one week on we call it overloaded, where nobody says; our own figure."""


def coming(
    duties: Iterable[Mapping[str, Any]],
    grants: Sequence[Mapping[str, Any]],
    known: frozenset[tuple[str, str]],
    lang: Lang,
) -> list[Row]:
    """One row for each person and duty, by person and day; ``foretold``: it is not raised yet."""
    rows = [
        {
            "person": person,
            "month": duty["due"][:7],
            "week": week_of(duty["due"]),
            "due": duty["due"],
            "body": duty["body"],
            "code": duty["code"],
            "rule": duty["rule"],
            "title": duty["title"],
            "subject_kind": duty["subject_kind"],
            "subject": duty["subject"],
            "period": duty["period"],
            "owed_by": duty["owed_by"],
            "owed_as": duty["owed_as"],
            "remind": duty["remind"],
            "provisional": bool(duty["provisional"]),
            "foretold": (duty["body"], duty["code"]) not in known,
            "citation": citation_text(duty, lang),
            "position": None if (duty["body"], duty["code"]) not in known else duty["position"],
        }
        for duty in duties
        if duty["step"] == "open"
        for person in _persons(duty, grants)
    ]
    rows.sort(key=lambda row: (row["person"], row["due"], row["body"], row["code"]))
    return rows


def _persons(duty: Mapping[str, Any], grants: Sequence[Mapping[str, Any]]) -> list[str]:
    """Who owes it on its day; the role itself where nobody will hold it."""
    if duty["owed_as"] == PERSON:
        return [duty["owed_by"]]
    held = {
        one["person"]
        for one in grants
        if (one["body"], one["role"]) == (duty["body"], duty["owed_by"])
        and one["since"] <= duty["due"]
        and (one["until"] is None or duty["due"] < one["until"])
    }
    return sorted(held) or [duty["owed_by"]]


def week_of(day: Day) -> str:
    """The week of ISO 8601 in which the day lies, such as 2026-W05."""
    year, week, _ = dt.date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02}"


def crowded(rows: list[Row], overload: int) -> list[Row]:
    """Each row with how many duties the person owes on that day, and whether the week is overloaded."""
    days = Counter((row["person"], row["due"]) for row in rows)
    weeks = Counter((row["person"], row["week"]) for row in rows)
    for row in rows:
        row["collides"] = days[row["person"], row["due"]]
        row["overload"] = weeks[row["person"], row["week"]] >= overload
    return rows


def by_month(rows: Iterable[Row]) -> list[Row]:
    """How many duties each person owes in each month, and the most of them on one day."""
    counts: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        counts.setdefault((row["person"], row["month"]), []).append(row)
    return [
        {
            "person": person,
            "month": month,
            "duties": len(own),
            "rules": sorted({row["rule"] for row in own}),
            "collides": max(row["collides"] for row in own),
            "overload": sorted({row["week"] for row in own if row["overload"]}),
        }
        for (person, month), own in sorted(counts.items())
    ]


def differing(before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Which due days another wording would move, add or take away, by body and code."""
    was = {(one["body"], one["code"]): one for one in before}
    now = {(one["body"], one["code"]): one for one in after}
    rows = []
    for key in sorted({*was, *now}):
        old, new = was.get(key), now.get(key)
        if old is not None and new is not None and old["due"] == new["due"]:
            continue
        told = new or old
        assert told is not None
        rows.append(
            {
                "change": "dropped" if new is None else "added" if old is None else "moved",
                "body": key[0],
                "code": key[1],
                "rule": told["rule"],
                "subject_kind": told["subject_kind"],
                "subject": told["subject"],
                "owed_by": told["owed_by"],
                "was": old and old["due"],
                "due": new and new["due"],
            }
        )
    return rows

"""Who answered for each duty on a day: the person who owed it, or whoever held the role that owed it that day.

Duties and grants come as rows of that day, as known by one record; nothing here reads a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from domain.duty_state import PERSON
from domain.language import Day, day_after, day_of

Row = dict[str, Any]


def owers(duties: Iterable[Row], grants: Sequence[Row], on: Day | None) -> list[Row]:
    """One row for each duty open on that day or ended on it (without a day: each ever raised), by body and code.

    ``person`` is who owed it by name, ``kind`` the role that owed it and ``persons`` who held the role that day;
    ``answers`` is false where nobody held it. ``since`` is the day on which it was raised, ``until`` the first day on
    which nobody owed it any more, as then known. Who owes a duty never changes.
    """
    held: dict[tuple[str, str], list[str]] = {}
    for one in grants:
        persons = held.setdefault((one["body"], one["of"]), [])
        if one["person"] not in persons:
            persons.append(one["person"])
    rows = [_row(one, held, on) for one in duties if _owed(one, on)]
    return sorted(rows, key=lambda row: (row["body"], row["of"]))


def _owed(duty: Row, on: Day | None) -> bool:
    return on is None or duty["step"] == "open" or (duty["answered_on"] or "") >= on


def _row(duty: Row, held: dict[tuple[str, str], list[str]], on: Day | None) -> Row:
    named = duty["owed_as"] == PERSON
    since = day_of(duty["raised_at"])
    persons = [duty["owed_by"]] if named else held.get((duty["body"], duty["owed_by"]), [])
    nothing = dict.fromkeys(("instead_of", "department", "number", "post"))
    return {
        "body": duty["body"],
        "part": "duty",
        "of": duty["code"],
        "name": duty["title"] or duty["rule"],
        "kind": None if named else duty["owed_by"],
        "person": duty["owed_by"] if named else None,
        **nothing,
        "risk": duty["subject"] if duty["subject_kind"] == "risk" else None,
        "since": since,
        "until": None if duty["step"] == "open" else max(since, day_after(duty["answered_on"])),
        "answers": None if on is None else bool(persons),
        "persons": persons,
        "position": duty["position"],
    }

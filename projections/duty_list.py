"""The duties of a body or a person: as they are now, by their day; or as true at a moment and known by a record."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, literal, or_, select, tuple_

from domain.duty_state import PERSON, ROLE
from domain.language import Day, Moment, days_late
from projections import bitemporal
from projections.bitemporal import KNOWN_FOREVER, TRUE_FOREVER
from projections.bulk import TEXT, read, rows_by
from projections.duty_rows import KEY, Tables

After = tuple[Day, str, str]
COMING_DAYS = 30
"""How far ahead "coming" looks where nobody says."""


def duties(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    person: str | None = None,
    roles: Collection[tuple[str, str]] = (),
    open_only: bool = False,
    code: str | None = None,
    limit: int | None = None,
    after: After | None = None,
) -> list[dict[str, Any]]:
    """The duties by (due, body, code); ``after`` continues behind one. ``overdue``: that was ever recorded.

    Of a person: what the person owes, and what the (body, role) in ``roles`` owe.
    """
    columns = tables.duties.c
    query = select(tables.duties).order_by(columns.due, columns.body, columns.duty).limit(limit)
    for column, wanted in ((columns.body, body), (columns.duty, code)):
        if wanted is not None:
            query = query.where(column == wanted)
    if person is not None:
        own = (columns.owed_as == PERSON) & (columns.owed_by == person)
        held = [
            (columns.owed_as == ROLE) & (columns.owed_by == role) & (columns.body == of) for of, role in roles
        ]
        query = query.where(or_(own, *held))
    if open_only:
        query = query.where(columns.step == "open")
    if after is not None:
        behind = tuple_(*(literal(one, TEXT) for one in after))
        query = query.where(tuple_(columns.due, columns.body, columns.duty) > behind)
    return [_row(dict(row)) for row in connection.execute(query).mappings()]


def duties_as_of(
    connection: Connection,
    tables: Tables,
    true_at: Moment | None,
    known_at: int | None,
    body: str | None = None,
    person: str | None = None,
    roles: Collection[tuple[str, str]] = (),
    open_only: bool = False,
    code: str | None = None,
    limit: int | None = None,
    after: After | None = None,
) -> list[dict[str, Any]]:
    """The same as true at a moment and known by a position (None: the end of that clock), by (body, code).

    Day, step, answer, lateness, overdue and missed are as of then; who owes it under which rule never changes.
    """
    found: list[dict[str, Any]] = []
    while True:
        page = bitemporal.as_of_joined(
            connection,
            tables.known,
            (tables.day, tables.standing, tables.overdue, tables.missed),
            scope=body,
            true_at=TRUE_FOREVER if true_at is None else true_at,
            known_at=KNOWN_FOREVER if known_at is None else known_at,
            code=code,
            after_scope=after[1] if after else None,
            after_code=after[2] if after else None,
            limit=limit,
        )
        keys = [(one["scope"], one["code"]) for one in page]
        fixed = {(row["body"], row["duty"]): row for row in rows_by(connection, tables.duties, KEY, keys)}
        for key, one in zip(keys, page, strict=True):
            wanted = (
                one["step"] == "open" if open_only else one["step"] is not None
            )  # without a step: not raised yet
            if wanted and _owes(fixed[key], person, roles):
                found.append(_as_it_was(fixed[key], dict(one)))
        if limit is None or len(page) < limit or len(found) >= limit:
            return found[:limit]
        after = ("", *keys[-1])


def _owes(row: dict[str, Any], person: str | None, roles: Collection[tuple[str, str]]) -> bool:
    if person is None:
        return True
    own = row["owed_as"] == PERSON and row["owed_by"] == person
    return own or (row["owed_as"] == ROLE and (row["body"], row["owed_by"]) in roles)


ALWAYS = (
    *(
        "body",
        "duty",
        "stream",
        "rule",
        "title",
        "assigned_by",
        "subject_kind",
        "subject",
        "owed_by",
        "owed_as",
    ),
    *("period", "closes", "first_due", "raised_at", "citation", "provisional", "follows_record"),
)


def _as_it_was(fixed: dict[str, Any], then: dict[str, Any]) -> dict[str, Any]:
    row = {name: fixed[name] for name in ALWAYS}
    names = ("due", "step", "answered_on", "answered_by", "days_late", "days_late_recorded", "missed")
    row |= {name: then[name] for name in names}
    positions = ("due_position", "step_position", "overdue_position", "missed_position")
    row["position"] = max(then[name] or 0 for name in positions)
    return _named(row, then["overdue"] is not None)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    overdue = row["overdue"] is not None
    row["fell_due"] = row["fell_due"] == row["due"]
    row["line"] = [one["role"] for one in read(row["line"])][: row["escalated"]]
    row["remind"] = read(row["remind"])
    for name in ("act_on", "late"):
        del row[name]
    return _named(row, overdue)


def _named(row: dict[str, Any], overdue: bool) -> dict[str, Any]:
    code = row.pop("duty")
    row["citation"] = read(row["citation"])
    row["overdue"] = overdue
    row["missed"] = row["missed"] is not None
    return {"body": row.pop("body"), "code": code, **row}


def with_ages(rows: list[dict[str, Any]], today: Day) -> list[dict[str, Any]]:
    """Each row with how it stands today: overdue, due today, coming, or ended; and its age in natural days."""
    for row in rows:
        if row["step"] != "open":
            row["when"], row["age"] = row["step"], None
            continue
        row["age"] = days_late(row["due"], today) or -days_late(today, row["due"])
        row["when"] = "overdue" if row["age"] > 0 else "due_today" if row["age"] == 0 else "coming"
    return rows

"""Who answered for the controls of risks on a day, tier by tier: the person named, or who then held the post."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, FromClause, Label, Table, bindparam, literal_column, select

from domain.control_state import TIERS
from domain.language import Day, start_of
from projections import bitemporal
from projections.bitemporal import KNOWN_FOREVER
from projections.holding import Condition, holding
from projections.organisation_questions import holders_on
from projections.organisation_tables import HELD, Tables

Row = dict[str, Any]
Key = tuple[str, str, str]
"""Body, risk, control."""
FEW = 500
"""Up to so many risks are looked up one by one; of more, all are read: no engine takes a list without end."""


@lru_cache(maxsize=64)
def _named(terms: Table) -> FromClause:
    """The things of which a term ever named one of these risks."""
    zero: Label[int] = literal_column("0").label("first_position")
    risks = terms.c.risk.in_(bindparam("codes", expanding=True))
    return select(terms.c.scope, terms.c.code, zero).where(risks).distinct().subquery("named")


def assignments_on(
    connection: Connection,
    tables: Tables,
    on: Day,
    body: str | None = None,
    known_at: int | None = None,
    risks: Sequence[tuple[str, str]] | None = None,
) -> dict[Key, list[Row]]:
    """By control who answered for it on that day as known by that record, the highest tier first.

    ``risks`` are the (body, code) asked for (None: all). ``persons`` are the person named, else those who answered for
    the post that day; ``vacant`` says that nobody did. ``tables`` are those of the organisation.
    """
    known, moment = KNOWN_FOREVER if known_at is None else known_at, start_of(on)
    if risks is not None and not risks:
        return {}
    entity, given = holding((Condition(tables.terms, "part", "control"),), moment, known), {}
    if risks is not None and len(risks) <= FEW:
        entity, given = _named(tables.terms), {"codes": sorted({code for _, code in risks})}
    found = bitemporal.as_of_joined(
        connection,
        entity,
        (tables.terms, tables.holds),
        scope=body,
        true_at=moment,
        known_at=known,
        given=given,
    )
    held = [one for one in found if one["holds"] == HELD]
    wanted = None if risks is None else set(risks)
    if wanted is not None:
        held = [one for one in held if (one["scope"], one["risk"]) in wanted]
    holders = holders_on(connection, tables, on, body, known_at) if any(one["post"] for one in held) else {}
    rows: dict[Key, list[Row]] = {}
    for one in held:
        control = one["of"].split("/", 1)[1]
        at_post = holders.get((one["scope"], one["post"]), []) if one["post"] else []
        persons = [one["person"]] if one["person"] else at_post
        row = {
            "tier": one["kind"],
            "department": one["department"],
            "post": one["post"],
            "person": one["person"],
            "persons": persons,
            "vacant": bool(one["post"]) and not persons,
            "since": one["since"],
            "until": one["until"],
            "assignment": one["number"],
            "position": one["part_position"],
        }
        rows.setdefault((one["scope"], one["risk"], control), []).append(row)
    for held_by in rows.values():
        held_by.sort(key=lambda row: (TIERS.index(row["tier"]), row["assignment"]))
    return rows

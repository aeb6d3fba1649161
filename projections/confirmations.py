"""Which teams confirmed their posts on which day, what was amiss, and who re-checked it (NJ-047, NJ-048)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, Table, select

from domain.confirmations import ConfirmationRechecked, PostsConfirmed
from domain.language import Day
from domain.records import Record
from projections.bulk import TEXT, add, read, rows_by, written
from projections.projection import Projection

Row = dict[str, Any]


class Tables(NamedTuple):
    confirmations: Table
    rechecks: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    def key() -> list[Column[Any]]:
        """A confirmation: the team's ``day`` first, for it is asked by days."""
        names = ("body", "day", "team")
        number = Column("number", Integer, primary_key=True, autoincrement=False)
        return [*(Column(name, TEXT, primary_key=True) for name in names), number]

    return Tables(
        Table(
            f"{prefix}shifts",
            metadata,
            *key(),
            *(Column(name, TEXT, nullable=False) for name in ("shift", "confirmed_at", "recorded_at")),
            *(Column(name, TEXT, nullable=False) for name in ("confirmed_by", "prediction", "posts")),
            Column("exceptions", TEXT),
            Column("shown", BigInteger, nullable=False),
            Column("position", BigInteger, nullable=False),
        ),
        Table(
            f"{prefix}rechecks",
            metadata,
            *key(),
            Column("position", BigInteger, primary_key=True, autoincrement=False),
            *(Column(name, TEXT, nullable=False) for name in ("verdict", "findings", "units")),
            *(Column(name, TEXT, nullable=False) for name in ("rechecked_by", "rechecked_at")),
            Index(f"ix_{prefix}rechecks_verdict", "body", "verdict", "day"),
        ),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """A row for each confirmation, and one for each re-check."""
    confirmed: list[Row] = []
    rechecked: list[Row] = []
    for record in records:
        team, _, day = record.stream.rsplit("/", 1)[1].rpartition(".")
        place = {"body": record.scope, "day": day, "team": team, "position": record.position}
        match record.event:
            case PostsConfirmed() as event:
                exceptions = [asdict(one) for one in event.exceptions]
                about = {"shift": event.shift, "prediction": event.prediction, "shown": event.shown}
                when = {"confirmed_at": event.confirmed_at, "recorded_at": record.recorded_at}
                by = {"confirmed_by": written(event.confirmed_by), "posts": written(event.posts)}
                found = {
                    "number": event.confirmation,
                    "exceptions": written(exceptions) if exceptions else None,
                }
                confirmed.append({**place, **about, **when, **by, **found})
            case ConfirmationRechecked() as event:
                said = {"verdict": event.verdict, "findings": event.findings, "units": written(event.units)}
                by = {"rechecked_by": record.by, "rechecked_at": record.happened_at}
                rechecked.append({**place, "number": event.confirmation, **said, **by})
            case _:
                pass
    add(connection, tables.confirmations, confirmed)
    add(connection, tables.rechecks, rechecked)


def confirmation_list(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    since: Day | None = None,
    until: Day | None = None,
    team: str | None = None,
    open_only: bool = False,
    limit: int | None = None,
) -> list[Row]:
    """The confirmations by body, day and team, from a day to a day (both of them too), each with its re-checks.

    ``open_only`` keeps those that nobody re-checked yet.
    """
    shifts = tables.confirmations.c
    keys = (shifts.body, shifts.day, shifts.team, shifts.number)
    query = select(tables.confirmations).order_by(*keys)
    if body is not None:
        query = query.where(shifts.body == body)
    if since is not None:
        query = query.where(shifts.day >= since)
    if until is not None:
        query = query.where(shifts.day <= until)
    if team is not None:
        query = query.where(shifts.team == team)
    if open_only:
        checks = tables.rechecks.c
        same = [checks[key.name] == key for key in keys]
        query = query.where(~select(checks.number).where(*same).exists())
    if limit is not None:
        query = query.limit(limit)
    found = [dict(row) for row in connection.execute(query).mappings()]
    named = ("body", "day", "team", "number")
    rechecks: dict[tuple[Any, ...], list[Row]] = {}
    places = [tuple(row[name] for name in named) for row in found]
    for check in rows_by(connection, tables.rechecks, named, places):
        place = tuple(check.pop(name) for name in named)
        rechecks.setdefault(place, []).append({**check, "units": read(check["units"])})
    return [_row(row, rechecks.get(place, [])) for row, place in zip(found, places, strict=True)]


def _row(row: Row, rechecks: list[Row]) -> Row:
    row["confirmation"] = row.pop("number")
    posts = [{"unit": unit, "person": person} for unit, person in read(row["posts"])]
    row |= {
        "confirmed_by": read(row["confirmed_by"]),
        "posts": posts,
        "exceptions": read(row["exceptions"], []),
    }
    row["post_count"] = len(posts)
    row["rechecks"] = sorted(rechecks, key=lambda check: check["position"])
    row["rechecked"] = bool(rechecks)
    return row


def confirmation_gaps(tree: Sequence[Row], confirmed: Sequence[Row]) -> list[Row]:
    """The posts of the unit tree that stand in none of the confirmations; key posts and dangerous places first."""
    seen = {(row["body"], one["unit"]) for row in confirmed for one in row["posts"]}
    told = ("body", "code", "name", "path", "key_post", "dangerous_place")
    open_posts = (row for row in tree if row["kind"] == "post" and (row["body"], row["code"]) not in seen)
    rows = [{name: row[name] for name in told} for row in open_posts]
    return sorted(rows, key=lambda row: not (row["key_post"] or row["dangerous_place"]))


CONFIRMATIONS = Projection(
    name="confirmations",
    version=1,
    kinds=(PostsConfirmed.KIND, ConfirmationRechecked.KIND),
    tables=tables,
    apply=apply,
    questions=(confirmation_list,),
)

"""Who is on a body's roll, and who may act as what there, from which day to which day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, MetaData, Table, or_, select

from domain.language import Day
from domain.people import PersonRegistered
from domain.records import Record
from domain.roles import RoleGranted, RoleRevoked
from projections.bulk import TEXT, add, rows_by, upsert
from projections.projection import Projection


class Tables(NamedTuple):
    people: Table
    grants: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    return Tables(
        Table(
            f"{prefix}people",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("person", TEXT, primary_key=True),
            Column("kind", TEXT, nullable=False),
            Column("position", BigInteger, nullable=False),
        ),
        Table(
            f"{prefix}grants",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("person", TEXT, primary_key=True),
            Column("role", TEXT, primary_key=True),
            Column("position", BigInteger, primary_key=True, autoincrement=False),
            Column("since", TEXT, nullable=False),
            Column("until", TEXT),
            Column("granted_by", TEXT, nullable=False),
            Column("revoked_by", TEXT),
            Column("reason", TEXT),
            Index(f"ix_{prefix}grants_person", "person"),
        ),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each grant is a row; a revocation brings forward the end of those that would hold longer."""
    ended = {
        (one.scope, one.event.person, one.event.role) for one in records if isinstance(one.event, RoleRevoked)
    }
    held: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in rows_by(connection, tables.grants, ("body", "person", "role"), sorted(ended)):
        held.setdefault((row["body"], row["person"], row["role"]), []).append(row)
    people: list[dict[str, Any]] = []
    changed: dict[int, dict[str, Any]] = {}
    for record in records:
        body = record.scope
        match record.event:
            case PersonRegistered() as event:
                person = {"person": event.person, "kind": event.kind}
                people.append({"body": body, **person, "position": record.position})
            case RoleGranted() as event:
                grant: dict[str, Any] = {
                    "body": body,
                    "person": event.person,
                    "role": event.role,
                    "position": record.position,
                    "since": event.since,
                    "until": event.until,
                    "granted_by": record.by,
                    "revoked_by": None,
                    "reason": None,
                }
                held.setdefault((body, event.person, event.role), []).append(grant)
                changed[record.position] = grant
            case RoleRevoked() as event:
                for grant in held.get((body, event.person, event.role), ()):
                    if grant["until"] is None or grant["until"] > event.until:
                        grant |= {"until": event.until, "revoked_by": record.by, "reason": event.reason}
                        changed[grant["position"]] = grant
            case _:
                pass
    add(connection, tables.people, people)
    upsert(connection, tables.grants, changed.values())


def role_holders(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    on: Day | None = None,
    person: str | None = None,
    role: str | None = None,
) -> list[dict[str, Any]]:
    """Who holds which role on a day (without ``on``: all that were ever granted); ``until`` no longer counts."""
    grants = tables.grants.c
    query = select(tables.grants)
    for column, wanted in ((grants.body, body), (grants.person, person), (grants.role, role)):
        if wanted is not None:
            query = query.where(column == wanted)
    if on is not None:
        query = query.where(grants.since <= on, or_(grants.until.is_(None), grants.until > on))
    query = query.order_by(grants.body, grants.person, grants.role, grants.position)
    return [dict(row) for row in connection.execute(query).mappings()]


def people_on_roll(connection: Connection, tables: Tables, body: str | None = None) -> list[dict[str, Any]]:
    """The references on the roll, by body and person."""
    people = tables.people.c
    query = select(tables.people).order_by(people.body, people.person)
    if body is not None:
        query = query.where(people.body == body)
    return [dict(row) for row in connection.execute(query).mappings()]


ROLE_HOLDERS = Projection(
    name="role_holders",
    version=1,
    kinds=(PersonRegistered.KIND, RoleGranted.KIND, RoleRevoked.KIND),
    tables=tables,
    apply=apply,
    questions=(role_holders, people_on_roll),
)

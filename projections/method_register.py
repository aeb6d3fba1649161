"""Which methods a body took, from which day, in which version, with the tables of its own making."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, select

from domain.language import Day, day_after
from domain.own_methods import MethodAdopted, OwnMethodAdopted, own_wording
from domain.records import Record
from domain.rule_adoption import RulePackAdopted
from projections.bulk import TEXT, add, read, written
from projections.projection import Projection


def tables(metadata: MetaData, prefix: str) -> Table:
    return Table(
        f"{prefix}adopted",
        metadata,
        Column("body", TEXT, primary_key=True),
        Column("position", BigInteger, primary_key=True, autoincrement=False),
        Column("method", TEXT, primary_key=True),
        Column("version", TEXT, primary_key=True),  # a pack may hold two versions of one rule
        Column("since", TEXT, nullable=False),
        Column("recorded_at", TEXT, nullable=False),
        Column("adopted_by", TEXT, nullable=False),
        Column("pack", TEXT),
        Column("title", TEXT),
        Column("levels", TEXT),
        Column("kind", TEXT),
        Column("table", TEXT),
        Column("basis", TEXT),
    )


def apply(records: Sequence[Record], connection: Connection, table: Table) -> None:
    """Every adoption is a row; every member of an adopted pack too, for a pack may hold methods."""
    rows: list[dict[str, Any]] = []
    for record in records:
        blank: dict[str, Any] = dict.fromkeys(column.name for column in table.columns)
        row = {
            **blank,
            "body": record.scope,
            "position": record.position,
            "recorded_at": record.recorded_at,
            "adopted_by": record.by,
        }
        match record.event:
            case RulePackAdopted() as event:
                for member in event.members:
                    rule, _, version = member.partition(" ")
                    about = {"method": rule, "version": version, "since": event.since, "pack": event.pack}
                    rows.append({**row, **about})
            case MethodAdopted() as event:
                rows.append({**row, **_named(event), "levels": written(event.levels)})
            case OwnMethodAdopted() as event:
                table_of = written(dict(own_wording(event).value))
                own = {"kind": event.kind, "table": table_of, "basis": event.basis}
                rows.append({**row, **_named(event), **own})
            case _:
                pass
    add(connection, table, rows)


def _named(event: MethodAdopted | OwnMethodAdopted) -> dict[str, Any]:
    return {
        "method": event.method,
        "version": event.version,
        "title": event.title,
        "since": event.since,
    }


def adopted_methods(
    connection: Connection, table: Table, body: str | None = None, method: str | None = None
) -> list[dict[str, Any]]:
    """Every adoption by body, method and day; members of packs that are no methods are among them.

    ``until`` is the last day on which the adoption binds: a later one of the same method takes its place, and one by
    name goes before every pack. ``own`` says whether the version is the body's own table.
    """
    query = select(table)
    if body is not None:
        query = query.where(table.c.body == body)
    if method is not None:
        query = query.where(table.c.method == method)
    rows = [dict(row) for row in connection.execute(query).mappings()]
    rows.sort(key=lambda row: (row["body"], row["method"], row["since"], row["position"]))
    own = {(row["body"], row["method"], row["version"]): row for row in rows if row["table"] is not None}
    for at, row in enumerate(rows):
        row["until"] = _until(row, rows[at + 1 :])
        table_of = own.get((row["body"], row["method"], row["version"]))
        row["own"] = table_of is not None
        row["kind"] = table_of["kind"] if table_of else None
        row["table"] = read(table_of["table"] if table_of else None)
        row["levels"] = read(row["levels"], {})
    return rows


def _until(row: dict[str, Any], later: Sequence[dict[str, Any]]) -> Day | None:
    """The day before the next adoption that takes its place."""
    for other in later:
        same = (other["body"], other["method"]) == (row["body"], row["method"])
        if (
            same
            and other["position"] > row["position"]
            and (other["pack"] is None or row["pack"] is not None)
        ):
            return day_after(other["since"], -1)
    return None


METHOD_REGISTER = Projection(
    name="method_register",
    version=2,
    kinds=(RulePackAdopted.KIND, MethodAdopted.KIND, OwnMethodAdopted.KIND),
    tables=tables,
    apply=apply,
    questions=(adopted_methods,),
)

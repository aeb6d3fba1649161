"""Special campaigns of authorities: what each is about, from when to when, and the change that it is (YT-24(8))."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, select

from domain.campaigns import KINDS, CampaignAnnounced, CampaignEnded, change_code
from domain.language import Day
from domain.records import Record
from projections.bulk import TEXT, read, written
from projections.merging import merge
from projections.projection import Projection

Row = dict[str, Any]
TOLD = ("title", "authority", "number", "what", "starts", "ends")


class Tables(NamedTuple):
    campaigns: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    return Tables(
        Table(
            f"{prefix}campaigns",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("code", TEXT, primary_key=True),
            *(Column(one, TEXT) for one in (*TOLD, "scope", "ended_on", "reason")),
            Column("position", BigInteger, nullable=False),
        )
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """A notice opens a row, its end closes it."""
    merge(connection, tables.campaigns, (one for record in records for one in _said(record)))


def _said(record: Record) -> Iterator[tuple[tuple[str, str], Row]]:
    place = (record.scope, record.stream.rsplit("/", 1)[1])
    match record.event:
        case CampaignAnnounced() as event:
            told: Row = {name: getattr(event, name) for name in TOLD}
            yield place, {**told, "scope": written(event.scope), "position": record.position}
        case CampaignEnded() as event:
            yield place, {"ended_on": event.on, "reason": event.reason, "position": record.position}
        case _:
            pass


def campaign_list(
    connection: Connection, tables: Tables, today: Day, body: str | None = None, ever: bool = False
) -> list[Row]:
    """The campaigns that go on or are still to begin (with ``ever``: all), the first to begin first."""
    table = tables.campaigns
    query = select(table).order_by(table.c.starts, table.c.body, table.c.code)
    if body is not None:
        query = query.where(table.c.body == body)
    rows = []
    for row in connection.execute(query).mappings():
        over = row["ended_on"] is not None or (row["ends"] is not None and row["ends"] < today)
        standing = "campaign_ended" if over else "campaign_running" if row["starts"] <= today else "coming"
        if ever or not over:
            told = {"scope": read(row["scope"]), "standing": standing, "change": change_code(row["code"])}
            rows.append({**row, **told})
    return rows


CAMPAIGNS = Projection(
    name="campaigns",
    version=1,
    kinds=KINDS,
    tables=tables,
    apply=apply,
    questions=(campaign_list,),
)

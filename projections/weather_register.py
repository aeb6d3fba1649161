"""Every warning that came, with what became of it, and every feed: since when it is followed, what it brought last."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Boolean, Column, Connection, Integer, MetaData, Table, select

from domain.language import Moment
from domain.records import Record
from domain.weather_feeds import FeedFollowed, FeedReturned, FeedStale, FeedUnfollowed
from domain.weather_messages import WarningDiffered, WarningNoLongerListed, WarningReceived
from projections.bulk import TEXT, read, rows_by, upsert, written
from projections.projection import Projection

Row = dict[str, Any]


class Tables(NamedTuple):
    warnings: Table
    feeds: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    return Tables(
        Table(
            f"{prefix}warnings",
            metadata,
            Column("source", TEXT, primary_key=True),
            Column("identifier", TEXT, primary_key=True),
            Column("sent", TEXT, nullable=False, index=True),
            Column("message", TEXT, nullable=False),
            Column("status", TEXT, nullable=False),
            Column("sha256", TEXT, nullable=False),
            Column("schema_valid", Boolean),
            Column("parts", TEXT, nullable=False),
            Column("references", TEXT, nullable=False),
            Column("listed", Boolean, nullable=False),
            Column("gone_at", TEXT),
            Column("differed", Integer, nullable=False),
            Column("received_at", TEXT, nullable=False),
            Column("position", BigInteger, nullable=False),
        ),
        Table(
            f"{prefix}feeds",
            metadata,
            Column("feed", TEXT, primary_key=True),
            Column("followed", Boolean, nullable=False),
            Column("every", Integer, nullable=False),
            Column("missed", Integer, nullable=False),
            Column("form", TEXT, nullable=False),
            Column("address", TEXT, nullable=False),
            Column("followed_at", TEXT),
            Column("stale_since", TEXT),
            Column("returned_at", TEXT),
            Column("messages", Integer, nullable=False),
            Column("last_identifier", TEXT),
            Column("last_sent", TEXT),
            Column("last_received_at", TEXT),
            Column("position", BigInteger, nullable=False),
        ),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Messages and feeds are rows of their own; what is said of them later changes them."""
    _messages(records, connection, tables.warnings)
    _feeds(records, connection, tables.feeds)


def _messages(records: Sequence[Record], connection: Connection, table: Table) -> None:
    of_messages = (WarningReceived, WarningDiffered, WarningNoLongerListed)
    keys = {(one.event.source, one.event.identifier) for one in records if isinstance(one.event, of_messages)}
    held = _held(connection, table, ("source", "identifier"), keys)
    for record in records:
        match record.event:
            case WarningReceived() as event:
                before = held.get((event.source, event.identifier), {})
                held[event.source, event.identifier] = {
                    "source": event.source,
                    "identifier": event.identifier,
                    "sent": event.sent,
                    "message": event.message,
                    "status": event.status,
                    "sha256": event.sha256,
                    "schema_valid": event.schema_valid,
                    "parts": written(event.parts),
                    "references": written(event.references),
                    "listed": event.listed,
                    "gone_at": None,
                    "differed": before.get("differed", 0),
                    "received_at": record.happened_at,
                    "position": record.position,
                }
            case WarningDiffered() as event:
                row = held[event.source, event.identifier]
                row |= {"differed": row["differed"] + 1, "position": record.position}
            case WarningNoLongerListed() as event:
                row = held[event.source, event.identifier]
                row |= {"gone_at": record.happened_at, "position": record.position}
            case _:
                pass
    upsert(connection, table, held.values())


def _feeds(records: Sequence[Record], connection: Connection, table: Table) -> None:
    held = _held(connection, table, ("feed",), {(feed,) for one in records if (feed := _feed(one))})
    for record in records:
        feed = _feed(record)
        if not feed:
            continue
        row = held.setdefault((feed,), _unfollowed(feed))
        row["position"] = record.position
        match record.event:
            case FeedFollowed() as event:
                row |= {"followed": True, "every": event.every, "missed": event.missed, "form": event.form}
                row |= {"address": event.address, "followed_at": record.happened_at, "stale_since": None}
            case FeedUnfollowed():
                row |= {"followed": False, "stale_since": None}
            case FeedStale() as event:
                row["stale_since"] = event.last
            case FeedReturned():
                row |= {"stale_since": None, "returned_at": record.happened_at}
            case WarningReceived() as event:
                row["messages"] += 1
                row["last_received_at"] = record.happened_at
                if event.sent >= (row["last_sent"] or ""):
                    row |= {"last_sent": event.sent, "last_identifier": event.identifier}
            case _:
                pass
    upsert(connection, table, held.values())


def _feed(record: Record) -> str:
    """The feed that a record speaks of; empty for all others."""
    event = record.event
    if isinstance(event, (WarningReceived, WarningDiffered, WarningNoLongerListed)):
        return event.source
    return record.stream.rsplit("/", 1)[1] if record.stream.startswith("feed/") else ""


def _unfollowed(feed: str) -> Row:
    row: Row = {"feed": feed, "followed": False, "every": 0, "missed": 0, "form": "messages", "address": ""}
    none = ("followed_at", "stale_since", "returned_at", "last_identifier", "last_sent", "last_received_at")
    return {**row, **dict.fromkeys(none), "messages": 0, "position": 0}


def _held(
    connection: Connection, table: Table, names: tuple[str, ...], keys: Collection[tuple[str, ...]]
) -> dict[tuple[str, ...], Row]:
    rows = rows_by(connection, table, names, sorted(keys))
    return {tuple(row[name] for name in names): row for row in rows}


# ------------------------------------------------------------------------------------------------- questions


def warning_list(
    connection: Connection, tables: Tables, source: str | None = None, since: Moment | None = None
) -> list[Row]:
    """The messages in the order in which they were sent, the newest last."""
    held = tables.warnings
    query = select(held).order_by(held.c.sent, held.c.source, held.c.identifier)
    if source is not None:
        query = query.where(held.c.source == source)
    if since is not None:
        query = query.where(held.c.sent >= since)
    return [_told(dict(row)) for row in connection.execute(query).mappings()]


def listed_now(connection: Connection, tables: Tables, source: str) -> list[tuple[str, int]]:
    """(identifier, position) of everything that stood in the source's list when it was last seen."""
    held = tables.warnings
    query = (
        select(held.c.identifier, held.c.position)
        .where(held.c.source == source, held.c.listed.is_(True), held.c.gone_at.is_(None))
        .order_by(held.c.identifier)
    )
    return [(row.identifier, row.position) for row in connection.execute(query)]


def feed_list(connection: Connection, tables: Tables) -> list[Row]:
    """Every feed that is or was followed, or that brought something."""
    return [
        dict(row) for row in connection.execute(select(tables.feeds).order_by(tables.feeds.c.feed)).mappings()
    ]


def _told(row: Row) -> Row:
    return {**row, "parts": read(row["parts"]), "references": read(row["references"])}


WEATHER_REGISTER = Projection(
    name="weather_register",
    version=1,
    kinds=(
        *(WarningReceived.KIND, WarningDiffered.KIND, WarningNoLongerListed.KIND),
        *(FeedFollowed.KIND, FeedUnfollowed.KIND, FeedStale.KIND, FeedReturned.KIND),
    ),
    tables=tables,
    apply=apply,
    questions=(warning_list, feed_list),
)

"""The rows from which the outbox is told: who listens, who holds what, what is to be told, and what became of it."""

from __future__ import annotations

from typing import Any, NamedTuple, get_args

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, Table

from domain.deliveries import DELIVERY
from domain.records import Record
from domain.subscriptions import Pace
from projections.bulk import TEXT

Row = dict[str, Any]
LANE = ("body", "recipient", "channel")


PACES: tuple[str, ...] = get_args(Pace)
"""The quickest first; an item holds its place in this row."""


class Tables(NamedTuple):
    """Who listens, who holds what, what is known of things; then what is to be told, and what became of it."""

    subscriptions: Table
    grants: Table
    absences: Table
    duties: Table
    titles: Table
    items: Table
    lanes: Table
    messages: Table
    unheard: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    def text(*names: str, null: bool = False) -> list[Column[Any]]:
        return [Column(name, TEXT, nullable=null) for name in names]

    def key(*names: str) -> list[Column[Any]]:
        return [Column(name, TEXT, primary_key=True) for name in names]

    def position(name: str = "position", primary: bool = False) -> Column[Any]:
        return Column(name, BigInteger, primary_key=primary, nullable=False, autoincrement=False)

    lanes = [position("through"), position("last_item"), Column("number", Integer, nullable=False)]
    return Tables(
        Table(
            f"{prefix}subscriptions",
            metadata,
            *key("body", "code"),
            *text("channel", "topics", "reach", "pace", "made_at"),
            *text("person", "role", "ended_at", null=True),
            position(),
        ),
        Table(
            f"{prefix}grants",
            metadata,
            *key("body", "role", "person"),
            position("position", primary=True),
            *text("since"),
            *text("until", null=True),
        ),
        Table(
            f"{prefix}absences",
            metadata,
            *key("body", "stream"),
            Column("number", Integer, primary_key=True, autoincrement=False),
            *text("person", "deputy", "since"),
            *text("until", null=True),
        ),
        Table(
            f"{prefix}duties",
            metadata,
            *key("body", "code"),
            *text("owed_by", "owed_as", "rule", "title", "subject_kind", "subject"),
        ),
        Table(f"{prefix}titles", metadata, *key("body", "kind", "code"), *text("title")),
        Table(
            f"{prefix}items",
            metadata,
            *key(*LANE),
            position("position", primary=True),
            *text("topic", "kind", "code", "about", "recorded_at"),
            Column("pace", Integer, nullable=False),
            *text("instead_of", null=True),
        ),
        Table(
            f"{prefix}lanes",
            metadata,
            *key(*LANE),
            *lanes,
            *text("composed_at", null=True),
            Index(f"ix_{prefix}lanes_pending", "last_item", "through"),
        ),
        Table(
            f"{prefix}messages",
            metadata,
            *key(*LANE),
            Column("number", Integer, primary_key=True, autoincrement=False),
            *text("message", "step", "positions", "composed_at"),
            *text("next_at", "why", "ended_at", "sha256", null=True),
            Column("status", Integer),
            Column("attempts", Integer, nullable=False),
            Column("asked", Boolean, nullable=False),
            position(),
            Index(f"ix_{prefix}messages_step", "step", "next_at"),
        ),
        Table(
            f"{prefix}unheard",
            metadata,
            *key("body", "who", "topic"),
            Column("count", Integer, nullable=False),
            position("first_position"),
            position("last_position"),
        ),
    )


DELIVERY_KINDS = frozenset(one.KIND for one in DELIVERY.events)


def lane_of(record: Record) -> tuple[str, str, str] | None:
    """Whose lane a delivery's record belongs to: the channel stands behind the last dot of the stream's name."""
    if record.kind not in DELIVERY_KINDS:
        return None
    recipient, _, channel = record.stream.split("/", 2)[2].rpartition(".")
    return record.scope, recipient, channel


def lane_key(row: Row) -> tuple[str, str, str]:
    """The lane of a row of items, lanes or messages."""
    return row["body"], row["recipient"], row["channel"]


def new_lane(lane: tuple[str, str, str]) -> Row:
    """A lane that has told of nothing."""
    told = {"through": 0, "last_item": 0, "number": 0, "composed_at": None}
    return {**dict(zip(LANE, lane, strict=True)), **told}

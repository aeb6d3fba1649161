"""What is asked of the outbox: who listens, what waits for a message, what is to be tried, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, and_, exists, func, select

from domain.deliveries import ITEMS_MOST
from domain.language import Moment
from projections.bulk import read, rows_by
from projections.outbox_tables import LANE, PACES, Row, Tables


def ready_lanes(connection: Connection, tables: Tables) -> list[Row]:
    """The lanes with something to tell and no message on its way, with how quickly the quickest of it is wanted."""
    lanes, items, messages = tables.lanes, tables.items, tables.messages
    same = [items.c[name] == lanes.c[name] for name in LANE]
    busy = exists().where(*(messages.c[name] == lanes.c[name] for name in LANE), messages.c.step == "waiting")
    query = (
        select(*(lanes.c[name] for name in (*LANE, "through", "composed_at")), func.count().label("pending"))
        .add_columns(func.min(items.c.pace).label("pace"))
        .join_from(lanes, items, and_(*same, items.c.position > lanes.c.through))
        .where(lanes.c.last_item > lanes.c.through, ~busy.correlate(lanes))
        .group_by(*(lanes.c[name] for name in (*LANE, "through", "composed_at")))
        .order_by(*(lanes.c[name] for name in LANE))
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def pending(connection: Connection, tables: Tables, lane: tuple[str, str, str], after: int) -> list[Row]:
    """What the lane's next message tells, in order of the records: at most ``ITEMS_MOST``."""
    items = tables.items.c
    query = select(tables.items).where(
        *(items[name] == value for name, value in zip(LANE, lane, strict=True)), items.position > after
    )
    found = connection.execute(query.order_by(items.position).limit(ITEMS_MOST)).mappings()
    return [_item_row(dict(row)) for row in found]


def due_messages(connection: Connection, tables: Tables, now: Moment) -> list[Row]:
    """The messages that are to be tried by now, those that wait longest first."""
    messages = tables.messages.c
    query = select(tables.messages).where(messages.step == "waiting", messages.next_at <= now)
    query = query.order_by(messages.next_at, *(messages[name] for name in LANE), messages.number)
    return [_message_row(dict(row)) for row in connection.execute(query).mappings()]


def told_to_wait(connection: Connection, tables: Tables, now: Moment) -> dict[str, Moment]:
    """Until when a channel's receiver asked everybody to wait (429 or 503 with Retry-After), by channel."""
    messages = tables.messages.c
    query = select(messages.channel, func.max(messages.next_at)).where(
        messages.step == "waiting", messages.asked.is_(True), messages.next_at > now
    )
    return {row[0]: row[1] for row in connection.execute(query.group_by(messages.channel))}


def messages(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    recipient: str | None = None,
    channel: str | None = None,
    step: str | None = None,
    message: str | None = None,
) -> list[Row]:
    """Messages with what became of them, by lane and number."""
    columns = tables.messages.c
    query = select(tables.messages).order_by(*(columns[name] for name in LANE), columns.number)
    asked = ((columns.body, body), (columns.recipient, recipient), (columns.channel, channel))
    for column, wanted in (*asked, (columns.step, step), (columns.message, message)):
        if wanted is not None:
            query = query.where(column == wanted)
    return [_message_row(dict(row)) for row in connection.execute(query).mappings()]


def items_at(
    connection: Connection, tables: Tables, lane: tuple[str, str, str], positions: Sequence[int]
) -> list[Row]:
    """What a message tells, record by record."""
    keys = [(*lane, position) for position in positions]
    found = rows_by(connection, tables.items, (*LANE, "position"), keys)
    return [_item_row(row) for row in sorted(found, key=lambda one: int(one["position"]))]


def items_of(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    recipient: str | None = None,
    channel: str | None = None,
    told: bool = False,
    positions: Sequence[int] | None = None,
    limit: int | None = None,
) -> list[Row]:
    """What no message tells of yet (with ``told`` everything), by lane and record; ``pace`` as it is subscribed."""
    items, lanes = tables.items, tables.lanes
    same = [items.c[name] == lanes.c[name] for name in LANE]
    query = select(items).join_from(items, lanes, and_(*same))
    if not told:
        query = query.where(items.c.position > lanes.c.through)
    if positions is not None:
        query = query.where(items.c.position.in_(positions))
    asked = ((items.c.body, body), (items.c.recipient, recipient), (items.c.channel, channel))
    for column, wanted in asked:
        if wanted is not None:
            query = query.where(column == wanted)
    query = query.order_by(*(items.c[name] for name in (*LANE, "position"))).limit(limit)
    rows = [_item_row(dict(row)) for row in connection.execute(query).mappings()]
    return [row | {"pace": PACES[row["pace"]]} for row in rows]


def subscriptions(
    connection: Connection, tables: Tables, body: str | None = None, ended: bool = False
) -> list[Row]:
    """Who listens to what through which channel; also those that ended where asked."""
    columns = tables.subscriptions.c
    query = select(tables.subscriptions).order_by(columns.body, columns.code)
    if body is not None:
        query = query.where(columns.body == body)
    if not ended:
        query = query.where(columns.ended_at.is_(None))
    rows = [dict(row) for row in connection.execute(query).mappings()]
    return [row | {"topics": read(row["topics"])} for row in rows]


def lanes(connection: Connection, tables: Tables, body: str | None = None) -> list[Row]:
    """Each lane: what waits for a message, what is on its way, how many arrived or died, and the last failure."""
    at, items, sent = tables.lanes, tables.items, tables.messages
    query = select(at).order_by(*(at.c[name] for name in LANE))
    if body is not None:
        query = query.where(at.c.body == body)
    rows = []
    for row in connection.execute(query).mappings():
        own = [items.c[name] == row[name] for name in LANE]
        waiting = select(func.count()).select_from(items).where(*own, items.c.position > row["through"])
        steps = select(sent.c.step, func.count()).where(*(sent.c[name] == row[name] for name in LANE))
        counts = {one[0]: one[1] for one in connection.execute(steps.group_by(sent.c.step))}
        last = select(sent).where(*(sent.c[name] == row[name] for name in LANE), sent.c.step != "delivered")
        open_one = connection.execute(last.order_by(sent.c.number.desc()).limit(1)).mappings().first()
        rows.append(
            {
                **{name: row[name] for name in LANE},
                "to_tell": connection.scalar(waiting) or 0,
                **{name: counts.get(name, 0) for name in ("waiting", "delivered", "dead")},
                "attempts": open_one["attempts"] if open_one else 0,
                "why": open_one["why"] if open_one else None,
                "status": open_one["status"] if open_one else None,
                "next_at": open_one["next_at"] if open_one else None,
                "position": max(row["last_item"], row["through"]),
            }
        )
    return rows


def unheard(connection: Connection, tables: Tables, body: str | None = None) -> list[Row]:
    """What fell to somebody who listens to no channel, or to a role that nobody held, counted by topic."""
    columns = tables.unheard.c
    query = select(tables.unheard).order_by(columns.body, columns.who, columns.topic)
    if body is not None:
        query = query.where(columns.body == body)
    return [{**dict(row), "position": row["last_position"]} for row in connection.execute(query).mappings()]


def _item_row(row: Row) -> Row:
    return row | {"about": read(row["about"])}


def _message_row(row: Row) -> Row:
    return row | {"positions": read(row["positions"])}

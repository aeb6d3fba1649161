"""Episodes of weather with their levels, turn by turn, and the changes that they became in each body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Boolean, Column, Connection, Index, Integer, MetaData, Table, select

from domain.changes import ChangeClosed, ChangeEnded, ChangeReported, ChangeResolved
from domain.language import Moment
from domain.records import Record
from domain.risk_uplift import WEATHER_CAUSE
from domain.weather_episodes import (
    EpisodeEnded,
    EpisodeLowered,
    EpisodeOpened,
    EpisodeRaised,
    EpisodeTold,
    EpisodeUnlisted,
    episode_name,
)
from domain.weather_words import RANKS
from projections.bulk import TEXT, add, rows_by, upsert
from projections.projection import Projection

Row = dict[str, Any]


class Tables(NamedTuple):
    """``turns`` are the steps of each episode; ``became`` are the changes of bodies by their episode."""

    episodes: Table
    turns: Table
    became: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    episodes = Table(
        f"{prefix}episodes",
        metadata,
        Column("episode", TEXT, primary_key=True),
        *(
            Column(name, TEXT, nullable=False)
            for name in ("code", "area", "area_name", "kind", "level", "peak")
        ),
        Column("turned_at", TEXT, nullable=False),
        Column("number", Integer, nullable=False),
        Column("opened_at", TEXT, nullable=False),
        *(Column(name, TEXT) for name in ("until", "ended_at", "how")),
        Column("goes_on", Boolean, nullable=False),
        Column("position", BigInteger, nullable=False),
        Column("last_position", BigInteger, nullable=False),
    )
    Index(f"ix_{prefix}episodes_due", episodes.c.goes_on, episodes.c.until)
    Index(f"ix_{prefix}episodes_code", episodes.c.code, episodes.c.goes_on)
    turns = Table(
        f"{prefix}turns",
        metadata,
        Column("episode", TEXT, primary_key=True),
        Column("position", BigInteger, primary_key=True, autoincrement=False),
        *(Column(name, TEXT, nullable=False) for name in ("turn", "level", "at")),
        Column("how", TEXT),
    )
    became = Table(
        f"{prefix}became",
        metadata,
        Column("body", TEXT, primary_key=True),
        Column("change", TEXT, primary_key=True),
        *(Column(name, TEXT, nullable=False) for name in ("episode", "step")),
        Column("resolved", Boolean, nullable=False),
        Column("risks", Integer, nullable=False),
        Column("position", BigInteger, nullable=False),
    )
    Index(f"ix_{prefix}became_episode", became.c.episode, became.c.step)
    return Tables(episodes, turns, became)


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """An episode's row follows its turns; a change's row its report, resolution, end and close."""
    codes = {record.stream.rsplit("/", 1)[1] for record in records if record.kind in EPISODE_KINDS}
    keys = {(one.scope, one.stream.rsplit("/", 1)[1]) for one in records if one.kind in CHANGE_KINDS}
    held = {row["code"]: row for row in _going(connection, tables, codes)}
    became = {
        (row["body"], row["change"]): row
        for row in rows_by(connection, tables.became, ("body", "change"), sorted(keys))
    }
    told: dict[str, Row] = {row["episode"]: row for row in held.values()}
    turns: list[Row] = []
    for record in records:
        code = record.stream.rsplit("/", 1)[1]
        if record.kind in EPISODE_KINDS:
            turns += _turn(record, code, held)
            if code in held:
                told[held[code]["episode"]] = held[code]
        else:
            _became(record, (record.scope, code), became)
    upsert(connection, tables.episodes, told.values())
    add(connection, tables.turns, turns)
    upsert(connection, tables.became, became.values())


def _going(connection: Connection, tables: Tables, codes: set[str]) -> list[Row]:
    """The latest episode of each code."""
    found: dict[str, Row] = {}
    for row in rows_by(connection, tables.episodes, ("code",), sorted((code,) for code in codes)):
        if row["number"] >= found.get(row["code"], row)["number"]:
            found[row["code"]] = row
    return list(found.values())


def _turn(record: Record, code: str, held: dict[str, Row]) -> list[Row]:
    event = record.event
    if isinstance(event, EpisodeOpened):
        held[code] = {
            "episode": episode_name(code, event.number),
            "code": code,
            "number": event.number,
            **{name: getattr(event, name) for name in ("area", "area_name", "kind", "level", "until")},
            "peak": event.level,
            "opened_at": event.at,
            "turned_at": event.at,
            "ended_at": None,
            "how": None,
            "goes_on": True,
            "position": record.position,
            "last_position": record.position,
        }
        return [_told(record, held[code], "opened", event.level, event.at, None)]
    row = held.get(code)
    if row is None:
        return []
    match event:
        case EpisodeRaised() | EpisodeLowered():
            peak = max(row["peak"], event.level, key=RANKS.__getitem__)
            row |= {"level": event.level, "peak": peak, "until": event.until, "turned_at": event.at}
            row["last_position"] = record.position
            how = event.how if isinstance(event, EpisodeLowered) else None
            turn = "raised" if how is None else "lowered"
            return [_told(record, row, turn, event.level, event.at, how)]
        case EpisodeEnded():
            row |= {"ended_at": event.at, "how": event.how, "goes_on": False, "until": None}
            row["last_position"] = record.position
            return [_told(record, row, "ended", event.was, event.at, event.how)]
        case EpisodeTold() | EpisodeUnlisted():
            if row["goes_on"]:
                row["until"] = event.until
            return []
        case _:
            return []


def _told(record: Record, row: Row, turn: str, level: str, at: Moment, how: str | None) -> Row:
    of = {"episode": row["episode"], "position": record.position}
    return {**of, "turn": turn, "level": level, "at": at, "how": how}


def _became(record: Record, key: tuple[str, str], became: dict[tuple[str, str], Row]) -> None:
    event = record.event
    if isinstance(event, ChangeReported):
        if event.cause.startswith(WEATHER_CAUSE):
            of = {"body": key[0], "change": key[1], "episode": event.cause.removeprefix(WEATHER_CAUSE)}
            became[key] = {**of, "step": "open", "resolved": False, "risks": 0, "position": record.position}
        return
    row = became.get(key)
    if row is None:
        return
    match event:
        case ChangeResolved():
            row |= {"resolved": True, "risks": row["risks"] + len(event.risks)}
        case ChangeEnded():
            row["step"] = "ended"
        case ChangeClosed():
            row["step"] = "closed"
        case _:
            pass


def episode_list(
    connection: Connection,
    tables: Tables,
    kind: str | None = None,
    area: str | None = None,
    ever: bool = False,
    known_at: int | None = None,
) -> list[Row]:
    """The episodes that go on (``ever``: all) by the moment of their beginning, with turns and changes.

    ``area`` is the beginning of an administrative code. ``known_at`` leaves out what was recorded after a position:
    level, end and turns are those known by then.
    """
    query = select(tables.episodes).order_by(tables.episodes.c.opened_at, tables.episodes.c.episode)
    if kind is not None:
        query = query.where(tables.episodes.c.kind == kind)
    if area is not None:
        query = query.where(tables.episodes.c.area.startswith(area, autoescape=True))
    if known_at is None and not ever:
        query = query.where(tables.episodes.c.goes_on)
    if known_at is not None:
        query = query.where(tables.episodes.c.position <= known_at)
    rows = [dict(row) for row in connection.execute(query).mappings()]
    names = [(row["episode"],) for row in rows]
    turns: dict[str, list[Row]] = {}
    for turn in sorted(
        rows_by(connection, tables.turns, ("episode",), names), key=lambda one: one["position"]
    ):
        if known_at is None or turn["position"] <= known_at:
            turns.setdefault(turn.pop("episode"), []).append(turn)
    changes: dict[str, list[Row]] = {}
    for one in rows_by(connection, tables.became, ("episode",), names):
        if known_at is None or one["position"] <= known_at:
            changes.setdefault(one.pop("episode"), []).append(one)
    found = [_shown(row, turns.get(row["episode"], []), changes.get(row["episode"], [])) for row in rows]
    return [row for row in found if ever or row["goes_on"]]


def _shown(row: Row, turns: list[Row], changes: list[Row]) -> Row:
    """The row as its turns say, so that it may be asked as known by a position."""
    last = turns[-1]
    ended = last["turn"] == "ended"
    levels = [one["level"] for one in turns]
    return {
        **{name: row[name] for name in ("episode", "area", "area_name", "kind", "number", "opened_at")},
        "level": None if ended else last["level"],
        "peak": max(levels, key=RANKS.__getitem__),
        "goes_on": not ended,
        "until": row["until"] if row["last_position"] == last["position"] else None,
        "ended_at": last["at"] if ended else None,
        "how": last["how"] if ended else None,
        "turns": turns,
        "changes": sorted(changes, key=lambda one: one["position"]),
        "position": row["position"],
    }


def running_out(connection: Connection, tables: Tables, now: Moment) -> list[tuple[str, Moment]]:
    """The codes whose level falls by itself by now, each with that moment, in the order of the moments."""
    episodes = tables.episodes.c
    query = select(episodes.code, episodes.until).where(episodes.goes_on, episodes.until <= now)
    query = query.order_by(episodes.until, episodes.code)
    return [(row.code, row.until) for row in connection.execute(query)]


def going_on(connection: Connection, tables: Tables) -> list[Row]:
    """The episodes that go on, in the order in which they began."""
    query = select(tables.episodes).where(tables.episodes.c.goes_on).order_by(tables.episodes.c.position)
    return [dict(row) for row in connection.execute(query).mappings()]


def open_changes(connection: Connection, tables: Tables) -> list[Row]:
    """The changes not ended that come from an episode, each with how that one stands, in the order of reporting."""
    became, episodes = tables.became.c, tables.episodes.c
    query = (
        select(
            tables.became,
            *(episodes[one] for one in ("goes_on", "ended_at", "how", "turned_at", "last_position")),
        )
        .select_from(tables.became.join(tables.episodes, became.episode == episodes.episode))
        .where(became.step == "open")
        .order_by(became.position)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def reported(connection: Connection, tables: Tables, keys: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these (body, change) were reported."""
    return {
        (row["body"], row["change"]) for row in rows_by(connection, tables.became, ("body", "change"), keys)
    }


EPISODE_KINDS = tuple(
    one.KIND
    for one in (EpisodeTold, EpisodeUnlisted, EpisodeOpened, EpisodeRaised, EpisodeLowered, EpisodeEnded)
)
CHANGE_KINDS = tuple(one.KIND for one in (ChangeReported, ChangeResolved, ChangeEnded, ChangeClosed))
WEATHER_EPISODES = Projection(
    name="weather_episodes",
    version=1,
    kinds=(*EPISODE_KINDS, *CHANGE_KINDS),
    tables=tables,
    apply=apply,
    questions=(episode_list,),
)

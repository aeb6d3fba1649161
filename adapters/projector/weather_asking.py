"""The questions about weather: warnings that came, feeds from which nothing came, and episodes."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from adapters.projector.asking import OfBodies, Parameters, Question, Row, known_at, true_at
from adapters.projector.projector import Projector
from domain.language import is_day, start_of
from domain.risk_tags import WEATHER, Weather
from projections.weather_episodes import WEATHER_EPISODES, episode_list
from projections.weather_register import WEATHER_REGISTER, feed_list, warning_list


class OfWarnings(Parameters):
    source: str | None = Field(None, max_length=64, description="数据源 / feed")
    kind: str | None = Field(None, max_length=64, description=f"天气种类 / {', '.join(WEATHER)}")
    area: str | None = Field(
        None, max_length=12, description="行政区划代码，上级下级均算 / administrative code, above or below"
    )
    since: str | None = Field(None, description="自（日期或时刻）发布 / sent since this day or moment")


class OfFeeds(Parameters):
    pass


class OfEpisodes(OfBodies):
    kind: Weather | None = Field(None, description="天气种类 / kind of weather")
    area: str | None = Field(
        None, pattern=r"\d{2,12}", description="行政区划代码开头 / beginning of the area's code"
    )
    ever: bool = Field(False, description="包括已结束的 / ended ones too")
    known_at: int | str | None = Field(
        None, description="当时已知：记录位置、时刻或日期 / as known at this position, moment or day"
    )


def _warnings(projector: Projector, given: OfWarnings) -> list[Row]:
    since = start_of(given.since) if given.since and is_day(given.since) else true_at(given.since, "since")
    with projector.reader(WEATHER_REGISTER.name) as (connection, tables):
        rows = warning_list(connection, tables, given.source, since)
    return [row for row in rows if _about(row, given)]


def _about(row: Row, given: OfWarnings) -> bool:
    """Whether one and the same part of the message is of that kind and touches that area."""
    if given.kind is None and given.area is None:
        return True
    return any(
        (given.kind is None or part["kind"] == given.kind)
        and (given.area is None or _touches(part["area"], given.area))
        for part in row["parts"]
    )


def _touches(one: str, other: str) -> bool:
    return bool(one) and (one.startswith(other) or other.startswith(one))


def _feeds(projector: Projector, given: OfFeeds) -> list[Row]:
    with projector.reader(WEATHER_REGISTER.name) as (connection, tables):
        return feed_list(connection, tables)


def _episodes(projector: Projector, given: OfEpisodes) -> list[Row]:
    known = known_at(projector, given.known_at)
    with projector.reader(WEATHER_EPISODES.name) as (connection, tables):
        return episode_list(connection, tables, given.kind, given.area, given.ever, known)


WEATHER_QUESTIONS: tuple[Question[Any], ...] = (
    Question(
        "warning-list",
        OfWarnings,
        (WEATHER_REGISTER.name,),
        _warnings,
        {"kind": "rainstorm", "area": "320113"},
    ),
    Question("feed-list", OfFeeds, (WEATHER_REGISTER.name,), _feeds, {}),
    Question(
        "episode-list",
        OfEpisodes,
        (WEATHER_EPISODES.name,),
        _episodes,
        {"kind": "rainstorm", "area": "3201", "ever": True},
    ),
)

"""What every question shares: the shape of its parameters, how it is answered, and how moments and days are read.

``as_of`` is the moment or day of which something is said (a day means its last moment in China); ``known_at`` is the
last record that counts: a position, or the moment or day up to which records had been written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from adapters.border import moment_field
from adapters.projector.projector import Projector
from domain.language import Day, Moment, as_datetime, day_after, is_day, moment, start_of
from domain.refused import BadField

Row = dict[str, Any]
P = TypeVar("P", bound=BaseModel)

MOST = 10_000
"""Rows that one page may ask for; without a limit all of them come."""


class Parameters(BaseModel):
    """Parameters are checked strictly, and unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)  # built when first asked


class OfBodies(Parameters):
    body: str | None = Field(
        None, max_length=64, description="责任单位；缺省为全部 / responsible body; default all"
    )


class OnClocks(OfBodies):
    """True at a moment, as known at a record."""

    as_of: str | None = Field(None, description="真实情况的时刻或日期 / true at this moment or day")
    known_at: int | str | None = Field(
        None, description="当时已知：记录位置、时刻或日期 / as known at this position, moment or day"
    )


class OnTwoClocks(OnClocks):
    """The same in pages, by code."""

    code: str | None = Field(None, max_length=64, description="编号 / code")
    limit: int | None = Field(None, ge=1, le=MOST, description="最多行数 / rows at most")
    after: tuple[str, str] | None = Field(
        None, strict=False, description="接在 [责任单位, 编号] 之后 / continues behind [body, code]"
    )


@dataclass(frozen=True)
class Question(Generic[P]):
    """A question: its name, the shape of its parameters with an example, the views it needs, and how it is answered."""

    name: str
    parameters: type[P]
    needs: tuple[str, ...]
    run: Callable[[Projector, P], list[Row]]
    example: Mapping[str, Any]


# ------------------------------------------------------------------------------------------------- two clocks


def last_moment_of(day: Day) -> Moment:
    """The last microsecond of a civil day in China."""
    return moment(as_datetime(start_of(day_after(day))) - dt.timedelta(microseconds=1))


def true_at(given: str | None, field: str = "as_of") -> Moment | None:
    """A moment, or the end of a day; refuses everything else by its field."""
    if given is not None and is_day(given):
        return last_moment_of(given)
    return moment_field(field, given)


def known_at(projector: Projector, given: int | str | None) -> int | None:
    """A position as it is, or the last one recorded by a moment or by the end of a day."""
    if given is None:
        return None
    if isinstance(given, int):
        head = projector.journal.head().size
        if not 0 <= given <= head:
            raise BadField(
                field="known_at",
                problem_zh=f"没有位置 {given}；日志现有 {head} 条记录",
                problem_en=f"there is no position {given}: the journal holds {head} records",
            )
        return given
    until = true_at(given, "known_at")
    return None if until is None else projector.position_at(until)

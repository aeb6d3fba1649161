"""The words all rooms share: moments, days, codes, levels, and the shapes of a command and of an event.

Times are text in one fixed form (UTC, microseconds, ``Z``), so that they sort as text, stand unchanged in records and
can be read by a person; days are China's civil days (UTC+8, no summer time since 1991).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, TypeVar

Moment: TypeAlias = str
"""A point in time as ``YYYY-MM-DDTHH:MM:SS.ffffffZ``: always UTC, always 27 characters."""

Day: TypeAlias = str
"""A civil day in China as ``YYYY-MM-DD``."""

CHINA = dt.timezone(dt.timedelta(hours=8), "UTC+8")
SHARED = "*"
"""The scope of what belongs to no single responsible body, such as weather, calendar and clock."""

# ---------------------------------------------------------------------------------------------- shapes of text


@dataclass(frozen=True)
class Limit:
    """How long a text may be, in characters; the border refuses what is longer or (below ``least``) shorter."""

    most: int
    least: int = 1


@dataclass(frozen=True)
class CodeText:
    """A code: 1 to 64 letters, digits, ``-``, ``_`` or ``.`` of any script, beginning with a letter or digit."""


@dataclass(frozen=True)
class ScopeText:
    """The code of a responsible body, or ``*`` for what belongs to none."""


@dataclass(frozen=True)
class DayText:
    """A civil day ``YYYY-MM-DD`` that exists in the calendar."""


@dataclass(frozen=True)
class DecimalText:
    """An exact decimal number as text, such as ``0.5``; never a binary fraction."""


@dataclass(frozen=True)
class HashText:
    """The SHA-256 of a file: 64 hexadecimal digits in lower case."""


@dataclass(frozen=True)
class MomentText:
    """A moment in ISO 8601 with an offset; it is kept as it was given, and read with ``parse_moment``."""


@dataclass(frozen=True)
class AreaText:
    """An administrative code (GB/T 2260): two, four, six, nine or twelve digits."""


Code = Annotated[str, CodeText()]
Scope = Annotated[str, ScopeText()]
PersonRef = Annotated[str, CodeText()]
"""A reference to a person, never a name: names live in the directory, outside the journal."""
Title = Annotated[str, Limit(200)]
Words = Annotated[str, Limit(4000)]
Remark = Annotated[str, Limit(4000, least=0)]
DayOf = Annotated[str, DayText()]
Number = Annotated[str, DecimalText()]
Area = Annotated[str, AreaText()]
Hash = Annotated[str, HashText()]
At = Annotated[str, MomentText()]

CODE_PATTERN = re.compile(r"[^\W_][\w.\-]{0,63}", re.UNICODE)

# ---------------------------------------------------------------------------------------------- the field's words

Level = Literal["major", "larger", "general", "low"]
"""Levels of a risk (重大, 较大, 一般, 低); the colour follows from the level and is never stored (I1)."""
LEVELS: tuple[Level, ...] = ("major", "larger", "general", "low")
COLOUR: dict[str, str] = {"major": "red", "larger": "orange", "general": "yellow", "low": "blue"}

Grade = Literal["general", "major"]
"""Grades of a hazard (一般事故隐患, 重大事故隐患)."""

# ---------------------------------------------------------------------------------------------- shapes of business


@dataclass(frozen=True)
class Event:
    """A fact that happened: past tense, immutable, stored under our own ``KIND`` and never under a Python path."""

    KIND: ClassVar[str]


@dataclass(frozen=True)
class Command:
    """Something a person or the machine asks for: imperative; it may be refused."""


S = TypeVar("S")


def but(state: S, **changes: Any) -> S:
    """Return a copy of a frozen state with some fields changed.

    Ten times cheaper than ``dataclasses.replace`` in a fold; it runs no ``__post_init__`` and does not know
    misspelt names, so ``tests/deciding/test_evolve.py`` folds every event with a checking version of it.
    """
    copy = object.__new__(type(state))
    object.__setattr__(
        copy, "__dict__", state.__dict__ | changes
    )  # a frozen class guards its own way of setting
    return copy


# ---------------------------------------------------------------------------------------------- moments and days


def moment(when: dt.datetime) -> Moment:
    """Write an aware ``datetime`` as a moment; ValueError for one without an offset."""
    if when.tzinfo is None:
        raise ValueError("a moment needs an offset from UTC")
    text = when.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return text[:26] + "Z"


class NaiveMomentError(ValueError):
    """A time without an offset from UTC: nobody can say when that was."""


_MOMENT_GIVEN = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)


def parse_moment(text: str) -> Moment:
    """Read a day, a time to the minute or finer (to the microsecond at most), and an offset in hours and minutes.

    ValueError when malformed or out of range, ``NaiveMomentError`` without offset. Of ISO 8601's many other forms
    (weeks, no separators, offsets with seconds) none is read: a stranger should see what was meant.
    """
    if not _MOMENT_GIVEN.fullmatch(text):
        raise ValueError(text)
    try:
        when = dt.datetime.fromisoformat(text)
        if when.tzinfo is None:
            raise NaiveMomentError(text)
        return moment(when)
    except OverflowError as error:
        raise ValueError(str(error)) from error


def as_datetime(at: Moment) -> dt.datetime:
    """The moment as an aware ``datetime`` in UTC."""
    return dt.datetime.fromisoformat(at)


def day_of(at: Moment) -> Day:
    """The civil day in China on which the moment falls."""
    return as_datetime(at).astimezone(CHINA).date().isoformat()


def start_of(day: Day) -> Moment:
    """The first moment of a civil day in China."""
    return moment(dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), CHINA))


def day_after(day: Day, days: int = 1) -> Day:
    """The day that many natural days later (earlier when negative)."""
    return (dt.date.fromisoformat(day) + dt.timedelta(days=days)).isoformat()


def days_late(due: Day, done: Day) -> int:
    """How many natural days ``done`` lies after ``due``; 0 when in time."""
    return max(0, (dt.date.fromisoformat(done) - dt.date.fromisoformat(due)).days)


_MOMENT_KEPT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


def is_moment(text: str) -> bool:
    """Whether a text is a moment in the one form in which moments are kept."""
    return _MOMENT_KEPT.fullmatch(text) is not None


def wall_clock(at: Moment) -> str:
    """A moment as China's wall clocks show it: to the minute, to the second where it is not a full minute."""
    there = as_datetime(at).astimezone(CHINA)
    return there.strftime("%Y-%m-%d %H:%M:%S" if there.second or there.microsecond else "%Y-%m-%d %H:%M")


def is_day(text: str) -> bool:
    """Whether the text is a civil day written ``YYYY-MM-DD``."""
    if len(text) != 10:
        return False
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_code(text: str) -> bool:
    """Whether the text may be a code."""
    return CODE_PATTERN.fullmatch(text) is not None


def is_hash(text: str) -> bool:
    """Whether the text is a SHA-256 as we write it."""
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def stream_name(kind: str, scope: str, code: str = "") -> str:
    """The name of a stream, such as ``hazard/NJ-K01/YH-0001``; codes hold no slash, so names never collide."""
    return f"{kind}/{scope}/{code}" if code else f"{kind}/{scope}"

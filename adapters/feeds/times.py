"""Moments as feeds write them: with an offset or without, in slashes, with the Chinese words for morning and night.

A time without an offset is China's. What lies outside the years that a warning can be of is none.
"""

from __future__ import annotations

import datetime as dt
import re

from domain.language import CHINA, Moment, moment

FIRST, LAST = 1990, 2199
"""Years of warnings; those of other calendars lie beyond."""
_FORM = re.compile(
    r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
    r"(?:[T ]?\s*(?P<half>上午|下午|凌晨|早上|中午|晚上|AM|PM)?\s*"
    r"(?P<hour>\d{1,2})[:时点](?P<minute>\d{1,2})分?(?::?(?P<second>\d{1,2})秒?(?:[.,](?P<part>\d{1,9}))?)?)?"
    r"\s*(?P<offset>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?",
    re.ASCII | re.IGNORECASE,
)
_WHOLE = ("year", "month", "day", "minute", "second")
_LATE = frozenset({"下午", "晚上", "中午", "PM"})


def read_moment(given: str) -> Moment | None:
    """The moment, or None where nobody could say which one it is."""
    found = _FORM.fullmatch(given.strip())
    if found is None or not FIRST <= int(found["year"]) <= LAST:
        return None
    hour = int(found["hour"] or 0)
    half = (found["half"] or "").upper()
    if half in _LATE and hour < 12 and not (half == "中午" and hour == 11):
        hour += 12
    elif half in ("上午", "凌晨", "AM") and hour == 12:
        hour = 0
    try:
        zone = _zone(found["offset"])
        year, month, day, minute, second = (int(found[name] or 0) for name in _WHOLE)
        part = int((found["part"] or "0")[:6].ljust(6, "0"))
        return moment(dt.datetime(year, month, day, hour, minute, second, part, tzinfo=zone))
    except (ValueError, OverflowError):
        return None


def _zone(offset: str | None) -> dt.tzinfo:
    if not offset:
        return CHINA
    if offset.upper() in ("Z", "UTC", "GMT"):
        return dt.UTC
    hours, minutes = int(offset[1:3]), int(offset[3:].lstrip(":") or 0)
    return dt.timezone((-1 if offset[0] == "-" else 1) * dt.timedelta(hours=hours, minutes=minutes))

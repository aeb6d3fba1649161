"""Reads a list of the warnings in force, as the National Meteorological Centre gives it: no message ends one.

What is no longer in the list is over; but only a list that came whole says so. A list that was cut, an answer without a
list, or a row that cannot be read ends nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.canonical import BadJsonError, read_json
from adapters.feeds.cap import LONGEST_IDENTIFIER, Alert, clean
from adapters.feeds.places import issuing_area
from adapters.feeds.safe_xml import MOST_BYTES
from adapters.feeds.times import read_moment
from adapters.feeds.words import lifted, warning_level, weather_kind
from adapters.problems import problem_of
from domain.labels import Term
from domain.refused import Refused
from domain.refused_feeds import DocumentTooLarge, NotReadable, NoWarning, WarningLacks
from domain.weather_messages import WarningLevel, WarningPart

MOST_ROWS = 20_000
PICTURES: dict[str, WarningLevel] = {"001": "red", "002": "orange", "003": "yellow", "004": "blue"}
"""The last three digits of a picture's number are the colour."""
_PICTURE = re.compile(r"(\d{4})(\d{3})\.\w{1,5}\Z", re.ASCII)


@dataclass(frozen=True)
class Listing:
    alerts: tuple[Alert, ...]
    refused: tuple[Refused, ...]
    whole: bool


def read_list(raw: bytes) -> Listing:
    """Refuses what is no JSON, and JSON in which there is no list of warnings."""
    if len(raw) > MOST_BYTES:
        raise DocumentTooLarge(most=MOST_BYTES)
    try:
        held = read_json(raw.decode("utf-8-sig").encode(), max_bytes=MOST_BYTES)
    except (BadJsonError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise NotReadable(problem=problem_of(error)) from None
    page = _page(held)
    rows = page.get("list")
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        raise NoWarning(found="data.page.list")
    alerts: list[Alert] = []
    refused: list[Refused] = []
    for row in rows:
        try:
            alerts.append(_alert(row))
        except Refused as refusal:
            refused.append(refusal)
    count = page.get("count")
    whole = type(count) is int and count == len(rows) and not refused
    return Listing(tuple(alerts), tuple(refused), whole)


def _page(held: Any) -> Mapping[str, Any]:
    """The page that holds the list: directly, in ``data``, or in ``data.page``."""
    found: Any = held
    for name in ("data", "page"):
        if isinstance(found, Mapping) and "list" not in found:
            found = found.get(name, found)
    return found if isinstance(found, Mapping) else {}


def _alert(row: Any) -> Alert:
    """No end is assumed: the list itself says when a warning is over."""
    told = {str(key): str(value) for key, value in row.items()} if isinstance(row, Mapping) else {}
    identifier, given = clean(told.get("alertid", "")), told.get("issuetime", "")
    if not identifier or len(identifier) > LONGEST_IDENTIFIER:
        raise WarningLacks(field=Term("identifier"), given=identifier[:80])
    sent = read_moment(given)
    if sent is None:
        raise WarningLacks(field=Term("sent"), given=clean(given)[:80])
    title = clean(told.get("title", ""))
    picture = _PICTURE.search(told.get("pic", "").split("?")[0])
    level = PICTURES.get(picture[2]) if picture else None
    kind = weather_kind((), title)
    part = WarningPart(
        issuing_area(identifier),
        place_of(title),
        kind,
        level or warning_level(title, (), ""),
        sent,
        None,
        assumed=False,
        lifts=lifted(title),
    )
    return Alert(identifier, sent, "alert", "actual", None, (part,), ())


def place_of(title: str) -> str:
    """The place before the office, as in 江苏省南京市气象台发布暴雨橙色预警信号; empty where none is named."""
    return title.partition("气象")[0][:400] if "气象" in title else ""

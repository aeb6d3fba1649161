"""Reads one alert of the Common Alerting Protocol, whichever of 1.0, 1.1 and 1.2 it claims to be.

What decides is read by local names; what is missing and cannot be done without is refused. Of what the alert says about
people nothing is taken: no sender's name, no contact, no text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import get_args
from xml.etree.ElementTree import Element

from adapters.feeds.cap_schema import schema_verdict
from adapters.feeds.places import area_code, issuing_area
from adapters.feeds.safe_xml import children, text
from adapters.feeds.times import read_moment
from adapters.feeds.words import lifted, warning_level, weather_kind
from domain.labels import Term
from domain.language import Moment, as_datetime, moment
from domain.refused_feeds import WarningLacks
from domain.weather_messages import Message, ReceiveWarning, Status, WarningPart

Life = Callable[[str, str], int | None]
"""(kind, level) -> after how many hours a warning without a stated end is taken to be over."""
MOST_PARTS = 5_000
MOST_REFERENCES = 1_000
LONGEST_IDENTIFIER = 400
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]")
_REFERENCE = re.compile(r"[^,]*,\s*([^,\s][^,]*?)\s*,\s*\S+")
_COLOUR_NAME = re.compile("colou?r|level|颜色|等级|级别|severity", re.IGNORECASE)
STATUSES: dict[str, Status] = {one: one for one in get_args(Status)}
MESSAGES: dict[str, Message] = {one: one for one in get_args(Message)}


@dataclass(frozen=True)
class Alert:
    """An alert as it was read, and what had to be assumed to read it."""

    identifier: str
    sent: Moment
    message: Message
    status: Status
    schema_valid: bool | None
    parts: tuple[WarningPart, ...]
    references: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def command(self, source: str, sha256: str, listed: bool = False) -> ReceiveWarning:
        return ReceiveWarning(
            source,
            self.identifier,
            self.sent,
            self.message,
            self.status,
            sha256,
            self.schema_valid,
            self.parts,
            self.references,
            listed,
        )


def read_alert(alert: Element, life: Life) -> Alert:
    """Refuses an alert without an identifier, or without a moment at which it was sent.

    A status or kind of message that is none is taken for an actual alert, which errs to the safe side, and noted.
    """
    notes: list[str] = []
    identifier = clean(text(alert, "identifier"))
    if not identifier or len(identifier) > LONGEST_IDENTIFIER:
        raise WarningLacks(field=Term("identifier"), given=identifier[:80])
    given = text(alert, "sent", "sendTime")
    sent = read_moment(given)
    if sent is None:
        raise WarningLacks(field=Term("sent"), given=clean(given)[:80])
    status = STATUSES.get(text(alert, "status").lower())
    message = MESSAGES.get(text(alert, "msgType").lower())
    if status is None:
        notes.append("status")
    if message is None:
        notes.append("msgType")
    said = _Said(identifier, sent, message or "alert", life)
    blocks = [*children(alert, "info")]
    named = references(text(alert, "references", "reference"), identifier)
    unplaced = (
        message == "cancel" and named and not any(True for one in blocks for _ in children(one, "area"))
    )
    parts = () if unplaced else said.parts(blocks)  # without an area of its own it ends all of what it names
    return Alert(
        identifier,
        sent,
        message or "alert",
        status or "actual",
        schema_verdict(alert),
        parts,
        named,
        tuple(notes),
    )


def references(given: str, own: str) -> tuple[str, ...]:
    """The identifiers that a message names, each once and never its own.

    Of sender, identifier and time only the identifier is looked at: senders differ in their spelling, and some feeds
    give the time of the new message.
    """
    found = _REFERENCE.findall(given) or [one for one in given.split() if "," not in one]
    named = dict.fromkeys(clean(one)[:LONGEST_IDENTIFIER] for one in found)
    return tuple(one for one in named if one and one != own)[:MOST_REFERENCES]


def clean(given: str) -> str:
    """Without what no paper shows."""
    return _UNSEEN.sub("", given).strip()


@dataclass(frozen=True)
class _Said:
    """What the blocks of one alert say of areas and kinds of weather."""

    identifier: str
    sent: Moment
    message: Message
    life: Life

    def parts(self, blocks: list[Element]) -> tuple[WarningPart, ...]:
        """The parts of the blocks in one language, Chinese before English; of others only areas that it leaves out."""
        chosen, others = _by_language(blocks)
        found: dict[WarningPart, None] = {}
        for block in chosen:
            found |= dict.fromkeys(self._of(block))
        areas = {one.area for one in found}
        for block in others:
            more = [one for one in self._of(block) if one.area and one.area not in areas]
            found |= dict.fromkeys(more)
        if len(found) > MOST_PARTS:
            raise WarningLacks(field=Term("area"), given=f"> {MOST_PARTS}")
        return tuple(found)

    def _of(self, block: Element) -> Iterator[WarningPart]:
        headline = clean(text(block, "headline", "title"))
        event = clean(text(block, "event"))
        codes = [clean(value) for _, value in pairs(block, "eventCode")] + [clean(text(block, "eventType"))]
        kind = weather_kind(codes, event, headline)
        hints = [value for name, value in pairs(block, "parameter") if _COLOUR_NAME.search(name)]
        level = warning_level(headline, [*hints, *codes], text(block, "severity"))
        clear = any(text(one).lower() == "allclear" for one in children(block, "responseType"))
        lifts = self.message == "cancel" or clear or lifted(headline) or lifted(event)
        begins = read_moment(text(block, "onset")) or read_moment(text(block, "effective"))
        ends = read_moment(text(block, "expires"))
        assumed = False
        if lifts:
            ends = None
        elif ends is None:
            hours = self.life(kind, level)
            ends = None if hours is None else _later(begins or self.sent, hours)
            assumed = ends is not None
        part = WarningPart("", "", kind, level, begins, ends, assumed, lifts)
        for code, name in _areas(block, issuing_area(self.identifier)):
            yield replace(part, area=code, area_name=name)


def _by_language(blocks: list[Element]) -> tuple[list[Element], list[Element]]:
    """The blocks in the one language that counts, and the others."""
    told = [
        (text(block, "language").lower().replace("_", "-").split("-")[0] or "en", block) for block in blocks
    ]
    spoken = [language for language, _ in told]
    first = next((one for one in ("zh", "en", *spoken) if one in spoken), "")
    return [one for language, one in told if language == first], [
        one for language, one in told if language != first
    ]


def _areas(block: Element, issuer: str) -> Iterator[tuple[str, str]]:
    """(code, name) of each area; those without a code stand together, under the area of whoever issued the message."""
    nameless: list[str] = []
    for area in children(block, "area"):
        name = clean(text(area, "areaDesc"))
        given = [(clean(key), clean(value)) for key, value in pairs(area, "geocode")]
        codes = dict.fromkeys(code for key, value in given if (code := area_code(key, value)))
        if not codes:
            nameless.append(name)
        yield from ((code, name[:400]) for code in codes)
    if nameless or not any(children(block, "area")):
        yield issuer, "; ".join(dict.fromkeys(one for one in nameless if one))[:400]


def pairs(element: Element, name: str) -> Iterator[tuple[str, str]]:
    """Names and values of such children; in CAP 1.0 they are written as NAME=value."""
    for one in children(element, name):
        if len(one):
            yield text(one, "valueName"), text(one, "value")
        else:
            key, equals, value = text(one).partition("=")
            yield (key.strip(), value.strip()) if equals else ("", key.strip())


def _later(begins: Moment, hours: int) -> Moment | None:
    try:
        return moment(as_datetime(begins) + dt.timedelta(hours=hours))
    except OverflowError:
        return None


def in_order(alerts: Iterable[Alert]) -> list[Alert]:
    """By the moment they were sent, so that what ends others comes after them."""
    return sorted(alerts, key=lambda one: (one.sent, one.identifier))

"""Whether an alert keeps the form of its protocol: a verdict that is kept as a flag and never decides what is read.

The forms of CAP 1.0, 1.1 and 1.2 as their standards describe them, in a table of our own: each element with how often
it may stand, in this order, and what it may hold. The tests hold these verdicts to those of the official schemas.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from adapters.feeds.safe_xml import local, namespace

MANY = 1 << 30
SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
_TYPE_ATTRIBUTES = "{http://www.w3.org/2001/XMLSchema-instance}"


@dataclass(frozen=True)
class Slot:
    """An element in the order of its parent: from ``least`` to ``most`` times, holding text of a form, or parts."""

    name: str
    least: int
    most: int
    holds: str | tuple[Slot, ...]
    """``text``, ``time``, ``moment``, ``language``, ``whole``, ``decimal``, words to choose from, or the parts."""


def _one(name: str, holds: str | tuple[Slot, ...] = "text") -> Slot:
    return Slot(name, 1, 1, holds)


def _may(name: str, holds: str | tuple[Slot, ...] = "text") -> Slot:
    return Slot(name, 0, 1, holds)


def _any(name: str, holds: str | tuple[Slot, ...] = "text", least: int = 0) -> Slot:
    return Slot(name, least, MANY, holds)


_CATEGORIES = "|Geo|Met|Safety|Security|Rescue|Fire|Health|Env|Transport|Infra|Other"
_URGENCY, _SEVERITY = "|Immediate|Expected|Future|Past|Unknown", "|Extreme|Severe|Moderate|Minor|Unknown"
_SCOPE, _MESSAGES = "|Public|Restricted|Private", "|Alert|Update|Cancel|Ack|Error"
_PAIR = (_one("valueName"), _one("value"))
_TAIL = tuple(
    _may(name) for name in ("senderName", "headline", "description", "instruction", "web", "contact")
)


def _head(time: str, statuses: str, scope: Slot, password: bool) -> tuple[Slot, ...]:
    return (
        *(_one("identifier"), _one("sender"), _one("sent", time), _one("status", statuses)),
        _one("msgType", _MESSAGES),
        *([_may("password")] if password else []),
        *(_may("source"), scope, _may("restriction"), _may("addresses"), _any("code")),
        *(_may("note"), _may("references"), _may("incidents")),
    )


def _info(
    time: str, start: tuple[Slot, ...], pair: str | tuple[Slot, ...], rest: tuple[Slot, ...]
) -> tuple[Slot, ...]:
    times = (_may("effective", time), _may("onset", time), _may("expires", time))
    return (*start, _may("audience"), _any("eventCode", pair), *times, *_TAIL, _any("parameter", pair), *rest)


def _resource(mime: Slot, deref: bool) -> Slot:
    more = (_may("derefUri"),) if deref else ()
    parts = (_one("resourceDesc"), mime, _may("size", "whole"), _may("uri"), *more, _may("digest"))
    return _any("resource", parts)


def _area(pair: str | tuple[Slot, ...], height: str) -> Slot:
    shapes = (_any("polygon"), _any("circle"), _any("geocode", pair))
    return _any("area", (_one("areaDesc"), *shapes, _may("altitude", height), _may("ceiling", height)))


def _start(categories: Slot, responses: str, certainty: str) -> tuple[Slot, ...]:
    answer = (_any("responseType", responses),) if responses else ()
    measures = (_one("urgency", _URGENCY), _one("severity", _SEVERITY), _one("certainty", certainty))
    return (_may("language", "language"), categories, _one("event"), *answer, *measures)


_CERTAIN = "|Observed|Likely|Possible|Unlikely|Unknown"
_OLD_CERTAIN = "|Very Likely|Likely|Possible|Unlikely|Unknown"
_ANSWERS = "|Shelter|Evacuate|Prepare|Execute|Monitor|Assess|None"
_OLD = "http://www.incident.com/cap/1.0"
_MIDDLE, _NEW = "urn:oasis:names:tc:emergency:cap:1.1", "urn:oasis:names:tc:emergency:cap:1.2"

FORMS: dict[str, tuple[Slot, ...]] = {
    _OLD: (
        *_head("time", "|Actual|Exercise|System|Test", _may("scope", _SCOPE), password=True),
        _any(
            "info",
            _info(
                "time",
                _start(_any("category", _CATEGORIES), "", _OLD_CERTAIN),
                "text",
                (_resource(_may("mimeType"), deref=False), _area("text", "text")),
            ),
        ),
    ),
    _MIDDLE: (
        *_head("time", "|Actual|Exercise|System|Test|Draft", _one("scope", _SCOPE), password=False),
        _any(
            "info",
            _info(
                "time",
                _start(_any("category", f"{_CATEGORIES}|CBRNE", least=1), _ANSWERS, _CERTAIN),
                _PAIR,
                (_resource(_may("mimeType"), deref=True), _area(_PAIR, "text")),
            ),
        ),
    ),
    _NEW: (
        *_head("moment", "|Actual|Exercise|System|Test|Draft", _one("scope", _SCOPE), password=False),
        _any(
            "info",
            _info(
                "moment",
                _start(
                    _any("category", f"{_CATEGORIES}|CBRNE", least=1), f"{_ANSWERS}|Avoid|AllClear", _CERTAIN
                ),
                _PAIR,
                (_resource(_one("mimeType"), deref=True), _area(_PAIR, "decimal")),
            ),
        ),
    ),
}


def schema_verdict(alert: Element) -> bool | None:
    """Whether the alert keeps the form of the protocol that it names; None where it names none of the three."""
    form = FORMS.get(namespace(alert))
    if form is None:
        return None
    return _keeps(alert, form, namespace(alert), signed=namespace(alert) == _NEW)


def _keeps(element: Element, form: Sequence[Slot], home: str, signed: bool = False) -> bool:
    """Whether the children stand in the order of the form, each as often as it may, each well filled."""
    if (
        (element.text or "").strip()
        or any((one.tail or "").strip() for one in element)
        or _attributes(element)
    ):
        return False
    waiting = list(element)
    while signed and waiting and namespace(waiting[-1]) == SIGNATURE:
        waiting.pop()
    at = 0
    for slot in form:
        found = 0
        while at < len(waiting) and local(waiting[at]) == slot.name and namespace(waiting[at]) == home:
            if found == slot.most or not _filled(waiting[at], slot, home):
                return False
            found, at = found + 1, at + 1
        if found < slot.least:
            return False
    return at == len(waiting)


def _attributes(element: Element) -> bool:
    """Whether it has attributes that its form does not know; those about schemas themselves are everybody's."""
    return any(not name.startswith(_TYPE_ATTRIBUTES) for name in element.attrib)


def _filled(element: Element, slot: Slot, home: str) -> bool:
    if isinstance(slot.holds, tuple):
        return _keeps(element, slot.holds, home)
    if len(element) or _attributes(element):
        return False
    held = element.text or ""
    if slot.holds.startswith("|"):
        return held in slot.holds[1:].split("|")
    form = TEXTS.get(slot.holds)
    if form is None:
        return True
    if slot.holds == "language" and not held:  # an empty element takes the standard's own language
        return True
    held = " ".join(held.split())
    return form.fullmatch(held) is not None and (slot.holds not in ("time", "moment") or _exists(held))


_ZONE = r"(?:Z|[-+](?:(?:0\d|1[0-3]):[0-5]\d|14:00))"
TEXTS: dict[str, re.Pattern[str]] = {
    "time": re.compile(rf"-?\d{{4,}}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?{_ZONE}?", re.ASCII),
    "moment": re.compile(rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d(?!Z){_ZONE}", re.ASCII),
    "language": re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*"),
    "whole": re.compile(r"[-+]?\d+", re.ASCII),
    "decimal": re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII),
}


def _exists(held: str) -> bool:
    """Whether the calendar has such a day and the day such a time."""
    day, _, time = held.lstrip("-").partition("T")
    if len(day) > 10:  # years beyond the four digits of ordinary dates
        return True
    try:
        dt.date.fromisoformat(day)
        if time.startswith("24:00:00"):
            return True
        dt.time.fromisoformat(time[:8])
    except ValueError:
        return False
    return True

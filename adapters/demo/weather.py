"""Three messages of an invented weather service, as a feed gives them: orange, raised to red, lifted the next day.

Their hashes are those of a line of text that stands for the message: no file of theirs exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from adapters.demo.steps import Line, T
from domain.language import Moment, parse_moment
from domain.risk_tags import Weather

FEED = "demo-weather-service"
AREA = "320118"
"""The district in which the works lies; the warning holds for everybody there."""
NAME = T("高淳区", "Gaochun district")
KIND: Weather = "rainstorm"


def lines() -> Iterator[Line]:
    """In the order in which they were sent; the lift comes before the red warning runs out."""
    yield _message("1", "alert", "orange", "2026-06-24T14:00", "2026-06-25T14:00")
    yield _message("2", "update", "red", "2026-06-24T20:00", "2026-06-25T20:00", "1")
    yield _message("3", "cancel", "red", "2026-06-25T16:00", None, "2", "1")


def _message(number: str, message: str, level: str, sent: str, expires: str | None, *references: str) -> Line:
    identifier = _identifier(number)
    part = {
        "area": AREA,
        "area_name": NAME,
        "kind": KIND,
        "level": level,
        "onset": None if expires is None else _moment(sent),
        "expires": None if expires is None else _moment(expires),
        "assumed": False,
        "lifts": message == "cancel",
    }
    return {
        "command": "ReceiveWarning",
        "by": FEED,
        "at": f"{sent}+08:00",
        "data": {
            "source": FEED,
            "identifier": identifier,
            "sent": _moment(sent),
            "message": message,
            "status": "actual",
            "sha256": sha256(f"invented for practice: {identifier}".encode()).hexdigest(),
            "schema_valid": True,
            "parts": [part],
            "references": [_identifier(one) for one in references],
        },
    }


def _identifier(number: str) -> str:
    return f"demo.{AREA}.{KIND}.2026-06.{number}"


def _moment(local: str) -> Moment:
    return parse_moment(f"{local}+08:00")

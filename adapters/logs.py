"""How the program logs: JSON lines for machines, colours at a terminal, and never a person's data.

Logged are names of things that happened and reference values we chose; tracebacks show files, lines and functions only,
because messages and local variables may hold what somebody entered.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import MutableMapping
from functools import cache
from typing import Any

import structlog


@cache
def configure() -> None:
    """Set structlog up once, writing to standard error."""
    terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            places_only,
            structlog.dev.ConsoleRenderer()
            if terminal
            else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def logger(**bound: object) -> Any:
    """A logger with values bound to it, such as a command id or a position."""
    configure()
    return structlog.get_logger("dualguard", **bound)


def places_only(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception by its type and the places it passed, without messages and local variables."""
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["places"] = [
            f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
    return event

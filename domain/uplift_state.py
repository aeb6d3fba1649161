"""The temporary uplift of a risk as the next decision needs it: by which change, to which level, with which duties."""

from __future__ import annotations

from dataclasses import dataclass

from domain.language import Moment


@dataclass(frozen=True)
class Uplift:
    """``base`` is the assessed level when its cause first lifted it, ``level`` the one it is lifted to (or empty).

    ``measures`` are the codes of what the response asked for, ``passing`` the duties that end with it, ``version`` that
    of the response, ``since`` the moment from which it is so.
    """

    change: str
    kind: str
    cause: str
    weather: str
    signal: str
    base: str
    level: str
    measures: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    version: str = ""
    since: Moment = ""

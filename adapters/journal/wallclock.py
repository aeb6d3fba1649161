"""The real clock, read only at the edge and handed in from there."""

from __future__ import annotations

import datetime as dt

from domain.language import Moment, moment


def wall_clock() -> Moment:
    """The machine's present moment in UTC."""
    return moment(dt.datetime.now(dt.UTC))

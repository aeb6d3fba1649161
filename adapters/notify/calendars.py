"""For each recipient of a folder that keeps calendars: what they owe now, as one that any program reads (RFC 5545).

A duty keeps its UID, so a calendar that reads the file again moves entries and doubles none; what is done drops out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adapters.coming import coming
from adapters.coming_files import as_ics
from adapters.notify.files import write_calendar
from adapters.notify.settings import FileChannel, Settings
from domain.language import Moment

Row = dict[str, Any]


def write_calendars(
    settings: Settings,
    lanes: Sequence[Row],
    duties: Sequence[Row],
    grants: Sequence[Row],
    practice: bool,
) -> int:
    """Write the calendars that differ from those there; how many. Raises ``OSError`` where one cannot be written."""
    known = frozenset((row["body"], row["code"]) for row in duties)
    written = 0
    for name, channel in settings.channels.items():
        if not isinstance(channel, FileChannel) or not channel.calendar:
            continue
        rows = coming(duties, grants, known, channel.lang)
        for recipient in sorted({lane["recipient"] for lane in lanes if lane["channel"] == name}):
            own = [row for row in rows if row["person"] == recipient]
            content = as_ics(own, _stamp(own, duties), practice, channel.lang)
            written += write_calendar(channel.folder, recipient, content)
    return written


def _stamp(own: Sequence[Row], duties: Sequence[Row]) -> Moment:
    """When the calendar last changed, as far as its duties tell: the same duties give the same file."""
    raised = {(row["body"], row["code"]): str(row["raised_at"]) for row in duties}
    return max((raised[row["body"], row["code"]] for row in own), default="1970-01-01T00:00:00.000000Z")

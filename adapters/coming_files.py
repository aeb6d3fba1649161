"""The coming duties as files: a table for a spreadsheet (CSV), and a calendar that any program reads (RFC 5545).

A duty keeps its UID whatever is computed again, so a calendar that imports the file anew moves entries, doubles none.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from domain.duties import DUTY
from domain.labels import Lang, label
from domain.language import Moment, as_datetime, stream_name
from domain.policies import NAMESPACE

Row = Mapping[str, Any]
COLUMNS = (
    *("person", "month", "week", "due", "body", "code", "rule", "title", "subject_kind", "subject", "period"),
    *("owed_by", "provisional", "foretold", "collides", "overload", "citation"),
)


def as_csv(rows: Iterable[Row]) -> bytes:
    """One line for each person and duty, after a line of names; UTF-8 with a mark, so that spreadsheets read it.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in COLUMNS])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def as_ics(rows: Iterable[Row], stamp: Moment, practice: bool, lang: Lang) -> bytes:
    """One entry a duty on its day, with its reminders as alarms; ``stamp`` is when the file was computed."""
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Dualguard//duties//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "双控应办事项" if lang == "zh" else "Dualguard duties")
    entries: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        entries.setdefault((row["due"], uid_of(row)), []).append(row)
    for (due, uid), own in sorted(entries.items()):
        row, day = own[0], dt.date.fromisoformat(due)
        entry = Event()
        entry.add("uid", uid)
        entry.add("dtstamp", as_datetime(stamp).replace(microsecond=0))
        entry.add("dtstart", day)
        entry.add("dtend", day + dt.timedelta(days=1))
        name = row["title"] or label(row["rule"], lang)
        mark = ("演练 " if lang == "zh" else "PRACTICE ") if practice else ""
        entry.add("summary", f"{mark}{name}: {row['subject']} ({row['body']})")
        persons = ", ".join(dict.fromkeys(one["person"] for one in own))
        entry.add("description", f"{row['code']}\n{persons}\n{row['citation']}")
        entry.add("categories", [row["rule"]])
        entry.add("transp", "TRANSPARENT")
        entry.add("status", "TENTATIVE" if row["provisional"] else "CONFIRMED")
        for days in row["remind"]:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", name)
            alarm.add("trigger", -dt.timedelta(days=days))
            entry.add_component(alarm)
        calendar.add_component(entry)
    written: bytes = calendar.to_ical()
    return written


def uid_of(row: Row) -> str:
    """The identity of a duty in calendars: it follows from its body and code alone."""
    return f"{uuid.uuid5(NAMESPACE, stream_name(DUTY.name, row['body'], row['code']))}@dualguard"

"""What the clock has to say today about each thing owed by a day: that the day has come, that it passed unanswered.

Pure: rows, a calendar and a day in, commands out, so the same planner serves the real clock, a simulated one, and the
question what will be owed until some year. Each command carries the id of what it says; planned twice it is recorded
once.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.duties import DUTY
from domain.duty_clock import (
    DutyClockCommand,
    EscalateDuty,
    MarkDutyDue,
    MarkDutyMissed,
    MarkDutyOverdue,
    RemindDuty,
)
from domain.duty_state import last_day, reminders
from domain.engine import Order
from domain.language import Command, Day, Moment, day_after, start_of, stream_name
from domain.policies import NAMESPACE
from domain.working_days import Calendar
from projections.duty_rows import DueRow

CLOCK = "clock"
"""Who gives the clock's commands, and how a record says so."""
WEEKDAYS = Calendar()
"""Working days where no notice is known: Monday to Friday."""


@dataclass(frozen=True)
class Planned:
    """One command of the clock, when what it says became so, and the only id under which it is ever given."""

    at: Moment
    command: DutyClockCommand
    id: str

    def order(self) -> Order:
        return clock_order(self.command, self.id, self.at)


def plan(rows: Iterable[DueRow], today: Day, calendar: Calendar = WEEKDAYS) -> list[Planned]:
    """What is to be said on that day (a civil day in China), in the order in which it became so.

    A duty falls due at the first moment of its day and is overdue from the first moment of the day after; its period
    is missed from the day after its last one, or after the day to which it was moved beyond that; it is called to mind,
    and goes up the line, at the first moment of those days. What is said already is not planned again.
    """
    planned = [
        Planned(start_of(day), command, clock_id(stream_name(DUTY.name, row.body, row.duty), what, day))
        for row in rows
        for day, what, command in _said(row, today, calendar)
    ]
    planned.sort(key=lambda one: (one.at, one.command.body, one.command.duty))
    return planned


def _said(row: DueRow, today: Day, calendar: Calendar) -> Iterator[tuple[Day, str, DutyClockCommand]]:
    """(day since when it is so, what, command) of one row; of one day in the order in which they are said."""
    key = (row.body, row.duty)
    if row.is_open:
        for day in reminders(row.due, row.remind):
            if row.reminded < day <= today:
                yield day, "remind", RemindDuty(*key, day)
    passed = day_after(row.due)
    if row.passed and row.due <= today and not row.marked_due:
        yield row.due, "due", MarkDutyDue(*key, row.due)
    if row.passed and passed <= today and not row.marked_overdue:
        yield passed, "overdue", MarkDutyOverdue(*key, row.due)
    closed = last_day(row.closes, row.due)
    if closed and closed < today:
        yield day_after(closed), "missed", MarkDutyMissed(*key, row.closes)
    if row.is_open:
        for rung in range(row.escalated + 1, len(row.line) + 1):
            day = calendar.add(row.due, row.line[rung - 1], "working")
            if day <= today:
                yield day, f"rung {rung}", EscalateDuty(*key, rung, day)


def clock_id(stream: str, what: str, when: Day | Moment) -> str:
    """The one id under which the clock says this of this stream for this day or moment."""
    return str(uuid.uuid5(NAMESPACE, "\n".join((CLOCK, stream, what, when))))


def clock_order(command: Command, command_id: str, at: Moment | None) -> Order:
    """A command as the clock gives it; a machine's id alone says what it is, so it carries no hash of content."""
    return Order(command=command, by=CLOCK, id=command_id, content=b"", at=at, auth=CLOCK)

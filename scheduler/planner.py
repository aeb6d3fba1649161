"""What the clock has to say today about each thing owed by a day: that the day has come, that it passed unanswered.

Pure: rows and a day in, commands out, so the same planner serves the real clock, a simulated one, and the question
what will be owed until some year. Each command carries the id of what it says; planned twice it is recorded once.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from domain.duties import DUTY, MarkDutyDue, MarkDutyOverdue
from domain.engine import Order
from domain.language import Command, Day, Moment, day_after, start_of, stream_name
from domain.policies import NAMESPACE

CLOCK = "clock"
"""Who gives the clock's commands, and how a record says so."""


class DueRow(Protocol):
    """One open duty: the day by which it is owed, and what the clock has already said about that very day.

    After an extension both marks MUST be false again until the clock has spoken about the new day.
    """

    @property
    def body(self) -> str: ...

    @property
    def duty(self) -> str: ...

    @property
    def due(self) -> Day: ...

    @property
    def marked_due(self) -> bool: ...

    @property
    def marked_overdue(self) -> bool: ...


@dataclass(frozen=True)
class Planned:
    """One command of the clock, when what it says became so, and the only id under which it is ever given."""

    at: Moment
    command: MarkDutyDue | MarkDutyOverdue
    id: str

    def order(self) -> Order:
        return clock_order(self.command, self.id, self.at)


def plan(rows: Iterable[DueRow], today: Day) -> list[Planned]:
    """What is to be said on that day (a civil day in China), in the order in which it became so.

    A duty falls due at the first moment of its day and is overdue from the first moment of the day after. What is
    marked already is not planned again.
    """
    planned: list[Planned] = []
    for row in rows:
        stream = stream_name(DUTY.name, row.body, row.duty)
        if row.due <= today and not row.marked_due:
            due = MarkDutyDue(row.body, row.duty, row.due)
            planned.append(Planned(start_of(row.due), due, clock_id(stream, "due", row.due)))
        if row.due < today and not row.marked_overdue:
            overdue = MarkDutyOverdue(row.body, row.duty, row.due)
            at = start_of(day_after(row.due))
            planned.append(Planned(at, overdue, clock_id(stream, "overdue", row.due)))
    planned.sort(key=lambda one: (one.at, one.command.body, one.command.duty))
    return planned


def clock_id(stream: str, what: str, when: Day | Moment) -> str:
    """The one id under which the clock says this of this stream for this day or moment."""
    return str(uuid.uuid5(NAMESPACE, "\n".join((CLOCK, stream, what, when))))


def clock_order(command: Command, command_id: str, at: Moment | None) -> Order:
    """A command as the clock gives it; a machine's id alone says what it is, so it carries no hash of content."""
    return Order(command=command, by=CLOCK, id=command_id, content=b"", at=at, auth=CLOCK)

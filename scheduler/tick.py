"""One beat of the clock: policies run, what fell due or became overdue is recorded, the clock's own absence too.

Every step may be the last one before a crash. What was recorded carries its own id, what was not is still due, and the
beat is set only at the end: so the next tick completes exactly once, whoever runs it, also two at the same time.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from domain.duties import MarkDutyDue
from domain.engine import Order
from domain.language import SHARED, Day, Moment, as_datetime, day_of, stream_name
from domain.logbook import LOGBOOK, NoteClockAbsence, NoteClockDisagreement
from scheduler.planner import DueRow, clock_id, clock_order, plan
from scheduler.ports import Ports

ABSENCE = dt.timedelta(hours=26)
"""From which silence on the clock was away: duties are counted in days, so one that ticks daily is present, and two
hours are left for a day whose tick came late."""
PAGE = 500
"""How many duties are held in memory at once."""


@dataclass(frozen=True)
class Ticked:
    """What one tick recorded anew, the moment it took for now, and the position that its rows had reached."""

    now: Moment
    head: int
    policies: int = 0
    fell_due: int = 0
    overdue: int = 0
    away: bool = False
    disagreed: bool = False


def tick(ports: Ports) -> Ticked:
    """Let the log catch up with time; running it again at the same moment records nothing.

    Raises ``FaultError`` where a port cannot serve; then the beat is not set and the next tick does what is left.
    """
    policies = ports.policies()
    head = ports.rows.catch_up()
    now, disagreed = _present(ports)
    away = _note_absence(ports, now)
    fell_due, overdue = _mark(ports, day_of(now))
    policies += ports.policies()
    ports.beats.set(now)
    return Ticked(now, head, policies, fell_due, overdue, away, disagreed)


def _present(ports: Ports) -> tuple[Moment, bool]:
    """Now, which never lies before the last beat: a clock that reads earlier is written down once and not obeyed."""
    read, last = ports.now(), ports.beats.last()
    if last is None or read >= last:
        return read, False
    note = NoteClockDisagreement(read, last)
    return last, ports.submit(_own(note, "disagreement", last, None))


def _note_absence(ports: Ports, now: Moment) -> bool:
    """Write down that the clock was away; the id says since when, so that two ticks at once write it once."""
    last = ports.beats.last()
    if last is None or as_datetime(now) - as_datetime(last) <= ABSENCE:
        return False
    return ports.submit(_own(NoteClockAbsence(last, now), "absence", last, now))


def _own(command: NoteClockDisagreement | NoteClockAbsence, what: str, since: Moment, at: Moment | None) -> Order:
    return clock_order(command, clock_id(stream_name(LOGBOOK.name, SHARED), what, since), at)


def _mark(ports: Ports, today: Day) -> tuple[int, int]:
    """Record every due day that came and every one that passed; returns how many of each are new."""
    fell_due = overdue = 0
    after: DueRow | None = None
    while page := ports.rows.due(today, after, PAGE):
        for planned in plan(page, today):
            if ports.submit(planned.order()):
                if isinstance(planned.command, MarkDutyDue):
                    fell_due += 1
                else:
                    overdue += 1
        after = page[-1]
    return fell_due, overdue

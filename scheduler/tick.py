"""One beat of the clock: what has begun is owed, policies run, and what became so is recorded, its own absence too.

Every step may be the last one before a crash. What was recorded carries its own id, what was not is still due, and the
beat is set only at the end: so the next tick completes exactly once, whoever runs it, also two at the same time.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from domain.duty_clock import EscalateDuty, MarkDutyDue, MarkDutyMissed, MarkDutyOverdue, RemindDuty
from domain.engine import Order
from domain.language import SHARED, Day, Moment, as_datetime, day_of, stream_name
from domain.logbook import LOGBOOK, NoteClockAbsence, NoteClockDisagreement
from projections.duty_rows import DueRow
from scheduler.planner import clock_id, clock_order, plan
from scheduler.ports import Ports
from scheduler.raising import raise_begun

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
    raised: int = 0
    reminded: int = 0
    fell_due: int = 0
    overdue: int = 0
    missed: int = 0
    escalated: int = 0
    away: bool = False
    disagreed: bool = False


SAID = {
    RemindDuty: "reminded",
    MarkDutyDue: "fell_due",
    MarkDutyOverdue: "overdue",
    MarkDutyMissed: "missed",
    EscalateDuty: "escalated",
}


def tick(ports: Ports) -> Ticked:
    """Let the log catch up with time; running it again at the same moment records nothing.

    Raises ``FaultError`` where a port cannot serve; then the beat is not set and the next tick does what is left.
    What begins to be owed is raised before policies run: they may have the answer to it.
    """
    now, disagreed = _present(ports)
    today = day_of(now)
    raised = policies = 0
    away = False
    said: Counter[str] = Counter()
    while True:  # a round that was missed plans the next one, which may be over too by now
        begun = raise_begun(ports, today)
        reacted = ports.policies()
        begun += raise_begun(ports, today)
        head = ports.rows.catch_up()
        away = _note_absence(ports, now) or away
        marked: Counter[str] = Counter()
        while new := _mark(ports, today):  # what became overdue names the line up which it then goes
            marked += new
            head = ports.rows.catch_up()
        raised, policies, said = raised + begun, policies + reacted, said + marked
        if not (begun or reacted or marked):
            break
    ports.beats.set(now)
    return Ticked(now, head, policies, raised, away=away, disagreed=disagreed, **said)


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


def _own(
    command: NoteClockDisagreement | NoteClockAbsence, what: str, since: Moment, at: Moment | None
) -> Order:
    return clock_order(command, clock_id(stream_name(LOGBOOK.name, SHARED), what, since), at)


def _mark(ports: Ports, today: Day) -> Counter[str]:
    """Record every day that came and every one that passed; returns how many of each are new."""
    said: Counter[str] = Counter()
    after: DueRow | None = None
    calendar = ports.calendar()
    while page := ports.rows.due(today, after, PAGE):
        for planned in plan(page, today, calendar):
            if ports.submit(planned.order()):
                said[SAID[type(planned.command)]] += 1
        after = page[-1]
    return said

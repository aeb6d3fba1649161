"""A provisional day becomes final: the notice on a year came, and the day by which a duty is owed is counted again."""

from __future__ import annotations

from dataclasses import dataclass

from domain.duty_state import Duty
from domain.language import Code, Command, DayOf, Event


@dataclass(frozen=True)
class SettleDutyDay(Command):
    """The clock says: the year is published now, and by it the duty is owed by this day instead of the provisional."""

    body: Code
    duty: Code
    was: DayOf
    due: DayOf


@dataclass(frozen=True)
class DutyDaySettled(Event):
    """The day is no longer provisional; it may be the same day."""

    KIND = "duty-day-settled.1"
    was: str
    due: str


def settle_day(command: SettleDutyDay, state: Duty) -> list[Event]:
    """Answers ``[]`` to a duty that has ended, is settled, or whose day an extension has moved since."""
    if not state.is_open or not state.provisional or state.due != command.was:
        return []
    return [DutyDaySettled(state.due, command.due)]

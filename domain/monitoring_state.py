"""What the next decision on the monitoring of a risk needs to know: period, limits, warnings in force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from domain.language import Day, Moment, but, day_after
from domain.rulebook import Citation
from domain.working_days import months_after

NORMAL, WARNING, ALARM = "normal", "warning", "alarm"
RANK = {NORMAL: 0, WARNING: 1, ALARM: 2}
LONGEST = 40
"""Characters of a risk's code that fit into the codes of its duties."""
DUTY_OF_READING = "monitor."
"""Stands before the risk and the period's first day in the code of a duty to read."""


@dataclass(frozen=True)
class Limits:
    """What a parameter is measured in, and from where on it warns; None where there is no such limit.

    ``threshold`` names the limits of the rule that these are; None for the body's own. ``basis`` and ``citation`` are
    what they rest on: the same limits on another ground are another thing to say.
    """

    parameter: str
    name: str
    unit: str
    warn_above: str | None = None
    alarm_above: str | None = None
    warn_below: str | None = None
    alarm_below: str | None = None
    threshold: str | None = None
    basis: str = ""
    citation: Citation | None = None

    def standing(self, value: str) -> tuple[str, str]:
        """How a value stands, and the limit that it crossed; exactly on a limit is not crossed."""
        found = Decimal(value)
        for standing, above, below in (
            (ALARM, self.alarm_above, self.alarm_below),
            (WARNING, self.warn_above, self.warn_below),
        ):
            if above is not None and found > Decimal(above):
                return standing, f"> {above}"
            if below is not None and found < Decimal(below):
                return standing, f"< {below}"
        return NORMAL, ""


@dataclass(frozen=True)
class Warned:
    """A warning that was raised: of which parameters, when, and whether somebody responded or all is normal again."""

    number: int
    crossed: tuple[str, ...]
    raised_at: Moment
    responded: bool = False
    ended: bool = False


@dataclass(frozen=True)
class Monitoring:
    """``step``: unknown, running or ended. ``since`` is the first day of the first period, ``owed_until`` the last day
    of the last one owed. ``read`` is the last period in which somebody read, by its first day, and who. ``latest``
    are the last standings: parameter, when it was read, how it stood.
    """

    step: str = "unknown"
    ground: str = ""
    period: str = ""
    owed_by: str = ""
    since: Day = ""
    owed_until: Day = ""
    declared_by: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    parameters: tuple[Limits, ...] = ()
    readings: int = 0
    read: tuple[Day, str] = ("", "")
    latest: tuple[tuple[str, Moment, str], ...] = ()
    warnings: tuple[Warned, ...] = ()
    informed: int = 0

    @property
    def next_first(self) -> Day:
        """The first day of the period that is owed next."""
        return day_after(self.owed_until) if self.owed_until >= self.since else self.since

    def standings(self) -> dict[str, tuple[Moment, str]]:
        return {parameter: (at, standing) for parameter, at, standing in self.latest}

    def warning(self, number: int, **changes: object) -> Monitoring:
        """The same after something became so of one warning."""
        changed = (but(one, **changes) if one.number == number else one for one in self.warnings)
        return but(self, warnings=tuple(changed))


def period_span(since: Day, period: str, day: Day) -> tuple[Day, Day] | None:
    """First and last day of the period in which the day lies, counted on from the first one; None before it."""
    if not since or day < since:
        return None
    number, unit = int(period[1:-1]), period[-1]
    if unit == "D":
        gone = (dt.date.fromisoformat(day) - dt.date.fromisoformat(since)).days // number
        first = day_after(since, gone * number)
        return first, day_after(first, number - 1)
    months = (int(day[:4]) - int(since[:4])) * 12 + int(day[5:7]) - int(since[5:7])
    gone = months // number
    if months_after(since, gone * number) > day:
        gone -= 1
    return months_after(since, gone * number), day_after(months_after(since, (gone + 1) * number), -1)


def reading_duty(risk: str, first: Day) -> str:
    """The code of the duty to read in the period that begins on that day."""
    return f"{DUTY_OF_READING}{risk}.{first.replace('-', '')}"


def risk_of(duty: str) -> str:
    """The risk that a duty to read is about."""
    return duty.removeprefix(DUTY_OF_READING)[:-9]


def response_duty(risk: str, warning: int) -> str:
    return f"respond.{risk}.{warning}"


def plan_duty(risk: str, since: Day) -> str:
    return f"plan.{risk}.{since.replace('-', '')}"

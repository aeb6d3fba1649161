"""Which duties a report answers: the one of its month or quarter; a notice those of the days whose updates it tells."""

from __future__ import annotations

from domain.language import Code, Day, day_after
from domain.obligation_causes import numbered
from domain.owed import duty_code
from domain.report_periods import span

A_DAY = 3
"""So many notices may be owed of the updates of one day: what a notice did not tell of is owed again."""


def duties_of(body: Code, kind: str, period: str) -> tuple[Code, ...]:
    """The duties that a report of this kind and period answers, raised or not."""
    if kind != "risk-list-update-notice":
        return (duty_code(kind, body, period),)
    first, last = span(kind, period)
    days = _days(first, last)
    return tuple(duty_code(kind, body, numbered(day, one)) for day in days for one in range(1, A_DAY + 1))


def _days(first: Day, last: Day) -> list[Day]:
    days = [first]
    while days[-1] < last:
        days.append(day_after(days[-1]))
    return days

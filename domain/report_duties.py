"""Which duties a report answers: the one of its month or quarter; a notice those of the days whose updates it tells."""

from __future__ import annotations

from domain.language import Code, Day, day_after
from domain.owed import duty_code
from domain.report_periods import span


def duties_of(body: Code, kind: str, period: str) -> tuple[Code, ...]:
    """The duties that a report of this kind and period answers, raised or not."""
    if kind != "risk-list-update-notice":
        return (duty_code(kind, body, period),)
    first, last = span(kind, period)
    return tuple(duty_code(kind, body, day) for day in _days(first, last))


def _days(first: Day, last: Day) -> list[Day]:
    days = [first]
    while days[-1] < last:
        days.append(day_after(days[-1]))
    return days

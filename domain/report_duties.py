"""Which duties a report answers: the one of its month or quarter; a notice those of the days whose updates it tells."""

from __future__ import annotations

from collections.abc import Callable

from domain.language import Code, Day, day_after
from domain.obligation_causes import numbered
from domain.owed import duty_code
from domain.report_periods import span


def duties_of(body: Code, kind: str, period: str, raised: Callable[[Code], bool]) -> tuple[Code, ...]:
    """The duties that a report of this kind and period answers, of those that were raised.

    Of the updates of one day several notices may be owed: what a notice did not tell of is owed again, as the next.
    """
    if kind != "risk-list-update-notice":
        whole = duty_code(kind, body, period)
        return (whole,) if raised(whole) else ()
    found: list[Code] = []
    for day in _days(*span(kind, period)):
        number = 1
        while raised(duty := duty_code(kind, body, numbered(day, number))):
            found.append(duty)
            number += 1
    return tuple(found)


def _days(first: Day, last: Day) -> list[Day]:
    days = [first]
    while days[-1] < last:
        days.append(day_after(days[-1]))
    return days

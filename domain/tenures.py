"""Somebody holds something from one day until another: posts, seats in a group, deputyships and engagements.

``until`` is the first day on which it no longer holds; None means until further notice. A tenure is never erased: one
that ends before it began was withdrawn, and held on no day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.language import Day, Moment, but, day_of
from domain.refused import EndsBeforeItBegins


@dataclass(frozen=True)
class Tenure:
    """``number`` counts the tenures of one stream from 1; ``part`` says as what, or in whose place."""

    number: int
    holder: str
    since: Day
    until: Day | None
    part: str = ""

    def holds_on(self, day: Day) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def lasts_to(self, day: Day | None) -> bool:
        """Whether it holds up to the day before ``day``; None asks for a tenure without end."""
        return self.until is None or (day is not None and day <= self.until)

    def meets(self, since: Day, until: Day | None) -> bool:
        """Whether it shares a day with that period."""
        if self.since == self.until:
            return False
        return (self.until is None or since < self.until) and (until is None or self.since < until)


def period(since: Day | None, until: Day | None, at: Moment, what: object) -> tuple[Day, Day | None]:
    """The days asked for, from the day it happened where none is named; ``EndsBeforeItBegins`` for no day at all."""
    first = since or day_of(at)
    if until is not None and until <= first:
        raise EndsBeforeItBegins(what=what, since=first, until=until)
    return first, until


def meeting(tenures: Iterable[Tenure], since: Day, until: Day | None) -> tuple[Tenure, ...]:
    """Those that share a day with the period."""
    return tuple(one for one in tenures if one.meets(since, until))


def ending(tenures: Iterable[Tenure], holder: str, until: Day) -> Tenure | None:
    """The holder's tenure that an end on that day would shorten (to nothing, where it begins that day), if any."""
    fitting = (
        one
        for one in tenures
        if one.holder == holder and one.since <= until and (one.until is None or until < one.until)
    )
    return max(fitting, key=lambda one: (one.since, one.number), default=None)


def ended(tenures: tuple[Tenure, ...], number: int, until: Day) -> tuple[Tenure, ...]:
    """The same where the numbered one ends on that day."""
    return tuple(but(one, until=until) if one.number == number else one for one in tenures)


def following(tenures: tuple[Tenure, ...]) -> int:
    """The number of the next tenure."""
    return max((one.number for one in tenures), default=0) + 1

"""What is known of a post when the next decision about it is made: where it stands, who holds it, who is absent."""

from __future__ import annotations

from dataclasses import dataclass

from domain.language import Day
from domain.tenures import Tenure


@dataclass(frozen=True)
class Post:
    """``absences`` are the tenures of deputies; their ``part`` is the person in whose place each one stands."""

    department: str = ""
    since: Day = ""
    until: Day | None = None
    holders: tuple[Tenure, ...] = ()
    absences: tuple[Tenure, ...] = ()

    @property
    def registered(self) -> bool:
        return self.department != ""

    def stands_on(self, day: Day) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def missing_on(self, since: Day, until: Day | None) -> Day | None:
        """The first day of that period on which the post does not stand, if any."""
        if not self.stands_on(since):
            return since
        return self.until if self.until is not None and (until is None or until > self.until) else None

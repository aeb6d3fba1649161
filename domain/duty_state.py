"""What the next decision on a duty needs to know, and who owes it on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from domain.decider import Facts
from domain.labels import Term, Thing
from domain.language import Command, Day, day_after
from domain.refused import OutOfTurn, UnknownThing
from domain.refused_duties import FollowsRecord
from domain.roles import ROLES

PERSON: Final = "person"
ROLE: Final = "role"
CLOCK: Final = "clock"
"""By whom the clock says that it drops what nobody owes any more."""


@dataclass(frozen=True)
class Rung:
    """One rung of the line: the role that hears of it so many working days after the due day."""

    role: str
    after: int


@dataclass(frozen=True)
class Duty:
    """``fell_due``, ``overdue`` and ``missed`` hold the day of which the clock has said so.

    ``late``: it ended (answered, waived, superseded) after its day; the clock still says that the day had passed.
    ``rule`` is the one that it was raised from, empty where a person assigned it.
    ``closes`` is the last day of its period, empty where none is. An answer after it is none for that period, unless
    the day by which it is owed was moved beyond it.
    ``line`` is the line up which it goes while overdue, ``escalated`` the rungs already reached. ``dropped``: the clock
    dropped it, no person waived it.
    """

    step: str = "unknown"
    rule: str = ""
    owed_by: str = ""
    owed_as: str = PERSON
    subject: str = ""
    subject_kind: str = ""
    follows_record: bool = False
    provisional: bool = False
    due: Day = ""
    closes: Day = ""
    remind: tuple[int, ...] = ()
    reminded: Day = ""
    fell_due: Day = ""
    overdue: Day = ""
    missed: Day = ""
    line: tuple[Rung, ...] = ()
    escalated: int = 0
    late: bool = False
    late_for_its_period: bool = False
    asked_due: Day = ""
    asking: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()
    last: bool = False
    dropped: bool = False

    @property
    def is_open(self) -> bool:
        return self.step == "open"

    @property
    def last_day(self) -> Day:
        """The last day on which an answer is one for its period; empty where it has none."""
        return last_day(self.closes, self.due)


def last_day(closes: Day, due: Day) -> Day:
    """The last day of its period, or a later one to which its day was moved; empty where it has no period."""
    return max(closes, due) if closes else ""


def reminders(due: Day, before: tuple[int, ...]) -> list[Day]:
    """The days on which it is called to mind: so many natural days before the day by which it is owed."""
    return sorted(day_after(due, -days) for days in before)


def owers(state: Duty, facts: Facts, body: str, day: Day) -> tuple[str, ...]:
    """Who owes it on that day: the person, or whoever holds the role then."""
    if state.owed_as == PERSON:
        return (state.owed_by,)
    return holders(facts, body, state.owed_by, day)


def holders(facts: Facts, body: str, role: str, day: Day) -> tuple[str, ...]:
    """Who holds the role in the body on that day."""
    grants = facts.of(ROLES, body).grants
    return tuple(sorted({one.person for one in grants if one.role == role and one.holds_on(day)}))


def need_open(command: Command, state: Duty, body: str, duty: str) -> Thing:
    """The duty as a thing; refuses one that was never raised, is not open, or only follows another thing's records."""
    what = Thing("duty", duty)
    if state.step == "unknown":
        raise UnknownThing(kind=Term("duty"), code=duty, body=body)
    if not state.is_open:
        raise OutOfTurn(
            what=what, step=Term(state.step), command=type(command).__name__, needs=[Term("open")]
        )
    need_own(command, state, what)
    return what


def need_own(command: Command, state: Duty, what: Thing) -> None:
    """It does not follow the records of another thing, or ``FollowsRecord``."""
    if state.follows_record:
        raise FollowsRecord(
            what=what, subject=Thing(state.subject_kind, state.subject), command=type(command).__name__
        )

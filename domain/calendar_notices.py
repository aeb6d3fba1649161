"""The State Council's notice on the holidays of a year that the rules did not know yet: recorded once, for everybody.

It belongs to no single body: whoever administers the installation, or holds that role in what is shared, records it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.decider import Decider, Facts
from domain.labels import Term
from domain.language import SHARED, Command, Day, DayOf, Event, Title, but
from domain.refused import AlreadySo, EndsBeforeItBegins, Incomplete, Unfit
from domain.refused_shared import NamedTwice, OutsideTheYear, WorkedAnyway
from domain.rule_calendar import shipped_notices
from domain.rulebook import Rulebook
from domain.working_days import Calendar, Notice, span

FIRST, LAST = 1950, 2200
"""Years for which a notice is taken."""


@dataclass(frozen=True)
class Holiday:
    """Days off, from the first to the last, under the holiday's name."""

    name: Title
    first: DayOf
    last: DayOf


@dataclass(frozen=True)
class SettleYear(Command):
    """Record the notice on a year: the holidays, and the weekend days that are worked instead."""

    year: int
    title: Title
    number: Title
    rest: tuple[Holiday, ...]
    work: tuple[DayOf, ...] = ()


@dataclass(frozen=True)
class YearSettled(Event):
    """``changed`` are the days that are worked or not other than was assumed before, in order."""

    KIND = "year-settled.1"
    year: int
    title: str
    number: str
    rest: tuple[Holiday, ...]
    work: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Settled:
    """The notices that were recorded, in order; a later one on the same year takes the place of the earlier."""

    notices: tuple[Notice, ...] = ()


def evolve(state: Settled, event: YearSettled) -> Settled:
    match event:
        case YearSettled():
            return but(state, notices=(*state.notices, _notice(event.year, event.rest, event.work)))


def decide(command: SettleYear, state: Settled, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a notice that contradicts itself, speaks of another year, or says what is known already."""
    if not FIRST <= command.year <= LAST:
        raise Unfit(given=str(command.year), what=Term("calendar"), allowed=[f"{FIRST}-{LAST}"])
    if not command.rest:
        raise Incomplete(what=Term("calendar"), missing=[Term("holidays")])
    for holiday in command.rest:
        if holiday.last < holiday.first:
            raise EndsBeforeItBegins(what=holiday.name, since=holiday.first, until=holiday.last)
    seen: set[Day] = set()
    for day in (*_days(command.rest), *command.work):
        if not f"{command.year - 1}-12-25" <= day <= f"{command.year}-12-31":
            raise OutsideTheYear(day=day, year=str(command.year))
        if day in seen:
            raise NamedTwice(day=day)
        seen.add(day)
    for day in command.work:
        if Calendar().is_working(day):
            raise WorkedAnyway(day=day)
    before = known_calendar(rules, state)
    notice = _notice(command.year, command.rest, command.work)
    if notice == _held(rules, state, command.year):
        raise AlreadySo(what=f"{command.year}")
    after = known_calendar(rules, but(state, notices=(*state.notices, notice)))
    year = span(f"{command.year - 1}-12-25", f"{command.year}-12-31")
    changed = tuple(day for day in year if before.is_working(day) != after.is_working(day))
    return [YearSettled(command.year, command.title, command.number, command.rest, command.work, changed)]


def known_calendar(rules: Rulebook, settled: Settled) -> Calendar:
    """The calendar of the notices that ship with the rules and of those recorded since."""
    return Calendar.of((*shipped_notices(rules), *settled.notices))


def calendar_now(facts: Facts, rules: Rulebook) -> Calendar:
    """The calendar as a decision knows it."""
    return known_calendar(rules, facts.of(CALENDAR, SHARED))


def _held(rules: Rulebook, settled: Settled, year: int) -> Notice | None:
    """The notice that counts for a year now."""
    notices = (*shipped_notices(rules), *settled.notices)
    return next((one for one in reversed(notices) if one.year == year), None)


def _notice(year: int, rest: Iterable[Holiday], work: Iterable[Day]) -> Notice:
    return Notice(year, frozenset(_days(rest)), frozenset(work))


def _days(rest: Iterable[Holiday]) -> tuple[Day, ...]:
    return tuple(day for one in rest for day in span(one.first, one.last))


CALENDAR: Decider[Settled] = Decider(
    name="calendar",
    initial=Settled(),
    evolve=evolve,
    decide=decide,
    events=(YearSettled,),
    commands=(SettleYear,),
    place=lambda command: (SHARED, ""),
)

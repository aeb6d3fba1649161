"""Departments, workshops and teams: the tree of who works under whom, from the company down (NJ-002, NJ-045).

Closing one closes everything below it from that day on: nothing below takes a new post or appointment. What was so
before that day stays answerable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Day, DayOf, Event, Title, Words, but, day_of
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    EndsBeforeItBegins,
    Incomplete,
    NotInPlace,
    Retired,
    Unfit,
    UnknownThing,
)
from domain.rulebook import Rulebook

DepartmentKind = Literal["company", "department", "workshop", "team"]
"""The tiers that answer for risks above the post: company, workshop and team; a department serves them all."""
ABOVE: dict[str, tuple[str, ...]] = {
    "company": ("company",),
    "department": ("company", "department"),
    "workshop": ("company", "department", "workshop"),
    "team": ("company", "department", "workshop", "team"),
}
"""Kind -> the kinds under which it may stand; only a company stands at the top."""


@dataclass(frozen=True)
class RegisterDepartment(Command):
    """Add a department, workshop or team under another one, from a day on (default: the day it happened)."""

    body: Code
    department: Code
    name: Title
    kind: DepartmentKind
    parent: Code | None = None
    since: DayOf | None = None


@dataclass(frozen=True)
class RenameDepartment(Command):
    """Give it another name from a day on; before that day it keeps the one it had."""

    body: Code
    department: Code
    name: Title
    since: DayOf | None = None


@dataclass(frozen=True)
class CloseDepartment(Command):
    """Close it and everything below it; ``until`` is the first day on which it no longer stands."""

    body: Code
    department: Code
    reason: Words
    until: DayOf | None = None


@dataclass(frozen=True)
class DepartmentRegistered(Event):
    KIND = "department-registered.1"
    department: str
    name: str
    kind: str
    parent: str | None
    since: str


@dataclass(frozen=True)
class DepartmentRenamed(Event):
    KIND = "department-renamed.1"
    was_name: str
    name: str
    since: str


@dataclass(frozen=True)
class DepartmentClosed(Event):
    KIND = "department-closed.1"
    until: str
    reason: str


@dataclass(frozen=True)
class Department:
    """Where it stands, from when to when, and its names by the day from which each counts."""

    kind: str = ""
    parent: str | None = None
    since: Day = ""
    until: Day | None = None
    names: tuple[tuple[Day, str], ...] = ()

    @property
    def registered(self) -> bool:
        return self.kind != ""

    def stands_on(self, day: Day) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def name_on(self, day: Day) -> str:
        """The name with the latest day not after it; of two from one day the last recorded."""
        fitting = [one for one in enumerate(self.names) if one[1][0] <= day]
        return max(fitting, key=lambda one: (one[1][0], one[0]))[1][1] if fitting else ""


DepartmentCommand = RegisterDepartment | RenameDepartment | CloseDepartment
DepartmentEvent = DepartmentRegistered | DepartmentRenamed | DepartmentClosed


def evolve(state: Department, event: DepartmentEvent) -> Department:
    match event:
        case DepartmentRegistered():
            return Department(event.kind, event.parent, event.since, None, ((event.since, event.name),))
        case DepartmentRenamed():
            return but(state, names=(*state.names, (event.since, event.name)))
        case DepartmentClosed():
            return but(state, until=event.until)


def decide(command: DepartmentCommand, state: Department, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a second registration, a parent unknown, closed or of the wrong kind, and changes after the end."""
    need_body(facts, command.body)
    if isinstance(command, RegisterDepartment):
        return _register(command, state, facts)
    if not state.registered:
        raise UnknownThing(kind=Term("department"), code=command.department, body=command.body)
    if state.until is not None:
        raise Retired(kind=Term("department"), code=command.department, command=type(command).__name__)
    match command:
        case RenameDepartment():
            since = command.since or day_of(facts.at)
            if since < state.since:
                raise NotInPlace(what=Thing("department", command.department), day=since)
            was = state.name_on(since)
            if was == command.name:
                raise AlreadySo(what=Thing("department", command.department))
            return [DepartmentRenamed(was, command.name, since)]
        case CloseDepartment():
            until = command.until or day_of(facts.at)
            if until < state.since:
                raise EndsBeforeItBegins(
                    what=Thing("department", command.department), since=state.since, until=until
                )
            return [DepartmentClosed(until, command.reason)]


def _register(command: RegisterDepartment, state: Department, facts: Facts) -> list[Event]:
    if state.registered:
        raise AlreadyRegistered(kind=Term("department"), code=command.department, body=command.body)
    since = command.since or day_of(facts.at)
    if command.parent is not None:
        parent = need_department(facts, command.body, command.parent, since)
        if parent.kind not in ABOVE[command.kind]:
            raise Unfit(
                given=Term(parent.kind),
                what=Term("parent"),
                allowed=[Term(kind) for kind in ABOVE[command.kind]],
            )
    elif command.kind != "company":
        raise Incomplete(what=Thing("department", command.department), missing=[Term("parent")])
    return [DepartmentRegistered(command.department, command.name, command.kind, command.parent, since)]


DEPARTMENT: Decider[Department] = Decider(
    name="department",
    initial=Department(),
    evolve=evolve,
    decide=decide,
    events=(DepartmentRegistered, DepartmentRenamed, DepartmentClosed),
    commands=(RegisterDepartment, RenameDepartment, CloseDepartment),
    place=lambda command: (command.body, command.department),
    keyed=True,
)


def need_department(facts: Facts, body: str, department: str, day: Day) -> Department:
    """The department, which stands on that day as does everything above it; or ``UnknownThing``, ``NotInPlace``."""
    found: Department = facts.of(DEPARTMENT, body, department)
    if not found.registered:
        raise UnknownThing(kind=Term("department"), code=department, body=body)
    above, code = found, department
    while True:
        if not above.stands_on(day):
            raise NotInPlace(what=Thing("department", code), day=day)
        if above.parent is None:
            return found
        code = above.parent
        above = facts.of(DEPARTMENT, body, code)

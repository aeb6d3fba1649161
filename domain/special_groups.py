"""Special groups, formed for one process or one area, each with a head of its own (NJ-010)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.decider import Facts
from domain.group_members import Group, MemberEntry, join_all, left
from domain.labels import Term, Thing
from domain.language import Code, Command, DayOf, Event, Remark, Title, day_of
from domain.refused import AlreadyRegistered, EndsBeforeItBegins
from domain.tenures import meeting


@dataclass(frozen=True)
class FormSpecialGroup(Command):
    """Form a special group for a process or an area (``of`` says which), with a head of its own."""

    body: Code
    group: Code
    name: Title
    kind: Literal["by_process", "by_area"]
    of: Title
    members: tuple[MemberEntry, ...]
    since: DayOf | None = None


@dataclass(frozen=True)
class DissolveSpecialGroup(Command):
    """The special group no longer exists from a day on, and its members are members no more."""

    body: Code
    group: Code
    reason: Remark = ""
    until: DayOf | None = None


@dataclass(frozen=True)
class SpecialGroupFormed(Event):
    KIND = "special-group-formed.1"
    name: str
    kind: str
    of: str
    head: str
    since: str


@dataclass(frozen=True)
class SpecialGroupDissolved(Event):
    KIND = "special-group-dissolved.1"
    until: str
    reason: str


def form(command: FormSpecialGroup, state: Group, facts: Facts) -> list[Event]:
    """Refuses a second formation, and what ``join_all`` refuses; only the head is needed."""
    what = Thing("group", command.group)
    if state.formed:
        raise AlreadyRegistered(kind=Term("group"), code=command.group, body=command.body)
    since = command.since or day_of(facts.at)
    joined = join_all(command.body, what, command.members, since, ("head",), facts)
    head = next(one.person for one in joined if one.kind == "head")
    return [SpecialGroupFormed(command.name, command.kind, command.of, head, since), *joined]


def dissolve(command: DissolveSpecialGroup, state: Group, facts: Facts) -> list[Event]:
    """Refuses an end before the beginning; members who would stay longer leave on that day."""
    what = Thing("group", command.group)
    until = command.until or day_of(facts.at)
    if until < state.since:
        raise EndsBeforeItBegins(what=what, since=state.since, until=until)
    leaving = meeting(state.members, until, None)
    gone = [left(state, what, one, max(one.since, until), command.reason) for one in leaving]
    return [*gone, SpecialGroupDissolved(until, command.reason)]

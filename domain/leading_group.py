"""The leading group, headed by the main responsible person, and the department that coordinates (NJ-002, NJ-010).

On every day it has exactly one head; it is formed with safety managers, technical staff and experts, and says so when
one of these kinds is no longer there.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.departments import need_department
from domain.group_members import (
    NEEDED,
    Group,
    JoinGroup,
    LeaveGroup,
    MemberEntry,
    MemberJoined,
    MemberLeft,
    join,
    join_all,
    leave,
    with_member,
    without_member,
)
from domain.labels import Term, Thing
from domain.language import Code, Command, Day, DayOf, Event, PersonRef, but, day_of
from domain.people import need_person
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    NotInPlace,
    Retired,
    UnknownThing,
)
from domain.rulebook import Rulebook
from domain.special_groups import (
    DissolveSpecialGroup,
    FormSpecialGroup,
    SpecialGroupDissolved,
    SpecialGroupFormed,
    dissolve,
    form,
)
from domain.tenures import Tenure, ended, following


@dataclass(frozen=True)
class FormLeadingGroup(Command):
    """Form the leading group with the department that coordinates; its head is the main responsible person."""

    body: Code
    coordinator: Code
    members: tuple[MemberEntry, ...]
    since: DayOf | None = None


@dataclass(frozen=True)
class NameCoordinator(Command):
    """Another department coordinates from a day on, or another person there is the one to ask."""

    body: Code
    department: Code
    person: PersonRef | None = None
    since: DayOf | None = None


@dataclass(frozen=True)
class LeadingGroupFormed(Event):
    KIND = "leading-group-formed.1"
    head: str
    since: str


@dataclass(frozen=True)
class CoordinatorNamed(Event):
    """``replaces`` is the number of the naming that ends with this one."""

    KIND = "coordinator-named.1"
    naming: int
    department: str
    person: str | None
    since: str
    replaces: int | None


GroupCommand = (
    FormLeadingGroup | FormSpecialGroup | JoinGroup | LeaveGroup | NameCoordinator | DissolveSpecialGroup
)
GroupEvent = (
    LeadingGroupFormed
    | SpecialGroupFormed
    | CoordinatorNamed
    | MemberJoined
    | MemberLeft
    | SpecialGroupDissolved
)


def evolve(state: Group, event: GroupEvent) -> Group:
    match event:
        case LeadingGroupFormed() | SpecialGroupFormed():
            return but(state, since=event.since)
        case CoordinatorNamed():
            before = state.coordinators
            if event.replaces is not None:
                before = ended(before, event.replaces, event.since)
            named = Tenure(event.naming, event.department, event.since, None, event.person or "")
            return but(state, coordinators=(*before, named))
        case MemberJoined():
            return with_member(state, event)
        case MemberLeft():
            return without_member(state, event)
        case SpecialGroupDissolved():
            return but(state, until=event.until)


def decide(command: GroupCommand, state: Group, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a group without a head or with two, a head who is not the main responsible person, and double members."""
    need_body(facts, command.body)
    if isinstance(command, FormLeadingGroup):
        return _form(command, state, facts)
    if isinstance(command, FormSpecialGroup):
        return form(command, state, facts)
    what = _what(command)
    if not state.formed:
        raise UnknownThing(kind=Term(what.kind), code=what.code, body=command.body)
    if state.until is not None:
        raise Retired(kind=Term(what.kind), code=what.code, command=type(command).__name__)
    match command:
        case JoinGroup():
            return list[Event](join(command, what, state, facts))
        case LeaveGroup():
            return [leave(command, what, state, facts)]
        case NameCoordinator():
            return _name(command, what, state, facts)
        case DissolveSpecialGroup():
            return dissolve(command, state, facts)


def _what(command: GroupCommand) -> Thing:
    group = None if isinstance(command, FormLeadingGroup | NameCoordinator) else command.group
    return Thing("leading_group", command.body) if group is None else Thing("group", group)


def _form(command: FormLeadingGroup, state: Group, facts: Facts) -> list[Event]:
    what = _what(command)
    if state.formed:
        raise AlreadyRegistered(kind=Term("leading_group"), code=command.body, body=command.body)
    since = command.since or day_of(facts.at)
    joined = join_all(command.body, what, command.members, since, NEEDED, facts)
    need_department(facts, command.body, command.coordinator, since)
    head = next(one.person for one in joined if one.kind == "head")
    named = CoordinatorNamed(1, command.coordinator, None, since, None)
    return [LeadingGroupFormed(head, since), named, *joined]


def _name(command: NameCoordinator, what: Thing, state: Group, facts: Facts) -> list[Event]:
    since = command.since or day_of(facts.at)
    need_department(facts, command.body, command.department, since)
    if command.person is not None:
        need_person(facts, command.body, command.person)
    last = state.coordinators[-1]
    if since < last.since:
        raise BeforePredecessor(what=what, previous=last.since, at=since)
    if (last.holder, last.part) == (command.department, command.person or ""):
        raise AlreadySo(what=Thing("department", command.department))
    number = following(state.coordinators)
    return [CoordinatorNamed(number, command.department, command.person, since, last.number)]


def _place(command: GroupCommand) -> tuple[str, str]:
    what = _what(command)
    return command.body, "" if what.kind == "leading_group" else what.code


GROUP: Decider[Group] = Decider(
    name="group",
    initial=Group(),
    evolve=evolve,
    decide=decide,
    events=(
        LeadingGroupFormed,
        SpecialGroupFormed,
        CoordinatorNamed,
        MemberJoined,
        MemberLeft,
        SpecialGroupDissolved,
    ),
    commands=(
        FormLeadingGroup,
        FormSpecialGroup,
        JoinGroup,
        LeaveGroup,
        NameCoordinator,
        DissolveSpecialGroup,
    ),
    place=_place,
    keyed=True,
)


def need_leading_group(facts: Facts, body: str, day: Day) -> Group:
    """The leading group, formed by that day; or ``UnknownThing``, ``NotInPlace``."""
    found: Group = facts.of(GROUP, body)
    if not found.formed:
        raise UnknownThing(kind=Term("leading_group"), code=body, body=body)
    if day < found.since:
        raise NotInPlace(what=Thing("leading_group", body), day=day)
    return found

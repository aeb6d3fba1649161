"""Members of a leading or special group: each has one kind at a time, and a head leaves only by being succeeded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from domain.decider import Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Day, DayOf, Event, PersonRef, Remark, but, day_of
from domain.people import need_person
from domain.principal import need_principal
from domain.refused import AlreadyHeld, BeforePredecessor, Incomplete, NoHead, NotInPlace, UnknownThing
from domain.tenures import Tenure, ended, ending, following, meeting

MemberKind = Literal["head", "safety_manager", "technical", "expert", "member"]
NEEDED = ("head", "safety_manager", "technical", "expert")
"""The kinds of which a leading group is made up (NJ-010)."""


@dataclass(frozen=True)
class MemberEntry:
    """One person of a group and as what."""

    person: PersonRef
    kind: MemberKind


@dataclass(frozen=True)
class JoinGroup(Command):
    """Somebody joins the leading group, or the special one named; a new head takes over from the present one."""

    body: Code
    person: PersonRef
    kind: MemberKind
    group: Code | None = None
    since: DayOf | None = None


@dataclass(frozen=True)
class LeaveGroup(Command):
    """Somebody is no longer a member from a day on; a head leaves by being succeeded."""

    body: Code
    person: PersonRef
    group: Code | None = None
    until: DayOf | None = None
    reason: Remark = ""


@dataclass(frozen=True)
class MemberJoined(Event):
    KIND = "member-joined.1"
    membership: int
    person: str
    kind: str
    since: str


@dataclass(frozen=True)
class MemberLeft(Event):
    """``lacking`` are the kinds that the leading group should have and no longer has."""

    KIND = "member-left.1"
    membership: int
    person: str
    kind: str
    since: str
    until: str
    lacking: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Group:
    """Members by tenure (``part`` is the kind), and the departments that coordinated, one after the other."""

    since: Day = ""
    until: Day | None = None
    members: tuple[Tenure, ...] = ()
    coordinators: tuple[Tenure, ...] = ()

    @property
    def formed(self) -> bool:
        return self.since != ""

    def lacks_on(self, day: Day) -> tuple[str, ...]:
        """The kinds of which the group has nobody on that day."""
        there = {one.part for one in self.members if one.holds_on(day)}
        return tuple(kind for kind in NEEDED if kind not in there)


def with_member(state: Group, event: MemberJoined) -> Group:
    """The group after somebody joined."""
    joined = Tenure(event.membership, event.person, event.since, None, event.kind)
    return but(state, members=(*state.members, joined))


def without_member(state: Group, event: MemberLeft) -> Group:
    """The group after somebody left."""
    return but(state, members=ended(state.members, event.membership, event.until))


def join_all(
    body: str, what: Thing, members: Sequence[MemberEntry], since: Day, needed: Sequence[str], facts: Facts
) -> list[MemberJoined]:
    """The first members of a group: refuses a kind that is missing, a second head, and somebody named twice."""
    kinds = [entry.kind for entry in members]
    missing = [Term(kind) for kind in needed if kind not in kinds]
    if missing:
        raise Incomplete(what=what, missing=missing)
    heads = [entry.person for entry in members if entry.kind == "head"]
    if len(heads) > 1:
        raise AlreadyHeld(what=Term("head"), person=heads[0], since=since)
    state, joined = Group(), []
    for entry in members:
        joined.append(_joined(body, what, entry.person, entry.kind, since, state, facts))
        state = with_member(state, joined[-1])
    return joined


def join(command: JoinGroup, what: Thing, state: Group, facts: Facts) -> list[MemberJoined | MemberLeft]:
    """Refuses somebody who is a member then, a day before the group or before the present head."""
    since = command.since or day_of(facts.at)
    if since < state.since:
        raise NotInPlace(what=what, day=since)
    joined = _joined(command.body, what, command.person, command.kind, since, state, facts)
    if command.kind != "head":
        return [joined]
    before = [one for one in meeting(state.members, since, None) if one.part == "head"]
    for one in before:
        if since < one.since:
            raise BeforePredecessor(what=what, previous=one.since, at=since)
    after = with_member(state, joined)
    return [*(left(after, what, one, since, "") for one in before), joined]


def leave(command: LeaveGroup, what: Thing, state: Group, facts: Facts) -> MemberLeft:
    """Refuses somebody who is no member then, and the head (``NoHead``)."""
    until = command.until or day_of(facts.at)
    held = ending(state.members, command.person, until)
    if held is None:
        raise UnknownThing(kind=Term("member"), code=command.person, body=command.body)
    if held.part == "head":
        raise NoHead(what=what, person=command.person)
    return left(state, what, held, until, command.reason)


def left(state: Group, what: Thing, held: Tenure, until: Day, reason: str) -> MemberLeft:
    """That a member leaves, and what the leading group then lacks."""
    after = but(state, members=ended(state.members, held.number, until))
    lacking = after.lacks_on(until) if what.kind == "leading_group" else ()
    return MemberLeft(held.number, held.holder, held.part, held.since, until, lacking, reason)


def _joined(
    body: str, what: Thing, person: str, kind: str, since: Day, state: Group, facts: Facts
) -> MemberJoined:
    need_person(facts, body, person)
    if what.kind == "leading_group" and kind == "head":
        need_principal(facts, body, person, since, "head")
    for one in meeting(state.members, since, None):
        if one.holder == person:
            raise AlreadyHeld(what=Term(one.part), person=person, since=one.since)
    return MemberJoined(following(state.members), person, kind, since)

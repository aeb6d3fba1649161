"""Roles by grant: who may act as what, in which body, from which day to which day, and who granted it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Term
from domain.language import SHARED, Command, Day, DayOf, Event, PersonRef, Remark, Scope, but, day_of
from domain.people import need_person
from domain.refused import AlreadySo, EndsBeforeItBegins, Incomplete, UnknownThing
from domain.refused_shared import NotShared
from domain.rulebook import Rulebook

Role = Literal[
    "administrator",
    "principal",
    "safety_officer",
    "workshop_lead",
    "team_lead",
    "post_worker",
    "expert",
    "authority_inspector",
    "auditor",
]


SHARED_ROLES: tuple[str, ...] = ("administrator", "auditor")
"""What may be granted for everything: nobody works, decides or verifies in every body at once."""


@dataclass(frozen=True)
class GrantEntry:
    """One role for one person; ``until`` is the first day on which it no longer holds."""

    person: PersonRef
    role: Role
    since: DayOf | None = None
    until: DayOf | None = None


@dataclass(frozen=True)
class GrantRoles(Command):
    """Grant roles in one body to people on its roll; all of them or none.

    Without ``since``: from the day it happened. ``*`` grants for what is shared, and so in every body.
    """

    body: Scope
    grants: tuple[GrantEntry, ...]


@dataclass(frozen=True)
class RevokeRole(Command):
    """End one person's role from a day on (default: the day it happened)."""

    body: Scope
    person: PersonRef
    role: Role
    until: DayOf | None = None
    reason: Remark = ""


@dataclass(frozen=True)
class RoleGranted(Event):
    KIND = "role-granted.1"
    person: str
    role: str
    since: str
    until: str | None


@dataclass(frozen=True)
class RoleRevoked(Event):
    KIND = "role-revoked.1"
    person: str
    role: str
    until: str
    reason: str


@dataclass(frozen=True)
class Grant:
    person: str
    role: str
    since: Day
    until: Day | None

    def holds_on(self, day: Day) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Grants:
    """All grants of one scope, past ones too."""

    grants: tuple[Grant, ...] = ()

    def held(self, person: str, day: Day) -> frozenset[str]:
        """The roles the person holds on that day."""
        return frozenset(one.role for one in self.grants if one.person == person and one.holds_on(day))

    def others_than(self, person: str) -> bool:
        """Whether anybody else was ever granted a role here."""
        return any(one.person != person for one in self.grants)


def evolve(state: Grants, event: RoleGranted | RoleRevoked) -> Grants:
    match event:
        case RoleGranted():
            grant = Grant(event.person, event.role, event.since, event.until)
            return but(state, grants=(*state.grants, grant))
        case RoleRevoked():
            return but(state, grants=tuple(_ended(one, event) for one in state.grants))


def _ended(grant: Grant, event: RoleRevoked) -> Grant:
    if (grant.person, grant.role) != (event.person, event.role):
        return grant
    if grant.until is not None and grant.until <= event.until:
        return grant
    return but(grant, until=event.until)


def decide(command: GrantRoles | RevokeRole, state: Grants, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses an unknown body or person, a role already held on that day or for no day, and the end of one not held."""
    if command.body != SHARED:
        need_body(facts, command.body)
    match command:
        case GrantRoles():
            return _grant(command, state, facts)
        case RevokeRole():
            until = command.until or day_of(facts.at)
            if not any(
                (one.person, one.role) == (command.person, command.role)
                and (one.until is None or one.until > until)
                for one in state.grants
            ):
                raise UnknownThing(
                    kind=Term("roles"), code=f"{command.person}:{command.role}", body=command.body
                )
            return [RoleRevoked(command.person, command.role, until, command.reason)]


def _grant(command: GrantRoles, state: Grants, facts: Facts) -> list[Event]:
    if not command.grants:
        raise Incomplete(what=Term("roles"), missing=[Term("person")])
    events: list[Event] = []
    after = state
    for entry in command.grants:
        need_person(facts, command.body, entry.person)
        if command.body == SHARED and entry.role not in SHARED_ROLES:
            raise NotShared(role=Term(entry.role), allowed=[Term(one) for one in SHARED_ROLES])
        since = entry.since or day_of(facts.at)
        if entry.role in after.held(entry.person, since):
            raise AlreadySo(what=f"{entry.person}: {entry.role}")
        if entry.until is not None and entry.until <= since:
            raise EndsBeforeItBegins(what=f"{entry.person}: {entry.role}", since=since, until=entry.until)
        granted = RoleGranted(entry.person, entry.role, since, entry.until)
        after = evolve(after, granted)
        events.append(granted)
    return events


ROLES: Decider[Grants] = Decider(
    name="roles",
    initial=Grants(),
    evolve=evolve,
    decide=decide,
    events=(RoleGranted, RoleRevoked),
    commands=(GrantRoles, RevokeRole),
    place=lambda command: (command.body, ""),
)

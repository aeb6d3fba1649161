"""Help from outside for a bounded time and task: experts, third parties, insurers, and contractors with their staff.

Own strength comes first; where it does not suffice, third parties or experts may be engaged (NJ-010). Their people
stand on the roll like everybody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Day, DayOf, Event, PersonRef, Remark, Title, Words, but, day_of
from domain.people import PEOPLE, need_person
from domain.refused import (
    AlreadyHeld,
    AlreadyRegistered,
    EndsBeforeItBegins,
    Incomplete,
    NotInPlace,
    Retired,
    Unfit,
    UnknownThing,
)
from domain.rulebook import Rulebook
from domain.tenures import Tenure, ended, ending, following, meeting, period

PartyKind = Literal["expert", "third_party", "insurer", "contractor"]


@dataclass(frozen=True)
class EngageParty(Command):
    """Engage somebody for a task from a day until a day; ``name`` is an organisation's, never a person's.

    A single expert needs no name, only a reference among ``staff``.
    """

    body: Code
    engagement: Code
    kind: PartyKind
    task: Words
    until: DayOf
    name: Title | None = None
    staff: tuple[PersonRef, ...] = ()
    since: DayOf | None = None


@dataclass(frozen=True)
class EngageStaff(Command):
    """More of the party's people work under the engagement, from a day until it ends."""

    body: Code
    engagement: Code
    staff: tuple[PersonRef, ...]
    since: DayOf | None = None


@dataclass(frozen=True)
class ReleaseStaff(Command):
    """One of the party's people no longer works under the engagement from a day on."""

    body: Code
    engagement: Code
    person: PersonRef
    until: DayOf | None = None
    reason: Remark = ""


@dataclass(frozen=True)
class EndEngagement(Command):
    """End the engagement earlier than agreed, for everybody under it."""

    body: Code
    engagement: Code
    reason: Words
    until: DayOf | None = None


@dataclass(frozen=True)
class PartyEngaged(Event):
    KIND = "party-engaged.1"
    kind: str
    name: str | None
    task: str
    since: str
    until: str


@dataclass(frozen=True)
class StaffEngaged(Event):
    KIND = "staff-engaged.1"
    assignment: int
    person: str
    kind: str
    since: str
    until: str


@dataclass(frozen=True)
class StaffReleased(Event):
    KIND = "staff-released.1"
    assignment: int
    person: str
    since: str
    until: str
    was_until: str | None
    reason: str


@dataclass(frozen=True)
class EngagementEnded(Event):
    KIND = "engagement-ended.1"
    until: str
    was_until: str
    reason: str


@dataclass(frozen=True)
class Engagement:
    """Which kind of party, from when until when, whether it was cut short, and who works under it."""

    kind: str = ""
    since: Day = ""
    until: Day = ""
    cut_short: bool = False
    staff: tuple[Tenure, ...] = ()

    @property
    def registered(self) -> bool:
        return self.kind != ""


EngagementCommand = EngageParty | EngageStaff | ReleaseStaff | EndEngagement
EngagementEvent = PartyEngaged | StaffEngaged | StaffReleased | EngagementEnded


def evolve(state: Engagement, event: EngagementEvent) -> Engagement:
    match event:
        case PartyEngaged():
            return but(state, kind=event.kind, since=event.since, until=event.until)
        case StaffEngaged():
            held = Tenure(event.assignment, event.person, event.since, event.until)
            return but(state, staff=(*state.staff, held))
        case StaffReleased():
            return but(state, staff=ended(state.staff, event.assignment, event.until))
        case EngagementEnded():
            return but(state, until=event.until, cut_short=True)


def decide(command: EngagementCommand, state: Engagement, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses an engagement without an end, people of another kind on the roll, and what lies outside its days."""
    need_body(facts, command.body)
    if isinstance(command, EngageParty):
        return _engage(command, state, facts)
    what = Thing("engagement", command.engagement)
    if not state.registered:
        raise UnknownThing(kind=Term("engagement"), code=command.engagement, body=command.body)
    if state.cut_short:
        raise Retired(kind=Term("engagement"), code=command.engagement, command=type(command).__name__)
    match command:
        case EngageStaff():
            since = command.since or day_of(facts.at)
            if not state.since <= since < state.until:
                raise NotInPlace(what=what, day=since)
            if not command.staff:
                raise Incomplete(what=what, missing=[Term("person")])
            return _staff(command.body, command.staff, since, state, facts)
        case ReleaseStaff():
            until = command.until or day_of(facts.at)
            held = ending(state.staff, command.person, until)
            if held is None:
                raise UnknownThing(kind=Term("person"), code=command.person, body=command.body)
            return [_released(held, until, command.reason)]
        case EndEngagement():
            return _end(command, what, state, facts)


def _engage(command: EngageParty, state: Engagement, facts: Facts) -> list[Event]:
    what = Thing("engagement", command.engagement)
    if state.registered:
        raise AlreadyRegistered(kind=Term("engagement"), code=command.engagement, body=command.body)
    since, _ = period(command.since, command.until, facts.at, what)
    missing = [Term("party_name")] if command.name is None and command.kind != "expert" else []
    if command.kind == "expert" and not command.staff:
        missing = [Term("person")]
    if missing:
        raise Incomplete(what=what, missing=missing)
    engaged = PartyEngaged(command.kind, command.name, command.task, since, command.until)
    return [engaged, *_staff(command.body, command.staff, since, evolve(state, engaged), facts)]


def _staff(body: str, staff: tuple[str, ...], since: Day, state: Engagement, facts: Facts) -> list[Event]:
    need_person(facts, body, *staff)
    roll = facts.of(PEOPLE, body)
    events: list[Event] = []
    for person in staff:
        if roll.persons[person] != state.kind:
            raise Unfit(
                given=f"{person}: {roll.persons[person]}", what=Term("person"), allowed=[Term(state.kind)]
            )
        for one in meeting(state.staff, since, state.until):
            if one.holder == person:
                raise AlreadyHeld(what=Term("engagement"), person=person, since=one.since)
        engaged = StaffEngaged(following(state.staff), person, state.kind, since, state.until)
        state = evolve(state, engaged)
        events.append(engaged)
    return events


def _end(command: EndEngagement, what: Thing, state: Engagement, facts: Facts) -> list[Event]:
    until = command.until or day_of(facts.at)
    if until < state.since:
        raise EndsBeforeItBegins(what=what, since=state.since, until=until)
    if until >= state.until:
        raise NotInPlace(what=what, day=until)
    gone = [
        _released(one, max(one.since, until), command.reason) for one in meeting(state.staff, until, None)
    ]
    return [*gone, EngagementEnded(until, state.until, command.reason)]


def _released(held: Tenure, until: Day, reason: str) -> StaffReleased:
    return StaffReleased(held.number, held.holder, held.since, until, held.until, reason)


ENGAGEMENT: Decider[Engagement] = Decider(
    name="engagement",
    initial=Engagement(),
    evolve=evolve,
    decide=decide,
    events=(PartyEngaged, StaffEngaged, StaffReleased, EngagementEnded),
    commands=(EngageParty, EngageStaff, ReleaseStaff, EndEngagement),
    place=lambda command: (command.body, command.engagement),
    keyed=True,
)

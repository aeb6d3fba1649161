"""Posts: the positions at which people work, each in a department; who holds one is said from a day to a day.

A key post or dangerous place gets the deepest analysis, and comes first (NJ-026).
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.absences import (
    AbsenceEnded,
    AbsenceRecorded,
    EndAbsence,
    RecordAbsence,
    end_absence,
    record_absence,
)
from domain.appointments import (
    AppointmentEnded,
    AppointToPost,
    EndAppointment,
    HandOverPost,
    PersonAppointed,
    PostHandedOver,
    appoint,
    end_appointment,
    hand_over,
)
from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.departments import need_department
from domain.labels import Term, Thing
from domain.language import Code, Command, Day, DayOf, Event, Title, Words, but, day_of
from domain.post_state import Post
from domain.refused import (
    AlreadyRegistered,
    EndsBeforeItBegins,
    NotInPlace,
    Retired,
    StillHeld,
    UnknownThing,
)
from domain.rulebook import Rulebook
from domain.tenures import Tenure, ended


@dataclass(frozen=True)
class RegisterPost(Command):
    """Set up a post in a department, from a day on (default: the day it happened)."""

    body: Code
    post: Code
    name: Title
    department: Code
    key_post: bool = False
    dangerous_place: bool = False
    since: DayOf | None = None


@dataclass(frozen=True)
class ClosePost(Command):
    """The post no longer exists from a day on; nobody may hold it beyond that day."""

    body: Code
    post: Code
    reason: Words
    until: DayOf | None = None


@dataclass(frozen=True)
class PostRegistered(Event):
    KIND = "post-registered.1"
    post: str
    name: str
    department: str
    key_post: bool
    dangerous_place: bool
    since: str


@dataclass(frozen=True)
class PostClosed(Event):
    KIND = "post-closed.1"
    until: str
    reason: str


PostCommand = (
    RegisterPost | AppointToPost | EndAppointment | HandOverPost | RecordAbsence | EndAbsence | ClosePost
)
PostEvent = (
    PostRegistered
    | PersonAppointed
    | AppointmentEnded
    | PostHandedOver
    | AbsenceRecorded
    | AbsenceEnded
    | PostClosed
)


def evolve(state: Post, event: PostEvent) -> Post:
    match event:
        case PostRegistered():
            return but(state, department=event.department, since=event.since)
        case PersonAppointed():
            held = Tenure(event.appointment, event.person, event.since, event.until)
            return but(state, holders=(*state.holders, held))
        case AppointmentEnded():
            return but(state, holders=ended(state.holders, event.appointment, event.until))
        case PostHandedOver():
            before = ended(state.holders, event.ended, event.on)
            held = Tenure(event.appointment, event.successor, event.on, event.until)
            return but(state, holders=(*before, held))
        case AbsenceRecorded():
            deputy = Tenure(event.absence, event.deputy, event.since, event.until, event.person)
            return but(state, absences=(*state.absences, deputy))
        case AbsenceEnded():
            return but(state, absences=ended(state.absences, event.absence, event.until))
        case PostClosed():
            return but(state, until=event.until)


def decide(command: PostCommand, state: Post, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses what has no post or department to stand on, no person on the roll, a gap or a double in a hand-over."""
    need_body(facts, command.body)
    if isinstance(command, RegisterPost):
        return _register(command, state, facts)
    if not state.registered:
        raise UnknownThing(kind=Term("post"), code=command.post, body=command.body)
    if isinstance(command, ClosePost):
        return _close(command, state, facts)
    match command:
        case AppointToPost():
            return appoint(command, state, facts)
        case EndAppointment():
            return end_appointment(command, state, facts)
        case HandOverPost():
            return hand_over(command, state, facts)
        case RecordAbsence():
            return record_absence(command, state, facts)
        case EndAbsence():
            return end_absence(command, state, facts)


def _register(command: RegisterPost, state: Post, facts: Facts) -> list[Event]:
    if state.registered:
        raise AlreadyRegistered(kind=Term("post"), code=command.post, body=command.body)
    since = command.since or day_of(facts.at)
    need_department(facts, command.body, command.department, since)
    flags = (command.key_post, command.dangerous_place)
    return [PostRegistered(command.post, command.name, command.department, *flags, since)]


def _close(command: ClosePost, state: Post, facts: Facts) -> list[Event]:
    if state.until is not None:
        raise Retired(kind=Term("post"), code=command.post, command=type(command).__name__)
    until = command.until or day_of(facts.at)
    what = Thing("post", command.post)
    if until < state.since:
        raise EndsBeforeItBegins(what=what, since=state.since, until=until)
    for one in state.holders:
        if one.meets(until, None):
            raise StillHeld(what=what, person=one.holder, day=until)
    return [PostClosed(until, command.reason)]


POST: Decider[Post] = Decider(
    name="post",
    initial=Post(),
    evolve=evolve,
    decide=decide,
    events=(
        PostRegistered,
        PersonAppointed,
        AppointmentEnded,
        PostHandedOver,
        AbsenceRecorded,
        AbsenceEnded,
        PostClosed,
    ),
    commands=(
        RegisterPost,
        AppointToPost,
        EndAppointment,
        HandOverPost,
        RecordAbsence,
        EndAbsence,
        ClosePost,
    ),
    place=lambda command: (command.body, command.post),
    keyed=True,
)


def need_post(facts: Facts, body: str, post: str, day: Day) -> Post:
    """The post, which stands on that day; or ``UnknownThing``, ``NotInPlace``."""
    found: Post = facts.of(POST, body, post)
    if not found.registered:
        raise UnknownThing(kind=Term("post"), code=post, body=body)
    if not found.stands_on(day):
        raise NotInPlace(what=Thing("post", post), day=day)
    return found

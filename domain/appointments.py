"""Who holds a post: appointed from a day, ended on a day, or handed over from one person to the next without a gap."""

from __future__ import annotations

from dataclasses import dataclass

from domain.absences import absences_beyond
from domain.decider import Facts
from domain.departments import need_department
from domain.labels import Term, Thing
from domain.language import Code, Command, Day, DayOf, Event, PersonRef, Remark, Words, day_after, day_of
from domain.people import need_person
from domain.post_state import Post
from domain.refused import AlreadyHeld, HeldByAnother, NotInPlace, SamePerson, UnknownThing
from domain.tenures import ending, following, meeting, period


@dataclass(frozen=True)
class AppointToPost(Command):
    """Somebody holds the post from a day (default: the day it happened) until a day, or until further notice.

    Where somebody else holds it on one of those days, as on shifts, ``alongside`` says that this is meant.
    """

    body: Code
    post: Code
    person: PersonRef
    since: DayOf | None = None
    until: DayOf | None = None
    alongside: bool = False


@dataclass(frozen=True)
class EndAppointment(Command):
    """The person no longer holds the post from a day on (default: the day it happened)."""

    body: Code
    post: Code
    person: PersonRef
    until: DayOf | None = None
    reason: Remark = ""


@dataclass(frozen=True)
class HandOverPost(Command):
    """One person hands the post to another on a day; on each day exactly one of the two holds it.

    The successor takes over what is left of the appointment, and ``remarks`` say what was handed over.
    """

    body: Code
    post: Code
    person: PersonRef
    successor: PersonRef
    remarks: Words
    on: DayOf | None = None


@dataclass(frozen=True)
class PersonAppointed(Event):
    """``alongside`` are those who hold the post on some of the same days."""

    KIND = "person-appointed.1"
    appointment: int
    person: str
    since: str
    until: str | None
    alongside: tuple[str, ...]


@dataclass(frozen=True)
class AppointmentEnded(Event):
    """An appointment that ends on its first day was withdrawn."""

    KIND = "appointment-ended.1"
    appointment: int
    person: str
    since: str
    until: str
    was_until: str | None
    reason: str


@dataclass(frozen=True)
class PostHandedOver(Event):
    """``ended`` is the appointment that ends on the day, ``appointment`` the one that begins on it."""

    KIND = "post-handed-over.1"
    ended: int
    person: str
    appointment: int
    successor: str
    on: str
    until: str | None
    remarks: str


def appoint(command: AppointToPost, state: Post, facts: Facts) -> list[Event]:
    """Refuses an unknown person, days on which the post does not stand, and a holder twice or beside another unsaid."""
    need_person(facts, command.body, command.person)
    what = Thing("post", command.post)
    since, until = period(command.since, command.until, facts.at, what)
    need_department(facts, command.body, state.department, since)
    _need_standing(what, state, since, until)
    others = meeting(state.holders, since, until)
    for one in others:
        if one.holder == command.person:
            raise AlreadyHeld(what=what, person=one.holder, since=one.since)
        if not command.alongside:
            raise HeldByAnother(what=what, person=one.holder, since=one.since)
    beside = tuple(dict.fromkeys(one.holder for one in others))
    return [PersonAppointed(following(state.holders), command.person, since, until, beside)]


def end_appointment(command: EndAppointment, state: Post, facts: Facts) -> list[Event]:
    """Refuses where the person would not hold the post on or after that day; deputies for that time end with it."""
    until = command.until or day_of(facts.at)
    held = ending(state.holders, command.person, until)
    if held is None:
        raise UnknownThing(
            kind=Term("appointment"), code=f"{command.post}:{command.person}", body=command.body
        )
    ended = AppointmentEnded(held.number, command.person, held.since, until, held.until, command.reason)
    return [ended, *absences_beyond(state, command.person, held, until, command.reason)]


def hand_over(command: HandOverPost, state: Post, facts: Facts) -> list[Event]:
    """Refuses a hand-over to oneself, by one who does not hold the post up to that day, or to one who holds it then."""
    need_person(facts, command.body, command.person, command.successor)
    what = Thing("post", command.post)
    if command.person == command.successor:
        raise SamePerson(what=what, person=command.person)
    on = command.on or day_of(facts.at)
    before = day_after(on, -1)
    held = next((one for one in state.holders if one.holder == command.person and one.holds_on(before)), None)
    if held is None:  # there would be a gap
        raise UnknownThing(
            kind=Term("appointment"), code=f"{command.post}:{command.person}", body=command.body
        )
    need_department(facts, command.body, state.department, on)
    until = None if held.until == on else held.until
    _need_standing(what, state, on, until)
    for one in meeting(state.holders, on, until):  # there would be a double
        if one.holder == command.successor or (one.holder == command.person and one.number != held.number):
            raise AlreadyHeld(what=what, person=one.holder, since=one.since)
    number = following(state.holders)
    handed = PostHandedOver(
        held.number, command.person, number, command.successor, on, until, command.remarks
    )
    return [handed, *absences_beyond(state, command.person, held, on, command.remarks)]


def _need_standing(what: Thing, state: Post, since: Day, until: Day | None) -> None:
    missing = state.missing_on(since, until)
    if missing is not None:
        raise NotInPlace(what=what, day=missing)

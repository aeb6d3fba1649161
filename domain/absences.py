"""Who stands in for somebody who holds a post and is absent, from a day until a day."""

from __future__ import annotations

from dataclasses import dataclass

from domain.decider import Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Day, DayOf, Event, PersonRef, Remark, day_of
from domain.people import need_person
from domain.post_state import Post
from domain.refused import AlreadyHeld, DeputyAbsent, SamePerson, UnknownThing
from domain.tenures import Tenure, following, meeting, period


@dataclass(frozen=True)
class RecordAbsence(Command):
    """Somebody who holds the post is absent, and a deputy answers for it; without ``until`` as long as it is held."""

    body: Code
    post: Code
    person: PersonRef
    deputy: PersonRef
    since: DayOf | None = None
    until: DayOf | None = None
    reason: Remark = ""


@dataclass(frozen=True)
class EndAbsence(Command):
    """The person is back from a day on (default: the day it happened); the deputy answers no longer."""

    body: Code
    post: Code
    person: PersonRef
    until: DayOf | None = None
    reason: Remark = ""


@dataclass(frozen=True)
class AbsenceRecorded(Event):
    KIND = "absence-recorded.1"
    absence: int
    person: str
    deputy: str
    since: str
    until: str | None
    reason: str


@dataclass(frozen=True)
class AbsenceEnded(Event):
    KIND = "absence-ended.1"
    absence: int
    person: str
    deputy: str
    since: str
    until: str
    was_until: str | None
    reason: str


def record_absence(command: RecordAbsence, state: Post, facts: Facts) -> list[Event]:
    """Refuses one who does not hold the post all the time, is absent already, or a deputy who cannot stand in."""
    need_person(facts, command.body, command.person, command.deputy)
    what = Thing("post", command.post)
    if command.person == command.deputy:
        raise SamePerson(what=what, person=command.person)
    since, until = period(command.since, command.until, facts.at, what)
    held = next((one for one in state.holders if one.holder == command.person and one.holds_on(since)), None)
    if held is None or (until is not None and not held.lasts_to(until)):
        raise UnknownThing(
            kind=Term("appointment"), code=f"{command.post}:{command.person}", body=command.body
        )
    until = until or held.until
    for one in meeting(state.absences, since, until):
        if one.part == command.person:
            raise AlreadyHeld(what=Term("deputy"), person=one.holder, since=one.since)
        if one.part == command.deputy:
            raise DeputyAbsent(person=command.deputy, since=one.since, what=what)
        if one.holder == command.person:
            raise AlreadyHeld(what=Term("deputy"), person=command.person, since=one.since)
    number = following(state.absences)
    return [AbsenceRecorded(number, command.person, command.deputy, since, until, command.reason)]


def end_absence(command: EndAbsence, state: Post, facts: Facts) -> list[Event]:
    """Refuses where the person would not be absent on or after that day."""
    until = command.until or day_of(facts.at)
    fitting = [
        one
        for one in state.absences
        if one.part == command.person and one.since <= until and (one.until is None or until < one.until)
    ]
    if not fitting:
        raise UnknownThing(kind=Term("absence"), code=f"{command.post}:{command.person}", body=command.body)
    return [_ended(fitting[-1], until, command.reason)]


def absences_beyond(state: Post, person: str, held: Tenure, until: Day, reason: str) -> list[Event]:
    """The ends of a person's absences that would outlast the appointment in which they fell."""
    return [
        _ended(one, max(one.since, until), reason)
        for one in state.absences
        if one.part == person and one.meets(until, None) and held.meets(one.since, one.until)
    ]


def _ended(absence: Tenure, until: Day, reason: str) -> AbsenceEnded:
    return AbsenceEnded(
        absence.number, absence.part, absence.holder, absence.since, until, absence.until, reason
    )

"""Trainings: who was taught what, on which day, for how long, and which papers were read (NJ-003, NJ-012, NJ-053).

Contractors' managers and workers are trained like our own people; everybody stands in the record by reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.documents import need_version
from domain.labels import Term, Thing
from domain.language import Code, Command, DayOf, Event, Number, PersonRef, Remark, Title, day_of
from domain.people import PEOPLE, need_person
from domain.posts import need_post
from domain.principal import need_principal
from domain.refused import AlreadyHeld, AlreadyRegistered, Incomplete, InTheFuture, Unfit
from domain.rulebook import Rulebook

Audience = Literal[
    "main_responsible_person", "manager", "employee", "contractor_manager", "contractor_worker"
]
Topic = Literal[
    "risk_management",
    "identification_and_assessment",
    "dual_prevention",
    "hazard_investigation",
    "post_risks",
]
"""The three of NJ-012, the basics of hazard investigation (NJ-003), and the risks of one's own post (NJ-053)."""
ON_THE_ROLL_AS: dict[str, str] = {
    "main_responsible_person": "staff",
    "manager": "staff",
    "employee": "staff",
    "contractor_manager": "contractor",
    "contractor_worker": "contractor",
}


@dataclass(frozen=True)
class Attendee:
    """One person who was there, and as what."""

    person: PersonRef
    audience: Audience


@dataclass(frozen=True)
class DocumentRead:
    """A version of a document on the register that was read."""

    document: Code
    version: Title


@dataclass(frozen=True)
class CardRead:
    """The version of a post's risk card that was read (NJ-053)."""

    post: Code
    version: Title


@dataclass(frozen=True)
class RecordTraining(Command):
    """Record a training that was held: topics, attendees, hours (a decimal as text), and what was read."""

    body: Code
    training: Code
    title: Title
    day: DayOf
    hours: Number
    topics: tuple[Topic, ...]
    attendees: tuple[Attendee, ...]
    documents: tuple[DocumentRead, ...] = ()
    cards: tuple[CardRead, ...] = ()
    trainer: PersonRef | None = None
    remark: Remark = ""


@dataclass(frozen=True)
class Attended:
    """As it was recorded."""

    person: str
    audience: str


@dataclass(frozen=True)
class Read:
    """A document or a post's card (``kind``) by code, with the version that was read."""

    kind: str
    code: str
    version: str


@dataclass(frozen=True)
class TrainingRecorded(Event):
    KIND = "training-recorded.1"
    title: str
    day: str
    hours: str
    topics: tuple[str, ...]
    attendees: tuple[Attended, ...]
    read: tuple[Read, ...]
    trainer: str | None
    remark: str


@dataclass(frozen=True)
class Training:
    """Whether it is on record; a training is recorded once, and what it says stays."""

    recorded: bool = False


def evolve(state: Training, event: TrainingRecorded) -> Training:
    match event:
        case TrainingRecorded():
            return Training(recorded=True)


def decide(command: RecordTraining, state: Training, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a training to come, nobody there, nothing taught, people of another kind, papers nobody could read."""
    need_body(facts, command.body)
    what = Thing("training", command.training)
    if state.recorded:
        raise AlreadyRegistered(kind=Term("training"), code=command.training, body=command.body)
    if command.day > day_of(facts.at):
        raise InTheFuture(at=command.day, now=day_of(facts.at))
    missing = [
        Term(name)
        for name, given in (("topics", command.topics), ("attendees", command.attendees))
        if not given
    ]
    if missing:
        raise Incomplete(what=what, missing=missing)
    if not 0 < Decimal(command.hours) <= 24:
        raise Unfit(given=command.hours, what=Term("hours"), allowed=["0 < … ≤ 24"])
    _need_audience(command, facts)
    if command.trainer is not None:
        need_person(facts, command.body, command.trainer)
    for document in command.documents:
        need_version(facts, command.body, document.document, document.version, command.day)
    for card in command.cards:
        need_post(facts, command.body, card.post, command.day)
    read = (
        *(Read("document", one.document, one.version) for one in command.documents),
        *(Read("card", one.post, one.version) for one in command.cards),
    )
    return [
        TrainingRecorded(
            command.title,
            command.day,
            command.hours,
            tuple(dict.fromkeys(command.topics)),
            tuple(Attended(one.person, one.audience) for one in command.attendees),
            read,
            command.trainer,
            command.remark,
        )
    ]


def _need_audience(command: RecordTraining, facts: Facts) -> None:
    need_person(facts, command.body, *(one.person for one in command.attendees))
    roll = facts.of(PEOPLE, command.body).persons
    seen: set[str] = set()
    for one in command.attendees:
        if one.person in seen:
            raise AlreadyHeld(what=Thing("training", command.training), person=one.person, since=command.day)
        seen.add(one.person)
        if roll[one.person] != ON_THE_ROLL_AS[one.audience]:
            fitting = [Term(kind) for kind, stands in ON_THE_ROLL_AS.items() if stands == roll[one.person]]
            raise Unfit(given=Term(one.audience), what=one.person, allowed=fitting or ["—"])
        if one.audience == "main_responsible_person":
            need_principal(facts, command.body, one.person, command.day, "main_responsible_person")


TRAINING: Decider[Training] = Decider(
    name="training",
    initial=Training(),
    evolve=evolve,
    decide=decide,
    events=(TrainingRecorded,),
    commands=(RecordTraining,),
    place=lambda command: (command.body, command.training),
    keyed=True,
)

"""The roll of a responsible body: which person references it knows; names stay in the directory, never in an event."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import SHARED, Command, Event, PersonRef, Scope, Words, but
from domain.refused import AlreadyRegistered, AlreadySo, Incomplete, UnknownPerson
from domain.rulebook import Rulebook

PersonKind = Literal["staff", "contractor", "expert", "third_party", "insurer", "official"]


@dataclass(frozen=True)
class PersonEntry:
    """One reference on the roll and how the person stands to the body."""

    person: PersonRef
    kind: PersonKind = "staff"


@dataclass(frozen=True)
class RegisterPeople(Command):
    """Put people on the body's roll by reference; all of them or none. ``*`` is the roll of what is shared."""

    body: Scope
    people: tuple[PersonEntry, ...]


@dataclass(frozen=True)
class PersonRegistered(Event):
    KIND = "person-registered.1"
    person: str
    kind: str


@dataclass(frozen=True)
class DeclareSamePerson(Command):
    """Say that two references on the roll mean one person, and how that was found: from now on they count as one."""

    body: Scope
    person: PersonRef
    same_as: PersonRef
    reason: Words


@dataclass(frozen=True)
class SamePersonDeclared(Event):
    KIND = "same-person-declared.1"
    person: str
    same_as: str
    reason: str
    declared_by: str


@dataclass(frozen=True)
class Roll:
    """Who is known, and how; ``same`` leads from a reference to the one that stands for that person."""

    persons: dict[str, str] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)

    def one(self, person: str) -> str:
        """The reference that stands for the person."""
        return self.same.get(person, person)


def evolve(state: Roll, event: PersonRegistered | SamePersonDeclared) -> Roll:
    match event:
        case PersonRegistered():
            return but(state, persons={**state.persons, event.person: event.kind})
        case SamePersonDeclared():
            old, new = state.one(event.person), state.one(event.same_as)
            moved = {one: new for one in (*state.same, event.person, old) if state.one(one) == old}
            return but(state, same={**state.same, **moved})


def decide(
    command: RegisterPeople | DeclareSamePerson, state: Roll, facts: Facts, rules: Rulebook
) -> list[Event]:
    """Refuses an unknown body, an empty list, and a person who is on the roll already or named twice.

    References that look alike are one person (``P-1``, ``p-1``, full-width ``Ｐ-1``): otherwise somebody could verify
    under one what they rectified under the other. That two others mean one person is declared once.
    """
    if command.body != SHARED:
        need_body(facts, command.body)
    if isinstance(command, DeclareSamePerson):
        for person in (command.person, command.same_as):
            if person not in state.persons:
                raise UnknownPerson(body=command.body, person=person)
        if state.one(command.person) == state.one(command.same_as):
            raise AlreadySo(what=Thing("person", command.person))
        return [SamePersonDeclared(command.person, command.same_as, command.reason, facts.by)]
    if not command.people:
        raise Incomplete(what=Term("people"), missing=[Term("person")])
    seen = {_looks(person): person for person in state.persons}
    events: list[Event] = []
    for entry in command.people:
        looks = _looks(entry.person)
        if looks in seen:
            raise AlreadyRegistered(kind=Term("person"), code=seen[looks], body=command.body)
        seen[looks] = entry.person
        events.append(PersonRegistered(entry.person, entry.kind))
    return events


def _looks(person: str) -> str:
    """What two references have in common that a reader takes for one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", person).casefold())


PEOPLE: Decider[Roll] = Decider(
    name="people",
    initial=Roll(),
    evolve=evolve,
    decide=decide,
    events=(PersonRegistered, SamePersonDeclared),
    commands=(RegisterPeople, DeclareSamePerson),
    place=lambda command: (command.body, ""),
)


def need_person(facts: Facts, body: str, *persons: str) -> None:
    """Every person is on the roll of the body, or ``UnknownPerson``."""
    roll = facts.of(PEOPLE, body)
    for person in persons:
        if person not in roll.persons:
            raise UnknownPerson(body=body, person=person)

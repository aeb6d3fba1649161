"""Nobody judges what they did themselves, under whatever reference."""

from __future__ import annotations

from typing import Protocol

from domain.decider import Facts
from domain.labels import Term, Thing
from domain.people import PEOPLE
from domain.refused import NotIndependent


class OfBody(Protocol):
    """Any command about a body."""

    @property
    def body(self) -> str: ...


def need_independent(facts: Facts, command: OfBody, what: Thing, **parts: tuple[str, ...]) -> None:
    """Nobody behind the command took one of these parts in the thing before, or ``NotIndependent``.

    References of which the body's roll says that they mean one person count as one.
    """
    if not any(parts.values()):
        return
    roll = facts.of(PEOPLE, command.body)
    acting = {roll.one(person): person for person in facts.actors}
    for part, took_part in parts.items():
        for person in took_part:
            if (actor := acting.get(roll.one(person))) is not None:
                raise NotIndependent(person=actor, part=Term(part), what=what, command=type(command).__name__)

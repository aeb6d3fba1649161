"""What the next decision on a hazard needs to know; nothing that is only told to readers."""

from __future__ import annotations

from dataclasses import dataclass

from domain.decider import Facts
from domain.labels import Term, Thing
from domain.language import Command, Day
from domain.refused import NotIndependent


@dataclass(frozen=True)
class Hazard:
    """``opening`` counts registration and reopenings, ``round`` the rectifications since the last plan.

    ``asking`` are the persons behind the request for more time that is not decided yet, ``askers`` those behind any
    request since the last plan; ``verifiers`` are the persons behind the ``acceptances`` since the last completion.
    """

    step: str = "unknown"
    grade: str = ""
    opening: int = 0
    round: int = 0
    due: Day = ""
    responsible: str = ""
    asked_due: Day = ""
    asking: tuple[str, ...] = ()
    askers: tuple[str, ...] = ()
    rectifiers: tuple[str, ...] = ()
    verifiers: tuple[str, ...] = ()
    acceptances: int = 0


def persons(by: str, on_behalf_of: str | None) -> tuple[str, ...]:
    """Everybody behind one act: who acted and, where there is one, on whose behalf."""
    return (by,) if on_behalf_of is None else (by, on_behalf_of)


def need_independent(facts: Facts, command: Command, what: Thing, **parts: tuple[str, ...]) -> None:
    """Nobody behind the command took one of these parts in the thing before, or ``NotIndependent``."""
    for part, took_part in parts.items():
        for person in facts.actors:
            if person in took_part:
                raise NotIndependent(
                    person=person, part=Term(part), what=what, command=type(command).__name__
                )

"""Fixed on the spot (即查即改): a short path of its own for what is removed at once, always visible as such.

It skips evaluation and plan, never the second person: who fixed it may not confirm it. A rejected fix goes the long
way.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.decider import Facts
from domain.hazard_state import Hazard
from domain.hazard_verification import Verdict
from domain.independence import need_independent
from domain.labels import Thing
from domain.language import Code, Command, Event, Hash, PersonRef, Words
from domain.people import need_person
from domain.refused_hazards import JudgedMajor


@dataclass(frozen=True)
class FixOnSpot(Command):
    """Say that a hazard was removed at once, how, and by whom (default: who says so)."""

    body: Code
    hazard: Code
    done: Words
    rectified_by: tuple[PersonRef, ...] = ()
    evidence: tuple[Hash, ...] = ()


@dataclass(frozen=True)
class ConfirmFix(Command):
    """Look at what was fixed on the spot and accept it, which closes it, or reject it."""

    body: Code
    hazard: Code
    verdict: Verdict
    findings: Words
    evidence: tuple[Hash, ...] = ()


@dataclass(frozen=True)
class FixedOnSpot(Event):
    KIND = "fixed-on-spot.1"
    opening: int
    done: str
    rectified_by: tuple[str, ...]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class FixConfirmed(Event):
    """Closes the hazard on the short path; its grade is general."""

    KIND = "fix-confirmed.1"
    opening: int
    confirmed_by: str
    findings: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class FixRejected(Event):
    KIND = "fix-rejected.1"
    opening: int
    rejected_by: str
    findings: str


def fix(command: FixOnSpot, state: Hazard, facts: Facts) -> list[Event]:
    """Refuses what was judged major, and a rectifier whom the body does not know."""
    if state.matched:
        raise JudgedMajor(
            what=Thing("hazard", command.hazard),
            items=[f"{edition} {item}" for _, edition, item in state.matched],
            command=type(command).__name__,
        )
    if command.rectified_by:
        need_person(facts, command.body, *command.rectified_by)
    done_by = command.rectified_by or (facts.by,)
    everyone = tuple(dict.fromkeys((*done_by, *facts.actors)))
    return [FixedOnSpot(state.opening, command.done, everyone, command.evidence)]


def confirm_fix(command: ConfirmFix, state: Hazard, facts: Facts) -> list[Event]:
    """Refuses everybody who had a part in the fix."""
    need_independent(facts, command, Thing("hazard", command.hazard), rectifier=state.rectifiers)
    if command.verdict == "rejected":
        return [FixRejected(state.opening, facts.by, command.findings)]
    return [FixConfirmed(state.opening, facts.by, command.findings, command.evidence)]

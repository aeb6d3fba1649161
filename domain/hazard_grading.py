"""A hazard is evaluated as general or major (评估), and graded anew with a reason.

Lowering takes a second person. What a verdict under the criteria calls major stays major until it is judged anew
(NJ-068).
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.decider import Facts
from domain.hazard_state import Hazard
from domain.independence import need_independent
from domain.labels import Thing
from domain.language import Code, Command, Event, Grade, Words
from domain.refused import AlreadySo
from domain.refused_hazards import JudgedMajor


@dataclass(frozen=True)
class EvaluateHazard(Command):
    """Grade a hazard as general or major, and say on what basis."""

    body: Code
    hazard: Code
    grade: Grade
    basis: Words


@dataclass(frozen=True)
class RegradeHazard(Command):
    """Give an evaluated hazard another grade, with the reason; lowering takes another person than who graded it."""

    body: Code
    hazard: Code
    grade: Grade
    reason: Words


@dataclass(frozen=True)
class HazardEvaluated(Event):
    """The time limit of its plan runs from ``evaluated_at``."""

    KIND = "hazard-evaluated.1"
    grade: str
    basis: str
    evaluated_at: str = ""
    evaluated_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class HazardRegraded(Event):
    """``step`` is where it stands now: verified as general and major after all, it waits for a verifier again."""

    KIND = "hazard-regraded.1"
    was: str
    grade: str
    reason: str
    graded_by: tuple[str, ...]
    step: str


def evaluate(command: EvaluateHazard, state: Hazard, facts: Facts) -> list[Event]:
    """Refuses to call general what a verdict calls major."""
    _need_no_verdict(command, state)
    return [HazardEvaluated(command.grade, command.basis, facts.at, facts.actors)]


def regrade(command: RegradeHazard, state: Hazard, facts: Facts) -> list[Event]:
    """Refuses the grade it has, to lower what a verdict calls major, and lowering by who graded it."""
    what = Thing("hazard", command.hazard)
    if command.grade == state.grade:
        raise AlreadySo(what=what)
    if command.grade == "general":
        _need_no_verdict(command, state)
        need_independent(facts, command, what, grader=state.graders)
    return [regraded(state, command.grade, command.reason, facts)]


def regraded(state: Hazard, grade: str, reason: str, facts: Facts) -> HazardRegraded:
    """The fact that it has another grade from now on."""
    step = "completed" if state.step == "verified" and grade == "major" else state.step
    return HazardRegraded(state.grade, grade, reason, facts.actors, step)


def _need_no_verdict(command: EvaluateHazard | RegradeHazard, state: Hazard) -> None:
    if command.grade == "general" and state.matched:
        raise JudgedMajor(
            what=Thing("hazard", command.hazard),
            items=[f"{edition} {item}" for _, edition, item in state.matched],
            command=type(command).__name__,
        )

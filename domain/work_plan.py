"""The work plan of the dual prevention mechanism: six parts, how departments coordinate, and money (NJ-002, NJ-011).

It is adopted in versions; a version holds until the next one does, and none is ever changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.departments import need_department
from domain.labels import Term
from domain.language import Code, Command, Day, DayOf, Event, Title, Words, but, day_of
from domain.leading_group import need_leading_group
from domain.refused import AlreadyRegistered, Incomplete
from domain.rulebook import Rulebook


@dataclass(frozen=True)
class PlanResponsibility:
    """What one department answers for under the plan."""

    department: Code
    task: Words


@dataclass(frozen=True)
class AdoptWorkPlan(Command):
    """Adopt a version of the plan: objectives, content, responsible departments, safeguards, schedule, requirements.

    With the coordination mechanism and the funds (``budget``), from a day on (default: the day it happened).
    """

    body: Code
    version: Title
    objectives: Words
    content: Words
    responsible: tuple[PlanResponsibility, ...]
    safeguards: Words
    schedule: Words
    requirements: Words
    coordination: Words
    budget: Words
    since: DayOf | None = None


@dataclass(frozen=True)
class Responsibility:
    """As it was adopted."""

    department: str
    task: str


@dataclass(frozen=True)
class WorkPlanAdopted(Event):
    KIND = "work-plan-adopted.1"
    version: str
    since: str
    objectives: str
    content: str
    responsible: tuple[Responsibility, ...]
    safeguards: str
    schedule: str
    requirements: str
    coordination: str
    budget: str


@dataclass(frozen=True)
class WorkPlan:
    """The versions by name, each with the day from which it holds."""

    versions: tuple[tuple[str, Day], ...] = ()


def evolve(state: WorkPlan, event: WorkPlanAdopted) -> WorkPlan:
    match event:
        case WorkPlanAdopted():
            return but(state, versions=(*state.versions, (event.version, event.since)))


TEXTS = ("objectives", "content", "safeguards", "schedule", "requirements", "coordination", "budget")


def decide(command: AdoptWorkPlan, state: WorkPlan, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a plan before there is a leading group, a missing part, unknown departments, and a version twice."""
    need_body(facts, command.body)
    since = command.since or day_of(facts.at)
    need_leading_group(facts, command.body, since)
    texts = {name: str(getattr(command, name)) for name in TEXTS}
    missing = [Term(name) for name, text in texts.items() if not text.strip()]
    if not command.responsible:
        missing.append(Term("responsible_departments"))
    if missing:
        raise Incomplete(what=Term("work_plan"), missing=missing)
    if any(version == command.version for version, _ in state.versions):
        raise AlreadyRegistered(kind=Term("work_plan"), code=command.version, body=command.body)
    for one in command.responsible:
        need_department(facts, command.body, one.department, since)
    responsible = tuple(Responsibility(one.department, one.task) for one in command.responsible)
    return [WorkPlanAdopted(version=command.version, since=since, responsible=responsible, **texts)]


WORK_PLAN: Decider[WorkPlan] = Decider(
    name="work_plan",
    initial=WorkPlan(),
    evolve=evolve,
    decide=decide,
    events=(WorkPlanAdopted,),
    commands=(AdoptWorkPlan,),
    place=lambda command: (command.body, ""),
)

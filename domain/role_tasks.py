"""Who does what about hazards: the tasks of the main responsible person, deputies, departments and posts (NJ-064).

The matrix is adopted as a whole, in versions; a version holds until the next one does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.departments import need_department
from domain.labels import Term
from domain.language import Code, Command, Day, DayOf, Event, Title, Words, but, day_of
from domain.posts import need_post
from domain.refused import AlreadyRegistered, Incomplete, Unfit
from domain.rulebook import Rulebook

TaskRole = Literal["main_responsible_person", "deputy_in_charge", "department", "post"]
ROLES_OF_MATRIX: tuple[TaskRole, ...] = ("main_responsible_person", "deputy_in_charge", "department", "post")


@dataclass(frozen=True)
class TaskEntry:
    """One task of one role and how far it reaches; ``of`` names the department or post, without it all of them."""

    role: TaskRole
    range: Words
    task: Words
    of: Code | None = None


@dataclass(frozen=True)
class AdoptRoleTasks(Command):
    """Adopt a version of the role-task matrix from a day on (default: the day it happened)."""

    body: Code
    version: Title
    tasks: tuple[TaskEntry, ...]
    since: DayOf | None = None


@dataclass(frozen=True)
class RoleTask:
    """As it was adopted."""

    role: str
    range: str
    task: str
    of: str | None


@dataclass(frozen=True)
class RoleTasksAdopted(Event):
    KIND = "role-tasks-adopted.1"
    version: str
    since: str
    tasks: tuple[RoleTask, ...]


@dataclass(frozen=True)
class RoleTasks:
    """The versions by name, each with the day from which it holds."""

    versions: tuple[tuple[str, Day], ...] = ()


def evolve(state: RoleTasks, event: RoleTasksAdopted) -> RoleTasks:
    match event:
        case RoleTasksAdopted():
            return but(state, versions=(*state.versions, (event.version, event.since)))


def decide(command: AdoptRoleTasks, state: RoleTasks, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a matrix that leaves one of the four roles without a task, unknown places, and a version twice."""
    need_body(facts, command.body)
    given = {entry.role for entry in command.tasks}
    missing = [Term(role) for role in ROLES_OF_MATRIX if role not in given]
    if missing:
        raise Incomplete(what=Term("role_tasks"), missing=missing)
    if any(version == command.version for version, _ in state.versions):
        raise AlreadyRegistered(kind=Term("role_tasks"), code=command.version, body=command.body)
    since = command.since or day_of(facts.at)
    for entry in command.tasks:
        if entry.of is not None:
            _need(facts, command.body, entry.role, entry.of, since)
    tasks = tuple(RoleTask(entry.role, entry.range, entry.task, entry.of) for entry in command.tasks)
    return [RoleTasksAdopted(command.version, since, tasks)]


def _need(facts: Facts, body: str, role: str, of: str, day: Day) -> None:
    if role == "department":
        need_department(facts, body, of, day)
    elif role == "post":
        need_post(facts, body, of, day)
    else:
        raise Unfit(given=of, what=Term(role), allowed=[Term("department"), Term("post")])


ROLE_TASKS: Decider[RoleTasks] = Decider(
    name="role_tasks",
    initial=RoleTasks(),
    evolve=evolve,
    decide=decide,
    events=(RoleTasksAdopted,),
    commands=(AdoptRoleTasks,),
    place=lambda command: (command.body, ""),
)

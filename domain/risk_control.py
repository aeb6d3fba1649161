"""Who answers for risk control in a body: a department, a person, or both; one after the other, never nobody again."""

from __future__ import annotations

from dataclasses import dataclass

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.departments import need_department
from domain.labels import Term
from domain.language import Code, Command, Day, DayOf, Event, PersonRef, but, day_of
from domain.people import need_person
from domain.refused import AlreadySo, BeforePredecessor, Incomplete
from domain.rulebook import Rulebook


@dataclass(frozen=True)
class AssignRiskControl(Command):
    """Say which department or person answers for risk control from a day on (default: the day it happened)."""

    body: Code
    department: Code | None = None
    person: PersonRef | None = None
    since: DayOf | None = None


@dataclass(frozen=True)
class RiskControlAssigned(Event):
    """``replaces`` is the number of the assignment that ends with this one."""

    KIND = "risk-control-assigned.1"
    assignment: int
    department: str | None
    person: str | None
    since: str
    replaces: int | None


@dataclass(frozen=True)
class RiskControl:
    """The last assignment: its number (0: none yet), from when, and whose."""

    number: int = 0
    since: Day = ""
    department: str | None = None
    person: str | None = None


def evolve(state: RiskControl, event: RiskControlAssigned) -> RiskControl:
    match event:
        case RiskControlAssigned():
            return but(
                state,
                number=event.assignment,
                since=event.since,
                department=event.department,
                person=event.person,
            )


def decide(command: AssignRiskControl, state: RiskControl, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses nobody at all, an unknown department or person, the same again, and a day before the last assignment."""
    need_body(facts, command.body)
    if command.department is None and command.person is None:
        raise Incomplete(what=Term("risk_control"), missing=[Term("department"), Term("person")])
    since = command.since or day_of(facts.at)
    if command.department is not None:
        need_department(facts, command.body, command.department, since)
    if command.person is not None:
        need_person(facts, command.body, command.person)
    if state.number and (state.department, state.person) == (command.department, command.person):
        raise AlreadySo(what=Term("risk_control"))
    if since < state.since:
        raise BeforePredecessor(what=Term("risk_control"), previous=state.since, at=since)
    number = state.number + 1
    replaces = state.number or None
    return [RiskControlAssigned(number, command.department, command.person, since, replaces)]


RISK_CONTROL: Decider[RiskControl] = Decider(
    name="risk_control",
    initial=RiskControl(),
    evolve=evolve,
    decide=decide,
    events=(RiskControlAssigned,),
    commands=(AssignRiskControl,),
    place=lambda command: (command.body, ""),
)

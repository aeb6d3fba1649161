"""Who answers for a control: at each tier a department, a post or a person, from a day until a day (NJ-045).

A post means whoever holds it on the day. Gaps between the tiers are reported, never filled silently (YT-23b, NJ-046).
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.control_state import Assignment, Controls, Tier
from domain.decider import Facts
from domain.departments import need_department
from domain.labels import Term, Thing
from domain.language import Code, Command, DayOf, Event, PersonRef, Remark, but, day_of
from domain.people import need_person
from domain.posts import need_post
from domain.refused import (
    AlreadyHeld,
    AlreadySo,
    EndsBeforeItBegins,
    Incomplete,
    OutOfTurn,
    Unfit,
    UnknownThing,
)
from domain.risk_controls import assignments_beyond, need_control
from domain.risk_state import Risk
from domain.tenures import Tenure, period

FITTING: dict[str, tuple[str, ...]] = {
    "company": ("company", "department"),
    "workshop": ("workshop",),
    "team": ("team",),
    "post": ("company", "department", "workshop", "team"),
}
"""Tier -> the kinds of department that may answer at it; a post stands in any of them."""


@dataclass(frozen=True)
class AssignEntry:
    """One tier and who answers at it; ``alongside`` where others go on answering at the same tier, as on shifts."""

    tier: Tier
    department: Code | None = None
    post: Code | None = None
    person: PersonRef | None = None
    since: DayOf | None = None
    until: DayOf | None = None
    alongside: bool = False


@dataclass(frozen=True)
class AssignControl(Command):
    """Say who answers for a control at one tier from a day on (default: the day it happened).

    Whoever answered at that tier before answers no longer, unless ``alongside``.
    """

    body: Code
    risk: Code
    control: Code
    tier: Tier
    department: Code | None = None
    post: Code | None = None
    person: PersonRef | None = None
    since: DayOf | None = None
    until: DayOf | None = None
    alongside: bool = False


@dataclass(frozen=True)
class EndControlAssignment(Command):
    """Somebody answers for a control no longer from a day on (default: the day it happened)."""

    body: Code
    risk: Code
    control: Code
    assignment: int
    until: DayOf | None = None
    reason: Remark = ""


@dataclass(frozen=True)
class ControlAssigned(Event):
    """``assignment`` counts those of the risk; ``replaces`` are the numbers of those that end on ``since``."""

    KIND = "control-assigned.1"
    assignment: int
    control: str
    tier: str
    department: str | None
    post: str | None
    person: str | None
    since: str
    until: str | None
    replaces: tuple[int, ...]


@dataclass(frozen=True)
class ControlAssignmentEnded(Event):
    """An assignment that ends on its first day was withdrawn."""

    KIND = "control-assignment-ended.1"
    assignment: int
    control: str
    tier: str
    until: str
    reason: str


def assigned_to(state: Controls, event: ControlAssigned) -> Controls:
    """The controls after an assignment; those that it replaces end on its first day."""
    tenure = Tenure(event.assignment, event.control, event.since, event.until)
    one = Assignment(tenure, event.tier, event.department, event.post, event.person)
    before = state.ending(event.replaces, event.since)
    return but(before, assignments=(*before.assignments, one))


def assign(command: AssignControl, state: Risk, facts: Facts) -> list[Event]:
    """Refuses a control that is not in force, nobody at all, and who does not fit the tier or is not there that day."""
    need_control(command.body, command.risk, command.control, state, facts, command)
    who = (command.department, command.post, command.person)
    entry = AssignEntry(command.tier, *who, command.since, command.until, command.alongside)
    return [assigned(command.body, command.risk, command.control, entry, state, facts)]


def assigned(
    body: str, risk: str, control: str, entry: AssignEntry, state: Risk, facts: Facts
) -> ControlAssigned:
    """The assignment of an adopted control, or a refusal."""
    what = Thing("control", control)
    held = state.controls.of(control)
    if held is None or held.adopted is None:
        step = "unknown" if held is None else held.step
        raise OutOfTurn(what=what, step=Term(step), command="AssignControl", needs=[Term("adopted")])
    if entry.department is None and entry.post is None and entry.person is None:
        raise Incomplete(what=what, missing=[Term("department"), Term("post"), Term("person")])
    since, until = period(entry.since, entry.until, facts.at, what)
    department = entry.department
    if entry.post is not None:
        stands_in = need_post(facts, body, entry.post, since).department
        if department not in (None, stands_in):
            raise Unfit(given=department, what=Thing("post", entry.post), allowed=[stands_in])
        department = stands_in
    if department is not None:
        kind = need_department(facts, body, department, since).kind
        if kind not in FITTING[entry.tier]:
            fitting = [Term(one) for one in FITTING[entry.tier]]
            raise Unfit(given=Term(kind), what=Term(entry.tier), allowed=fitting)
    if entry.person is not None:
        need_person(facts, body, entry.person)
    replaces: list[int] = []
    for one in state.controls.assignments:
        if (one.control, one.tier) != (control, entry.tier) or not one.tenure.meets(since, until):
            continue
        if (one.department, one.post, one.person) == (department, entry.post, entry.person):
            raise AlreadySo(what=what)
        if entry.alongside:
            continue
        if one.tenure.since > since:
            answers = one.person or one.post or one.department
            raise AlreadyHeld(what=what, person=answers, since=one.tenure.since)
        replaces.append(one.tenure.number)
    number = len(state.controls.assignments) + 1
    who = (department, entry.post, entry.person)
    return ControlAssigned(number, control, entry.tier, *who, since, until, tuple(replaces))


def end_assignment(command: EndControlAssignment, state: Risk, facts: Facts) -> list[Event]:
    """Refuses an assignment that there is not, and a day before it began or after it ended."""
    need_control(command.body, command.risk, command.control, state, facts, command)
    until = command.until or day_of(facts.at)
    for one in state.controls.assignments:
        if (one.tenure.number, one.control) != (command.assignment, command.control):
            continue
        if until < one.tenure.since:
            what = Thing("control", command.control)
            raise EndsBeforeItBegins(what=what, since=one.tenure.since, until=until)
        if one.tenure.until is not None and one.tenure.until <= until:
            raise AlreadySo(what=Term("assignment"))
        return [ControlAssignmentEnded(command.assignment, one.control, one.tier, until, command.reason)]
    code = f"{command.risk} {command.control} {command.assignment}"
    raise UnknownThing(kind=Term("assignment"), code=code, body=command.body)


def ended_with(state: Controls, facts: Facts, reason: str) -> list[Event]:
    """The ends of all assignments that would outlast the risk, on the day it happened."""
    today, numbers = day_of(facts.at), frozenset(assignments_beyond(state, facts))
    return [
        ControlAssignmentEnded(one.tenure.number, one.control, one.tier, max(today, one.tenure.since), reason)
        for one in state.assignments
        if one.tenure.number in numbers
    ]

"""The second line of defence: one hazard through its closed loop, from registration to closure and back if need be.

The steps follow the Nanjing process, Annex 2, part 4 (2): register, evaluate, rectify under a plan with five
placements, verify by somebody independent, close (销号). Nothing closes on paper only: who rectified may not verify.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.hazard_extension import AskExtension, DecideExtension, ExtensionApproved, ExtensionAsked
from domain.hazard_extension import ExtensionRefused, decide_extension
from domain.hazard_state import Hazard
from domain.labels import Term, Thing
from domain.language import Code, Command, Day, DayOf, Event, Grade, PersonRef, Remark, Title, Words
from domain.language import but, day_after, day_of
from domain.people import need_person
from domain.refused import AlreadyRegistered, BeforePredecessor, BeyondRule, DeadlineInThePast
from domain.refused import NotIndependent, OutOfTurn, UnknownThing
from domain.risks import RISK
from domain.rule_adoption import find_rule, need_rule
from domain.rulebook import Citation, Rulebook
from domain.units import need_unit

Source = Literal["inspection", "report", "notice", "accident", "import"]
Verdict = Literal["accepted", "rejected"]


@dataclass(frozen=True)
class RegisterHazard(Command):
    """Register a hazard that was found; it names its unit and, where one is known, the risk whose control failed."""

    body: Code
    hazard: Code
    unit: Code
    title: Title
    description: Words
    source: Source = "inspection"
    breached: Remark = ""
    risk: Code | None = None


@dataclass(frozen=True)
class EvaluateHazard(Command):
    """Grade a hazard as general or major, and say on what basis."""

    body: Code
    hazard: Code
    grade: Grade
    basis: Words


@dataclass(frozen=True)
class PlanRectification(Command):
    """Settle the five placements: responsibility, measures, funds, time limit, contingency plan (NJ-066).

    Without ``due`` the adopted rule ``rectification-days`` sets the time limit.
    """

    body: Code
    hazard: Code
    responsible: PersonRef
    measures: Words
    funds: Words
    contingency: Words
    due: DayOf | None = None


@dataclass(frozen=True)
class CompleteRectification(Command):
    """Report that the rectification is done, and who did it (default: who reports it)."""

    body: Code
    hazard: Code
    done: Words
    rectified_by: tuple[PersonRef, ...] = ()


@dataclass(frozen=True)
class VerifyRectification(Command):
    """Accept or reject what was rectified, by somebody independent of it."""

    body: Code
    hazard: Code
    verdict: Verdict
    findings: Words


@dataclass(frozen=True)
class CloseHazard(Command):
    """Strike a verified hazard off (销号)."""

    body: Code
    hazard: Code
    remark: Remark = ""


@dataclass(frozen=True)
class ReopenHazard(Command):
    """Open a closed hazard again; the earlier closure stays in its history."""

    body: Code
    hazard: Code
    reason: Words


@dataclass(frozen=True)
class HazardRegistered(Event):
    KIND = "hazard-registered.1"
    unit: str
    title: str
    description: str
    source: str
    breached: str
    risk: str | None


@dataclass(frozen=True)
class HazardEvaluated(Event):
    KIND = "hazard-evaluated.1"
    grade: str
    basis: str


@dataclass(frozen=True)
class RectificationPlanned(Event):
    """The plan with its five placements; ``citation`` is the rule that set or bounded the time limit, if any."""

    KIND = "rectification-planned.1"
    opening: int
    responsible: str
    measures: str
    funds: str
    contingency: str
    due: str
    planned_by: str
    citation: Citation | None


@dataclass(frozen=True)
class RectificationCompleted(Event):
    KIND = "rectification-completed.1"
    opening: int
    round: int
    done: str
    rectified_by: tuple[str, ...]


@dataclass(frozen=True)
class RectificationVerified(Event):
    """One acceptance; the hazard is verified when ``count`` reaches ``needed``."""

    KIND = "rectification-verified.1"
    verified_by: str
    findings: str
    count: int
    needed: int
    citation: Citation | None


@dataclass(frozen=True)
class RectificationRejected(Event):
    KIND = "rectification-rejected.1"
    opening: int
    rejected_by: str
    findings: str


@dataclass(frozen=True)
class HazardClosed(Event):
    KIND = "hazard-closed.1"
    remark: str


@dataclass(frozen=True)
class HazardReopened(Event):
    KIND = "hazard-reopened.1"
    opening: int
    reason: str


HazardCommand = (
    RegisterHazard
    | EvaluateHazard
    | PlanRectification
    | AskExtension
    | DecideExtension
    | CompleteRectification
    | VerifyRectification
    | CloseHazard
    | ReopenHazard
)
HazardEvent = (
    HazardRegistered
    | HazardEvaluated
    | RectificationPlanned
    | ExtensionAsked
    | ExtensionApproved
    | ExtensionRefused
    | RectificationCompleted
    | RectificationVerified
    | RectificationRejected
    | HazardClosed
    | HazardReopened
)
BEFORE: dict[type[Command], tuple[str, ...]] = {
    EvaluateHazard: ("registered",),
    PlanRectification: ("evaluated",),
    AskExtension: ("planned",),
    DecideExtension: ("planned",),
    CompleteRectification: ("planned",),
    VerifyRectification: ("completed",),
    CloseHazard: ("verified",),
    ReopenHazard: ("closed",),
}
"""The step a hazard must stand at for each command."""


def evolve(state: Hazard, event: HazardEvent) -> Hazard:
    match event:
        case HazardRegistered():
            return but(state, step="registered", opening=1)
        case HazardEvaluated():
            return but(state, step="evaluated", grade=event.grade)
        case RectificationPlanned():
            return but(state, step="planned", due=event.due, askers=(), rectifiers=(), round=1)
        case ExtensionAsked():
            return but(state, asked_due=event.due, asked_by=event.asked_by, askers=(*state.askers, event.asked_by))
        case ExtensionApproved():
            return but(state, due=event.due, asked_due="", asked_by="")
        case ExtensionRefused():
            return but(state, asked_due="", asked_by="")
        case RectificationCompleted():
            rectifiers = tuple(dict.fromkeys((*state.rectifiers, *event.rectified_by)))
            return but(state, step="completed", rectifiers=rectifiers, verifiers=(), asked_due="", asked_by="")
        case RectificationVerified():
            step = "verified" if event.count >= event.needed else "completed"
            return but(state, step=step, verifiers=(*state.verifiers, event.verified_by))
        case RectificationRejected():
            return but(state, step="planned", verifiers=(), round=state.round + 1)
        case HazardClosed():
            return but(state, step="closed")
        case HazardReopened():
            return but(state, step="evaluated", opening=event.opening, due="", verifiers=())


def decide(command: HazardCommand, state: Hazard, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a second registration, steps out of turn or before their predecessor, and anyone not independent."""
    need_body(facts, command.body)
    what = Thing("hazard", command.hazard)
    if isinstance(command, RegisterHazard):
        return _register(command, state, facts)
    if state.step == "unknown":
        raise UnknownThing(kind=Term("hazard"), code=command.hazard, body=command.body)
    before = BEFORE[type(command)]
    if state.step not in before:
        raise OutOfTurn(
            what=what,
            step=Term(state.step),
            command=type(command).__name__,
            needs=[Term(step) for step in before],
        )
    if facts.at < facts.previous_at:
        raise BeforePredecessor(what=what, previous=facts.previous_at, at=facts.at)
    match command:
        case EvaluateHazard():
            return [HazardEvaluated(command.grade, command.basis)]
        case PlanRectification():
            return _plan(command, state, facts, rules)
        case AskExtension() | DecideExtension():
            return decide_extension(command, state, facts)
        case CompleteRectification():
            done_by = command.rectified_by or (facts.by,)
            if command.rectified_by:
                need_person(facts, command.body, *command.rectified_by)
            everyone = tuple(dict.fromkeys((*done_by, *facts.actors)))
            return [RectificationCompleted(state.opening, state.round, command.done, everyone)]
        case VerifyRectification():
            return _verify(command, state, facts, rules)
        case CloseHazard():
            return [HazardClosed(command.remark)]
        case ReopenHazard():
            return [HazardReopened(state.opening + 1, command.reason)]


def _register(command: RegisterHazard, state: Hazard, facts: Facts) -> list[Event]:
    if state.step != "unknown":
        raise AlreadyRegistered(kind=Term("hazard"), code=command.hazard, body=command.body)
    need_unit(facts, command.body, command.unit)
    if command.risk is not None and facts.of(RISK, command.body, command.risk).step == "unknown":
        raise UnknownThing(kind=Term("risk"), code=command.risk, body=command.body)
    return [
        HazardRegistered(
            command.unit,
            command.title,
            command.description,
            command.source,
            command.breached,
            command.risk,
        )
    ]


def _plan(
    command: PlanRectification, state: Hazard, facts: Facts, rules: Rulebook
) -> list[Event]:
    need_person(facts, command.body, command.responsible)
    day = day_of(facts.at)
    citation: Citation | None = None
    due: Day
    if command.due is None:
        wording, citation = need_rule(facts, rules, "rectification-days", command.body, day)
        due = day_after(day, int(wording.value[state.grade]))
    else:
        due = command.due
        if due < day:
            raise DeadlineInThePast(due=due, day=day)
        found = find_rule(facts, rules, "rectification-days", command.body, day)
        if found is not None:
            wording, citation = found
            latest = day_after(day, int(wording.value[state.grade]))
            if due > latest:
                raise BeyondRule(due=due, latest=latest, rule=wording.rule)
    return [
        RectificationPlanned(
            state.opening,
            command.responsible,
            command.measures,
            command.funds,
            command.contingency,
            due,
            facts.by,
            citation,
        )
    ]


def _verify(
    command: VerifyRectification, state: Hazard, facts: Facts, rules: Rulebook
) -> list[Event]:
    what = Thing("hazard", command.hazard)
    for part, persons in (
        ("rectifier", state.rectifiers),
        ("asker", state.askers),
        ("verifier", state.verifiers),
    ):
        for person in facts.actors:
            if person in persons:
                raise NotIndependent(
                    person=person, part=Term(part), what=what, command="VerifyRectification"
                )
    if command.verdict == "rejected":
        return [RectificationRejected(state.opening, facts.by, command.findings)]
    needed, citation = 1, None
    found = find_rule(facts, rules, "verification", command.body, day_of(facts.at))
    if found is not None:
        wording, citation = found
        needed = int(wording.value[state.grade])
    count = len(state.verifiers) + 1
    return [RectificationVerified(facts.by, command.findings, count, needed, citation)]


HAZARD: Decider[Hazard] = Decider(
    name="hazard",
    initial=Hazard(),
    evolve=evolve,
    decide=decide,
    events=(
        HazardRegistered,
        HazardEvaluated,
        RectificationPlanned,
        ExtensionAsked,
        ExtensionApproved,
        ExtensionRefused,
        RectificationCompleted,
        RectificationVerified,
        RectificationRejected,
        HazardClosed,
        HazardReopened,
    ),
    commands=(
        RegisterHazard,
        EvaluateHazard,
        PlanRectification,
        AskExtension,
        DecideExtension,
        CompleteRectification,
        VerifyRectification,
        CloseHazard,
        ReopenHazard,
    ),
    place=lambda command: (command.body, command.hazard),
    keyed=True,
)

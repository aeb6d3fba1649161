"""The second line of defence: one hazard through its closed loop, from registration to closure and back if need be.

The steps follow the Nanjing process, Annex 2, part 4 (2): register, evaluate, rectify under a plan with five
placements, verify by somebody independent, close (销号). Nothing closes on paper only: who rectified may not verify.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.hazard_extension import (
    AskExtension,
    DecideExtension,
    ExtensionApproved,
    ExtensionAsked,
    ExtensionRefused,
    decide_extension,
)
from domain.hazard_plan import PlanRectification, RectificationPlanned, plan
from domain.hazard_state import Hazard, persons
from domain.hazard_verification import (
    CompleteRectification,
    RectificationCompleted,
    RectificationRejected,
    RectificationVerified,
    Verdict,
    VerifyRectification,
    complete,
    verify,
)
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Grade, Remark, Title, Words, but
from domain.refused import AlreadyRegistered, BeforePredecessor, OutOfTurn, UnknownThing
from domain.risks import RISK
from domain.rulebook import Rulebook
from domain.units import need_unit

__all__ = [
    "BEFORE",
    "HAZARD",
    "AskExtension",
    "CloseHazard",
    "CompleteRectification",
    "DecideExtension",
    "EvaluateHazard",
    "ExtensionApproved",
    "ExtensionAsked",
    "ExtensionRefused",
    "Hazard",
    "HazardClosed",
    "HazardCommand",
    "HazardEvaluated",
    "HazardEvent",
    "HazardRegistered",
    "HazardReopened",
    "PlanRectification",
    "RectificationCompleted",
    "RectificationPlanned",
    "RectificationRejected",
    "RectificationVerified",
    "RegisterHazard",
    "ReopenHazard",
    "Source",
    "Verdict",
    "VerifyRectification",
    "decide",
    "evolve",
]

Source = Literal["inspection", "report", "notice", "accident", "import"]


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
            return but(
                state,
                step="planned",
                round=1,
                due=event.due,
                responsible=event.responsible,
                askers=(),
                rectifiers=(),
            )
        case ExtensionAsked():
            asking = persons(event.asked_by, event.on_behalf_of)
            return but(state, asked_due=event.due, asking=asking, askers=(*state.askers, *asking))
        case ExtensionApproved():
            return but(state, due=event.due, asked_due="", asking=())
        case ExtensionRefused():
            return but(state, asked_due="", asking=())
        case RectificationCompleted():
            rectifiers = tuple(dict.fromkeys((*state.rectifiers, *event.rectified_by)))
            return but(
                state,
                step="completed",
                rectifiers=rectifiers,
                verifiers=(),
                acceptances=0,
                asked_due="",
                asking=(),
            )
        case RectificationVerified():
            step = "verified" if event.count >= event.needed else "completed"
            behind = persons(event.verified_by, event.on_behalf_of)
            return but(state, step=step, verifiers=(*state.verifiers, *behind), acceptances=event.count)
        case RectificationRejected():
            return but(state, step="planned", round=state.round + 1)
        case HazardClosed():
            return but(state, step="closed")
        case HazardReopened():
            return but(state, step="evaluated", opening=event.opening, round=0, due="")


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
            return plan(command, state, facts, rules)
        case AskExtension() | DecideExtension():
            return decide_extension(command, state, facts)
        case CompleteRectification():
            return complete(command, state, facts)
        case VerifyRectification():
            return verify(command, state, facts, rules)
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

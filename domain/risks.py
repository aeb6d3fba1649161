"""The first line of defence: a risk is identified, assessed, given controls, reassessed after changes, and retired.

A risk is objective and nobody's fault (YT Art. 3); a defect that breaches a standard is a hazard and stands elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Words, but
from domain.refused import AlreadyRegistered, BeforePredecessor, OutOfTurn, Retired, UnknownThing
from domain.risk_assessment import (
    AssessRisk,
    ReassessRisk,
    RiskAssessed,
    RiskReassessed,
    assessed,
    reassessed,
)
from domain.risk_controls import AdoptControl, ControlAdopted, control_adopted
from domain.risk_focus import EndFocus, FocusEnded, FocusSet, SetFocus, focus_ended, focus_set, refocused
from domain.risk_identity import (
    CorrectIdentification,
    IdentificationCorrected,
    IdentifyRisk,
    RiskIdentified,
    corrected,
    identified,
)
from domain.risk_state import Risk
from domain.risk_tags import RiskTagged, RiskUntagged, TagRisk, UntagRisk, evolved, tagged, untagged
from domain.rulebook import Rulebook


@dataclass(frozen=True)
class RetireRisk(Command):
    """The risk no longer exists; its history stays."""

    body: Code
    risk: Code
    reason: Words


@dataclass(frozen=True)
class RiskRetired(Event):
    KIND = "risk-retired.1"
    reason: str


IdentityCommand = CorrectIdentification | TagRisk | UntagRisk | SetFocus | EndFocus
IdentityEvent = IdentificationCorrected | RiskTagged | RiskUntagged | FocusSet | FocusEnded
RiskCommand = IdentifyRisk | AssessRisk | AdoptControl | ReassessRisk | RetireRisk | IdentityCommand
RiskEvent = RiskIdentified | RiskAssessed | RiskReassessed | ControlAdopted | RiskRetired | IdentityEvent


def evolve(state: Risk, event: RiskEvent) -> Risk:
    match event:
        case RiskIdentified():
            return but(state, step="identified")
        case RiskAssessed() | RiskReassessed():
            if event.assessed_at < state.assessed_at:
                return state
            return but(state, step="assessed", level=event.level, assessed_at=event.assessed_at)
        case ControlAdopted():
            return but(state, controls=(*state.controls, event.control))
        case RiskRetired():
            return but(state, step="retired")
        case IdentificationCorrected():
            return state
        case RiskTagged() | RiskUntagged():
            return evolved(state, event)
        case FocusSet() | FocusEnded():
            return refocused(state, event)


def decide(command: RiskCommand, state: Risk, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses steps out of turn, unknown units and persons, inputs off the scale, and methods nobody adopted."""
    need_body(facts, command.body)
    if isinstance(command, IdentifyRisk) and not isinstance(command, CorrectIdentification):
        if state.step != "unknown":
            raise AlreadyRegistered(kind=Term("risk"), code=command.risk, body=command.body)
        return identified(command, facts, rules)
    if state.step == "unknown":
        raise UnknownThing(kind=Term("risk"), code=command.risk, body=command.body)
    if state.step == "retired":
        raise Retired(kind=Term("risk"), code=command.risk, command=type(command).__name__)
    if facts.at < facts.first_at:
        raise BeforePredecessor(what=Thing("risk", command.risk), previous=facts.first_at, at=facts.at)
    match command:
        case AssessRisk():
            _expect(command, state, "identified")
            return assessed(command, facts, rules)
        case ReassessRisk():
            _expect(command, state, "assessed")
            return reassessed(command, state, facts, rules)
        case AdoptControl():
            return control_adopted(command, state, facts)
        case CorrectIdentification():
            return corrected(command, facts, rules)
        case TagRisk():
            return tagged(command, state, facts)
        case UntagRisk():
            return untagged(command, state, facts)
        case SetFocus():
            return focus_set(command, state, facts)
        case EndFocus():
            return focus_ended(command, state, facts)
        case RetireRisk():
            if facts.at < facts.previous_at:
                raise BeforePredecessor(
                    what=Thing("risk", command.risk), previous=facts.previous_at, at=facts.at
                )
            return [RiskRetired(command.reason)]


def _expect(command: AssessRisk | ReassessRisk, state: Risk, step: str) -> None:
    if state.step != step:
        raise OutOfTurn(
            what=Thing("risk", command.risk),
            step=Term(state.step),
            command=type(command).__name__,
            needs=[Term(step)],
        )


RISK: Decider[Risk] = Decider(
    name="risk",
    initial=Risk(),
    evolve=evolve,
    decide=decide,
    events=(
        *(RiskIdentified, RiskAssessed, RiskReassessed, ControlAdopted, RiskRetired),
        *(IdentificationCorrected, RiskTagged, RiskUntagged, FocusSet, FocusEnded),
    ),
    commands=(
        *(IdentifyRisk, AssessRisk, AdoptControl, ReassessRisk, RetireRisk),
        *(CorrectIdentification, TagRisk, UntagRisk, SetFocus, EndFocus),
    ),
    place=lambda command: (command.body, command.risk),
    keyed=True,
)

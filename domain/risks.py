"""The first line of defence: a risk is identified, assessed, given controls, reassessed after changes, and retired.

A risk is objective and nobody's fault (YT Art. 3); a defect that breaches a standard is a hazard and stands elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.bodies import need_body
from domain.control_assignment import ended_with
from domain.controls import (
    CONTROL_COMMANDS,
    CONTROL_EVENTS,
    ControlCommand,
    ControlEvent,
    controls_after,
    decide_control,
)
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Words, but
from domain.out_of_control import RegainControl
from domain.refused import AlreadyRegistered, BeforePredecessor, OutOfTurn, Retired, UnknownThing
from domain.risk_approval import (
    ChooseMethod,
    DecideLowering,
    LoweringApproved,
    LoweringRejected,
    MethodChosen,
    choose_method,
    chosen,
    decide_lowering,
    decided,
)
from domain.risk_assessment import AssessRisk, ReassessRisk, RiskAssessed, RiskReassessed, assessed, said
from domain.risk_focus import EndFocus, FocusEnded, FocusSet, SetFocus, focus_ended, focus_set, refocused
from domain.risk_identity import (
    CorrectIdentification,
    IdentificationCorrected,
    IdentifyRisk,
    RiskIdentified,
    corrected,
    identified,
)
from domain.risk_level import counting_level
from domain.risk_state import Risk, Said
from domain.risk_tags import RiskTagged, RiskUntagged, TagRisk, UntagRisk, evolved, tagged, untagged
from domain.risk_uplift import (
    EndUplift,
    FollowUplift,
    LayUplift,
    RiskUplifted,
    UpliftCommand,
    UpliftEnded,
    UpliftEvent,
    decide_uplift,
    uplift_evolved,
)
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
LevelCommand = AssessRisk | ReassessRisk | DecideLowering | ChooseMethod
LevelEvent = RiskAssessed | RiskReassessed | LoweringApproved | LoweringRejected | MethodChosen
ControlOrder = ControlCommand | RegainControl
RiskCommand = IdentifyRisk | LevelCommand | RetireRisk | IdentityCommand | ControlOrder | UpliftCommand
RiskEvent = RiskIdentified | LevelEvent | RiskRetired | IdentityEvent | ControlEvent | UpliftEvent


def evolve(state: Risk, event: RiskEvent) -> Risk:
    match event:
        case RiskIdentified():
            return but(state, step="identified", unit=event.unit, accident_types=event.accident_types)
        case RiskAssessed() | RiskReassessed():
            return _levelled(but(state, step="assessed"), (*state.said, said(event)))
        case LoweringApproved() | LoweringRejected():
            return _levelled(state, decided(state.said, event))
        case MethodChosen():
            return _levelled(state, (*state.said, chosen(event)))
        case RiskRetired():
            return but(state, step="retired")
        case IdentificationCorrected():
            if event.corrected_at < state.corrected_at:
                return state
            corrected = {"corrected_at": event.corrected_at, "accident_types": event.accident_types}
            return but(state, unit=event.unit, **corrected)
        case RiskTagged() | RiskUntagged():
            return evolved(state, event)
        case FocusSet() | FocusEnded():
            return refocused(state, event)
        case RiskUplifted() | UpliftEnded():
            return uplift_evolved(state, event)
        case _:
            return but(state, controls=controls_after(state.controls, event))


def _levelled(state: Risk, all_said: tuple[Said, ...]) -> Risk:
    return but(state, said=all_said, level=counting_level(all_said))


def decide(command: RiskCommand, state: Risk, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses steps out of turn, unknown units and persons, inputs off the scale, and methods nobody adopted."""
    need_body(facts, command.body)
    if isinstance(command, IdentifyRisk) and not isinstance(command, CorrectIdentification):
        if state.step != "unknown":
            raise AlreadyRegistered(kind=Term("risk"), code=command.risk, body=command.body)
        return identified(command, facts, rules)
    if state.step == "unknown":
        raise UnknownThing(kind=Term("risk"), code=command.risk, body=command.body)
    if isinstance(command, LayUplift | FollowUplift | EndUplift):
        return decide_uplift(command, state, facts, rules)
    if state.step == "retired":
        if isinstance(command, RegainControl):
            return []
        raise Retired(kind=Term("risk"), code=command.risk, command=type(command).__name__)
    if facts.at < facts.first_at:
        raise BeforePredecessor(what=Thing("risk", command.risk), previous=facts.first_at, at=facts.at)
    match command:
        case AssessRisk() | ReassessRisk():
            _expect(command, state)
            return assessed(command, state, facts, rules)
        case DecideLowering():
            return decide_lowering(command, state, facts)
        case ChooseMethod():
            return choose_method(command, state, facts, rules)
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
            return [RiskRetired(command.reason), *ended_with(state.controls, facts, command.reason)]
        case _:
            return decide_control(command, state, facts)


def _expect(command: AssessRisk | ReassessRisk, state: Risk) -> None:
    """A rating, current or inherent, is assessed once and then reassessed."""
    step = "assessed" if any(one.kind == command.rating for one in state.said) else "identified"
    needed = "identified" if isinstance(command, AssessRisk) else "assessed"
    if step != needed:
        raise OutOfTurn(
            what=Thing("risk", command.risk),
            step=Term(step),
            command=type(command).__name__,
            needs=[Term(needed)],
        )


LEVEL_EVENTS = (RiskAssessed, RiskReassessed, LoweringApproved, LoweringRejected, MethodChosen)
LEVEL_COMMANDS = (AssessRisk, ReassessRisk, DecideLowering, ChooseMethod)

RISK: Decider[Risk] = Decider(
    name="risk",
    initial=Risk(),
    evolve=evolve,
    decide=decide,
    events=(
        *(RiskIdentified, *LEVEL_EVENTS, RiskRetired),
        *(IdentificationCorrected, RiskTagged, RiskUntagged, FocusSet, FocusEnded),
        *CONTROL_EVENTS,
        *(RiskUplifted, UpliftEnded),
    ),
    commands=(
        *(IdentifyRisk, *LEVEL_COMMANDS, RetireRisk),
        *(CorrectIdentification, TagRisk, UntagRisk, SetFocus, EndFocus),
        *CONTROL_COMMANDS,
    ),
    machine=(RegainControl, LayUplift, FollowUplift, EndUplift),
    place=lambda command: (command.body, command.risk),
    keyed=True,
)

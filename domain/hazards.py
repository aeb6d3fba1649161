"""The second line of defence: one hazard through its closed loop, from finding to closure and back if need be.

The steps follow the Nanjing process, Annex 2, part 4 (2): find (排查), register (登记), evaluate (评估), rectify
under a plan with five placements (治理), report (报告), and, once somebody independent verified it, close (销号).
Nothing closes on paper only: who rectified may not verify.
"""

from __future__ import annotations

from typing import get_args

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.hazard_closing import CloseHazard, HazardClosed, HazardReopened, ReopenHazard, close, reopen
from domain.hazard_dismissal import (
    DecideNotHazard,
    LinkDuplicate,
    ProposeNotHazard,
    UnlinkDuplicate,
    decide_not_hazard,
    link,
    unlink,
)
from domain.hazard_extension import (
    AskExtension,
    DecideExtension,
    ExtensionApproved,
    ExtensionAsked,
    ExtensionRefused,
    decide_extension,
)
from domain.hazard_filing import AnswerFiling, FileMajorHazard, decide_filing
from domain.hazard_finding import (
    FindHazard,
    HazardFound,
    HazardRegistered,
    RegisterHazard,
    Source,
    find,
    register,
)
from domain.hazard_folding import HazardEvent, evolve
from domain.hazard_grading import (
    EvaluateHazard,
    HazardEvaluated,
    HazardRegraded,
    RegradeHazard,
    evaluate,
    regrade,
)
from domain.hazard_handling import AnalyseCause, RecordProgress, ReportHazard, SetInterimMeasure, handle
from domain.hazard_on_the_spot import ConfirmFix, FixOnSpot, confirm_fix, fix
from domain.hazard_plan import PlanRectification, RectificationPlanned, plan
from domain.hazard_state import Hazard
from domain.hazard_verdicts import HazardJudged, JudgeHazard, judge
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
from domain.language import Command, Event
from domain.refused import BeforePredecessor, OutOfTurn, UnknownThing
from domain.rulebook import Rulebook

__all__ = [
    "BEFORE",
    "BESIDE",
    "HAZARD",
    "AskExtension",
    "CloseHazard",
    "CompleteRectification",
    "DecideExtension",
    "EvaluateHazard",
    "ExtensionApproved",
    "ExtensionAsked",
    "ExtensionRefused",
    "FindHazard",
    "Hazard",
    "HazardClosed",
    "HazardCommand",
    "HazardEvaluated",
    "HazardEvent",
    "HazardFound",
    "HazardJudged",
    "HazardRegistered",
    "HazardRegraded",
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

HazardCommand = (
    FindHazard
    | RegisterHazard
    | EvaluateHazard
    | RegradeHazard
    | JudgeHazard
    | FileMajorHazard
    | AnswerFiling
    | SetInterimMeasure
    | PlanRectification
    | AskExtension
    | DecideExtension
    | RecordProgress
    | ReportHazard
    | AnalyseCause
    | CompleteRectification
    | VerifyRectification
    | CloseHazard
    | ReopenHazard
    | FixOnSpot
    | ConfirmFix
    | ProposeNotHazard
    | DecideNotHazard
    | LinkDuplicate
    | UnlinkDuplicate
)

BEFORE: dict[type[Command], tuple[str, ...]] = {
    EvaluateHazard: ("registered",),
    PlanRectification: ("evaluated",),
    AskExtension: ("planned",),
    DecideExtension: ("planned",),
    CompleteRectification: ("planned",),
    VerifyRectification: ("completed",),
    CloseHazard: ("verified",),
    ReopenHazard: ("closed", "dismissed"),
}
"""The step a hazard must stand at for each command of the loop."""

_UNPLANNED = ("found", "registered", "evaluated")
_LEDGER = ("registered", "evaluated", "planned", "completed", "verified")
_GRADED = ("evaluated", "planned", "completed", "verified")
BESIDE: dict[type[Command], tuple[str, ...]] = {
    RegradeHazard: _GRADED,
    JudgeHazard: _LEDGER,
    FileMajorHazard: _GRADED,
    AnswerFiling: _GRADED,
    SetInterimMeasure: ("found", *_LEDGER),
    RecordProgress: ("planned",),
    ReportHazard: (*_LEDGER, "fixed", "closed"),
    AnalyseCause: (*_LEDGER, "fixed", "closed"),
    FixOnSpot: ("found", "registered"),
    ConfirmFix: ("fixed",),
    ProposeNotHazard: _UNPLANNED,
    DecideNotHazard: _UNPLANNED,
    LinkDuplicate: _UNPLANNED,
    UnlinkDuplicate: ("duplicate",),
}
"""The same for the commands beside the loop: what goes on meanwhile, the short path, and what ends it otherwise."""


def decide(command: HazardCommand, state: Hazard, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a second registration, steps out of turn or before their predecessor, and anyone not independent."""
    need_body(facts, command.body)
    what = Thing("hazard", command.hazard)
    begins = isinstance(command, FindHazard | RegisterHazard)
    if not begins:
        _need_step(command, state, what)
    # A code that is taken is refused as such, whenever the other hazard is said to have been found.
    if (not begins or state.step == "found") and facts.at < facts.previous_at:
        raise BeforePredecessor(what=what, previous=facts.previous_at, at=facts.at)
    match command:
        case FindHazard():
            return find(command, state, facts)
        case RegisterHazard():
            return register(command, state, facts)
        case EvaluateHazard():
            return evaluate(command, state, facts)
        case RegradeHazard():
            return regrade(command, state, facts)
        case JudgeHazard():
            return judge(command, state, facts, rules)
        case FileMajorHazard() | AnswerFiling():
            return decide_filing(command, state, facts)
        case SetInterimMeasure() | RecordProgress() | ReportHazard() | AnalyseCause():
            return handle(command, state, facts)
        case PlanRectification():
            return plan(command, state, facts, rules)
        case AskExtension() | DecideExtension():
            return decide_extension(command, state, facts)
        case CompleteRectification():
            return complete(command, state, facts)
        case VerifyRectification():
            return verify(command, state, facts, rules)
        case CloseHazard():
            return close(command, state)
        case ReopenHazard():
            return reopen(command, state, facts)
        case FixOnSpot():
            return fix(command, state, facts)
        case ConfirmFix():
            return confirm_fix(command, state, facts)
        case ProposeNotHazard() | DecideNotHazard():
            return decide_not_hazard(command, state, facts)
        case LinkDuplicate():
            return link(command, state, facts.of(HAZARD, command.body, command.of))
        case UnlinkDuplicate():
            return unlink(command, state)


def _need_step(command: HazardCommand, state: Hazard, what: Thing) -> None:
    if state.step == "unknown":
        raise UnknownThing(kind=Term("hazard"), code=command.hazard, body=command.body)
    before = BEFORE.get(type(command)) or BESIDE[type(command)]
    if state.step not in before:
        raise OutOfTurn(
            what=what,
            step=Term(state.step),
            command=type(command).__name__,
            needs=[Term(step) for step in before],
        )


HAZARD: Decider[Hazard] = Decider(
    name="hazard",
    initial=Hazard(),
    evolve=evolve,
    decide=decide,
    events=get_args(HazardEvent),
    commands=get_args(HazardCommand),
    place=lambda command: (command.body, command.hazard),
    keyed=True,
)

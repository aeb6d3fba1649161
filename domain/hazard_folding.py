"""What each fact of a hazard's life changes for the next decision; nothing here refuses, for it all happened."""

from __future__ import annotations

from domain.hazard_closing import HazardClosed, HazardReopened
from domain.hazard_dismissal import (
    DuplicateLinked,
    DuplicateUnlinked,
    NotHazardConfirmed,
    NotHazardProposed,
    NotHazardRefused,
)
from domain.hazard_extension import ExtensionApproved, ExtensionAsked, ExtensionRefused
from domain.hazard_filing import FilingAccepted, FilingReturned, MajorHazardFiled
from domain.hazard_finding import HazardFound, HazardRegistered
from domain.hazard_grading import HazardEvaluated, HazardRegraded
from domain.hazard_handling import CauseAnalysed, HazardReported, InterimMeasureSet, RectificationProgressed
from domain.hazard_on_the_spot import FixConfirmed, FixedOnSpot, FixRejected
from domain.hazard_plan import RectificationPlanned
from domain.hazard_state import Hazard, persons
from domain.hazard_verdicts import HazardJudged, matched_after
from domain.hazard_verification import RectificationCompleted, RectificationRejected, RectificationVerified
from domain.language import but

HazardEvent = (
    HazardFound
    | HazardRegistered
    | HazardEvaluated
    | HazardRegraded
    | HazardJudged
    | MajorHazardFiled
    | FilingAccepted
    | FilingReturned
    | InterimMeasureSet
    | RectificationProgressed
    | HazardReported
    | CauseAnalysed
    | RectificationPlanned
    | ExtensionAsked
    | ExtensionApproved
    | ExtensionRefused
    | RectificationCompleted
    | RectificationVerified
    | RectificationRejected
    | HazardClosed
    | HazardReopened
    | FixedOnSpot
    | FixConfirmed
    | FixRejected
    | NotHazardProposed
    | NotHazardConfirmed
    | NotHazardRefused
    | DuplicateLinked
    | DuplicateUnlinked
)


def evolve(state: Hazard, event: HazardEvent) -> Hazard:
    match event:
        case HazardRegistered():
            return but(
                state,
                step="registered",
                opening=1,
                found_by=event.found_by,
                found_at=event.found_at,
                proposing=(),
            )
        case HazardEvaluated():
            return but(
                state,
                step="evaluated",
                grade=event.grade,
                graders=event.evaluated_by,
                cause_at=event.evaluated_at,
                proposing=(),
            )
        case RectificationPlanned():
            return but(
                state,
                step="planned",
                round=1,
                due=event.due,
                responsible=event.responsible,
                askers=(),
                rectifiers=(),
                proposing=(),
            )
        case ExtensionAsked():
            asking = persons(event.asked_by, event.on_behalf_of)
            return but(state, asked_due=event.due, asking=asking, askers=(*state.askers, *asking))
        case ExtensionApproved():
            return but(state, due=event.due, asked_due="", asking=())
        case RectificationCompleted():
            rectifiers = tuple(dict.fromkeys((*state.rectifiers, *event.rectified_by)))
            return but(
                state,
                step="completed",
                rectifiers=rectifiers,
                hands=_with(state.hands, event.rectified_by),
                verifiers=(),
                acceptances=0,
                asked_due="",
                asking=(),
            )
        case RectificationRejected():
            return but(state, step="planned", round=state.round + 1)
        case RectificationVerified():
            step = "verified" if event.count >= event.needed else "completed"
            behind = persons(event.verified_by, event.on_behalf_of)
            return but(
                state,
                step=step,
                verifiers=(*state.verifiers, *behind),
                hands=_with(state.hands, behind),
                acceptances=event.count,
            )
        case HazardClosed():
            return but(state, step="closed")
        case HazardReopened():
            return but(
                state,
                step=event.step,
                opening=event.opening,
                round=0,
                due="",
                cause_at=event.reopened_at,
                filing="",
            )
        case HazardFound():
            return but(state, step="found", opening=1, found_by=event.found_by, found_at=event.found_at)
        case HazardRegraded():
            return but(state, step=event.step, grade=event.grade, graders=event.graded_by)
        case HazardJudged():
            return but(state, matched=matched_after(state.matched, event))
        case MajorHazardFiled():
            return but(state, filing="filed", filed_by=event.filed_by_all)
        case FilingAccepted():
            return but(state, filing="accepted")
        case FilingReturned():
            return but(state, filing="returned")
        case InterimMeasureSet() | RectificationProgressed() | HazardReported() | CauseAnalysed():
            return state
        case ExtensionRefused():
            return but(state, asked_due="", asking=())
        case FixConfirmed():
            return but(state, step="closed", hands=_with(state.hands, (event.confirmed_by,)))
        case FixedOnSpot():
            return but(
                state,
                step="fixed",
                grade="general",
                rectifiers=event.rectified_by,
                hands=_with(state.hands, event.rectified_by),
                proposing=(),
            )
        case FixRejected():
            return but(state, step="registered", grade="")
        case NotHazardProposed():
            return but(state, proposing=persons(event.proposed_by, event.on_behalf_of))
        case NotHazardConfirmed():
            return but(state, step="dismissed", proposing=())
        case NotHazardRefused():
            return but(state, proposing=())
        case DuplicateLinked():
            return but(state, step="duplicate", before_link=event.was, proposing=())
        case DuplicateUnlinked():
            return but(state, step=event.step, before_link="")


def _with(hands: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*hands, *more)))

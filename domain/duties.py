"""A duty is something somebody owes by a day; that it fell due, became overdue, or was answered late stays for ever.

It is raised from a rule (by a policy from a record, by the clock when a period begins) or by a person. A deadline moves
only by an approved extension. Lateness by ``happened_at`` is stored in the answer; lateness by ``recorded_at`` follows
from the record itself, because recording time is never an input of a decision.
"""

from __future__ import annotations

from typing import get_args

from domain.decider import Decider, Facts
from domain.duty_answer import (
    AnswerDuty,
    DutyAnswered,
    DutyExtended,
    DutyResumed,
    ExtendDuty,
    ResumeDuty,
    decide_answer,
)
from domain.duty_clock import (
    DutyClockCommand,
    DutyEscalated,
    DutyFellDue,
    DutyMissed,
    DutyOverdue,
    DutyReminded,
    EscalateDuty,
    MarkDutyDue,
    MarkDutyMissed,
    MarkDutyOverdue,
    RemindDuty,
    decide_clock,
)
from domain.duty_ending import (
    DropDuty,
    DutyAnswerRejected,
    DutyEnding,
    DutyFulfilled,
    DutyReasonEnded,
    DutyRestored,
    DutySuperseded,
    DutyWaived,
    EndDutyReason,
    FulfilDuty,
    RejectDutyAnswer,
    RestoreDuty,
    SupersedeDuty,
    WaiveDuty,
    decide_ending,
)
from domain.duty_extension import (
    AskDutyExtension,
    DecideDutyExtension,
    DutyExtensionApproved,
    DutyExtensionAsked,
    DutyExtensionRefused,
    decide_extension,
)
from domain.duty_raising import AssignDuty, DutyAssigned, DutyRaised, RaiseDuty, decide_raising
from domain.duty_settling import DutyDaySettled, SettleDutyDay, settle_day
from domain.duty_state import CLOCK, Duty
from domain.labels import Term
from domain.language import Event, but
from domain.refused import AlreadyRegistered, UnknownThing
from domain.rulebook import Rulebook

__all__ = [
    "DUTY",
    "AnswerDuty",
    "Duty",
    "DutyAnswered",
    "DutyAssigned",
    "DutyExtended",
    "DutyFellDue",
    "DutyOverdue",
    "DutyRaised",
    "DutyResumed",
    "ExtendDuty",
    "MarkDutyDue",
    "MarkDutyOverdue",
    "RaiseDuty",
    "ResumeDuty",
]

DutyCommand = (
    RaiseDuty
    | AssignDuty
    | ExtendDuty
    | AnswerDuty
    | ResumeDuty
    | AskDutyExtension
    | DecideDutyExtension
    | DutyEnding
    | DutyClockCommand
    | SettleDutyDay
)
DutyEvent = (
    DutyRaised
    | DutyAssigned
    | DutyExtended
    | DutyDaySettled
    | DutyExtensionAsked
    | DutyExtensionApproved
    | DutyExtensionRefused
    | DutyReminded
    | DutyFellDue
    | DutyOverdue
    | DutyMissed
    | DutyEscalated
    | DutyAnswered
    | DutyFulfilled
    | DutyResumed
    | DutyAnswerRejected
    | DutyWaived
    | DutyRestored
    | DutySuperseded
    | DutyReasonEnded
)


def evolve(state: Duty, event: DutyEvent) -> Duty:
    match event:
        case DutyRaised():
            return but(
                state,
                step="open",
                rule=event.rule,
                owed_by=event.owed_by,
                owed_as=event.owed_as,
                subject=event.subject,
                subject_kind=event.subject_kind,
                follows_record=event.follows_record,
                provisional=event.provisional,
                due=event.due,
                closes=event.closes or "",
                remind=event.remind,
            )
        case DutyAssigned():
            return but(
                state,
                step="open",
                owed_by=event.owed_by,
                owed_as=event.owed_as,
                subject=event.subject,
                subject_kind=event.subject_kind,
                due=event.due,
                remind=event.remind,
            )
        case DutyExtended():
            return but(state, due=event.due, escalated=0, line=())
        case DutyDaySettled():
            return but(state, due=event.due, provisional=False, escalated=0, line=())
        case DutyExtensionAsked():
            asking = (event.asked_by,) if event.on_behalf_of is None else (event.asked_by, event.on_behalf_of)
            return but(state, asked_due=event.due, asking=asking)
        case DutyExtensionApproved():
            return but(state, due=event.due, escalated=0, line=(), asked_due="", asking=())
        case DutyExtensionRefused():
            return but(state, asked_due="", asking=())
        case DutyReminded():
            return but(state, reminded=event.on)
        case DutyFellDue():
            return but(state, fell_due=event.due)
        case DutyOverdue():
            return but(state, overdue=event.due, line=event.line, escalated=0)
        case DutyMissed():
            return but(state, missed=event.closes)
        case DutyEscalated():
            return but(state, escalated=event.rung)
        case DutyAnswered() | DutyFulfilled():
            by = event.answered_by if isinstance(event, DutyAnswered) else event.fulfilled_by
            return but(_ended(state, "answered", event.answered_on, event.days_late), answered_by=(by,))
        case DutyResumed() | DutyAnswerRejected():
            return but(state, step="open", late=False, late_for_its_period=False)
        case DutyWaived():
            waived = _ended(state, "waived", event.waived_on, event.days_late)
            return but(waived, dropped=event.waived_by == CLOCK)
        case DutyRestored():
            return but(state, step="open", late=False, late_for_its_period=False, dropped=False)
        case DutySuperseded():
            return _ended(state, "superseded", event.superseded_on, event.days_late)
        case DutyReasonEnded():
            return but(state, last=True)


def _ended(state: Duty, step: str, day: str, late: int) -> Duty:
    closed = bool(state.closes) and day > state.last_day
    return but(state, step=step, late=late > 0, late_for_its_period=closed, asked_due="", asking=())


def decide(command: DutyCommand, state: Duty, facts: Facts, rules: Rulebook) -> list[Event]:
    """Answers ``[]`` to what is so already, so that running twice adds nothing; refuses an unknown duty."""
    match command:
        case AskDutyExtension() | DecideDutyExtension():
            return decide_extension(command, state, facts)
        case FulfilDuty() | RejectDutyAnswer() | WaiveDuty() | SupersedeDuty() | EndDutyReason():
            return decide_ending(command, state, facts)
        case DropDuty() | RestoreDuty():
            return decide_ending(command, state, facts)
        case RaiseDuty() | AssignDuty():
            if state.step != "unknown":
                raise AlreadyRegistered(kind=Term("duty"), code=command.duty, body=command.body)
            return decide_raising(command, facts, rules)
        case _:
            pass
    if state.step == "unknown":
        raise UnknownThing(kind=Term("duty"), code=command.duty, body=command.body)
    if isinstance(command, SettleDutyDay):
        return settle_day(command, state)
    if isinstance(command, ExtendDuty | AnswerDuty | ResumeDuty):
        return decide_answer(command, state, facts)
    return decide_clock(command, state, facts, rules)


DUTY: Decider[Duty] = Decider(
    name="duty",
    initial=Duty(),
    evolve=evolve,
    decide=decide,
    events=get_args(DutyEvent),
    commands=(AssignDuty, AskDutyExtension, DecideDutyExtension, FulfilDuty, RejectDutyAnswer, WaiveDuty),
    machine=(
        RaiseDuty,
        ExtendDuty,
        AnswerDuty,
        ResumeDuty,
        RemindDuty,
        MarkDutyDue,
        MarkDutyOverdue,
        MarkDutyMissed,
        EscalateDuty,
        DropDuty,
        RestoreDuty,
        SupersedeDuty,
        EndDutyReason,
        SettleDutyDay,
    ),
    place=lambda command: (command.body, command.duty),
    keyed=True,
)

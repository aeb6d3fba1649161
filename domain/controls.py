"""All that may happen to the controls of a risk, in one place for the risk's own module: commands, facts, decisions."""

from __future__ import annotations

from domain.control_assignment import (
    AssignControl,
    ControlAssigned,
    ControlAssignmentEnded,
    EndControlAssignment,
    assign,
    assigned_to,
    end_assignment,
)
from domain.control_review import (
    AdoptControl,
    AdoptReviewedControl,
    ControlAdopted,
    ControlReviewed,
    ReviewControl,
    adopt,
    adopt_reviewed,
    adopted,
    review,
    reviewed,
)
from domain.control_state import Controls, terms_of
from domain.decider import Facts
from domain.language import Command, Event, day_of
from domain.out_of_control import (
    DeclareUncontrollable,
    RegainControl,
    RiskControlRegained,
    RiskDeclaredUncontrollable,
    declare,
    declared,
    regain,
    regained,
)
from domain.risk_controls import (
    ChangeControl,
    ControlChanged,
    ControlProposed,
    ControlsOrdered,
    ControlWithdrawn,
    OrderControls,
    ProposeControl,
    WithdrawControl,
    change,
    order_controls,
    ordered,
    propose,
    proposed,
    withdraw,
)
from domain.risk_state import Risk

ControlCommand = (
    ProposeControl
    | ReviewControl
    | AdoptControl
    | AdoptReviewedControl
    | ChangeControl
    | OrderControls
    | WithdrawControl
    | AssignControl
    | EndControlAssignment
    | DeclareUncontrollable
)
ControlEvent = (
    ControlProposed
    | ControlReviewed
    | ControlAdopted
    | ControlChanged
    | ControlsOrdered
    | ControlWithdrawn
    | ControlAssigned
    | ControlAssignmentEnded
    | RiskDeclaredUncontrollable
    | RiskControlRegained
)
CONTROL_COMMANDS: tuple[type[Command], ...] = (
    ProposeControl,
    ReviewControl,
    AdoptControl,
    AdoptReviewedControl,
    ChangeControl,
    OrderControls,
    WithdrawControl,
    AssignControl,
    EndControlAssignment,
    DeclareUncontrollable,
)
CONTROL_EVENTS: tuple[type[Event], ...] = (
    ControlProposed,
    ControlReviewed,
    ControlAdopted,
    ControlChanged,
    ControlsOrdered,
    ControlWithdrawn,
    ControlAssigned,
    ControlAssignmentEnded,
    RiskDeclaredUncontrollable,
    RiskControlRegained,
)


def controls_after(state: Controls, event: ControlEvent) -> Controls:
    match event:
        case ControlProposed() | ControlChanged():
            return proposed(state, event, terms_of(event))
        case ControlReviewed():
            return reviewed(state, event)
        case ControlAdopted():
            return adopted(state, event)
        case ControlsOrdered():
            return ordered(state, event)
        case ControlWithdrawn():
            after = state.ending(event.ended, day_of(event.withdrawn_at))
            return after.changing(event.control, withdrawn=True, waiting=None, last_at=event.withdrawn_at)
        case ControlAssigned():
            return assigned_to(state, event)
        case ControlAssignmentEnded():
            return state.ending((event.assignment,), event.until)
        case RiskDeclaredUncontrollable():
            return declared(state, event)
        case RiskControlRegained():
            return regained(state, event)


def decide_control(command: ControlCommand | RegainControl, state: Risk, facts: Facts) -> list[Event]:
    """Refuses what the step's own module refuses."""
    match command:
        case ProposeControl():
            return propose(command, state, facts, facts.actors)
        case ReviewControl():
            return review(command, state, facts)
        case AdoptControl():
            return adopt(command, state, facts)
        case AdoptReviewedControl():
            return adopt_reviewed(command, state, facts)
        case ChangeControl():
            return change(command, state, facts)
        case OrderControls():
            return order_controls(command, state, facts)
        case WithdrawControl():
            return withdraw(command, state, facts)
        case AssignControl():
            return assign(command, state, facts)
        case EndControlAssignment():
            return end_assignment(command, state, facts)
        case DeclareUncontrollable():
            return declare(command, state, facts)
        case RegainControl():
            return regain(command, state)

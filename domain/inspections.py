"""Inspections: a round over a checklist's items whose record is true, accurate and traceable (NJ-060 to NJ-062).

Planned (or begun without a plan), begun, each item answered once, signed and completed: one stream, a record for each
item. A completed inspection is never edited; what is to be said later is an addendum or another person's re-check.
"""

from __future__ import annotations

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.inspection_addenda import (
    AddToInspection,
    InspectionAddendumAdded,
    InspectionRechecked,
    RecheckInspection,
    added,
    rechecked,
)
from domain.inspection_answers import (
    AnswerItems,
    CompleteInspection,
    InspectionCompleted,
    InspectionStarted,
    ItemAnswered,
    RecordRound,
    StartInspection,
    answered,
    begun_at,
    completed,
    started,
)
from domain.inspection_rounds import (
    InspectionMissed,
    InspectionPlanned,
    MarkInspectionMissed,
    PlanInspection,
    missed,
    plan_inspection,
)
from domain.inspection_state import Inspection
from domain.labels import Term, Thing
from domain.language import Command, Event, Moment, but
from domain.refused import BeforePredecessor, OutOfTurn, UnknownThing
from domain.rulebook import Rulebook

__all__ = [
    "BEFORE",
    "INSPECTION",
    "AddToInspection",
    "AnswerItems",
    "CompleteInspection",
    "Inspection",
    "PlanInspection",
    "RecheckInspection",
    "RecordRound",
    "StartInspection",
    "decide",
    "evolve",
]

InspectionCommand = (
    PlanInspection
    | StartInspection
    | AnswerItems
    | CompleteInspection
    | RecordRound
    | AddToInspection
    | RecheckInspection
    | MarkInspectionMissed
)
InspectionEvent = (
    InspectionPlanned
    | InspectionStarted
    | ItemAnswered
    | InspectionCompleted
    | InspectionMissed
    | InspectionAddendumAdded
    | InspectionRechecked
)
BEFORE: dict[type[Command], tuple[str, ...]] = {
    StartInspection: ("unknown", "planned"),
    RecordRound: ("unknown", "planned"),
    AnswerItems: ("started",),
    CompleteInspection: ("started",),
    AddToInspection: ("completed",),
    RecheckInspection: ("completed",),
}
"""The step an inspection must stand at for each command."""


def evolve(state: Inspection, event: InspectionEvent) -> Inspection:
    match event:
        case InspectionPlanned():
            return but(state, step="planned", plan=event.plan)
        case InspectionStarted():
            return but(
                state,
                step="started",
                checklist=event.checklist,
                version=event.version,
                tier=event.tier,
                items={one.item: one for one in event.items},
                inspectors=event.inspectors,
                started_at=event.started_at,
                last_at=event.started_at,
            )
        case ItemAnswered():
            failed = state.failed | {event.item} if event.failure else state.failed
            answers = {**state.answers, event.item: event.answer}
            return but(state, answers=answers, failed=failed, last_at=max(state.last_at, event.done_at))
        case InspectionCompleted():
            return but(state, step="completed", last_at=event.completed_at)
        case InspectionMissed():
            return but(state, missed=event.plan.due)
        case InspectionAddendumAdded():
            return but(state, failed=state.failed | {event.item}) if event.failure and event.item else state
        case InspectionRechecked():
            return state


def decide(command: InspectionCommand, state: Inspection, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses steps out of turn or before their predecessor, and whatever leaves a gap in the record."""
    need_body(facts, command.body)
    what = Thing("inspection", command.inspection)
    if isinstance(command, PlanInspection):
        return plan_inspection(command, state, facts, rules)
    before = BEFORE.get(type(command), ())
    if state.step == "unknown" and "unknown" not in before:
        raise UnknownThing(kind=Term("inspection"), code=command.inspection, body=command.body)
    if isinstance(command, MarkInspectionMissed):
        return missed(command, state)
    if state.step not in before:
        needs = [Term(f"inspection_{step}") for step in before if step != "unknown"]
        raise OutOfTurn(
            what=what, step=Term(f"inspection_{state.step}"), command=type(command).__name__, needs=needs
        )
    if facts.at < state.last_at:
        raise BeforePredecessor(what=what, previous=state.last_at, at=facts.at)
    match command:
        case StartInspection():
            return [started(command, facts.at, state, facts)]
        case AnswerItems():
            return list(answered(command, state, facts))
        case CompleteInspection():
            return [completed(command, state, facts)]
        case RecordRound():
            return _whole(command, begun_at(command, facts), state, facts)
        case AddToInspection():
            return added(command, state, facts)
        case RecheckInspection():
            return rechecked(command, state, facts)


def _whole(command: RecordRound, at: Moment, state: Inspection, facts: Facts) -> list[Event]:
    """Begun, answered and completed in one go: what each step would refuse, the whole refuses."""
    first = started(command, at, state, facts)
    state = evolve(state, first)
    answers = answered(command, state, facts)
    for one in answers:
        state = evolve(state, one)
    return [first, *answers, completed(command, state, facts)]


INSPECTION: Decider[Inspection] = Decider(
    name="inspection",
    initial=Inspection(),
    evolve=evolve,
    decide=decide,
    events=(
        InspectionPlanned,
        InspectionStarted,
        ItemAnswered,
        InspectionCompleted,
        InspectionMissed,
        InspectionAddendumAdded,
        InspectionRechecked,
    ),
    commands=(
        PlanInspection,
        StartInspection,
        AnswerItems,
        CompleteInspection,
        RecordRound,
        AddToInspection,
        RecheckInspection,
    ),
    machine=(MarkInspectionMissed,),
    place=lambda command: (command.body, command.inspection),
    keyed=True,
)

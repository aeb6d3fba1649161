"""What follows from rounds: a duty for each, the next one, a mark on the missed, and a hazard for each failed item."""

from __future__ import annotations

from typing import cast

from domain.check_periods import Period, Tier, code_from, period_of
from domain.checklists import RoundsAssigned
from domain.duties import AnswerDuty, DutyOverdue, RaiseDuty
from domain.hazards import RegisterHazard
from domain.inspection_addenda import InspectionAddendumAdded
from domain.inspection_answers import Failure, InspectionCompleted, ItemAnswered
from domain.inspection_rounds import (
    InspectionMissed,
    InspectionPlanned,
    MarkInspectionMissed,
    PlanInspection,
)
from domain.inspection_state import RoundPlan
from domain.language import Command, Day, day_after, day_of
from domain.records import Record

Asked = list[tuple[str, Command]]
DUTY_OF_ROUND = "round."
"""Stands before an inspection's code in the code of its duty."""


def round_duty(record: Record) -> Asked:
    """A planned round is owed by its last day: completing it answers this duty, and that of the tier's month.

    The clock's word that it is overdue marks the round missed.
    """
    code, body, event = record.stream.rsplit("/", 1)[1], record.scope, record.event
    match event:
        case InspectionPlanned():
            plan, duty = event.plan, f"{DUTY_OF_ROUND}{code}"
            raised = RaiseDuty(
                body,
                duty,
                "inspection-round",
                "inspection",
                code,
                plan.owed_by,
                plan.due,
                plan.citation,
                period=plan.opens,
                closes=plan.due,
                follows_record=True,
            )
            return [(duty, raised)]
        case InspectionCompleted():
            own = [] if event.plan is None else [f"{DUTY_OF_ROUND}{code}"]
            by, recorded_on = event.signed_by[0], day_of(record.recorded_at)
            return [(duty, AnswerDuty(body, duty, by, recorded_on)) for duty in (*own, *event.duties)]
        case DutyOverdue() if code.startswith(DUTY_OF_ROUND):
            inspection = code.removeprefix(DUTY_OF_ROUND)
            return [(inspection, MarkInspectionMissed(body, inspection, event.due))]
        case _:
            return []


def next_round(record: Record) -> Asked:
    """An assignment owes the round of its first period; a round that was completed or missed, that of the next one."""
    event = record.event
    match event:
        case RoundsAssigned():
            checklist = record.stream.rsplit("/", 1)[1]
            return _planned(record.scope, checklist, event.tier, event.period, event.person, event.since)
        case (
            InspectionCompleted(plan=RoundPlan(series=True) as plan)
            | InspectionMissed(plan=RoundPlan(series=True) as plan)
        ):
            after = day_after(plan.due)
            return _planned(record.scope, plan.checklist, plan.tier, plan.period, plan.owed_by, after)
        case _:
            return []


def _planned(body: str, checklist: str, tier: str, period: str, person: str, day: Day) -> Asked:
    first, last = period_of(day, period)
    code = code_from(checklist, tier, period, person, first)
    tier_, period_ = cast("Tier", tier), cast("Period", period)
    return [
        (code, PlanInspection(body, code, checklist, tier_, period_, person, max(first, day), last, True))
    ]


def failed_item(record: Record) -> Asked:
    """Each finding becomes a hazard of its own, with the code that stands in the finding (YT-05, YT-29)."""
    match record.event:
        case ItemAnswered(failure=Failure() as failure) as event:
            return [_hazard(record, failure, event.item, event.remark, event.evidence, event.answered_by[0])]
        case InspectionAddendumAdded(failure=Failure() as failure, item=str() as item) as event:
            return [_hazard(record, failure, item, event.text, event.evidence, event.added_by[0])]
        case _:
            return []


def _hazard(
    record: Record, failure: Failure, item: str, found: str, evidence: tuple[str, ...], found_by: str
) -> tuple[str, Command]:
    inspection = record.stream.rsplit("/", 1)[1]
    command = RegisterHazard(
        body=record.scope,
        hazard=failure.hazard,
        unit=failure.unit,
        title=found[:TITLE],
        description=found,
        source="inspection",
        breached=failure.what,
        risk=failure.risk,
        control=failure.control,
        inspection=inspection,
        item=item,
        evidence=evidence,
        found_by=found_by,
    )
    return failure.hazard, command


TITLE = 200
"""Characters of a hazard's title."""
ROUND_DUTY_KINDS = (InspectionPlanned.KIND, InspectionCompleted.KIND, DutyOverdue.KIND)
NEXT_ROUND_KINDS = (RoundsAssigned.KIND, InspectionCompleted.KIND, InspectionMissed.KIND)
FAILED_ITEM_KINDS = (ItemAnswered.KIND, InspectionAddendumAdded.KIND)

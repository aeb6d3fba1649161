"""What is done meanwhile: interim measures until it is rectified, progress, reports (报告), and why it came about.

None of these moves the hazard to another step. A cause names the gap in the system that let it happen, and what is
corrected there, point by point (NJ-071).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.decider import Facts
from domain.hazard_state import Hazard
from domain.language import Code, Command, Event, Hash, PersonRef, Remark, Words
from domain.people import need_person

Recipient = Literal["principal", "workers", "workers_congress", "authority", "department"]


@dataclass(frozen=True)
class SetInterimMeasure(Command):
    """Say what keeps people safe until the hazard is rectified, and who sees to it."""

    body: Code
    hazard: Code
    measure: Words
    responsible: PersonRef


@dataclass(frozen=True)
class RecordProgress(Command):
    """Say how far the rectification has come."""

    body: Code
    hazard: Code
    progress: Words
    evidence: tuple[Hash, ...] = ()


@dataclass(frozen=True)
class ReportHazard(Command):
    """Report how the hazard is handled, to whom it must be told; the report is a step of the loop of its own."""

    body: Code
    hazard: Code
    recipient: Recipient
    content: Words
    evidence: tuple[Hash, ...] = ()


@dataclass(frozen=True)
class AnalyseCause(Command):
    """Say why the hazard came about, which gap in the system let it, and what is corrected there."""

    body: Code
    hazard: Code
    cause: Words
    system_gap: Words
    corrections: tuple[Words, ...]
    remark: Remark = ""


@dataclass(frozen=True)
class InterimMeasureSet(Event):
    KIND = "interim-measure-set.1"
    opening: int
    measure: str
    responsible: str


@dataclass(frozen=True)
class RectificationProgressed(Event):
    KIND = "rectification-progressed.1"
    opening: int
    round: int
    progress: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class HazardReported(Event):
    KIND = "hazard-reported.1"
    opening: int
    recipient: str
    content: str
    reported_by: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class CauseAnalysed(Event):
    KIND = "cause-analysed.1"
    opening: int
    cause: str
    system_gap: str
    corrections: tuple[str, ...]
    analysed_by: str
    remark: str


HandlingCommand = SetInterimMeasure | RecordProgress | ReportHazard | AnalyseCause


def handle(command: HandlingCommand, state: Hazard, facts: Facts) -> list[Event]:
    """Refuses an unknown person who should see to an interim measure."""
    match command:
        case SetInterimMeasure():
            need_person(facts, command.body, command.responsible)
            return [InterimMeasureSet(state.opening, command.measure, command.responsible)]
        case RecordProgress():
            return [RectificationProgressed(state.opening, state.round, command.progress, command.evidence)]
        case ReportHazard():
            return [
                HazardReported(state.opening, command.recipient, command.content, facts.by, command.evidence)
            ]
        case AnalyseCause():
            return [
                CauseAnalysed(
                    state.opening,
                    command.cause,
                    command.system_gap,
                    command.corrections,
                    facts.by,
                    command.remark,
                )
            ]

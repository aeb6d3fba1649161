"""What an authority found becomes a hazard each; what it ordered is owed by the main responsible person."""

from __future__ import annotations

from domain.check_periods import code_from
from domain.duties import AnswerDuty, RaiseDuty
from domain.hazards import RegisterHazard
from domain.language import Command, day_of
from domain.records import Record
from domain.visits import VisitAnswered, VisitRecorded

KINDS = (VisitRecorded.KIND, VisitAnswered.KIND)


def visit_consequences(record: Record) -> list[tuple[str, Command]]:
    """Hazards of the findings and the duty of the order; the answer answers the duty, late or not."""
    body, event, code = record.scope, record.event, record.stream.rsplit("/", 1)[1]
    duty = code_from("order", code, most=64)
    match event:
        case VisitRecorded():
            asked: list[tuple[str, Command]] = [
                (
                    one.hazard,
                    RegisterHazard(
                        body=body,
                        hazard=one.hazard,
                        unit=one.unit,
                        title=one.title,
                        description=one.found,
                        source="notice",
                        evidence=event.evidence,
                    ),
                )
                for one in event.findings
            ]
            if event.order_due is not None:
                raised = RaiseDuty(
                    body,
                    duty,
                    "authority-order",
                    "visit",
                    code,
                    "principal",
                    event.order_due,
                    owed_as="role",
                    follows_record=True,
                )
                asked.append((duty, raised))
            return asked
        case VisitAnswered():
            return [(duty, AnswerDuty(body, duty, record.by, day_of(record.recorded_at)))]
        case _:
            return []

"""A report that was handed in answers the duty to report; one that the recipient sends back is owed again."""

from __future__ import annotations

from domain.duties import AnswerDuty, ResumeDuty
from domain.language import Command, day_of
from domain.records import Record
from domain.reports import ReportReturned, ReportSubmitted

KINDS = (ReportSubmitted.KIND, ReportReturned.KIND)


def report_duty(record: Record) -> list[tuple[str, Command]]:
    """Answers each duty of the report on the day it was handed in; how late that was stays in the answer."""
    body, event = record.scope, record.event
    match event:
        case ReportSubmitted():
            recorded_on = day_of(record.recorded_at)
            return [(duty, AnswerDuty(body, duty, record.by, recorded_on)) for duty in event.duties]
        case ReportReturned():
            return [(duty, ResumeDuty(body, duty, record.by)) for duty in event.duties]
        case _:
            return []

"""What follows from monitoring: a plan, a reading in every period and a response to each warning are duties."""

from __future__ import annotations

from domain.duties import AnswerDuty, DutyOverdue, RaiseDuty
from domain.duty_ending import DropDuty
from domain.language import Command, Day, day_after, day_of
from domain.monitoring import (
    RULE,
    CloseMonitoring,
    MonitoringDeclared,
    MonitoringEnded,
    OweReading,
    ReadingOwed,
)
from domain.monitoring_plan import EmergencyPlanFiled
from domain.monitoring_readings import ReadingRecorded, WarningRaised, WarningResponded
from domain.monitoring_state import DUTY_OF_READING, plan_duty, reading_duty, response_duty, risk_of
from domain.records import Record
from domain.risks import RiskRetired
from domain.rulebook import Citation

Asked = list[tuple[str, Command]]
PLAN, RESPONSE = "emergency-plan", "warning-response"
"""What the duties of a plan and of a response are called; the rule behind them is the one on monitoring."""
DUTY_KINDS = (
    MonitoringDeclared.KIND,
    EmergencyPlanFiled.KIND,
    ReadingOwed.KIND,
    ReadingRecorded.KIND,
    WarningRaised.KIND,
    WarningResponded.KIND,
    MonitoringEnded.KIND,
)
NEXT_KINDS = (MonitoringDeclared.KIND, ReadingRecorded.KIND, DutyOverdue.KIND)
RETIRED_KINDS = (RiskRetired.KIND,)


def monitoring_duty(record: Record) -> Asked:
    """Plan, readings and first responses are owed, answered by what is recorded, and dropped when monitoring ends."""
    body, event, risk = record.scope, record.event, record.stream.rsplit("/", 1)[1]
    on = day_of(record.recorded_at)
    match event:
        case MonitoringDeclared() if event.plan_by is not None:
            duty = plan_duty(risk, event.since)
            return [_raised(body, duty, PLAN, risk, event.plan_owed_by, event.plan_by, event.citation)]
        case EmergencyPlanFiled() if event.answers is not None:
            duty = plan_duty(risk, event.answers)
            return [(duty, AnswerDuty(body, duty, event.filed_by, on))]
        case ReadingOwed():
            duty = reading_duty(risk, event.first)
            owed = (RULE, risk, event.owed_by, event.last, event.citation, event.first)
            answered = (
                [] if event.read_by is None else [(f"{duty}/read", AnswerDuty(body, duty, event.read_by, on))]
            )
            return [_raised(body, duty, *owed), *answered]
        case ReadingRecorded() if event.first is not None:
            duty = reading_duty(risk, event.first)
            return [(duty, AnswerDuty(body, duty, event.read_by, on))]
        case WarningRaised():
            duty = response_duty(risk, event.warning)
            return [_raised(body, duty, RESPONSE, risk, event.owed_by, event.respond_by, event.citation)]
        case WarningResponded() if event.first:
            duty = response_duty(risk, event.warning)
            return [(duty, AnswerDuty(body, duty, event.responded_by, on))]
        case MonitoringEnded():
            reading = [] if event.owed_first is None else [reading_duty(risk, event.owed_first)]
            plan = [] if event.plan_owed is None else [plan_duty(risk, event.plan_owed)]
            return [(duty, DropDuty(body, duty, event.ended_by, event.reason)) for duty in (*reading, *plan)]
        case _:
            return []


def next_reading(record: Record) -> Asked:
    """The first period is owed from the declaration on; each later one when the one before was read or has passed."""
    body, event, code = record.scope, record.event, record.stream.rsplit("/", 1)[1]
    match event:
        case MonitoringDeclared():
            return [(code, OweReading(body, code, event.since))]
        case ReadingRecorded(last=str() as last):
            return [(code, OweReading(body, code, day_after(last)))]
        case DutyOverdue() if code.startswith(DUTY_OF_READING):
            return [(risk_of(code), OweReading(body, risk_of(code), day_after(event.due)))]
        case _:
            return []


def retired_risk(record: Record) -> Asked:
    """A risk that was retired is not monitored any more."""
    event, risk = record.event, record.stream.rsplit("/", 1)[1]
    if not isinstance(event, RiskRetired):
        return []
    return [(risk, CloseMonitoring(record.scope, risk, record.by, event.reason))]


def _raised(
    body: str,
    duty: str,
    rule: str,
    risk: str,
    owed_by: str,
    due: Day,
    citation: Citation | None,
    first: Day | None = None,
) -> tuple[str, Command]:
    raised = RaiseDuty(
        body,
        duty,
        rule,
        "risk",
        risk,
        owed_by,
        due,
        citation,
        owed_as="role",
        period=first or "",
        closes=None if first is None else due,
        follows_record=True,
    )
    return duty, raised

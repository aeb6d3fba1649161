"""What follows from a change elsewhere: every risk's assessment is a duty, and what was stopped starts as a change."""

from __future__ import annotations

from domain.change_kinds import RESTARTING
from domain.change_measures import RULE as MEASURES
from domain.change_measures import measures_code
from domain.change_scope import ScopeEntry
from domain.change_state import reassessment_code, restart_code
from domain.change_touched import RULE, ChangedRiskSettled, ExcludedFromChange, RisksTaken
from domain.changes import RESUMES, ChangeClosed, ChangeEnded, ChangeResolved, ReportChange
from domain.duty_answer import AnswerDuty
from domain.duty_ending import DropDuty
from domain.duty_raising import RaiseDuty
from domain.language import Command, day_of
from domain.records import Record
from domain.stops import StopReleased

DUTY_KINDS = (
    ChangeResolved.KIND,
    RisksTaken.KIND,
    ExcludedFromChange.KIND,
    ChangedRiskSettled.KIND,
    ChangeClosed.KIND,
)
RESTART_KINDS = (ChangeEnded.KIND, StopReleased.KIND)
RETIRED = "风险已停用 / the risk was retired"


def reassessment_duty(record: Record) -> list[tuple[str, Command]]:
    """One duty for each risk reached or taken; answered by its assessment, dropped with the reason it was left out.

    When the change is closed, one for its measures.
    """
    body, event, change = record.scope, record.event, record.stream.rsplit("/", 1)[1]
    match event:
        case ChangeResolved() if not event.proposed:
            return [_raised(body, change, one.risk, event) for one in event.risks]
        case RisksTaken():
            return [_raised(body, change, risk, event) for risk in event.risks]
        case ExcludedFromChange() if event.owed:
            return [_dropped(body, change, event.risk, event.excluded_by, event.reason)]
        case ChangedRiskSettled() if event.owed:
            if event.how == "retired":
                return [_dropped(body, change, event.risk, event.done_by, RETIRED)]
            duty = reassessment_code(change, event.risk)
            return [(duty, AnswerDuty(body, duty, event.done_by, event.recorded_on))]
        case ChangeClosed():
            left = [_dropped(body, change, risk, event.closed_by, event.reason) for risk in event.left]
            return [*left, *_measures(body, change, event)]
        case _:
            return []


def _measures(body: str, change: str, event: ChangeClosed) -> list[tuple[str, Command]]:
    """What the assessments ask for: one duty for the change, answered by a person who says what was done."""
    if event.measures_due is None:
        return []
    duty = measures_code(change)
    terms = (event.measures_by, event.measures_due, event.citation)
    return [(duty, RaiseDuty(body, duty, MEASURES, "change", change, *terms, owed_as="role"))]


def _raised(body: str, change: str, risk: str, event: ChangeResolved | RisksTaken) -> tuple[str, Command]:
    duty = reassessment_code(change, risk)
    raised = RaiseDuty(
        body,
        duty,
        RULE,
        "risk",
        risk,
        event.owed_by,
        event.due,
        event.citation,
        owed_as="role",
        follows_record=True,
    )
    return duty, raised


def _dropped(body: str, change: str, risk: str, by: str, reason: str) -> tuple[str, Command]:
    duty = reassessment_code(change, risk)
    return duty, DropDuty(body, duty, by, reason)


def restart(record: Record) -> list[tuple[str, Command]]:
    """The end of an overhaul, and a stop's release, is a change of its own: what stood still runs again."""
    body, event, code = record.scope, record.event, record.stream.rsplit("/", 1)[1]
    match event:
        case ChangeEnded() if event.kind in RESTARTING:
            change, why, cause = restart_code(code), event.reason, f"{RESUMES}{code}"
            scope = tuple(
                ScopeEntry("everything") if one.kind == "everything" else _entry(one.kind, one.code)
                for one in event.scope
            )
            day = day_of(event.ended_at)
        case StopReleased():
            change, why, cause = restart_code(code, event.stop), event.made_safe, f"stop:{code}.{event.stop}"
            scope = (_entry("unit", code),)
            day = day_of(event.released_at)
        case _:
            return []
    what = f"恢复生产 / restart: {why}"[:4000]
    return [(change, ReportChange(body, change, "restart", what, scope, day, None, cause))]


def _entry(kind: str, code: str) -> ScopeEntry:
    return ScopeEntry(kind, code)  # type: ignore[arg-type]  # a recorded scope holds only kinds that were given

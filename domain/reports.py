"""A report to the authority: compiled at a record, approved by somebody else, submitted, acknowledged or returned.

What a report says is pinned when it is compiled: the last record that it knows, the day of which it speaks, the
template, the rule as cited then, and the hashes of what was rendered. So it can be rendered again, byte for byte,
whatever is recorded later; it is never edited, a correction is an addendum (YT Art. 16).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.duties import DUTY, Duty
from domain.independence import need_independent
from domain.labels import Term, Thing
from domain.language import (
    Code,
    Command,
    Day,
    DayOf,
    Event,
    Hash,
    Number,
    Remark,
    Title,
    Words,
    but,
    day_of,
    days_late,
)
from domain.refused import BeforePredecessor, Incomplete, OutOfTurn, Unfit, UnknownThing
from domain.refused_reports import ToldTooEarly
from domain.report_duties import duties_of
from domain.report_periods import ReportKind, due_day, report_code, span, told_from
from domain.rule_adoption import find_rule
from domain.rulebook import Citation, Rulebook

Recipient = Literal["supervising_department", "sector_department", "sub_district"]
"""Whom YT Art. 16 names; one of them is enough."""


@dataclass(frozen=True)
class CompileReport(Command):
    """Compile the report of a period as true on a day and as known by a record; give it again while not submitted.

    ``content`` is the hash of the report as JSON, ``html_zh`` and ``html_en`` those of the printed forms; ``citation``
    is the rule as it binds the body, None where none does, ``recipients`` whom it names. The verb ``report compile``
    fills them in.
    """

    body: Code
    kind: ReportKind
    period: Code
    position: int
    as_of: DayOf
    template: Code
    content: Hash
    html_zh: Hash
    html_en: Hash
    figures: dict[Code, Number] | None = None
    citation: Citation | None = None
    recipients: tuple[Code, ...] = ()


@dataclass(frozen=True)
class ApproveReport(Command):
    """Approve the report as it was compiled last; whoever compiled it may not."""

    body: Code
    report: Code
    remark: Remark = ""


@dataclass(frozen=True)
class SubmitReport(Command):
    """The approved report was handed in; ``reference`` says how or under which number."""

    body: Code
    report: Code
    to: Recipient
    reference: Title


@dataclass(frozen=True)
class AcknowledgeReport(Command):
    """The recipient took the report; ``receipt`` is its own number or note."""

    body: Code
    report: Code
    acknowledged_by: Title
    receipt: Title


@dataclass(frozen=True)
class ReturnReport(Command):
    """Send the report back with reasons: inside the body before it is handed in, or by the recipient after that."""

    body: Code
    report: Code
    returned_by: Title
    reason: Words


@dataclass(frozen=True)
class Correction:
    """One figure that was wrong: what it said and what it should say."""

    figure: Title
    was: Remark
    now: Words


@dataclass(frozen=True)
class CorrectReport(Command):
    """Add an addendum to a report that was handed in; the report itself stays as it is."""

    body: Code
    report: Code
    reason: Words
    corrections: tuple[Correction, ...]


@dataclass(frozen=True)
class ReportCompiled(Event):
    """``position`` is the last record that the report knows, ``as_of`` the day at whose end its state is told."""

    KIND = "report-compiled.1"
    kind: str
    period: str
    first: str
    last: str
    edition: int
    position: int
    as_of: str
    template: str
    content: str
    html_zh: str
    html_en: str
    figures: Mapping[str, str]
    due: str | None
    citation: Citation | None
    recipients: tuple[str, ...]
    compiled_by: tuple[str, ...]


@dataclass(frozen=True)
class ReportApproved(Event):
    KIND = "report-approved.1"
    edition: int
    compiled_by: tuple[str, ...]
    remark: str


@dataclass(frozen=True)
class ReportSubmitted(Event):
    """``days_late`` counts natural days from the due day to the day it happened; None where no day is known.

    ``as_of`` and ``position`` are the last day and the last record of which the edition tells.
    """

    KIND = "report-submitted.1"
    edition: int
    to: str
    reference: str
    due: str | None
    days_late: int | None
    duties: tuple[str, ...]
    as_of: str
    position: int


@dataclass(frozen=True)
class ReportAcknowledged(Event):
    KIND = "report-acknowledged.1"
    edition: int
    acknowledged_by: str
    receipt: str


@dataclass(frozen=True)
class ReportReturned(Event):
    """``duties`` are those that the submission had answered and that are owed again."""

    KIND = "report-returned.1"
    edition: int
    returned_by: str
    reason: str
    duties: tuple[str, ...]


@dataclass(frozen=True)
class ReportCorrected(Event):
    KIND = "report-corrected.1"
    addendum: int
    edition: int
    reason: str
    corrections: tuple[Correction, ...]


ReportCommand = (
    CompileReport | ApproveReport | SubmitReport | AcknowledgeReport | ReturnReport | CorrectReport
)
ReportEvent = (
    ReportCompiled | ReportApproved | ReportSubmitted | ReportAcknowledged | ReportReturned | ReportCorrected
)


@dataclass(frozen=True)
class Report:
    """``compiled_by`` are those who compiled the last edition; ``duties`` those that a submission answered."""

    step: str = "unknown"
    edition: int = 0
    kind: str = ""
    period: str = ""
    due: Day | None = None
    as_of: Day = ""
    position: int = 0
    compiled_by: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    addenda: int = 0


BEFORE: dict[type[Command], tuple[str, ...]] = {
    CompileReport: ("unknown", "compiled", "approved", "returned"),
    ApproveReport: ("compiled",),
    SubmitReport: ("approved",),
    AcknowledgeReport: ("submitted",),
    ReturnReport: ("compiled", "approved", "submitted", "acknowledged"),
    CorrectReport: ("submitted", "acknowledged"),
}
"""At which step each command may come."""


def evolve(state: Report, event: ReportEvent) -> Report:
    match event:
        case ReportCompiled():
            named = but(state, kind=event.kind, period=event.period, due=event.due)
            named = but(named, as_of=event.as_of, position=event.position)
            return but(named, step="compiled", edition=event.edition, compiled_by=event.compiled_by)
        case ReportApproved():
            return but(state, step="approved")
        case ReportSubmitted():
            return but(state, step="submitted", duties=event.duties)
        case ReportAcknowledged():
            return but(state, step="acknowledged")
        case ReportReturned():
            return but(state, step="returned", duties=())
        case ReportCorrected():
            return but(state, addenda=event.addendum)


def decide(command: ReportCommand, state: Report, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses what comes out of turn, a period that does not fit or has not begun, and approval by the compiler."""
    need_body(facts, command.body)
    code = place(command)[1]
    what = Thing("periodic_report", code)
    if state.step == "unknown" and not isinstance(command, CompileReport):
        raise UnknownThing(kind=Term("periodic_report"), code=code, body=command.body)
    if state.step not in BEFORE[type(command)]:
        needs = [Term(step) for step in BEFORE[type(command)]]
        raise OutOfTurn(what=what, step=Term(state.step), command=type(command).__name__, needs=needs)
    if facts.at < facts.previous_at:
        raise BeforePredecessor(what=what, previous=facts.previous_at, at=facts.at)
    match command:
        case CompileReport():
            return [_compiled(command, state, facts, rules)]
        case ApproveReport():
            need_independent(facts, command, what, compiler=state.compiled_by)
            return [ReportApproved(state.edition, state.compiled_by, command.remark)]
        case SubmitReport():
            return [_submitted(command, state, facts, rules)]
        case AcknowledgeReport():
            return [ReportAcknowledged(state.edition, command.acknowledged_by, command.receipt)]
        case ReturnReport():
            return [ReportReturned(state.edition, command.returned_by, command.reason, state.duties)]
        case CorrectReport():
            if not command.corrections:
                raise Incomplete(what=what, missing=[Term("corrections")])
            number = state.addenda + 1
            return [ReportCorrected(number, state.edition, command.reason, command.corrections)]


def _compiled(command: CompileReport, state: Report, facts: Facts, rules: Rulebook) -> ReportCompiled:
    first, last = span(command.kind, command.period)
    told, today = Thing("periodic_report", report_code(command.kind, command.period)), day_of(facts.at)
    latest = min(last, today)
    if not first <= command.as_of <= latest:
        raise Unfit(given=command.as_of, what=told, allowed=[f"{first} … {latest}"])
    if command.position < 1:
        raise Unfit(given=command.position, what=told, allowed=["≥ 1"])
    found = find_rule(facts, rules, command.kind, command.body, last)
    citation = None if found is None else found[1]
    if command.citation != citation:
        allowed = Term("no_rule_asks") if citation is None else f"{citation.version} ({citation.standing})"
        given = Term("no_rule_asks") if command.citation is None else command.citation.version
        raise Unfit(given=given, what=told, allowed=[allowed])
    recipients = () if found is None else tuple(str(one) for one in found[0].value.get("to", ()))
    if command.recipients != recipients:
        raise Unfit(given=list(command.recipients), what=told, allowed=list(recipients))
    return ReportCompiled(
        command.kind,
        command.period,
        first,
        last,
        state.edition + 1,
        command.position,
        command.as_of,
        command.template,
        command.content,
        command.html_zh,
        command.html_en,
        command.figures or {},
        None if found is None else due_day(found[0], first, last),
        citation,
        command.recipients,
        facts.actors,
    )


def _submitted(command: SubmitReport, state: Report, facts: Facts, rules: Rulebook) -> ReportSubmitted:
    """Late is what comes after the earliest day of the duties that it answers, or else after the rule's own day.

    Refuses an edition that ends long before its period. Where no rule binds the body, the last shipped wording says so.
    """
    last = span(state.kind, state.period)[1]
    found = find_rule(facts, rules, state.kind, command.body, last)
    wordings = rules.wordings.get(state.kind, ()) if found is None else (found[0],)
    earliest = told_from(wordings[-1], last) if wordings else None
    if earliest is not None and state.as_of < earliest:
        what = Thing("periodic_report", command.report)
        raise ToldTooEarly(what=what, edition=state.edition, as_of=state.as_of, last=last, earliest=earliest)

    def held(duty: Code) -> Duty:
        return facts.of(DUTY, command.body, duty)

    raised = duties_of(command.body, state.kind, state.period, lambda duty: held(duty).step != "unknown")
    raised = tuple(duty for duty in raised if held(duty).is_open) or raised
    due = min((held(duty).due for duty in raised), default=state.due)
    late = None if due is None else days_late(due, day_of(facts.at))
    said = (state.edition, command.to, command.reference, due, late)
    return ReportSubmitted(*said, raised, state.as_of, state.position)


def place(command: ReportCommand) -> tuple[str, str]:
    if isinstance(command, CompileReport):
        return command.body, report_code(command.kind, command.period)
    return command.body, command.report


REPORT: Decider[Report] = Decider(
    name="report",
    initial=Report(),
    evolve=evolve,
    decide=decide,
    events=(
        ReportCompiled,
        ReportApproved,
        ReportSubmitted,
        ReportAcknowledged,
        ReportReturned,
        ReportCorrected,
    ),
    commands=(CompileReport, ApproveReport, SubmitReport, AcknowledgeReport, ReturnReport, CorrectReport),
    place=place,
    keyed=True,
)

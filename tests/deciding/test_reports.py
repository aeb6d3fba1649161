"""A report is compiled at a record, approved by somebody else, handed in, and never edited."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.duties import DUTY, AnswerDuty, DutyRaised, ResumeDuty
from domain.labels import Thing
from domain.language import Event
from domain.records import Record
from domain.refused import (
    BeforePredecessor,
    Incomplete,
    NotIndependent,
    OutOfTurn,
    Unfit,
    UnknownThing,
)
from domain.refused_reports import ToldTooEarly
from domain.report_duties import duties_of
from domain.report_periods import span, told_from
from domain.report_policy import report_duty
from domain.reports import (
    CompileReport,
    Correction,
    CorrectReport,
    ReportAcknowledged,
    ReportApproved,
    ReportCorrected,
    ReportReturned,
    ReportSubmitted,
)
from domain.rule_adoption import ADOPTED, RulePackAdopted
from tests.deciding.given import BODY, Given, example, given, happened, on

REPORT = "major-risk-report.2026-02"
WHAT = Thing("periodic_report", REPORT)
DUTY_CODE = f"major-risk-report.{BODY}.2026-02"
MONTHLY, QUARTERLY = "major-risk-report", "risk-list-report"
MARCH = "2026-03-24T09:00+08:00"
LATER = "2026-03-25T09:00+08:00"
YANTIAN = RulePackAdopted("yantian-2021", "1", "Yantian", "law", "2026-01-06", "2024-10-31", ())


def then(event: Event) -> Any:
    return on(MARCH, event)


COMPILED = then(happened("report-compiled"))
APPROVED = then(happened("report-approved"))
SUBMITTED = then(happened("report-submitted"))
ACKNOWLEDGED = then(happened("report-acknowledged"))


def owing(*own: Any, due: str = "2026-02-28") -> Given:
    raised = DutyRaised("major-risk-report", "body", BODY, "P-SAFETY", due, None)
    return given(*own).knowing(DUTY, BODY, DUTY_CODE, holds=[raised])


# --- compiling


def test_a_report_pins_record_day_template_and_hashes() -> None:
    decided = given().when(example("CompileReport"), at=MARCH).only
    assert decided == happened("report-compiled")
    assert (decided.first, decided.last) == ("2026-02-01", "2026-02-28")


@pytest.mark.parametrize("as_of", ["2026-01-31", "2026-03-01"])
def test_the_day_that_it_tells_lies_inside_the_period(as_of: str) -> None:
    given().when(example("CompileReport", as_of=as_of), at=MARCH).then(Unfit, given=as_of)


def test_a_report_of_a_month_that_goes_on_tells_no_day_that_has_not_come() -> None:
    early = example("CompileReport", period="2026-03", as_of="2026-03-31")
    given().when(early, at=MARCH).then(Unfit, allowed=["2026-03-01 … 2026-03-24"])
    given().when(example("CompileReport", period="2026-03", as_of="2026-03-24"), at=MARCH).accepted()


@pytest.mark.parametrize(
    ("kind", "period"),
    [
        ("major-risk-report", "2026-13"),
        ("major-risk-report", "2026-Q1"),
        ("risk-list-report", "2026-02"),
        ("risk-list-report", "2026-Q5"),
        ("risk-list-update-notice", "2026-02"),
        ("risk-list-update-notice", "2026-02-30"),
        ("risk-list-update-notice", "2026-03-05_2026-03-05"),
        ("risk-list-update-notice", "2026-03-05_2026-03-04"),
        ("major-risk-report", "9999-12"),
    ],
)
def test_a_period_fits_its_kind_of_report(kind: Any, period: str) -> None:
    given().when(example("CompileReport", kind=kind, period=period), at=MARCH).then(Unfit, given=period)


def test_a_period_has_its_first_and_its_last_day() -> None:
    assert span("major-risk-report", "2024-02") == ("2024-02-01", "2024-02-29")
    assert span("major-risk-report", "2026-12") == ("2026-12-01", "2026-12-31")
    assert span("risk-list-report", "2026-Q4") == ("2026-10-01", "2026-12-31")
    assert span("risk-list-update-notice", "2026-03-05") == ("2026-03-05", "2026-03-05")
    assert span("risk-list-update-notice", "2026-02-28_2026-03-02") == ("2026-02-28", "2026-03-02")


def test_the_rule_is_cited_as_it_binds_and_no_other_citation_is_taken() -> None:
    bound = given().knowing(ADOPTED, BODY, holds=[YANTIAN])
    refused = bound.when(example("CompileReport"), at=MARCH)
    refused.then(Unfit, given="no_rule_asks")
    law = bound.rules.version("major-risk-report", "yantian-2021")
    assert law is not None
    citation = law.citation("adopted; expired 2024-10-31")
    to = ("supervising_department", "sector_department", "sub_district")
    decided = bound.when(example("CompileReport", citation=citation, recipients=to), at=MARCH).only
    assert decided.citation == citation
    bound.when(example("CompileReport", citation=citation), at=MARCH).then(Unfit, given=[])
    assert decided.due == "2026-02-28", "the text names no day; the last one is the latest it can mean"
    given().when(example("CompileReport", citation=citation), at=MARCH).then(Unfit, given="yantian-2021")


@pytest.mark.parametrize("step", [(), (COMPILED,), (COMPILED, APPROVED)])
def test_a_report_may_be_compiled_anew_until_it_is_handed_in(step: Any) -> None:
    assert given(*step).when(example("CompileReport"), at=LATER).only.edition == (2 if step else 1)


@pytest.mark.parametrize("end", [(SUBMITTED,), (SUBMITTED, ACKNOWLEDGED)])
def test_what_was_handed_in_is_not_compiled_again_unless_it_was_sent_back(end: Any) -> None:
    handed_in = (COMPILED, APPROVED, *end)
    given(*handed_in).when(example("CompileReport"), at=LATER).then(OutOfTurn, what=WHAT)
    back = then(happened("report-returned"))
    assert given(*handed_in, back).when(example("CompileReport"), at=LATER).only.edition == 2


# --- approving


def test_another_person_approves_it() -> None:
    given(COMPILED).when(example("ApproveReport"), by="P-PRINCIPAL", at=MARCH).then(
        ReportApproved(1, ("P-SAFETY",), "数据已核对")
    )


def test_who_compiled_it_may_not_approve_it() -> None:
    given(COMPILED).when(example("ApproveReport"), by="P-SAFETY", at=MARCH).then(
        NotIndependent, person="P-SAFETY", part="compiler", what=WHAT
    )


def test_nor_may_anybody_approve_on_behalf_of_the_compiler_or_the_compiler_for_somebody() -> None:
    asked = example("ApproveReport")
    given(COMPILED).when(asked, by="P-PRINCIPAL", at=MARCH, on_behalf_of="P-SAFETY").then(NotIndependent)
    given(COMPILED).when(asked, by="P-SAFETY", at=MARCH, on_behalf_of="P-PRINCIPAL").then(NotIndependent)
    both = then(happened("report-compiled", compiled_by=("P-TEAM", "P-PRINCIPAL")))
    given(both).when(asked, by="P-PRINCIPAL", at=MARCH).then(NotIndependent, person="P-PRINCIPAL")


def test_an_approval_holds_for_the_edition_that_was_seen() -> None:
    again = then(happened("report-compiled", edition=2, compiled_by=("P-PRINCIPAL",)))
    given(COMPILED, APPROVED, again).when(example("SubmitReport"), at=LATER).then(OutOfTurn, step="compiled")
    given(COMPILED, APPROVED, again).when(example("ApproveReport"), by="P-PRINCIPAL", at=LATER).then(
        NotIndependent
    )


# --- handing in


def test_a_report_that_nobody_approved_is_not_handed_in() -> None:
    given(COMPILED).when(example("SubmitReport"), at=MARCH).then(
        OutOfTurn, step="compiled", needs=["approved"]
    )


def test_a_report_handed_in_late_is_late_by_so_many_days() -> None:
    late = owing(COMPILED, APPROVED).when(example("SubmitReport"), at=MARCH)
    said = ("sub_district", "街道安监办窗口递交", "2026-02-28", 24, (DUTY_CODE,))
    compiled = happened("report-compiled")
    late.then(ReportSubmitted(1, *said, compiled.as_of, compiled.position))
    in_time = owing(COMPILED, APPROVED, due="2026-03-24").when(example("SubmitReport"), at=MARCH).only
    assert in_time.days_late == 0


@pytest.mark.rule("major-risk-report")
@pytest.mark.parametrize(
    ("kind", "period", "last"), [(MONTHLY, "2026-03", "2026-03-31"), (QUARTERLY, "2026-Q1", "2026-03-31")]
)
@pytest.mark.parametrize("adopted", [True, False])
def test_an_edition_that_ends_at_the_beginning_of_its_period_is_not_handed_in(
    kind: str, period: str, last: str, adopted: bool
) -> None:
    code = f"{kind}.{BODY}.{period}"
    raised = DutyRaised(kind, "body", BODY, "P-SAFETY", last, None)
    asked = example("SubmitReport", report=f"{kind}.{period}")
    rules = [YANTIAN] if adopted else []

    def told(as_of: str) -> Given:
        compiled = on(
            f"{as_of}T09:00+08:00",
            happened("report-compiled", kind=kind, period=period, as_of=as_of, last=last),
        )
        approved = on(f"{as_of}T10:00+08:00", happened("report-approved"))
        return (
            given(compiled, approved)
            .knowing(DUTY, BODY, code, holds=[raised])
            .knowing(ADOPTED, BODY, holds=rules)
        )

    for early in ("2026-03-05", "2026-03-24"):
        refused = told(early).when(asked, at=f"{early}T11:00+08:00")
        refused.then(ToldTooEarly, as_of=early, last=last, earliest="2026-03-25")
    for near in ("2026-03-25", "2026-03-31"):
        assert told(near).when(asked, at=f"{near}T11:00+08:00").only.duties == (code,)
    told("2026-03-05").when(asked, at="2026-04-02").then(ToldTooEarly)


def test_a_rule_of_ones_own_may_leave_open_until_when_a_report_tells() -> None:
    wording = given().rules.wordings[MONTHLY][-1]
    assert told_from(wording, "2024-02-29") == "2024-02-23"
    value = {key: one for key, one in wording.value.items() if key != "last_days"}
    assert told_from(replace(wording, value=value), "2024-02-29") is None


def test_without_a_duty_the_rule_s_own_day_counts() -> None:
    compiled = then(happened("report-compiled", due="2026-03-20"))
    decided = given(compiled, APPROVED).when(example("SubmitReport"), at=MARCH).only
    assert (decided.due, decided.days_late, decided.duties) == ("2026-03-20", 4, ())


KIND, DAYS = "risk-list-update-notice", "2026-03-05_2026-03-07"
NOTICE = then(happened("report-compiled", kind=KIND, period=DAYS))


def test_a_notice_that_joins_updates_is_measured_by_the_earliest_and_answers_what_was_raised() -> None:
    state = given(NOTICE, APPROVED)
    duties = (f"{KIND}.{BODY}.2026-03-05", f"{KIND}.{BODY}.2026-03-07")
    for duty, due in zip(duties, ("2026-03-08", "2026-03-10"), strict=True):
        raised = DutyRaised(KIND, "body", BODY, "P-SAFETY", due, None)
        state = state.knowing(DUTY, BODY, duty, holds=[raised])
    decided = state.when(example("SubmitReport", report=f"{KIND}.{DAYS}"), at=MARCH).only
    assert (decided.due, decided.days_late, decided.duties) == ("2026-03-08", 16, duties)


def test_it_is_acknowledged_with_the_recipient_s_own_number() -> None:
    given(COMPILED, APPROVED, SUBMITTED).when(example("AcknowledgeReport"), at=MARCH).then(
        ReportAcknowledged(1, "街道安监办", "签收编号 2026-0311")
    )


def test_a_report_sent_back_names_the_duties_that_are_owed_again() -> None:
    submitted = then(happened("report-submitted", duties=(DUTY_CODE,)))
    given(COMPILED, APPROVED, submitted).when(example("ReturnReport"), at=LATER).then(
        ReportReturned(1, "街道安监办", "请补充管控效果的具体数据", (DUTY_CODE,))
    )
    given(COMPILED).when(example("ReturnReport"), at=LATER).then(
        ReportReturned(1, "街道安监办", "请补充管控效果的具体数据", ())
    )


@pytest.mark.parametrize(
    "name", ["ApproveReport", "SubmitReport", "AcknowledgeReport", "ReturnReport", "CorrectReport"]
)
def test_a_report_that_was_never_compiled_takes_no_step(name: str) -> None:
    given().when(example(name), at=MARCH).then(UnknownThing, kind="periodic_report", code=REPORT)


def test_no_step_comes_before_its_predecessor() -> None:
    given(COMPILED).when(example("ApproveReport"), by="P-PRINCIPAL", at="2026-03-01").then(BeforePredecessor)


# --- correcting


def test_a_correction_is_an_addendum_that_counts_on() -> None:
    handed_in = (COMPILED, APPROVED, SUBMITTED)
    one = given(*handed_in).when(example("CorrectReport"), at=LATER).only
    assert one == happened("report-corrected")
    assert given(*handed_in, then(one)).when(example("CorrectReport"), at=LATER).only.addendum == 2


def test_an_addendum_says_what_it_corrects_and_comes_after_the_report() -> None:
    empty = CorrectReport(BODY, REPORT, "why", ())
    given(COMPILED, APPROVED, SUBMITTED).when(empty, at=LATER).then(Incomplete, missing=["corrections"])
    given(COMPILED, APPROVED).when(example("CorrectReport"), at=LATER).then(OutOfTurn)


# --- the duty


def record(event: Event, at: str = "2026-03-24T01:00:00.000000Z") -> Record:
    stream = f"report/{BODY}/{REPORT}"
    return Record(9, stream, 3, event.KIND, BODY, "P-SAFETY", "os-local", at, at, "id", event)


@pytest.mark.clause("YT-16c")
def test_handing_in_answers_the_duty_and_sending_back_makes_it_owed_again() -> None:
    submitted = happened("report-submitted", duties=(DUTY_CODE,))
    assert report_duty(record(submitted)) == [
        (DUTY_CODE, AnswerDuty(BODY, DUTY_CODE, "P-SAFETY", "2026-03-24"))
    ]
    returned = happened("report-returned", duties=(DUTY_CODE,))
    assert report_duty(record(returned)) == [(DUTY_CODE, ResumeDuty(BODY, DUTY_CODE, "P-SAFETY"))]
    assert report_duty(record(happened("report-approved"))) == []


def test_a_code_of_a_report_says_kind_and_period() -> None:
    asked: CompileReport = example("CompileReport")
    assert f"{asked.kind}.{asked.period}" == REPORT
    assert ReportCorrected.KIND == "report-corrected.1"
    assert Correction("a", "1", "2").now == "2"


def test_a_notice_answers_every_notice_that_its_days_were_raised_and_no_other() -> None:
    kind, body = "risk-list-update-notice", BODY
    raised = {f"{kind}.{body}.{one}" for one in ("2026-05-05", *(f"2026-05-05.{n}" for n in range(2, 6)))}
    assert set(duties_of(body, kind, "2026-05-05", raised.__contains__)) == raised
    assert duties_of(body, kind, "2026-05-06", raised.__contains__) == ()

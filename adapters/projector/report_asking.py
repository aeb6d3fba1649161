"""The question about reports; a part of the index of questions."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from adapters.projector.asking import OfBodies, Question, Row
from adapters.projector.projector import Projector
from domain.report_periods import ReportKind
from projections.reports import REPORTS, report_list


class OfReports(OfBodies):
    kind: ReportKind | None = Field(None, description="报告类别 / kind of report")
    report: str | None = Field(None, max_length=64, description="报告编号 / report")
    editions: bool = Field(False, description="包括以前各稿 / earlier editions too")


def _reports(projector: Projector, given: OfReports) -> list[Row]:
    with projector.reader(REPORTS.name) as (connection, tables):
        return report_list(connection, tables, given.body, given.kind, given.report, given.editions)


REPORT_QUESTIONS: tuple[Question[Any], ...] = (
    Question("report-list", OfReports, (REPORTS.name,), _reports, {"body": "KS-01"}),
)

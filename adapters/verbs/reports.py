"""Verbs for reports to the authority: compiled, approved by another person, handed in, explained figure by figure."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.history import history_verb
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import given
from domain.labels import Lang
from domain.report_periods import KINDS
from domain.reports import AcknowledgeReport, ApproveReport, CorrectReport, ReturnReport, SubmitReport

KIND = click.Option(["--kind"], type=click.Choice(KINDS))


def reports(lang: Lang) -> click.Group:
    noun = Noun("report", lang=lang, help="报送报告" if lang == "zh" else "reports to the authority")
    add_command(
        noun, "approve", ApproveReport, "审批（编制人不得审批）", "approve a report; not by who compiled it"
    )
    add_command(noun, "submit", SubmitReport, "报送", "say that the approved report was handed in")
    add_command(noun, "acknowledge", AcknowledgeReport, "记录签收", "the recipient took it")
    add_command(noun, "return", ReturnReport, "退回并说明原因", "send it back with reasons")
    add_command(noun, "correct", CorrectReport, "作更正说明", "correct a figure by an addendum")

    @noun.verb(
        "list",
        "报告及其进度",
        "the reports and how far each has come",
        [
            click.Option(["--body"]),
            KIND,
            click.Option(["--report"]),
            click.Option(["--editions"], is_flag=True, default=None, help="earlier editions too"),
        ],
    )
    def list_reports(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "report-list", given(asked))
        columns = ("body", "report", "edition", "step", "as_of", "known_at", "compiled_by", "approved_by")
        show_rows(frame, rows, (*columns, "submitted_at", "due", "days_late", "acknowledged_by"))

    history_verb(noun, "report")
    return noun

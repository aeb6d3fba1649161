"""Verbs for the authorities' inspections: what they found and ordered, and the answer."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.history import history_verb
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import given
from domain.labels import Lang
from domain.visits import AnswerVisit, RecordVisit


def visits(lang: Lang) -> click.Group:
    noun = Noun("visit", lang=lang, help="监管部门监督检查" if lang == "zh" else "inspections by authorities")
    add_command(noun, "record", RecordVisit, "记录监督检查", "write down an authority's inspection")
    add_command(noun, "answer", AnswerVisit, "报告整改情况", "report what was put right")

    @noun.verb(
        "list",
        "监督检查及整改报告",
        "visits, orders and answers",
        [
            click.Option(["--body"]),
            click.Option(["--open-only"], is_flag=True, default=None, help="order not answered yet"),
        ],
    )
    def list_visits(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "visit-list", given(asked))
        columns = ("body", "code", "authority", "name", "kind", "visited_at", "finding_count", "interviewed")
        show_rows(frame, rows, (*columns, "order_due", "answered_at", "days_late", "days_late_recorded"))

    history_verb(noun, "visit")
    return noun

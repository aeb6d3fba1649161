"""Verbs for reports to the authority: compiled, approved by another person, handed in, explained figure by figure."""

from __future__ import annotations

import sys
from typing import Any

import click

from adapters.verbs.commanding import add_command, give_command
from adapters.verbs.frame import Frame, Noun, show_rows, write_json
from adapters.verbs.history import history_verb
from adapters.verbs.machine import answer_question
from adapters.verbs.report_papers import (
    PAPER,
    explained,
    rendered,
    schema_of,
    shown,
    told_edition,
    told_figures,
)
from adapters.verbs.risks import given
from domain.labels import Lang
from domain.report_periods import KINDS
from domain.reports import AcknowledgeReport, ApproveReport, CorrectReport, ReturnReport, SubmitReport

KIND = click.Option(["--kind"], type=click.Choice(KINDS))


def reports(lang: Lang) -> click.Group:
    noun = Noun("report", lang=lang, help="报送报告" if lang == "zh" else "reports to the authority")
    _compile(noun)
    add_command(
        noun, "approve", ApproveReport, "审批（编制人不得审批）", "approve a report; not by who compiled it"
    )
    add_command(noun, "submit", SubmitReport, "报送", "say that the approved report was handed in")
    add_command(noun, "acknowledge", AcknowledgeReport, "记录签收", "the recipient took it")
    add_command(noun, "return", ReturnReport, "退回并说明原因", "send it back with reasons")
    add_command(noun, "correct", CorrectReport, "作更正说明", "correct a figure by an addendum")
    _list(noun)
    _papers(noun)
    history_verb(noun, "report")
    return noun


def _compile(noun: Noun) -> None:
    @noun.verb(
        "compile",
        "编制一期报告（按现有记录计算并固定）",
        "compute the report of a period from the records so far, and pin it",
        [
            click.Option(["--body"], required=True),
            click.Option(["--kind"], type=click.Choice(KINDS), required=True),
            click.Option(
                ["--period"],
                required=True,
                metavar="PERIOD",
                help="2026-03, 2026-Q1, 2026-03-05[_2026-03-07]",
            ),
        ],
    )
    def compile_one(frame: Frame, body: str, kind: str, period: str) -> None:
        from adapters.border import moment_field
        from adapters.papers.compiling import compile_paper
        from adapters.verbs.needing import need_journal

        need_journal(frame)
        app = frame.app
        now = moment_field("--at", frame.at) or app.now()
        position = app.journal.head().size
        _, fields = compile_paper(app.journal, app.engine.rules, body, kind, period, position, now)
        frame.at = now
        give_command(frame, "CompileReport", fields)


def _list(noun: Noun) -> None:
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


def _papers(noun: Noun) -> None:
    @noun.verb(
        "show", "报告的进度、数据和更正说明", "how far a report has come, its figures, its addenda", PAPER
    )
    def show(frame: Frame, code: str, body: str | None, edition: int | None) -> None:
        told = shown(frame, code, body, edition)
        if frame.json:
            write_json(told)
            return
        frame.banner()
        for line in told_edition(frame, told["report"]):
            click.echo(line)
        show_rows(frame, told_figures(frame, told["figures"]), ("meaning", "value", "records", "figure"))
        for addendum in told["addenda"]:
            click.echo(frame.say("更正说明", "addendum") + f" {addendum['addendum']}: {addendum['reason']}")
            for one in addendum["corrections"]:
                click.echo(f"    {one['figure']}: {one['was']} -> {one['now']}")

    @noun.verb(
        "explain",
        "数据项所依据的记录",
        "the records behind a figure, or all figures with how many records stand behind each",
        [*PAPER, click.Option(["--figure"], metavar="KEY")],
    )
    def explain(frame: Frame, code: str, body: str | None, edition: int | None, figure: str | None) -> None:
        rows = explained(frame, code, body, edition, figure)
        if figure is not None:
            show_rows(frame, rows, ("position", "happened_at", "by", "sentence"))
        elif frame.json:
            write_json(rows)
        else:
            show_rows(frame, told_figures(frame, rows), ("meaning", "value", "records", "figure"))

    @noun.verb(
        "render",
        "重新生成报告（逐字节相同，核对指纹）",
        "the report again, byte for byte, checked against its hash",
        [
            *PAPER,
            click.Option(
                ["--addendum"], type=int, metavar="NUMBER", help="the addendum instead of the report"
            ),
            click.Option(["--format", "form"], type=click.Choice(["html", "json"]), default="html"),
            click.Option(["--out"], metavar="FILE", help="a file; default: standard output"),
        ],
    )
    def render(
        frame: Frame,
        code: str,
        body: str | None,
        edition: int | None,
        addendum: int | None,
        form: str,
        out: str | None,
    ) -> None:
        text = rendered(frame, code, body, edition, form, addendum)
        if out is None:
            buffer = getattr(sys.stdout, "buffer", None)
            if buffer is None:  # somebody caught the output as text
                click.echo(text.decode(), nl=False)
            else:
                buffer.write(text)
            return
        with click.open_file(out, "wb") as file:
            file.write(text)
        click.echo(out)

    @noun.verb(
        "shape",
        "报告 JSON 的格式（JSON Schema）",
        "the JSON Schema of a kind of report",
        [click.Option(["--kind"], type=click.Choice(KINDS), required=True)],
    )
    def shape(frame: Frame, kind: str) -> None:
        write_json(schema_of(kind))

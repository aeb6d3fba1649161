"""Verbs for inspections: rounds owed and made, their record with its evidence, and what was never looked at."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.field_words import field_word, value_word
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.history import history_verb
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import given
from domain.inspections import (
    AddToInspection,
    AnswerItems,
    CompleteInspection,
    PlanInspection,
    RecheckInspection,
    RecordRound,
    StartInspection,
)
from domain.labels import Lang

ONE = [click.Option(["--body"], required=True), click.Argument(["inspection"], metavar="CODE")]


def inspections(lang: Lang) -> click.Group:
    noun = Noun("inspection", lang=lang, help="检查" if lang == "zh" else "inspections")
    add_command(noun, "plan", PlanInspection, "安排一次检查", "somebody owes one round")
    add_command(noun, "start", StartInspection, "开始检查", "begin a round")
    add_command(noun, "answer", AnswerItems, "填写检查项", "answer items of a round")
    add_command(noun, "complete", CompleteInspection, "签字完成", "sign and complete a round")
    add_command(
        noun, "whole", RecordRound, "一次录入整次检查", "record a whole round at once, all or nothing"
    )
    add_command(noun, "add", AddToInspection, "补充记录（更正）", "an addendum to a completed inspection")
    add_command(noun, "recheck", RecheckInspection, "他人复核", "another person looks again")
    _lists(noun)
    _records(noun)
    history_verb(noun, "inspection")
    return noun


def _lists(noun: Noun) -> None:
    @noun.verb(
        "list",
        "检查记录",
        "inspections, owed and made",
        [
            click.Option(["--body"]),
            click.Option(["--since"], metavar="DAY", help="YYYY-MM-DD"),
            click.Option(["--until"], metavar="DAY", help="YYYY-MM-DD"),
            click.Option(["--checklist"]),
            click.Option(["--tier"]),
            click.Option(["--person"]),
            click.Option(["--step"], type=click.Choice(["planned", "started", "completed"])),
            click.Option(["--missed"], is_flag=True, default=None, help="not completed by their last day"),
            click.Option(["--code"]),
            click.Option(["--limit"], type=int),
        ],
    )
    def list_inspections(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "inspection-list", given(asked))
        columns = (
            "body",
            "code",
            "checklist",
            "tier",
            "standing",
            "owed_by",
            "due",
            "inspectors",
            "completed_at",
        )
        counts = ("item_count", "passed", "failed", "not_applicable", "not_looked_at")
        show_rows(frame, rows, (*columns, *counts, "missed", "days_late", "days_late_recorded", "rechecks"))

    @noun.verb(
        "coverage",
        "检查覆盖：从未查看的、逾期未查看的",
        "what was never looked at, or not in time; counted from registration",
        [
            click.Option(["--body"]),
            click.Option(["--never-only"], is_flag=True, default=None, help="never looked at"),
            click.Option(["--on"], metavar="DAY", help="YYYY-MM-DD"),
        ],
    )
    def show_coverage(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "coverage", given(asked))
        columns = ("body", "checklist", "item", "what", "unit", "risk", "control", "period", "registered_at")
        show_rows(frame, rows, (*columns, "last_at", "times", "never", "due", "days_late"))

    @noun.verb(
        "monthly",
        "各层级逐月检查情况",
        "who of each tier checked in a month, from the head to the team leaders",
        [click.Option(["--body"]), click.Option(["--month"], metavar="YYYY-MM")],
    )
    def monthly(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "monthly-checks", given(asked))
        show_rows(frame, rows, ("body", "month", "tier", "person", "inspections", "failed", "codes"))


def tell_around(frame: Frame, rows: list[dict[str, Any]], asked: dict[str, Any]) -> None:
    """What stands around the answers: how it was checked (NJ-061), who signed, and what was said later."""
    lang = frame.lang
    [head] = answer_question(frame, "inspection-list", {"body": asked["body"], "code": asked["inspection"]})
    for name in (
        "standing",
        "inspectors",
        "methods",
        "aspects",
        "examined",
        "place",
        "signed_by",
        "statement",
    ):
        if head[name]:
            colon = "：" if lang == "zh" else ": "
            click.echo(f"{field_word(name, lang)}{colon}{value_word(name, head[name], lang)}")
    later = {one["position"]: one for row in rows for one in row["later"]}
    for position, one in sorted(later.items()):
        kind = {"addendum": ("补充记录", "addendum"), "recheck": ("复核", "re-check")}[one["kind"]]
        said = f"{kind[lang != 'zh']} {value_word('at', one['at'], lang)} {one['by']}"
        verdict = f" {value_word('verdict', one['verdict'], lang)}" if one["verdict"] else ""
        record = frame.say(f"（记录 {position}）", f" (record {position})")
        click.echo(f"{said}{verdict}{frame.say('：', ': ')}{one['text']}{record}")


def _records(noun: Noun) -> None:
    @noun.verb("record", "检查记录及其证据链", "one inspection with its full chain of evidence", ONE)
    def record(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "inspection-record", given(asked))
        columns = (
            "item",
            "what",
            "unit",
            "risk",
            "control",
            "measure",
            "answer",
            "remark",
            "done_at",
            "place",
        )
        show_rows(
            frame, rows, (*columns, "answered_by", "evidence", "lacking", "hazard", "hazard_step", "position")
        )
        if not frame.json:
            tell_around(frame, rows, asked)

    @noun.verb(
        "compare",
        "与上一次检查比较",
        "one inspection beside the one before it",
        [*ONE, click.Option(["--before"], metavar="CODE")],
    )
    def compare(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "inspection-comparison", given(asked))
        show_rows(frame, rows, ("item", "unit", "risk", "control", "was", "answer", "change", "remark"))

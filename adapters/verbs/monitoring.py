"""Verbs for monitored risks: declared, planned for, read in every period, warned of, responded to."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.history import history_verb
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import given
from domain.labels import Lang
from domain.monitoring import DeclareMonitoring, EndMonitoring
from domain.monitoring_limits import DefineParameter, DropParameter
from domain.monitoring_plan import FileEmergencyPlan
from domain.monitoring_readings import GiveInformation, RecordReading, RespondToWarning

LISTS = (
    (
        "show",
        "monitor-readings",
        "监测记录",
        "the log: every reading with its values, or what was said",
        (
            "body",
            "risk",
            "reading",
            "read_at",
            "read_by",
            "recorded_at",
            "values",
            "standing",
            "missing",
            "remark",
        ),
    ),
    (
        "periods",
        "monitor-periods",
        "各监测期的完成情况",
        "which periods were read in time, and which were not",
        ("body", "risk", "first", "last", "standing", "read_at", "read_by", "recorded_at"),
    ),
    (
        "warnings",
        "monitor-warnings",
        "预警、先期处置和通报",
        "warnings, the first response and its delay, and who was told",
        (
            *("body", "risk", "warning", "standing", "crossed", "raised_at", "respond_by", "responded_at"),
            *("responded_by", "delay_minutes", "recorded_minutes", "late", "response", "ended_at"),
        ),
    ),
)
"""Verb, question, what it shows in both languages, columns."""


def monitor(lang: Lang) -> click.Group:
    noun = Noun("monitor", lang=lang, help="风险监测与应急处置" if lang == "zh" else "monitored risks")
    add_command(
        noun,
        "declare",
        DeclareMonitoring,
        "认定无法降低的重大风险，或纳入监测",
        "declare a risk irreducible, or put it under monitoring",
    )
    add_command(noun, "plan", FileEmergencyPlan, "编制应急处置方案", "file the emergency plan, by its hash")
    add_command(noun, "limit", DefineParameter, "确定监测参数和限值", "say what is measured, and its limits")
    add_command(noun, "drop", DropParameter, "不再监测某参数", "a parameter is not measured any more")
    add_command(noun, "read", RecordReading, "记录监测结果", "record a reading, or a remark")
    add_command(noun, "respond", RespondToWarning, "记录先期处置", "what was done because of a warning")
    add_command(noun, "inform", GiveInformation, "通报信息", "who was told, and of what")
    add_command(noun, "end", EndMonitoring, "结束监测（另一人）", "another person ends the monitoring")

    @noun.verb(
        "list",
        "监测中的风险",
        "monitored risks, their plans, and what is missing",
        [
            click.Option(["--body"]),
            click.Option(["--ever"], is_flag=True, default=None, help="those no longer monitored too"),
        ],
    )
    def list_monitored(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "monitor-list", given(asked))
        columns = ("body", "risk", "ground", "level", "step", "period", "plan", "parameters", "last_read_at")
        if not frame.json:
            rows = [
                {**row, "step": f"monitoring_{row['step']}", "last_read_at": row["last_read"]} for row in rows
            ]
        show_rows(frame, rows, (*columns, "not_read", "in_force", "no_response", "missing"))

    for name, question, zh, en, columns in LISTS:
        _add_list(noun, name, question, zh, en, columns)
    history_verb(noun, "monitoring")
    return noun


def _add_list(noun: Noun, name: str, question: str, zh: str, en: str, columns: tuple[str, ...]) -> None:
    @noun.verb(name, zh, en, [click.Option(["--body"]), click.Option(["--risk"])])
    def show(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, question, given(asked))
        if not frame.json and name == "show":
            rows = [{**row, "values": [_value(one) for one in row["values"]]} for row in rows]
            rows = [{**row, "reading": row["number"]} for row in rows]
        if not frame.json and name == "periods":
            rows = [{**row, "recorded_at": row["read_recorded"]} for row in rows]
        show_rows(frame, rows, columns)


def _value(read: dict[str, str]) -> str:
    """One value for a person: what was measured, and the limit that it crossed."""
    crossed = f" ({read['limit']})" if read["limit"] else ""
    return f"{read['parameter']} {read['value']} {read['unit']}{crossed}"

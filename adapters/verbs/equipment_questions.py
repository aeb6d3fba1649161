"""What the verbs for equipment systems ask: events, codes that nobody mapped, and mappings."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.equipment_words import type_words
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.machine import answer_question
from adapters.verbs.needing import need_journal
from adapters.verbs.risk_questions import given
from domain.labels import label

STEPS = {"waiting": "waiting_for_a_person"}
"""Where an event stands -> how it is called here, where another part says something else by the word."""


def add_equipment_questions(noun: Noun) -> None:
    """Add the verbs that ask to the noun ``feed``."""

    @noun.verb(
        "unknown",
        "等待人员处理的设备编码和事件类型",
        "codes and types of equipment events that wait for a person",
        [click.Option(["--body"])],
    )
    def unknown(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "equipment-unknown", given(asked))
        shown = [{**row, "unplaced": row["about"]} for row in rows]
        columns = ("body", "why", "unplaced", "subject", "count", "first_at", "latest_at", "sources")
        named = rows if frame.json else _labelled(frame, shown, "why")
        show_rows(frame, named, (*columns, "event", "position"))

    @noun.verb(
        "events",
        "设备事件及其去向",
        "the equipment events and where each of them went",
        [
            click.Option(["--body"]),
            click.Option(["--equipment"], metavar="CODE"),
            click.Option(["--open", "open_only"], is_flag=True, default=None, help="only those that wait"),
            click.Option(["--limit"], type=int),
        ],
    )
    def events(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "equipment-events", given(asked))
        shown = [{**row, "occurred_at": row["occurred"], "change_code": row["change"]} for row in rows]
        columns = ("body", "occurred_at", "type", "equipment", "subject", "step", "why", "unit", "reports")
        shown = [{**row, "step": STEPS.get(row["step"], row["step"])} for row in shown]
        shown = [{**row, "type": type_words(row["type"], frame.lang)} for row in shown]
        named = rows if frame.json else _labelled(frame, shown, "step", "why", "reports")
        show_rows(
            frame, named, (*columns, "change_code", "ends", "hazard", "clock_ahead", "event", "position")
        )

    @noun.verb(
        "mappings",
        "设备编码与单元的对应关系",
        "which code of another system is which unit",
        [
            click.Option(["--body"]),
            click.Option(["--ever"], is_flag=True, default=None, help="those taken back too"),
        ],
    )
    def mappings(frame: Frame, **asked: Any) -> None:
        need_journal(frame)
        rows = answer_question(frame, "equipment-mappings", given(asked))
        show_rows(frame, rows, ("body", "equipment", "unit", "tag", "said", "happened_at", "by", "position"))


def _labelled(frame: Frame, rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    if frame.json:
        return rows
    return [{**row, **{one: label(row[one] or "", frame.lang) for one in names}} for row in rows]

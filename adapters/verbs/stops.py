"""Verbs for stops and holds: work ends at once where a risk is out of control, and waits where all is not normal."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import given
from domain.holds import ImplementCountermeasure, OpenHold, ReleaseHold, SetCountermeasure
from domain.labels import Lang
from domain.stops import CloseZone, RecordEvacuation, ReleaseStop, StopUnit

WHICH = [
    click.Option(["--body"]),
    click.Option(["--unit"]),
    click.Option(["--ever"], is_flag=True, default=None, help="released ones too"),
]


def stops(lang: Lang) -> click.Group:
    noun = Noun("stop", lang=lang, help="停产撤人" if lang == "zh" else "stops of units")
    add_command(noun, "raise", StopUnit, "立即停产，无需批准", "stop a unit at once; nobody has to approve")
    add_command(noun, "evacuated", RecordEvacuation, "记录撤人", "record who left, and how")
    add_command(noun, "zone", CloseZone, "划定警戒区", "record which zone was closed")
    add_command(noun, "release", ReleaseStop, "由他人解除停产", "another person says what made it safe")

    @noun.verb("list", "在停的单元", "stops in force, and what is still missing", WHICH)
    def list_stops(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "stop-list", given(asked))
        columns = (
            "body",
            "unit",
            "stop",
            "standing",
            "reason",
            "risk",
            "level",
            "stopped_at",
            "stopped_by",
        )
        show_rows(frame, rows, (*columns, "missing", "released_at", "released_by"))

    return noun


def holds(lang: Lang) -> click.Group:
    noun = Noun("hold", lang=lang, help="异常情况与临时作业" if lang == "zh" else "holds of work")
    add_command(
        noun, "open", OpenHold, "暂停作业并现场分析", "put the work on hold, with the analysis on site"
    )
    add_command(noun, "counter", SetCountermeasure, "确定对策措施", "set a countermeasure")
    add_command(noun, "implement", ImplementCountermeasure, "措施已落实", "a countermeasure is in place")
    add_command(
        noun, "release", ReleaseHold, "措施落实后放行", "let the work go on once all measures are in place"
    )

    @noun.verb("list", "暂停作业的单元", "open holds, and the measures they wait for", WHICH)
    def list_holds(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "hold-list", given(asked))
        columns = ("body", "unit", "hold", "standing", "kind", "abnormality", "opened_at", "opened_by")
        show_rows(frame, rows, (*columns, "waiting", "released_at", "released_by"))

    return noun

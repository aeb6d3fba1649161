"""Verbs for neighbours and the works that may reach them: declared, told, answered, weighed, begun, ended."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.history import history_verb
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import given
from domain.labels import Lang
from domain.neighbours import EndNeighbour, RecordWatch, RegisterNeighbour
from domain.work_telling import AffectNeighbour, RecordNeighbourAnswer, TellNeighbour, WeighObjection
from domain.works import DeclareWork, EndWork, MoveWork, StartWork


def neighbours(lang: Lang) -> click.Group:
    noun = Noun("neighbour", lang=lang, help="周边单位和居民" if lang == "zh" else "neighbours")
    add_command(
        noun, "register", RegisterNeighbour, "登记周边单位（居民）", "put a neighbour on the register"
    )
    add_command(
        noun,
        "watch",
        RecordWatch,
        "记录协商、周边监督或第三方检查",
        "a consultation, their supervision, or a third party's inspection",
    )
    add_command(noun, "end", EndNeighbour, "不再相邻", "it is no neighbour any more")

    @noun.verb(
        "list",
        "周边单位（居民）及其监督",
        "neighbours, and how they watched over us",
        [
            click.Option(["--body"]),
            click.Option(["--ever"], is_flag=True, default=None, help="former ones too"),
        ],
    )
    def list_neighbours(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "neighbour-list", given(asked))
        show_rows(
            frame, rows, ("body", "code", "kind", "name", "place", "reached_by", "known_as", "ended_at")
        )

    history_verb(noun, "neighbour")
    return noun


def works(lang: Lang) -> click.Group:
    noun = Noun("work", lang=lang, help="危险作业与新改扩建" if lang == "zh" else "declared works")
    add_command(noun, "declare", DeclareWork, "申报作业（项目）", "declare a work, and whom it may reach")
    add_command(noun, "affect", AffectNeighbour, "增列受影响的周边单位", "one more neighbour it may reach")
    add_command(noun, "tell", TellNeighbour, "告知周边并征求意见", "a neighbour was told, and asked")
    add_command(noun, "answer", RecordNeighbourAnswer, "记录周边答复", "what a neighbour answered")
    add_command(noun, "weigh", WeighObjection, "处理并答复异议", "an objection was weighed and answered")
    add_command(noun, "move", MoveWork, "改期", "it begins on another day")
    add_command(noun, "start", StartWork, "开工", "it begins, once everybody was told")
    add_command(noun, "end", EndWork, "完工、中止或取消", "finished, broken off or cancelled")

    @noun.verb(
        "list",
        "申报作业及告知情况",
        "declared works, and whom they wait for",
        [
            click.Option(["--body"]),
            click.Option(["--ever"], is_flag=True, default=None, help="ended ones too"),
        ],
    )
    def list_works(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "work-list", given(asked))
        if not frame.json:
            rows = [{**row, "step": f"work_{row['step']}"} for row in rows]
        columns = ("body", "code", "kind", "unit", "title", "starts", "step", "ready", "tell_by", "not_told")
        show_rows(frame, rows, (*columns, "asked", "objection", "told_late", "emergency"))

    @noun.verb(
        "notices",
        "告知与答复明细",
        "every neighbour of every work: told when, answered what",
        [click.Option(["--body"]), click.Option(["--work"])],
    )
    def list_notices(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "work-notices", given(asked))
        columns = ("body", "work", "neighbour", "standing", "tell_by", "told_at", "days_late")
        more = ("days_late_recorded", "days_over", "after_start", "answer_by", "answer", "words", "outcome")
        show_rows(frame, rows, (*columns, *more))

    history_verb(noun, "work")
    return noun

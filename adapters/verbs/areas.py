"""Verbs for areas: which units they group, by which rule they get their level, and which colour they have."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.history import history_verb
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import AS_OF, given
from domain.areas import DefineArea, DissolveArea, RegroupArea, UnweighArea, WeighArea
from domain.labels import Lang


def areas(lang: Lang) -> click.Group:
    noun = Noun("area", lang=lang, help="区域与四色分级" if lang == "zh" else "areas and their colours")
    add_command(noun, "define", DefineArea, "划定区域", "group units into an area")
    add_command(noun, "regroup", RegroupArea, "重新划定", "say anew which units an area groups")
    add_command(noun, "weights", WeighArea, "采用综合加权", "adopt weights for the units of an area")
    add_command(noun, "worst-unit", UnweighArea, "恢复短板原理", "drop the weights: the worst unit decides")
    add_command(noun, "dissolve", DissolveArea, "撤销区域", "an area is no longer told apart")

    @noun.verb(
        "list",
        "区域等级与颜色（短板与加权对照）",
        "areas with level and colour, by the worst unit and by weights, now or as of a moment",
        [click.Option(["--body"]), click.Option(["--dissolved"], is_flag=True, default=None), *AS_OF],
    )
    def list_areas(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "area-list", given(asked))
        columns = ("body", "code", "name", "rule", "level", "colour", "worst_level", "weighted_level", "mean")
        show_rows(frame, rows, (*columns, "difference", "worst_units", "not_assessed"))

    history_verb(noun, "area")
    return noun

"""Verbs for responsible bodies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.machine import answer_question
from domain.bodies import ReclassifyBody, RegisterBody
from domain.labels import Lang


def _give(frame: Frame, name: str, data: Mapping[str, Any]) -> None:
    from adapters.verbs.sectors import give  # reads the rules, which a list of bodies does without

    give(frame, name, data)


def bodies(lang: Lang) -> click.Group:
    noun = Noun("body", lang=lang, help="责任单位" if lang == "zh" else "responsible bodies")
    add_command(noun, "register", RegisterBody, "登记责任单位", "register a responsible body", give=_give)
    add_command(
        noun,
        "reclassify",
        ReclassifyBody,
        "变更行业或高风险类别",
        "change sector or high-risk classes",
        give=_give,
    )

    @noun.verb("list", "责任单位一览", "list the bodies")
    def list_bodies(frame: Frame) -> None:
        rows = answer_question(frame, "body-list", {})
        show_rows(frame, rows, ("body", "name", "kind", "area", "sector", "classes", "packs"))

    return noun

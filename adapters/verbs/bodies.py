"""Verbs for responsible bodies."""

from __future__ import annotations

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.machine import answer_question
from domain.bodies import ReclassifyBody, RegisterBody
from domain.labels import Lang


def bodies(lang: Lang) -> click.Group:
    noun = Noun("body", lang=lang, help="责任单位" if lang == "zh" else "responsible bodies")
    add_command(noun, "register", RegisterBody, "登记责任单位", "register a responsible body")
    add_command(
        noun, "reclassify", ReclassifyBody, "变更行业或高风险类别", "change sector or high-risk classes"
    )

    @noun.verb("list", "责任单位一览", "list the bodies")
    def list_bodies(frame: Frame) -> None:
        rows = answer_question(frame, "body-list", {})
        show_rows(frame, rows, ("body", "name", "kind", "area", "sector", "classes", "packs"))

    return noun

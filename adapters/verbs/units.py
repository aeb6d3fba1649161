"""Verbs for assessment units."""

from __future__ import annotations

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.machine import answer_question
from domain.labels import Lang, label
from domain.units import RegisterUnit


def units(lang: Lang) -> click.Group:
    noun = Noun("unit", lang=lang, help="评估单元" if lang == "zh" else "assessment units")
    add_command(noun, "register", RegisterUnit, "登记评估单元", "register a unit under another one")

    @noun.verb("tree", "评估单元树", "the tree of units", [click.Option(["--body"])])
    def tree(frame: Frame, body: str | None) -> None:
        rows = answer_question(frame, "unit-tree", {"body": body} if body else {})
        if frame.json:
            show_rows(frame, rows, ())
            return
        for row in rows:
            indent = "  " * (int(row["depth"]) - 1)
            click.echo(f"{indent}{row['code']}  {row['name']}（{label(str(row['kind']), frame.lang)}）")

    return noun

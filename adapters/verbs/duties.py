"""Verbs for duties: what is owed, by whom, by when."""

from __future__ import annotations

import click

from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.machine import answer_question
from domain.labels import Lang


def duties(lang: Lang) -> click.Group:
    noun = Noun("duty", lang=lang, help="应办事项" if lang == "zh" else "what is owed, by whom, by when")

    @noun.verb(
        "list",
        "应办事项（--mine 只看自己的）",
        "all duties; with --mine one's own",
        [
            click.Option(["--body"]),
            click.Option(["--mine"], is_flag=True),
            click.Option(["--open-only"], is_flag=True, default=None),
        ],
    )
    def list_duties(frame: Frame, body: str | None, mine: bool, open_only: bool | None) -> None:
        asked = {
            "body": body,
            "open_only": open_only,
            "person": frame.app.person(frame.person) if mine else None,
        }
        rows = answer_question(
            frame, "duty-list", {key: value for key, value in asked.items() if value is not None}
        )
        columns = ("body", "code", "rule", "subject", "owed_by", "due", "step", "overdue")
        show_rows(frame, rows, (*columns, "days_late", "days_late_recorded"))

    return noun

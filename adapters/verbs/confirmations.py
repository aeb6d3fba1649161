"""Verbs for post confirmations: before work begins, and the re-check on site."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import given
from domain.confirmations import ConfirmPosts, RecheckConfirmation
from domain.labels import Lang


def confirmations(lang: Lang) -> click.Group:
    noun = Noun("confirm", lang=lang, help="岗位安全确认" if lang == "zh" else "post confirmations")
    add_command(
        noun, "post", ConfirmPosts, "上岗前安全确认", "confirm the posts of a team before its work begins"
    )
    add_command(noun, "recheck", RecheckConfirmation, "现场复核", "look at a confirmation on site")

    @noun.verb(
        "list",
        "确认与复核情况",
        "who confirmed, what was amiss, who re-checked",
        [
            click.Option(["--body"]),
            click.Option(["--since"], metavar="DAY", help="YYYY-MM-DD"),
            click.Option(["--until"], metavar="DAY", help="YYYY-MM-DD"),
            click.Option(["--team"]),
            click.Option(["--open-only"], is_flag=True, default=None, help="not re-checked yet"),
            click.Option(["--limit"], type=int),
        ],
    )
    def list_confirmations(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "confirmation-list", given(asked))
        told = [{**row, "exception_count": len(row["exceptions"])} for row in rows]
        columns = (
            "body",
            "day",
            "team",
            "confirmation",
            "shift",
            "confirmed_at",
            "confirmed_by",
            "post_count",
        )
        show_rows(frame, told, (*columns, "exception_count", "prediction", "rechecked"))

    @noun.verb(
        "gaps",
        "未做安全确认的岗位",
        "posts at which nobody confirmed on a day, key posts and dangerous places first",
        [
            click.Option(["--body"]),
            click.Option(["--on"], metavar="DAY", help="YYYY-MM-DD"),
            click.Option(["--shift"]),
            click.Option(["--under"], metavar="UNIT"),
        ],
    )
    def gaps(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "confirmation-gaps", given(asked))
        show_rows(frame, rows, ("body", "code", "name", "path", "key_post", "dangerous_place"))

    return noun

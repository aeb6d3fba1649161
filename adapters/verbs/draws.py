"""Verbs for random draws: announced with their lists, held by a published seed, drawn again by anybody."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import given
from domain.draws import AnnounceDraw, HoldDraw
from domain.labels import ANY_BODY, Lang, Term
from domain.refused import UnknownThing


def draws(lang: Lang) -> click.Group:
    noun = Noun("draw", lang=lang, help="双随机抽查" if lang == "zh" else "random draws of whom to inspect")
    add_command(noun, "announce", AnnounceDraw, "公布名单、数量和种子来源", "announce lists, number and seed")
    add_command(noun, "hold", HoldDraw, "以已公布的种子抽取", "draw by the seed that was published")

    @noun.verb(
        "list",
        "抽取情况",
        "the draws, held or not, each drawn again",
        [click.Option(["--body"])],
    )
    def list_draws(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "draw-list", given(asked))
        show_rows(frame, rows if frame.json else [_told(row, frame.lang) for row in rows], COLUMNS)

    @noun.verb(
        "check",
        "按名单与种子重新抽取并比较",
        "draw again from lists and seed, and compare",
        [click.Argument(["code"]), click.Option(["--body"])],
    )
    def check(frame: Frame, code: str, **asked: Any) -> int:
        rows = answer_question(frame, "draw-list", {**given(asked), "code": code})
        if not rows:
            raise UnknownThing(kind=Term("draw"), code=code, body=asked["body"] or ANY_BODY)
        lots = [
            {**row, "code": drawn, "by": people, "draw": code, "same": row["same"]}
            for row in rows
            for drawn, people in row["again"] or ()
        ]
        if frame.json:
            show_rows(frame, rows, COLUMNS)
        else:
            show_rows(frame, lots, ("body", "draw", "code", "by", "same", "list_in_time"))
            for row in rows:
                if row["seed"] is None:
                    click.echo(
                        frame.say(
                            f"{row['code']} 尚未抽取；种子于 {row['seed_day']} 公布",
                            f"{row['code']} is not drawn yet; its seed is published on {row['seed_day']}",
                        )
                    )
        return 1 if any(row["same"] is False for row in rows) else 0

    return noun


def _told(row: dict[str, Any], lang: Lang) -> dict[str, Any]:
    said = {"announced": ("已公布", "announced"), "held": ("已抽取", "held")}
    return {**row, "standing": said[row["standing"]][0 if lang == "zh" else 1]}


COLUMNS = (
    "body",
    "code",
    "among",
    "to_draw",
    "seed_from",
    "seed_day",
    "seed",
    "standing",
    "same",
    "list_in_time",
)

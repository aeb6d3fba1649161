"""Verbs that ask what the weather does: the episodes, and the risks that something lifts for a while."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.feed_silence import stale_now, tell_stale
from adapters.verbs.frame import Frame, Noun, local, show_rows
from adapters.verbs.machine import answer_question
from domain.labels import label
from domain.risk_tags import WEATHER

KNOWN = click.Option(["--known-at"], metavar="TIME|POSITION", help="as known then")
EVER = click.Option(["--ever"], is_flag=True, default=None, help="ended ones too")


def _given(asked: dict[str, Any]) -> dict[str, Any]:
    found = {key: value for key, value in asked.items() if value is not None}
    if str(found.get("known_at", "")).isdigit():
        found["known_at"] = int(found["known_at"])
    return found


def add_episodes(noun: Noun) -> None:
    """Add the verb that lists episodes to the noun ``feed``."""

    @noun.verb(
        "episodes",
        "天气过程：级别、何时升降、如何结束、涉及哪些单位的变更",
        "episodes of weather: their levels, turn by turn, how they ended, and the changes they became",
        [click.Option(["--kind"], type=click.Choice(WEATHER)), click.Option(["--area"]), EVER, KNOWN],
    )
    def episodes(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "episode-list", _given(asked))
        if not frame.json:
            rows = [_told(frame, row) for row in rows]
        columns = (
            "episode",
            "area_name",
            "kind",
            "signal_now",
            "peak",
            "began_at",
            "until",
            "ended_at",
            "how_ended",
        )
        show_rows(frame, rows, (*columns, "touched_bodies", "position"))
        tell_stale(frame, stale_now(frame))


def add_uplifts(noun: Noun) -> None:
    """Add the verb that lists uplifts to the noun ``risk``."""

    @noun.verb(
        "uplifts",
        "临时上调的风险：因何、至何级、应做什么",
        "risks that weather or a holiday lifts for a while: why, to which level, and what is to be done",
        [
            click.Option(["--body"]),
            click.Option(["--risk"]),
            EVER,
            click.Option(["--as-of"], metavar="TIME", help="true at this moment or day"),
            KNOWN,
        ],
    )
    def uplifts(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "uplift-list", _given(asked))
        if not frame.json:
            rows = [_uplift(frame, row) for row in rows]
        columns = (
            "body",
            "risk",
            "change",
            "signal_now",
            "base",
            "level",
            "measures",
            "since",
            "until",
            "outcome",
        )
        show_rows(frame, rows, (*columns, "position"))


def _told(frame: Frame, row: dict[str, Any]) -> dict[str, Any]:
    named = ("kind", "level", "peak", "how")
    bodies = sorted({one["body"] for one in row["changes"]})
    said = {one: label(row[one], frame.lang) if row[one] else None for one in named}
    return {
        **row,
        **said,
        "signal_now": said["level"],
        "began_at": row["opened_at"],
        "until": local(row["until"]) if row["until"] else None,
        "how_ended": said["how"],
        "touched_bodies": bodies,
    }


def _uplift(frame: Frame, row: dict[str, Any]) -> dict[str, Any]:
    named = ("signal", "base", "level", "outcome")
    lang = "zh" if frame.lang == "zh" else "en"
    said = {one: label(row[one], frame.lang) if row[one] else None for one in named}
    return {
        **row,
        **said,
        "signal_now": said["signal"],
        **{one: local(row[one]) if row[one] else None for one in ("since", "until")},
        "measures": ("；" if lang == "zh" else "; ").join(one[lang] for one in row["measures"]),
    }

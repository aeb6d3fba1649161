"""Says loudly which feeds are silent, wherever somebody could take that for good weather."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click

from adapters.verbs.frame import Frame


def stale_now(frame: Frame) -> list[dict[str, Any]]:
    """The followed feeds that are stale at this moment; of a practice file, at its own."""
    from adapters.feeds.staleness import silent, status

    app = frame.app
    return silent(status(app, app.now() if app.practice else frame.clock()))


def tell_stale(frame: Frame, rows: Iterable[Mapping[str, Any]]) -> None:
    """One sentence for each of them on standard error, also where the answer is JSON."""
    for row in rows:
        feed, missed = row["feed"], row["missed_polls"]
        click.echo(
            frame.say(
                f"数据源“{feed}”已中断（缺失 {missed} 次）：没有消息不等于天气正常",
                f"the feed '{feed}' is stale ({missed} missed): silence is no good weather",
            ),
            err=True,
        )

"""Says beside a list whether the risk list is current: it is not while a change is open (YT-24)."""

from __future__ import annotations

import click

from adapters.verbs.frame import Frame
from adapters.verbs.machine import answer_question


def tell_current(frame: Frame, body: str | None) -> None:
    """Say of each body with an open change that its risk list is not current; nothing to machines."""
    if frame.json:
        return
    for row in answer_question(frame, "risk-list-current", {} if body is None else {"body": body}):
        if not row["current"]:
            codes = "、".join(row["open"])
            click.echo(
                frame.say(
                    f"{row['body']} 的风险清单不是最新：以下变更尚未关闭：{codes}",
                    f"the risk list of {row['body']} is not current; open changes: {', '.join(row['open'])}",
                )
            )

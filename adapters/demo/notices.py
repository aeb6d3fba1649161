"""Who at the works hears of what by which channel, and on which days the notices went out, into a folder.

The folder stands beside the practice file. Nobody sends on the days between: what falls to somebody meanwhile stands
together in one message, as the whole rainstorm does.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.demo.plant import DIRECTOR, PLANT
from adapters.demo.steps import Line
from domain.language import Moment, parse_moment

if TYPE_CHECKING:
    from adapters.app import App

CHANNEL = "board"
SUFFIX = "-board"
"""What the folder is called after the practice file."""
SENT: tuple[Moment, ...] = tuple(
    parse_moment(f"{at}+08:00")
    for at in ("2026-06-24T12:30", "2026-06-24T21:20", "2026-06-26T08:00", "2026-10-28T08:00")
)
"""Shortly before the rainstorm, in the middle of it, after it, and after the warning at the LPG station."""
TOPICS = ("danger", "change", "uplift", "decision", "duty_overdue", "duty_escalated", "hazard_registered")


def lines() -> Iterator[Line]:
    told = (
        ("TZ-01", {"role": "safety_officer", "topics": list(TOPICS)}),
        ("TZ-02", {"person": DIRECTOR, "topics": ["danger"]}),
    )
    for minute, (code, listener) in enumerate(told):
        data = {"body": PLANT, "subscription": code, "channel": CHANNEL, **listener}
        yield {"command": "Subscribe", "by": DIRECTOR, "at": f"2026-06-01T09:0{minute}+08:00", "data": data}


def deliver(app: App, at: Moment, reached: Moment) -> None:
    """Send what waits at that moment, unless the file has come further; whoever plays again sends nothing twice."""
    if at < reached:
        return
    from adapters.journal.opening import sqlite_path
    from adapters.journal.wallclock import wall_clock
    from adapters.notify.sending import Pass
    from adapters.notify.settings import FileChannel, Settings

    app.set_now(at)
    folder = Path(f"{sqlite_path(app.url)}{SUFFIX}")
    Pass(app, Settings(channels={CHANNEL: FileChannel(kind="file", folder=folder)}), wall_clock).run()

"""Verbs of the clock: one tick, or a metronome that ticks until it is stopped.

The scheduler stands apart from the adapters; the command line hands both to each other through the frame's wiring.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from adapters.app import App
from adapters.journal.opening import is_postgres, sqlite_path
from adapters.owing import OwingBodies
from adapters.policies import submit_noting
from adapters.positions import ClockBeats
from adapters.verbs.clock_status import add_status
from adapters.verbs.frame import Frame, Noun, local, write_json
from adapters.verbs.holidays_unknown import tell_unreported, unreported_now
from adapters.verbs.needing import need_journal
from adapters.verbs.simulating import add_simulate
from domain.calendar_notices import CALENDAR, known_calendar
from domain.labels import Lang
from domain.language import SHARED, Day, Moment, stream_name
from domain.working_days import Calendar

if TYPE_CHECKING:
    from projections.duty_rows import DueRow


class Rows:
    """The open duties as the view of due rows shows them, for the planner."""

    def __init__(self, app: App) -> None:
        self._projector = app.projector

    def catch_up(self) -> int:
        from projections.duty_rows import DUTY_ROWS

        return int(self._projector.follow([DUTY_ROWS.name])[DUTY_ROWS.name])

    def due(self, by: Day, after: DueRow | None, limit: int) -> Sequence[DueRow]:
        from projections.duty_rows import DUTY_ROWS, due_by

        key = None if after is None else (after.due, after.body, after.duty)
        with self._projector.reader(DUTY_ROWS.name) as (connection, tables):
            return due_by(connection, tables, by, after=key, limit=limit)


def ports_of(frame: Frame) -> Any:
    """Everything one tick needs of this database."""
    app = frame.app
    beats = ClockBeats(app.beats, app.engine.memory)

    def now() -> Moment:
        """The real clock; in a practice file the simulated one, which stands still until it is moved on."""
        return max(app.now(), beats.last() or "") if app.practice else frame.clock()

    def calendar() -> Calendar:
        """The notices that ship with the rules, and those recorded by now."""
        settled = app.engine.memory.folded(CALENDAR, stream_name(CALENDAR.name, SHARED), fresh=True).state
        return known_calendar(app.engine.rules, settled)

    def react_and_listen() -> int:
        """Policies, and what is to be said of feeds that have fallen silent."""
        from adapters.feeds.staleness import note_stale

        return app.react() + note_stale(app, now())

    return frame.wiring["ports"](
        submit=lambda order: submit_noting(app, order),
        rows=Rows(app),
        beats=beats,
        policies=react_and_listen,
        now=now,
        bodies=OwingBodies(app.projector, app.positions),
        rules=app.engine.rules,
        calendar=calendar,
    )


def clock(lang: Lang) -> click.Group:
    noun = Noun("clock", lang=lang, help="时钟" if lang == "zh" else "the clock")

    @noun.verb(
        "tick", "运行一次：到期与逾期写成记录", "one tick: what fell due or became overdue is recorded"
    )
    def tick(frame: Frame) -> None:
        need_journal(frame)
        show(frame, frame.wiring["tick"](ports_of(frame)))
        tell_unreported(frame, unreported_now(frame))

    @noun.verb(
        "run",
        "持续运行（同一数据库只有一个）",
        "tick until stopped; one holder per database",
        [
            click.Option(
                ["--every"], type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="seconds"
            ),
            click.Option(
                ["--notify"], metavar="FILE", help="after each tick deliver notices by these settings"
            ),
        ],
    )
    def run(frame: Frame, every: float, notify: str | None) -> None:
        from adapters.logs import logger
        from adapters.verbs.notifying import delivering

        need_journal(frame)
        log = logger(db=frame.app.ledger.name).info
        ports = ports_of(frame)

        def ticking() -> Any:
            return frame.wiring["tick"](ports)

        tell_unreported(frame, unreported_now(frame))
        beat = ticking if notify is None else delivering(frame, notify, every, ticking, log)
        frame.wiring["run"](beat, every, holder_of(frame), threading.Event(), log)

    add_simulate(noun)
    add_status(noun)
    return noun


def holder_of(frame: Frame) -> Any:
    """The right to be this database's clock."""
    from adapters.holder import FileHolder, LoneHolder, PostgresHolder

    url, now = frame.app.url, frame.clock
    if is_postgres(url):
        from sqlalchemy import make_url

        from adapters.holder import conninfo_of

        return PostgresHolder(conninfo_of(make_url(url)), now)
    path = sqlite_path(url)
    return FileHolder(path, now) if path else LoneHolder(now)


def show(frame: Frame, ticked: Any) -> None:
    """What one tick recorded."""
    if frame.json:
        write_json(asdict(ticked))
        return
    click.echo(
        frame.say(
            f"{local(ticked.now)}：新产生 {ticked.raised}，提醒 {ticked.reminded}，新到期 {ticked.fell_due}，"
            f"新逾期 {ticked.overdue}，本期未办 {ticked.missed}，上报 {ticked.escalated}，策略命令 {ticked.policies}",
            f"{local(ticked.now)}: {ticked.raised} raised, {ticked.reminded} called to mind, {ticked.fell_due} fell"
            f" due, {ticked.overdue} became overdue, {ticked.missed} missed, {ticked.escalated} went up the line,"
            f" {ticked.policies} policy commands",
        )
    )
    if ticked.away:
        click.echo(frame.say("时钟曾停止运行，已记录", "the clock had been away; that is recorded"))

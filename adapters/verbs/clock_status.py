"""``clock status``: whether the clock is present, what waits, when it was away, what is silent or unknown."""

from __future__ import annotations

from typing import Any

import click

from adapters.positions import ClockBeats
from adapters.verbs.feed_silence import stale_now, tell_stale
from adapters.verbs.frame import Frame, Noun, local, write_json
from adapters.verbs.holidays_unknown import tell_unreported, unreported_now
from adapters.verbs.needing import need_journal
from domain.language import SHARED, as_datetime, day_of, stream_name
from domain.logbook import LOGBOOK, ClockDisagreed, ClockWasAway


def add_status(noun: Noun) -> None:
    @noun.verb(
        "status", "时钟状态：最近一次运行、缺席、待办", "when it last ticked, its absences, what waits"
    )
    def status(frame: Frame) -> None:
        need_journal(frame)
        told = status_of(frame)
        stale, unknown = stale_now(frame), unreported_now(frame)
        if frame.json:
            write_json({**told, "stale_feeds": stale, "unknown_holidays": unknown})
        else:
            _show(frame, told)
        tell_stale(frame, stale)
        tell_unreported(frame, unknown)


def status_of(frame: Frame) -> dict[str, Any]:
    """``hours`` since the last complete tick; ``waiting``: duties of which something is to be said by today."""
    from projections.duty_rows import DUTY_ROWS, due_by

    app = frame.app
    now = app.now() if app.practice else frame.clock()
    last = ClockBeats(app.beats, app.engine.memory).last()
    hours = None if last is None else (as_datetime(now) - as_datetime(last)).total_seconds() / 3600
    app.projector.follow([DUTY_ROWS.name])
    with app.projector.reader(DUTY_ROWS.name) as (connection, tables):
        waiting = len(due_by(connection, tables, day_of(now)))
    book = app.journal.stream(stream_name(LOGBOOK.name, SHARED))
    return {
        "now": now,
        "last_tick": last,
        "hours": None if hours is None else round(max(0.0, hours), 1),
        "waiting": waiting,
        "away": [
            {"since": one.event.since, "until": one.event.until, "position": one.position}
            for one in book
            if isinstance(one.event, ClockWasAway)
        ],
        "disagreed": [
            {"read": one.event.read, "stamped": one.event.stamped, "position": one.position}
            for one in book
            if isinstance(one.event, ClockDisagreed)
        ],
    }


def _show(frame: Frame, told: dict[str, Any]) -> None:
    frame.banner()
    if told["last_tick"] is None:
        click.echo(frame.say("时钟从未运行过", "the clock was never seen"))
    else:
        last = local(told["last_tick"])
        click.echo(
            frame.say(
                f"最近一次运行：{last}（{told['hours']} 小时前）",
                f"last tick: {last} ({told['hours']} hours ago)",
            )
        )
    click.echo(
        frame.say(f"待记录的事项：{told['waiting']}", f"duties that wait for the clock: {told['waiting']}")
    )
    for one in told["away"]:
        since, until = local(one["since"]), local(one["until"])
        where = one["position"]
        click.echo(
            frame.say(
                f"缺席：{since} 至 {until}（记录 {where}）", f"away: {since} to {until} (record {where})"
            )
        )
    for one in told["disagreed"]:
        read, stamped, where = local(one["read"]), local(one["stamped"]), one["position"]
        click.echo(
            frame.say(
                f"时钟回拨：读数 {read}，记为 {stamped}（记录 {where}）",
                f"set back: read {read}, stamped {stamped} (record {where})",
            )
        )

"""Verbs that send: one pass over the outbox, the messages it made, and one message with what it tells of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from adapters.problems import problem_of
from adapters.verbs.frame import Frame, Noun, show_rows, write_json
from adapters.verbs.machine import answer_question
from adapters.verbs.needing import need_journal
from adapters.verbs.notify_leads import SETTINGS, nowhere, settings_here, tell_dead, tell_nowhere
from adapters.verbs.risks import given
from domain.deliveries import ITEMS_MOST
from domain.labels import ANY_BODY, Term
from domain.refused import Told, UnknownThing

if TYPE_CHECKING:
    from adapters.notify.settings import Settings

T = TypeVar("T")
OUTCOMES = (
    *("body", "recipient", "channel", "serial", "items", "attempt", "outcome", "why", "response"),
    "next_at",
)
MESSAGES = (
    *("body", "recipient", "channel", "serial", "step", "items", "attempts", "why", "response", "next_at"),
    "message_id",
)


def named(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows for people, under headings that no other list uses for something else."""
    other = {"number": "serial", "status": "response", "waiting": "on_its_way", "message": "message_id"}
    return [{other.get(name, name): value for name, value in row.items()} for row in rows]


def add_sending(noun: Noun) -> None:
    @noun.verb(
        "run",
        "投递一次：生成消息、发送到期的、记录结果（有消息停止投递，或有人使用的通道未配置，则退出码为 1）",
        "one pass: make messages, send what is due, record what came of it; exit 1 where a message died, or somebody "
        "listens to a channel that leads nowhere",
        [
            SETTINGS,
            click.Option(
                ["--seconds"],
                type=click.FloatRange(min=0.1),
                default=60.0,
                show_default=True,
                help="begin no attempt after so long",
            ),
        ],
    )
    def run(frame: Frame, settings: str | None, seconds: float) -> int:
        from adapters.notify.settings import Settings

        need_journal(frame)
        here = settings_here(settings)
        rows, calendars = send(frame, here or Settings(), seconds)
        if frame.json:
            write_json(rows)
        else:
            show_rows(frame, named(rows), OUTCOMES)
            if calendars:
                click.echo(frame.say(f"已更新日历 {calendars} 份", f"{calendars} calendars written"))
        astray = nowhere(frame, here)
        tell_nowhere(frame, here, astray)
        dead = [row | {"dead": 1} for row in rows if row["outcome"] == "dead"]
        return 1 if astray or tell_dead(frame, dead) else 0

    @noun.verb(
        "messages",
        "消息及其投递情况",
        "messages, and what became of each",
        [
            click.Option(["--body"]),
            click.Option(["--recipient"]),
            click.Option(["--channel"]),
            click.Option(["--step"], type=click.Choice(["waiting", "delivered", "dead"])),
        ],
    )
    def messages(frame: Frame, **asked: Any) -> None:
        need_journal(frame)
        rows = answer_question(frame, "notify-messages", given(asked))
        told = [row | {"items": len(row["positions"])} for row in rows]
        show_rows(frame, told if frame.json else named(told), MESSAGES)

    @noun.verb(
        "show",
        "一条消息的内容与投递情况",
        "one message by its id: what it says, and what became of it",
        [click.Argument(["message"])],
    )
    def show(frame: Frame, message: str) -> None:
        from adapters.notify.texts import payload

        need_journal(frame)
        found = answer_question(frame, "notify-messages", {"message": message})
        if not found:
            raise UnknownThing(kind=Term("told_message"), code=message, body=ANY_BODY)
        [row] = found
        lane = {name: row[name] for name in ("body", "recipient", "channel")}
        asked = {**lane, "told": True, "positions": row["positions"][:ITEMS_MOST]}
        items = answer_question(frame, "notify-outbox", asked) if row["positions"] else []
        content = payload(row, items, frame.app.practice)
        if frame.json:
            write_json([row | {"content": content}])
            return
        show_rows(frame, named([row | {"items": len(items)}]), MESSAGES)
        click.echo(content["data"]["text"][frame.lang])


def delivering(
    frame: Frame, settings: str, seconds: float, tick: Callable[[], T], log: Callable[..., None]
) -> Callable[[], T]:
    """A tick with a pass of delivery behind it, which may take as long as the clock waits between two ticks.

    What fails in the pass is logged, and the tick counts all the same. Refuses settings that cannot be read, at once.
    """
    from adapters.notify.settings import load_settings

    leads = load_settings(settings)

    def beat() -> T:
        ticked = tick()
        try:
            rows, calendars = send(frame, leads, seconds)
            log("notified", calendars=calendars, **Counter(row["outcome"] for row in rows))
            if astray := nowhere(frame, leads):
                log(
                    "notify-leads-nowhere",
                    channels=list(astray),
                    waiting=sum(one for _, one in astray.values()),
                )
        except Told as told:
            log("notify-failed", problem=told.name, because=told.because("en"))
        return ticked

    return beat


def send(frame: Frame, settings: Settings, seconds: float) -> tuple[list[dict[str, Any]], int]:
    """One pass, and the calendars of those who read them; what came of each message, and how many calendars changed.

    Raises ``JournalUnavailableError`` where a calendar's folder cannot be written; the messages stand by then.
    """
    from adapters.notify.calendars import write_calendars
    from adapters.notify.sending import Pass
    from domain.refused import JournalUnavailableError

    rows = Pass(frame.app, settings, frame.clock, seconds).run()
    if not any(getattr(one, "calendar", False) for one in settings.channels.values()):
        return rows, 0
    lanes = answer_question(frame, "notify-lanes", {})
    duties = answer_question(frame, "duty-list", {"open_only": True})
    grants = answer_question(frame, "role-holders", {"ever": True})
    try:
        return rows, write_calendars(settings, lanes, duties, grants, frame.app.practice)
    except OSError as error:
        problem = problem_of(error)
        raise JournalUnavailableError(where=str(error.filename), problem=problem) from error

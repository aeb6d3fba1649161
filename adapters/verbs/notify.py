"""Verbs for notices: who listens to what, what waits, what was sent and arrived, and the pass that sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from adapters.notify.texts import line
from adapters.verbs.commanding import add_command, give_command
from adapters.verbs.frame import Frame, Noun, show_rows, write_json
from adapters.verbs.machine import answer_question
from adapters.verbs.needing import need_journal
from adapters.verbs.notify_leads import (
    SETTINGS,
    led,
    need_leads,
    nowhere,
    settings_here,
    tell_dead,
    tell_not_said,
    tell_nowhere,
)
from adapters.verbs.notifying import add_sending, named
from adapters.verbs.risks import given
from domain.deliveries import RetryMessage, SendTestMessage
from domain.labels import Lang
from domain.subscriptions import EndSubscription, Subscribe

SUBSCRIPTIONS = (
    "body",
    "code",
    "person",
    "role",
    "topics",
    "reach",
    "channel",
    "leads",
    "pace",
    "made_at",
    "ended_at",
)
LANES = (
    *(
        "body",
        "recipient",
        "channel",
        "leads",
        "to_tell",
        "on_its_way",
        "delivered",
        "dead",
        "attempts",
        "why",
    ),
    *("response", "next_at"),
)
REACHES = {"everything": "reach_everything"}
"""How far somebody listens -> how it is called here, where another part says something else by the word."""
UNHEARD = ("body", "who", "topics", "count", "last_position")


def notify(lang: Lang) -> click.Group:
    noun = Noun(
        "notify", lang=lang, help="通知与投递" if lang == "zh" else "notices: who hears of what, and delivery"
    )
    add_command(
        noun,
        "subscribe",
        Subscribe,
        "订阅通知",
        "let a person or a role hear of topics by a channel",
        (SETTINGS,),
        _give,
    )
    add_command(noun, "unsubscribe", EndSubscription, "停止订阅", "end a subscription")
    add_command(
        noun,
        "test",
        SendTestMessage,
        "发送测试消息",
        "send a message that tells of nothing, as a test",
        (SETTINGS,),
        _give,
    )
    add_command(
        noun,
        "retry",
        RetryMessage,
        "重新投递一条消息",
        "try a message again, also a dead one, under its old id",
    )

    @noun.verb(
        "list",
        "订阅情况",
        "who hears of what by which channel",
        [click.Option(["--body"]), click.Option(["--ended"], is_flag=True, default=None), SETTINGS],
    )
    def list_subscriptions(frame: Frame, settings: str | None, **asked: Any) -> None:
        need_journal(frame)
        rows = answer_question(frame, "notify-subscriptions", given(asked))
        if not frame.json:
            rows = [{**row, "reach": REACHES.get(row["reach"], row["reach"])} for row in rows]
        show_rows(frame, led(settings_here(settings), rows), SUBSCRIPTIONS)

    @noun.verb(
        "status",
        "待发送、投递中、已送达和停止投递；以及无人收听的事项（有停止投递的，或有事项等待的通道未配置，则退出码为 1）",
        "each lane: what waits, arrived or died; and what fell to somebody who hears of nothing; exit 1 where a "
        "message died, or something waits for a channel that leads nowhere here",
        [click.Option(["--body"]), SETTINGS],
    )
    def status(frame: Frame, settings: str | None, **asked: Any) -> int:
        need_journal(frame)
        here = settings_here(settings)
        lanes = led(here, answer_question(frame, "notify-lanes", given(asked)))
        unheard = answer_question(frame, "notify-unheard", given(asked))
        if frame.json:
            write_json(
                [{"part": "lane", **row} for row in lanes] + [{"part": "unheard", **row} for row in unheard]
            )
        else:
            show_rows(frame, named(lanes), LANES, frame.say("投递", "lanes"))
            if unheard:
                title = frame.say("无通道可达", "reached by no channel")
                show_rows(frame, _by_listener(unheard), UNHEARD, title)
        astray = nowhere(frame, here)
        tell_nowhere(frame, here, astray)
        dead = tell_dead(frame, lanes)
        return 1 if dead or any(waits for _, waits in astray.values()) else 0

    @noun.verb(
        "outbox",
        "尚未写入消息的事项",
        "what no message tells of yet; with --told everything",
        [
            click.Option(["--body"]),
            click.Option(["--recipient"]),
            click.Option(["--channel"]),
            click.Option(["--told"], is_flag=True, default=None),
        ],
    )
    def outbox(frame: Frame, **asked: Any) -> None:
        need_journal(frame)
        rows = answer_question(frame, "notify-outbox", given(asked))
        told = rows if frame.json else [row | {"text": line(row, frame.lang)} for row in rows]
        show_rows(frame, told, ("body", "recipient", "channel", "pace", "position", "text"))

    add_sending(noun)
    return noun


def _give(frame: Frame, name: str, data: Mapping[str, Any], settings: str | None) -> None:
    """Give the command once its channel is known here, or say that nobody can know."""
    known = need_leads(frame, data, settings)
    give_command(frame, name, data)
    if not known:
        tell_not_said(frame, str(data["channel"]))


def _by_listener(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row for each person or vacant role, with the topics and how much of them fell there."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        new = {"body": row["body"], "who": row["who"], "topics": [], "count": 0, "last_position": 0}
        one = found.setdefault((row["body"], row["who"]), new)
        one["topics"].append(row["topic"])
        one["count"] += row["count"]
        one["last_position"] = max(one["last_position"], row["last_position"])
    return list(found.values())

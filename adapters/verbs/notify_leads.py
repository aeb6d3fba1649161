"""Whether the channels that people listen to lead anywhere on this machine: nobody takes silence for delivery."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from adapters.verbs.frame import Frame
from adapters.verbs.machine import answer_question
from domain.refused_notices import LeadsNowhere

if TYPE_CHECKING:
    from adapters.notify.settings import Settings

SETTINGS = click.Option(
    ["--settings"], metavar="FILE", help="where channels lead (TOML); default $DUALGUARD_NOTIFY"
)
NOWHERE = ("nowhere", "not_said")


def settings_here(given: str | None) -> Settings | None:
    """The settings of this machine; None where nobody named any. Refuses a file that is none."""
    from adapters.notify.settings import VARIABLE, load_settings

    return load_settings(given) if given or os.environ.get(VARIABLE) else None


def leads(settings: Settings | None, channel: str) -> str:
    """Where a channel leads: file, webhook, elsewhere, nowhere; ``not_said`` where this machine has no settings."""
    if settings is None:
        return "not_said"
    if channel in settings.channels:
        return settings.channels[channel].kind
    return "elsewhere" if channel in settings.elsewhere else "nowhere"


def need_leads(frame: Frame, data: Mapping[str, Any], given: str | None) -> bool:
    """Refuse a channel that the settings of this machine do not know; say so where it has none."""
    settings, channel = settings_here(given), str(data.get("channel", ""))
    where = leads(settings, channel)
    if where == "nowhere":
        assert settings is not None
        raise LeadsNowhere(channel=channel, known=sorted((*settings.channels, *settings.elsewhere)))
    return where != "not_said"


def tell_not_said(frame: Frame, channel: str) -> None:
    zh = (
        f"本机没有通道设置（--settings 或 DUALGUARD_NOTIFY）：通道“{channel}”通向何处未核对，设置之前不会投递"
    )
    en = (
        f"this machine has no settings of channels (--settings or DUALGUARD_NOTIFY): nobody checked where "
        f"'{channel}' leads, and nothing is delivered before they say so"
    )
    click.echo(frame.say(zh, en), err=True)


def led(settings: Settings | None, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows with where their channel leads."""
    return [{**row, "leads": leads(settings, str(row["channel"]))} for row in rows]


def nowhere(frame: Frame, settings: Settings | None) -> dict[str, tuple[int, int]]:
    """Channel that leads nowhere here -> how many subscriptions name it, and how many records wait for it."""
    found: dict[str, tuple[int, int]] = {}
    for row in answer_question(frame, "notify-subscriptions", {}):
        if leads(settings, row["channel"]) in NOWHERE:
            named, waits = found.get(row["channel"], (0, 0))
            found[row["channel"]] = (named + 1, waits)
    for row in answer_question(frame, "notify-lanes", {}):
        waiting = row["to_tell"] + row["waiting"]
        if waiting and leads(settings, row["channel"]) in NOWHERE:
            named, waits = found.get(row["channel"], (0, 0))
            found[row["channel"]] = (named, waits + waiting)
    return dict(sorted(found.items()))


def tell_nowhere(frame: Frame, settings: Settings | None, found: Mapping[str, tuple[int, int]]) -> None:
    """One sentence for each such channel, where a person or a job's mail sees it."""
    for channel, (named, waits) in found.items():
        zh = f"通道“{channel}”在本机未配置：{named} 个订阅使用它，{waits} 项等待投递，不会有人收到"
        en = (
            f"the channel '{channel}' leads nowhere on this machine: {named} subscriptions name it, "
            f"{waits} wait for it, and nobody is told"
        )
        click.echo(frame.say(zh, en), err=True)
    if found and settings is None:
        zh = "本机没有通道设置：用 --settings 或 DUALGUARD_NOTIFY 指明设置文件"
        en = "this machine has no settings of channels: name them with --settings or DUALGUARD_NOTIFY"
        click.echo(frame.say(zh, en), err=True)


def tell_dead(frame: Frame, lanes: Sequence[Mapping[str, Any]]) -> int:
    """How many messages nobody tries any more, with a sentence for each lane that holds some."""
    dead = [row for row in lanes if row["dead"]]
    for row in dead:
        zh = (
            f"发给 {row['recipient']} 的 {row['dead']} 条消息（单位 {row['body']}，通道 {row['channel']}）"
            "停止投递：notify messages --step dead"
        )
        en = (
            f"{row['dead']} messages to {row['recipient']} (body {row['body']}, channel {row['channel']}) died "
            "undelivered: notify messages --step dead"
        )
        click.echo(frame.say(zh, en), err=True)
    return sum(int(row["dead"]) for row in dead)

"""Says what followed from the warnings just read: which changes of which bodies they became, or why nothing did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from adapters.verbs.frame import Frame, local
from adapters.weather_step import NAME as FOLLOWING
from domain.changes import ChangeReported
from domain.labels import label
from domain.language import Moment
from domain.risk_uplift import WEATHER_CAUSE
from domain.weather_episodes import (
    EpisodeEnded,
    EpisodeLowered,
    EpisodeOpened,
    EpisodeRaised,
    EpisodeTold,
    episode_name,
)
from domain.weather_messages import SPEAKING, ReceiveWarning
from domain.weather_words import Word, lasting, too_old

if TYPE_CHECKING:
    from adapters.feeds.taking import Taken

TURNS = tuple(one.KIND for one in (EpisodeOpened, EpisodeRaised, EpisodeLowered, EpisodeEnded))
SHOWN = 20
"""How many are told one by one."""


def ran_out(command: ReceiveWarning, at: Moment) -> Moment | None:
    """When the last of its warnings had run out, where all had by then; None for what lifts or still goes on."""
    ends: list[Moment] = []
    for word in _words(command):
        if word.lifts or word.expires is None or word.expires > at:
            return None
        ends.append(word.expires)
    return max(ends, default=None)


def tell_followed(frame: Frame, taken: Sequence[Taken], before: int, at: Moment) -> None:
    """One sentence for each change that was reported since the record ``before``, for each episode that began and
    touches nobody, and for each new warning that was only kept."""
    if frame.json:
        return
    lines = [*_reported(frame, before), *_lines(frame, taken, before, at)]
    for line in lines[:SHOWN]:
        click.echo(line, err=True)
    if len(lines) > SHOWN:
        left = len(lines) - SHOWN
        click.echo(frame.say(f"……另有 {left} 条仅存档", f"... and {left} more that are only kept"), err=True)


def _reported(frame: Frame, before: int) -> Iterator[str]:
    """Of an episode that nobody has followed yet, because that failed, nothing is said."""
    followed = frame.app.positions.of(FOLLOWING)
    reported: set[str] = set()
    opened: list[tuple[str, str]] = []
    for record in frame.app.journal.every(before, (EpisodeOpened.KIND, ChangeReported.KIND)):
        match record.event:
            case EpisodeOpened() as event if record.position <= followed:
                code = record.stream.rsplit("/", 1)[1]
                name = f"{event.area_name or event.area} {label(event.kind, frame.lang)}"
                opened.append((f"{WEATHER_CAUSE}{episode_name(code, event.number)}", name))
            case ChangeReported() as event if event.cause.startswith(WEATHER_CAUSE):
                reported.add(event.cause)
                yield frame.say(
                    f"{record.scope}：已报告为变更 {event.change}（change show {event.change}）",
                    f"{record.scope}: reported as the change {event.change} (change show {event.change})",
                )
    for cause, name in opened:
        if cause not in reported:
            yield frame.say(
                f"{name}：没有责任单位受其影响（所在地区没有与该天气相连的风险，或单位的应对规则不要求）",
                f"{name}: touches no responsible body (none in its area has a risk that hangs on it, or its response "
                "asks for nothing)",
            )


def _lines(frame: Frame, taken: Sequence[Taken], before: int, at: Moment) -> Iterator[str]:
    told: set[int | None] = set()
    turned: set[int | None] = set()
    for record in frame.app.journal.every(before, (EpisodeTold.KIND, *TURNS)):
        (told if record.kind == EpisodeTold.KIND else turned).add(record.caused_by)
    for one in taken:
        command = one.command
        if one.outcome != "received" or command is None or one.position in turned:
            continue
        if command.status != "actual" or command.message not in SPEAKING:
            said = command.status if command.status != "actual" else command.message
            yield frame.say(
                f"{one.identifier}：{label(said, 'zh')}信息，仅存档，没有后果",
                f"{one.identifier}: a message of the kind '{label(said, 'en')}' is kept and has no consequence",
            )
            continue
        end = ran_out(command, at)
        if end is not None and (one.position in told or all(too_old(word, at) for word in _words(command))):
            yield frame.say(
                f"{one.identifier}：读取时已失效（至 {local(end)}），仅存档，没有后果",
                f"{one.identifier}: had run out when it was read (at {local(end)}); it is kept and has no consequence",
            )


def _words(command: ReceiveWarning) -> list[Word]:
    """What it says of each part, with the end that counts."""
    return [
        lasting(
            Word(
                command.source,
                command.identifier,
                command.sent,
                command.message,
                part.level,
                part.lifts or command.message == "cancel",
                part.expires,
                part.assumed,
                command.references,
                command.listed,
            )
        )
        for part in command.parts
    ]

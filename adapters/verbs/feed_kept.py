"""Says which of the warnings just read have no consequence, and why: they had run out, were a test, or no warning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from adapters.verbs.frame import Frame, local
from domain.labels import label
from domain.language import Moment
from domain.weather_episodes import EpisodeEnded, EpisodeLowered, EpisodeOpened, EpisodeRaised, EpisodeTold
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


def tell_kept(frame: Frame, taken: Sequence[Taken], before: int, at: Moment) -> None:
    """One sentence for each new warning that was only kept; asks what followed from the records since ``before``."""
    if frame.json:
        return
    lines = list(_lines(frame, taken, before, at))
    for line in lines[:SHOWN]:
        click.echo(line, err=True)
    if len(lines) > SHOWN:
        left = len(lines) - SHOWN
        click.echo(frame.say(f"……另有 {left} 条仅存档", f"... and {left} more that are only kept"), err=True)


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

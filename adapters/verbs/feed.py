"""Verbs for what comes from outside by itself: read warnings, poll feeds, and see which of them are silent."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from adapters.border import moment_field
from adapters.verbs.commanding import add_command
from adapters.verbs.feed_equipment import add_equipment
from adapters.verbs.feed_followed import ran_out, tell_followed
from adapters.verbs.feed_silence import stale_now, tell_stale
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.machine import answer_question
from adapters.verbs.needing import need_journal
from adapters.verbs.risks import given
from adapters.verbs.telling import react
from adapters.verbs.weather_questions import add_episodes
from domain.labels import Lang, label
from domain.language import Moment, is_code
from domain.refused import BadField
from domain.weather_feeds import FollowFeed, UnfollowFeed

STORE = click.Option(["--store"], metavar="FOLDER", help="default: FILE-evidence, or DUALGUARD_EVIDENCE")
SOURCE = click.Option(["--source"], metavar="FEED", help="name of the feed")
BY_HAND = "by-hand"
"""The source of what somebody hands in without naming one."""
COLUMNS = (
    "document",
    "outcome",
    "identifier",
    "sent_at",
    "message",
    "status",
    "about",
    "position",
    "because",
)


def feed(lang: Lang) -> click.Group:
    noun = Noun(
        "feed",
        lang=lang,
        help="数据源：气象预警、设备事件" if lang == "zh" else "feeds: warnings and equipment events",
    )
    add_command(
        noun, "follow", FollowFeed, "接入数据源并监视其是否中断", "expect a feed, and say when it is silent"
    )
    add_command(noun, "unfollow", UnfollowFeed, "不再接入数据源", "no longer expect a feed")
    _reading(noun)
    _status(noun)
    add_equipment(noun)
    add_episodes(noun)
    return noun


def _reading(noun: Noun) -> None:
    @noun.verb(
        "weather",
        "读取气象预警：文件、文件夹、标准输入（-）或 https 地址",
        "read warnings (CAP 1.0-1.2, Atom, RSS, EDXL-DE, list of warnings in force) from a file, a folder, standard "
        "input (-) or an https address; exit 1 where something was refused",
        [click.Argument(["path"], metavar="PATH|-|URL"), SOURCE, STORE],
    )
    def weather(frame: Frame, path: str, source: str | None, store: str | None) -> int:
        return _read(frame, [(source or _named(frame, path), path)], store)

    @noun.verb(
        "poll",
        "读取全部已接入且有地址的数据源",
        "poll every followed feed that has an address",
        [SOURCE, STORE],
    )
    def poll(frame: Frame, source: str | None, store: str | None) -> int:
        from adapters.feeds.staleness import feeds

        need_journal(frame)
        due = [
            (row["feed"], row["address"])
            for row in feeds(frame.app)
            if row["followed"] and row["address"] and source in (None, row["feed"])
        ]
        return _read(frame, due, store)


def _read(frame: Frame, waiting: list[tuple[str, str]], store: str | None) -> int:
    """Read each (source, place), record what is new, show what became of everything."""
    from adapters.evidence.place import store_of
    from adapters.feeds.fetching import Allowed, Fetching
    from adapters.feeds.keeping import Received
    from adapters.feeds.sources import STDIN, is_address, poll, read_path, read_stdin
    from adapters.feeds.taking import Intake, Taken, Taking

    app = frame.app
    at: Moment | None = moment_field("--at", frame.at)
    kept = Received(store_of(app.url, store, os.environ).folder)
    taking = Taking(app, kept, at, frame.person)
    taken: list[Taken] = []
    before = app.journal.head().size if app.ledger.exists() else 0
    for source, place in waiting:
        _need_source(source)
        intake = Intake(source)
        if is_address(place):
            heard = poll(taking, intake, kept, Fetching(Allowed.of(os.environ)), place)
        elif place == STDIN:
            read_stdin(taking, intake)
            heard = intake.read > 0
        else:
            read_path(taking, intake, Path(place))
            heard = intake.read > 0
        taken += taking.record(intake)
        if heard:
            taking.heard(source, app.now())
    code = _show(frame, taken, at or app.now())
    if any(one.position is not None for one in taken):
        react(frame)
        tell_followed(frame, taken, before, at or app.now())
    return code


def _show(frame: Frame, taken: list[Any], at: Moment) -> int:
    """What became of everything by that moment; one refused document alone is a refusal like any other."""
    from adapters.feeds.taking import counted

    refused = [one for one in taken if one.because is not None]
    if len(taken) == len(refused) == 1:
        raise refused[0].because
    rows = [_row(frame, one, at) for one in taken]
    if not frame.json:
        named = ("outcome", "message", "status")
        rows = [{**row, **{one: label(row.get(one) or "", frame.lang) for one in named}} for row in rows]
    show_rows(frame, rows, COLUMNS)
    if not frame.json:
        found = counted(taken)
        click.echo(", ".join(f"{label(name, frame.lang)} {count}" for name, count in sorted(found.items())))
    for one in refused:
        start = frame.say("拒绝：", "refused: ")
        click.echo(f"{start}{one.document}: {one.because.because(frame.lang)}", err=True)
    return 1 if refused else 0


def _row(frame: Frame, one: Any, at: Moment) -> dict[str, Any]:
    command = one.command
    row: dict[str, Any] = {
        "document": one.document,
        "outcome": one.outcome,
        "identifier": one.identifier or None,
    }
    row["position"] = one.position
    row["notes"] = list(one.notes)
    row["because"] = None if one.because is None else one.because.because(frame.lang)
    if one.because is not None:
        row["refused"] = one.because.name
    if command is None:
        return row
    parts = [
        {
            "area": part.area,
            "area_name": part.area_name,
            "kind": part.kind,
            "level": part.level,
            "onset": part.onset,
            "expires": part.expires,
            "assumed": part.assumed,
            "lifts": part.lifts,
        }
        for part in command.parts
    ]
    told = {
        "sent": command.sent,
        "sent_at": command.sent,
        "message": command.message,
        "status": command.status,
    }
    more = {
        "schema_valid": command.schema_valid,
        "sha256": command.sha256,
        "references": list(command.references),
        "ran_out": ran_out(command, at),
    }
    return {**row, **told, **more, "parts": parts, "about": _told(frame, parts)}


def _told(frame: Frame, parts: list[dict[str, Any]]) -> list[str]:
    """Area, kind and colour of each part as a person says them."""
    said = []
    for part in parts[:5]:
        words = [part["area"] or part["area_name"][:40], label(part["kind"], frame.lang)]
        words.append(
            frame.say("未知", "unknown") if part["level"] == "unknown" else label(part["level"], frame.lang)
        )
        words += [frame.say("解除", "lifted")] if part["lifts"] else []
        said.append(" ".join(word for word in words if word))
    return said + ([f"+{len(parts) - 5}"] if len(parts) > 5 else [])


def _named(frame: Frame, place: str) -> str:
    """The source of an address: the feed that is followed there, else its host; else what is handed in by hand."""
    from adapters.feeds.sources import is_address
    from adapters.feeds.staleness import feeds

    if not is_address(place):
        return BY_HAND
    for row in feeds(frame.app):
        if row["followed"] and row["address"] == place:
            return str(row["feed"])
    try:
        host = urlsplit(place).hostname or ""
    except ValueError:
        host = ""
    return re.sub(r"[^a-z0-9.-]", "-", host.lower()).strip(".-")[:64] or BY_HAND


def _feed_name(feed: str, frame: Frame) -> str:
    """The feed's own name, but words for what is no feed at all."""
    return label(BY_HAND, frame.lang) if feed == BY_HAND else feed


def _need_source(source: str) -> None:
    if not is_code(source):
        raise BadField(
            field="--source",
            problem_zh=f"“{source}”不能作为编号",
            problem_en=f"'{source}' is no code: letters, digits, - _ and .",
        )


def _status(noun: Noun) -> None:
    @noun.verb(
        "status",
        "数据源状态：最近信息、最近读取、缺失次数、是否中断（有中断则退出码为 1）",
        "last message, last poll, missed polls of every feed; exit 1 where one is stale",
    )
    def status(frame: Frame) -> int:
        from adapters.feeds.staleness import silent
        from adapters.feeds.staleness import status as status_of

        need_journal(frame)
        app = frame.app
        rows = status_of(app, app.now() if app.practice else frame.clock())
        stale = silent(rows)
        if not frame.json:
            rows = [{**row, "standing": label(row["standing"], frame.lang)} for row in rows]
            rows = [{**row, "feed": _feed_name(row["feed"], frame)} for row in rows]
        columns = ("feed", "standing", "last_poll_at", "missed_polls", "stale_after", "every", "messages")
        shown = [{**row, "last_poll_at": row["last_poll"], "last_sent_at": row["last_sent"]} for row in rows]
        show_rows(frame, shown, (*columns, "last_sent_at", "last_identifier", "position"))
        tell_stale(frame, stale)
        return 1 if stale else 0

    @noun.verb(
        "warnings",
        "已收到的预警信息",
        "the warnings that came, with area, kind, colour and end",
        [
            click.Option(["--source"]),
            click.Option(["--kind"]),
            click.Option(["--area"]),
            click.Option(["--since"], metavar="DAY"),
        ],
    )
    def warnings(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "warning-list", given(asked))
        shown = [{**row, "sent_at": row["sent"], "about": _told(frame, row["parts"])} for row in rows]
        if not frame.json:
            named = ("message", "status")
            shown = [{**row, **{one: label(row[one], frame.lang) for one in named}} for row in shown]
            shown = [{**row, "source": _feed_name(row["source"], frame)} for row in shown]
        columns = ("source", "identifier", "sent_at", "message", "status", "about", "listed", "gone_at")
        show_rows(frame, shown, (*columns, "schema_valid", "differed", "position"))
        tell_stale(frame, stale_now(frame))

"""Verbs for the calendar: which days are worked, by which notice, and recording the notice of a new year."""

from __future__ import annotations

import calendar as calendar_names
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import click

from adapters.problems import problem_of
from adapters.projector.calendar_asking import OfDays, days_listed
from adapters.verbs.commanding import add_command, give_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.machine import answer_question
from domain.calendar_notices import SettleYear
from domain.labels import Lang
from domain.language import day_of
from domain.refused import BadField, NoJournalError

MOST_BYTES = 1_000_000


def calendar(lang: Lang) -> click.Group:
    noun = Noun("calendar", lang=lang, help="工作日历" if lang == "zh" else "working days, year by year")
    add_command(
        noun, "settle", SettleYear, "记录节假日安排通知", "record the notice on the holidays of a year"
    )

    @noun.verb(
        "show",
        "工作日与放假调休（缺省为本年；--days 逐日列出）",
        "days off and days worked instead (default this year; --days: every day)",
        [
            click.Option(["--year"], type=click.IntRange(1, 9999)),
            click.Option(["--from", "since"], metavar="DAY"),
            click.Option(["--to", "until"], metavar="DAY"),
            click.Option(["--days"], is_flag=True),
        ],
    )
    def show(frame: Frame, year: int | None, since: str | None, until: str | None, days: bool) -> None:
        if year is not None:
            since, until = since or f"{year:04}-01-01", until or f"{year:04}-12-31"
        asked: dict[str, Any] = {"since": since, "until": until}
        rows = days_of(frame, {key: value for key, value in asked.items() if value is not None})
        told = rows if days or frame.json else [row for row in rows if row["unusual"]]
        unknown = bool(rows) and not told and all(row["provisional"] for row in rows)
        if frame.json or not unknown:  # of a year without a notice a table has nothing to show
            shown = [{**row, "weekday": _weekday(row["weekday"], frame.lang)} for row in told]
            show_rows(
                frame,
                told if frame.json else shown,
                ("day", "weekday", "working", "holiday", "provisional", "notice"),
            )
        open_years = ", ".join(sorted({row["day"][:4] for row in rows if row["provisional"]}))
        if open_years and not frame.json:
            click.echo(
                frame.say(
                    f"{open_years} 年尚无通知，按周一至周五上班暂定；通知发布后以 calendar load 记录",
                    f"no notice is known for {open_years}: provisional, worked from Monday to Friday;"
                    " record the notice with calendar load",
                )
            )

    @noun.verb("years", "已有节假日安排通知的年份", "the years whose notice is known")
    def years(frame: Frame) -> None:
        rows = answer_question(frame, "calendar-years", {})
        if not frame.json:
            said = {
                "rules": frame.say("随产品提供", "ships with the rules"),
                "record": frame.say("录入", "recorded"),
            }
            rows = [{**row, "origin": said[row["origin"]]} for row in rows]
        show_rows(frame, rows, ("year", "title", "number", "origin", "verified", "counts", "position"))

    @noun.verb(
        "load",
        "由文件（TOML 或 JSON）记录一年的节假日安排通知",
        "record the notice on a year from a file (TOML or JSON)",
        [click.Argument(["file"], type=click.Path(path_type=Path))],
    )
    def load(frame: Frame, file: Path) -> None:
        give_command(frame, SettleYear.__name__, read_notice(file))

    return noun


def days_of(frame: Frame, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """The days that were asked for; where there is no database yet, by the notices that ship with the program."""
    try:
        return answer_question(frame, "calendar-days", asked)
    except NoJournalError:
        return days_listed([], OfDays.model_validate(asked), day_of(frame.clock()))


def read_notice(file: Path) -> dict[str, Any]:
    """The fields of the command from a file; refuses a file that is missing, too large, or neither TOML nor JSON."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise _bad(f"大于 {MOST_BYTES} 字节", f"is larger than {MOST_BYTES} bytes")
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _bad(f"无法读取：{problem_of(error).zh}", f"cannot be read: {error}") from None
    try:
        read = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _bad(
            f"既不是 TOML 也不是 JSON：{problem_of(error).zh}", f"is neither TOML nor JSON: {error}"
        ) from None
    return {str(key): _plain(value) for key, value in read.items()}


def _plain(value: Any) -> Any:
    """Days of TOML as texts, however deep; everything else as it is, for the border to judge."""
    if type(value) is date:
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _bad(zh: str, en: str) -> BadField:
    return BadField(field="file", problem_zh=zh, problem_en=en)


def _weekday(number: int, lang: Lang) -> str:
    """The day of the week by its short name; 1 is Monday."""
    return f"周{'一二三四五六日'[number - 1]}" if lang == "zh" else calendar_names.day_abbr[number - 1]

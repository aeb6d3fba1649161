"""What every verb shares: the options accepted everywhere, the opened database, and how answers are shown.

A verb parses, makes one call, and shows; refusals and faults travel up to the one place that turns them into a
sentence and an exit code: 0 done, 1 refused, 2 misuse, 3 fault.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from adapters.verbs.cells import cell
from adapters.verbs.cells import local as local  # the verbs take it from here
from adapters.verbs.columns import column
from adapters.verbs.tables import console_of as console_of  # the demo takes it from here
from adapters.verbs.tables import print_list
from domain.labels import Lang
from domain.language import Moment
from domain.refused import BadField

if TYPE_CHECKING:
    from adapters.app import App

Row = Mapping[str, Any]


@dataclass
class Frame:
    """The settings of one invocation, filled from options before and after the verb."""

    clock: Callable[[], Moment]
    lang: Lang
    wiring: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    db: str | None = None
    person: str | None = None
    at: str | None = None
    command_id: str | None = None
    now: str | None = None
    json: bool = False
    _app: App | None = None
    _told_practice: bool = False

    @property
    def app(self) -> App:
        """The database, opened once."""
        if self._app is None:
            from adapters.app import App
            from adapters.border import moment_field

            self._app = App(self.db, self.clock, moment_field("--now", self.now))
        return self._app

    def close(self) -> None:
        if self._app is not None:
            self._app.close()
            if made := self._app.made_unasked():
                click.echo(
                    self.say(
                        f"已在当前目录新建 {made}（正式记录，非演练）：--db 和 DUALGUARD_DB 都没有指定数据库",
                        f"made {made} in this folder, for real records: neither --db nor DUALGUARD_DB names one",
                    ),
                    err=True,
                )

    def banner(self) -> None:
        """Say once, above all else on a screen, that nothing in a practice file is real."""
        if self.app.practice and not self.json and not self._told_practice:
            click.echo(self.say("【演练文件，非真实记录】", "[practice file: nothing here is real]"))
        self._told_practice = True

    def say(self, zh: str, en: str) -> str:
        """The sentence in the reader's language."""
        return zh if self.lang == "zh" else en


def preferred_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """The reader's language: ``--lang``, else ``DUALGUARD_LANG``, else the locale; else English."""
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            return "zh" if arguments[at + 1] == "zh" else "en"
        if argument.startswith("--lang="):
            return "zh" if argument == "--lang=zh" else "en"
    for name in ("DUALGUARD_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def frame_of(context: click.Context) -> Frame:
    found = context.find_object(Frame)
    assert found is not None
    return found


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
        frame = context.find_object(Frame)
        if isinstance(value, str) and not value.strip():
            zh, en = "不能为空", "must not be empty"
            raise click.BadParameter(frame.say(zh, en) if frame else f"{zh} / {en}", context, parameter)
        if frame is not None and value not in (None, False):
            setattr(frame, name, value)

    return keep


def common_options(lang: Lang) -> list[click.Parameter]:
    """The options that stand before or after every verb."""

    def option(flags: list[str], name: str, zh: str, en: str, **more: Any) -> click.Option:
        return click.Option(
            flags, expose_value=False, callback=_keep(name), help=zh if lang == "zh" else en, **more
        )

    return [
        option(["--json"], "json", "机器可读输出", "answer as JSON", is_flag=True),
        option(
            ["--as"], "person", "操作人员（引用，非姓名）", "who acts: a person's reference", metavar="PERSON"
        ),
        option(["--at"], "at", "发生时间（含时区）", "when it happened, with offset", metavar="TIME"),
        option(["--command-id"], "command_id", "命令编号", "id of the command", metavar="ID"),
        option(["--db"], "db", "数据库（文件或 URL）", "database: a file or a URL", metavar="URL"),
        option(["--now"], "now", "演练时间", "the present moment (practice files)", metavar="TIME"),
        click.Option(
            ["--lang"],
            expose_value=False,
            type=click.Choice(["zh", "en"]),
            help="语言" if lang == "zh" else "language",
        ),
    ]


class Verb(click.Command):
    """A command that takes the common options after its name."""

    def __init__(self, *args: Any, lang: Lang = "en", **more: Any) -> None:
        super().__init__(*args, **more)
        self.lang = lang
        if lang == "zh":
            self.options_metavar = "[选项]"
        taken = {flag for parameter in self.params for flag in parameter.opts}
        self.params += [one for one in common_options(lang) if not taken.intersection(one.opts)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from adapters.verbs.option_words import worded  # only whoever asks for help reads them

        self.params = [worded(one, self.lang) for one in self.params]
        super().format_options(ctx, formatter)


class Noun(click.Group):
    """A group of verbs that takes the common options before the verb."""

    def __init__(self, *args: Any, lang: Lang = "en", **more: Any) -> None:
        super().__init__(*args, **more)
        self.lang = lang
        if lang == "zh":
            self.options_metavar, self.subcommand_metavar = "[选项]", "命令 [参数]..."
        self.params += common_options(lang)

    def verb(
        self, name: str, zh: str, en: str, params: Sequence[click.Parameter] = ()
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register a function ``(frame, **values)`` as a verb."""

        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            def call(**values: Any) -> Any:
                context = click.get_current_context()
                try:
                    return function(frame_of(context), **values)
                except BadField as bad:
                    field = option_of(context.command.params, str(bad.values["field"]), values)
                    bad.values["field"] = field
                    raise

            text = zh if self.lang == "zh" else en
            verb = Verb(name, callback=call, params=list(params), help=text, lang=self.lang)
            self.add_command(verb)
            return function

        return register


def option_of(params: Sequence[click.Parameter], field: str, given: Mapping[str, Any]) -> str:
    """A command's field (``data.means[0]``) as the option that a person typed for it; any other as it is.

    Which of several values is meant is said only where several were given.
    """
    name, rest = re.fullmatch(r"(?:data\.)?(\w*)(.*)", field, re.DOTALL).groups()  # type: ignore[union-attr]  # always matches
    for one in params:
        if one.name == name and isinstance(one, click.Option) and field.startswith("data."):
            held = given.get(name)
            several = isinstance(held, (list, tuple)) and len(held) > 1
            return f"{max(one.opts, key=len)}{rest if several else rest.removeprefix('[0]')}"
    return field


# ------------------------------------------------------------------------------------------------- showing


def write_json(value: Any) -> None:
    """One JSON value on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str))


def show_rows(frame: Frame, rows: Sequence[Row], columns: Sequence[str], title: str = "") -> None:
    """A list of rows: as JSON all fields, as a table the named columns with labels."""
    if frame.json:
        write_json([dict(row) for row in rows])
        return
    here = click.get_current_context(silent=True)
    screen = f"{(here.parent.info_name if here.parent else None) or ''} {here.info_name}" if here else ""
    headings = [column(name, frame.lang, screen) for name in columns]
    frame.banner()
    print_list(
        headings,
        [[cell(frame.lang, name, row.get(name)) for name in columns] for row in rows],
        title,
        frame.lang,
    )
    if not rows:
        click.echo(frame.say("（没有内容）", "(nothing to show)"))


def interactive() -> bool:
    """Whether a person watches, so that long work may show its progress."""
    return sys.stderr.isatty() and "CI" not in os.environ

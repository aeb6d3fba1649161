"""``dualguard demo``: the main job in one command, on a practice file that it fills by itself and then shows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from adapters.demo.play import open_story, play
from adapters.demo.reports import leave_papers
from adapters.demo.showing import look, show, summary
from adapters.journal.opening import sqlite_path
from adapters.verbs.clock import ports_of
from adapters.verbs.frame import Frame, Verb, frame_of, interactive, write_json
from adapters.verbs.simulating import leave_coming
from domain.labels import Lang
from domain.language import Moment

SIMULATED_UNTIL = "2028-05-31"
"""Eighteen months after the story's last day."""
DEFAULT_FILE = "dualguard-demo.db"


def demo(lang: Lang) -> click.Command:
    zh = lang == "zh"

    def call(file: str | None, out: str | None) -> None:
        frame = frame_of(click.get_current_context())
        if file is not None and frame.db not in (None, file):
            raise click.UsageError("--file 与 --db 只用一个" if zh else "give --file or --db, not both")
        frame.db = sqlite_path(file or frame.db or DEFAULT_FILE)
        frame.now = None
        if not frame.db:
            raise click.UsageError(
                "演练只用 SQLite 文件：用 --file 指明"
                if zh
                else "the demo needs an SQLite file: name one with --file"
            )
        began = time.perf_counter()
        before, told = fill(frame)
        papers = [] if out is None else leave_papers(frame.app, Path(out))
        if out is not None:
            papers += leave_coming(frame, SIMULATED_UNTIL, Path(out))
        shown = look(frame)
        seconds = time.perf_counter() - began
        if frame.json:
            write_json(summary(frame, shown, before, seconds))
        else:
            show(frame, shown, told, before, seconds)
            for paper in papers:
                click.echo(paper)

    return Verb(
        "demo",
        callback=call,
        help=(
            "用演练文件走完主要工作：120 家企业、一座矿山的一年；再次运行不增加记录。"
            if zh
            else "The main job in one command, on a practice file: 120 enterprises and a year of one mine. "
            "A second run on the same file adds nothing."
        ),
        params=[
            click.Option(
                ["--file"],
                metavar="PATH",
                help=f"演练文件（默认 {DEFAULT_FILE}）"
                if zh
                else f"the practice file (default: {DEFAULT_FILE})",
            ),
            click.Option(
                ["--out"],
                metavar="DIR",
                help="把报告（JSON 和两种语言的页面）与今后十八个月的推演（CSV、日历）放入该目录"
                if zh
                else "leave there the reports, as JSON and pages in both languages, and the coming eighteen months, "
                "simulated, as CSV and calendar",
            ),
        ],
        lang=lang,
    )


@dataclass(frozen=True)
class PracticeClock:
    """The real scheduler's tick, as this invocation wired it, at the file's simulated time."""

    ports: Any
    beat: Callable[[Any], object]

    def last(self) -> Moment | None:
        found: Moment | None = self.ports.beats.last()
        return found

    def tick(self) -> object:
        return self.beat(self.ports)


def fill(frame: Frame) -> tuple[int, Lang]:
    """Play the story into the file; returns how many records it held before, and the language it is told in."""
    app = frame.app
    before = app.ledger.head().size
    told = open_story(app, frame.lang)
    clock = PracticeClock(ports_of(frame), frame.wiring["tick"])
    with progress(frame) as heard:
        play(app, told, clock, heard)
    return before, told


@contextmanager
def progress(frame: Frame) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error where a person watches, nothing elsewhere."""
    if not interactive():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(frame.say("演练一座矿山的一年", "playing a year of a mine"), total=None)

        def heard(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        yield heard

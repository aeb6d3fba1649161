"""Plays the year into a practice file: every step at its moment, the clock in between; played again it adds nothing.

Each command carries an id of its own, so a repeated one gets its first answer, also after a run that was broken off;
the clock never looks at a moment that lies before its last look or before the last record.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from adapters.app import IDS, App
from adapters.border import own_id, read_command, read_order
from adapters.demo import authority, equipment, mine, notices, parts_works, plant
from adapters.demo.old_papers import keep_photo
from adapters.demo.reports import REPORTS, give_report
from adapters.demo.steps import SOURCE, Step
from adapters.demo.story import BEGIN, note, story, ticks
from domain.changes import ChangeReported
from domain.engine import Order
from domain.index import MACHINE_COMMANDS
from domain.labels import Lang
from domain.language import Moment, parse_moment
from domain.logbook import PracticeOpened
from domain.policies import POLICIES
from domain.refused import BadField, NotEmpty

HEEDED = frozenset(kind for policy in POLICIES for kind in policy.kinds) | {ChangeReported.KIND}
"""The stored kinds to which a policy listens, and a change, whose risks are looked up at once."""


class Clock(Protocol):
    """The clock of a practice file."""

    def last(self) -> Moment | None:
        """The last moment at which it looked, if one is known."""

    def tick(self) -> object:
        """Record what fell due or became overdue by now."""


def open_story(app: App, lang: Lang) -> Lang:
    """Begin the practice file, or recognise one that this story began; returns the language in which it is told.

    Refuses a database that holds anything else: real records (``NotEmpty``), or other practice (``BadField``).
    """
    first = app.journal.records(0, 1)
    if not first:
        app.set_now(BEGIN)
        app.open_practice(note(lang))
        return lang
    event = first[0].event
    if not isinstance(event, PracticeOpened):
        raise NotEmpty(where=app.ledger.name)
    told: tuple[Lang, ...] = ("zh", "en")
    for one in told:
        if event.note == note(one):
            return one
    raise BadField(
        field="--file",
        problem_zh=f"“{app.ledger.name}”是另一个演练文件；请用 --file 另指一个文件",
        problem_en=f"'{app.ledger.name}' holds another practice; name another file with --file",
    )


def play(app: App, lang: Lang, clock: Clock, told: Callable[[int, int], None]) -> None:
    """Bring the file up to the end of the story; ``told`` hears how many steps of how many are done."""
    _write_names(app, lang)
    keep_photo(app.url)
    steps = story(lang)
    end = steps[-1].entered
    moments = ticks(end)
    reached = app.ledger.head().recorded_at
    look, papers, sent = next(moments, None), list(REPORTS), list(notices.SENT)
    for done, step in enumerate(steps, start=1):
        while look is not None and look <= step.entered:
            _tick(app, clock, look, reached)
            look = next(moments, None)
        while papers and papers[0].at <= step.entered:
            give_report(app, papers.pop(0), reached)
        while sent and sent[0] <= step.entered:
            notices.deliver(app, sent.pop(0), reached)
        _give(app, step, reached)
        told(done, len(steps))
    app.react()
    _tick(app, clock, end, reached)
    notices.deliver(app, end, reached)


def _give(app: App, step: Step, reached: Moment) -> None:
    app.set_now(max(step.entered, reached))
    line = _computed(app, step)
    if line is None:
        return
    answer = app.submit(_order(line))
    if not answer.repeated and any(one.kind in HEEDED for one in answer.records):
        app.react()


def _order(line: Mapping[str, Any]) -> Order:
    """A person's line through the border; what a feed says as the feed gives it."""
    if line["command"] not in MACHINE_COMMANDS and line["by"] != equipment.FEED:
        return read_order(line, str(line["by"]), "os-local", need_id=True)
    from adapters.feeds.taking import FEED_AUTH

    return Order(
        command=read_command(line["command"], line["data"], machine=True),
        by=str(line["by"]),
        id=str(uuid.uuid5(IDS, str(line["id"]))),
        content=b"",
        at=parse_moment(str(line["at"])),
        auth=FEED_AUTH,
        source=SOURCE,
    )


def _computed(app: App, step: Step) -> Mapping[str, Any] | None:
    """The line as it is given: a report gets what the records say now; None where it was compiled before."""
    line = step.line
    if line["command"] != "CompileReport":
        return line
    if app.journal.answered(own_id(str(line["id"]))) is not None:
        return None
    from adapters.papers.compiling import compile_paper

    asked = line["data"]
    position = app.journal.head().size
    of = (str(asked["body"]), asked["kind"], str(asked["period"]))
    _, fields = compile_paper(app.journal, app.engine.rules, *of, position, parse_moment(str(line["at"])))
    return {**line, "data": fields}


def _tick(app: App, clock: Clock, at: Moment, reached: Moment) -> None:
    """Let the clock look at a moment, unless it or a record has come further already."""
    last = clock.last()
    if at < reached or (last is not None and at <= last):
        return
    app.set_now(at)
    clock.tick()


def _write_names(app: App, lang: Lang) -> None:
    """Put the invented names into the directory, where they are not."""
    known = app.directory.names()
    for person, name in {**mine.NAMES, **plant.NAMES, **authority.NAMES, **parts_works.NAMES}.items():
        spoken = name.zh if lang == "zh" else name.en
        if known.get(person) != spoken:
            app.directory.set_name(person, spoken)

"""One opened Dualguard: journal, rules, engine, views and directory of one database, each made when first needed.

In a practice file time is simulated: now is the last recording time unless a later one is given. Everywhere else the
real clock is stamped, and a given "now" only says from which day one looks.
"""

from __future__ import annotations

import getpass
import os
import re
import uuid
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adapters.journal.journal import EventJournal
from adapters.journal.opening import DEFAULT_FILE, open_ledger
from adapters.journal.packed import Ledger
from domain.language import Command, Moment, as_datetime
from domain.logbook import NoteClockDisagreement, OpenPractice, PracticeOpened
from domain.records import Record
from domain.refused import InTheFuture, NotEmpty

if TYPE_CHECKING:
    from adapters.directory import Directory
    from adapters.positions import Positions
    from adapters.projector.projector import Projector
    from domain.engine import Answer, Engine, Order

CLOCK_TOLERANCE = 1.0
"""Seconds by which the machine's clock may read earlier than the last record before that is recorded: a step of the
time service of a few milliseconds is no event."""
IDS = uuid.UUID("8a2f1f8e-0b7c-5b43-9d8e-64756c677562")


class App:
    """Wires one database; ``clock`` is the real clock, handed in from the edge."""

    def __init__(self, url: str | None, clock: Callable[[], Moment], now: Moment | None = None) -> None:
        named = url or os.environ.get("DUALGUARD_DB")
        self.url = named or f"sqlite:///{DEFAULT_FILE}"
        self.unnamed = not named and not Path(DEFAULT_FILE).exists()
        """Nobody named a database and none lies here: whatever is recorded makes one."""
        self._clock = clock
        self._given = now
        self._practice = False
        self._first_seen = False
        if now is not None and now > clock() and not self.practice:
            raise InTheFuture(at=now, now=clock())

    def made_unasked(self) -> str:
        """The database that came about though nobody named it or asked for it; "" where none did."""
        return DEFAULT_FILE if self.unnamed and Path(DEFAULT_FILE).exists() else ""

    # ------------------------------------------------------------------------------------------- time

    @property
    def practice(self) -> bool:
        """Whether this is a practice file; its first record says so."""
        if not (self._practice or self._first_seen):
            first = self.ledger.read_log(0, 1)
            self._first_seen = bool(first)
            self._practice = self._first_seen and first[0].kind == PracticeOpened.KIND
        return self._practice

    def now(self) -> Moment:
        """The present moment of this journal (see the module)."""
        if not self.practice:
            return self._given or self._clock()
        last = self.ledger.head().recorded_at
        return max(self._given or last, last)

    def set_now(self, now: Moment) -> None:
        """Advance the simulated clock of a practice file."""
        self._given = now

    def _stamp(self) -> Moment:
        """What is stamped as recording time: the real clock, or a practice file's simulated one ("" stands still)."""
        if self._practice:
            return self._given or ""
        return self._clock()

    # ------------------------------------------------------------------------------------------- parts

    @cached_property
    def ledger(self) -> Ledger:
        return open_ledger(self.url, self._stamp)

    @cached_property
    def journal(self) -> EventJournal:
        return EventJournal(self.ledger, self.now)

    @cached_property
    def engine(self) -> Engine:
        from adapters.rules import load_rulebook
        from domain.engine import Engine
        from domain.index import DECIDERS

        return Engine(self.journal, DECIDERS, load_rulebook())

    @cached_property
    def projector(self) -> Projector:
        from adapters.projector.projector import Projector
        from adapters.projector.views import open_views
        from projections.index import BY_NAME

        return Projector(self.journal, open_views(self.url), BY_NAME)

    @cached_property
    def positions(self) -> Positions:
        from adapters.positions import Positions

        return Positions(self.projector.views.engine, self.journal)

    @cached_property
    def beats(self) -> Positions:
        """The clock's beat; it stands apart from the views, which may be deleted."""
        from adapters.beats import open_beats

        return open_beats(self.url, self.journal)

    @cached_property
    def directory(self) -> Directory:
        from adapters.directory import Directory

        return Directory(self.url)

    def close(self) -> None:
        for part in ("projector", "directory", "ledger"):
            if part in self.__dict__:
                self.__dict__[part].close()

    # ------------------------------------------------------------------------------------------- acting

    def person(self, given: str | None) -> str:
        """Who acts: the given reference, or the person of the operating system's account."""
        if given:
            return given
        try:
            account = getpass.getuser()
        except (KeyError, OSError):
            account = f"uid-{os.getuid()}"
        person = self.directory.person_of(account)
        return person or re.sub(r"[^\w.\-]", "-", account).lstrip("_.-")[:64] or "nobody"

    def submit(self, order: Order) -> Answer:
        """Decide one order; a clock that went back is written down beside it."""
        answer = self.engine.submit(order)
        if answer.clock_read is not None and not self._practice:
            gap = as_datetime(answer.recorded_at) - as_datetime(answer.clock_read)
            if gap.total_seconds() > CLOCK_TOLERANCE:
                note = NoteClockDisagreement(answer.clock_read, answer.recorded_at)
                self.machine(note, f"clock-disagreed {answer.recorded_at}")
        return answer

    def machine(self, command: Command, what: str, by: str = "clock", auth: str = "clock") -> Answer:
        """Give a machine command once: its id follows from ``what``."""
        from domain.engine import Order

        return self.engine.submit(
            Order(command=command, by=by, id=str(uuid.uuid5(IDS, what)), content=b"", auth=auth)
        )

    def react(self) -> int:
        """Run policies and steps on what was recorded since they last ran; how many commands they gave."""
        from adapters.steps import follow_up

        return follow_up(self)

    def open_practice(self, note: str) -> None:
        """Make an empty database a practice one; refused when anything was recorded already."""
        if self.ledger.head().size:
            raise NotEmpty(where=self.ledger.name)
        if self._given is None:
            self._given = self._clock()
        self._practice = True
        self.machine(OpenPractice(note), "practice", by="init", auth="init")

    def history(self, streams: Iterable[str]) -> list[Record]:
        """All records of some streams in the order of their positions."""
        records = [record for stream in streams for record in self.journal.stream(stream)]
        return sorted(records, key=lambda record: record.position)


def answer_line(answer: Answer) -> dict[str, Any]:
    """The answer to an accepted command as machines read it."""
    return {
        "ok": True,
        "records": [
            {"position": one.position, "stream": one.stream, "version": one.version, "kind": one.kind}
            for one in answer.records
        ],
    }

"""A clock under test: the real engine and journal, a simulated time, due rows folded from the log, and a fuse."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine as Database
from sqlalchemy import MetaData, StaticPool, create_engine

from adapters.journal.journal import EventJournal
from adapters.journal.memory import MemoryLedger
from adapters.journal.packed import Ledger
from adapters.journal.sqlite import open_sqlite
from adapters.policies import run_policies, submit_noting
from adapters.positions import ClockBeats, Positions
from domain import duties
from domain.decider import Decider
from domain.engine import Answer, Engine, Order
from domain.index import DECIDERS
from domain.language import Command, Day, Moment, as_datetime, moment, start_of
from domain.logbook import ClockDisagreed, ClockWasAway
from domain.policies import POLICIES, Policy
from domain.records import Answered, Appended, Conflict, Draft, Record
from domain.rulebook import Rulebook
from domain.working_days import Calendar
from projections.duty_facts import DUTY_FACTS, Owing, changed_since, owing
from projections.duty_rows import DUTY_ROWS, DueRow, due_by
from projections.projection import Projection
from scheduler.planner import plan
from scheduler.ports import Bodies, DueRows, Ports
from scheduler.tick import Ticked, tick

BODY = "NJ-K01"
DUTY_KINDS = tuple(event.KIND for event in duties.DUTY.events)


def at(day: Day, hour: float = 12) -> Moment:
    """That hour of a day in China."""
    return later(start_of(day), hours=hour)


def later(than: Moment, **more: float) -> Moment:
    """That much later, as ``timedelta`` counts it."""
    return moment(as_datetime(than) + dt.timedelta(**more))


class Time:
    """A clock that reads what it was set to."""

    def __init__(self, reads: Moment) -> None:
        self.reads = reads

    def __call__(self) -> Moment:
        return self.reads


class Killed(BaseException):
    """The process died here."""


class Fuse:
    """Kills the process at the n-th place where it could die; 0 never does."""

    def __init__(self, burns_at: int = 0) -> None:
        self.burns_at = burns_at
        self.passed = 0

    def __call__(self) -> None:
        self.passed += 1
        if self.passed == self.burns_at:
            raise Killed


class FusedJournal(EventJournal):
    fuse: Fuse

    def append(self, draft: Draft) -> Appended | Conflict | Answered:
        self.fuse()
        outcome = super().append(draft)
        self.fuse()
        return outcome


class FusedPositions(Positions):
    fuse: Fuse

    def advance(self, policy: str, position: int) -> None:
        self.fuse()
        super().advance(policy, position)
        self.fuse()

    def advance_these(self, policies: Sequence[str], position: int) -> None:
        self.fuse()
        super().advance_these(policies, position)
        self.fuse()

    def set_beat(self, at: Moment) -> None:
        self.fuse()
        super().set_beat(at)
        self.fuse()


class FoldedRows:
    """Due rows without a database: the journal's duty records folded by the decider itself."""

    def __init__(self, journal: EventJournal) -> None:
        self._journal = journal
        self._duties: dict[str, duties.Duty] = {}
        self._position = 0

    def catch_up(self) -> int:
        head = self._journal.head().size
        for record in self._journal.every(self._position, DUTY_KINDS, until=head):
            state = self._duties.get(record.stream, duties.Duty())
            self._duties[record.stream] = duties.DUTY.evolve(state, record.event)
        self._position = max(head, self._position)
        return self._position

    def due(self, by: Day, after: DueRow | None, limit: int) -> Sequence[DueRow]:
        begin = ("", "", "") if after is None else (after.due, after.body, after.duty)
        rows = [row_of(stream, duty) for stream, duty in self._duties.items()]
        found = sorted(
            (row for row in rows if (row.due, row.body, row.duty) > begin and plan([row], by)),
            key=lambda row: (row.due, row.body, row.duty),
        )
        return found[:limit]


def row_of(stream: str, duty: duties.Duty) -> DueRow:
    """What the clock has to know of a duty, from its folded state."""
    _, body, code = stream.split("/")
    unanswered = duty.is_open or duty.late_for_its_period
    return DueRow(
        body=body,
        duty=code,
        due=duty.due,
        is_open=duty.is_open,
        passed=duty.is_open or duty.late,
        marked_due=duty.fell_due == duty.due,
        marked_overdue=duty.overdue == duty.due,
        closes=duty.closes if unanswered and duty.missed != duty.closes else "",
        remind=duty.remind,
        reminded=duty.reminded,
        line=tuple(one.after for one in duty.line) if duty.overdue == duty.due else (),
        escalated=duty.escalated,
    )


class NoBodies:
    """Nobody owes anything by a rule with a period."""

    def catch_up(self) -> int:
        return 0

    def waiting(self, today: Day) -> list[tuple[Owing, Day | None]]:
        return []

    def looked(self, body: str, on: Day, again: Day) -> None:
        raise AssertionError(body)

    def seen(self, position: int) -> None:
        pass


class ViewedBodies:
    """The view of facts over a database of its own, and what is remembered of the looks in memory."""

    def __init__(self, journal: EventJournal) -> None:
        self._journal = journal
        self._view = View(DUTY_FACTS)
        self._again: dict[str, tuple[Day, Day]] = {}
        self._seen = 0

    def catch_up(self) -> int:
        return self._view.catch_up(self._journal)

    def waiting(self, today: Day) -> list[tuple[Owing, Day | None]]:
        again = {body: on for body, (on, then) in self._again.items() if then <= today}
        with self._view.database.begin() as connection:
            changed = changed_since(connection, self._view.tables, self._seen)
            found = list(owing(connection, self._view.tables, sorted({*again, *changed})))
        return [(one, None if one.facts.body in changed else again[one.facts.body]) for one in found]

    def looked(self, body: str, on: Day, again: Day) -> None:
        self._again[body] = (on, again)

    def seen(self, position: int) -> None:
        self._seen = max(self._seen, position)


class View:
    """One projection's own tables and ``apply``, in a database of their own."""

    def __init__(self, projection: Projection[Any]) -> None:
        self.projection = projection
        self.database = create_engine("sqlite://", poolclass=StaticPool)
        metadata = MetaData()
        self.tables = projection.tables(metadata, "t_")
        metadata.create_all(self.database)
        self._position = 0

    def catch_up(self, journal: EventJournal) -> int:
        head = journal.head().size
        records = list(journal.every(self._position, self.projection.kinds, until=head))
        with self.database.begin() as connection:
            if records:
                self.projection.apply(records, connection, self.tables)
        self._position = max(head, self._position)
        return self._position


class ViewRows:
    """The view of due rows with its own ``apply`` and question."""

    def __init__(self, journal: EventJournal) -> None:
        self._journal = journal
        self._view = View(DUTY_ROWS)

    def catch_up(self) -> int:
        return self._view.catch_up(self._journal)

    def due(self, by: Day, after: DueRow | None, limit: int) -> Sequence[DueRow]:
        behind = None if after is None else (after.due, after.body, after.duty)
        with self._view.database.begin() as connection:
            return due_by(connection, self._view.tables, by, behind, limit)


@dataclass
class World:
    """What outlives a process: the journal's store, the views' database, and the time."""

    ledger: Ledger
    views: Database
    time: Time

    @staticmethod
    def in_memory(reads: Moment) -> World:
        time = Time(reads)
        views = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
        return World(MemoryLedger(time), views, time)

    @staticmethod
    def on_file(folder: Path, reads: Moment) -> World:
        time = Time(reads)
        views = create_engine(f"sqlite:///{folder / 'views.db'}", connect_args={"timeout": 30})
        return World(open_sqlite(str(folder / "journal.db"), time), views, time)

    def process(self, **given: Any) -> Process:
        return Process(self, **given)

    # -------------------------------------------------------------------------------------- what was recorded

    def records(self, *kinds: str) -> list[Record]:
        return list(EventJournal(self.ledger, self.time).every(0, kinds))

    def events(self, kinds: Iterable[str] = ()) -> Counter[tuple[str, Any, Moment]]:
        """Every event with its stream and when it was so, counted."""
        return Counter((one.stream, one.event, one.happened_at) for one in self.records(*kinds))

    def duty(self, code: str) -> list[Any]:
        """The events of one duty in their order."""
        return [one.event for one in self.records() if one.stream == f"duty/{BODY}/{code}"]

    def absences(self) -> list[ClockWasAway]:
        found = (one.event for one in self.records(ClockWasAway.KIND))
        return [one for one in found if isinstance(one, ClockWasAway)]

    def disagreements(self) -> list[ClockDisagreed]:
        found = (one.event for one in self.records(ClockDisagreed.KIND))
        return [one for one in found if isinstance(one, ClockDisagreed)]


class Process:
    """One process over a world: an engine with its memory, positions, rows and ports; it may be killed."""

    def __init__(
        self,
        world: World,
        fuse: Fuse | None = None,
        policies: tuple[Policy, ...] = POLICIES,
        deciders: Sequence[Decider[Any]] = DECIDERS,
        rows: Callable[[EventJournal], DueRows] = FoldedRows,
        bodies: Callable[[EventJournal], Bodies] | None = None,
        rules: Rulebook | None = None,
        calendar: Calendar | None = None,
    ) -> None:
        self.world = world
        self.fuse = fuse or Fuse()
        self.journal = FusedJournal(world.ledger, world.time)
        self.journal.fuse = self.fuse
        self.rules = rules or Rulebook()
        self.engine = Engine(self.journal, deciders, self.rules)
        self.positions = FusedPositions(world.views)
        self.positions.fuse = self.fuse
        self.policies = policies
        self.before_submit: Callable[[], None] = lambda: None
        self.ports = Ports(
            submit=self._submit,
            rows=rows(self.journal),
            beats=ClockBeats(self.positions, self.engine.memory),
            policies=self.react,
            now=world.time,
            bodies=NoBodies() if bodies is None else bodies(self.journal),
            rules=self.rules,
            calendar=lambda: calendar or Calendar(),
        )

    def _submit(self, order: Order) -> bool:
        self.before_submit()
        return submit_noting(self.engine, order)

    def react(self) -> int:
        return run_policies(self.engine, self.journal, self.positions, self.policies)

    def tick(self, reads: Moment | None = None) -> Ticked:
        if reads is not None:
            self.world.time.reads = reads
        return tick(self.ports)

    # -------------------------------------------------------------------------------------- what people and policies do

    def give(self, person: str, command: Command, happened: Moment | None = None) -> Answer:
        """A person's command, under an id that names its content and when it was given."""
        given = f"{person} {command} {happened} {self.world.time.reads}"
        return self.engine.submit(Order(command, person, given, b"", happened))

    def machine(self, command: Command, happened: Moment | None = None) -> Answer:
        return self.engine.submit(
            Order(command, "policy", f"{command} {happened}", b"", happened, auth="policy")
        )

    def raise_duty(self, code: str, due: Day, happened: Moment | None = None) -> None:
        self.machine(duties.RaiseDuty(BODY, code, "rectification", "hazard", code, "p-lead", due), happened)

"""The same clock over a copy in memory and a simulated time: what will be owed, with nothing written.

Reads fall through to the real journal and views; what the simulated clock records stands in memory above them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import MetaData, StaticPool, create_engine, select

from adapters.journal.journal import EventJournal
from adapters.journal.packed import Head
from adapters.owing import OwingBodies
from adapters.policies import run_policies, submit_noting
from adapters.positions import Positions
from domain.change_touched import RULE as REASSESSMENT
from domain.duty_answer import AnswerDuty
from domain.duty_ending import DutyReasonEnded
from domain.duty_raising import DutyRaised
from domain.engine import Engine, Order
from domain.index import DECIDERS
from domain.language import Day, Moment, but, day_after, day_of, start_of
from domain.obligation_facts import Cause, Done
from domain.obligation_periods import period_of
from domain.policies import POLICIES
from domain.records import Answered, Appended, Conflict, Draft, Record, Slice, Written
from domain.rulebook import Rulebook
from domain.working_days import Calendar
from projections.bulk import upsert
from projections.duty_facts import Owing
from projections.duty_rows import DUTY_ROWS, DueRow, due_by

if TYPE_CHECKING:
    from adapters.app import App

Make = Callable[..., Any]
COPIED = 500
"""Rows copied at once."""
SIMULATED, MACHINE = "simulation", "clock"
"""By whom, and how known, a duty is answered that people are taken to keep."""
STARTS = {
    REASSESSMENT: ("risk_list_updated", "reassessed_after_change"),
    "sector-assessment": ("sector_assessment_finished", "report_finished"),
}
"""Rule -> the trigger, and what happened in particular, when what it asks for is done (projections/duty_facts.py)."""


class SimulatedJournal(EventJournal):
    """A journal whose new records stand in memory above a real one; for one thread."""

    def __init__(self, under: EventJournal, now: Moment) -> None:
        super().__init__(under.ledger, lambda: self._at, under.codec)
        self._under = under
        self._base = under.head()
        self._at = now
        self.new: list[Record] = []
        self._streams: dict[str, list[Record]] = {}
        self._ids: dict[str, tuple[bytes, tuple[Written, ...]]] = {}

    def set_now(self, at: Moment) -> None:
        """What is appended from now on is recorded at that moment."""
        self._at = at

    def read(self, stream: str, after: int = 0) -> Slice:
        found = self._under.read(stream, after)
        for record in self._streams.get(stream, ()):
            if record.version > found.version:
                found.events.append(record.event)
                found.first_at = found.first_at or record.happened_at
                found.last_at = max(found.last_at, record.happened_at)
                found.version = record.version
        return found

    def append(self, draft: Draft) -> Appended | Conflict | Answered:
        meta = draft.meta
        answered = self.answered(meta.command_id)
        if answered is not None:
            return answered
        written = []
        for at, event in enumerate(draft.events, start=1):
            record = Record(
                self._base.size + len(self.new) + 1,
                draft.stream,
                draft.after + at,
                event.KIND,
                meta.scope,
                meta.by,
                meta.auth,
                meta.happened_at,
                self._at,
                meta.command_id,
                event,
                meta.on_behalf_of,
                meta.caused_by,
                meta.source,
            )
            self.new.append(record)
            self._streams.setdefault(draft.stream, []).append(record)
            written.append(Written(record.position, record.stream, record.version, record.kind))
        self._ids[meta.command_id] = (draft.content, tuple(written))
        return Appended(tuple(written), self._at)

    def answered(self, command_id: str) -> Answered | None:
        held = self._ids.get(command_id)
        return self._under.answered(command_id) if held is None else Answered(*held)

    def head(self) -> Head:
        return replace(self._base, size=self._base.size + len(self.new))

    def records(
        self, after: int = 0, limit: int = 1000, kinds: Sequence[str] = (), until: int | None = None
    ) -> list[Record]:
        base = self._base.size
        found = self._under.records(after, limit, kinds, min(base, until or base)) if after < base else []
        wanted = frozenset(kinds)
        for record in self.new[max(0, after - base) : None if until is None else max(0, until - base)]:
            if len(found) == limit:
                break
            if not wanted or record.kind in wanted:
                found.append(record)
        return found


class SimulatedRows:
    """The duties about which the clock has still something to say, copied, and then followed in memory."""

    def __init__(self, app: App, journal: SimulatedJournal) -> None:
        self._journal = journal
        self._database = create_engine("sqlite://", poolclass=StaticPool)
        metadata = MetaData()
        self.tables = DUTY_ROWS.tables(metadata, "")
        metadata.create_all(self._database)
        self._followed = 0
        app.projector.follow([DUTY_ROWS.name])
        with app.projector.reader(DUTY_ROWS.name) as (real, tables), self._database.begin() as copy:
            duties = tables.duties.c
            query = select(tables.duties).where(duties.act_on.is_not(None) | (duties.step == "open"))
            for part in real.execute(query).mappings().partitions(COPIED):
                upsert(copy, self.tables.duties, [dict(row) for row in part])

    def catch_up(self) -> int:
        new = self._journal.new[self._followed :]
        told = [record for record in new if record.kind in DUTY_ROWS.kinds]
        if told:
            with self._database.begin() as connection:
                DUTY_ROWS.apply(told, connection, self.tables)
        self._followed += len(new)
        return self._journal.head().size

    def due(self, by: Day, after: DueRow | None, limit: int) -> list[DueRow]:
        behind = None if after is None else (after.due, after.body, after.duty)
        with self._database.begin() as connection:
            return due_by(connection, self.tables, by, behind, limit)

    def open(self) -> list[dict[str, Any]]:
        """What is owed and is taken to be kept: what its own record answers, and a reassessment after a change.

        Other duties that follow a record begin nothing when they are kept, or begin the same as when they are not (the
        next round, the next reading).
        """
        duties = self.tables.duties
        own = duties.c.follows_record.is_(False) | (duties.c.rule == REASSESSMENT)
        query = select(duties).where(duties.c.step == "open", own)
        with self._database.begin() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def all(self, since: Day, until: Day) -> list[dict[str, Any]]:
        """Every duty owed on these days, both included, by day, body and code; as ``duty-list`` tells it."""
        from projections.duty_list import duties

        with self._database.begin() as connection:
            rows = duties(connection, self.tables)
        return [row for row in rows if since <= row["due"] <= until]


class SimulatedBodies(OwingBodies):
    """The bodies as they are, what the simulated clock raised for them, and what was done as if they kept it."""

    def __init__(self, app: App, journal: SimulatedJournal, positions: Positions, often: bool) -> None:
        """``often``: many looks follow, and what the real view says is held in memory meanwhile."""
        super().__init__(app.projector, positions)
        self._journal = journal
        self._done: dict[str, list[Done]] = {}
        self._causes: dict[str, dict[tuple[str, str], Cause]] = {}
        self._held: dict[str, Owing] | None = {} if often else None

    def catch_up(self) -> int:
        super().catch_up()
        return self._journal.head().size

    def read(self, names: Sequence[str]) -> list[Owing]:
        if self._held is None:
            return super().read(names)
        missing = [name for name in names if name not in self._held]
        self._held |= {one.facts.body: one for one in (super().read(missing) if missing else ())}
        return [self._held[name] for name in names if name in self._held]

    def kept(self, row: Mapping[str, Any], at: Moment) -> bool:
        """What was answered and what that starts; whether the body has to be looked at again for it."""
        body, rule, day = row["body"], row["rule"], day_of(at)
        if row["closes"] is None:  # what has no period of the calendar is counted from this day
            self._done.setdefault(body, []).append(Done(rule, row["subject"], at))
        begun = STARTS.get(rule)
        if begun is not None:
            self._causes.setdefault(body, {}).setdefault((begun[0], day), Cause(*begun, body, day, at))
        return row["closes"] is None or begun is not None

    def waiting(self, today: Day) -> Iterator[tuple[Owing, Day | None]]:
        for owing, since in super().waiting(today):
            told = [
                (record.stream.rsplit("/", 1)[1], record.event)
                for record in self._journal.new
                if record.scope == owing.facts.body
            ]
            raised = owing.raised | {code for code, event in told if isinstance(event, DutyRaised)}
            last = owing.last | {code for code, event in told if isinstance(event, DutyReasonEnded)}
            body = owing.facts.body
            done = (*owing.facts.done, *self._done.get(body, ()))
            causes = (*owing.facts.causes, *self._causes.get(body, {}).values())
            facts = but(owing.facts, done=done, causes=causes)
            yield replace(owing, facts=facts, raised=raised, last=last), since


class Present:
    """The simulated clock was never away."""

    def last(self) -> Moment | None:
        return None

    def set(self, at: Moment) -> None:
        pass


class Simulation:
    """The real planner at a later moment; ``new`` is what it would record by then, if nobody did anything.

    With ``kept`` each duty that is answered by its own record, and each reassessment after a change, is answered on its
    last day (what is overdue, today), so that what is counted from the last time comes again and what it starts begins.
    ``kept`` then holds body and code of those.
    """

    def __init__(
        self,
        app: App,
        ports: Make,
        tick: Callable[[Any], Any],
        calendar: Calendar,
        rules: Rulebook,
        at: Moment,
        kept: bool = False,
    ) -> None:
        self._journal = SimulatedJournal(app.journal, at)
        self._engine = Engine(self._journal, DECIDERS, rules)
        memory = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
        self._positions = Positions(memory)
        for policy in POLICIES:
            self._positions.advance(policy.name, app.positions.of(policy.name))
        self.rows = SimulatedRows(app, self._journal)
        self._bodies = SimulatedBodies(app, self._journal, self._positions, kept)
        self._ports, self._tick, self._calendar, self._rules = ports, tick, calendar, rules
        self.kept: set[tuple[str, str]] = set()
        if kept:
            self._keep(app.now(), at)
        self._reach(at)

    @property
    def new(self) -> list[Record]:
        """What the clock would record, in order."""
        return self._journal.new

    def _reach(self, at: Moment) -> None:
        self._journal.set_now(at)
        positions, engine = self._positions, self._engine
        self._tick(
            self._ports(
                submit=lambda order: submit_noting(engine, order),
                rows=self.rows,
                beats=Present(),
                policies=lambda: run_policies(engine, self._journal, positions, POLICIES),
                now=lambda: at,
                bodies=self._bodies,
                rules=self._rules,
                calendar=lambda: self._calendar,
            )
        )
        self.rows.catch_up()

    def _keep(self, now: Moment, until: Moment) -> None:
        """From one last day, or first day of a month, to the next: what is owed by then is done."""
        self._reach(now)
        while True:
            today = day_of(now)
            days = {max(row["due"], today) for row in self.rows.open()} | {_next_month(today)}
            day = min(days)
            if day > day_of(until):
                return
            now = max(now, start_of(day))
            self._reach(now)
            for row in self.rows.open():
                if row["due"] <= day:
                    self._answer(row, now)
            self.rows.catch_up()

    def _answer(self, row: dict[str, Any], at: Moment) -> None:
        body, duty = row["body"], row["duty"]
        command = AnswerDuty(body, duty, row["owed_by"])
        self._engine.submit(Order(command, SIMULATED, f"kept {body} {duty} {at}", b"", at, auth=MACHINE))
        self.kept.add((body, duty))
        if self._bodies.kept(row, at):
            self._positions.looked(body, day_of(at), day_of(at))


def _next_month(day: Day) -> Day:
    return day_after(period_of(day, "P1M").last)

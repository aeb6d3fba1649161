"""A small enterprise whose records are projected: real engine and policies over any ledger, and a clock one sets."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, MetaData, Table

from adapters.border import read_order
from adapters.journal.journal import EventJournal
from adapters.journal.memory import MemoryLedger
from adapters.journal.packed import Ledger
from adapters.policies import run_policies
from adapters.projector.comparing import telling
from adapters.rules import load_rulebook
from domain.bodies import RegisterBody
from domain.control_review import AdoptReviewedControl
from domain.duties import MarkDutyDue, MarkDutyOverdue
from domain.engine import Answer, Engine, Order
from domain.examples import COMMAND_EXAMPLES, EVENT_EXAMPLES
from domain.hazard_plan import PlanRectification
from domain.hazard_verification import CompleteRectification, VerifyRectification
from domain.hazards import CloseHazard, EvaluateHazard, RegisterHazard, ReopenHazard
from domain.index import DECIDERS
from domain.language import Command, Day, Moment, as_datetime, day_after, moment, start_of
from domain.people import PersonEntry, RegisterPeople
from domain.policies import POLICIES
from domain.records import Draft, Meta, Record
from domain.risk_assessment import AssessRisk, ReassessRisk
from domain.risk_identity import IdentifyRisk
from domain.roles import GrantEntry, GrantRoles
from domain.rule_adoption import AdoptRulePack
from domain.units import RegisterUnit, UnitRegistered
from projections.bulk import TEXT, rows_by, upsert
from projections.projection import Projection

BODY = "NJ-K01"
EXAMPLE_BODY = "KS-01"
FOUNDER, LEAD, ANSWERS, WORKER, CHECKER = "p-admin", "p-lead", "p-answers", "p-worker", "p-checker"


def at(day: Day, hour: int = 10) -> Moment:
    """That hour of a day in China."""
    return moment(as_datetime(start_of(day)) + dt.timedelta(hours=hour))


class Kept:
    """Policies' positions without a database."""

    def __init__(self) -> None:
        self._held: dict[str, int] = {}

    def of(self, policy: str) -> int:
        return self._held.get(policy, 0)

    def advance(self, policy: str, position: int) -> None:
        self._held[policy] = position

    def these(self, policies: Sequence[str]) -> dict[str, int]:
        return {one: self.of(one) for one in policies}

    def advance_these(self, policies: Sequence[str], position: int) -> None:
        self._held |= dict.fromkeys(policies, position)


class Plant:
    """Journal and engine over a ledger; ``now`` is what its clock reads."""

    def __init__(self, ledger: Callable[[Callable[[], Moment]], Ledger] = MemoryLedger) -> None:
        self.now = at("2026-01-05")
        self.journal = EventJournal(ledger(self.read), self.read)
        self.engine = Engine(self.journal, DECIDERS, load_rulebook())
        self._ids = (f"order-{number}" for number in itertools.count())
        self._kept = Kept()

    def read(self) -> Moment:
        return self.now

    def head(self) -> int:
        return self.journal.head().size

    def records(self) -> list[Record]:
        return list(self.journal.every())

    def give(
        self, by: str, command: Command, happened: Moment | None = None, auth: str = "os-local"
    ) -> Answer:
        return self.engine.submit(Order(command, by, next(self._ids), b"", happened, auth=auth))

    def react(self) -> None:
        """Run the policies."""
        run_policies(self.engine, self.journal, self._kept, POLICIES)  # type: ignore[arg-type]  # two of its methods

    def mark(self, duty: str, due: Day, body: str = BODY) -> None:
        """The clock says what it has to say on the day after the due day."""
        self.now = max(self.now, at(day_after(due), 1))
        self.give("clock", MarkDutyDue(body, duty, due), start_of(due), "clock")
        self.give("clock", MarkDutyOverdue(body, duty, due), start_of(day_after(due)), "clock")

    # ------------------------------------------------------------------------------------------- what happens there

    def found(self, body: str = BODY) -> Plant:
        """Body, people, roles, rules and one unit."""
        self.give(FOUNDER, RegisterBody(body, "Mufu mine", "enterprise", "320100", "non_coal_mine"))
        people = tuple(PersonEntry(one) for one in (FOUNDER, LEAD, ANSWERS, WORKER, CHECKER))
        self.give(FOUNDER, RegisterPeople(body, people))
        self.give(FOUNDER, AdoptRulePack(body, "house-2026", "1"))
        self.give(FOUNDER, RegisterUnit(body, "U-1", "Shaft", "main"))
        grants = (
            GrantEntry(LEAD, "workshop_lead"),
            GrantEntry(ANSWERS, "team_lead"),
            GrantEntry(WORKER, "post_worker"),
            GrantEntry(CHECKER, "safety_officer"),
        )
        self.give(FOUNDER, GrantRoles(body, grants))
        return self

    def story(self) -> Plant:
        """The project's own examples: every command that people may give, each recorded when it happened."""
        for line in COMMAND_EXAMPLES:
            self.now = moment(as_datetime(str(line["at"])))
            self.engine.submit(read_order(line, "P-ADMIN", "os-local", need_id=True))
            self.react()
        self.skies()
        return self

    def skies(self) -> None:
        """The examples of what only the machine records of weather and uplifts, written straight to the journal."""
        under = {"warning-received.1": "weather-message/*/m"}
        episode = "weather-episode/*/320113.rainstorm"
        lifted = f"risk/{EXAMPLE_BODY}/R-9999"
        for kind, event in EVENT_EXAMPLES.items():
            stream = lifted if kind.startswith("risk-uplift") else under.get(kind)
            stream = episode if kind.startswith("episode-") else stream
            if stream is None:
                continue
            version = self.journal.read(stream).version
            scope = stream.split("/")[1]
            meta = Meta(scope, FOUNDER, "import", self.now, f"sky-{kind}")
            self.journal.append(Draft(meta, b"", stream, version, [event]))
        reported = replace(EVENT_EXAMPLES["change-reported.1"], cause="weather:320113.rainstorm.1")
        meta = Meta(EXAMPLE_BODY, FOUNDER, "import", self.now, "sky-change")
        self.journal.append(Draft(meta, b"", f"change/{EXAMPLE_BODY}/sky", 0, [reported]))

    def control(
        self, risk: str, control: str, order: int, happened: Moment | None = None, **more: Any
    ) -> None:
        """A control that the worker proposed and the lead reviewed and adopted."""
        text = {"measure": f"guard {control}", "layer": "engineering", "aspect": "technology"}
        how: dict[str, Any] = {"means": ("rebuild",), "order": order, "findings": "it works"}
        who: dict[str, Any] = {"proposed_by": WORKER, "consulted": (ANSWERS,)}
        about = {"body": BODY, "risk": risk, "control": control}
        said = {**about, **text, **how, **who, **more}
        self.give(LEAD, AdoptReviewedControl(**said), happened)

    def risk(self, code: str, likelihood: str = "1", body: str = BODY) -> None:
        """Identified and assessed."""
        self.identify(code, body)
        self.give(LEAD, AssessRisk(body, code, "lec", {"L": likelihood, "E": "6", "C": "40"}))

    def identify(self, code: str, body: str = BODY) -> None:
        words = ("2101", "GB/T 13861-2022", ("高处坠落",), "worn rope", "cage falls", "passengers")
        self.give(LEAD, IdentifyRisk(body, code, "U-1", f"Hoist {code}", *words))

    def reassess(self, code: str, likelihood: str, happened: Moment | None = None, body: str = BODY) -> None:
        inputs = {"L": likelihood, "E": "6", "C": "40"}
        self.give(LEAD, ReassessRisk(body, code, "lec", inputs, "periodic"), happened)

    def hazard(self, code: str, due: Day, body: str = BODY) -> None:
        """Registered, evaluated, planned."""
        self.give(WORKER, RegisterHazard(body, code, "U-1", "Loose guard", "The guard of the belt is loose"))
        self.give(CHECKER, EvaluateHazard(body, code, "general", "stops nothing"))
        self.plan(code, due, body)

    def plan(self, code: str, due: Day, body: str = BODY) -> None:
        self.give(LEAD, PlanRectification(body, code, ANSWERS, "bolt it", "500", "stop the belt", due))
        self.react()

    def complete(self, code: str, happened: Moment | None = None, body: str = BODY) -> None:
        self.give(ANSWERS, CompleteRectification(body, code, "bolted"), happened)
        self.react()

    def verify(self, code: str, verdict: str = "accepted", body: str = BODY) -> None:
        self.give(CHECKER, VerifyRectification(body, code, verdict, "looked at it"))  # type: ignore[arg-type]  # a word
        self.react()

    def close(self, code: str, body: str = BODY) -> None:
        self.give(CHECKER, CloseHazard(body, code))

    def reopen(self, code: str, body: str = BODY) -> None:
        self.give(CHECKER, ReopenHazard(body, code, "loose again"))

    def fill(self, count: int, first: int = 0) -> None:
        """Many units at once, written straight to the journal: for what only needs records."""
        for number in range(first, first + count):
            code = f"F-{number:06}"
            meta = Meta(BODY, FOUNDER, "import", self.now, f"fill-{number}")
            event = UnitRegistered(code, f"Unit {number}", "post", None, 1)
            self.journal.append(Draft(meta, b"", f"unit/{BODY}/{code}", 0, [event]))


def rows(connection: Connection, tables: MetaData, prefix: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, without surrogate ids, in one order."""
    return {
        name.removeprefix(prefix): sorted(
            map(tuple, connection.execute(table.select().with_only_columns(*telling(table)))), key=repr
        )
        for name, table in tables.tables.items()
    }


# ------------------------------------------------------------------------------------------- projections for tests


def _tally_tables(metadata: MetaData, prefix: str) -> Table:
    counted = Column("records", BigInteger, nullable=False)
    return Table(f"{prefix}tally", metadata, Column("kind", TEXT, primary_key=True), counted)


def count(records: Sequence[Record], connection: Connection, table: Table) -> None:
    """Reads, adds and writes: whatever is applied twice shows."""
    new = Counter(record.kind for record in records)
    held = {
        row["kind"]: row["records"]
        for row in rows_by(connection, table, ("kind",), [(kind,) for kind in new])
    }
    upsert(
        connection,
        table,
        [{"kind": kind, "records": held.get(kind, 0) + number} for kind, number in new.items()],
    )


TALLY = Projection("tally", 1, (), _tally_tables, count)
"""How many records of each kind there are."""


def told(connection: Connection, table: Table) -> dict[str, int]:
    return {row.kind: row.records for row in connection.execute(table.select())}


def counted(records: Iterable[Record]) -> dict[str, int]:
    """What the tally has to say, counted straight from the records."""
    return dict(Counter(record.kind for record in records))

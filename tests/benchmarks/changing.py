"""How long a change takes that touches two thousand risks: from its report to the last duty, on disk."""

from __future__ import annotations

import time

from adapters.app import App
from domain.change_scope import ScopeEntry
from domain.changes import ReportChange
from domain.duty_raising import DutyRaised
from domain.engine import Order
from domain.example_events import EVENT_EXAMPLES
from domain.language import Event, Moment, but
from domain.records import Draft, Meta
from domain.risk_identity import RiskIdentified
from domain.risk_tags import RiskTagged, TagRow
from domain.units import UnitRegistered
from tests.benchmarks.measuring import Bench, Figure, Figures, significant

BODY = "B-1"
NOW = "2026-04-02T02:00:00.000000Z"
UNITS = 100


def press(bench: Bench) -> Figures:
    """SQLite: a change reported, resolved over tags and units, and a duty raised for each risk that it touches."""
    risks, rounds = bench.pick(tiny=(5, 1), quick=(2_000, 1), full=(2_000, 3))
    runs = []
    for number in range(rounds):
        app = App(f"sqlite:///{bench.file(f'change{number}.db')}", lambda: NOW)
        bench.tell(f"  filling a journal with {risks:,} risks")
        fill(app, risks)
        app.react()
        begin = time.perf_counter()
        scope = (ScopeEntry("equipment", "P-1"), ScopeEntry("unit", "U-0"))
        command = ReportChange(BODY, "C-1", "key_equipment", "a press is replaced", scope, "2026-04-02")
        app.submit(Order(command, "feed", "C-1", b"", None, auth="feed"))
        app.react()
        runs.append(time.perf_counter() - begin)
        raised = len(app.journal.records(0, risks + 1, (DutyRaised.KIND,)))
        if raised != risks:
            raise AssertionError(f"{raised} duties for {risks} risks")
        app.close()
    details = {
        "how": f"a change of one piece of equipment on which {risks:,} risks at {UNITS} units hang, and of one unit: "
        "reported, resolved to risks with all their paths in one record, and one duty raised for each by the policy, "
        "each in a commit of its own (SQLite, synchronous FULL); until nothing follows any more",
        "duties_per_s": significant(risks / sorted(runs)[len(runs) // 2]),
    }
    return {"change_2k_risks_s": Figure(runs, details)}


def fill(app: App, risks: int) -> None:
    """A body whose risks all hang on one press, written straight to the journal."""
    body, identified = EVENT_EXAMPLES["body-registered.1"], EVENT_EXAMPLES["risk-identified.1"]
    if not isinstance(identified, RiskIdentified):
        raise AssertionError("the example of an identification is one")
    _write(app, "body", "", [but(body, body=BODY)])
    units: list[Event] = [
        UnitRegistered(f"U-{number}", f"Unit {number}", "main", None, 1) for number in range(UNITS)
    ]
    _write(app, "units", "", units)
    for number in range(risks):
        said: list[Event] = [
            but(identified, unit=f"U-{number % UNITS}", name=f"Risk {number}"),
            RiskTagged((TagRow("equipment", "P-1"),), "", NOW),
        ]
        _write(app, "risk", f"R-{number:04}", said)


def _write(app: App, kind: str, code: str, events: list[Event], at: Moment = NOW) -> None:
    stream = f"{kind}/{BODY}/{code}" if code else f"{kind}/{BODY}"
    app.journal.append(Draft(Meta(BODY, "P-1", "import", at, f"fill {stream}"), b"", stream, 0, events))

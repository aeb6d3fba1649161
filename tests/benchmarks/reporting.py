"""How long a month's report takes: a thousand major risks with their measures, posts, confirmations and hazards."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from adapters.journal.journal import EventJournal
from adapters.journal.opening import open_ledger
from adapters.papers.compiling import compile_paper
from adapters.rules import load_rulebook
from domain.bodies import BodyRegistered
from domain.confirmations import PostsConfirmed
from domain.example_events import EVENT_EXAMPLES
from domain.hazards import HazardRegistered
from domain.language import Event, Moment, but, day_after
from domain.records import Draft, Meta
from domain.units import UnitRegistered
from tests.benchmarks.measuring import Bench, Figure, Figures, significant

BODY = "B-1"
FIRST, LAST = "2026-03-01", "2026-03-31"
NOW = "2026-04-02T02:00:00.000000Z"
EARLIER = "2026-02-02T02:00:00.000000Z"
UNITS = 100
"""Units, each with one post and a tenth of a hundred risks."""


def month(bench: Bench) -> Figures:
    """SQLite: one report from the pinned record to canonical JSON and both pages."""
    risks, rounds = bench.pick(tiny=(5, 1), quick=(1_000, 3), full=(1_000, 5))
    journal = EventJournal(open_ledger(f"sqlite:///{bench.file('report.db')}", lambda: NOW), lambda: NOW)
    bench.tell(f"  filling a journal with {risks:,} major risks")
    records = fill(journal, risks)
    runs, told = [], 0
    for _ in range(rounds):
        begin = time.perf_counter()
        paper, _ = compile_paper(journal, load_rulebook(), BODY, "major-risk-report", "2026-03", records, NOW)
        runs.append(time.perf_counter() - begin)
        told = len(paper.report.risks)
        if told != risks:
            raise AssertionError(f"{told} major risks in the report of {risks}")
    journal.close()
    details = {
        "how": f"adapters.papers.compiling.compile_paper for one body with {risks:,} major risks, each identified, "
        f"assessed and with a control, a hazard for every tenth, {UNITS} units with a post each and a confirmation a "
        f"day of all posts, {records:,} records in all, SQLite, replayed up to the last one; canonical JSON and HTML in "
        "both languages, hashed",
        "records": records,
        "bytes_of_json": len(paper.content),
        "risks_per_s": significant(risks / sorted(runs)[len(runs) // 2]),
    }
    return {"report_1k_major_s": Figure(runs, details)}


def fill(journal: EventJournal, risks: int) -> int:
    """A body with so many major risks and a month of confirmations, written straight to the journal."""
    body: BodyRegistered = _example("body-registered.1")
    _write(journal, "body", "", [but(body, body=BODY)], EARLIER)
    units: list[Event] = []
    for number in range(min(UNITS, risks)):
        units.append(UnitRegistered(f"U-{number}", f"Unit {number}", "main", None, 1))
        units.append(UnitRegistered(f"U-{number}-P", f"Post {number}", "post", f"U-{number}", 2))
    _write(journal, "units", "", units, EARLIER)
    identified, assessed = _example("risk-identified.1"), _example("risk-assessed.1")
    control = _example("control-adopted.1")
    for number in range(risks):
        unit = f"U-{number % UNITS}"
        said = [
            but(identified, unit=unit, name=f"Risk {number}"),
            but(assessed, level="major", score="720", assessed_at=EARLIER),
            control,
        ]
        _write(journal, "risk", f"R-{number:04}", said, EARLIER)
        if number % 10 == 0:
            hazard: HazardRegistered = _example("hazard-registered.1")
            at = "2026-03-10T02:00:00.000000Z"
            _write(journal, "hazard", f"H-{number:04}", [but(hazard, unit=unit, risk=f"R-{number:04}")], at)
    confirmed: PostsConfirmed = _example("posts-confirmed.1")
    posts = tuple((f"U-{number}-P", "P-1") for number in range(min(UNITS, risks)))
    day = FIRST
    while day <= LAST:
        at = f"{day}T00:10:00.000000Z"
        event = but(confirmed, posts=posts, exceptions=(), confirmed_at=at)
        _write(journal, "confirmation", f"T-1.{day}", [event], at)
        day = day_after(day)
    return journal.head().size


def _example(kind: str) -> Any:
    return EVENT_EXAMPLES[kind]


def _write(journal: EventJournal, kind: str, code: str, events: Sequence[Event], at: Moment) -> None:
    stream = f"{kind}/{BODY}/{code}" if code else f"{kind}/{BODY}"
    journal.append(Draft(Meta(BODY, "P-1", "import", at, f"fill {stream}"), b"", stream, 0, list(events)))

"""A feed that is killed at random moments and run again has every event once, and every change that follows once."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests import postgres
from tests.faults.command_line import ROOT, environment, examples, rows_of, run, start, whole

EVENTS = 120
KILLS = 3
CODE = "P-101"


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return (
        f"sqlite:///{tmp_path / 'feed.db'}" if request.param == "sqlite" else postgres.fresh_database("feed")
    )


def prepared(db: str, tmp_path: Path) -> Path:
    """The example mine with one mapped code, and a file of many events about it."""
    run(db, "do", "--batch", text=examples())
    mapping = ("--body", "KS-01", "--equipment", CODE, "--unit", "U-TS-1", "--as", "P-SAFETY")
    run(db, "feed", "map", *mapping)
    plain = {
        "specversion": "1.0",
        "source": "urn:eam",
        "type": "cn.dualguard.change.equipment.replaced",
        "data": {"equipment": CODE},
    }
    file = tmp_path / "events.jsonl"
    file.write_text("".join(json.dumps({**plain, "id": f"E-{at:04}"}) + "\n" for at in range(EVENTS)))
    return file


def kill_after(process: subprocess.Popen[bytes], db: str, records: int) -> None:
    """Kill the process when the journal holds so many records, or let it end before."""
    while process.poll() is None and len(rows_of(db)) < records:
        pass
    process.send_signal(signal.SIGKILL)
    process.wait()


def events_of(db: str) -> list[dict[str, Any]]:
    found = json.loads(run(db, "feed", "events", "--equipment", CODE, "--json").stdout)
    return [row for row in found if row["id"].startswith("E-")]


def not_once(rows: list[dict[str, Any]]) -> list[str]:
    """The ids that were not recorded exactly once."""
    counted = Counter(row["id"].partition("#")[0] for row in rows)
    return [f"E-{at:04}" for at in range(EVENTS) if counted[f"E-{at:04}"] != 1]


def test_a_feed_killed_and_run_again_has_each_event_and_each_change_once(db: str, tmp_path: Path) -> None:
    file, store = prepared(db, tmp_path), str(tmp_path / "store")
    chance = random.Random(20261123)
    for _ in range(KILLS):
        more = chance.randrange(1, 2 * EVENTS)  # beyond EVENTS it strikes what follows from them
        process = start(db, "feed", "equipment", str(file), "--body", "KS-01", "--store", store)
        kill_after(process, db, len(rows_of(db)) + more)
        assert whole(rows_of(db)) == []
    run(db, "feed", "equipment", str(file), "--body", "KS-01", "--store", store)
    run(db, "clock", "tick", expect=None)
    rows = events_of(db)
    assert not_once(rows) == []
    assert {(row["step"], row["reports"]) for row in rows} == {("gone_on", "key_equipment")}
    reported = Counter(row.stream for row in rows_of(db) if row.kind == "change-reported.1")
    assert {reported[f"change/KS-01/{row['change']}"] for row in rows} == {1}
    head = len(rows_of(db))
    run(db, "feed", "equipment", str(file), "--body", "KS-01", "--store", store)
    assert len(rows_of(db)) == head, "running it once more adds nothing"
    run(db, "audit", "verify")
    run(db, "projections", "check")


FORGETFUL = """
import sys, uuid
sys.path.insert(0, sys.argv[1])
from dataclasses import replace
from adapters.app import App
from adapters.feeds.events_reading import read_sheet
from adapters.journal.wallclock import wall_clock
from domain.engine import Order
from domain.equipment_events import ReceiveEquipmentEvent
app = App(sys.argv[2], wall_clock)
for one in read_sheet(open(sys.argv[3], "rb").read()).arrivals:
    given = ReceiveEquipmentEvent("KS-01", one.source, f"{one.id}#{uuid.uuid4()}", one.type, said=one.said)
    app.submit(Order(given, "feed", str(uuid.uuid4()), b"", auth="feed"))
"""


def test_a_feed_that_does_not_know_its_events_again_is_caught(tmp_path: Path) -> None:
    """The control: the same check over a program that takes every arrival for a new event must find repetitions."""
    db = f"sqlite:///{tmp_path / 'forgetful.db'}"
    file = prepared(db, tmp_path)
    before = len(rows_of(db))
    arguments = [sys.executable, "-c", FORGETFUL, str(ROOT), db, str(file)]
    kill_after(subprocess.Popen(arguments, env=environment()), db, before + 20)
    subprocess.run(arguments, env=environment(), check=True)
    assert not_once(events_of(db))

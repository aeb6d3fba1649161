"""Sixteen writers at once, while a view follows and the clock ticks: nothing missed, nothing twice, no lock-out."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from adapters.app import App
from adapters.border import read_order
from adapters.journal.wallclock import wall_clock
from tests import postgres
from tests.faults.command_line import as_lines, examples, hazard_line, registered, rows_of, run, start, whole

WRITERS = 16
EACH = 40
CODES = [f"W{writer:02}-{number:03}" for writer in range(WRITERS) for number in range(EACH)]


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    url = (
        f"sqlite:///{tmp_path / 'many.db'}" if request.param == "sqlite" else postgres.fresh_database("many")
    )
    run(url, "do", "--batch", text=examples())
    return url


def check(db: str) -> None:
    rows = rows_of(db)
    assert whole(rows) == []
    counted = registered(rows)
    assert [code for code in CODES if counted.get(code) != 1] == []
    run(db, "audit", "verify")
    run(db, "projections", "check")
    listed = json.loads(run(db, "ask", "hazard-ledger", "{}").stdout)
    assert {row["code"] for row in listed} >= set(CODES)


def test_sixteen_processes_write_while_views_follow_and_the_clock_ticks(db: str) -> None:
    writers: list[subprocess.Popen[bytes]] = []
    for writer in range(WRITERS):
        lines = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the child reads it
        lines.write(as_lines(hazard_line(f"W{writer:02}-{number:03}") for number in range(EACH)).encode())
        lines.seek(0)
        writers.append(start(db, "do", "--batch", stdin=lines))
    followers = []
    while any(writer.poll() is None for writer in writers):
        followers.append(run(db, "clock", "tick", expect=None))
        followers.append(run(db, "ask", "hazard-ledger", '{"open_only": true}', expect=None))
    for writer in writers:
        out, err = writer.communicate()
        assert writer.returncode == 0, err
        assert b"locked" not in err
        assert [json.loads(line)["ok"] for line in out.splitlines()] == [True] * EACH
    assert followers and all(one.returncode == 0 and "locked" not in one.stderr for one in followers), [
        one.stderr for one in followers if one.returncode
    ]
    check(db)


def test_sixteen_threads_write_while_a_view_follows(db: str) -> None:
    app = App(db, wall_clock)
    faults: list[BaseException] = []
    done = threading.Event()

    def write(writer: int) -> None:
        try:
            for number in range(EACH):
                line = hazard_line(f"W{writer:02}-{number:03}")
                app.submit(read_order(line, "nobody", "os-local", need_id=True))
        except BaseException as fault:  # noqa: BLE001 - whatever it is, the test must show it
            faults.append(fault)

    def follow() -> None:
        try:
            while not done.is_set():
                app.projector.follow()
                time.sleep(0.002)
        except BaseException as fault:  # noqa: BLE001 - whatever it is, the test must show it
            faults.append(fault)

    follower = threading.Thread(target=follow)
    writers = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in (follower, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    follower.join()
    app.close()
    assert faults == []
    check(db)


CARELESS = """
import sqlite3, sys
file, start = sys.argv[1], int(sys.argv[2])
connection = sqlite3.connect(file, isolation_level=None, timeout=10)
for number in range(200):
    connection.execute("BEGIN")
    [size] = connection.execute("SELECT max(position) FROM log").fetchone()
    connection.execute("INSERT INTO log VALUES (?, ?)", ((size or 0) + 1, start + number))
    connection.execute("COMMIT")
"""


def test_a_writer_that_reads_before_it_takes_the_lock_is_locked_out(tmp_path: Path) -> None:
    """The control: the plain BEGIN that we do not use fails under the same competition, whatever its timeout."""
    import sqlite3

    file = tmp_path / "careless.db"
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE log (position INTEGER PRIMARY KEY, number INTEGER)")
    connection.commit()
    writers = [
        subprocess.Popen([sys.executable, "-c", CARELESS, str(file), str(at * 1000)], stderr=subprocess.PIPE)
        for at in range(6)
    ]
    errors = [writer.communicate()[1] for writer in writers]
    assert any(b"locked" in error for error in errors)

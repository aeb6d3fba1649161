"""A batch that is killed at random moments loses nothing it had answered, and a rerun completes the rest."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres
from tests.faults.command_line import as_lines, examples, hazard_line, registered, rows_of, run, start, whole

LINES = 3000
KILLS = 4


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return (
        f"sqlite:///{tmp_path / 'kill.db'}" if request.param == "sqlite" else postgres.fresh_database("kill")
    )


def killed_batch(process: subprocess.Popen[bytes], after: int) -> list[dict[str, object]]:
    """The answers a batch gave before it was killed, after a number of them was read."""
    assert process.stdout is not None
    answers: list[dict[str, object]] = []
    while len(answers) < after and (line := process.stdout.readline()):
        answers.append(json.loads(line))
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read().splitlines(keepends=True)
    answers += [json.loads(line) for line in rest if line.endswith(b"\n")]
    process.wait()
    return answers


def lost(answers: list[dict[str, object]], codes: list[str], counted: dict[str, int]) -> list[str]:
    """The codes that were answered ok and do not stand in the journal exactly once."""
    return [
        code
        for code, answer in zip(codes, answers, strict=False)
        if answer["ok"] and counted.get(code, 0) != 1
    ]


def test_every_line_answered_ok_stands_in_the_journal_exactly_once(db: str, tmp_path: Path) -> None:
    run(db, "do", "--batch", text=examples())
    codes = [f"YH-{number:05}" for number in range(1, LINES + 1)]
    lines = tmp_path / "lines.jsonl"
    lines.write_text(as_lines(hazard_line(code) for code in codes), "utf-8")
    chance = random.Random(20261122)
    for _ in range(KILLS):
        with lines.open("rb") as stdin:
            answers = killed_batch(start(db, "do", "--batch", stdin=stdin), chance.randrange(1, LINES))
        rows = rows_of(db)
        assert whole(rows) == []
        assert lost(answers, codes, registered(rows)) == []
        run(db, "audit", "verify")
    done = run(db, "do", "--batch", text=lines.read_text("utf-8"))
    assert [json.loads(line)["ok"] for line in done.stdout.splitlines()] == [True] * LINES
    rows = rows_of(db)
    counted = registered(rows)
    assert whole(rows) == [] and all(counted[code] == 1 for code in codes)
    run(db, "audit", "verify")
    run(db, "projections", "check")


HASTY = """
import json, sys
sys.path.insert(0, sys.argv[1])
from adapters.app import App
from adapters.border import read_line, read_order
from adapters.journal.wallclock import wall_clock
app, waiting = App(sys.argv[2], wall_clock), []
for number, raw in enumerate(sys.stdin.buffer, 1):
    waiting.append(read_order(read_line(raw, number), "x", "os-local", True))
    print(json.dumps({"ok": True}), flush=True)
    if len(waiting) == 200:
        for order in waiting:
            app.submit(order)
        waiting.clear()
"""


def test_a_batch_that_answers_before_it_is_durable_is_caught(tmp_path: Path) -> None:
    """The control: the same check over a program that answers first and records later must find lost lines."""
    db = f"sqlite:///{tmp_path / 'hasty.db'}"
    run(db, "do", "--batch", text=examples())
    codes = [f"YH-{number:05}" for number in range(1, 1001)]
    lines = tmp_path / "lines.jsonl"
    lines.write_text(as_lines(hazard_line(code) for code in codes), "utf-8")
    root = str(Path(__file__).resolve().parents[2])
    with lines.open("rb") as stdin:
        hasty = subprocess.Popen(
            [sys.executable, "-c", HASTY, root, db],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        answers = killed_batch(hasty, 301)
    assert len(lost(answers, codes, registered(rows_of(db)))) > 0

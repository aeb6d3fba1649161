"""How long a person waits at the command line, measured against Python doing nothing at all."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from adapters.app import App
from tests.benchmarks.business import RISK_LIFE, SteppingClock, body_code, found, of_risk
from tests.benchmarks.measuring import Bench, Figure, Figures, in_turns, ratio, significant

ROOT = Path(__file__).resolve().parents[2]
NOTHING = (sys.executable, "-c", "pass")


def dualguard(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, str(ROOT / "cli.py"), *arguments)


def called(command: Sequence[str], folder: Path | None) -> str:
    """Run a command to its end, in a folder (None: the project's), and return its output.

    In a folder byte code is kept there, as an installation keeps it, also where this machine's settings keep none.
    AssertionError with what it said when it failed.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DUALGUARD")}
    if folder is not None:
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = str(folder / "byte-code")
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder or ROOT,
        env=environment | {"PYTHONUTF8": "1"},
    )
    if done.returncode:
        raise AssertionError(f"{' '.join(command[1:])}: {done.stderr[-2000:] or done.stdout[-2000:]}")
    return done.stdout


def startup(bench: Bench) -> Figures:
    """``dualguard --help`` against ``python -c pass``, one after the other."""
    return {
        "startup_vs_python": _against_nothing(
            bench, dualguard("--help"), how="dualguard --help over python -c pass"
        )
    }


def answer(bench: Bench) -> Figures:
    """``dualguard ask`` for one risk of a small file whose views stand, against ``python -c pass``."""
    path = bench.file("small.db")
    app = App(f"sqlite:///{path}", SteppingClock())  # its days are those of the lists that the lives name
    found(app.engine, [body_code(0)])
    for code in ("R-0001", "R-0002", "R-0003"):
        for step in RISK_LIFE:
            app.engine.submit(of_risk(step, body_code(0), code))
    records = app.journal.head().size
    app.close()
    asked = json.dumps({"body": body_code(0), "code": "R-0002"})
    command = dualguard("ask", "risk-list", asked, "--db", str(path))
    rows = json.loads(called(command, bench.folder))
    if len(rows) != 1:
        raise AssertionError(f"{len(rows)} rows instead of one")
    figure = _against_nothing(bench, command, how="dualguard ask risk-list for one code over python -c pass")
    figure.details["records"] = records
    return {"answer_vs_python": figure}


def _against_nothing(bench: Bench, command: Sequence[str], how: str) -> Figure:
    rounds = bench.pick(tiny=1, quick=15, full=41)

    def side(what: Sequence[str]) -> Callable[[int], float]:
        def run(_: int) -> float:
            begin = time.perf_counter()
            called(what, bench.folder)
            return time.perf_counter() - begin

        return run

    called(command, bench.folder)  # byte code is compiled and files are in memory from here on
    seconds = in_turns(rounds, {"ours": side(command), "python": side(NOTHING)})
    figure = ratio(seconds["ours"], seconds["python"], how=how)
    figure.details |= {
        f"{name}_ms": significant(statistics.median(taken) * 1000) for name, taken in seconds.items()
    }
    return figure

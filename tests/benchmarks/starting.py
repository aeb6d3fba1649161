"""How long a person waits at the command line, measured against Python doing nothing at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.measuring import Bench, Figure, Figures, in_turns, ratio, significant

ROOT = Path(__file__).resolve().parents[2]
NOTHING = (sys.executable, "-c", "pass")


def dualguard(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, str(ROOT / "cli.py"), *arguments)


def called(command: Sequence[str], folder: Path, given: str | None = None) -> str:
    """Run a command to its end and return its output; AssertionError with what it said when it failed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DUALGUARD")}
    done = subprocess.run(
        command,
        input=given,
        stdin=subprocess.DEVNULL if given is None else None,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env=environment | {"PYTHONUTF8": "1"},
    )
    if done.returncode:
        raise AssertionError(f"{' '.join(command[1:])}: {done.stderr[-2000:] or done.stdout[-2000:]}")
    return done.stdout


def startup(bench: Bench) -> Figures:
    """``dualguard --help`` against ``python -c pass``, one after the other."""
    return {"startup_vs_python": _against_nothing(bench, dualguard("--help"), how="dualguard --help over python -c pass")}


def _against_nothing(bench: Bench, command: Sequence[str], how: str) -> Figure:
    rounds = bench.pick(tiny=1, quick=15, full=41)

    def side(what: Sequence[str]) -> Callable[[int], float]:
        def run(_: int) -> float:
            begin = time.perf_counter()
            called(what, bench.folder)
            return time.perf_counter() - begin

        return run

    called(command, bench.folder)  # byte code is compiled and files are in memory from here on
    found = in_turns(rounds, {"ours": side(command), "python": side(NOTHING)})
    figure = ratio(found["ours"], found["python"], how=how)
    figure.details |= {f"{name}_ms": significant(sorted(values)[rounds // 2] * 1000) for name, values in found.items()}
    return figure

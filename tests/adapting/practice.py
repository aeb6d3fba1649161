"""The demo's year for the tests: made once in a run, by whichever worker asks first, and only read from then on.

A test that changes it takes a copy of the file, as :func:`copied` gives it.
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.command_line import Done, call

ROOT = Path(__file__).resolve().parents[2]


def dualguard(*arguments: str, code: int | None = 0) -> Done:
    """Run one verb in this process: the same entrance as the installed one, without its start-up."""
    ran = call(list(arguments), variables={"LANG": os.environ.get("LANG", "C.UTF-8")})
    if code is not None:
        assert ran.returncode == code, ran.stdout + ran.stderr
    return ran


def process(*arguments: str, cwd: Path = ROOT, code: int | None = 0) -> subprocess.CompletedProcess[str]:
    """Run one verb in a process of its own, as a person does."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DUALGUARD_")}
    environment["PYTHONIOENCODING"] = "utf-8"
    ran = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *arguments],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    if code is not None:
        assert ran.returncode == code, ran.stdout + ran.stderr
    return ran


def ask(file: Path, question: str, **parameters: Any) -> list[dict[str, Any]]:
    ran = dualguard("ask", question, json.dumps(parameters), "--db", str(file))
    rows: list[dict[str, Any]] = json.loads(ran.stdout)
    return rows


def year(factory: pytest.TempPathFactory) -> Path:
    """The file of the demo, told in English; beside it ``first.json``, what the run that made it said.

    It is made in a folder without a file and without naming one, as a stranger does. Every worker of a run finds the
    same file: the folders of the workers lie beside each other.
    """
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "a year"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = folder / "first.json"
        if not said.exists():
            said.write_text(process("demo", "--json", "--lang", "en", cwd=folder).stdout, "utf-8")
    return folder / "dualguard-demo.db"


def copied(file: Path, folder: Path) -> Path:
    """The journal of that file alone, without its views, to do something with."""
    copy = folder / "copy.db"
    with sqlite3.connect(file) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    return copy

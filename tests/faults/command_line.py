"""How the fault tests drive the program: as a person or a script would, through its command line."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from adapters.journal.opening import open_ledger
from adapters.journal.packed import Ledger, StoredRow
from domain.examples import COMMAND_EXAMPLES

ROOT = Path(__file__).resolve().parents[2]
CLI = [sys.executable, str(ROOT / "cli.py")]


@dataclass(frozen=True)
class Done:
    """How a verb ended."""

    returncode: int
    stdout: str
    stderr: str


def environment() -> dict[str, str]:
    """A plain environment in English, without what could point to another database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DUALGUARD")}
    return {**kept, "LANG": "en_US.UTF-8"}


def call(arguments: list[str], text: str = "", variables: dict[str, str] | None = None) -> Done:
    """Run the program in this process: the same entrance as the installed one, without its start-up."""
    from cli import main

    out, err = io.StringIO(), io.StringIO()
    stdin = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
    code: int | str | None = 0
    with (
        patch.object(sys, "stdin", stdin),
        patch.dict(os.environ, {**environment(), **(variables or {})}, clear=True),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main(arguments)
        except SystemExit as end:
            code = end.code
    return Done(code if isinstance(code, int) else 0 if code is None else 1, out.getvalue(), err.getvalue())


def run(db: str, *arguments: str, text: str = "", expect: int | None = 0) -> Done:
    """Run one verb on a database to its end."""
    done = call(["--db", db, *arguments], text)
    told = (arguments, done.returncode, done.stdout[-2000:], done.stderr[-2000:])
    assert expect is None or done.returncode == expect, told
    return done


def start(db: str, *arguments: str, stdin: Any = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """Start one verb and leave it running."""
    return subprocess.Popen(
        [*CLI, "--db", db, *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )


def as_lines(commands: Iterable[Any]) -> str:
    return "".join(json.dumps(command, ensure_ascii=False) + "\n" for command in commands)


def examples() -> str:
    """The canonical examples of every command, which set a body up."""
    return as_lines(COMMAND_EXAMPLES)


def hazard_line(code: str, **changes: Any) -> dict[str, Any]:
    """A line that registers one more hazard like the canonical one."""
    example = next(line for line in COMMAND_EXAMPLES if line["command"] == "RegisterHazard")
    return {**example, "id": f"line-{code}", "data": {**example["data"], "hazard": code}, **changes}


def rows_of(db: str) -> list[StoredRow]:
    """Every stored record, as it stands in the database."""
    ledger: Ledger = open_ledger(db, None)
    try:
        found: list[StoredRow] = []
        while page := ledger.read_log(len(found), 5000):
            found += page
        return found
    finally:
        ledger.close()


def whole(rows: list[StoredRow]) -> list[str]:
    """What is wrong with a log: positions that are not dense, streams that are not 1..n; empty when nothing is."""
    wrong = [f"position {row.position} at {at}" for at, row in enumerate(rows, 1) if row.position != at]
    versions: dict[str, int] = {}
    for row in rows:
        versions[row.stream] = versions.get(row.stream, 0) + 1
        if versions[row.stream] != row.version:
            wrong.append(f"{row.stream} {row.version}")
    return wrong


def registered(rows: list[StoredRow]) -> dict[str, int]:
    """How often each hazard code was registered."""
    counted: dict[str, int] = {}
    for row in rows:
        if row.kind == "hazard-registered.1":
            code = row.stream.rsplit("/", 1)[1]
            counted[code] = counted.get(code, 0) + 1
    return counted

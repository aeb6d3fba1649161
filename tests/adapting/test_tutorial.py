"""The tutorial's commands are run as they stand, and what it promises is in what they print."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"```(sh|text)\n(.*?)```", re.DOTALL)


def blocks(page: str) -> list[tuple[str, list[str]]]:
    """The fenced blocks of a page: what to run, and what must then be in the output of the block before."""
    return [(kind, body.strip().splitlines()) for kind, body in BLOCK.findall(page)]


def run(page: str, folder: Path) -> None:
    """Run every line of a page in a folder; AssertionError for a wrong exit code or a promise that is not kept."""
    tool = folder / "bin"
    tool.mkdir()
    (tool / "dualguard").write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "cli.py"}" "$@"\n', "utf-8")
    (tool / "dualguard").chmod(0o755)
    environment = {"PATH": f"{tool}:/usr/bin:/bin", "LANG": "en_US.UTF-8", "HOME": str(folder)}
    printed = ""
    for kind, lines in blocks(page):
        if kind == "text":
            for line in lines:
                assert line in printed, f"not printed: {line}\n{printed}"
            continue
        printed = ""
        for line in lines:
            if line.startswith("export "):
                name, _, value = line.removeprefix("export ").partition("=")
                environment[name] = value
                continue
            command, _, note = line.partition(" # ")
            expected = int(note.removeprefix("exit ")) if note else 0
            done = subprocess.run(
                ["/bin/sh", "-c", command],
                cwd=folder,
                env=environment,
                capture_output=True,
                text=True,
                timeout=60,
                stdin=subprocess.DEVNULL,
            )
            assert done.returncode == expected, f"{command}\n{done.stdout}{done.stderr}"
            printed += done.stdout


def test_every_command_of_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
    assert sum(len(lines) for kind, lines in blocks(page) if kind == "sh") > 20
    run(page, tmp_path)


def test_a_broken_promise_or_exit_code_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with pytest.raises(AssertionError, match="not printed"):
        run("```sh\ndualguard rules list\n```\n```text\nno such thing\n```", tmp_path / "a")
    with pytest.raises(AssertionError):
        run("```sh\ndualguard rules list # exit 1\n```", tmp_path / "b")

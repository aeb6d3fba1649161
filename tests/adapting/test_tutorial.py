"""The tutorial's commands are run as they stand, and what it promises is in what they print."""

from __future__ import annotations

import contextlib
import re
import shlex
from pathlib import Path

import pytest

from tests.faults.command_line import Done, call

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"```(sh|text)\n(.*?)```", re.DOTALL)


def blocks(page: str) -> list[tuple[str, list[str]]]:
    """The fenced blocks of a page: what to run, and what must then be in the output of the block before."""
    return [(kind, body.strip().splitlines()) for kind, body in BLOCK.findall(page)]


def run(page: str, folder: Path) -> None:
    """Run every line of a page in a folder; AssertionError for a wrong exit code or a promise that is not kept."""
    variables: dict[str, str] = {}
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
                variables[name] = value
                continue
            command, _, note = line.partition(" # ")
            expected = int(note.removeprefix("exit ")) if note else 0
            done = shell(command, folder, variables)
            assert done.returncode == expected, f"{command}\n{done.stdout}{done.stderr}"
            printed += done.stdout


def shell(line: str, folder: Path, variables: dict[str, str]) -> Done:
    """What a shell does with a line: words, at most one ``echo … |`` before and one ``> FILE`` behind the command."""
    words = shlex.split(line)
    text = ""
    if "|" in words:
        pipe = words.index("|")
        assert words[0] == "echo"
        text, words = " ".join(words[1:pipe]) + "\n", words[pipe + 1 :]
    target = None
    if ">" in words:
        target, words = words[words.index(">") + 1], words[: words.index(">")]
    assert words[0] == "dualguard"
    with contextlib.chdir(folder):
        done = call(words[1:], text, variables)
    if target is not None:
        (folder / target).write_text(done.stdout, "utf-8")
    return done


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md"])
def test_every_command_of_the_tours_does_what_it_says(name: str, tmp_path: Path) -> None:
    page = (ROOT / name).read_text("utf-8")
    assert sum(len(lines) for kind, lines in blocks(page) if kind == "sh") > 12
    run(page, tmp_path)


def test_a_broken_promise_or_exit_code_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with pytest.raises(AssertionError, match="not printed"):
        run("```sh\ndualguard rules list\n```\n```text\nno such thing\n```", tmp_path / "a")
    with pytest.raises(AssertionError):
        run("```sh\ndualguard rules list # exit 1\n```", tmp_path / "b")

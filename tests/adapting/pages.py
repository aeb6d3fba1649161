"""Pages of the documentation, run: their ``sh`` blocks line by line, and what their ``text`` blocks promise.

A line that begins with ``dualguard`` runs in this process; any other goes to the shell, as it would at a reader's. A
block whose fence says ``sh apart`` needs what a test has not (another server, somebody else's program) and is not run.
A block whose first line is ``# NAME.toml`` is the file of that name.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.command_line import Done, call

ROOT = Path(__file__).resolve().parents[2]
HOWTO = ROOT / "docs" / "howto"
BLOCK = re.compile(r"^```(\w+)( apart)?\n(.*?)^```", re.DOTALL | re.MULTILINE)
FILE = re.compile(r"# ([a-z0-9-]+\.toml)\b")
EXIT = re.compile(r"\s# exit (\d)\b")


def blocks(page: str) -> list[tuple[str, list[str]]]:
    """The fenced blocks of a page that count: what to run, files to write, and what must have been printed."""
    return [(kind, body.strip().splitlines()) for kind, apart, body in BLOCK.findall(page) if not apart]


def apart(page: str) -> list[str]:
    """The lines of a page that are not run."""
    return [line for _, marked, body in BLOCK.findall(page) if marked for line in body.strip().splitlines()]


def whole(lines: list[str]) -> list[str]:
    """The lines of a block with their continuations and the documents that stand in them."""
    found: list[str] = []
    until = ""
    for line in lines:
        if until or (found and found[-1].endswith("\\")):
            found[-1] = found[-1] + "\n" + line if until else found[-1][:-1] + " " + line.strip()
            until = "" if line == until else until
        elif line.strip():
            found.append(line)
        if not until and (here := re.search(r"<<'(\w+)'$", line)):
            until = here.group(1)
    return found


@dataclass
class Reader:
    """Somebody who types a page's lines in a folder."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)
    loud: bool = False

    def follow(self, page: str) -> None:
        """AssertionError for a wrong exit code, or a promise that is not in what the block before printed."""
        printed = ""
        for kind, lines in blocks(page):
            if kind == "text":
                for line in lines:
                    assert line in printed, f"not printed: {line}\n{printed}"
            elif kind == "sh":
                printed = "".join(self.does(line) for line in whole(lines))
            elif named := FILE.match(lines[0]):
                (self.folder / named.group(1)).write_text("\n".join(lines) + "\n", "utf-8")

    def does(self, line: str) -> str:
        """What a line prints; AssertionError where it does not end as it says, by default with 0."""
        if line.startswith("export "):
            name, _, value = line.removeprefix("export ").partition("=")
            self.variables[name] = value
            return ""
        noted = EXIT.search(line)
        expected = int(noted.group(1)) if noted else 0
        done = self.shell(line)
        if self.loud:
            print(f"\n$ {line}   [{done.returncode}]\n{done.stdout}{done.stderr}")
        assert done.returncode == expected, f"{line}\n{done.stdout}{done.stderr}"
        return done.stdout

    def shell(self, line: str) -> Done:
        """What a shell does with a line in the folder."""
        if not re.match(r"(\w+=\S+ )?dualguard |echo .*\| dualguard ", line):
            return self.outside(line)
        told = re.sub(r"\$\((.*?)\)", lambda found: self.outside(found.group(1)).stdout.strip(), line)
        words = shlex.split(told, comments=True)
        text, variables = "", dict(self.variables)
        if "|" in words:
            pipe = words.index("|")
            text, words = " ".join(words[1:pipe]) + "\n", words[pipe + 1 :]
        target = None
        if ">" in words:
            target, words = words[words.index(">") + 1], words[: words.index(">")]
        while words[0] != "dualguard":
            name, _, variables[name] = words.pop(0).partition("=")
        with contextlib.chdir(self.folder):
            done = call(words[1:], text, variables)
        if target is not None:
            (self.folder / target).write_text(done.stdout, "utf-8")
        return done

    def outside(self, line: str) -> Done:
        ended = subprocess.run(
            ["sh", "-c", line], cwd=self.folder, capture_output=True, text=True, check=False
        )
        return Done(ended.returncode, ended.stdout, ended.stderr)

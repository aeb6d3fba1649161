"""Screens of the command line without a process of their own, and what of them is not in the reader's language."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import click

import cli
from adapters.verbs.frame import Noun
from domain.labels import LABELS

CHINESE = re.compile("[\u4e00-\u9fff]")
IDENTIFIER = re.compile(r"(?<![\w.\-/])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w.\-/])")
"""A name of ours of two words or more; nobody writes such a thing into a text."""

RAW = re.compile(
    r"os-local|\bNone\b|\{'|\[\]|\(\)|\d{2}:\d{2}:\d{2}\.\d+Z|  (?:clock|policy|init)\b|Dualguard house rule"
)
"""How a program prints its own values, its moments, its actors and its sources."""


WORDED = (
    "body list",
    "rules effect --body NJ-G66 --on 2027-02-01",
    "calendar years",
    "checklist list",
    "checklist items",
    "checklist gaps",
    "evidence list",
    "evidence equal",
    "inspection list",
    "inspection coverage",
    "inspection monthly",
    "inspection record JC-TS.company.P1M.YM-03.2026-04-01 --body NJ-K01",
    "inspection compare JC-TS.company.P1M.YM-03.2026-04-01 --body NJ-K01",
    "inspection history JC-TS.company.P1M.YM-03.2026-04-01",
    "intake list",
    "intake history XS-001 --body NJ-K01",
    "hazard list",
    "hazard open",
    "hazard by-risk",
    "hazard links",
    "hazard rates",
    "hazard repeats",
    "hazard signals",
    "hazard sweep",
    "hazard unmapped",
    "hazard history YH-0003",
    "hazard replay YH-0003",
    "hazard replay YH-0007 --step -1",
    "duty list",
    "duty show rectification.YH-0007.1",
    "audit why 300",
    "audit prove YH-0011",
    "draw list",
    "document list",
    "org who --on 2026-06-01 --body NJ-K01",
)
"""Screens of the second line of defence, and those that all share."""


def shown(line: list[str], lang: str = "zh", file: Path | None = None) -> tuple[int, str, str]:
    """Exit code, what was printed, and what was complained of."""
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    where = [] if file is None else ["--db", str(file)]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            cli.main([*line, *where, "--lang", lang])
        except SystemExit as ended:
            code = ended.code
    assert isinstance(code, int)
    return code, out.getvalue(), err.getvalue()


def verbs(lang: str) -> list[tuple[list[str], click.Command]]:
    """Every verb with the words that call it."""
    index, _ = cli.build(["--lang", lang])
    context = click.Context(index)
    found: list[tuple[list[str], click.Command]] = []
    for noun in index.list_commands(context):
        command = index.get_command(context, noun)
        assert command is not None
        if isinstance(command, Noun):
            found += [([noun, name], verb) for name, verb in command.commands.items()]
        else:
            found.append(([noun], command))
    return found


def cells(printed: str) -> list[str]:
    """The texts of a table's cells, each part of a list by itself."""
    rows = [line for line in printed.splitlines() if line.startswith("│")]
    return [part.strip() for row in rows for one in row.strip("│").split("│") for part in one.split(",")]


def headings(printed: str) -> list[str]:
    rows = [line for line in printed.splitlines() if line.startswith("┃")]
    return [one.strip() for row in rows for one in row.strip("┃").split("┃") if one.strip()]


def faults(printed: str) -> set[str]:
    """What a Chinese reader would stumble over, whatever language people wrote in.

    Headings without a Chinese word, cells that are nothing but a name of ours, names of two words and more anywhere,
    and how a program prints its own values.
    """
    printed = "\n".join(line for line in printed.splitlines() if "（英文）" not in line)
    bare = {one for one in headings(printed) if not CHINESE.search(one)}
    bare |= {one for one in cells(printed) if one in LABELS and LABELS[one][0] != one}
    bare |= {one for one in IDENTIFIER.findall(printed) if one in LABELS}
    return bare | set(
        re.findall(r"os-local|None|\{'|\[\]|\(\)|\d{2}:\d{2}:\d{2}\.\d+Z|：policy|  clock|  policy", printed)
    )

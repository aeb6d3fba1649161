"""Reads the rules that ship with the program (TOML under ``domain/rules``) into the rulebook of every decision."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from adapters.problems import problem_of
from domain.refused import BadField
from domain.rulebook import Rulebook, Wording

BEGINNING = "0001-01-01"
"""Since when a method counts, which has no first day of its own: it binds by adoption."""


@cache
def rule_files() -> Mapping[str, Mapping[str, Any]]:
    """Every rule file as parsed, by its id."""
    found: dict[str, Mapping[str, Any]] = {}
    for file in sorted(files("domain.rules").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            found[file.name.removesuffix(".toml")] = tomllib.loads(file.read_text("utf-8"))
    return found


MOST_BYTES = 1_000_000


def read_rule_file(path: Path) -> tuple[str, Mapping[str, Any]]:
    """A rule file of one's own: its id (the file's name) and what was parsed; refuses a file that is no TOML."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _bad(path, f"大于 {MOST_BYTES} 字节", f"is larger than {MOST_BYTES} bytes")
        return path.name.removesuffix(".toml"), tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        why = problem_of(error)
        raise _bad(path, f"无法读取：{why.zh}", f"cannot be read: {why}") from None


def _bad(path: Path, zh: str, en: str) -> BadField:
    return BadField(field=str(path), problem_zh=zh, problem_en=en)


@cache
def load_rulebook() -> Rulebook:
    """The rulebook of this installation."""
    return rulebook_of(rule_files())


def rule_files_in(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """Every rule file of another folder as parsed, for holding records to rules that were altered."""
    return {one.stem: tomllib.loads(one.read_text("utf-8")) for one in sorted(folder.glob("*.toml"))}


def rulebook_of(parsed: Mapping[str, Mapping[str, Any]]) -> Rulebook:
    """A rulebook from parsed rule files."""
    return Rulebook({rule: tuple(_wordings(rule, data)) for rule, data in parsed.items()})


def _wordings(rule: str, data: Mapping[str, Any]) -> list[Wording]:
    title = data.get("title", {})
    return [
        Wording(
            rule=rule,
            kind=str(data["kind"]),
            version=str(one["version"]),
            since=str(one.get("from", BEGINNING)),
            until=str(one["until"]) if "until" in one else None,
            where=tuple(one.get("where", ())),
            who=tuple(one.get("who", ())),
            source=str(one["source"]),
            verified=str(one["verified"]),
            checked=str(one["checked"]),
            title_zh=str(title.get("zh", rule)),
            title_en=str(title.get("en", rule)),
            cited={key: str(value) for key, value in one.get("citation", {}).items()},
            value=one["value"],
        )
        for one in data.get("version", ())
    ]

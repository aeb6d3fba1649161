"""A turn of law as a change (YT-24(1)): which text turned on a day, and which of a body's risks rest on it.

What rests on a text is said by the record: a risk's tag names a document of the body's register that bears the text's
number, or the risk's level was computed by a version of a method that binds no more. A new edition of a code list
renames codes and weighs nothing, so by itself it reaches no risk; what hangs on its document does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.change_scope import ScopeEntry
from domain.changes import ReportChange
from domain.language import Code, Day, day_after
from domain.law_changes import Turn
from domain.rulebook import Rulebook

CAUSE = "law:"
LATE = "（事后补录的风险关联 / for risks of which it was recorded only later that they rested on it）"
_EDITION = re.compile(r"-(?:19|20)\d\d$")
"""A standard's year behind its number: the number without it names every edition."""


@dataclass(frozen=True)
class TurnedText:
    """All turns of one text on one day, by rule: a text that ends, ends in all the rules that were read from it."""

    key: str
    day: Day
    turns: tuple[Turn, ...]
    numbers: tuple[str, ...]

    @property
    def change(self) -> Code:
        """Its code follows from the text and the day, not from how many rules were read from it."""
        return f"law-{self.day}-{hashlib.sha256(self.key.encode()).hexdigest()[:12]}"

    def late_change(self, number: int) -> Code:
        """The code of the change for what was recorded so late that the ones before it (from 2) do not reach it."""
        return f"{self.change}.{number}"


def turned_texts(turns: Iterable[Turn], rules: Rulebook) -> list[TurnedText]:
    """The turns by day and text; a rule that cites no number is a text of its own."""
    found: dict[tuple[Day, str], list[Turn]] = {}
    for turn in turns:
        numbers = _numbers(turn, rules)
        found.setdefault((turn.day, numbers[0] if numbers else turn.rule), []).append(turn)
    return [
        TurnedText(
            key, day, tuple(group), tuple(dict.fromkeys(n for one in group for n in _numbers(one, rules)))
        )
        for (day, key), group in sorted(found.items())
    ]


def turning_days(rules: Rulebook) -> frozenset[Day]:
    """Every day on which any wording begins or has ended, whomever it binds."""
    wordings = [one for of_rule in rules.wordings.values() for one in of_rule]
    return frozenset(one.since for one in wordings) | {
        day_after(one.until) for one in wordings if one.until is not None
    }


def fingerprint(rules: Rulebook) -> str:
    """Names which wordings are known, with their days: another one where a version came or its days were moved."""
    told = sorted(
        f"{one.rule}\n{one.version}\n{one.since}\n{one.until}"
        for of_rule in rules.wordings.values()
        for one in of_rule
    )
    return hashlib.sha256("\n\n".join(told).encode()).hexdigest()[:16]


def rests_on(
    text: TurnedText, documents: Sequence[Mapping[str, Any]], risks: Sequence[Mapping[str, Any]]
) -> tuple[ScopeEntry, ...]:
    """The scope of its change: the documents that bear its number, the risks assessed by what binds no more."""
    wanted = {_plain(one) for one in text.numbers}
    held = [one for one in documents if one["kind"] in ("law", "standard") and one["number"]]
    tagged = {str(one["document"]) for one in held if _plain(str(one["number"])) in wanted}
    gone = {(one.rule, one.was) for one in text.turns if one.was is not None and one.was != one.now}
    assessed = {str(one["code"]) for one in risks if (one["method"], one["version"]) in gone}
    return (
        *(ScopeEntry("standard", one) for one in sorted(tagged)),
        *(ScopeEntry("risk", one) for one in sorted(assessed)),
    )


def change_of(
    body: Code, text: TurnedText, change: Code, scope: tuple[ScopeEntry, ...], rules: Rulebook
) -> ReportChange:
    """The change that the text is for a body; its cause names the first of the rules and the version that turned.

    A second one for the same text says that it is for what was recorded later.
    """
    first = text.turns[0]
    version = first.now if first.change == "came_into_force" else first.was
    wording = rules.version(first.rule, version or "")
    name = first.rule if wording is None else wording.cited.get("title") or wording.title_zh
    number = f" {text.key}" if text.numbers else ""
    said = "施行 / in force from" if first.change == "came_into_force" else "失效 / ended as of"
    what = f"{name}{number} {said} {text.day}" + ("" if change == text.change else LATE)
    return ReportChange(
        body, change, "law_or_standard", what, scope, text.day, None, f"{CAUSE}{first.rule}@{version}"
    )


def _numbers(turn: Turn, rules: Rulebook) -> tuple[str, ...]:
    """Of the wording that came, then of the one that went."""
    wordings = [rules.version(turn.rule, version) for version in (turn.now, turn.was) if version is not None]
    cited = [one.cited.get("number", "") for one in wordings if one is not None]
    return tuple(dict.fromkeys(one for one in cited if one))


def _plain(number: str) -> str:
    """The number without blanks and without a standard's edition."""
    return _EDITION.sub("", "".join(number.split()).upper())

"""What a change touches, by which path, and what brought it, as a person says it.

Machines read ``unit:W1 > unit:W1-2`` and ``weather:320113.rainstorm.1`` as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from adapters.papers.words_1 import CLASSES
from adapters.rule_titles import rule_title
from domain.change_state import Reached, ScopeRow
from domain.labels import Lang, label
from domain.risk_tags import TagRow
from domain.risk_uplift import MeasureRow

Names = Mapping[tuple[str, str], str]
"""(kind, code) -> the name under which it is registered."""


def thing_words(kind: str, code: str, lang: Lang, names: Names | None = None) -> str:
    """One thing of a scope or of a path: its kind, its code, and its name where that is known."""
    said = [label(f"scope_{kind}", lang)]
    if kind == "weather":
        said.append(label(code, lang))
    elif kind == "sector" and code in CLASSES:
        said.append(CLASSES[code][0 if lang == "zh" else 1])
    elif code:
        said.append(code)
    name = (names or {}).get((kind, code), "")
    return " ".join((*said, name) if name else said)


def path_words(path: str | Iterable[str], lang: Lang, names: Names | None = None) -> str:
    """The steps from the scope to the risk, each ``kind:code``."""
    steps = path.split(" > ") if isinstance(path, str) else path
    parts = [step.partition(":") for step in steps]
    return " → ".join(thing_words(kind, code, lang, names) for kind, _, code in parts)


def scope_words(rows: Iterable[ScopeRow | TagRow], lang: Lang, names: Names | None = None) -> str:
    return ("、" if lang == "zh" else ", ").join(thing_words(one.kind, one.code, lang, names) for one in rows)


def measure_words(rows: Iterable[MeasureRow], lang: Lang) -> str:
    """Each measure of a response in words, with whose it is and, where it is owed, by when."""
    if lang == "zh":
        told = (
            f"{one.zh}（{label(one.owner, lang)}{f'，{one.due} 前' if one.duty else ''}）" for one in rows
        )
        return "、".join(told)
    return ", ".join(
        f"{one.en} ({label(one.owner, lang)}{f', by {one.due}' if one.duty else ''})" for one in rows
    )


def reached_words(risks: Iterable[Reached], lang: Lang) -> str:
    """Each risk with every path that led to it."""
    stop, begin, end = ("；", "（", "）") if lang == "zh" else ("; ", " (", ")")
    paths = ((one.risk, [path_words(path.steps, lang) for path in one.paths]) for one in risks)
    return ("、" if lang == "zh" else ", ").join(
        f"{risk}{begin}{stop.join(told)}{end}" for risk, told in paths
    )


def cause_words(cause: str, lang: Lang) -> str:
    """What outside brought a change; a text that is none of ours stands as it is."""
    kind, _, rest = cause.partition(":")
    code, _, number = rest.rpartition(".")
    if not rest or any(one.isspace() for one in rest):
        return cause
    match kind:
        case "weather" if code and number.isdecimal():
            area, _, weather = code.rpartition(".")
            told = f"{area} {label(weather, 'zh')}预警第 {number} 次过程"
            return told if lang == "zh" else f"episode {number} of {label(weather, 'en')} in {area}"
        case "stop" if code and number.isdecimal():
            return f"{code} 第 {number} 次停产" if lang == "zh" else f"stop {number} of {code}"
        case "law":
            rule, _, version = rest.partition("@")
            return f"{rule_title(rule, lang)} {version}".strip()
        case "feed":
            return f"设备事件 {rest[:12]}" if lang == "zh" else f"equipment event {rest[:12]}"
        case "change" | "holiday" | "campaign":
            return f"{label(kind, lang)} {rest}"
        case _:
            return cause

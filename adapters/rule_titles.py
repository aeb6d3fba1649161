"""What a rule is called, and how far its text was checked, in the reader's language."""

from __future__ import annotations

from functools import cache

from adapters.rules import load_rulebook
from domain.labels import LABELS, Lang, label

MARKS: dict[str, tuple[str, str]] = {
    "V": ("已对照原文", "read in full"),
    "V2": ("已对照两处转载", "two copies agree"),
    "P": ("部分核实", "checked in part"),
    "G": ("本产品建议", "our proposal"),
}
"""How far the text of a rule was checked; what has no text of others is a proposal."""
HOUSE = "Dualguard house rule"
"""The title under which house rules are cited; it says of none which one it is."""


def rule_title(rule: str, lang: Lang) -> str:
    """What a rule is called: its label, else the title in its own file, else its id."""
    if rule in LABELS:
        return label(rule, lang)
    held = load_rulebook().wordings.get(rule)
    if not held:
        return rule
    return held[-1].title_zh if lang == "zh" else held[-1].title_en


@cache
def titles_in_english() -> dict[str, str]:
    """Title of a text -> our English rendering of it, as the rules hold it; no text has an official English title."""
    held = (one.cited for wordings in load_rulebook().wordings.values() for one in wordings)
    return {one["title"]: one["title_en"] for one in held if "title_en" in one}


def item_mark(mark: str, lang: Lang) -> str:
    """How far the text of one item of a list was checked; none of these is a proposal of ours."""
    pair = ("未核实", "not checked") if mark == "G" else MARKS.get(mark, (mark, mark))
    return pair[0 if lang == "zh" else 1]


def cited_title(title: str, rule: str, lang: Lang) -> str:
    """The title of what is cited, in English with the Chinese one behind it; a house rule by its own name."""
    if title != HOUSE:
        rendered = titles_in_english().get(title)
        return title if rendered is None or lang == "zh" else f"{rendered} ({title})"
    return (
        f"Dualguard 内部规则：{rule_title(rule, lang)}"
        if lang == "zh"
        else f"{HOUSE}: {rule_title(rule, lang)}"
    )

"""What stands in a cell of a table: words instead of identifiers, China's time instead of a moment, colours for levels.

Machines read the identifiers as they are; nothing of this touches an answer as JSON.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from adapters.halves import half
from domain.labels import Lang, label

if TYPE_CHECKING:
    from rich.text import Text

_LABELLED = (
    frozenset({"kind", "level", "colour", "grade", "step", "role", "standing", "layer"})
    | frozenset(
        {"pending_level", "inherent_level", "uplifted_to", "level_now", "level_then", "change", "rating"}
    )
    | frozenset({"rule", "rules", "when", "worst_level", "weighted_level", "gaps", "missing"})
    | frozenset({"tier", "tiers", "period", "answer", "was", "hazard_step", "gap", "authority"})
    | frozenset({"waits_for", "sign", "proposal", "verdict", "same", "warning", "five_kinds"})
    | frozenset({"topic", "topics", "reach", "pace", "why", "outcome", "who", "leads", "ground"})
    | frozenset({"change_step", "touched_step", "owed_role"})
    | frozenset({"path", "among"})
)
_ACCIDENTS = frozenset({"accident_type", "accident_types"})
_RULES = frozenset({"rule", "rules"})
_OF_RULES = frozenset({"sector", "classes", "verified"})
"""Columns whose identifiers are those of rule files."""
_STYLE = {"red": "bold red", "orange": "dark_orange", "yellow": "yellow", "blue": "blue"}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
_RATES = frozenset({"rate", "rate_recorded"})
_RATE = re.compile(r"[01]\.\d{4}")

_WEEKDAYS: dict[str, tuple[str, str]] = {
    "1": ("周一", "Monday"),
    "2": ("周二", "Tuesday"),
    "3": ("周三", "Wednesday"),
    "4": ("周四", "Thursday"),
    "5": ("周五", "Friday"),
    "6": ("周六", "Saturday"),
    "7": ("周日", "Sunday"),
}

ACTORS: dict[str, tuple[str, str]] = {
    "policy": ("系统联动", "follow-up by the system"),
    "clock": ("时钟", "clock"),
    "init": ("建库", "making of the file"),
    "notify": ("通知投递", "delivery of notices"),
}
"""Who acts and is no person -> Chinese, English."""
AUTH: dict[str, tuple[str, str]] = {
    "os-local": ("本机账户自报", "claimed at this machine"),
    "token": ("令牌", "token"),
    "session": ("登录会话", "session"),
    "import": ("导入", "import"),
    "feed": ("数据源", "feed"),
    **ACTORS,
}
"""How it is known who acted -> Chinese, English."""


def actor(reference: str, lang: Lang) -> str:
    """Who acted: the machine's own parts by name, a person by reference."""
    return ACTORS.get(reference, (reference, reference))[0 if lang == "zh" else 1]


def known_by(auth: str, lang: Lang) -> str:
    """How it is known who acted."""
    return AUTH.get(auth, (auth, auth))[0 if lang == "zh" else 1]


def cell(lang: Lang, name: str, value: Any) -> Text:
    """A cell of the column ``name``, in the reader's language."""
    from rich.text import Text

    if value is None:
        return Text()
    if isinstance(value, bool):
        return Text(yes_or_no(value, lang))
    if isinstance(value, (list, tuple)):
        return Text(", ".join(word(lang, name, one) for one in value))
    return Text(word(lang, name, value), style=_STYLE.get(str(value), ""))


def yes_or_no(value: bool, lang: Lang) -> str:
    return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")


def word(lang: Lang, name: str, value: Any) -> str:
    """A value by its label, a rule by its title; what has neither as it is.

    An identifier of two words and more (``on_the_spot``) is told by its label in whatever column it stands.
    """
    text = half(str(value), lang)
    if name in _ACCIDENTS:
        return accident(text, lang)
    if (name in _LABELLED or "_" in text) and (told := label(text, lang)) != text:
        return told
    if name in _RULES:
        return _title(text, lang)
    if name in _OF_RULES:
        from adapters.verbs.rule_words import word as rule_word

        return rule_word(text, lang)
    if name == "weekday" and text in _WEEKDAYS:
        return _WEEKDAYS[text][0 if lang == "zh" else 1]
    if name == "packs":  # name and version
        return " ".join((_title(text.partition(" ")[0], lang), text.partition(" ")[2])).strip()
    if name == "by":
        return actor(text, lang)
    if _MOMENT.search(text):
        return _MOMENT.sub(lambda found: local(found[0]), text)
    if name in _RATES and _RATE.fullmatch(text):
        return percent(text)
    return text


def accident(name: str, lang: Lang) -> str:
    """A type of accident as its standard names it, in English with its English name before it."""
    from adapters.papers.english_1 import ACCIDENTS

    return f"{ACCIDENTS[name]} ({name})" if lang == "en" and name in ACCIDENTS else name


def _title(rule: str, lang: Lang) -> str:
    from adapters.rule_titles import rule_title

    return rule_title(rule, lang)


def percent(rate: str) -> str:
    """A rate of four places, such as 0.8000, as a percentage: 80%."""
    whole = f"{int(rate.replace('.', '')) / 100:.2f}".rstrip("0").rstrip(".")
    return f"{whole}%"


def local(at: str) -> str:
    """A moment as China's wall clocks show it, to the minute."""
    from domain.language import CHINA, as_datetime

    try:
        return as_datetime(at).astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return at

"""What an option that takes JSON, or one of several words, wants to be given: its fields by name, its words.

Loaded only where somebody asks for help.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin, get_type_hints

from adapters.retracing_fields import core_of
from adapters.verbs.field_words import field_word
from adapters.verbs.rule_words import word as rule_word
from domain.labels import Lang, label


def told(shape: Any, lang: Lang, many: bool = True) -> str:
    """The form of one value in a sentence; nothing where any text will do."""
    if get_origin(shape) is Literal:
        return _words(shape, lang)
    if not dataclasses.is_dataclass(shape):
        return ""
    needed, free = _fields(shape, lang, True), _fields(shape, lang, False)
    zh = lang == "zh"
    opening = ("每项" if zh else "each") if many else ("写成" if zh else "form")
    parts = [] if not needed else [f"{opening}{_colon(lang)}{{{', '.join(needed)}}}"]
    if free:
        parts.append(f"{'可加' if zh else 'may hold'}{_colon(lang)}{', '.join(free)}")
    return ("；" if zh else "; ").join(parts)


def _colon(lang: Lang) -> str:
    return "：" if lang == "zh" else ": "


def _fields(shape: Any, lang: Lang, needed: bool) -> list[str]:
    hints = get_type_hints(shape, include_extras=True)
    return [
        f'"{one.name}": {_value(one.name, hints[one.name], lang)}'
        for one in dataclasses.fields(shape)
        if (one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING) is needed
    ]


def _value(name: str, shape: Any, lang: Lang) -> str:
    """What stands for a field's value: its words, its own fields, in Chinese what the field is called."""
    core = core_of(shape)
    if get_origin(core) is tuple:
        return f"[{_value(name, get_args(core)[0], lang)}, …]"
    if get_origin(core) is Literal:
        return " | ".join(f'"{one}"' for one in get_args(core))
    if dataclasses.is_dataclass(core):
        return "{" + ", ".join(_fields(core, lang, True) + _fields(core, lang, False)) + "}"
    if get_origin(core) in (dict, Mapping):
        return "{…}"
    if core is bool:
        return "true|false"
    return field_word(name, lang) if lang == "zh" else "…"


def _words(shape: Any, lang: Lang) -> str:
    """The words of a choice, in Chinese each with its label."""
    words = [str(one) for one in get_args(shape)]
    if lang == "en":
        return "one of " + ", ".join(words)
    said = {one: rule_word(one, lang) if label(one, lang) == one else label(one, lang) for one in words}
    return "、".join(one if said[one] == one else f"{one} {said[one]}" for one in words)

"""How a file of equipment events was written and what its types mean, in the reader's language."""

from __future__ import annotations

from domain.equipment_types import TYPES
from domain.labels import Lang

FORMS: dict[str, tuple[str, str]] = {
    "event": ("单个事件", "one event"),
    "batch": ("事件数组", "array of events"),
    "lines": ("每行一个事件", "one event a line"),
    "csv": ("CSV 表格", "CSV table"),
    "json": ("无法识别", "not recognised"),
    "": ("未能打开", "not opened"),
}
"""Form of a file -> words; machines read the form itself."""


def form_words(form: str, lang: Lang) -> str:
    """How a file was written."""
    return FORMS[form][0 if lang == "zh" else 1]


def type_words(type_: str, lang: Lang) -> str:
    """What one of our types means; another one as its sender calls it."""
    meant = TYPES.get(type_)
    if meant is None:
        return type_
    return meant.zh if lang == "zh" else meant.en

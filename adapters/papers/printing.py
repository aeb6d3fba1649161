"""Prints a report as HTML for A4 paper: one file without anything from outside, every text from the records escaped.

Jinja2 prints it: its autoescaping is what keeps a risk's name from becoming part of the page, and templates are read
and changed by people who know forms rather than Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from adapters.papers.english_1 import ACCIDENTS, TITLES
from adapters.papers.shapes import Figure
from adapters.papers.words_1 import WORDS
from domain.labels import Lang

RANGES = 40
"""So many stretches of positions are printed; the rest is told by `report explain`."""

KEYS = {
    "controls": "controls_count",
    "open": "open_total",
    "late": "late_total",
    "risks": "risks_total",
    "major_risks": "major_at_end",
    "before": "before_report",
    "duties": "duty",
    "done": "done_by",
}
"""Parts of a figure's key that the paper calls otherwise than the same word elsewhere."""
UNSAID = frozenset({"head", "totals"})
"""Parts of a key that say nothing to a reader."""


def page(template: str, report: Any, fingerprint: str, lang: Lang) -> bytes:
    """The report's page in one language; StrictUndefined raises where a template asks for what is not there."""
    values = {"report": report, "head": report.head, "fingerprint": fingerprint, "lang": lang}
    return _environment(lang).get_template(template).render(values).encode()


@cache
def _environment(lang: Lang) -> Environment:
    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

    def word(identifier: object) -> str:
        """An identifier as the paper calls it; what the paper has no word for stands as it is."""
        pair = WORDS.get(str(identifier))
        return str(identifier) if pair is None else pair[0 if lang == "zh" else 1]

    def bound(standing: str) -> str:
        """How a text binds the body; the day on which it ended or begins stays as it is."""
        for start, key in (("adopted; expired ", "expired"), ("adopted; in force from ", "from")):
            if standing.startswith(start):
                return word(key) + standing.removeprefix(start)
        return word(standing)

    def keyed(key: str) -> str:
        """A figure's key in words; codes of things, and what the paper has no word for, stay."""
        return " / ".join(word(KEYS.get(part, part)) for part in key.split("/") if part not in UNSAID)

    def tiers(text: str) -> str:
        """Who answers, as the record of a change has it: each part begins with a tier."""
        parts = (one.partition(" ") for one in text.split("；"))
        return word("；").join(" ".join((word(tier), rest)).strip() for tier, _, rest in parts)

    def in_english(held: dict[str, str], text: str) -> str:
        """The English with the Chinese behind it, which is what the record and the law say; else as it stands."""
        found = held.get(text)
        return text if lang == "zh" or found is None else f"{found} ({text})"

    def accident(text: str) -> str:
        """A type of accident, or several as the record of a change joins them."""
        return word("、").join(in_english(ACCIDENTS, one) for one in text.split("、"))

    def titled(text: str) -> str:
        """The title of a text, with number and article behind it where they follow."""
        title = max((one for one in TITLES if text.startswith(one)), key=len, default="")
        return in_english(TITLES, title) + text.removeprefix(title)

    def said(value: object) -> str:
        """A value, or the word for what is not held."""
        return word("not_held") if value in (None, "", ()) else str(value)

    def figure(one: Figure, key: str, labelled: bool = False) -> Markup:
        """A figure that carries the key by which its records are found."""
        text = "—" if one.value is None else word(one.value) if labelled else str(one.value)
        return Markup('<span class="f" data-figure="{}">{}</span>').format(key, text)

    environment.globals |= {"figure": figure, "ranges": ranges}
    environment.filters |= {"word": word, "said": said, "bound": bound, "tiers": tiers, "keyed": keyed}
    environment.filters |= {"accident": accident, "titled": titled}
    return environment


def _source(name: str) -> str:
    return (files("adapters.papers") / name).read_text("utf-8")


def ranges(positions: Sequence[int]) -> str:
    """Positions as stretches: ``3, 7–9``; behind the first ones an ellipsis."""
    if not positions:
        return "—"
    breaks = [at for at, (one, other) in enumerate(pairwise(positions), start=1) if other != one + 1]
    starts, ends = [0, *breaks], [*breaks, len(positions)]
    told = [
        str(positions[start]) if end - start == 1 else f"{positions[start]}–{positions[end - 1]}"
        for start, end in zip(starts, ends, strict=True)
    ]
    return ", ".join(told[:RANGES]) + (" …" if len(told) > RANGES else "")

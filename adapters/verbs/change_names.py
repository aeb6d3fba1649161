"""Under which names the things stand that a change touches: units, risks and documents of a body."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from adapters.verbs.machine import answer_question

if TYPE_CHECKING:
    from adapters.change_words import Names
    from adapters.verbs.frame import Frame

Named = dict[str, "Names"]
"""By body."""
REGISTERS = (
    ("unit", "unit-tree", "code", "name"),
    ("risk", "risk-list", "code", "name"),
    ("standard", "document-list", "document", "title"),
)
"""Kind of a thing, the question that lists them, and the columns of code and name."""


def names_of(frame: Frame, bodies: Iterable[str]) -> Named:
    """What is registered today in these bodies, by kind and code."""
    return {
        body: {
            (kind, row[code]): row[name]
            for kind, question, code, name in REGISTERS
            for row in answer_question(frame, question, {"body": body})
            if row[name]
        }
        for body in sorted(set(bodies))
    }

"""What keeps a question answered: a name, the kinds of records it listens to, its tables, and how they follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, MetaData

from domain.records import Record

T = TypeVar("T")

NAME = re.compile(r"[a-z][a-z_]{0,15}")
"""Short, so that the generation's prefix, a table's and an index's own name stay within PostgreSQL's 63 bytes."""


@dataclass(frozen=True)
class Projection(Generic[T]):
    """One set of tables computed from the records, and the questions it answers.

    ``version`` MUST be raised when ``tables`` or ``apply`` change: the views are then built anew. ``kinds`` are the
    stored kinds it listens to, () all. ``tables`` makes its tables under a prefix (a rebuild stands beside the live
    one). ``apply`` gets each record once, in order of position, in batches cut anywhere, inside a transaction: the rows
    MUST NOT depend on the cuts, surrogate ids (a lone integer key called ``id``) apart. ``questions`` are functions of
    a connection and the tables.
    """

    name: str
    version: int
    kinds: tuple[str, ...]
    tables: Callable[[MetaData, str], T]
    apply: Callable[[Sequence[Record], Connection, T], None]
    questions: tuple[Callable[..., list[Any]], ...] = ()

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"projection name {self.name!r} must be at most 16 lower-case letters and _")

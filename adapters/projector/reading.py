"""How the projector reads the journal: pages of what a projection listens to, and which record a moment stands at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.journal.codec import UPCASTERS
from adapters.journal.journal import EventJournal
from domain.language import Moment
from domain.records import Record

SECONDS = 0.12
"""What a batch should take: well under 200 ms, so that nobody who wants to write waits long."""
PATIENT = 1.0
"""What one may take that is built where it holds up nobody: in PostgreSQL writers wait for no other tables' writers."""
FIRST = 250
MOST = 4000
"""Records in a batch, at first and at most: memory is bounded however long the journal is."""


@dataclass
class Pace:
    """How many records the next batch takes, by how long the last one took.

    Before ``careful_until`` it does not grow: a record there failed, and halving finds out which one.
    """

    size: int = FIRST
    careful_until: int = 0
    aim: float = SECONDS

    def took(self, records: int, position: int, seconds: float) -> None:
        if seconds > self.aim:
            self.size = max(1, int(self.size * max(0.25, self.aim / seconds)))
        elif records == self.size and position >= self.careful_until:
            self.size = min(MOST, int(self.size * min(2.0, self.aim / max(seconds, 1e-6))) + 1)

    def narrow(self, records: int, until: int) -> None:
        self.size = max(1, records // 2)
        self.careful_until = max(self.careful_until, until)


def page(
    journal: EventJournal, kinds: Sequence[str], after: int, limit: int, until: int
) -> tuple[list[Record], int]:
    """At most ``limit`` records of these kinds (() all) behind ``after``, and the position that is done with them.

    ``until`` MUST NOT lie beyond the head that was read before: then nothing of these kinds lies between the last
    record and that position.
    """
    records = journal.records(after, limit, stored_kinds(kinds), until)
    return records, records[-1].position if len(records) == limit else until


def stored_kinds(kinds: Sequence[str]) -> tuple[str, ...]:
    """The kinds together with the older ones that are read as one of them."""
    found = list(kinds)
    older = dict(UPCASTERS)
    while kinds and (
        more := [old for old, (newer, _) in older.items() if newer in found and old not in found]
    ):
        found += more
    return tuple(found)


def leaf_at(journal: EventJournal, position: int) -> bytes:
    """The seal's leaf of the record at a position: no other record, in whatever journal, has the same."""
    rows = journal.ledger.read_log(position - 1, 1, until=position) if position else []
    return rows[0].leaf if rows else b""


def position_at(journal: EventJournal, moment: Moment) -> int:
    """The last position recorded at or before a moment; 0 when nothing was. Recording times never go backwards."""
    low, high = 0, journal.head().size
    while low < high:
        middle = (low + high + 1) // 2
        [row] = journal.ledger.read_log(middle - 1, 1, until=middle)
        if row.recorded_at <= moment:
            low = middle
        else:
            high = middle - 1
    return low

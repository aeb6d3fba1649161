"""Under the append lock, for the recorders that seal in Python: check conditions, give positions, advance the tree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from adapters.journal.packed import Head, Lost, Outcome, PackedDraft, Stored, StoredRow, Taken
from adapters.seal.header import finish
from adapters.seal.tree import push_in_place, root_of_frontier
from domain.language import Moment
from domain.records import Key


@dataclass(frozen=True)
class Looks:
    """How a recorder looks things up inside its transaction."""

    command: Callable[[str], Taken | None]
    version: Callable[[str], int]
    key: Callable[[Key], bool]


@dataclass
class Settled:
    """What has to be written: the rows, the accepted drafts with their positions, and the head after them."""

    outcomes: list[Outcome]
    rows: list[StoredRow]
    accepted: list[tuple[PackedDraft, Stored]]
    head: Head


def settle(drafts: Sequence[PackedDraft], head: Head, read: Moment, looks: Looks) -> Settled:
    """Decide each draft of a compatible group against the state before it, and seal what is accepted.

    ``read`` is the clock as read under the lock; it is stamped unless it lies before the last record, in which case
    the last value is stamped again and the outcome says what was read. An empty ``read`` (a practice file whose time
    stands still) stamps the last value without comment.
    """
    stamped = max(read, head.recorded_at)
    back = read if read and read < head.recorded_at else None
    outcomes: list[Outcome] = []
    rows: list[StoredRow] = []
    accepted: list[tuple[PackedDraft, Stored]] = []
    frontier, size, founder = list(head.frontier), head.size, head.founder
    versions: dict[str, int] = {}
    for draft in drafts:
        lost = _lost(draft, head, looks, versions)
        if lost is not None:
            outcomes.append(lost)
            continue
        first = size + 1
        for row in draft.rows:
            leaf = sha256(b"\x00" + finish(size + 1, row.prepared, stamped)).digest()
            push_in_place(frontier, size, leaf)
            size += 1
            rows.append(StoredRow(size, row.stream, row.version, row.kind, row.state, stamped, leaf))
        if founder is None and draft.person is not None:
            founder = draft.person
        stored = Stored(first, size, stamped, back)
        outcomes.append(stored)
        accepted.append((draft, stored))
    after = Head(size, frontier, root_of_frontier(frontier), stamped, founder, head.salt)
    return Settled(outcomes, rows, accepted, after)


def _lost(draft: PackedDraft, head: Head, looks: Looks, versions: dict[str, int]) -> Taken | Lost | None:
    """Why a draft is not accepted, or None; the id is looked up first, so that a repetition gets its first answer."""
    if draft.command_id is not None:
        taken = looks.command(draft.command_id)
        if taken is not None:
            return taken
    for stream, expected in draft.guards:
        found = versions.get(stream)
        if found is None:
            found = versions[stream] = looks.version(stream)
        if found != expected:
            return Lost(stream=stream)
    for key in draft.keys:
        if looks.key(key):
            return Lost(key=key)
    if draft.founding and head.founder is not None:
        return Lost()
    return None

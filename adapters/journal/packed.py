"""What a recorder is handed and hands back: bytes and plain values, blind to what the records say.

Everything that can be made before the append lock is made here: encoded bodies, their hashes, the part of the header
that is known already. Under the lock only position, recording time and the tree remain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from domain.language import Moment
from domain.records import Key


class PackedRow(NamedTuple):
    """One record ready to be stored: ``prepared`` is the middle of its header (see ``adapters.seal.header``)."""

    stream: str
    version: int
    kind: str
    state: bytes
    prepared: bytes


class StoredRow(NamedTuple):
    """One record as it is stored."""

    position: int
    stream: str
    version: int
    kind: str
    state: bytes
    recorded_at: Moment
    leaf: bytes


@dataclass(frozen=True)
class PackedDraft:
    """One command's rows with their conditions; ``command_id`` None is a blind insert without conditions.

    ``guards`` hold every stream that was read with the version it had, the command's own stream too. ``person`` is set
    when a person acts, so that the first one founds the journal; ``founding`` demands that nobody did so before.
    """

    command_id: str | None
    content: bytes
    rows: Sequence[PackedRow]
    guards: Sequence[tuple[str, int]] = ()
    keys: Sequence[Key] = ()
    person: str | None = None
    founding: bool = False


@dataclass(frozen=True)
class Stored:
    """The draft is durable from ``first`` to ``last``."""

    first: int
    last: int
    recorded_at: Moment
    clock_read: Moment | None = None


@dataclass(frozen=True)
class Taken:
    """The command id stands in the journal already."""

    content: bytes
    first: int
    last: int


@dataclass(frozen=True)
class Lost:
    """A condition no longer held; nothing of the draft was stored."""

    stream: str | None = None
    key: Key | None = None


Outcome = Stored | Taken | Lost


@dataclass
class Head:
    """The one mutable row of a journal, changed only inside an append: size, tree and the latest recording time."""

    size: int = 0
    frontier: list[bytes] = field(default_factory=list)
    root: bytes = b""
    recorded_at: Moment = ""
    founder: str | None = None
    salt: bytes = b""


class Ledger(Protocol):
    """A recorder with our own append.

    ``commit`` MUST store every draft whole or not at all, MUST answer for each in order, MUST NOT return before the
    stored ones are durable, and MAY be given only drafts that ``compatible`` let into one group. Readers MUST NOT see a
    position before all lower ones are visible.
    """

    name: str
    """Where this is, as a person would say it: a path, or a server's address without password."""

    def exists(self) -> bool:
        """Whether a question may be asked; MUST NOT make anything."""
        ...

    def commit(self, drafts: Sequence[PackedDraft]) -> list[Outcome]: ...

    def salt(self) -> bytes: ...

    def read_stream(self, stream: str, after: int) -> list[tuple[int, str, bytes]]: ...

    def read_stream_rows(self, stream: str) -> list[StoredRow]: ...

    def read_log(
        self, after: int, limit: int, kinds: Sequence[str] = (), until: int | None = None
    ) -> list[StoredRow]: ...

    def command(self, command_id: str) -> Taken | None: ...

    def keyed(self, kind: str, code: str) -> list[Key]: ...

    def positions_of(self, command_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
        """The first and the last position of each of these commands; those that are not there are left out."""
        ...

    def commands_after(self, command_id: str, limit: int) -> list[tuple[str, int, int]]:
        """The next commands in the order of their ids, with their first and last position."""
        ...

    def keys_after(self, key: tuple[str, str, str], limit: int) -> list[Key]:
        """The next registered codes in the order of kind, scope and code."""
        ...

    def head(self) -> Head: ...

    def close(self) -> None: ...


def compatible(drafts: Iterable[PackedDraft], most: int) -> tuple[list[PackedDraft], list[PackedDraft]]:
    """Split waiting drafts into one group whose members cannot affect each other, and the rest for the next one.

    Inside a group no id, written stream or key occurs twice, nobody guards a stream that another one writes, and at
    most one founds. So every condition can be checked at once, against the state before the group. A blind insert goes
    alone.
    """
    group: list[PackedDraft] = []
    rest: list[PackedDraft] = []
    ids: set[str | None] = set()
    written: set[str] = set()
    guarded: set[str] = set()
    keys: set[tuple[str, str, str]] = set()
    for draft in drafts:
        writes = {row.stream for row in draft.rows}
        guards = {stream for stream, _ in draft.guards}
        wanted = {(key.kind, key.scope, key.code) for key in draft.keys}
        alone = draft.command_id is None or draft.founding
        clash = (
            len(group) >= most
            or (alone and group)
            or (group and (group[0].command_id is None or group[0].founding))
            or draft.command_id in ids
            or not written.isdisjoint(guards | writes)
            or not guarded.isdisjoint(writes)
            or not keys.isdisjoint(wanted)
        )
        if clash:
            rest.append(draft)
            # What waits goes before what came later and needs the same streams.
            written |= writes
            guarded |= guards
            continue
        group.append(draft)
        ids.add(draft.command_id)
        written |= writes
        guarded |= guards
        keys |= wanted
    return group, rest

"""A record is an event with everything that was known about its recording: who, when it was so, when it was written.

``Record`` is what readers get. ``Draft`` is what the engine asks the journal to append: one command's events together
with every condition under which they may be appended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from domain.language import Event, Moment

MACHINE_AUTHS = frozenset({"clock", "policy", "feed", "init"})
"""How a record says that no person gave the command."""


@dataclass
class Record:
    """One immutable line of the journal.

    ``position`` is dense and global from 1, ``version`` is dense in its stream from 1. ``happened_at`` is when it was
    so (given by people, never in the future); ``recorded_at`` was read under the append lock and is never an input.
    """

    position: int
    stream: str
    version: int
    kind: str
    scope: str
    by: str
    auth: str
    happened_at: Moment
    recorded_at: Moment
    command_id: str
    event: Event
    on_behalf_of: str | None = None
    caused_by: int | None = None
    source: str | None = None


@dataclass(frozen=True)
class Meta:
    """The fields of a record that one command gives to all of its records."""

    scope: str
    by: str
    auth: str
    happened_at: Moment
    command_id: str
    on_behalf_of: str | None = None
    caused_by: int | None = None
    source: str | None = None


@dataclass(frozen=True)
class Key:
    """A code that must be unique in its scope: (kind, scope, code) -> stream."""

    kind: str
    scope: str
    code: str
    stream: str


@dataclass(frozen=True)
class Draft:
    """One command's events and the conditions of their append.

    ``after`` is the version the stream must have; ``guards`` are the versions of all other streams that were read;
    ``founding`` demands that no person acted in this journal before.
    """

    meta: Meta
    content: bytes
    stream: str
    after: int
    events: Sequence[Event]
    guards: Sequence[tuple[str, int]] = ()
    keys: Sequence[Key] = ()
    founding: bool = False


@dataclass(frozen=True)
class Written:
    """Where one record stands: the answer a client gets for it."""

    position: int
    stream: str
    version: int
    kind: str


@dataclass(frozen=True)
class Appended:
    """The draft is durable. ``clock_read`` is set when the machine's clock read earlier than the last record."""

    records: tuple[Written, ...]
    recorded_at: Moment
    clock_read: Moment | None = None


@dataclass(frozen=True)
class Conflict:
    """Somebody else was first: a guarded stream moved, a key was taken, or another person founded the journal."""

    stream: str | None = None
    key: Key | None = None


@dataclass(frozen=True)
class Answered:
    """The command id is taken: what it was first used for."""

    content: bytes
    records: tuple[Written, ...]


@dataclass
class Slice:
    """The end of one stream as a fold needs it: its events after some version, and the two moments of its order."""

    events: list[Event] = field(default_factory=list)
    version: int = 0
    first_at: Moment = ""
    last_at: Moment = ""


class Journal(Protocol):
    """What the engine needs of a journal.

    ``read`` MUST return every record of the stream after the version, in order, and MUST NOT return a record that is
    not durable. ``append`` MUST be all or nothing, MUST check every condition of the draft under its lock, and MUST
    NOT return before the records are durable; it MAY append several drafts in one transaction. ``answered`` MUST see
    everything that any ``append`` has returned.
    """

    def read(self, stream: str, after: int = 0) -> Slice: ...

    def append(self, draft: Draft) -> Appended | Conflict | Answered: ...

    def answered(self, command_id: str) -> Answered | None: ...

    def founder(self) -> str | None:
        """The first person who acted here, or None."""
        ...

    def now(self) -> Moment:
        """The present moment: the real clock's, or in a practice file the simulated one."""
        ...

"""The journal in memory: for simulations, for what-if, and for tests; it is gone when the process ends."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from eventsourcing import persistence
from eventsourcing.popo import POPOApplicationRecorder, POPOFactory

from adapters.journal.blind import blind_row
from adapters.journal.packed import Head, Outcome, PackedDraft, Stored, StoredRow, Taken
from adapters.journal.settle import Looks, settle
from adapters.journal.wallclock import wall_clock
from adapters.seal.tree import EMPTY_ROOT
from domain.language import Moment
from domain.records import Key


class MemoryLedger(POPOApplicationRecorder):
    """The library's in-memory application recorder with our own append."""

    name = "memory"

    def __init__(self, clock: Callable[[], Moment] = wall_clock) -> None:
        super().__init__()
        self._clock = clock
        self._head = Head(root=EMPTY_ROOT, salt=secrets.token_bytes(32))
        self._rows: list[StoredRow] = []
        self._streams: dict[str, list[StoredRow]] = {}
        self._commands: dict[str, Taken] = {}
        self._keys: dict[tuple[str, str, str], Key] = {}
        self._uuids: dict[str, UUID] = {}

    def exists(self) -> bool:
        return True

    def commit(self, drafts: Sequence[PackedDraft]) -> list[Outcome]:
        """Store the drafts that hold; see ``Ledger``. Nothing here survives the process."""
        with self._database_lock:
            looks = Looks(
                self._commands.get,
                self._version,
                lambda key: (key.kind, key.scope, key.code) in self._keys,
            )
            settled = settle(drafts, self._head, self._clock(), looks)
            events = [
                persistence.StoredEvent(
                    self._uuids.get(row.stream, row.stream), row.version, row.kind, row.state
                )
                for row in settled.rows
            ]
            self._assert_uniqueness(events)
            self._update_table(events)
            for row in settled.rows:
                self._rows.append(row)
                self._streams.setdefault(row.stream, []).append(row)
            for draft, stored in settled.accepted:
                if draft.command_id is not None:
                    self._commands[draft.command_id] = Taken(draft.content, stored.first, stored.last)
                for key in draft.keys:
                    self._keys[key.kind, key.scope, key.code] = key
            if settled.accepted:
                self._head = settled.head
        self._notify_listeners()
        return settled.outcomes

    def _version(self, stream: str) -> int:
        rows = self._streams.get(stream)
        return rows[-1].version if rows else 0

    def insert_events(
        self, stored_events: Sequence[persistence.StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """The library's own insert: blind, yet positioned and sealed like the rest."""
        if not stored_events:
            return []
        rows = [blind_row(self._head.salt, event) for event in stored_events]
        for event in stored_events:
            if isinstance(event.originator_id, UUID):  # the library wants it back as it was
                self._uuids[event.originator_id.hex] = event.originator_id
        outcome = self.commit([PackedDraft(None, b"", rows)])[0]
        assert isinstance(outcome, Stored)
        return list(range(outcome.first, outcome.last + 1))

    def salt(self) -> bytes:
        return self._head.salt

    def head(self) -> Head:
        with self._database_lock:
            return self._head

    def read_stream(self, stream: str, after: int) -> list[tuple[int, str, bytes]]:
        with self._database_lock:
            rows = self._streams.get(stream, ())
            return [(row.version, row.kind, row.state) for row in rows if row.version > after]

    def read_stream_rows(self, stream: str) -> list[StoredRow]:
        with self._database_lock:
            return list(self._streams.get(stream, ()))

    def read_log(
        self, after: int, limit: int, kinds: Sequence[str] = (), until: int | None = None
    ) -> list[StoredRow]:
        with self._database_lock:
            found: list[StoredRow] = []
            for row in self._rows[after : until if until is not None else len(self._rows)]:
                if not kinds or row.kind in kinds:
                    found.append(row)
                    if len(found) == limit:
                        break
            return found

    def command(self, command_id: str) -> Taken | None:
        with self._database_lock:
            return self._commands.get(command_id)

    def keyed(self, kind: str, code: str) -> list[Key]:
        with self._database_lock:
            return sorted(
                (key for key in self._keys.values() if key.kind == kind and key.code == code),
                key=lambda key: key.scope,
            )

    def positions_of(self, command_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
        with self._database_lock:
            found = ((one, self._commands[one]) for one in command_ids if one in self._commands)
            return {one: (taken.first, taken.last) for one, taken in found}

    def commands_after(self, command_id: str, limit: int) -> list[tuple[str, int, int]]:
        with self._database_lock:
            later = sorted(one for one in self._commands if one > command_id)[:limit]
            return [(one, self._commands[one].first, self._commands[one].last) for one in later]

    def keys_after(self, key: tuple[str, str, str], limit: int) -> list[Key]:
        with self._database_lock:
            return [self._keys[one] for one in sorted(one for one in self._keys if one > key)[:limit]]

    def close(self) -> None:
        """Nothing to close."""


class MemoryFactory(POPOFactory):
    """The library's factory, making our recorder."""

    def application_recorder(self) -> persistence.ApplicationRecorder:
        return MemoryLedger()

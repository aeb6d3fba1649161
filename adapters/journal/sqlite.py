"""The journal in an SQLite file: the default, one machine, nothing to install.

WAL with ``synchronous=FULL`` (NORMAL lost acknowledged records in simulated power cuts); every append is one
``BEGIN IMMEDIATE``; triggers hold records, commands and keys append-only.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Sequence
from typing import Any

from eventsourcing import persistence
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore, SQLiteFactory

from adapters.journal.blind import blind_row
from adapters.journal.packed import Head, Outcome, PackedDraft, Stored, StoredRow, Taken
from adapters.journal.settle import Looks, settle
from adapters.journal.sqlite_file import SqliteFile, roll_back
from adapters.journal.sqlite_schema import statements
from adapters.journal.wallclock import wall_clock
from adapters.seal.tree import EMPTY_ROOT
from domain.language import Moment
from domain.records import Key
from domain.refused import InDoubtError, JournalUnavailableError

_HEAD = "SELECT size, frontier, root, recorded_at, founder, salt FROM head"
_ROW = "rowid, originator_id, originator_version, topic, state, recorded_at, leaf"
_COMMAND = "SELECT content, first, last FROM commands WHERE id=?"


VERSIONS_KEPT = 50_000
"""How many streams' versions a writer remembers between its own appends."""


class SqliteLedger(SQLiteApplicationRecorder):
    """The library's SQLite application recorder with our own append, connections and tables."""

    def __init__(
        self,
        datastore: SQLiteDatastore,
        events_table_name: str = "records",
        clock: Callable[[], Moment] = wall_clock,
    ) -> None:
        super().__init__(datastore, events_table_name)
        self.name = datastore.pool.db_name
        self._clock = clock
        self._file = SqliteFile(
            self.name, datastore.pool.is_sqlite_memory_mode, statements(events_table_name)
        )
        self._lock = threading.RLock()
        self._writer: sqlite3.Connection | None = None
        self._idle: list[sqlite3.Connection] = []
        self._salt: bytes | None = None
        # Versions of streams as they were at a size of the log; any append of anybody changes the size.
        self._versions: dict[str, int] = {}
        self._versions_at = -1

        def fill(statement: str) -> str:
            return statement.format(records=events_table_name, row=_ROW)

        self._insert_sql = fill("INSERT INTO {records} VALUES (?,?,?,?,?,?,?)")
        self._version_sql = fill("SELECT max(originator_version) FROM {records} WHERE originator_id=?")
        self._stream_sql = fill(
            "SELECT originator_version, topic, state FROM {records}"
            " WHERE originator_id=? AND originator_version>? ORDER BY originator_version"
        )
        self._rows_sql = fill("SELECT {row} FROM {records} WHERE originator_id=? ORDER BY originator_version")
        self._log_sql = fill("SELECT {row} FROM {records} WHERE rowid>?")

    def construct_create_table_statements(self) -> list[str]:
        return statements(self.events_table_name)

    def create_table(self) -> None:
        """Make the journal if there is none yet."""
        with self._lock, self._file.faults():
            self._ready()

    def exists(self) -> bool:
        """Whether there is a file with something in it; asking never makes one."""
        return self._file.exists()

    def _ready(self) -> sqlite3.Connection:
        if self._writer is None:
            self._writer = self._file.open_writer()
        return self._writer

    # ------------------------------------------------------------------------------------------- appending

    def commit(self, drafts: Sequence[PackedDraft]) -> list[Outcome]:
        """Store the drafts that hold, in one transaction flushed to disk; see ``Ledger``."""
        with self._lock, self._file.faults():
            return self._commit(drafts)

    def _commit(self, drafts: Sequence[PackedDraft]) -> list[Outcome]:
        connection = self._ready()
        execute = connection.execute
        execute("BEGIN IMMEDIATE")
        try:
            head = _head(execute(_HEAD).fetchone())
            if head.size != self._versions_at or len(self._versions) > VERSIONS_KEPT:
                self._versions.clear()
                self._versions_at = head.size
            settled = settle(drafts, head, self._clock(), self._looks(execute))
            if not settled.accepted:
                execute("ROLLBACK")
                return settled.outcomes
            connection.executemany(self._insert_sql, settled.rows)
            for draft, stored in settled.accepted:
                if draft.command_id is not None:
                    execute(
                        "INSERT INTO commands VALUES (?,?,?,?)",
                        (draft.command_id, draft.content, stored.first, stored.last),
                    )
                for key in draft.keys:
                    execute("INSERT INTO keys VALUES (?,?,?,?)", (key.kind, key.scope, key.code, key.stream))
            head = settled.head
            execute(
                "UPDATE head SET size=?, frontier=?, root=?, recorded_at=?, founder=?",
                (head.size, b"".join(head.frontier), head.root, head.recorded_at, head.founder),
            )
        except BaseException:
            roll_back(connection)
            raise
        try:
            execute("COMMIT")
        except sqlite3.Error as error:
            roll_back(connection)
            if error.sqlite_errorname.startswith("SQLITE_IOERR"):
                # What was written may be whole all the same, and come back when the file is next recovered.
                raise InDoubtError(where=self.name, id=drafts[0].command_id) from error
            raise
        except BaseException:
            roll_back(connection)
            raise
        for row in settled.rows:
            self._versions[row.stream] = row.version
        self._versions_at = settled.head.size
        return settled.outcomes

    def _looks(self, execute: Callable[..., sqlite3.Cursor]) -> Looks:
        def command(command_id: str) -> Taken | None:
            row = execute(_COMMAND, (command_id,)).fetchone()
            return None if row is None else Taken(*row)

        def version(stream: str) -> int:
            version = self._versions.get(stream)
            if version is None:
                found = execute(self._version_sql, (stream,)).fetchone()[0]
                version = self._versions[stream] = 0 if found is None else int(found)
            return version

        def key(wanted: Key) -> bool:
            where = (wanted.kind, wanted.scope, wanted.code)
            return (
                execute("SELECT 1 FROM keys WHERE kind=? AND scope=? AND code=?", where).fetchone()
                is not None
            )

        return Looks(command, version, key)

    def insert_events(
        self, stored_events: Sequence[persistence.StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """The library's own insert: blind, without command or conditions, yet positioned and sealed like the rest."""
        if not stored_events:
            return []
        salt = self.salt()
        rows = [blind_row(salt, event) for event in stored_events]
        try:
            outcome = self.commit([PackedDraft(None, b"", rows)])[0]
        except (JournalUnavailableError, InDoubtError) as error:
            if isinstance(error.__cause__, sqlite3.IntegrityError):
                raise persistence.IntegrityError(str(error)) from error
            raise persistence.OperationalError(str(error)) from error
        assert isinstance(outcome, Stored)
        return list(range(outcome.first, outcome.last + 1))

    # ------------------------------------------------------------------------------------------- reading

    def salt(self) -> bytes:
        """The journal's salt for stream tags; made with the journal (so asking here may make the file)."""
        if self._salt is None:
            with self._lock, self._file.faults():
                self._salt = _head(self._ready().execute(_HEAD).fetchone()).salt
        return self._salt

    def head(self) -> Head:
        rows = self._fetch(_HEAD)
        return _head(rows[0]) if rows else Head(root=EMPTY_ROOT)

    def read_stream(self, stream: str, after: int) -> list[tuple[int, str, bytes]]:
        return self._fetch(self._stream_sql, (stream, after))

    def read_stream_rows(self, stream: str) -> list[StoredRow]:
        return [StoredRow(*row) for row in self._fetch(self._rows_sql, (stream,))]

    def read_log(
        self, after: int, limit: int, kinds: Sequence[str] = (), until: int | None = None
    ) -> list[StoredRow]:
        sql = self._log_sql
        params: list[Any] = [after]
        if until is not None:
            sql += " AND rowid<=?"
            params.append(until)
        if kinds:
            sql += f" AND topic IN ({','.join('?' * len(kinds))})"
            params += kinds
        return list(map(StoredRow._make, self._fetch(f"{sql} ORDER BY rowid LIMIT ?", (*params, limit))))

    def command(self, command_id: str) -> Taken | None:
        rows = self._fetch(_COMMAND, (command_id,))
        return Taken(*rows[0]) if rows else None

    def keyed(self, kind: str, code: str) -> list[Key]:
        sql = "SELECT kind, scope, code, stream FROM keys WHERE kind=? AND code=? ORDER BY scope"
        return [Key(*row) for row in self._fetch(sql, (kind, code))]

    def positions_of(self, command_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
        sql = "SELECT id, first, last FROM commands WHERE id IN (SELECT value FROM json_each(?))"
        rows = self._fetch(sql, (json.dumps(command_ids),))
        return {command_id: (first, last) for command_id, first, last in rows}

    def commands_after(self, command_id: str, limit: int) -> list[tuple[str, int, int]]:
        sql = "SELECT id, first, last FROM commands WHERE id>? ORDER BY id LIMIT ?"
        return self._fetch(sql, (command_id, limit))

    def keys_after(self, key: tuple[str, str, str], limit: int) -> list[Key]:
        sql = (
            "SELECT kind, scope, code, stream FROM keys WHERE (kind, scope, code)>(?,?,?)"
            " ORDER BY kind, scope, code LIMIT ?"
        )
        return [Key(*row) for row in self._fetch(sql, (*key, limit))]

    def _fetch(self, sql: str, params: Sequence[Any] = ()) -> list[Any]:
        """The rows; none while there is no journal. Each thread that asks at the same moment has a connection."""
        with self._file.faults():
            if self._file.in_memory:
                with self._lock:
                    return [] if self._writer is None else self._writer.execute(sql, params).fetchall()
            try:
                connection = self._idle.pop()
            except IndexError:
                opened = self._file.open_reader()
                if opened is None:
                    return []
                connection = opened
            try:
                rows = connection.execute(sql, params).fetchall()
            except BaseException:
                connection.close()
                raise
            self._idle.append(connection)
            return rows

    def close(self) -> None:
        with self._lock:
            while self._idle:
                self._idle.pop().close()
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self.datastore.close()


class SqliteFactory(SQLiteFactory):
    """The library's factory, making our recorder."""

    application_recorder_class = SqliteLedger


def open_sqlite(path: str, clock: Callable[[], Moment] = wall_clock) -> SqliteLedger:
    """A ledger on a file, which need not exist yet; nothing is made or opened before it is needed."""
    return SqliteLedger(SQLiteDatastore(path, originator_id_type="text"), clock=clock)


def _head(row: Sequence[Any]) -> Head:
    size, joined, root, recorded_at, founder, salt = row
    frontier = [joined[at : at + 32] for at in range(0, len(joined), 32)]
    return Head(size, frontier, root, recorded_at, founder, salt)

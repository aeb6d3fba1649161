"""The journal in an SQLite file: the default, one machine, nothing to install.

WAL with ``synchronous=FULL`` (NORMAL lost acknowledged records in simulated power cuts); every append is one
``BEGIN IMMEDIATE``; triggers hold records, commands and keys append-only. The file is made by the first append, never by
a reader.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from eventsourcing import persistence
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore, SQLiteFactory

from adapters.journal.blind import blind_row
from adapters.journal.packed import Head, Outcome, PackedDraft, StoredRow, Stored, Taken
from adapters.journal.settle import Looks, settle
from adapters.journal.sqlite_schema import APPLICATION_ID, FORMAT, statements
from adapters.journal.wallclock import wall_clock
from adapters.seal.tree import EMPTY_ROOT
from domain.language import Moment
from domain.records import Key
from domain.refused import ForeignFileError, JournalUnavailableError, NewerFileError, NoJournalError

BUSY_MS = 10_000
"""How long a writer waits for another process before it gives up, in milliseconds."""


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
        self._memory = datastore.pool.is_sqlite_memory_mode
        self._lock = threading.RLock()
        self._writer: sqlite3.Connection | None = None
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._salt: bytes | None = None
        self._insert = f"INSERT INTO {events_table_name} VALUES (?,?,?,?,?,?,?)"

    # ------------------------------------------------------------------------------------------- making and opening

    def construct_create_table_statements(self) -> list[str]:
        return statements(self.events_table_name)

    def create_table(self) -> None:
        with self._lock, self._translated():
            self._open_writer()

    def exists(self) -> bool:
        """Whether there is a file with something in it; asking never makes one."""
        if self._memory:
            return self._writer is not None
        try:
            return os.path.getsize(self.name) > 0
        except FileNotFoundError:
            return False
        except OSError as error:
            raise JournalUnavailableError(where=self.name, problem=str(error)) from error

    def _open_writer(self) -> sqlite3.Connection:
        if self._writer is not None:
            return self._writer
        new = not self.exists()
        if new and not self._memory:
            self._make_file()
        connection = self._connect()
        try:
            self._check_identity(connection, may_be_new=True)
            if not self._memory:
                _to_wal(connection)
            connection.execute("PRAGMA synchronous=FULL")
            self._make_tables(connection)
        except BaseException:
            connection.close()
            raise
        self._writer = connection
        return connection

    def _make_file(self) -> None:
        """Make an empty file that only its owner may read, and make its name durable."""
        try:
            os.close(os.open(self.name, os.O_CREAT | os.O_WRONLY, 0o600))
            folder = os.open(Path(self.name).resolve().parent, os.O_RDONLY)
        except OSError as error:
            raise JournalUnavailableError(where=self.name, problem=error.strerror or str(error)) from error
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _make_tables(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in self.create_table_statements:
                connection.execute(statement)
            connection.execute(
                "INSERT OR IGNORE INTO head VALUES (1, 0, x'', ?, '', NULL, ?)",
                (EMPTY_ROOT, secrets.token_bytes(32)),
            )
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={FORMAT}")
            connection.execute("COMMIT")
        except BaseException:
            _roll_back(connection)
            raise

    def _connect(self, query_only: bool = False) -> sqlite3.Connection:
        if self._memory:
            connection = sqlite3.connect(self.name, uri=True, isolation_level=None, check_same_thread=False)
        else:
            connection = sqlite3.connect(
                self.name, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000
            )
        connection.execute("PRAGMA trusted_schema=OFF")
        if query_only:
            connection.execute("PRAGMA query_only=ON")
        return connection

    def _check_identity(self, connection: sqlite3.Connection, may_be_new: bool) -> None:
        """Refuse a file of somebody else or of a newer version."""
        found = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if found == APPLICATION_ID:
            if version > FORMAT:
                raise NewerFileError(where=self.name, found=version, known=FORMAT)
            return
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if found != 0 or tables:
            raise ForeignFileError(where=self.name, problem=f"application_id {found}, {tables} tables")
        if not may_be_new:
            raise NoJournalError(where=self.name)

    def _reader(self) -> sqlite3.Connection | None:
        """This thread's own connection for reading, or None while there is no journal yet."""
        if self._memory:
            return self._writer
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            if not self.exists():
                return None
            connection = self._connect(query_only=True)
            try:
                self._check_identity(connection, may_be_new=False)
            except NoJournalError:
                connection.close()
                return None
            except BaseException:
                connection.close()
                raise
            self._local.connection = connection
            with self._lock:
                self._readers.append(connection)
        return connection

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if "not a database" in str(error):
                raise ForeignFileError(where=self.name, problem=str(error)) from error
            raise JournalUnavailableError(where=self.name, problem=str(error)) from error

    # ------------------------------------------------------------------------------------------- appending

    def commit(self, drafts: Sequence[PackedDraft]) -> list[Outcome]:
        """Store the drafts that hold, in one transaction flushed to disk; see ``Ledger``."""
        with self._lock, self._translated():
            return self._commit(drafts)

    def _commit(self, drafts: Sequence[PackedDraft]) -> list[Outcome]:
        connection = self._open_writer()
        execute = connection.execute
        execute("BEGIN IMMEDIATE")
        try:
            settled = settle(drafts, self._read_head(connection), self._clock(), self._looks(execute))
            if not settled.accepted:
                execute("ROLLBACK")
                return settled.outcomes
            connection.executemany(self._insert, settled.rows)
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
            execute("COMMIT")
            return settled.outcomes
        except BaseException:
            _roll_back(connection)
            raise

    def _looks(self, execute: Callable[..., sqlite3.Cursor]) -> Looks:
        table = self.events_table_name

        def command(command_id: str) -> Taken | None:
            row = execute("SELECT content, first, last FROM commands WHERE id=?", (command_id,)).fetchone()
            return None if row is None else Taken(*row)

        def version(stream: str) -> int:
            found = execute(
                f"SELECT max(originator_version) FROM {table} WHERE originator_id=?", (stream,)
            ).fetchone()[0]
            return 0 if found is None else int(found)

        def key(wanted: Key) -> bool:
            where = (wanted.kind, wanted.scope, wanted.code)
            return execute("SELECT 1 FROM keys WHERE kind=? AND scope=? AND code=?", where).fetchone() is not None

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
        except JournalUnavailableError as error:
            raise _library_error(error) from error
        assert isinstance(outcome, Stored)
        return list(range(outcome.first, outcome.last + 1))

    # ------------------------------------------------------------------------------------------- reading

    def salt(self) -> bytes:
        """The journal's salt for stream tags; made with the journal (so asking here may make the file)."""
        if self._salt is None:
            with self._lock, self._translated():
                self._salt = self._read_head(self._open_writer()).salt
        return self._salt

    def head(self) -> Head:
        with self._translated():
            connection = self._reader()
            return Head(root=EMPTY_ROOT) if connection is None else self._read_head(connection)

    @staticmethod
    def _read_head(connection: sqlite3.Connection) -> Head:
        row = connection.execute("SELECT size, frontier, root, recorded_at, founder, salt FROM head").fetchone()
        size, joined, root, recorded_at, founder, salt = row
        frontier = [joined[at : at + 32] for at in range(0, len(joined), 32)]
        return Head(size, frontier, root, recorded_at, founder, salt)

    def read_stream(self, stream: str, after: int) -> list[tuple[int, str, bytes]]:
        return self._fetch(
            f"SELECT originator_version, topic, state FROM {self.events_table_name}"
            " WHERE originator_id=? AND originator_version>? ORDER BY originator_version",
            (stream, after),
        )

    def read_stream_rows(self, stream: str) -> list[StoredRow]:
        sql = (
            "SELECT rowid, originator_id, originator_version, topic, state, recorded_at, leaf"
            f" FROM {self.events_table_name} WHERE originator_id=? ORDER BY originator_version"
        )
        return [StoredRow(*row) for row in self._fetch(sql, (stream,))]

    def read_log(
        self, after: int, limit: int, kinds: Sequence[str] = (), until: int | None = None
    ) -> list[StoredRow]:
        sql = (
            "SELECT rowid, originator_id, originator_version, topic, state, recorded_at, leaf"
            f" FROM {self.events_table_name} WHERE rowid>?"
        )
        params: list[Any] = [after]
        if until is not None:
            sql += " AND rowid<=?"
            params.append(until)
        if kinds:
            sql += f" AND topic IN ({','.join('?' * len(kinds))})"
            params += kinds
        return [StoredRow(*row) for row in self._fetch(f"{sql} ORDER BY rowid LIMIT ?", (*params, limit))]

    def command(self, command_id: str) -> Taken | None:
        rows = self._fetch("SELECT content, first, last FROM commands WHERE id=?", (command_id,))
        return Taken(*rows[0]) if rows else None

    def keyed(self, kind: str, code: str) -> list[Key]:
        sql = "SELECT kind, scope, code, stream FROM keys WHERE kind=? AND code=? ORDER BY scope"
        return [Key(*row) for row in self._fetch(sql, (kind, code))]

    def _fetch(self, sql: str, params: Sequence[Any]) -> list[Any]:
        with self._translated():
            if self._memory:
                with self._lock:
                    return [] if self._writer is None else self._writer.execute(sql, params).fetchall()
            connection = self._reader()
            return [] if connection is None else connection.execute(sql, params).fetchall()

    def close(self) -> None:
        with self._lock:
            for connection in (*self._readers, self._writer):
                if connection is not None:
                    connection.close()
            self._readers.clear()
            self._writer = None
            self._local = threading.local()
            self.datastore.close()


class SqliteFactory(SQLiteFactory):
    """The library's factory, making our recorder."""

    application_recorder_class = SqliteLedger


def open_sqlite(path: str, clock: Callable[[], Moment] = wall_clock) -> SqliteLedger:
    """A ledger on a file, which need not exist yet; nothing is made or opened before it is needed."""
    return SqliteLedger(SQLiteDatastore(path, originator_id_type="text"), clock=clock)


def _library_error(error: JournalUnavailableError) -> persistence.PersistenceError:
    cause = error.__cause__
    if isinstance(cause, sqlite3.IntegrityError):
        return persistence.IntegrityError(cause)
    return persistence.OperationalError(cause)


def _roll_back(connection: sqlite3.Connection) -> None:
    """Roll back; after some faults (a full disk) SQLite has done so by itself and refuses."""
    with contextlib.suppress(sqlite3.Error):
        connection.execute("ROLLBACK")


def _to_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL; two processes that open a new file at once may find it locked for a moment."""
    deadline = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)

"""The SQLite file itself: made by the first append, known again by its header, and never made by a reader."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from adapters.journal.sqlite_schema import APPLICATION_ID, FORMAT
from adapters.problems import problem_of
from adapters.seal.tree import EMPTY_ROOT
from domain.refused import ForeignFileError, JournalUnavailableError, NewerFileError

BUSY_MS = 30_000
"""How long a writer waits for other processes before it gives up, in milliseconds.

SQLite wakes nobody in turn: each waiting process looks again by itself. Ten seconds were once too short for one of
sixteen writers on two cores that were busy with other work.
"""


_UNSHARED = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR)
"""How SQLite fails where it cannot make the file in which readers and writers of a log meet."""


class SqliteFile:
    """Opens connections to one file (or to one database in memory) and sees to it that it is ours."""

    def __init__(self, name: str, in_memory: bool, tables: Sequence[str]) -> None:
        self.name = name
        self.in_memory = in_memory
        self._tables = tables

    def open_reader(self) -> sqlite3.Connection | None:
        """A connection that cannot write, or None while there is no journal; asking never makes one."""
        if not self.exists():
            return None
        connection = self._connect()
        try:
            connection.execute("PRAGMA query_only=ON")
            try:
                ours = self._is_ours(connection)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in _UNSHARED or not self._is_whole():
                    raise
                connection.close()
                connection = self._connect(still=True)
                ours = self._is_ours(connection)
            if ours:
                return connection
        except BaseException:
            connection.close()
            raise
        connection.close()
        return None

    def _is_whole(self) -> bool:
        """Whether no write-ahead log holds a part of it: then a copy that nobody can write to may be read as it is."""
        try:
            return os.path.getsize(f"{self.name}-wal") == 0
        except FileNotFoundError:
            return True
        except OSError:
            return False

    def open_writer(self) -> sqlite3.Connection:
        """A connection that commits durably; file and tables are made where they are missing."""
        if not self.in_memory and not self.exists():
            self._make_file()
        connection = self._connect()
        try:
            ours = self._is_ours(connection)
            if not self.in_memory:
                _to_wal(connection)
            connection.execute("PRAGMA synchronous=FULL")
            if not ours:
                self._make_tables(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    @contextlib.contextmanager
    def faults(self) -> Iterator[None]:
        """SQLite's errors as sentences."""
        try:
            yield
        except sqlite3.Error as error:
            if "not a database" in str(error):
                raise ForeignFileError(where=self.name, problem=problem_of(error)) from error
            raise JournalUnavailableError(where=self.name, problem=problem_of(error)) from error

    def exists(self) -> bool:
        """Whether there is a file with something in it."""
        try:
            return os.path.getsize(self.name) > 0
        except FileNotFoundError:
            return False
        except OSError as error:
            raise JournalUnavailableError(where=self.name, problem=problem_of(error)) from error

    def _make_file(self) -> None:
        """Make an empty file that only its owner may read, and make its name durable."""
        try:
            os.close(os.open(self.name, os.O_CREAT | os.O_WRONLY, 0o600))
            folder = os.open(Path(self.name).resolve().parent, os.O_RDONLY)
        except OSError as error:
            raise JournalUnavailableError(where=self.name, problem=problem_of(error)) from error
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _make_tables(self, connection: sqlite3.Connection) -> None:
        """Make what is missing; of several processes that come at once, one makes it and the others find it."""
        connection.execute("BEGIN IMMEDIATE")
        try:
            if not self._is_ours(connection):
                for statement in self._tables:
                    connection.execute(statement)
                connection.execute(
                    "INSERT INTO head VALUES (1, 0, x'', ?, '', NULL, ?)",
                    (EMPTY_ROOT, secrets.token_bytes(32)),
                )
                connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version={FORMAT}")
            connection.execute("COMMIT")
        except BaseException:
            roll_back(connection)
            raise

    def _connect(self, still: bool = False) -> sqlite3.Connection:
        """``still``: the file lies where nothing can be written, so SQLite shares nothing about it with anybody."""
        name = f"{Path(self.name).resolve().as_uri()}?immutable=1" if still else self.name
        connection = sqlite3.connect(
            name,
            uri=self.in_memory or still,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_MS / 1000,
        )
        connection.execute("PRAGMA trusted_schema=OFF")
        return connection

    def _is_ours(self, connection: sqlite3.Connection) -> bool:
        """False for an empty file. Raises a fault for somebody else's file and for a newer format.

        The tables are counted first: another process may make the journal between two of these questions, and it gives
        the file its id and its tables in one transaction.
        """
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        found = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if found == APPLICATION_ID:
            if version > FORMAT:
                raise NewerFileError(where=self.name, found=version, known=FORMAT)
            return True
        if found != 0 or tables:
            raise ForeignFileError(where=self.name, problem=f"application_id {found}, {tables} tables")
        return False


def roll_back(connection: sqlite3.Connection) -> None:
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

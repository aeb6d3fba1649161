"""The views in an SQLite file of their own, or in memory: disposable, so a damaged file is thrown away and remade."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.pool import NullPool, QueuePool

from adapters.problems import problem_of
from adapters.projector.generations import METADATA
from adapters.projector.views import Views, ViewsLostError
from domain.refused import ForeignFileError, JournalUnavailableError, NewerFileError

APPLICATION_ID = 0x44475631
"""``DGV1`` in the file's header: how we know the file is ours."""
FORMAT = 1
"""The layout of ``generations``; a file with a lower one is thrown away."""
BUSY_SECONDS = 10.0
"""How long a writer waits for another one."""
ONE_AT_A_TIME = 60.0
"""In memory there is one connection: how long a thread waits for the others to be done with it."""

_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_UNOPENED = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
_OWN_TROUBLE = {
    *_BROKEN,
    *_UNOPENED,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_PROTOCOL,
}

log = logging.getLogger("dualguard.views")


class SqliteViews(Views):
    """Views in a file, or (``path`` None) in memory.

    Where the file cannot be made (a journal on a read-only disk), the views stand in a private temporary file that
    vanishes with this process.
    """

    def __init__(self, path: str | None) -> None:
        super().__init__()
        self._path = path
        self._private: str | None = ":memory:" if path is None else None
        self._inode: int | None = None
        self._local = threading.local()
        self.name = path or "memory"

    # ------------------------------------------------------------------------------------------- making and opening

    def _open(self) -> Engine:
        if self._path is not None and self._private is None:
            try:
                self._prepare(self._path)
            except sqlite3.Error as error:
                if _code(error) not in _UNOPENED:
                    raise JournalUnavailableError(where=self.name, problem=problem_of(error)) from error
                self._go_private(str(error))
            except OSError as error:
                self._go_private(error.strerror or str(error))
        engine = _engine(self._path, self._connect, alone=self._private is not None)
        if self._private is None:
            event.listen(engine, "connect", self._connected)
            event.listen(engine, "checkout", self._still_there)
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            METADATA.create_all(connection)
        return engine

    def _go_private(self, problem: str) -> None:
        log.warning("views cannot stand beside the journal (%s), so they end with us: %s", self.name, problem)
        self._private = ""

    def _prepare(self, path: str) -> None:
        """Make the file, for its owner only, or throw a damaged or outdated one away first."""
        for last in (False, True):
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS)
            try:
                if self._ours(connection):
                    self._inode = _inode(path)
                    return
            except sqlite3.DatabaseError as error:
                if _code(error) not in _BROKEN or last:
                    raise
                log.warning("views are damaged and made again (%s): %s", path, error)
            finally:
                connection.close()
            _unlink(path)

    def _ours(self, connection: sqlite3.Connection) -> bool:
        """Set an empty file up, know our own, refuse somebody else's; False for one with an older layout."""
        connection.execute("BEGIN")  # one look: another process may be setting it up
        found = connection.execute("PRAGMA application_id").fetchone()[0]
        layout = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        connection.execute("ROLLBACK")
        if found == APPLICATION_ID:
            if layout > FORMAT:
                raise NewerFileError(where=self.name, found=layout, known=FORMAT)
            if layout < FORMAT:
                log.warning("views have an older layout and are made again (%s)", self.name)
            return bool(layout == FORMAT)
        if found or tables:
            raise ForeignFileError(where=self.name, problem=f"application_id {found}, {tables} tables")
        _to_wal(connection)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA user_version={FORMAT}")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("COMMIT")
        return True

    def _connect(self) -> sqlite3.Connection:
        target, uri = self._private or "", False
        if self._private is None:
            target, uri = f"file:{quote(str(self._path))}?mode=rw", True  # never makes a file
        connection = sqlite3.connect(
            target, uri=uri, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False
        )
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection

    def _connected(self, connection: Any, record: Any) -> None:
        self._inode = record.info["inode"] = _inode(self._path)

    def _still_there(self, connection: Any, record: Any, proxy: Any) -> None:
        """A connection to a file that somebody deleted or replaced is not used again."""
        if _inode(self._path) != record.info["inode"]:
            raise DisconnectionError("the views' file was replaced")

    def renew(self, lost: ViewsLostError) -> None:
        with self._mutex:
            self.close()
            if not lost.broken or self._path is None or self._private is not None:
                return
            if _inode(self._path) == self._inode:  # else somebody else has renewed it already
                log.warning("views are damaged and made again (%s): %s", self._path, lost)
                _unlink(self._path)

    # ------------------------------------------------------------------------------------------- transactions

    @contextlib.contextmanager
    def _transaction(self, options: dict[str, Any]) -> Iterator[Connection]:
        outer: Connection | None = getattr(self._local, "connection", None)
        if outer is not None:  # one connection only: a question inside a question shares the transaction
            with outer.begin_nested():
                yield outer
            return
        with super()._transaction(options) as connection:
            if self._private is not None:
                self._local.connection = connection
            try:
                yield connection
            finally:
                self._local.connection = None

    @contextlib.contextmanager
    def scratch(self) -> Iterator[Connection]:
        with self._translated(), _scratch(self._path is not None).connect() as connection:
            yield connection

    def cannot_serve(self, error: DBAPIError) -> bool:
        return _code(error.orig) in _OWN_TROUBLE

    def _lost(self, error: DBAPIError) -> ViewsLostError | None:
        code, text = _code(error.orig), str(error.orig)
        if code in _BROKEN:
            return ViewsLostError(text, broken=True)
        if self._private is None and (
            code == sqlite3.SQLITE_CANTOPEN or "no such table: generations" in text
        ):
            return ViewsLostError(text, broken=False)
        return None


def _engine(path: str | None, connect: Any, alone: bool) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=path),
        creator=connect,
        poolclass=QueuePool,
        pool_size=1 if alone else 5,
        max_overflow=0 if alone else 50,
        pool_timeout=ONE_AT_A_TIME,
    )
    return _beginning(engine)


@cache
def _scratch(file: bool) -> Engine:
    """Connections to tables that vanish with them; one engine for all, so that statements are compiled once."""

    def connect() -> sqlite3.Connection:
        target = "" if file else ":memory:"  # "": a nameless file that goes with the connection
        connection = sqlite3.connect(target, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA synchronous=OFF")
        return connection

    return _beginning(create_engine("sqlite://", creator=connect, poolclass=NullPool))


def _beginning(engine: Engine) -> Engine:
    def begin(connection: Connection) -> None:
        # A transaction that begins by reading and then writes would fail instead of waiting for its turn.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "begin", begin)
    return engine


def _code(error: BaseException | None) -> int:
    """The primary result code; the extended ones carry more in their higher bits."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _inode(path: str | None) -> int | None:
    """Which file a name stands for at present."""
    try:
        return os.stat(path or "").st_ino
    except OSError:
        return None


def _unlink(path: str) -> None:
    for end in ("", "-wal", "-shm"):
        Path(path + end).unlink(missing_ok=True)


def _to_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL; two processes that open a new file at once may find it locked for a moment."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if (
                _code(error) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
                or time.monotonic() > deadline
            ):
                raise
            time.sleep(0.01)

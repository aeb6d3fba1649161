"""The views in PostgreSQL: a schema of their own in the journal's database, made by the first who may."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, MetaData, create_engine, make_url
from sqlalchemy.exc import DBAPIError, ProgrammingError

from adapters.projector.generations import METADATA
from adapters.projector.views import Views

SCHEMA = "dualguard_views"
MAKING = int.from_bytes(sha256(b"dualguard views").digest()[:8], "big", signed=True)
"""The advisory lock under which schema and tables are made."""
SETTINGS = {
    "search_path": SCHEMA,
    "synchronous_commit": "off",  # rows and position go together, so a lost end is only projected again
    "jit": "off",  # compiling costs more than these short statements
    "lock_timeout": "10s",
}
_PRIVILEGE = "42501"
_UNDEFINED_TABLE = "42P01"


class PostgresViews(Views):
    """Views in the schema ``dualguard_views``; it is made here where the role may make it, else it must be there."""

    one_writer = False

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = make_url(url).set(drivername="postgresql+psycopg")
        self.name = self._url.set(password=None, query={}).render_as_string()

    def _open(self) -> Engine:
        given = self._url.query.get("options", "")
        options = " ".join([str(given), *(f"-c {name}={value}" for name, value in SETTINGS.items())]).strip()
        engine = create_engine(
            self._url.difference_update_query(["options"]),
            connect_args={"options": options},
            pool_size=2,
            max_overflow=50,
        )
        with engine.begin() as connection:
            self._make(connection)
        return engine

    @staticmethod
    def _make(connection: Connection) -> None:
        there = "SELECT to_regclass('generations') IS NOT NULL"
        if connection.exec_driver_sql(there).scalar():
            return
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (MAKING,))
        if not connection.exec_driver_sql("SELECT to_regnamespace(%s) IS NOT NULL", (SCHEMA,)).scalar():
            connection.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")
        METADATA.create_all(connection)

    def _reading_options(self) -> dict[str, Any]:
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

    def hold(self, connection: Connection, tables: MetaData) -> bool:
        try:
            connection.exec_driver_sql(f"LOCK TABLE {_listed(tables)} IN ACCESS SHARE MODE")
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", None) == _UNDEFINED_TABLE:
                return False
            raise
        return True

    def measure(self, connection: Connection, tables: MetaData) -> None:
        connection.exec_driver_sql(f"ANALYZE {_listed(tables)}")

    def hurry(self, connection: Connection) -> None:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '200ms'")

    @contextlib.contextmanager
    def scratch(self) -> Iterator[Connection]:
        with self._translated(), self.engine.connect() as connection:
            try:
                connection.exec_driver_sql("SET search_path TO pg_temp")
                connection.commit()
                yield connection
            finally:
                connection.invalidate()  # its tables are temporary: they end with the session

    def cannot_serve(self, error: DBAPIError) -> bool:
        cause = error.orig
        if isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError):
            return True
        return getattr(cause, "sqlstate", None) == _PRIVILEGE


def _listed(tables: MetaData) -> str:
    """Their names in the order in which they are dropped, so that nobody waits in a circle."""
    return ", ".join(f'"{name}"' for name in sorted(tables.tables))

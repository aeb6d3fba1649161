"""The journal in PostgreSQL: for several machines and processes, with append-only held by the server's privileges.

One function in the server does a whole append under the lock of the one-row head, in one round trip; see
``postgres.sql``. Nothing is contacted or made before it is needed, and only an append makes a journal.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import psycopg
from eventsourcing import persistence
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from eventsourcing.postgres import PostgresFactory as LibraryFactory
from psycopg.rows import TupleRow, dict_row

from adapters.journal.blind import blind_row
from adapters.journal.packed import Head, Outcome, PackedDraft, Stored, StoredRow, Taken
from adapters.journal.postgres_call import (
    CALL,
    STREAM_TYPES,
    TYPES,
    arguments,
    outcomes,
    stream_arguments,
    stream_rows,
)
from adapters.journal.postgres_line import (
    APPENDING,
    READING,
    Bounded,
    Line,
    NoAnswerError,
    Prepared,
    Readers,
    connect,
)
from adapters.journal.postgres_schema import SCHEMA, Layout, existing, fault, make
from adapters.journal.postgres_url import address, parameters
from adapters.seal.tree import EMPTY_ROOT
from domain.language import Moment
from domain.records import Key
from domain.refused import InDoubtError, JournalUnavailableError

T = TypeVar("T")


class PostgresLedger(PostgresApplicationRecorder):
    """The library's PostgreSQL application recorder with our own append, connections and tables.

    ``clock`` None stamps the server's clock; one that is given (in practice files and tests) is stamped instead.
    """

    def __init__(
        self,
        datastore: PostgresDatastore,
        *,
        events_table_name: str = "records",
        clock: Callable[[], Moment] | None = None,
    ) -> None:
        super().__init__(datastore, events_table_name=events_table_name)
        self.check_identifier_length(f"{events_table_name}_commands")
        self.name = address(_params(datastore))
        self._clock = clock
        self._layout = Layout(datastore.schema, events_table_name, datastore.originator_id_type)
        self._lock = threading.Lock()
        self._line: Line | None = None
        self._readers = Readers(self._open_reader)
        self._salt: bytes | None = None
        fill = self._layout.fill
        self._call = fill(CALL)
        self._head_sql = fill(
            "SELECT size, frontier, root, recorded_at, founder, salt FROM {head} ORDER BY size DESC LIMIT 1"
        )
        self._stream_sql = fill(
            "SELECT originator_version, topic, state FROM {records}"
            " WHERE originator_id = $1::{id} AND originator_version > $2 ORDER BY originator_version"
        )
        self._rows_sql = fill(
            "SELECT {row} FROM {records} WHERE originator_id = %s ORDER BY originator_version"
        )
        self._log_sql = fill("SELECT {row} FROM {records} WHERE notification_id > %s")
        self._command_sql = fill("SELECT content, first, last FROM {commands} WHERE id = %s")
        self._keyed_sql = fill(
            "SELECT kind, scope, code, stream FROM {keys} WHERE kind = %s AND code = %s ORDER BY scope"
        )
        self._positions_sql = fill("SELECT id, first, last FROM {commands} WHERE id = ANY(%s)")
        self._commands_sql = fill("SELECT id, first, last FROM {commands} WHERE id > %s ORDER BY id LIMIT %s")
        self._keys_sql = fill(
            "SELECT kind, scope, code, stream FROM {keys} WHERE (kind, scope, code) > (%s, %s, %s)"
            " ORDER BY kind, scope, code LIMIT %s"
        )

    # ------------------------------------------------------------------------------------------- connections

    def create_table(self) -> None:
        """Make the journal if there is none yet."""
        with self._lock:
            self._ready()

    def _connect(self, settings: dict[str, str], writing: bool) -> Bounded:
        params = _params(self.datastore)
        if writing and "," in str(params.get("host", "")):
            params.setdefault("target_session_attrs", "read-write")
        return connect(params, settings)

    def _open_reader(self) -> Bounded | None:
        connection = self._connect(READING, writing=False)
        try:
            if existing(connection, self._layout, self.name):
                connection.streams = Prepared(connection, self._stream_sql, STREAM_TYPES)
                return connection
        except BaseException:
            connection.close()
            raise
        connection.close()
        return None

    def _ready(self) -> Line:
        """The line to append on, to a journal that is there; nothing has been sent on it yet."""
        if self._line is not None:
            if self._line.alive:
                return self._line
            self._hang_up()
        try:
            connection = self._connect(APPENDING, writing=True)
            try:
                if not existing(connection, self._layout, self.name):
                    make(connection, self._layout, self.name)
                self._line = Line(connection, self._call, TYPES)
            except BaseException:
                connection.close()
                raise
        except psycopg.Error as error:
            raise fault(self.name, error) from error
        return self._line

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    # ------------------------------------------------------------------------------------------- appending

    def exists(self) -> bool:
        """A server's database is there or the connection fails; an empty one is an empty journal."""
        return True

    def commit(self, drafts: Sequence[PackedDraft]) -> list[Outcome]:
        """Store the drafts that hold, in one call of the server's function; see ``Ledger``.

        Raises ``JournalUnavailableError`` when nothing was stored, ``InDoubtError`` when that is open: the reply was
        lost, or nobody knows whether the synchronous standby has it.
        """
        if not drafts:
            return []
        sent = arguments(drafts, None if self._clock is None else self._clock())
        with self._lock:
            line = self._ready()
            try:
                result = line.call(sent)
            except NoAnswerError as error:
                self._hang_up()
                raise InDoubtError(where=self.name, id=drafts[0].command_id) from error
            except psycopg.Error as error:
                if not isinstance(error, psycopg.errors.IntegrityError | psycopg.errors.LockNotAvailable):
                    self._hang_up()  # another server may do better: this one may have become a standby
                raise fault(self.name, error) from error
            except BaseException:
                self._hang_up()
                raise
        return outcomes(result, drafts)

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
            if isinstance(error.__cause__, psycopg.IntegrityError):
                raise persistence.IntegrityError(str(error)) from error
            raise persistence.OperationalError(str(error)) from error
        assert isinstance(outcome, Stored)
        return list(range(outcome.first, outcome.last + 1))

    # ------------------------------------------------------------------------------------------- reading

    def _fetch(self, sql: str, params: Sequence[Any] = ()) -> list[TupleRow]:
        return self._fetch_if_any(sql, params) or []

    def _fetch_if_any(self, sql: str, params: Sequence[Any] = ()) -> list[TupleRow] | None:
        return self._ask(lambda connection: connection.execute(sql, params, binary=True).fetchall())

    def _ask(self, question: Callable[[Bounded], T]) -> T | None:
        try:
            return self._readers.ask(question)
        except psycopg.Error as error:
            raise fault(self.name, error) from error

    def salt(self) -> bytes:
        """The journal's salt for stream tags; made with the journal (so asking here may make it)."""
        if self._salt is None:
            rows = self._fetch_if_any(self._head_sql)
            if rows is None:
                self.create_table()
                rows = self._fetch(self._head_sql)
            self._salt = bytes(rows[0][5])
        return self._salt

    def head(self) -> Head:
        rows = self._fetch_if_any(self._head_sql)
        return Head(root=EMPTY_ROOT) if rows is None else Head(*rows[0])

    def read_stream(self, stream: str, after: int) -> list[tuple[int, str, bytes]]:
        asked = stream_arguments(stream, after)

        def question(connection: Bounded) -> list[tuple[int, str, bytes]]:
            assert connection.streams is not None
            return stream_rows(connection.streams.run(asked, connection.patience))

        return self._ask(question) or []

    def read_stream_rows(self, stream: str) -> list[StoredRow]:
        return [StoredRow(*row) for row in self._fetch(self._rows_sql, (stream,))]

    def read_log(
        self, after: int, limit: int, kinds: Sequence[str] = (), until: int | None = None
    ) -> list[StoredRow]:
        sql = self._log_sql
        params: list[Any] = [after]
        if until is not None:
            sql += " AND notification_id <= %s"
            params.append(until)
        if kinds:
            sql += " AND topic = ANY(%s)"
            params.append(list(kinds))
        rows = self._fetch(f"{sql} ORDER BY notification_id LIMIT %s", (*params, limit))
        return list(map(StoredRow._make, rows))

    def command(self, command_id: str) -> Taken | None:
        rows = self._fetch(self._command_sql, (command_id,))
        return Taken(*rows[0]) if rows else None

    def keyed(self, kind: str, code: str) -> list[Key]:
        return [Key(*row) for row in self._fetch(self._keyed_sql, (kind, code))]

    def positions_of(self, command_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
        rows = self._fetch(self._positions_sql, (list(command_ids),))
        return {command_id: (first, last) for command_id, first, last in rows}

    def commands_after(self, command_id: str, limit: int) -> list[tuple[str, int, int]]:
        return [
            (one, first, last) for one, first, last in self._fetch(self._commands_sql, (command_id, limit))
        ]

    def keys_after(self, key: tuple[str, str, str], limit: int) -> list[Key]:
        return [Key(*row) for row in self._fetch(self._keys_sql, (*key, limit))]

    def close(self) -> None:
        with self._lock:
            self._hang_up()
        self._readers.close()
        self.datastore.close()


class PostgresFactory(LibraryFactory):
    """The library's factory, making our recorder."""

    application_recorder_class = PostgresLedger


class _Datastore(PostgresDatastore):
    """The library's connection settings without its composite types, which it would ask the server for at once."""

    def register_type_adapters(self) -> None:
        """There are none."""


def open_postgres(url: str, clock: Callable[[], Moment] | None = None) -> PostgresLedger:
    """A ledger on the database of a SQLAlchemy URL; nothing is contacted before it is needed.

    Raises ``JournalUnavailableError`` for what is no such URL.
    """
    params = parameters(url)
    datastore = _Datastore("", "", "", "", "", schema=SCHEMA, originator_id_type="text", max_overflow=10)
    datastore.pool.kwargs = {**params, "row_factory": dict_row}
    return PostgresLedger(datastore, clock=clock)


def _params(datastore: PostgresDatastore) -> dict[str, Any]:
    pool = datastore.pool
    kwargs = pool.kwargs if isinstance(pool.kwargs, dict) else {}
    params = {name: value for name, value in kwargs.items() if name != "row_factory" and value is not None}
    if pool.get_password_func is not None:
        params["password"] = pool.get_password_func()
    return params

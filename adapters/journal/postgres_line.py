"""Connections to PostgreSQL that never hang: readers that reconnect by themselves, and the line that appends.

A server that does not answer in time is treated like one that hung up. A ``Line`` sends one call at a time and never
repeats it: whether a call that got no answer took effect is not for the connection to guess.
"""

from __future__ import annotations

import select
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any, TypeVar

import psycopg
from psycopg import errors, pq
from psycopg.rows import TupleRow

Params = Mapping[str, Any]
"""What libpq is told about the server: host, port, user, dbname, sslmode and so on."""

CONNECT_SECONDS = 3
"""How long one address may take to let us in."""
LOCK_SECONDS = 10
"""How long a writer waits for the others before it gives up, as on SQLite."""
APPEND_SECONDS = 20.0
"""How long an append may go without any answer before it counts as lost."""
READ_SECONDS = 30.0
"""How long a question may go without any answer."""

_LINK: dict[str, Any] = {
    "connect_timeout": CONNECT_SECONDS,
    "application_name": "dualguard",
    "client_encoding": "utf8",
    # A peer that vanished without a word is noticed by the kernel.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
_SESSION = {
    "search_path": "pg_catalog",
    "default_transaction_isolation": "read committed",
    "lock_timeout": f"{LOCK_SECONDS}s",
    "idle_in_transaction_session_timeout": "10s",
    # Plans are made once, when tables may still be empty: they must not be plans that scan a whole table.
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "jit": "off",
}
APPENDING = {**_SESSION, "statement_timeout": "15s"}
READING = {**_SESSION, "statement_timeout": "60s", "default_transaction_read_only": "on"}

T = TypeVar("T")


class SilentServerError(psycopg.OperationalError):
    """The server took the question and did not answer in time."""


class Bounded(psycopg.Connection[TupleRow]):
    """A connection whose every exchange with the server ends: with an answer, or with ``OperationalError``."""

    patience = READ_SECONDS
    streams: Prepared | None = None
    """The one question that every decision asks, prepared for speed."""

    def wait(self, gen: Generator[Any, Any, T], *args: Any, **kwargs: Any) -> T:
        return super().wait(_within(gen, self.patience), *args, **kwargs)


def _within(gen: Generator[Any, Any, T], seconds: float) -> Generator[Any, Any, T]:
    """The same exchange, given up when the server stays silent; psycopg asks at least every 0.1 s."""
    deadline = time.monotonic() + seconds
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if not ready and time.monotonic() > deadline:
                raise SilentServerError(f"no answer from the server within {seconds:.0f} s")
            wanted = gen.send(ready)
    except StopIteration as done:
        result: T = done.value
        return result


def connect(params: Params, settings: Mapping[str, str]) -> Bounded:
    """A connection in autocommit with our settings; raises what psycopg raises."""
    connection = Bounded.connect(autocommit=True, prepare_threshold=0, **{**_LINK, **params})
    try:
        # Weaker settings of the database or the role would acknowledge what a crash can still lose.
        connection.execute(
            "SELECT set_config(name, setting, false) FROM unnest(%s::text[], %s::text[]) AS s (name, setting)"
            " UNION ALL SELECT set_config('synchronous_commit', 'on', false)"
            " WHERE current_setting('synchronous_commit') <> 'remote_apply'",
            (list(settings), list(settings.values())),
            prepare=False,
        )
    except BaseException:
        connection.close()
        raise
    return connection


class Prepared:
    """One statement on one connection, run without psycopg's cursors: a third of their time. Not for two threads."""

    def __init__(self, connection: Bounded, sql: str, types: Sequence[int]) -> None:
        self._pgconn = connection.pgconn
        self._name = f"dualguard_{len(types)}".encode()
        self._formats = [pq.Format.BINARY] * len(types)
        self._poll = select.poll()
        self._poll.register(self._pgconn.socket, select.POLLIN)
        self._pgconn.send_prepare(self._name, sql.encode(), types)
        self._collect(connection.patience)

    def run(self, params: Sequence[bytes | None], seconds: float) -> pq.abc.PGresult:
        """The result, in binary; raises what psycopg would, and ``SilentServerError`` after so many seconds."""
        self._pgconn.send_query_prepared(self._name, params, self._formats, pq.Format.BINARY)
        return self._collect(seconds)

    def _collect(self, seconds: float) -> pq.abc.PGresult:
        """Flush, wait until the server is ready for the next statement, and return what it said."""
        pgconn = self._pgconn
        deadline = time.monotonic() + seconds
        while pgconn.flush():
            self._poll.modify(pgconn.socket, select.POLLIN | select.POLLOUT)
            self._await(deadline, seconds)
            self._poll.modify(pgconn.socket, select.POLLIN)
        last: pq.abc.PGresult | None = None
        while True:
            while pgconn.is_busy():
                self._await(deadline, seconds)
            result = pgconn.get_result()
            if result is None:
                break
            if last is None or last.status != pq.ExecStatus.FATAL_ERROR:
                last = result
        if last is None or pgconn.status != pq.ConnStatus.OK:
            raise psycopg.OperationalError("the server hung up")
        if last.status == pq.ExecStatus.FATAL_ERROR:
            raise errors.error_from_result(last)
        return last

    def _await(self, deadline: float, seconds: float) -> None:
        if not self._poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise SilentServerError(f"no answer from the server within {seconds:.0f} s")
        self._pgconn.consume_input()


class Readers:
    """Long-lived connections for questions: one for each thread that asks at the same moment, used again by the next.

    ``opened`` makes a connection, or returns None while there is no journal.
    """

    def __init__(self, opened: Callable[[], Bounded | None]) -> None:
        self._opened = opened
        self._idle: list[Bounded] = []
        self._closed = False

    def ask(self, question: Callable[[Bounded], T]) -> T | None:
        """The answer, or None while there is no journal. A connection that died meanwhile is replaced once."""
        try:
            connection = self._idle.pop()
        except IndexError:
            pass
        else:
            try:
                return self._put(connection, question)
            except SilentServerError:
                raise
            except psycopg.OperationalError:
                if not connection.broken:
                    raise
                self._drop()  # whatever cut this one has cut the others
        fresh = self._opened()
        return None if fresh is None else self._put(fresh, question)

    def _put(self, connection: Bounded, question: Callable[[Bounded], T]) -> T:
        try:
            answer = question(connection)
        except BaseException:
            if not connection.broken:
                connection.close()
            raise
        self._idle.append(connection)
        if self._closed:
            self._drop()
        return answer

    def _drop(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def close(self) -> None:
        self._closed = True
        self._drop()


# --------------------------------------------------------------------------------------------- the appending line


class NoAnswerError(Exception):
    """It is open whether the call took effect, or whether what it did will last."""


class Line:
    """The one connection that appends, with its one prepared call; not for two threads at once."""

    def __init__(self, connection: Bounded, sql: str, types: Sequence[int]) -> None:
        self.connection = connection
        self._unreplicated = False
        connection.add_notice_handler(self._notice)
        self._call = Prepared(connection, sql, types)

    def _notice(self, notice: errors.Diagnostic) -> None:
        # Its text is in the server's language; the function's name is not.
        if notice.source_function == "SyncRepWaitForLSN":
            self._unreplicated = True

    @property
    def alive(self) -> bool:
        """Whether the server has not hung up meanwhile; asked before sending, when a new line is still harmless."""
        pgconn = self.connection.pgconn
        if pgconn.status != pq.ConnStatus.OK:
            return False
        poll = select.poll()
        poll.register(pgconn.socket, select.POLLIN)
        if not poll.poll(0):
            return True
        try:
            pgconn.consume_input()
        except psycopg.Error:
            return False
        return pgconn.status == pq.ConnStatus.OK

    def call(self, params: Sequence[bytes | None]) -> pq.abc.PGresult:
        """Send and wait for the answer.

        A refusal by the server comes as the psycopg error of its SQLSTATE: nothing took effect. Raises
        ``NoAnswerError`` when the line broke, when the server was silent for too long, and when somebody cancelled
        the server's wait for its synchronous standby, which reports success all the same.
        """
        self._unreplicated = False
        try:
            result = self._call.run(params, APPEND_SECONDS)
        except psycopg.Error as error:
            status = self.connection.pgconn.transaction_status
            if error.sqlstate is not None and status == pq.TransactionStatus.IDLE:
                raise
            self.close()
            raise NoAnswerError(str(error)) from error
        except BaseException:
            self.close()
            raise
        if self._unreplicated:
            raise NoAnswerError("the wait for the synchronous standby was cancelled")
        return result

    def close(self) -> None:
        self.connection.close()

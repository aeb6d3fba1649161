"""One contract over three recorders: in memory, in an SQLite file, in PostgreSQL; then what each promises besides."""

from __future__ import annotations

import contextlib
import os
import socket
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from adapters.journal import group as groups
from adapters.journal import postgres as ours
from adapters.journal.group import GroupCommit
from adapters.journal.memory import MemoryLedger
from adapters.journal.packed import Ledger, Lost, Outcome, PackedDraft, Stored, compatible
from adapters.journal.postgres import PostgresLedger, open_postgres
from adapters.journal.postgres_admin import Prepared, prepare_database
from adapters.journal.sqlite import SqliteLedger, open_sqlite
from adapters.journal.wallclock import wall_clock
from domain.language import Moment
from domain.records import Appended, Key
from domain.refused import (
    BrokenRecordError,
    FaultError,
    ForeignFileError,
    InDoubtError,
    JournalUnavailableError,
    NewerFileError,
)
from tests import postgres
from tests.adapting.journal_contract import (
    JournalContract,
    SharedJournalContract,
    draft,
    journal_on,
    new_id,
    packed,
    together,
)

Opened = Callable[..., Ledger]


class TestInMemory(JournalContract):
    @pytest.fixture
    def opened(self) -> Opened:
        ledger = MemoryLedger()

        def again(clock: Callable[[], Moment] | None = None) -> Ledger:
            if clock is not None:
                ledger._clock = clock
            return ledger

        return again


# ---------------------------------------------------------------------------------------------- SQLite


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


class TestSqlite(SharedJournalContract):
    @pytest.fixture
    def url(self, path: Path) -> str:
        return f"sqlite:///{path}"

    @pytest.fixture
    def opened(self, path: Path) -> Iterator[Opened]:
        made: list[SqliteLedger] = []

        def again(clock: Callable[[], Moment] | None = None) -> Ledger:
            made.append(open_sqlite(str(path), clock or wall_clock))
            return made[-1]

        yield again
        for ledger in made:
            ledger.close()

    def test_questions_make_no_file(self, ledger: Ledger, path: Path) -> None:
        journal = journal_on(ledger)
        assert (journal.head().size, journal.records(), journal.read("a").version) == (0, [], 0)
        assert (journal.answered("x"), journal.founder(), journal.keyed("risk", "x")) == (None, None, [])
        assert not path.exists()
        path.touch()  # an empty file is no journal either
        assert journal.records() == []
        assert path.stat().st_size == 0

    def test_the_file_is_its_owners_alone(self, ledger: Ledger, path: Path) -> None:
        journal_on(ledger).append(draft("a"))
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    @pytest.mark.parametrize("table", ["records", "commands", "keys"])
    @pytest.mark.parametrize("act", ["UPDATE {} SET rowid = rowid", "DELETE FROM {}"])
    def test_triggers_refuse_to_change_what_is_recorded(
        self, ledger: Ledger, path: Path, table: str, act: str
    ) -> None:
        key = Key("risk", "NJ-K01", "R-1", "a")
        journal_on(ledger).append(draft("a", keys=[key]))
        columns = {"records": "rowid", "commands": "first", "keys": "stream"}
        statement = act.format(table).replace("rowid", columns[table])
        with sqlite3.connect(path) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)

    def test_the_head_is_never_deleted(self, ledger: Ledger, path: Path) -> None:
        journal_on(ledger).append(draft("a"))
        with (
            sqlite3.connect(path) as connection,
            pytest.raises(sqlite3.IntegrityError, match="never deleted"),
        ):
            connection.execute("DELETE FROM head")

    def test_an_append_flushes_and_shares_the_file_with_readers(self, ledger: Ledger, path: Path) -> None:
        journal_on(ledger).append(draft("a"))
        assert isinstance(ledger, SqliteLedger)
        assert ledger._writer is not None
        assert ledger._writer.execute("PRAGMA synchronous").fetchone() == (2,)
        assert sqlite3.connect(path).execute("PRAGMA journal_mode").fetchone() == ("wal",)

    def test_opening_a_journal_that_is_there_writes_nothing(self, opened: Opened, path: Path) -> None:
        first = opened()
        journal_on(first).append(draft("a"))
        first.close()
        before = path.read_bytes()
        opened().salt()
        assert path.read_bytes() == before

    @pytest.mark.parametrize("question", ["PRAGMA application_id", "PRAGMA user_version", "sqlite_master"])
    @pytest.mark.parametrize("reading", [True, False])
    def test_a_journal_that_is_made_meanwhile_is_not_foreign(
        self, path: Path, opened: Opened, question: str, reading: bool
    ) -> None:
        """Whoever looks a file over finds it empty with one look and whole with the next."""
        late, first = opened(), opened()
        assert isinstance(late, SqliteLedger)
        path.write_bytes(sqlite_header())
        connect = late._file._connect

        class Looking:
            def __init__(self) -> None:
                self.connection = connect()

            def execute(self, statement: str, *values: Any) -> Any:
                if question in statement and not first.head().size:
                    journal_on(first).append(draft("a"))
                return self.connection.execute(statement, *values)

            def __getattr__(self, name: str) -> Any:
                return getattr(self.connection, name)

        late._file._connect = Looking  # type: ignore[method-assign, assignment]
        if reading:
            assert len(journal_on(late).records()) in (0, 1)
        else:
            assert isinstance(journal_on(late).append(draft("b")), Appended)

    def test_threads_that_come_and_go_leave_no_connections(self, ledger: Ledger) -> None:
        journal_on(ledger).append(draft("a"))
        for _ in range(20):
            thread = threading.Thread(target=lambda: ledger.read_log(0, 10))
            thread.start()
            thread.join()
        assert isinstance(ledger, SqliteLedger)
        assert len(ledger._idle) == 1


def sqlite_header() -> bytes:
    """An SQLite database that somebody has only just begun to make."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("VACUUM")
        return connection.serialize()


def sqlite_fault(path: Path, kind: type[FaultError], *, reading: bool = True) -> str:
    """Assert that asking and appending both end in this fault; what it says."""
    ledger = open_sqlite(str(path))
    journal = journal_on(ledger)
    try:
        if reading:
            with pytest.raises(kind):
                journal.records()
        with pytest.raises(kind) as fault:
            journal.append(draft("a"))
    finally:
        ledger.close()
    assert str(path) in fault.value.because("zh")
    return fault.value.because("en")


class TestSqliteFaults:
    def test_another_programs_database_is_foreign(self, path: Path) -> None:
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE invoices (number TEXT)")
        assert "is not a Dualguard file" in sqlite_fault(path, ForeignFileError)
        assert sqlite3.connect(path).execute("SELECT name FROM sqlite_master").fetchall() == [("invoices",)]

    def test_a_database_marked_by_another_program_is_foreign(self, path: Path) -> None:
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA application_id=1196444487")
        sqlite_fault(path, ForeignFileError)

    def test_a_file_that_is_no_database_is_foreign_and_stays_as_it_is(self, path: Path) -> None:
        path.write_bytes(b"Dear Sir or Madam, " * 400)
        before = path.read_bytes()
        assert "not a database" in sqlite_fault(path, ForeignFileError)
        assert path.read_bytes() == before

    def test_a_file_of_a_newer_version_is_not_touched(self, path: Path) -> None:
        ledger = open_sqlite(str(path))
        journal_on(ledger).append(draft("a"))
        ledger.close()
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA user_version=99")
        assert "format 99; this one reads up to 1" in sqlite_fault(path, NewerFileError)

    def test_a_corrupt_file_is_a_fault_and_no_wrong_answer(self, path: Path) -> None:
        ledger = open_sqlite(str(path))
        journal = journal_on(ledger)
        for at in range(60):
            journal.append(draft(f"s{at}"))
        ledger.close()
        good = path.read_bytes()
        for start in range(4096, len(good), 4096):
            path.write_bytes(good[:start] + b"\xa5" * 4096 + good[start + 4096 :])
            damaged = open_sqlite(str(path))
            try:
                records = journal_on(damaged).records()
            except (JournalUnavailableError, BrokenRecordError):
                continue
            finally:
                damaged.close()
            assert [record.position for record in records] == list(range(1, 61))  # an index page was hit

    def test_bytes_that_are_no_record_are_named_by_position(self, path: Path) -> None:
        ledger = open_sqlite(str(path))
        ledger.commit([packed("a", state=b"{}")])
        with pytest.raises(BrokenRecordError, match="position 1 "):
            journal_on(ledger).records()
        with pytest.raises(BrokenRecordError, match="position a, 1"):
            journal_on(ledger).read("a")
        ledger.close()

    def test_a_folder_that_is_not_there_is_a_fault(self, tmp_path: Path) -> None:
        assert "No such file or directory" in sqlite_fault(
            tmp_path / "nowhere" / "x.db", JournalUnavailableError, reading=False
        )

    def test_a_path_through_a_file_is_a_fault(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        assert "Not a directory" in sqlite_fault(tmp_path / "file" / "x.db", JournalUnavailableError)

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        assert "cannot serve" in sqlite_fault(tmp_path, JournalUnavailableError)

    @pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write to every file")
    def test_an_unwritable_file_is_a_fault(self, path: Path) -> None:
        ledger = open_sqlite(str(path))
        journal_on(ledger).append(draft("a"))
        ledger.close()
        path.chmod(0o400)
        path.parent.chmod(0o500)
        assert "cannot serve" in sqlite_fault(path, JournalUnavailableError, reading=False)

    def test_a_file_that_another_program_holds_is_a_fault_in_time(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("adapters.journal.sqlite_file.BUSY_MS", 200)
        ledger = open_sqlite(str(path))
        journal_on(ledger).append(draft("a"))
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalUnavailableError, match="locked"):
            journal_on(ledger).append(draft("b"))
        assert len(ledger.read_log(0, 9)) == 1  # readers are not held up
        holder.execute("ROLLBACK")
        assert isinstance(journal_on(ledger).append(draft("b")), Appended)
        ledger.close()


# ---------------------------------------------------------------------------------------------- PostgreSQL


@pytest.fixture
def url() -> Iterator[str]:
    yield from postgres.pg_url()


@pytest.fixture
def pg(url: str) -> Iterator[PostgresLedger]:
    ledger = open_postgres(url)
    yield ledger
    ledger.close()


def asked(url: str, statement: str) -> list[Any]:
    """Run one statement as the server's superuser."""
    with psycopg.connect(postgres.conninfo(url), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def wait_until_listening(url: str) -> None:
    """The library reads what is there first and listens at some later time; what comes between, it does not hear of."""
    database = make_url(url).database
    for _ in range(200):
        listening = "state = 'idle' AND query LIKE 'LISTEN%'"
        if asked(url, f"SELECT 1 FROM pg_stat_activity WHERE datname = '{database}' AND {listening}"):
            return
        time.sleep(0.05)
    raise AssertionError("nobody listens")


class TestPostgres(SharedJournalContract):
    @pytest.fixture
    def url(self) -> Iterator[str]:
        yield from postgres.pg_url()

    @pytest.fixture
    def opened(self, url: str) -> Iterator[Opened]:
        made: list[PostgresLedger] = []

        def again(clock: Callable[[], Moment] | None = None) -> Ledger:
            made.append(open_postgres(url, clock))
            return made[-1]

        yield again
        for ledger in made:
            ledger.close()

    def test_questions_make_no_tables(self, ledger: Ledger, url: str) -> None:
        journal = journal_on(ledger)
        assert (journal.head().size, journal.records(), journal.read("a").version) == (0, [], 0)
        assert (journal.answered("x"), journal.founder(), journal.keyed("risk", "x")) == (None, None, [])
        assert asked(url, "SELECT 1 FROM pg_namespace WHERE nspname = 'dualguard'") == []

    def test_the_servers_clock_is_stamped_and_never_falls_behind_the_last_record(
        self, opened: Opened
    ) -> None:
        ahead = "2999-01-01T00:00:00.000000Z"
        journal_on(opened(lambda: ahead)).append(draft("a"))
        answer = journal_on(opened()).append(draft("b"))
        assert isinstance(answer, Appended)
        assert answer.recorded_at == ahead
        assert answer.clock_read is not None
        assert abs(len(answer.clock_read) - 27) == 0
        assert wall_clock()[:13] <= answer.clock_read[:13] < ahead

    def test_an_index_finds_streams_and_ids_however_small_the_tables_were(
        self, opened: Opened, url: str
    ) -> None:
        """Plans are made once, on tables that may be empty: none may scan a table."""
        ledger = opened()
        journal = journal_on(ledger)
        for at in range(30):
            journal.append(draft("a", at, guards=[("b", 0)], keys=[Key("risk", "x", f"R-{at}", "a")]))
        for ask in (
            ledger.command,
            lambda id: ledger.read_stream(id, 0),
            lambda id: ledger.keyed("risk", id),
        ):
            ask("x")
        ledger.close()
        counted = "SELECT relname, idx_scan, seq_scan FROM pg_stat_user_tables WHERE schemaname = 'dualguard'"
        while sum(row[1] for row in asked(url, counted)) < 4 * 30:
            pass  # the server writes its counts down when our connections have ended
        assert [row for row in asked(url, counted) if row[2] > 10] == []

    def test_an_append_finds_the_head_at_once_however_many_versions_an_old_snapshot_keeps(
        self, opened: Opened, url: str
    ) -> None:
        ledger = opened()
        ledger.commit([packed("a")])
        counted = "SELECT idx_tup_read FROM pg_stat_user_indexes WHERE schemaname = 'dualguard' AND relname = 'head'"
        with psycopg.connect(postgres.conninfo(url)) as dump:
            dump.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            dump.execute("SELECT * FROM dualguard.head")
            for _ in range(200):
                ledger.commit([packed(new_id())])
            ledger.close()
            while (read := sum(row[0] for row in asked(url, counted))) < 2 * 200:
                pass  # the server writes its counts down when our connections have ended
        assert read < 5 * 200

    def test_connections_are_few_and_used_again(self, ledger: Ledger, url: str) -> None:
        journal = journal_on(ledger)
        for at in range(20):
            thread = threading.Thread(target=lambda at=at: journal.append(draft(f"s{at}")))
            thread.start()
            thread.join()
            ledger.read_log(0, 5)
        held = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'dualguard'"
        assert asked(url, f"{held} AND datname = current_database()") == [(2,)]

    def test_the_servers_settings_cannot_weaken_an_append(self, opened: Opened, url: str) -> None:
        name = make_url(url).database
        asked(url, f"ALTER DATABASE {name} SET synchronous_commit = off")
        asked(url, f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'")
        ledger = opened()
        journal_on(ledger).append(draft("a"))
        assert isinstance(ledger, PostgresLedger)
        assert ledger._line is not None
        shown = [
            ledger._line.connection.execute(f"SHOW {setting}").fetchone()
            for setting in ("synchronous_commit", "default_transaction_isolation", "lock_timeout")
        ]
        assert shown == [("on",), ("read committed",), ("10s",)]

    def test_triggers_stop_even_the_owner_by_accident(self, ledger: Ledger, url: str) -> None:
        journal_on(ledger).append(draft("a", keys=[Key("risk", "x", "R", "a")]))
        for statement in (
            "UPDATE dualguard.records SET state = ''",
            "DELETE FROM dualguard.commands",
            "TRUNCATE dualguard.keys",
            "DELETE FROM dualguard.head",
            "INSERT INTO dualguard.head SELECT * FROM dualguard.head",
        ):
            with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
                asked(url, statement)

    def test_the_librarys_subscription_hears_of_appends(self, opened: Opened, url: str) -> None:
        ledger = opened()
        assert isinstance(ledger, PostgresLedger)
        journal = journal_on(ledger)
        journal.append(draft("a"))
        with ledger.subscribe(gt=0) as subscription:
            heard = [next(subscription)]
            wait_until_listening(url)
            journal.append(draft("b"))
            heard.append(next(subscription))
        assert [(one.id, one.originator_id) for one in heard] == [(1, "a"), (2, "b")]


class TestPostgresPrivileges:
    @pytest.fixture
    def app_url(self, url: str) -> Iterator[str]:
        assert prepare_database(url, "dualguard_test", "geheim").journal
        yield make_url(url).set(username="dualguard_test").render_as_string(hide_password=False)
        asked(url, "DROP OWNED BY dualguard_test")
        asked(url, "DROP ROLE dualguard_test")

    @pytest.fixture
    def ledger(self, app_url: str) -> Iterator[PostgresLedger]:
        ledger = open_postgres(app_url)
        yield ledger
        ledger.close()

    def test_the_application_appends_and_reads(self, ledger: PostgresLedger) -> None:
        journal = journal_on(ledger)
        assert isinstance(journal.append(draft("a", keys=[Key("risk", "x", "R", "a")])), Appended)
        assert (journal.head().size, len(journal.records())) == (1, 1)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE dualguard.records SET state = ''",
            "DELETE FROM dualguard.records",
            "TRUNCATE dualguard.records",
            "LOCK TABLE dualguard.records IN EXCLUSIVE MODE",
            "INSERT INTO dualguard.head SELECT * FROM dualguard.head",
            "DELETE FROM dualguard.head",
            "TRUNCATE dualguard.head",
            "UPDATE dualguard.commands SET content = ''",
            "DELETE FROM dualguard.commands",
            "UPDATE dualguard.keys SET stream = ''",
            "DELETE FROM dualguard.keys",
            "ALTER TABLE dualguard.records DISABLE TRIGGER ALL",
            "DROP TABLE dualguard.records",
            "CREATE TABLE dualguard.other ()",
        ],
    )
    def test_the_application_is_refused_everything_else(
        self, ledger: PostgresLedger, app_url: str, statement: str
    ) -> None:
        journal_on(ledger).append(draft("a"))
        connection = psycopg.connect(postgres.conninfo(app_url))  # in a transaction, for LOCK needs one
        with connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)

    def test_views_and_people_are_the_applications_own(self, app_url: str) -> None:
        for schema in ("dualguard_views", "dualguard_people"):
            asked(app_url, f"CREATE TABLE {schema}.x (n integer)")
            asked(app_url, f"DROP TABLE {schema}.x")

    def test_preparing_again_and_at_once_changes_nothing(
        self, app_url: str, url: str, ledger: PostgresLedger
    ) -> None:
        journal_on(ledger).append(draft("a"))
        prepared = together(lambda: prepare_database(url, "dualguard_test") for _ in range(4))
        assert prepared == [Prepared(journal=False, role=False)] * 4
        assert isinstance(journal_on(ledger).append(draft("b")), Appended)

    def test_a_role_that_could_undo_it_is_no_role_for_the_application(self, url: str) -> None:
        with pytest.raises(JournalUnavailableError, match="owns the tables"):
            prepare_database(url, "postgres")

    def test_the_administrator_takes_over_what_the_application_made(self, app_url: str, url: str) -> None:
        asked(url, "DROP SCHEMA dualguard CASCADE")
        name = make_url(url).database
        asked(url, f"GRANT CREATE ON DATABASE {name} TO dualguard_test")
        ledger = open_postgres(app_url)
        journal_on(ledger).append(draft("a"))
        assert prepare_database(url, "dualguard_test") == Prepared(journal=False, role=False)
        owners = asked(url, "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'dualguard'")
        assert owners == [("postgres",)]
        assert isinstance(journal_on(ledger).append(draft("b")), Appended)
        ledger.close()

    def test_an_administrator_need_not_be_a_superuser(self, url: str) -> None:
        asked(url, "CREATE ROLE dualguard_admin LOGIN CREATEROLE CREATEDB")
        try:
            asked(url, "CREATE DATABASE managed OWNER dualguard_admin TEMPLATE template0")
            other = make_url(url).set(database="managed")
            admin = other.set(username="dualguard_admin").render_as_string(hide_password=False)
            assert prepare_database(admin, "dualguard_lesser") == Prepared(journal=True, role=True)
            ledger = open_postgres(
                other.set(username="dualguard_lesser").render_as_string(hide_password=False)
            )
            assert isinstance(journal_on(ledger).append(draft("a")), Appended)
            ledger.close()
        finally:
            asked(url, "DROP DATABASE IF EXISTS managed WITH (FORCE)")
            asked(url, "DROP ROLE IF EXISTS dualguard_lesser, dualguard_admin")


def pg_fault(url: str, kind: type[FaultError], *, reading: bool = True) -> str:
    """Assert that asking and appending both end in this fault within five seconds; what it says."""
    ledger = open_postgres(url)
    journal = journal_on(ledger)
    try:
        for act in [journal.records] * reading + [lambda: journal.append(draft("a"))]:
            began = time.monotonic()
            with pytest.raises(kind) as fault:
                act()
            assert time.monotonic() - began < 5
    finally:
        ledger.close()
    assert "postgresql://" in fault.value.because("zh")
    assert "geheim" not in fault.value.because("zh")
    return fault.value.because("en")


class TestPostgresFaults:
    def test_a_schema_of_somebody_else_is_foreign_and_stays_as_it_is(self, url: str) -> None:
        asked(
            url, "CREATE SCHEMA dualguard CREATE TABLE head (one integer) CREATE TABLE invoices (number text)"
        )
        assert "(head, invoices)" in pg_fault(url, ForeignFileError)

    def test_an_empty_schema_may_be_used(self, url: str, pg: PostgresLedger) -> None:
        asked(url, "CREATE SCHEMA dualguard")
        assert journal_on(pg).records() == []
        assert isinstance(journal_on(pg).append(draft("a")), Appended)

    def test_a_journal_of_a_newer_version_is_not_touched(self, url: str, pg: PostgresLedger) -> None:
        journal_on(pg).append(draft("a"))
        asked(url, "UPDATE dualguard.head SET format = 99")
        assert "format 99; this one reads up to 1" in pg_fault(url, NewerFileError)

    def test_a_role_that_may_not_make_a_journal_is_told_what_to_do(self, url: str) -> None:
        asked(url, "CREATE ROLE dualguard_poor LOGIN")
        try:
            poor = make_url(url).set(username="dualguard_poor").render_as_string(hide_password=False)
            assert "dualguard init --admin-db URL" in pg_fault(poor, JournalUnavailableError, reading=False)
            prepare_database(url, "dualguard_other")
            assert "dualguard init --admin-db URL" in pg_fault(poor, JournalUnavailableError)
        finally:
            asked(url, "DROP OWNED BY dualguard_other")
            asked(url, "DROP ROLE dualguard_poor, dualguard_other")

    def test_a_server_that_is_down_is_a_fault(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        said = pg_fault(f"postgresql://me:geheim@127.0.0.1:{port}/nothing", JournalUnavailableError)
        assert f"postgresql://me@127.0.0.1:{port}/nothing" in said

    def test_a_server_that_never_answers_is_a_fault(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as deaf:
            port = deaf.getsockname()[1]
            assert "timeout" in pg_fault(
                f"postgresql://me:geheim@127.0.0.1:{port}/nothing", JournalUnavailableError
            )

    def test_a_database_that_is_not_there_is_a_fault(self, url: str) -> None:
        missing = make_url(url).set(database="nothing").render_as_string(hide_password=False)
        assert '"nothing" does not exist' in pg_fault(missing, JournalUnavailableError)

    @pytest.mark.parametrize(
        "given",
        [
            "postgresql+asyncpg://me:geheim@there/db",
            "mysql://me:geheim@there/db",
            "geheim",
            "postgresql://h:geheim/db",
        ],
    )
    def test_another_url_is_a_fault_before_anything_is_tried(self, given: str) -> None:
        with pytest.raises(JournalUnavailableError) as fault:
            open_postgres(given)
        assert "geheim" not in str(fault.value)

    def test_a_writer_that_waits_too_long_for_others_gives_up(
        self, url: str, pg: PostgresLedger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(ours.APPENDING, "lock_timeout", "200ms")
        journal = journal_on(pg)
        journal.append(draft("a"))
        with psycopg.connect(postgres.conninfo(url)) as holder:
            holder.execute("SELECT * FROM dualguard.head FOR UPDATE")
            with pytest.raises(JournalUnavailableError, match="other writers held it"):
                journal.append(draft("b"))
            assert len(journal.records()) == 1  # readers are not held up
        assert isinstance(journal.append(draft("b")), Appended)

    def test_a_dead_connection_is_replaced_silently(self, url: str, pg: PostgresLedger) -> None:
        journal = journal_on(pg)
        journal.append(draft("a"))
        together([journal.records] * 4)
        killed = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dualguard'"
        asked(url, f"{killed} AND datname = current_database()")
        assert len(journal.records()) == 1
        assert isinstance(journal.append(draft("b")), Appended)
        assert journal.head().size == 2

    def test_who_cancels_the_wait_for_the_standby_does_not_make_it_durable(
        self, url: str, pg: PostgresLedger
    ) -> None:
        """The server reports success and only warns; the draft is in doubt until the standby has it."""
        journal = journal_on(pg)
        journal.append(draft("a"))
        waiting = (
            "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND datname = current_database()"
        )
        doubts: list[object] = []
        answers: list[object] = []

        def straight() -> None:
            while not doubts:  # until the server's processes have all heard of the standby
                try:
                    pg.commit([packed(new_id())])
                except FaultError as fault:
                    doubts.append(fault)

        def cancel(thread: threading.Thread) -> None:
            while not (found := asked(url, waiting)):
                assert thread.is_alive()
            asked(url, f"SELECT pg_cancel_backend({found[0][0]})")

        try:
            asked(url, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
            asked(url, "SELECT pg_reload_conf()")
            first = threading.Thread(target=straight)
            first.start()
            cancel(first)
            first.join(10)
            second = threading.Thread(target=lambda: answers.append(journal.append(draft("c", id="c"))))
            second.start()
            cancel(second)
            while not asked(url, waiting):  # it asks again, and waits again: visible is not durable
                assert second.is_alive()
            assert answers == []
        finally:
            asked(url, "ALTER SYSTEM RESET synchronous_standby_names")
            asked(url, "SELECT pg_reload_conf()")
        second.join(15)
        assert [type(one) for one in doubts] == [InDoubtError]
        assert [type(one) for one in answers] == [Appended]
        assert [row.stream for row in pg.read_log(0, 1000)].count("c") == 1


# ---------------------------------------------------------------------------------------------- group commit


class Slow:
    """A commit that can be held up, to let a group gather behind it; it notes the groups it got."""

    def __init__(self) -> None:
        self.groups: list[list[str | None]] = []
        self.begun = threading.Semaphore(0)
        self.go = threading.Semaphore(0)
        self.raises: dict[str, BaseException] = {}

    def __call__(self, drafts: Sequence[PackedDraft]) -> list[Outcome]:
        ids = [one.command_id for one in drafts]
        self.groups.append(ids)
        self.begun.release()
        self.go.acquire()
        for one in ids:
            if one in self.raises:
                raise self.raises[one]
        return [Stored(1, 1, str(one)) for one in ids]


def submitted(
    group: GroupCommit, slow: Slow, *drafts: PackedDraft
) -> tuple[list[threading.Thread], dict[str, object]]:
    """Submit each draft from a thread of its own, one after the other; what became of each."""
    ends: dict[str, object] = {}
    threads = []
    for one in drafts:

        def run(one: PackedDraft = one) -> None:
            try:
                ends[str(one.command_id)] = group.submit(one)
            except BaseException as fault:  # noqa: BLE001 - whatever it is, the test looks at it
                ends[str(one.command_id)] = fault

        threads.append(threading.Thread(target=run))
        threads[-1].start()
        while not any(slot.draft is one for slot in list(group._waiting)):
            if any(one.command_id in ids for ids in slow.groups):
                break
    return threads, ends


def of(*ids: str) -> list[PackedDraft]:
    return [packed(f"stream-{one}", id=one) for one in ids]


class TestGroupCommit:
    def test_what_waits_behind_a_commit_goes_together(self) -> None:
        slow = Slow()
        threads, ends = submitted(GroupCommit(slow), slow, *of("a", "b", "c", "d"))
        for _ in range(2):
            slow.begun.acquire()
            slow.go.release()
        for thread in threads:
            thread.join(10)
        assert slow.groups == [["a"], ["b", "c", "d"]]
        assert ends == {one: Stored(1, 1, one) for one in "abcd"}

    @pytest.mark.parametrize(
        ("patience", "expected"), [(60.0, [["e", "f", "g"]]), (0.0, [["e"], ["f", "g"]])]
    )
    def test_a_leader_waits_a_little_for_those_just_answered(
        self, monkeypatch: pytest.MonkeyPatch, patience: float, expected: list[list[str]]
    ) -> None:
        monkeypatch.setattr("adapters.journal.group.GATHER_SECONDS", 0.0)
        slow = Slow()
        group = GroupCommit(slow)
        threads, _ = submitted(group, slow, *of("a"))
        slow.begun.acquire()
        threads += submitted(group, slow, *of("b", "c", "d"))[0]
        slow.go.release()
        slow.begun.acquire()  # three go together, and three are hoped for when they have been answered
        monkeypatch.setattr("adapters.journal.group.GATHER_SECONDS", patience)
        monkeypatch.setattr("adapters.journal.group.GATHER", 1e6)
        slow.go.release()
        for thread in threads:
            thread.join(10)
        threads, ends = submitted(group, slow, *of("e", "f", "g"))
        slow.go.release(2)
        for thread in threads:
            thread.join(10)
        assert slow.groups[2:] == expected
        assert ends == {one: Stored(1, 1, one) for one in "efg"}

    def test_a_fault_in_a_group_reaches_all_of_it_and_nobody_else(self) -> None:
        slow = Slow()
        fault = JournalUnavailableError(where="x", problem="disk full")
        slow.raises["c"] = fault
        group = GroupCommit(slow)
        threads, ends = submitted(group, slow, *of("a", "b", "c"))
        for _ in range(2):
            slow.begun.acquire()
            slow.go.release()
        for thread in threads:
            thread.join(10)
        assert ends == {"a": Stored(1, 1, "a"), "b": fault, "c": fault}
        slow.go.release()
        assert group.submit(of("e")[0]) == Stored(1, 1, "e")

    def test_a_leader_that_is_interrupted_leaves_the_others_in_doubt_and_the_lead_free(self) -> None:
        slow = Slow()
        slow.raises["b"] = KeyboardInterrupt()
        group = GroupCommit(slow)
        threads, ends = submitted(group, slow, *of("a", "b", "c"))
        for _ in range(2):
            slow.begun.acquire()
            slow.go.release()
        for thread in threads:
            thread.join(10)
        assert isinstance(ends["b"], KeyboardInterrupt)
        assert isinstance(ends["c"], InDoubtError)
        slow.go.release()
        assert group.submit(of("d")[0]) == Stored(1, 1, "d")

    def test_who_is_interrupted_while_waiting_holds_nobody_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ctrl-C strikes the second of three, who would have led next."""
        slow = Slow()
        group = GroupCommit(slow)
        first, ends = submitted(group, slow, *of("a"))
        slow.begun.acquire()

        class Interrupted:
            def acquire(self) -> None:
                raise KeyboardInterrupt

        [struck] = of("b")
        real = threading.Lock
        monkeypatch.setattr("adapters.journal.group.threading.Lock", lambda: _struck(real(), Interrupted()))
        with pytest.raises(KeyboardInterrupt):
            group.submit(struck)
        monkeypatch.undo()
        assert group._waiting == []
        last, more = submitted(group, slow, *of("c"))
        slow.go.release(2)
        for thread in first + last:
            thread.join(10)
        assert (ends | more) == {"a": Stored(1, 1, "a"), "c": Stored(1, 1, "c")}

    @pytest.mark.parametrize("woken", [False, True])
    def test_who_is_interrupted_in_a_group_holds_nobody_of_it_up(
        self, monkeypatch: pytest.MonkeyPatch, woken: bool
    ) -> None:
        """Ctrl-C strikes the one in the middle, while the group commits or when it should wake the next."""
        slow = Slow()
        group = GroupCommit(slow)
        struck, real = Struck(), groups._Slot

        def struck_slot(draft: PackedDraft) -> groups._Slot:
            slot = real(draft)
            slot.woken = struck  # type: ignore[assignment]  # as much of a lock as is asked of it
            return slot

        threads, ends = submitted(group, slow, *of("a"))
        slow.begun.acquire()
        found = [submitted(group, slow, *of("b"))]
        monkeypatch.setattr(groups, "_Slot", struck_slot)
        found.append(submitted(group, slow, *of("c")))
        monkeypatch.undo()
        found.append(submitted(group, slow, *of("d")))
        slow.go.release()
        slow.begun.acquire()
        if not woken:
            struck.strike.set()
            found[1][0][0].join(10)
        slow.go.release()
        for thread in (*threads, *(each for more, _ in found for each in more)):
            thread.join(10)
        for _, more in found:
            ends |= more
        assert slow.groups == [["a"], ["b", "c", "d"]]
        assert isinstance(ends.pop("c"), KeyboardInterrupt)
        assert ends == {one: Stored(1, 1, one) for one in "abd"}

    def test_conflicting_drafts_go_in_groups_of_their_own_in_order(self) -> None:
        key = Key("risk", "x", "R", "p")
        drafts = [
            packed("p", id="1"),
            packed("p", id="2"),
            packed("q", id="3", guards=[("p", 0)]),
            packed("r", id="4", keys=[key]),
            packed("s", id="5", keys=[Key("risk", "x", "R", "other")]),
            packed("t", id="1"),
            packed("u", id="6", guards=[("v", 0), ("r", 0)]),
            packed("w", id="7", guards=[("v", 0)]),
        ]
        groups = []
        rest = drafts
        while rest:
            members, rest = compatible(rest, 64)
            groups.append([one.command_id for one in members])
        assert groups == [["1", "4", "7"], ["2", "5", "1", "6"], ["3"]]

    @pytest.mark.parametrize("threads", [2, 5, 16])
    def test_no_wake_up_is_lost(self, threads: int) -> None:
        """Thousands of submissions with commits that take no time, some time, or fail."""
        seen: set[int] = set()
        lock = threading.Lock()

        def commit(drafts: Sequence[PackedDraft]) -> list[Outcome]:
            with lock:
                assert not seen.intersection(map(id, drafts))
                seen.update(map(id, drafts))
            kind = len(seen) % 50
            if kind == 0:
                time.sleep(0.001)
            if kind == 1:
                raise JournalUnavailableError(where="x", problem="planted")
            return [Lost(stream=one.command_id) for one in drafts]

        group = GroupCommit(commit, most=7)
        kept: list[PackedDraft] = []

        def work(thread: int) -> int:
            faults = 0
            for at in range(1500):
                one = packed(f"s{thread if at % 3 else at}", id=f"{thread}.{at}")
                kept.append(one)
                try:
                    assert group.submit(one) == Lost(stream=one.command_id)
                except JournalUnavailableError:
                    faults += 1
            return faults

        ends = together([lambda thread=thread: work(thread) for thread in range(threads)])
        assert all(isinstance(one, int) for one in ends), ends
        assert sum(map(int, ends)) > 0  # type: ignore[call-overload]
        assert group._leader is None
        assert group._waiting == []


class Struck:
    """A lock whose waiter is interrupted when it is released, or before."""

    def __init__(self) -> None:
        self.strike = threading.Event()

    def acquire(self) -> None:
        assert self.strike.wait(10)
        raise KeyboardInterrupt

    def locked(self) -> bool:
        return not self.strike.is_set()

    def release(self) -> None:
        self.strike.set()


def _struck(lock: Any, interrupted: Any) -> Any:
    lock.acquire()
    return interrupted

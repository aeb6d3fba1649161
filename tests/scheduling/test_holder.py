"""One process is the clock; a second one is told who, and the death of the first sets it free."""

import os
import socket
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import make_url

from adapters.holder import (
    FileHolder,
    Holder,
    LoneHolder,
    PostgresHolder,
    application_name,
    conninfo_of,
)
from domain.refused import ClockHeldError, JournalUnavailableError
from tests import postgres
from tests.scheduling.children import started
from tests.scheduling.worker import SINCE, holder

pg_url = pytest.fixture(scope="module")(postgres.pg_url)


@pytest.fixture(params=["file", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    if request.param == "file":
        return "file", str(tmp_path / "journal.db")
    return "postgres", postgres.conninfo(request.getfixturevalue("pg_url"))


@pytest.fixture
def mine(place: tuple[str, str]) -> Holder:
    return holder(*place)


def test_it_can_be_held_again_after_it_was_given_back(mine: Holder) -> None:
    for _ in range(2):
        with mine:
            mine.renew()


def test_a_second_one_is_told_who_holds_it(place: tuple[str, str], mine: Holder) -> None:
    with started(("hold", *place)) as [child]:
        assert child.hear() == "held"
        with pytest.raises(ClockHeldError) as told, mine:
            pass
        assert told.value.values["holder"] == (
            f"{socket.gethostname()} (pid {child.process.pid}, since 2026-07-01T00:00:00Z)"
        )
        child.tell("give it back")
        child.process.wait(30)
    with mine:
        pass


def test_a_second_one_in_the_same_process_is_refused_too(place: tuple[str, str], mine: Holder) -> None:
    with mine:
        with pytest.raises(ClockHeldError, match=str(os.getpid())), holder(*place):
            pass
        mine.renew()


def test_kill_9_of_the_holder_frees_it(place: tuple[str, str], mine: Holder) -> None:
    with started(("hold", *place)) as [child]:
        assert child.hear() == "held"
        child.process.kill()
        child.process.wait(30)
        held = freed(mine)
    assert held


def freed(mine: Holder) -> bool:
    """Whether it can be taken; the server may need a moment to see that the process is gone."""
    for _ in range(20):
        try:
            with mine:
                return True
        except ClockHeldError:
            continue
    return False


def test_what_a_crash_left_in_the_file_names_nobody(tmp_path: Path) -> None:
    (tmp_path / "journal.db.clock").write_text('{"host": "gone", "pid": 1, "since": "long ago"}' * 50)
    with FileHolder(str(tmp_path / "journal.db"), lambda: SINCE):
        with pytest.raises(ClockHeldError) as told, FileHolder(str(tmp_path / "journal.db"), lambda: SINCE):
            pass
        assert "gone" not in str(told.value)


def test_a_lock_file_that_somebody_removed_is_taken_anew(tmp_path: Path) -> None:
    first = FileHolder(str(tmp_path / "journal.db"), lambda: SINCE)
    with first:
        (tmp_path / "journal.db.clock").unlink()
        first.renew()
        with pytest.raises(ClockHeldError), FileHolder(str(tmp_path / "journal.db"), lambda: SINCE):
            pass


def test_a_removed_lock_file_that_another_took_is_not_taken_back(tmp_path: Path) -> None:
    first = FileHolder(str(tmp_path / "journal.db"), lambda: SINCE)
    with first:
        (tmp_path / "journal.db.clock").unlink()
        with FileHolder(str(tmp_path / "journal.db"), lambda: SINCE), pytest.raises(ClockHeldError):
            first.renew()
        first.renew()


def test_a_folder_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(JournalUnavailableError), FileHolder(str(tmp_path / "no" / "db"), lambda: SINCE):
        pass


def test_a_server_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    nowhere = PostgresHolder(f"host={tmp_path} user=postgres password=secret", lambda: SINCE)
    with pytest.raises(JournalUnavailableError) as told, nowhere:
        pass
    assert "secret" not in str(told.value)


def test_a_broken_connection_is_renewed(pg_url: str) -> None:
    mine = PostgresHolder(postgres.conninfo(pg_url), lambda: SINCE)
    with mine:
        break_connections(pg_url)
        mine.renew()
        with pytest.raises(ClockHeldError), PostgresHolder(postgres.conninfo(pg_url), lambda: SINCE):
            pass


def test_where_another_took_it_meanwhile_renewing_says_who(pg_url: str) -> None:
    mine = PostgresHolder(postgres.conninfo(pg_url), lambda: SINCE)
    with mine:
        break_connections(pg_url)
        with PostgresHolder(postgres.conninfo(pg_url), lambda: SINCE), pytest.raises(ClockHeldError):
            mine.renew()
        mine.renew()


def break_connections(url: str) -> None:
    with psycopg.connect(postgres.conninfo(url), autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name LIKE 'dualguard clock %'"
        )


def test_two_databases_of_one_server_have_a_clock_each(pg_url: str) -> None:
    other = postgres.fresh_database("other")
    with (
        PostgresHolder(postgres.conninfo(pg_url), lambda: SINCE),
        PostgresHolder(postgres.conninfo(other), lambda: SINCE),
    ):
        pass
    postgres.drop_database(other)


@pytest.mark.parametrize("host", ["h", "a-very-long-host-name.of-a-district.example.gov.cn", "安监 主机", ""])
def test_the_name_on_the_server_is_whole_however_long_the_host(host: str) -> None:
    name = application_name(host, 4194304, SINCE)
    assert len(name) <= 63
    assert name.isascii()
    assert name.endswith(" 4194304 2026-07-01T00:00:00Z")
    assert len(name.split(" ")) == 5


def test_a_url_means_the_same_to_the_server_as_to_us(pg_url: str) -> None:
    url = make_url("postgresql+psycopg://me:a%20b@db.example:5433/dual?sslmode=require")
    told = conninfo_to_dict(conninfo_of(url))
    assert told == {
        "user": "me",
        "password": "a b",
        "host": "db.example",
        "port": "5433",
        "dbname": "dual",
        "sslmode": "require",
    }
    with PostgresHolder(conninfo_of(make_url(pg_url)), lambda: SINCE):
        pass


def test_a_journal_in_memory_needs_no_lock() -> None:
    with LoneHolder(lambda: SINCE) as one, LoneHolder(lambda: SINCE):
        one.renew()

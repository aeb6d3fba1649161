"""A commit whose reply is lost: our journal finds out and records once, a client without ids records twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import psycopg
import pytest

from adapters.journal import journal as journal_module
from adapters.journal import postgres_line
from adapters.journal.journal import EventJournal
from adapters.journal.packed import Ledger, StoredRow
from adapters.journal.postgres import PostgresLedger, open_postgres
from domain.records import Answered, Appended, Conflict
from domain.refused import InDoubtError, JournalUnavailableError
from tests import postgres
from tests.adapting.journal_contract import Counted, draft, journal_on, packed, sealed, together, whole
from tests.faults.proxy import Proxy

ROUNDS = 20


@pytest.fixture
def url() -> Iterator[str]:
    yield from postgres.pg_url()


@pytest.fixture
def wire(url: str) -> Iterator[Proxy]:
    with Proxy(url) as wire:
        yield wire


@pytest.fixture
def ledger(wire: Proxy) -> Iterator[PostgresLedger]:
    ledger = open_postgres(wire.url)
    yield ledger
    ledger.close()


@pytest.fixture
def journal(ledger: PostgresLedger) -> EventJournal:
    journal = journal_on(ledger)
    journal.append(draft("first"))
    return journal


def rows_at(url: str) -> list[StoredRow]:
    """What the server holds, read past the broken wire."""
    ledger: Ledger = open_postgres(url)
    try:
        return ledger.read_log(0, 10_000)
    finally:
        ledger.close()


def test_a_lost_reply_is_settled_and_recorded_once(journal: EventJournal, wire: Proxy, url: str) -> None:
    for at in range(ROUNDS):
        wire.lose_reply(f"lost-{at}".encode())
        answer = journal.append(draft(f"s{at}", 0, [Counted(at), Counted(at)], id=f"lost-{at}"))
        assert isinstance(answer, Appended)
        rows = rows_at(url)
        assert [(one.position, one.version) for one in answer.records] == [
            (row.position, row.version) for row in rows if row.stream == f"s{at}"
        ]
        assert answer.recorded_at == rows[-1].recorded_at
    assert wire.losses == ROUNDS
    assert len(rows) == 1 + 2 * ROUNDS
    whole(rows)
    sealed(journal.ledger, journal.codec)


def test_a_lost_request_is_settled_and_recorded_once(journal: EventJournal, wire: Proxy, url: str) -> None:
    for at in range(ROUNDS):
        wire.lose_request(f"lost-{at}".encode())
        assert isinstance(journal.append(draft(f"s{at}", id=f"lost-{at}")), Appended)
    assert wire.losses == ROUNDS
    rows = rows_at(url)
    assert len(rows) == 1 + ROUNDS
    whole(rows)


def test_a_client_without_ids_that_tries_again_records_twice(wire: Proxy, url: str) -> None:
    """The control: same wire, same loss, and the retry that most programs make."""
    with psycopg.connect(postgres.conninfo(url), autocommit=True) as connection:
        connection.execute("CREATE TABLE plain (words text)")

    def record(words: str) -> None:
        for _ in range(3):
            try:
                with psycopg.connect(wire.url.replace("+psycopg", ""), autocommit=True) as connection:
                    connection.execute("INSERT INTO plain VALUES (%s)", (words,))
                    return
            except psycopg.OperationalError:
                continue

    for at in range(ROUNDS):
        wire.lose_reply(f"lost-{at}.".encode())
        record(f"lost-{at}.")
    assert wire.losses == ROUNDS
    with psycopg.connect(postgres.conninfo(url)) as connection:
        counted = connection.execute("SELECT words, count(*) FROM plain GROUP BY words").fetchall()
    assert sorted(count for _, count in counted) == [2] * ROUNDS


def test_the_ledger_itself_says_that_it_is_in_doubt(
    journal: EventJournal, ledger: PostgresLedger, wire: Proxy, url: str
) -> None:
    """The control of the settling: without it, the caller is left with a doubt, whatever happened."""
    wire.lose_reply(b"arrived")
    with pytest.raises(InDoubtError):
        ledger.commit([packed("a", id="arrived")])
    wire.lose_request(b"not-sent")
    with pytest.raises(InDoubtError):
        ledger.commit([packed("b", id="not-sent")])
    assert [row.stream for row in rows_at(url)] == ["first", "a"]


def test_a_whole_group_is_settled_each_draft_for_itself(journal: EventJournal, wire: Proxy, url: str) -> None:
    """Twelve threads, every third reply lost; some of them guard what others wrote, and lose."""
    wire.lose_reply(b"id-group", every=3)
    answers = together(
        lambda at=at: [
            journal.append(draft(f"s{at}-{turn}", id=f"id-group-{at}-{turn}", guards=[("first", turn % 3)]))
            for turn in range(6)
        ]
        for at in range(12)
    )
    wire.whole()
    assert wire.losses >= 2
    rows = rows_at(url)
    whole(rows)
    sealed(journal.ledger, journal.codec)
    for at, mine in enumerate(answers):
        assert isinstance(mine, list), mine
        for turn, answer in enumerate(mine):
            there = [row.position for row in rows if row.stream == f"s{at}-{turn}"]
            if turn % 3 == 1:
                assert isinstance(answer, Appended)
                assert [one.position for one in answer.records] == there
            else:
                assert answer == Conflict(stream="first")
                assert there == []


def test_an_id_that_was_used_for_something_else_is_told_also_after_a_lost_reply(
    journal: EventJournal, wire: Proxy
) -> None:
    journal.append(draft("a", id="used", content=b"one thing"))
    wire.lose_reply(b"used")
    answer = journal.append(draft("b", id="used", content=b"another"))
    assert isinstance(answer, Answered)
    assert answer.content == b"one thing"


def test_a_server_that_falls_silent_is_not_waited_for_for_ever(
    journal: EventJournal, wire: Proxy, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything is delivered late, after we gave up and asked again: still recorded once."""
    monkeypatch.setattr(postgres_line, "APPEND_SECONDS", 0.3)
    answers: list[object] = []
    wire.stall()
    asked = wire.asked
    thread = threading.Thread(target=lambda: answers.append(journal.append(draft("a", id="silent"))))
    thread.start()
    while wire.asked == asked:  # it has given the old connection up and asks on a new one
        assert thread.is_alive()
    wire.resume()
    thread.join(20)
    assert [type(one) for one in answers] == [Appended]
    assert [row.stream for row in rows_at(url)] == ["first", "a"]


def test_who_cannot_settle_it_says_so_and_the_same_id_settles_it_later(
    journal: EventJournal, wire: Proxy, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "SETTLE_SECONDS", 0.5)
    wire.lose_reply(b"doubtful", every=1)
    with pytest.raises(InDoubtError, match="whether command doubtful was recorded is unknown"):
        journal.append(draft("a", id="doubtful"))
    wire.whole()
    answer = journal.append(draft("a", id="doubtful"))
    assert isinstance(answer, Answered)
    assert [row.stream for row in rows_at(url)] == ["first", "a"]


def test_a_server_that_went_down_before_anything_was_sent_leaves_no_doubt(
    journal: EventJournal, wire: Proxy, url: str
) -> None:
    wire.down()
    with pytest.raises(JournalUnavailableError):
        journal.append(draft("a", id="unsent"))
    with pytest.raises(JournalUnavailableError):
        journal.records()
    wire.up()
    assert isinstance(journal.append(draft("a", id="unsent")), Appended)
    assert len(journal.records()) == 2


def test_a_question_to_a_silent_server_ends(
    journal: EventJournal, wire: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_line.Bounded, "patience", 0.3)
    assert len(journal.records()) == 1
    wire.stall()
    with pytest.raises(JournalUnavailableError, match="no answer from the server"):
        journal.records()
    wire.resume()
    assert len(journal.records()) == 1

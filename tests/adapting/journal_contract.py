"""What every journal promises, as one suite: each recorder's tests subclass it and say where their journal stands.

The tests speak to ``EventJournal`` where they can, and to the ledger under it where the promise is the ledger's.
"""

from __future__ import annotations

import itertools
import multiprocessing
import random
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier
from typing import ClassVar

import pytest
from eventsourcing.persistence import IntegrityError

from adapters.journal.codec import Codec
from adapters.journal.group import MOST
from adapters.journal.journal import EventJournal
from adapters.journal.memory import MemoryLedger
from adapters.journal.opening import open_ledger
from adapters.journal.packed import (
    Head,
    Ledger,
    Lost,
    Outcome,
    PackedDraft,
    PackedRow,
    Stored,
    StoredRow,
    Taken,
)
from adapters.journal.wallclock import wall_clock
from adapters.seal.header import header, prepare, stream_tag
from domain.language import Event, Moment
from domain.records import Answered, Appended, Conflict, Draft, Key, Meta
from domain.refused import JournalUnavailableError

NOON = "2026-03-01T04:00:00.000000Z"
HOUR_LATER = "2026-03-01T05:00:00.000000Z"


@dataclass(frozen=True)
class Noted(Event):
    """A planted kind, so that the suite does not change with the business."""

    KIND: ClassVar[str] = "noted.1"
    words: str


@dataclass(frozen=True)
class Counted(Event):
    KIND: ClassVar[str] = "counted.1"
    number: int


KINDS: dict[str, type[Event]] = {"noted.1": Noted, "counted.1": Counted}
_ids = itertools.count()


def new_id() -> str:
    return f"id-{next(_ids)}"


def journal_on(ledger: Ledger) -> EventJournal:
    return EventJournal(ledger, wall_clock, Codec(KINDS))


def draft(
    stream: str,
    after: int = 0,
    events: Sequence[Event] = (Noted("防护栏缺失"),),
    *,
    id: str | None = None,
    content: bytes = b"content",
    guards: Sequence[tuple[str, int]] = (),
    keys: Sequence[Key] = (),
    founding: bool = False,
    by: str = "P-1",
    auth: str = "os-local",
) -> Draft:
    meta = Meta("NJ-K01", by, auth, NOON, id or new_id())
    return Draft(meta, content, stream, after, events, guards, keys, founding)


def packed(
    stream: str,
    after: int = 0,
    *,
    rows: int = 1,
    id: str | None = None,
    guards: Sequence[tuple[str, int]] = (),
    keys: Sequence[Key] = (),
    guarded: bool = True,
    state: bytes = b'{"data":{},"meta":{}}',
) -> PackedDraft:
    """A draft as a ledger gets it; ``guarded`` False leaves its own stream unchecked."""
    made = [
        PackedRow(
            stream,
            version,
            "noted.1",
            state,
            prepare("0" * 64, version, "noted.1", sha256(state).hexdigest(), NOON),
        )
        for version in range(after + 1, after + rows + 1)
    ]
    own = ((stream, after),) if guarded else ()
    return PackedDraft(id or new_id(), b"content", made, (*own, *guards), keys)


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 9162, section 2.1.1, word for word."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def sealed(ledger: Ledger, codec: Codec) -> None:
    """Assert that every leaf and the root follow from the rows alone."""
    head, rows = ledger.head(), ledger.read_log(0, 1_000_000)
    leaves = []
    for row in rows:
        written = header(
            row.position,
            stream_tag(head.salt, row.stream),
            row.version,
            row.kind,
            sha256(row.state).hexdigest(),
            codec.happened_at(row.state),
            row.recorded_at,
        )
        leaves.append(sha256(b"\x00" + written).digest())
    assert [row.leaf for row in rows] == leaves
    assert head.root == naive_root(leaves)
    assert head.size == len(rows)


def whole(rows: Sequence[StoredRow]) -> None:
    """Assert that positions are 1..n, versions 1..n in each stream, and recording times never fall."""
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    versions: dict[str, int] = {}
    for row in rows:
        assert row.version == versions.get(row.stream, 0) + 1, row
        versions[row.stream] = row.version
    times = [row.recorded_at for row in rows]
    assert times == sorted(times)


def together(works: Iterable[Callable[[], object]]) -> list[object]:
    """Run all of them at the same moment, each in a thread; what they return or raise, in order."""
    todo = list(works)
    gate = threading.Barrier(len(todo))

    def run(work: Callable[[], object]) -> object:
        gate.wait()
        try:
            return work()
        except Exception as fault:  # noqa: BLE001 - whatever it is, the test looks at it
            return fault

    with ThreadPoolExecutor(len(todo)) as threads:
        return [one.result() for one in [threads.submit(run, work) for work in todo]]


class JournalContract:
    """Subclasses give ``opened``: it opens the same empty journal each time it is called."""

    @pytest.fixture
    def opened(self) -> Callable[..., Ledger]:
        raise NotImplementedError

    @pytest.fixture
    def ledger(self, opened: Callable[..., Ledger]) -> Ledger:
        return opened()

    @pytest.fixture
    def journal(self, ledger: Ledger) -> EventJournal:
        return journal_on(ledger)

    # ------------------------------------------------------------------------------------------- order

    def test_an_empty_journal_answers_every_question_with_nothing(self, journal: EventJournal) -> None:
        assert journal.head() == Head(root=sha256().digest(), salt=journal.head().salt)
        assert journal.read("nothing").version == 0
        assert journal.records() == []
        assert journal.stream("nothing") == []
        assert journal.answered("nobody") is None
        assert journal.keyed("risk", "R-1") == []
        assert journal.founder() is None

    def test_positions_are_dense_and_versions_count_from_one(self, journal: EventJournal) -> None:
        for stream in ("b", "a", "c"):
            for after in range(3):
                answer = journal.append(draft(stream, 2 * after, [Noted("x"), Counted(after)]))
                assert isinstance(answer, Appended)
                assert [one.version for one in answer.records] == [2 * after + 1, 2 * after + 2]
                assert [one.kind for one in answer.records] == ["noted.1", "counted.1"]
        whole(journal.ledger.read_log(0, 100))
        assert journal.read("a").events == [
            Noted("x"),
            Counted(0),
            Noted("x"),
            Counted(1),
            Noted("x"),
            Counted(2),
        ]
        assert journal.read("a", 5).events == [Counted(2)]
        assert [record.position for record in journal.stream("b")] == [1, 2, 3, 4, 5, 6]
        [first, *_] = journal.records()
        assert (first.by, first.happened_at, first.event, first.version) == ("P-1", NOON, Noted("x"), 1)

    def test_the_log_is_read_in_pages_by_kind_and_up_to_a_position(self, journal: EventJournal) -> None:
        for at in range(10):
            journal.append(draft(f"s{at}", 0, [Noted("x") if at % 3 else Counted(at)]))
        log = journal.ledger.read_log
        assert [row.position for row in log(3, 4)] == [4, 5, 6, 7]
        assert [row.position for row in log(8, 4)] == [9, 10]
        assert [row.position for row in log(0, 100, until=3)] == [1, 2, 3]
        assert [row.position for row in log(1, 2, ["counted.1"])] == [4, 7]
        assert [row.position for row in log(0, 9, ["counted.1", "noted.1"], 9)] == list(range(1, 10))
        assert [record.position for record in journal.every(7)] == [8, 9, 10]

    # ------------------------------------------------------------------------------------------- conditions

    def test_a_draft_loses_when_its_own_stream_has_moved(self, journal: EventJournal) -> None:
        journal.append(draft("a"))
        assert journal.append(draft("a")) == Conflict(stream="a")
        assert journal.append(draft("a", 2)) == Conflict(stream="a")
        assert journal.head().size == 1

    def test_a_draft_loses_when_another_stream_it_read_has_moved(self, journal: EventJournal) -> None:
        journal.append(draft("unit"))
        assert journal.append(draft("risk", guards=[("unit", 0)])) == Conflict(stream="unit")
        assert journal.append(draft("risk", guards=[("unit", 1), ("body", 1)])) == Conflict(stream="body")
        assert isinstance(journal.append(draft("risk", guards=[("unit", 1), ("body", 0)])), Appended)

    def test_a_repeated_id_gets_the_first_answer_whatever_has_changed(self, journal: EventJournal) -> None:
        first = journal.append(draft("a", 0, [Noted("x"), Noted("y")], id="once", content=b"first"))
        assert isinstance(first, Appended)
        journal.append(draft("a", 2))
        answered = Answered(b"first", first.records)
        assert journal.append(draft("a", 0, id="once", content=b"first")) == answered
        assert journal.append(draft("b", 0, id="once", content=b"other")) == answered
        assert journal.append(draft("c", 7, id="once", guards=[("a", 9)])) == answered
        assert journal.answered("once") == answered
        assert journal.head().size == 3

    def test_a_lost_draft_leaves_its_id_and_its_keys_free(self, journal: EventJournal) -> None:
        key = Key("risk", "NJ-K01", "R-1", "a")
        assert journal.append(draft("a", 5, id="again", keys=[key])) == Conflict(stream="a")
        assert journal.answered("again") is None
        assert journal.keyed("risk", "R-1") == []
        assert isinstance(journal.append(draft("a", 0, id="again", keys=[key])), Appended)

    def test_a_key_is_given_once_in_its_scope(self, journal: EventJournal) -> None:
        here, there = Key("risk", "NJ-K01", "R-1", "a"), Key("risk", "NJ-K02", "R-1", "b")
        assert isinstance(journal.append(draft("a", keys=[here])), Appended)
        again = Key("risk", "NJ-K01", "R-1", "c")
        other = Key("risk", "NJ-K01", "R-2", "c")
        assert journal.append(draft("c", keys=[other, again])) == Conflict(key=again)
        assert isinstance(journal.append(draft("b", keys=[there])), Appended)
        assert journal.keyed("risk", "R-1") == [here, there]
        assert journal.keyed("hazard", "R-1") == []

    def test_two_of_one_group_that_want_the_same_key_are_not_both_served(self, journal: EventJournal) -> None:
        answers = together(
            lambda at=at: journal.append(draft(f"s{at}", keys=[Key("risk", "NJ-K01", "R-1", f"s{at}")]))
            for at in range(8)
        )
        assert sorted(type(one).__name__ for one in answers) == ["Appended"] + ["Conflict"] * 7

    def test_all_commands_and_keys_are_read_page_by_page(self, ledger: Ledger) -> None:
        journal = journal_on(ledger)
        ids = ["B", "a", "é", "中", "z-2", "z-10"]
        keys = [
            Key("risk", scope, code, f"s{scope}{code}") for scope in ("K-2", "K-10") for code in ("b", "A")
        ]
        for at, one in enumerate(ids):
            journal.append(
                draft(f"s{at}", events=[Noted("x")] * (1 + at % 2), id=one, keys=keys[at : at + 1])
            )
        positions = {"B": (1, 1), "a": (2, 3), "é": (4, 4), "中": (5, 6), "z-2": (7, 7), "z-10": (8, 9)}
        assert ledger.positions_of([*ids, "unknown", "'"]) == positions
        assert ledger.positions_of([]) == {}
        for size in (1, 2, 100):
            read: list[tuple[str, int, int]] = []
            while page := ledger.commands_after(read[-1][0] if read else "", size):
                assert len(page) <= size
                read += page
            assert read == [(one, *positions[one]) for one in sorted(ids)]
            found: list[Key] = []
            while some := ledger.keys_after(
                (found[-1].kind, found[-1].scope, found[-1].code) if found else ("", "", ""), size
            ):
                found += some
            assert found == sorted(keys, key=lambda key: (key.kind, key.scope, key.code))

    def test_the_first_person_founds_the_journal_and_no_machine_does(self, journal: EventJournal) -> None:
        journal.append(draft("a", auth="clock", by="clock"))
        assert journal.founder() is None
        journal.append(draft("b", by="P-FIRST"))
        journal.append(draft("c", by="P-SECOND"))
        assert journal.founder() == "P-FIRST"
        assert journal.head().founder == "P-FIRST"

    def test_of_two_who_found_at_once_one_does(self, opened: Callable[..., Ledger]) -> None:
        journals = [journal_on(opened()) for _ in range(2)]
        answers = together(
            lambda at=at, journal=journal: journal.append(draft(f"s{at}", founding=True, by=f"P-{at}"))
            for at, journal in enumerate(journals)
        )
        assert sorted(type(one).__name__ for one in answers) == ["Appended", "Conflict"], answers
        assert Conflict() in answers
        [row] = journals[0].records()
        assert journals[0].founder() == journals[1].founder() == row.by

    # ------------------------------------------------------------------------------------------- whole or not at all

    def test_a_fault_in_the_middle_leaves_nothing_behind(self, ledger: Ledger) -> None:
        ledger.commit([packed("a")])
        before = ledger.head()
        key = Key("risk", "NJ-K01", "R-1", "b")
        with pytest.raises((JournalUnavailableError, IntegrityError)):
            ledger.commit([packed("b", rows=3, id="good", keys=[key]), packed("a", id="bad", guarded=False)])
        assert ledger.head() == before
        assert len(ledger.read_log(0, 100)) == 1
        assert ledger.command("good") is None
        assert ledger.command("bad") is None
        assert ledger.keyed("risk", "R-1") == []
        assert ledger.commit([packed("b", rows=3, id="good", keys=[key])]) == [
            Stored(2, 4, ledger.head().recorded_at)
        ]

    def test_a_loser_loses_alone(self, ledger: Ledger) -> None:
        ledger.commit([packed("a", id="first"), packed("k", keys=[Key("risk", "NJ-K01", "R-1", "k")])])
        taken_key = Key("risk", "NJ-K01", "R-1", "z")
        group = [
            packed("b", rows=2),
            packed("a"),
            packed("c", id="first"),
            packed("d", guards=[("k", 0)]),
            packed("e", keys=[taken_key]),
            packed("f", guards=[("k", 1), ("never", 0)]),
        ]
        stamped = ledger.head().recorded_at
        outcomes: list[Outcome] = ledger.commit(group)
        last = outcomes[5]
        assert isinstance(last, Stored)
        assert last.recorded_at >= stamped
        assert outcomes == [
            Stored(3, 4, last.recorded_at),
            Lost(stream="a"),
            Taken(b"content", 1, 1),
            Lost(stream="k"),
            Lost(key=taken_key),
            Stored(5, 5, last.recorded_at),
        ]
        whole(ledger.read_log(0, 100))

    # ------------------------------------------------------------------------------------------- the seal

    def test_leaves_and_root_follow_from_the_rows_alone(self, journal: EventJournal) -> None:
        rng = random.Random(9162)
        versions: dict[str, int] = {}
        for _ in range(90):
            stream = f"s{rng.randrange(12)}"
            events = [Counted(at) for at in range(rng.randrange(1, 5))]
            journal.append(draft(stream, versions.get(stream, 0), events))
            versions[stream] = versions.get(stream, 0) + len(events)
            if rng.random() < 0.2:
                sealed(journal.ledger, journal.codec)
        sealed(journal.ledger, journal.codec)
        whole(journal.ledger.read_log(0, 1000))

    def test_groups_of_any_size_give_the_same_tree_as_in_memory(self, opened: Callable[..., Ledger]) -> None:
        one, other = opened(lambda: NOON), MemoryLedger(lambda: NOON)
        rng = random.Random(44)
        for _ in range(40):
            group = [packed(new_id(), rows=rng.randrange(1, 6)) for _ in range(rng.randrange(1, 9))]
            assert one.commit(group) == other.commit(group)
            assert (one.head().root, one.head().frontier) == (other.head().root, other.head().frontier)
        assert one.read_log(0, 10_000) == other.read_log(0, 10_000)

    # ------------------------------------------------------------------------------------------- time

    def test_recording_time_never_goes_backwards_and_the_answer_tells(
        self, opened: Callable[..., Ledger]
    ) -> None:
        reads: list[Moment] = [HOUR_LATER, NOON, NOON, HOUR_LATER]
        journal = journal_on(opened(lambda: reads.pop(0)))
        answers = [journal.append(draft(f"s{at}")) for at in range(4)]
        assert all(isinstance(one, Appended) for one in answers)
        assert {one.recorded_at for one in answers} == {HOUR_LATER}  # type: ignore[union-attr]
        assert [one.clock_read for one in answers] == [None, NOON, NOON, None]  # type: ignore[union-attr]
        assert {row.recorded_at for row in journal.ledger.read_log(0, 9)} == {HOUR_LATER}
        sealed(journal.ledger, journal.codec)

    def test_the_real_clock_is_stamped_unless_one_is_given(self, opened: Callable[..., Ledger]) -> None:
        before = wall_clock()
        answer = journal_on(opened()).append(draft("a"))
        assert isinstance(answer, Appended)
        assert before <= answer.recorded_at <= wall_clock()
        assert answer.clock_read is None

    # ------------------------------------------------------------------------------------------- many threads

    def test_every_draft_of_many_threads_is_answered_once(self, journal: EventJournal) -> None:
        """Sixteen threads on streams of their own, on shared ones, with repeated ids and with stale guards."""

        def work(thread: int) -> list[object]:
            rng = random.Random(thread)
            answers: list[object] = []
            for at in range(25):
                kind = rng.randrange(4)
                if kind == 0:
                    answers.append(
                        journal.append(draft(f"own-{thread}-{at}", 0, [Counted(at)] * rng.randrange(1, 4)))
                    )
                elif kind == 1:
                    stream = f"shared-{rng.randrange(3)}"
                    answers.append(journal.append(draft(stream, journal.read(stream).version)))
                elif kind == 2:
                    answers.append(
                        journal.append(draft(f"once-{at}", id=f"once-{at}", guards=[("shared-0", 0)]))
                    )
                else:
                    answers.append(journal.append(draft(f"stale-{thread}-{at}", guards=[("never", 1)])))
            return answers

        outcomes = together([lambda thread=thread: work(thread) for thread in range(16)])
        answers: list[object] = []
        for one in outcomes:
            assert isinstance(one, list), one
            answers += one
        assert len(answers) == 16 * 25
        written = [record.position for one in answers if isinstance(one, Appended) for record in one.records]
        assert sorted(written) == list(range(1, journal.head().size + 1))
        assert all(isinstance(one, Appended | Conflict | Answered) for one in answers)
        whole(journal.ledger.read_log(0, 10_000))
        sealed(journal.ledger, journal.codec)

    def test_more_threads_than_a_group_holds_are_all_served(self, journal: EventJournal) -> None:
        answers = together(lambda at=at: journal.append(draft(f"s{at}")) for at in range(MOST + 20))
        assert all(isinstance(one, Appended) for one in answers), answers
        whole(journal.ledger.read_log(0, 1000))


# ------------------------------------------------------------------------------------------- other processes


def write_many(url: str, writer: int, count: int) -> None:
    """A process that appends ``count`` drafts, every fourth to a stream that all writers share."""
    journal = journal_on(open_ledger(url, None))
    for at in range(count):
        if at % 4:
            answer = journal.append(
                draft(f"own-{writer}-{at}", 0, [Counted(at)] * (1 + at % 2), id=f"{writer}.{at}")
            )
            assert isinstance(answer, Appended), answer
            continue
        while True:
            after = journal.read("shared").version
            answer = journal.append(draft("shared", after, [Counted(at)], id=f"{writer}.{at}"))
            if isinstance(answer, Appended):
                break
            assert answer == Conflict(stream="shared"), answer
    journal.close()


def write_first(url: str, writer: int, gate: Barrier) -> None:
    """A process that comes to an empty place at the same moment as others."""
    journal = journal_on(open_ledger(url, None))
    gate.wait(60)
    answer = journal.append(draft(f"first-{writer}", 0, [Counted(writer)], id=f"{writer}"))
    assert isinstance(answer, Appended), answer
    journal.close()


SPAWN = multiprocessing.get_context("spawn")


def finished(processes: Sequence[BaseProcess]) -> None:
    """Wait for all of them and assert that none failed (its traceback stands in the captured output)."""
    for one in processes:
        one.join(120)
    codes = [one.exitcode for one in processes]
    for one in processes:
        one.kill()
    assert codes == [0] * len(processes)


class SharedJournalContract(JournalContract):
    """For recorders that several processes share; subclasses give the ``url`` of the same journal."""

    @pytest.fixture
    def url(self) -> str:
        raise NotImplementedError

    def test_several_processes_write_and_a_tail_reader_misses_nothing(
        self, url: str, opened: Callable[..., Ledger]
    ) -> None:
        writers, count = 4, 200
        processes = [SPAWN.Process(target=write_many, args=(url, writer, count)) for writer in range(writers)]
        for one in processes:
            one.start()
        tail = opened()
        seen: list[StoredRow] = []
        pages = 0
        while any(one.is_alive() for one in processes):
            page = tail.read_log(len(seen), 500)
            assert [row.position for row in page] == list(range(len(seen) + 1, len(seen) + len(page) + 1))
            seen += page
            pages += bool(page)
        finished(processes)
        seen += tail.read_log(len(seen), 10_000)
        assert pages > 3
        assert seen == tail.read_log(0, 10_000)
        whole(seen)
        journal = journal_on(tail)
        sealed(tail, journal.codec)
        assert len(seen) == writers * sum(1 + (at % 2 if at % 4 else 0) for at in range(count))
        for writer, at in itertools.product(range(writers), range(count)):
            assert journal.answered(f"{writer}.{at}") is not None

    def test_of_several_processes_that_come_first_one_makes_the_journal(
        self, url: str, opened: Callable[..., Ledger]
    ) -> None:
        gate = SPAWN.Barrier(6)
        processes = [SPAWN.Process(target=write_first, args=(url, writer, gate)) for writer in range(6)]
        for one in processes:
            one.start()
        finished(processes)
        rows = opened().read_log(0, 100)
        whole(rows)
        assert sorted(row.stream for row in rows) == [f"first-{writer}" for writer in range(6)]
        sealed(opened(), Codec(KINDS))

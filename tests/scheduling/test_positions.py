"""Where policies and the clock stand, beside the views: never backwards, made at first use, in both databases."""

import contextlib
import datetime as dt
import json
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from adapters.journal.codec import Codec
from adapters.journal.journal import EventJournal
from adapters.journal.sqlite import open_sqlite
from adapters.positions import ClockBeats, Positions
from domain.records import Appended
from domain.refused import JournalUnavailableError
from tests import postgres
from tests.adapting.journal_contract import Noted, draft
from tests.faults.command_line import examples, run
from tests.scheduling.rig import World, at

pg_url = pytest.fixture(postgres.pg_url)
MORNING, EVENING = at("2026-07-01", 8), at("2026-07-01", 20)


@pytest.fixture(params=["sqlite", "postgres"])
def views(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    if request.param == "sqlite":
        return create_engine(f"sqlite:///{tmp_path / 'views.db'}", connect_args={"timeout": 30})
    return create_engine(request.getfixturevalue("pg_url"))


def test_nothing_is_known_at_the_beginning(views: Engine) -> None:
    positions = Positions(views)
    assert positions.of("p") == 0
    assert positions.beat() is None


def test_another_process_finds_what_was_stored(views: Engine) -> None:
    Positions(views).advance("p", 2**40)
    Positions(views).advance("q", 1)
    Positions(views).set_beat(MORNING)
    other = Positions(views)
    assert (other.of("p"), other.of("q"), other.beat()) == (2**40, 1, MORNING)


def test_whoever_is_slower_takes_nothing_back(views: Engine) -> None:
    positions = Positions(views)
    for position in (7, 3):
        positions.advance("p", position)
    for moment in (EVENING, MORNING):
        positions.set_beat(moment)
    assert positions.of("p") == 7
    assert positions.beat() == EVENING


def journal_at(path: Path) -> EventJournal:
    journal = EventJournal(open_sqlite(str(path)), lambda: MORNING, Codec({Noted.KIND: Noted}))
    for one in range(3):
        assert isinstance(journal.append(draft(f"s{one}")), Appended)
    return journal


def stored(positions: Positions) -> tuple[int, dict[str, str], str | None, str | None]:
    return positions.of("p"), positions.look_again("2026-09-01"), positions.beat(), positions.last_heard("f")


def fill(positions: Positions, position: int) -> None:
    positions.advance_these(["p", "q"], position)
    positions.looked("B", "2026-07-01", "2026-08-01")
    positions.set_beat(MORNING)
    positions.heard("f", EVENING)


FULL = (3, {"B": "2026-07-01"}, MORNING, EVENING)


def test_of_the_same_journal_everything_is_kept_however_it_grew(views: Engine, tmp_path: Path) -> None:
    journal = journal_at(tmp_path / "one.db")
    fill(Positions(views, journal), 2)
    Positions(views, journal).advance("p", 3)
    journal.append(draft("later"))
    assert stored(Positions(views, journal)) == FULL


def test_a_day_that_a_step_looked_at_is_no_position(views: Engine, tmp_path: Path) -> None:
    journal = journal_at(tmp_path / "one.db")
    fill(Positions(views, journal), 3)
    Positions(views, journal).advance_to_day("days", "2026-07-01")
    again = Positions(views, journal)
    assert again.of("days") == dt.date(2026, 7, 1).toordinal()
    assert stored(again) == FULL
    with pytest.raises(AssertionError, match="no record stands at 4"):
        again.advance("p", 4)


def test_the_clock_s_own_tables_are_the_journal_s_from_one_command_to_the_next(tmp_path: Path) -> None:
    db = str(tmp_path / "work.db")
    run(db, "do", "--batch", text=examples())
    for _ in range(2):
        ticked = run(db, "clock", "tick")
        assert "another journal" not in ticked.stderr


def test_of_another_journal_nothing_is_kept(views: Engine, tmp_path: Path) -> None:
    fill(Positions(views, journal_at(tmp_path / "one.db")), 3)
    other = journal_at(tmp_path / "two.db")
    assert stored(Positions(views, other)) == (0, {}, None, None)
    fill(Positions(views, other), 3)
    assert stored(Positions(views, other)) == FULL


def test_of_a_journal_restored_from_an_earlier_copy_it_is_forgotten_which_records_were_followed(
    views: Engine, tmp_path: Path
) -> None:
    journal = journal_at(tmp_path / "one.db")
    copied(tmp_path / "one.db", tmp_path / "copy.db")
    for one in range(3):
        journal.append(draft(f"lost{one}"))
    fill(Positions(views, journal), 5)
    restored = EventJournal(
        open_sqlite(str(tmp_path / "copy.db")), lambda: MORNING, Codec({Noted.KIND: Noted})
    )
    assert restored.head().salt == journal.head().salt
    assert stored(Positions(views, restored)) == (0, {}, MORNING, EVENING), "shorter than what was followed"
    fill(Positions(views, journal), 5)
    for one in range(4):
        restored.append(draft(f"other{one}"))
    assert stored(Positions(views, restored))[:2] == (0, {}), "as long again, with other records"


def test_a_journal_that_is_not_there_yet_is_asked_again(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'views.db'}")
    fill(Positions(engine, journal_at(tmp_path / "old.db")), 3)
    path = tmp_path / "new.db"
    journal = EventJournal(open_sqlite(str(path)), lambda: MORNING, Codec({Noted.KIND: Noted}))
    positions = Positions(engine, journal)
    assert positions.of("p") == 3
    assert not path.exists(), "asking makes no journal"
    journal.append(draft("a"))
    assert stored(positions) == (0, {}, None, None)


def test_after_a_restore_policies_follow_the_records_that_come_then(tmp_path: Path) -> None:
    db, copy = tmp_path / "work.db", tmp_path / "copy.db"
    lines = examples().splitlines(keepends=True)
    half = next(at for at, line in enumerate(lines) if '"PlanRectification"' in line)
    run(str(db), "do", "--batch", text="".join(lines[:half]))
    copied(db, copy)

    def duties() -> set[str]:
        run(str(db), "do", "--batch", text="".join(lines[half:]))
        return {row["code"] for row in json.loads(run(str(db), "duty", "list", "--json").stdout)}

    raised = duties()
    assert "rectification.YH-0001.1" in raised
    for path in tmp_path.glob("work.db*"):
        if path.name in ("work.db", "work.db-wal", "work.db-shm"):
            path.unlink()
    copied(copy, db)
    assert duties() == raised


def copied(of: Path, to: Path) -> None:
    with contextlib.closing(sqlite3.connect(of)) as one, contextlib.closing(sqlite3.connect(to)) as other:
        one.backup(other)


def test_several_may_begin_at_once(views: Engine) -> None:
    together = threading.Barrier(6)
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            positions = Positions(views)
            together.wait(30)
            positions.advance("p", number)
            positions.set_beat(MORNING)
        except BaseException as error:  # noqa: BLE001 - shown below, whatever it is
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert Positions(views).of("p") == 5


def test_a_role_that_may_not_make_tables_uses_those_that_stand(pg_url: str) -> None:
    admin = create_engine(pg_url)
    Positions(admin).of("p")
    role = f"reader_{threading.get_native_id()}"
    with admin.begin() as connection:
        connection.execute(text(f"CREATE ROLE {role} LOGIN"))
        connection.execute(text(f"GRANT SELECT, INSERT, UPDATE ON policy_positions, clock_beat TO {role}"))
    limited = Positions(create_engine(admin.url.set(username=role)))
    limited.advance("p", 3)
    assert limited.of("p") == 3


def test_a_database_that_cannot_serve_is_a_fault_without_its_password(tmp_path: Path) -> None:
    for url in (
        f"sqlite:///{tmp_path / 'nowhere' / 'views.db'}",
        f"postgresql+psycopg://me:secret@/d?host={tmp_path}",
    ):
        positions = Positions(create_engine(url))
        with pytest.raises(JournalUnavailableError) as told:
            positions.set_beat(MORNING)
        assert "secret" not in str(told.value)


def test_the_clock_was_there_at_its_beat_or_at_the_end_of_a_recorded_absence() -> None:
    world = World.in_memory(MORNING)
    process = world.process()
    beats = ClockBeats(process.positions, process.engine.memory)
    assert beats.last() is None
    process.tick()
    assert beats.last() == MORNING
    process.tick(at("2026-07-31"))
    empty = Positions(World.in_memory(MORNING).views)
    assert ClockBeats(empty, process.engine.memory).last() is None, (
        "an old absence says nothing of a lost beat"
    )
    empty.set_beat(MORNING)
    assert ClockBeats(empty, process.engine.memory).last() == at("2026-07-31")

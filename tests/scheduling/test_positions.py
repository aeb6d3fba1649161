"""Where policies and the clock stand, beside the views: never backwards, made at first use, in both databases."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from adapters.positions import ClockBeats, Positions
from domain.refused import JournalUnavailableError
from tests import postgres
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

"""However the records are cut and whoever follows, each record is projected once, and a failure stays where it is."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, MetaData, Table, create_engine, text

from adapters.journal.journal import EventJournal
from adapters.journal.sqlite import open_sqlite
from adapters.projector import reading, stepping
from adapters.projector.generations import GENERATIONS, Generation
from adapters.projector.projector import Projector
from adapters.projector.views import Views, open_views
from domain.hazards import HazardClosed
from domain.records import Record
from domain.refused import (
    BadField,
    ForeignFileError,
    JournalUnavailableError,
    NewerFileError,
    ProjectionFailedError,
)
from domain.units import UnitRegistered
from projections.index import PROJECTIONS
from projections.projection import Projection
from tests import postgres
from tests.projecting.plant import TALLY, Plant, count, counted, rows, told

ROOT = Path(__file__).resolve().parents[2]
STORY = Plant().story()
RECORDS = STORY.records()


@pytest.fixture(params=["memory", "file", "postgres"])
def views(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Views]:
    """Views of every sort."""
    url = {"memory": "sqlite://", "file": f"sqlite:///{tmp_path}/journal.db"}.get(request.param)
    made = open_views(url or postgres.fresh_database("views"))
    yield made
    made.close()


def read(projector: Projector, name: str = "tally") -> dict[str, int]:
    with projector.reader(name) as (connection, tables):
        return told(connection, tables)


def projected(projection: Projection[Any], cuts: Sequence[int]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows after the example story in batches that end at these places."""
    metadata = MetaData()
    tables = projection.tables(metadata, "t_")
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        mine = [record for record in RECORDS if not projection.kinds or record.kind in projection.kinds]
        ends = sorted({min(cut, len(mine)) for cut in cuts} | {0, len(mine)})
        for first, last in pairwise(ends):
            projection.apply(mine[first:last], connection, tables)
        return rows(connection, metadata, "t_")


# ------------------------------------------------------------------------------------------- batches


@pytest.mark.parametrize("projection", PROJECTIONS, ids=lambda one: one.name)
def test_batches_cut_anywhere_make_the_rows_of_one_batch(projection: Projection[Any]) -> None:
    whole = projected(projection, [])
    assert any(whole.values())

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.integers(0, len(RECORDS))))
    def cut_anywhere(cuts: list[int]) -> None:
        assert projected(projection, cuts) == whole

    cut_anywhere()


def test_every_sort_of_views_follows_to_the_head_and_holds_what_the_records_say(views: Views) -> None:
    projector = Projector(STORY.journal, views, (*PROJECTIONS, TALLY))
    head = STORY.head()
    assert projector.follow() == dict.fromkeys([*projector.names()], head)
    assert read(projector) == counted(RECORDS)
    for name in projector.names():
        checked = projector.check(name)
        assert checked.equal
        assert checked.position == head


def test_a_projection_that_hears_nothing_is_at_the_head_all_the_same() -> None:
    deaf = replace(TALLY, kinds=("practice-opened.1",))
    projector = Projector(STORY.journal, open_views("sqlite://"), [deaf])
    assert projector.follow() == {"tally": STORY.head()}
    assert read(projector) == {}


def test_following_may_stop_at_a_position_and_goes_on_from_there() -> None:
    projector = Projector(STORY.journal, open_views("sqlite://"), [TALLY])
    assert projector.follow(until=7) == {"tally": 7}
    assert read(projector) == counted(RECORDS[:7])
    assert projector.follow(["tally"]) == {"tally": STORY.head()}
    assert read(projector) == counted(RECORDS)


def test_memory_is_bounded_by_the_batch_however_long_the_journal_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody ever asks the journal for more than the largest batch, also when it goes fast."""
    monkeypatch.setattr(reading, "MOST", 20)
    plant, sizes = Plant(), []
    plant.fill(500)
    asked = plant.journal.records

    def noting(after: int, limit: int, *rest: Any) -> list[Record]:
        sizes.append(limit)
        return asked(after, limit, *rest)

    monkeypatch.setattr(plant.journal, "records", noting)
    Projector(plant.journal, open_views("sqlite://"), [TALLY]).follow()
    assert max(sizes[1:]) <= 20
    assert len(sizes) > 10


def test_batches_shrink_when_they_take_long_and_grow_when_they_do_not() -> None:
    pace = reading.Pace()
    pace.took(250, 250, 0.01)
    assert pace.size > 400
    pace.took(pace.size, 900, 2.0)
    assert pace.size < 130
    pace.took(3, 903, 0.0001)
    assert pace.size < 130, "what was not full says nothing about how much would have fitted"
    for _ in range(20):
        pace.took(pace.size, 10_000, 0.0001)
    assert pace.size == reading.MOST


# ------------------------------------------------------------------------------------------- several at once


def two_threads(path: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Two threads with views of their own follow at once, both having read the same records before either writes."""
    plant = Plant(lambda clock: open_sqlite(str(path / "journal.db"), clock))
    plant.fill(400)
    Projector(plant.journal, open_views(str(path / "journal.db")), [TALLY]).follow(until=0)
    both_have_read = threading.Barrier(2, timeout=20)

    class Meeting(EventJournal):
        met = False

        def records(self, *args: Any, **kwargs: Any) -> list[Record]:
            found = super().records(*args, **kwargs)
            if not self.met:
                self.met = True
                both_have_read.wait()
            return found

    def follow() -> None:
        journal = Meeting(open_sqlite(str(path / "journal.db")), plant.read)
        Projector(journal, open_views(str(path / "journal.db")), [TALLY]).follow()

    threads = [threading.Thread(target=follow) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return read(Projector(plant.journal, open_views(str(path / "journal.db")), [TALLY])), counted(
        plant.records()
    )


def test_two_threads_following_at_once_miss_nothing_and_double_nothing(tmp_path: Path) -> None:
    found, wanted = two_threads(tmp_path)
    assert found == wanted


def test_control_two_threads_that_do_not_compare_positions_double(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unguarded(connection: Connection, held: Generation, position: int, leaf: bytes, moment: str) -> bool:
        mine = GENERATIONS.c.name == held.name
        connection.execute(GENERATIONS.update().where(mine).values(position=position, leaf=leaf))
        return True

    monkeypatch.setattr(stepping, "advance", unguarded)
    found, wanted = two_threads(tmp_path)
    assert sum(found.values()) > sum(wanted.values())


class Child:
    """Another process, talking in lines."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "tests.projecting.children", *arguments]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def hears(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def go_on(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        self.process.kill()
        self.end()

    def end(self) -> None:
        self.process.communicate()


def two_processes(path: str, control: str) -> tuple[dict[str, int], dict[str, int]]:
    plant = Plant(lambda clock: open_sqlite(path, clock))
    plant.fill(400)
    projector = Projector(plant.journal, open_views(path), [TALLY])
    projector.follow(until=0)
    children = [Child("follow", path, control) for _ in range(2)]
    assert [child.hears() for child in children] == ["read", "read"]
    for child in children:
        child.go_on()
    assert [child.hears() for child in children] == ["done", "done"]
    for child in children:
        child.end()
    return read(projector), counted(plant.records())


def test_two_processes_following_at_once_miss_nothing_and_double_nothing(tmp_path: Path) -> None:
    found, wanted = two_processes(f"{tmp_path}/journal.db", "")
    assert found == wanted


def test_control_two_processes_that_do_not_compare_positions_double(tmp_path: Path) -> None:
    found, wanted = two_processes(f"{tmp_path}/journal.db", "unguarded")
    assert sum(found.values()) > sum(wanted.values())


def test_threads_following_while_others_append_end_with_every_record_once(views: Views) -> None:
    plant = Plant()
    plant.fill(50)
    faults: list[Exception] = []
    done = threading.Event()

    def follow() -> None:
        try:
            projector = Projector(plant.journal, views, [TALLY])
            while not done.is_set():
                projector.follow()
        except Exception as fault:  # noqa: BLE001 - the test tells
            faults.append(fault)

    threads = [threading.Thread(target=follow) for _ in range(2)]
    for thread in threads:
        thread.start()
    plant.fill(250, first=50)
    done.set()
    for thread in threads:
        thread.join()
    assert faults == []
    projector = Projector(plant.journal, views, [TALLY])
    projector.follow()
    assert read(projector) == counted(plant.records())


def killed_in_a_batch(path: str, control: str) -> tuple[dict[str, int], dict[str, int]]:
    """The process dies by SIGKILL with a batch written and not committed; another one follows after it."""
    plant = Plant(lambda clock: open_sqlite(path, clock))
    plant.fill(400)
    child = Child("stall", path, control)
    assert child.hears() == "in a batch"
    child.kill()
    projector = Projector(plant.journal, open_views(path), [TALLY])
    assert 0 < projector.status()[0].position < plant.head()
    projector.follow()
    return read(projector), counted(plant.records())


def test_whoever_follows_after_a_kill_in_mid_batch_misses_nothing(tmp_path: Path) -> None:
    found, wanted = killed_in_a_batch(f"{tmp_path}/journal.db", "")
    assert found == wanted


def test_control_a_position_that_is_durable_before_its_rows_loses_them(tmp_path: Path) -> None:
    found, wanted = killed_in_a_batch(f"{tmp_path}/journal.db", "torn")
    assert sum(found.values()) < sum(wanted.values())


# ------------------------------------------------------------------------------------------- failures


def failing(at: int) -> Projection[Table]:
    """A tally that cannot take the record at one position."""

    def apply(records: Sequence[Record], connection: Connection, table: Table) -> None:
        if any(record.position == at for record in records):
            raise ZeroDivisionError("a record nobody thought of")
        count(records, connection, table)

    return replace(TALLY, name="failing", apply=apply)


def test_a_projection_that_fails_stops_alone_right_before_its_record(views: Views) -> None:
    projector = Projector(STORY.journal, views, [failing(13), TALLY])
    assert projector.follow() == {"failing": 12, "tally": STORY.head()}
    assert read(projector) == counted(RECORDS)
    status, other = projector.status()
    assert status.lag == STORY.head() - 12
    assert status.failed is not None
    assert "ZeroDivisionError: a record nobody thought of" in status.failed
    assert other.failed is None
    with pytest.raises(ProjectionFailedError) as told_why, projector.reader("failing"):
        pass
    assert told_why.value.values["position"] == "13"
    with pytest.raises(ProjectionFailedError):
        projector.wait_for(STORY.head())
    projector.wait_for(STORY.head(), ["tally"])


def test_a_failed_projection_stays_stopped_until_it_is_rebuilt() -> None:
    plant, views = Plant().story(), open_views("sqlite://")
    Projector(plant.journal, views, [failing(13)]).follow()
    mended = Projector(plant.journal, views, [replace(TALLY, name="failing")])
    assert mended.follow() == {"failing": 12}
    assert mended.rebuild("failing").position == plant.head()
    assert mended.status()[0].failed is None
    assert read(mended, "failing") == counted(RECORDS)


def test_a_rebuild_that_fails_says_so_and_leaves_the_live_view_as_it_was() -> None:
    plant, views = Plant().story(), open_views("sqlite://")
    whole = Projector(plant.journal, views, [replace(TALLY, name="failing")])
    whole.follow()
    with pytest.raises(ProjectionFailedError):
        Projector(plant.journal, views, [failing(13)]).rebuild("failing")
    assert read(whole, "failing") == counted(RECORDS)
    with views.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM generations")).scalar() == 1


def test_a_record_that_cannot_be_read_stops_only_who_listens_to_it() -> None:
    plant = Plant().story()
    codec = plant.journal.codec
    codec._events.pop(HazardClosed.KIND)
    codec._whole.pop(HazardClosed.KIND, None)
    units = replace(TALLY, name="units", kinds=(UnitRegistered.KIND,))
    projector = Projector(plant.journal, open_views("sqlite://"), [TALLY, units])
    [closed] = [record.position for record in RECORDS if record.kind == HazardClosed.KIND]
    assert projector.follow() == {"tally": closed - 1, "units": plant.head()}
    assert "hazard-closed.1" in str(projector.status()[0].failed)


def test_a_journal_that_ends_before_the_position_asked_for_is_a_fault() -> None:
    projector = Projector(STORY.journal, open_views("sqlite://"), [TALLY])
    with pytest.raises(JournalUnavailableError):
        projector.wait_for(STORY.head() + 1)


def test_a_projection_that_does_not_exist_is_refused_by_name() -> None:
    projector = Projector(STORY.journal, open_views("sqlite://"), [TALLY])
    for ask in (projector.check, projector.rebuild, lambda name: projector.follow([name])):
        with pytest.raises(BadField, match="nobody"):
            ask("nobody")


# ------------------------------------------------------------------------------------------- versions


def louder(records: Sequence[Record], connection: Connection, table: Table) -> None:
    count([*records, *records], connection, table)


def test_a_new_version_is_built_anew_by_the_next_who_follows(views: Views) -> None:
    Projector(STORY.journal, views, [TALLY]).follow()
    new = Projector(STORY.journal, views, [replace(TALLY, version=2, apply=louder)])
    new.follow()
    assert read(new) == {kind: 2 * number for kind, number in counted(RECORDS).items()}
    [status] = new.status()
    assert (status.version, status.generation) == (2, 2)


def test_a_question_of_a_new_version_never_meets_the_old_tables() -> None:
    views = open_views("sqlite://")
    Projector(STORY.journal, views, [TALLY]).follow()
    new = Projector(STORY.journal, views, [replace(TALLY, version=2, apply=louder)])
    assert sum(read(new).values()) == 2 * len(RECORDS)


def test_an_older_program_leaves_a_newer_ones_view_alone_and_says_why() -> None:
    plant, views = Plant().story(), open_views("sqlite://")
    Projector(plant.journal, views, [replace(TALLY, version=2)]).follow()
    reached = plant.head()
    plant.fill(5)
    old = Projector(plant.journal, views, [TALLY])
    assert old.follow() == {"tally": reached}
    with pytest.raises(NewerFileError):
        old.wait_for(plant.head())
    with pytest.raises(NewerFileError), old.reader("tally"):
        pass


def test_a_new_version_that_fails_is_not_begun_over_and_over() -> None:
    begun: list[int] = []
    broken = failing(13)

    def apply(records: Sequence[Record], connection: Connection, table: Table) -> None:
        begun.extend(record.position for record in records if record.position == 1)
        broken.apply(records, connection, table)

    views = open_views("sqlite://")
    Projector(STORY.journal, views, [replace(TALLY, name="failing")]).follow()
    new = Projector(STORY.journal, views, [replace(broken, version=2, apply=apply)])
    new.follow()
    before = len(begun)
    new.follow()
    assert len(begun) == before
    with pytest.raises(ProjectionFailedError):
        new.wait_for(STORY.head())


# ------------------------------------------------------------------------------------------- disposable


def spoilt(path: Path) -> None:
    path.write_bytes(b"\0" * 40 + b"this is not a database" * 1000)
    for end in ("-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)


def spoilt_inside(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)


def deleted(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)


@pytest.mark.parametrize("harm", [spoilt, spoilt_inside, deleted])
@pytest.mark.parametrize("running", [False, True], ids=["before it is opened", "under a running program"])
def test_a_damaged_or_deleted_views_file_is_made_again(
    tmp_path: Path, harm: Callable[[Path], None], running: bool, caplog: pytest.LogCaptureFixture
) -> None:
    views = Path(f"{tmp_path}/journal.db-views.sqlite")
    projector = Projector(STORY.journal, open_views(f"{tmp_path}/journal.db"), [TALLY])
    projector.follow()
    if not running:
        projector.close()
        projector = Projector(STORY.journal, open_views(f"{tmp_path}/journal.db"), [TALLY])
    else:
        with projector.views.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    harm(views)
    projector.follow()
    projector.wait_for(STORY.head())
    assert read(projector) == counted(RECORDS)
    if harm is not deleted and not running:
        assert "made again" in caplog.text


def test_somebody_elses_file_in_the_place_of_the_views_is_refused_and_kept(tmp_path: Path) -> None:
    views = tmp_path / "journal.db-views.sqlite"
    with create_engine(f"sqlite:///{views}").begin() as connection:
        connection.execute(text("CREATE TABLE photographs (one)"))
    kept = views.read_bytes()
    with pytest.raises(ForeignFileError):
        Projector(STORY.journal, open_views(f"{tmp_path}/journal.db"), [TALLY]).follow()
    assert views.read_bytes() == kept


def test_views_that_cannot_stand_beside_the_journal_stay_with_the_process(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A read-only disk, or here a folder that is not there: the questions are answered all the same."""
    projector = Projector(STORY.journal, open_views(f"{tmp_path}/nowhere/journal.db"), [TALLY])
    projector.follow()
    assert read(projector) == counted(RECORDS)
    assert "end with us" in caplog.text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("longer", [False, True])
def test_views_of_another_journal_are_thrown_away(views: Views, longer: bool) -> None:
    """The journal's file was replaced, by another one or by a copy from before; positions alone would not tell."""
    Projector(STORY.journal, views, [TALLY]).follow()
    other = Plant()
    other.fill(2 * len(RECORDS) if longer else 3)
    projector = Projector(other.journal, views, [TALLY])
    assert read(projector) == {}
    projector.follow()
    assert read(projector) == counted(other.records())


def test_the_views_file_is_its_owners_only(tmp_path: Path) -> None:
    Projector(STORY.journal, open_views(f"{tmp_path}/journal.db"), [TALLY]).follow()
    assert (tmp_path / "journal.db-views.sqlite").stat().st_mode & 0o077 == 0

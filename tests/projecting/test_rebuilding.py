"""A view built anew equals the one that followed, while others append, follow and read; and a check would notice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from adapters.journal.sqlite import open_sqlite
from adapters.projector.generations import BUILDING, all_generations, table_names
from adapters.projector.postgres_views import PostgresViews
from adapters.projector.projector import Projector
from adapters.projector.rebuilding import begin_rebuild
from adapters.projector.views import Views, open_views
from domain.refused import ProjectionFailedError
from projections.index import PROJECTIONS
from tests import postgres
from tests.projecting.plant import TALLY, Plant, counted, told

STORY = Plant().story()


@pytest.fixture(params=["memory", "file", "postgres"])
def views(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Views]:
    """Views of every sort."""
    url = {"memory": "sqlite://", "file": f"sqlite:///{tmp_path}/journal.db"}.get(request.param)
    made = open_views(url or postgres.fresh_database("views"))
    yield made
    made.close()


@pytest.fixture
def postgres_views() -> Iterator[PostgresViews]:
    made = PostgresViews(postgres.fresh_database("views"))
    yield made
    made.close()


def read(projector: Projector) -> dict[str, int]:
    with projector.reader("tally") as (connection, tables):
        return told(connection, tables)


def generations(views: Views) -> list[tuple[int, str]]:
    with views.reading() as connection:
        return [(one.generation, one.role) for one in all_generations(connection)]


def all_tables(views: Views) -> list[str]:
    with views.reading() as connection:
        return [name for name in table_names(connection, "") if name != "generations"]


# ------------------------------------------------------------------------------------------- rebuilding


def test_a_rebuilt_view_takes_the_place_of_the_former_one_which_is_gone(views: Views) -> None:
    projector = Projector(STORY.journal, views, (*PROJECTIONS, TALLY))
    projector.follow()
    for name in projector.names():
        status = projector.rebuild(name)
        assert (status.generation, status.position, status.lag) == (2, STORY.head(), 0)
        assert projector.check(name).equal
    assert read(projector) == counted(STORY.records())
    assert {role for _, role in generations(views)} == {"live"}
    assert all("_g2_" in name for name in all_tables(views))


def test_rebuilding_while_another_thread_appends_and_follows_ends_equal(views: Views) -> None:
    plant = Plant()
    plant.fill(100)
    faults: list[Exception] = []

    def append_and_follow() -> None:
        try:
            other = Projector(plant.journal, views, [TALLY])
            for number in range(100, 200, 5):
                plant.fill(5, first=number)
                other.follow()
        except Exception as fault:  # noqa: BLE001 - the test tells
            faults.append(fault)

    projector = Projector(plant.journal, views, [TALLY])
    projector.follow()
    thread = threading.Thread(target=append_and_follow)
    thread.start()
    positions = []
    for _ in range(
        15
    ):  # no more: views in memory have one connection, and the other thread must get its turn
        positions.append(projector.rebuild("tally").position)
        assert projector.check("tally").equal
    thread.join()
    assert faults == []
    projector.follow()
    assert read(projector) == counted(plant.records())
    assert positions == sorted(positions), "a swap never takes a view back"


def test_two_rebuilds_at_once_both_come_to_an_end(views: Views) -> None:
    plant = Plant()
    plant.fill(300)
    Projector(plant.journal, views, [TALLY]).follow()
    faults: list[Exception] = []

    def rebuild() -> None:
        try:
            for _ in range(5):
                Projector(plant.journal, views, [TALLY]).rebuild("tally")
        except Exception as fault:  # noqa: BLE001 - the test tells
            faults.append(fault)

    threads = [threading.Thread(target=rebuild) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    projector = Projector(plant.journal, views, [TALLY])
    projector.follow()
    assert read(projector) == counted(plant.records())
    assert [role for _, role in generations(views)] == ["live"]


def test_what_a_dead_rebuild_left_behind_is_cleaned_by_the_next(views: Views) -> None:
    projector = Projector(STORY.journal, views, [TALLY])
    projector.follow()
    dead = begin_rebuild(projector._steps, TALLY, join=False)
    projector._steps.step(TALLY, dead, 9)
    assert len(all_tables(views)) == 2
    assert read(projector) == counted(STORY.records()), "the live one answers as before"
    projector.rebuild("tally")
    assert len(all_tables(views)) == 1
    assert [role for _, role in generations(views)] == ["live"]


def test_a_new_versions_dead_rebuild_is_gone_on_with() -> None:
    views = open_views("sqlite://")
    Projector(STORY.journal, views, [TALLY]).follow()
    new = replace(TALLY, version=2)
    projector = Projector(STORY.journal, views, [new])
    dead = begin_rebuild(projector._steps, new, join=True)
    projector._steps.step(new, dead, 9)
    projector.follow()
    assert generations(views) == [(dead.generation, "live")]
    assert read(projector) == counted(STORY.records())


def test_a_rebuild_tells_how_far_it_is() -> None:
    told_so_far: list[tuple[int, int]] = []
    projector = Projector(STORY.journal, open_views("sqlite://"), [TALLY])
    projector.rebuild("tally", progress=lambda position, head: told_so_far.append((position, head)))
    assert told_so_far[0] == (0, STORY.head())
    assert told_so_far[-1] == (STORY.head(), STORY.head())


# ------------------------------------------------------------------------------------------- readers meanwhile


def test_a_reader_sees_one_state_while_the_view_is_rebuilt_and_followed(tmp_path: Path) -> None:
    plant = Plant(lambda clock: open_sqlite(f"{tmp_path}/journal.db", clock))
    plant.fill(20)
    projector = Projector(plant.journal, open_views(f"{tmp_path}/journal.db"), [TALLY])
    projector.follow()
    with projector.reader("tally") as (connection, tables):
        before = told(connection, tables)
        plant.fill(5, first=20)
        projector.rebuild("tally")
        projector.follow()
        assert told(connection, tables) == before
    assert sum(read(projector).values()) == 25


def test_postgres_keeps_the_tables_that_a_reader_reads_and_drops_them_later(
    postgres_views: PostgresViews,
) -> None:
    plant = Plant()
    plant.fill(20)
    projector = Projector(plant.journal, postgres_views, [TALLY])
    projector.follow()
    with projector.reader("tally") as (connection, tables):
        plant.fill(5, first=20)
        projector.rebuild("tally")
        assert sum(told(connection, tables).values()) == 20
        assert generations(postgres_views) == [(1, "retired"), (2, "live")]
    projector.follow()
    assert generations(postgres_views) == [(2, "live")]
    assert len(all_tables(postgres_views)) == 1


def test_a_reader_that_meets_a_table_dropped_a_moment_ago_tries_once_more(
    postgres_views: PostgresViews, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking up the live generation and reading from it somebody swaps and drops."""
    projector = Projector(STORY.journal, postgres_views, [TALLY])
    projector.follow()
    other = Projector(STORY.journal, PostgresViews(str(postgres_views._url)), [TALLY])
    hold, held = postgres_views.hold, []

    def late(connection: Connection, tables: Any) -> bool:
        if not held:
            other.rebuild("tally")
        held.append(hold(connection, tables))
        return held[-1]

    monkeypatch.setattr(postgres_views, "hold", late)
    assert read(projector) == counted(STORY.records())
    assert held == [False, True]


def test_views_in_postgres_stand_in_a_schema_of_their_own(postgres_views: PostgresViews) -> None:
    Projector(STORY.journal, postgres_views, PROJECTIONS).follow()
    with postgres_views.reading() as connection:
        others = "('pg_catalog', 'information_schema')"
        tables = f"SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN {others}"
        rows = connection.execute(text(tables)).all()
    assert {row.schemaname for row in rows} == {"dualguard_views"}
    assert len(rows) > len(PROJECTIONS)


def test_a_role_that_may_not_make_the_schema_uses_the_one_that_is_there() -> None:
    url = postgres.fresh_database("views")
    with PostgresViews(url).engine.begin() as connection:
        connection.execute(text("CREATE ROLE projecting LOGIN"))
        connection.execute(text("GRANT USAGE, CREATE ON SCHEMA dualguard_views TO projecting"))
        connection.execute(text("GRANT ALL ON ALL TABLES IN SCHEMA dualguard_views TO projecting"))
    projector = Projector(STORY.journal, PostgresViews(url.replace("postgres@", "projecting@")), [TALLY])
    try:
        projector.follow()
        assert read(projector) == counted(STORY.records())
        assert projector.check("tally").equal
    finally:
        projector.close()


# ------------------------------------------------------------------------------------------- checking


@pytest.mark.parametrize("projection", PROJECTIONS, ids=lambda one: one.name)
def test_a_check_finds_every_planted_change(projection: Any, views: Views) -> None:
    """The control of the check: in each table that has rows one is changed, and then one is taken away."""
    projector = Projector(STORY.journal, views, [projection])
    projector.follow()
    for harm in ("UPDATE {} SET {} = :planted WHERE {} = :value", "DELETE FROM {} WHERE {} = :value"):
        prefix = f"{projection.name}_g{projector.status()[0].generation}_"
        planted = set()
        with views.writing() as connection:
            for name in table_names(connection, prefix):
                row = connection.execute(text(f"SELECT * FROM {name}")).mappings().first()
                if row is not None:
                    texts = [key for key, value in row.items() if isinstance(value, str)]
                    column = next(iter(texts or row))
                    given = {"value": row[column], "planted": "planted" if texts else row[column] + 1}
                    connection.execute(text(harm.format(name, column, column)), given)
                    planted.add(name.removeprefix(prefix))
        checked = projector.check(projection.name)
        assert planted
        assert not checked.equal
        assert {one.table for one in checked.differences} == planted
        projector.rebuild(projection.name)
        assert projector.check(projection.name).equal


def test_a_row_too_many_is_found() -> None:
    views = open_views("sqlite://")
    projector = Projector(STORY.journal, views, [TALLY])
    projector.follow()
    with views.writing() as connection:
        connection.execute(text("INSERT INTO tally_g1_tally VALUES ('never-happened.1', 1)"))
    checked = projector.check("tally")
    [difference] = checked.differences
    assert (difference.table, difference.only) == ("tally", "live")
    assert difference.row == {"kind": "never-happened.1", "records": 1}
    assert checked.rows == len(counted(STORY.records())) + 1


def test_a_check_leaves_nothing_behind(views: Views) -> None:
    projector = Projector(STORY.journal, views, [TALLY])
    projector.follow()
    before = all_tables(views)
    projector.check("tally")
    assert all_tables(views) == before
    assert generations(views) == [(1, "live")]


def test_a_check_is_about_the_position_at_which_it_began(tmp_path: Path) -> None:
    """Following goes on meanwhile and is not in the way."""
    plant = Plant(lambda clock: open_sqlite(f"{tmp_path}/journal.db", clock))
    plant.fill(50)
    projector = Projector(plant.journal, open_views(f"{tmp_path}/journal.db"), [TALLY])
    projector.follow()

    def follow_meanwhile(position: int, head: int) -> None:
        plant.fill(5, first=50)
        projector.follow()

    checked = projector.check("tally", progress=follow_meanwhile)
    assert checked.equal
    assert checked.position == 50
    assert projector.status()[0].position == 55


def test_a_stopped_view_cannot_be_checked() -> None:
    views = open_views("sqlite://")
    projector = Projector(STORY.journal, views, [TALLY])
    projector.follow()
    with views.writing() as connection:
        connection.execute(text("UPDATE generations SET problem = 'it stopped', problem_at = '3'"))
    with pytest.raises(ProjectionFailedError):
        projector.check("tally")


def test_building_stands_beside_and_is_never_asked() -> None:
    views = open_views("sqlite://")
    projector = Projector(STORY.journal, views, [TALLY])
    projector.follow()
    begin_rebuild(projector._steps, TALLY, join=False)
    assert (2, BUILDING) in generations(views)
    assert read(projector) == counted(STORY.records())

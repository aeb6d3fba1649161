"""In whatever order facts become known, the answer about a day, as known at a record, is what a replay says."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
    select,
)
from sqlalchemy.exc import IntegrityError

from projections import bitemporal
from projections.bitemporal import KNOWN_FOREVER, TRUE_FOREVER, BitemporalError, Entry
from tests import postgres

SCOPES = ["plant-a", "plant-b"]
THINGS = [("plant-a", "R-0001"), ("plant-b", "R-0001"), ("plant-a", "风险-2")]
MOMENTS = [f"2024-0{month}-01T00:00:00.000000Z" for month in range(1, 6)]
ASKED_MOMENTS = ["2023-12-31T23:59:59.999999Z", *MOMENTS, "2024-03-15T12:00:00.000001Z", TRUE_FOREVER]
FACETS = ["level", "standing"]

Change: TypeAlias = tuple[str, str, str, str, int]  # facet, scope, code, moment, value
History: TypeAlias = list[
    list[Change]
]  # the changes that each record states; the first record has position 1
Apply: TypeAlias = Callable[[Connection, Table, Table, Sequence[Entry]], None]
Row: TypeAlias = dict[str, Any]

# Few things and moments, so that entries meet: the controls below fail where they do not.
changes = st.builds(
    lambda facet, thing, moment, value: (facet, *thing, moment, value),
    st.sampled_from(FACETS),
    st.sampled_from(THINGS),
    st.sampled_from(MOMENTS),
    st.integers(0, 9),
)
histories = st.lists(st.lists(changes, min_size=1, max_size=4) | st.just([]), min_size=1, max_size=16)
cuts = st.lists(st.integers(1, 6), max_size=16)  # the sizes of the batches; what remains is the last batch
asked_moments = st.lists(st.sampled_from(ASKED_MOMENTS), min_size=1, max_size=3, unique=True)


class View(NamedTuple):
    """The tables of one projection with two facets."""

    entity: Table
    facets: dict[str, Table]


def view(prefix: str, scope_first: bool = True) -> View:
    metadata = MetaData()
    level: list[Column[Any]] = [Column("level", Text), Column("urgent", Boolean)]
    standing: list[Column[Any]] = [Column("standing", Integer)]
    return View(
        bitemporal.entity_table(metadata, f"{prefix}_risk", scope_first),
        {
            "level": bitemporal.facet_table(metadata, f"{prefix}_level", level, scope_first),
            "standing": bitemporal.facet_table(metadata, f"{prefix}_standing", standing, scope_first),
        },
    )


LIVE, BESIDE = view("live"), view("beside", scope_first=False)


def values(facet: str, value: int) -> dict[str, object]:
    """The columns of a facet that a change sets; some of them to nothing."""
    if facet == "standing":
        return {"standing": value}
    return {"level": f"级{value}" if value else None, "urgent": bool(value % 2)}


@pytest.fixture(scope="module", params=["sqlite in memory", "sqlite file", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    file: Path = tmp_path_factory.mktemp("bitemporal") / "views.db"
    url = {"sqlite in memory": "sqlite://", "sqlite file": f"sqlite:///{file}"}.get(request.param)
    database = create_engine(url or postgres.fresh_database("bitemporal"))
    for each in (LIVE, BESIDE):
        each.entity.metadata.create_all(database)
    yield database
    database.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as found:
        yield found
        found.rollback()


def follow(
    connection: Connection,
    into: View,
    history: History,
    sizes: Sequence[int] = (),
    apply: Apply = bitemporal.apply,
    after_batch: Callable[[Connection, int], None] = lambda connection, head: None,
) -> None:
    """Project a history batch by batch, each facet in its turn, as a projector does."""
    begin = 0
    for size in [*sizes, len(history)]:
        end = min(begin + size, len(history))
        for facet, table in into.facets.items():
            entries = [
                Entry(position, scope, code, moment, values(facet, value))
                for position, record in enumerate(history[begin:end], begin + 1)
                for named, scope, code, moment, value in record
                if named == facet
            ]
            apply(connection, table, into.entity, entries)
        begin = end
        after_batch(connection, end)


def replayed(history: History, facet: str, true_at: str, known_at: int) -> dict[tuple[str, str], Row]:
    """The oracle: of each thing the greatest (happened_at, position), of those known and begun by then."""
    best: dict[tuple[str, str], tuple[str, int, Row]] = {}
    for position, record in enumerate(history[:known_at], 1):
        for named, scope, code, moment, value in record:
            if named == facet and moment <= true_at:
                found = best.get((scope, code))
                if found is None or (moment, position) >= found[:2]:
                    best[scope, code] = (moment, position, values(facet, value))
    return {
        thing: {"true_from": moment, "position": position, **said}
        for thing, (moment, position, said) in sorted(best.items())
    }


def answered(rows: Sequence[Any], columns: Sequence[str]) -> dict[tuple[str, str], Row]:
    assert [(row["scope"], row["code"]) for row in rows] == sorted(
        (row["scope"], row["code"]) for row in rows
    )
    return {(row["scope"], row["code"]): {name: row[name] for name in columns} for row in rows}


def columns_of(facet: str) -> list[str]:
    return ["true_from", "position", *values(facet, 0)]


def stored(connection: Connection, table: Table) -> list[Row]:
    return [dict(row) for row in connection.execute(select(table)).mappings()]


def check_answers(connection: Connection, seen: View, history: History, true_at: str, known_at: int) -> None:
    """Compare all ways of asking with the replay."""
    said = {facet: replayed(history, facet, true_at, known_at) for facet in FACETS}
    for scope in [*SCOPES, None]:
        for facet, table in seen.facets.items():
            rows = bitemporal.as_of(
                connection, table, seen.entity, scope=scope, true_at=true_at, known_at=known_at
            )
            mine = {thing: row for thing, row in said[facet].items() if scope in (None, thing[0])}
            assert answered(rows, columns_of(facet)) == mine
    joined = bitemporal.as_of_joined(
        connection, seen.entity, list(seen.facets.values()), scope=None, true_at=true_at, known_at=known_at
    )
    empty = {facet: dict.fromkeys(columns_of(facet)) for facet in FACETS}
    assert [dict(row) for row in joined] == [
        {
            "scope": thing[0],
            "code": thing[1],
            **values("level", 0),
            **values("standing", 0),
            **{
                name if name in values(facet, 0) else f"{facet}_{name}": value
                for facet in FACETS
                for name, value in said[facet].get(thing, empty[facet]).items()
            },
        }
        for thing in sorted({*said["level"], *said["standing"]})
    ]


@given(history=histories, sizes=cuts, asked=asked_moments)
@settings(max_examples=100, deadline=None)
def test_every_question_is_answered_as_a_replay_would(
    engine: Engine, history: History, sizes: list[int], asked: list[str]
) -> None:
    with engine.connect() as connection:
        follow(connection, LIVE, history, sizes)
        for true_at in asked:
            for known_at in [*range(len(history) + 1), KNOWN_FOREVER]:
                check_answers(connection, LIVE, history, true_at, known_at)
        check_answers(connection, LIVE, history, TRUE_FOREVER, KNOWN_FOREVER)
        for facet, table in LIVE.facets.items():
            now = bitemporal.current(connection, table, LIVE.entity, scope=None)
            replay = replayed(history, facet, TRUE_FOREVER, KNOWN_FOREVER)
            assert answered(now, columns_of(facet)) == replay
        connection.rollback()


@given(history=histories, sizes=cuts)
@settings(max_examples=40, deadline=None)
def test_the_cutting_into_batches_does_not_change_what_is_written(
    engine: Engine, history: History, sizes: list[int]
) -> None:
    def rows(connection: Connection, seen: View) -> list[list[tuple[object, ...]]]:
        tables = [seen.entity, *seen.facets.values()]
        return [
            sorted(
                (tuple(row[name] for name in row if name != "id") for row in stored(connection, table)),
                key=repr,
            )
            for table in tables
        ]

    with engine.connect() as connection:
        follow(connection, LIVE, history)
        follow(connection, BESIDE, history, sizes)
        assert rows(connection, LIVE) == rows(connection, BESIDE)
        connection.rollback()


@given(history=histories, sizes=cuts)
@settings(max_examples=40, deadline=None)
def test_a_row_once_written_is_never_touched_again(
    engine: Engine, history: History, sizes: list[int]
) -> None:
    before: dict[str, list[Row]] = {facet: [] for facet in FACETS}

    def compare(connection: Connection, head: int) -> None:
        for facet, table in LIVE.facets.items():
            after = stored(connection, table)
            assert all(row in after for row in before[facet])
            assert all(row["position"] <= head for row in after)
            before[facet] = after

    with engine.connect() as connection:
        follow(connection, LIVE, history, sizes, after_batch=compare)
        connection.rollback()


@given(history=histories, known_at=st.integers(0, 15), limit=st.integers(1, 4))
@settings(max_examples=30, deadline=None)
def test_page_after_page_gives_the_whole_list(
    engine: Engine, history: History, known_at: int, limit: int
) -> None:
    with engine.connect() as connection:
        follow(connection, LIVE, history)
        for scope in [SCOPES[0], None]:
            clocks: dict[str, Any] = {"true_at": TRUE_FOREVER, "known_at": known_at}
            facets = list(LIVE.facets.values())
            whole = bitemporal.as_of_joined(connection, LIVE.entity, facets, scope=scope, **clocks)
            pages: list[Any] = []
            after: dict[str, Any] = {}
            while True:
                page = bitemporal.as_of_joined(
                    connection, LIVE.entity, facets, scope=scope, limit=limit, **clocks, **after
                )
                if not page:
                    break
                assert len(page) <= limit
                pages += page
                after = {"after_scope": page[-1]["scope"], "after_code": page[-1]["code"]}
            assert pages == whole
        connection.rollback()


def test_a_list_may_be_asked_of_some_things_only(connection: Connection) -> None:
    facet, entity = LIVE.facets["standing"], LIVE.entity
    entries = [
        Entry(position, *THINGS[position - 1], MOMENTS[0], {"standing": position}) for position in (1, 2)
    ]
    bitemporal.apply(connection, facet, entity, entries)
    some = select(entity).where(entity.c.scope == "plant-b").subquery()
    rows = bitemporal.as_of_joined(connection, some, [facet], scope=None)
    assert [(row["scope"], row["standing"]) for row in rows] == [("plant-b", 2)]


def test_a_question_with_a_misspelt_condition_is_refused(connection: Connection) -> None:
    page: Any = {"limits": 1}
    with pytest.raises(BitemporalError, match="limits"):
        bitemporal.current(connection, LIVE.facets["level"], LIVE.entity, scope=None, **page)


def without_late_entries(
    connection: Connection, facet: Table, entity: Table, entries: Sequence[Entry]
) -> None:
    """A naive follower: what happened before the last thing known is dropped."""
    rows = bitemporal.current(connection, facet, entity, scope=None)
    last = {(row["scope"], row["code"]): row["true_from"] for row in rows}
    for entry in entries:
        if entry.happened_at >= last.get((entry.scope, entry.code), ""):
            last[entry.scope, entry.code] = entry.happened_at
            bitemporal.apply(connection, facet, entity, [entry])


def last_of_batch_only(connection: Connection, facet: Table, entity: Table, entries: Sequence[Entry]) -> None:
    """A naive follower: what a later entry of the same batch supersedes is not written."""
    kept = {(entry.scope, entry.code, entry.happened_at): entry for entry in entries}
    bitemporal.apply(connection, facet, entity, sorted(kept.values(), key=lambda entry: entry.position))


@pytest.mark.parametrize("naive", [without_late_entries, last_of_batch_only])
def test_a_follower_that_loses_history_is_caught_by_the_comparison(engine: Engine, naive: Apply) -> None:
    @given(history=histories, sizes=cuts, asked=asked_moments)
    @settings(max_examples=60, deadline=None, database=None, phases=[Phase.generate], derandomize=True)
    def compare(history: History, sizes: list[int], asked: list[str]) -> None:
        with engine.connect() as connection:
            try:
                follow(connection, LIVE, history, sizes, naive)
                for true_at in asked:
                    for known_at in range(len(history) + 1):
                        check_answers(connection, LIVE, history, true_at, known_at)
            finally:
                connection.rollback()

    with pytest.raises(AssertionError):
        compare()


def test_a_late_entry_changes_the_past_only_for_those_who_ask_after_it_was_known(
    connection: Connection,
) -> None:
    facet, entity = LIVE.facets["standing"], LIVE.entity
    january, february, march = MOMENTS[:3]
    for position, moment, value in [(1, january, 10), (2, march, 30), (3, february, 20)]:
        entry = Entry(position, "plant-a", "R-0001", moment, {"standing": value})
        bitemporal.apply(connection, facet, entity, [entry])

    def said(true_at: str, known_at: int) -> list[int]:
        rows = bitemporal.as_of(
            connection, facet, entity, scope="plant-a", code="R-0001", true_at=true_at, known_at=known_at
        )
        return [row["standing"] for row in rows]

    assert [said(february, known_at) for known_at in range(4)] == [[], [10], [10], [20]]
    assert [said(march, known_at) for known_at in range(4)] == [[], [10], [30], [30]]
    assert [row["standing"] for row in bitemporal.current(connection, facet, entity, scope=None)] == [30]


def test_an_empty_batch_changes_nothing(connection: Connection) -> None:
    bitemporal.apply(connection, LIVE.facets["level"], LIVE.entity, [])
    assert stored(connection, LIVE.entity) == []


@pytest.mark.parametrize(
    ("positions", "moment", "said"),
    [
        ([2, 1], MOMENTS[0], {"standing": 1}),
        ([0], MOMENTS[0], {"standing": 1}),
        ([1], "2024-01-01T00:00:00Z", {"standing": 1}),
        ([1], MOMENTS[0] + "\n", {"standing": 1}),
        ([1], TRUE_FOREVER, {"standing": 1}),
        ([1], MOMENTS[0], {}),
        ([1], MOMENTS[0], {"standing": 1, "level": "x"}),
    ],
)
def test_a_batch_out_of_order_or_out_of_form_is_not_written(
    connection: Connection, positions: list[int], moment: str, said: dict[str, object]
) -> None:
    entries = [Entry(position, "plant-a", "R-0001", moment, said) for position in positions]
    with pytest.raises(BitemporalError):
        bitemporal.apply(connection, LIVE.facets["standing"], LIVE.entity, entries)
    assert stored(connection, LIVE.facets["standing"]) == []


def test_a_batch_that_was_applied_before_is_not_written_again(connection: Connection) -> None:
    entries = [Entry(position, "plant-a", "R-0001", MOMENTS[0], {"standing": 1}) for position in (4, 5)]
    bitemporal.apply(connection, LIVE.facets["standing"], LIVE.entity, entries)
    with pytest.raises(IntegrityError):
        bitemporal.apply(connection, LIVE.facets["standing"], LIVE.entity, entries)


def test_a_moment_in_another_form_is_not_asked(connection: Connection) -> None:
    with pytest.raises(BitemporalError, match="2024-01-01"):
        bitemporal.as_of(
            connection, LIVE.facets["level"], LIVE.entity, scope=None, true_at="2024-01-01", known_at=1
        )


def test_a_page_over_all_bodies_needs_the_body_it_continues_after(connection: Connection) -> None:
    with pytest.raises(BitemporalError):
        bitemporal.current(
            connection, LIVE.facets["level"], LIVE.entity, scope=None, after_code="R-0001", limit=1
        )


def test_facets_with_a_column_of_the_same_name_are_not_joined(connection: Connection) -> None:
    level = LIVE.facets["level"]
    with pytest.raises(BitemporalError, match="level"):
        bitemporal.as_of_joined(connection, LIVE.entity, [level, level], scope=None)


@pytest.mark.parametrize("name", ["", "Level", "level;", "x" * 51])
def test_a_table_name_that_would_not_fit_both_engines_is_refused(name: str) -> None:
    with pytest.raises(BitemporalError):
        bitemporal.facet_table(MetaData(), name, [])


def test_a_column_that_json_cannot_carry_is_refused() -> None:
    with pytest.raises(BitemporalError, match="photo"):
        bitemporal.facet_table(MetaData(), "level", [Column("photo", LargeBinary)])


def test_on_sqlite_a_list_is_sought_and_never_scanned() -> None:
    database = create_engine("sqlite://")
    LIVE.entity.metadata.create_all(database)
    facet, entity = LIVE.facets["level"], LIVE.entity
    statements: list[tuple[str, Any]] = []

    with database.connect() as connection:

        @event.listens_for(database, "before_cursor_execute")
        def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
            statements.append((statement, parameters))

        bitemporal.as_of(connection, facet, entity, scope="plant-a", true_at=MOMENTS[0], known_at=9, limit=5)
        bitemporal.current(connection, facet, entity, scope="plant-a")
        event.remove(database, "before_cursor_execute", note)
        plans = [
            [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            for statement, parameters in statements
        ]

    assert len(plans) == 2
    for plan in plans:
        assert any(
            "live_level USING PRIMARY KEY (scope=? AND code=? AND true_fro" in step for step in plan
        ), plan
        assert not any(step.startswith("SCAN") for step in plan), plan

"""Rows reach a table and come back as they were, whatever their texts hold, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Boolean, Column, Connection, Engine, MetaData, Table, create_engine

from projections.bulk import TEXT, add, rows_by, upsert
from tests import postgres

THINGS = Table(
    "things",
    MetaData(),
    Column("code", TEXT, primary_key=True),
    Column("told", TEXT),
    Column("number", BigInteger),
    Column("holds", Boolean),
)
AWKWARD = (
    *(
        "",
        " ",
        "NULL",
        "null",
        "{",
        "}",
        "{}",
        ",",
        '"',
        '""',
        "\\",
        "\\\\",
        '\\"',
        "a,b",
        "{1,2}",
        "'",
        "''",
    ),
    *(
        "\1",
        "\t",
        "\n",
        "\r\n",
        "\u1680",
        "\u2003",
        "\u3000",
        "\u200b",
        "安全",
        "😀",
        '{"a":"b\\"c\\\\"}',
        "%s",
        ":given_0",
        "$1",
    ),
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    url = "sqlite://" if request.param == "sqlite" else postgres.fresh_database("bulk")
    made = create_engine(url)
    THINGS.metadata.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as opened:
        yield opened
        opened.rollback()


@pytest.mark.parametrize("text", AWKWARD)
def test_an_awkward_text_comes_back_as_it_was(connection: Connection, text: str) -> None:
    rows: list[dict[str, Any]] = [
        {"code": text, "told": text, "number": -(2**53), "holds": True},
        {"code": f"{text}x", "told": None, "number": None, "holds": None},
    ]
    add(connection, THINGS, rows)
    assert rows_by(connection, THINGS, ("code",), [(text,)]) == rows[:1]
    upsert(connection, THINGS, [{**rows[0], "told": None, "holds": False}, {**rows[1], "told": text}])
    found = rows_by(connection, THINGS, ("code",), [(text,), (f"{text}x",)])
    assert {row["code"]: (row["told"], row["holds"]) for row in found} == {
        text: (None, False),
        f"{text}x": (text, None),
    }


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        TEXTS,
        st.tuples(TEXTS | st.none(), st.integers(-(2**62), 2**62) | st.none(), st.booleans() | st.none()),
    )
)
def test_any_rows_come_back_as_they_were(
    connection: Connection, told: dict[str, tuple[str | None, int | None, bool | None]]
) -> None:
    with connection.begin_nested() as given_back:
        add(connection, THINGS, [(code, *values) for code, values in told.items()])
        found = rows_by(connection, THINGS, ("code",), [(code,) for code in told])
        given_back.rollback()
    assert {row["code"]: (row["told"], row["number"], row["holds"]) for row in found} == told

"""A batch of records reaches a table in one statement, and what it touches is read in one: on SQLite and PostgreSQL.

Rows are mappings from column names to texts, integers, booleans or None.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from types import NoneType
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Insert,
    Integer,
    RowMapping,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
"""Text with one order on both engines: by code point."""


def written(value: object) -> str:
    """A list, a citation or the like as JSON text, for a column of text."""
    return msgspec.json.encode(value).decode()


def read(text: str | None, default: Any = None) -> Any:
    """What ``written`` wrote; ``default`` for None."""
    return default if text is None else msgspec.json.decode(text)


def upsert(connection: Connection, table: Table, rows: Collection[Mapping[str, Any]]) -> None:
    """Write whole rows; a row whose primary key is there already is replaced. No key may occur twice in ``rows``."""
    _write(connection, table, rows, replace=True)


def add(
    connection: Connection, table: Table, rows: Collection[Mapping[str, Any]] | Collection[tuple[Any, ...]]
) -> None:
    """Insert whole rows, as mappings or as tuples in the order of the columns; a key that is there is an error."""
    _write(connection, table, rows, replace=False)


def add_first(connection: Connection, table: Table, rows: Collection[tuple[Any, ...]]) -> None:
    """Insert rows as tuples; where the key is there already, the row with the lesser last column stays."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(_first(table), _given(connection, rows))
    else:
        connection.exec_driver_sql(_first_text(table), list(rows))


def rows_by(
    connection: Connection, table: Table, names: Sequence[str], keys: Collection[Sequence[Any]]
) -> list[dict[str, Any]]:
    """All rows whose columns ``names`` hold one of the ``keys``; an index SHOULD begin with those columns."""
    if not keys:
        return []
    statement = _finding(table, tuple(names), connection.dialect.name)
    found: Sequence[RowMapping] = connection.execute(statement, _given(connection, keys)).mappings().all()
    return [dict(row) for row in found]


def _write(
    connection: Connection,
    table: Table,
    rows: Collection[Mapping[str, Any]] | Collection[tuple[Any, ...]],
    replace: bool,
) -> None:
    if not rows:
        return
    names = [column.name for column in table.columns]
    whole = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    values = [row if isinstance(row, tuple) else whole(row) for row in rows]
    if connection.dialect.name == "postgresql":
        connection.execute(_unnesting(table, replace), _given(connection, values))
    else:  # the driver's own executemany: twice as fast here as Core's
        connection.exec_driver_sql(_text(table, replace), values)


def _given(connection: Connection, rows: Collection[Sequence[Any]]) -> dict[str, Any]:
    """Any number of rows as parameters of one statement: an array for each column, or a JSON array of arrays."""
    if connection.dialect.name == "postgresql":
        return {f"given_{at}": _array(values) for at, values in enumerate(zip(*rows, strict=True))}
    return {"given": written(list(rows))}


def _array(values: Sequence[Any]) -> str:
    """The text form of an array (PostgreSQL's manual, 8.15.6), every text in quotes.

    The driver looks at each character that it escapes; for JSON in texts that took half the time of a batch. A column
    of texts is escaped in one go, between separators that no text may hold; where one does, element by element.
    """
    if set(map(type, values)) <= {str, NoneType}:
        joined = _BETWEEN.join([_NOTHING if one is None else one for one in values])
        if joined.count(_BETWEEN) == len(values) - 1 and joined.count(_NOTHING) == values.count(None):
            escaped = joined.replace("\\", "\\\\").replace('"', '\\"').replace(_BETWEEN, '","')
            return ('{"' + escaped + '"}').replace(f'"{_NOTHING}"', "NULL")
    return "{" + ",".join([_ELEMENT[type(one)](one) for one in values]) + "}"


_BETWEEN, _NOTHING = "\0", "\1"
_ELEMENT: Mapping[type, Callable[[Any], str]] = {
    str: lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"',
    int: str,
    bool: lambda holds: "t" if holds else "f",
    NoneType: lambda _: "NULL",
}


def _source(columns: Mapping[str, TypeEngine[Any]], engine: str) -> FromClause:
    if engine == "postgresql":
        from sqlalchemy.dialects import postgresql  # loads every driver: not for a question on a file

        arrays = [
            cast(
                bindparam(f"given_{at}", type_=Text()),
                postgresql.ARRAY(Text() if isinstance(type_, Text) else type_),
            )
            for at, type_ in enumerate(columns.values())
        ]
        shape = [column(name, type_) for name, type_ in columns.items()]
        return func.unnest(*arrays).table_valued(*shape, name="given").render_derived()
    row = func.json_each(bindparam("given", type_=Text())).table_valued("value", name="row").c.value
    parts = [
        func.json_extract(row, literal_column(f"'$[{at}]'"), type_=type_).label(name)
        for at, (name, type_) in enumerate(columns.items())
    ]
    return select(*parts).subquery("given")


@lru_cache(maxsize=256)
def _finding(table: Table, names: tuple[str, ...], engine: str) -> Select[Any]:
    given = _source({name: table.c[name].type for name in names}, engine)
    same: list[ColumnElement[bool]] = [table.c[name] == given.c[name] for name in names]
    return select(table).join_from(given, table, and_(*same))


@lru_cache(maxsize=256)
def _unnesting(table: Table, replace: bool) -> Insert:
    from sqlalchemy.dialects import postgresql

    types = {one.name: BigInteger() if isinstance(one.type, Integer) else one.type for one in table.columns}
    new = postgresql.insert(table).from_select(list(types), select(_source(types, "postgresql")))
    return _replacing(new, table) if replace else new


@lru_cache(maxsize=256)
def _text(table: Table, replace: bool) -> str:
    new = sqlite.insert(table)
    made = _replacing(new, table) if replace else new
    return str(made.compile(dialect=sqlite.dialect(), column_keys=[column.name for column in table.columns]))


@lru_cache(maxsize=256)
def _first(table: Table) -> Insert:
    from sqlalchemy.dialects import postgresql

    types = {one.name: BigInteger() if isinstance(one.type, Integer) else one.type for one in table.columns}
    new = postgresql.insert(table).from_select(list(types), select(_source(types, "postgresql")))
    made: Insert = _keeping_least(new, table)
    return made


@lru_cache(maxsize=256)
def _first_text(table: Table) -> str:
    made = _keeping_least(sqlite.insert(table), table)
    return str(made.compile(dialect=sqlite.dialect(), column_keys=[column.name for column in table.columns]))


def _keeping_least(new: Any, table: Table) -> Any:
    last = list(table.columns)[-1]
    lesser = new.excluded[last.name] < last
    keys = list(table.primary_key.columns)
    return new.on_conflict_do_update(
        index_elements=keys, set_={last.name: new.excluded[last.name]}, where=lesser
    )


def _replacing(new: Any, table: Table) -> Any:
    keys = list(table.primary_key.columns)
    rest = {one.name: new.excluded[one.name] for one in table.columns if one not in keys}
    if not rest:
        return new.on_conflict_do_nothing(index_elements=keys)
    return new.on_conflict_do_update(index_elements=keys, set_=rest)

"""Proves that a view is what the records say: it is built once more, out of sight, and every row is compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, Table, select

SHOWN = 10
"""Differences that are told of each table."""
HELD = 10_000
"""Rows without a partner that are kept in mind; where there are more, the tables have little in common."""
PAGE = 1000


@dataclass(frozen=True)
class Difference:
    """A row that only one side has: ``live`` (it answers questions) or ``rebuilt`` (what the records say)."""

    table: str
    only: str
    row: dict[str, Any]


@dataclass(frozen=True)
class CheckResult:
    """What a check found; ``rows`` are the live rows compared, ``differences`` the first ones of each table."""

    name: str
    generation: int
    position: int
    equal: bool
    rows: int
    differences: tuple[Difference, ...] = ()


@dataclass
class Compared:
    """Two sets of tables, compared."""

    rows: int = 0
    differences: list[Difference] = field(default_factory=list)


def compare(
    live: Connection,
    live_tables: MetaData,
    live_prefix: str,
    built: Connection,
    tables: MetaData,
    prefix: str,
) -> Compared:
    """Compare tables of the same names behind their prefixes, row by row, without surrogate ids; order is no matter."""
    compared = Compared()
    partners = {name.removeprefix(prefix): table for name, table in tables.tables.items()}
    for name, table in sorted(live_tables.tables.items()):
        _compare(
            compared,
            name.removeprefix(live_prefix),
            live,
            table,
            built,
            partners[name.removeprefix(live_prefix)],
        )
    return compared


def _compare(
    compared: Compared, name: str, live: Connection, table: Table, built: Connection, partner: Table
) -> None:
    """Both sides come in the same order, so a row waits for its partner only behind rows that have none."""
    columns = [column.name for column in telling(table)]
    waiting: Counter[Any] = (
        Counter()
    )  # +1 for each row that only the live side has had so far, -1 for the other
    nothing = object()
    for here, there in zip_longest(_rows(live, table), _rows(built, partner), fillvalue=nothing):
        compared.rows += here is not nothing
        if here == there:
            continue
        for row, one in ((here, 1), (there, -1)):
            if row is not nothing:
                waiting[row] += one
                if not waiting[row]:
                    del waiting[row]
        if len(waiting) > HELD:
            break
    found: list[Difference] = []
    for row, count in waiting.items():
        side = "live" if count > 0 else "rebuilt"
        found.append(Difference(name, side, dict(zip(columns, row, strict=True))))
        if len(found) == SHOWN:
            break
    compared.differences += found


def telling(table: Table) -> list[Column[Any]]:
    """The columns that say something: all but a surrogate id."""
    keys = list(table.primary_key.columns)
    surrogate = len(keys) == 1 and keys[0].name == "id" and isinstance(keys[0].type, Integer)
    return [column for column in table.columns if not (surrogate and column is keys[0])]


def _rows(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    columns = telling(table)
    whole = len(columns) == len(table.columns)
    order = list(table.primary_key.columns) if whole and table.primary_key.columns else columns
    query = select(*columns).order_by(*order).execution_options(yield_per=PAGE)
    for row in connection.execute(query):
        yield tuple(row)

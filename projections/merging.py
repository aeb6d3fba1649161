"""Rows that grow record by record: each change names its row's key and the columns that it sets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Table

from projections.bulk import rows_by, upsert

Row = dict[str, Any]
Changes = Iterable[tuple[tuple[Any, ...], Row]]


def merge(connection: Connection, table: Table, changes: Changes) -> None:
    """Set the columns of each row in the order of the changes; a row that is not there yet begins empty."""
    names = tuple(column.name for column in table.primary_key.columns)
    told = list(changes)
    keys = list(dict.fromkeys(key for key, _ in told))
    held: dict[tuple[Any, ...], Row] = {
        tuple(row[name] for name in names): row for row in rows_by(connection, table, names, keys)
    }
    for key, values in told:
        row = held.setdefault(key, dict.fromkeys(column.name for column in table.columns))
        row |= {**dict(zip(names, key, strict=True)), **values}
    upsert(connection, table, [held[key] for key in keys])

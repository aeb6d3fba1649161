"""The store's own, erasable index: which salted hash stands for which content, and the salt that makes it provable.

Only here do plain hashes stand: they find equal files, and they go when a file is erased. Erased rows are overwritten.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

_TABLE = """
CREATE TABLE IF NOT EXISTS deposits (
    salted TEXT PRIMARY KEY,
    plain TEXT NOT NULL,
    salt BLOB NOT NULL,
    media TEXT NOT NULL,
    size INTEGER NOT NULL
) WITHOUT ROWID
"""
_BY_CONTENT = "CREATE INDEX IF NOT EXISTS deposits_plain ON deposits (plain)"


@dataclass(frozen=True)
class Deposit:
    """One file as it was deposited; equal content deposited twice has two salted hashes and one plain one."""

    salted: str
    plain: str
    salt: bytes
    media: str
    size: int


class Index:
    """Reads and writes rows; a write holds the store's one lock until its block ends."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that no other writer shares; rolled back where the block fails."""
        with closing(self._open()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def one(self, salted: str) -> Deposit | None:
        found = self._rows("SELECT salted, plain, salt, media, size FROM deposits WHERE salted = ?", salted)
        return found[0] if found else None

    def every(self) -> list[Deposit]:
        return self._rows("SELECT salted, plain, salt, media, size FROM deposits ORDER BY salted")

    def equal(self, plain: str) -> list[Deposit]:
        """Every deposit of this content."""
        return self._rows(
            "SELECT salted, plain, salt, media, size FROM deposits WHERE plain = ? ORDER BY salted", plain
        )

    @staticmethod
    def add(connection: sqlite3.Connection, one: Deposit) -> None:
        row = (one.salted, one.plain, one.salt, one.media, one.size)
        connection.execute("INSERT INTO deposits VALUES (?, ?, ?, ?, ?)", row)

    @staticmethod
    def drop(connection: sqlite3.Connection, salted: str) -> None:
        connection.execute("DELETE FROM deposits WHERE salted = ?", (salted,))

    @staticmethod
    def used(connection: sqlite3.Connection, plain: str) -> int:
        """How many deposits have this content."""
        [count] = connection.execute("SELECT count(*) FROM deposits WHERE plain = ?", (plain,)).fetchone()
        return int(count)

    def _rows(self, query: str, *given: str) -> list[Deposit]:
        if not self._file.exists():
            return []
        with closing(self._open()) as connection:
            return [Deposit(*row) for row in connection.execute(query, given)]

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=10, isolation_level=None)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(_TABLE)
        connection.execute(_BY_CONTENT)
        return connection

"""How a PostgreSQL journal is made, known again and named: one schema, made whole or not at all."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal

from adapters.seal.tree import EMPTY_ROOT
from domain.refused import FaultError, ForeignFileError, JournalUnavailableError, NewerFileError

SCHEMA = "dualguard"
FORMAT = 1
"""The layout in ``postgres.sql``; a journal with a higher one was written by a newer version."""
OLDEST_SERVER = 150_000
MAKING = 0x44474A31
"""The advisory lock under which a journal is made: of several processes that come at once, one makes it."""

_ROW = "notification_id, originator_id, originator_version, topic, state, recorded_at, leaf"


@dataclass(frozen=True)
class Layout:
    """The names of one journal's tables, quoted for statements. Our ids are text, the library's may be ``uuid``."""

    schema: str = SCHEMA
    table: str = "records"
    id_type: str = "text"

    @property
    def own_schema(self) -> bool:
        """Whether the whole schema is the journal's, as ours is; the library's tables share one with others."""
        return self.table == "records"

    def names(self) -> dict[str, str]:
        """The quoted names of tables and functions."""
        prefix = "" if self.own_schema else f"{self.table}_"
        names = {part: prefix + part for part in ("commands", "keys", "head", "append", "refuse")}
        names["records"] = self.table
        return {part: Identifier(self.schema, name).as_string() for part, name in names.items()}

    def fill(self, statement: str) -> str:
        """The statement with its ``{records}``, ``{head}`` and so on replaced, ``{row}`` by a record's columns."""
        return statement.format_map({**self.names(), "row": _ROW, "id": self.id_type})


def existing(connection: psycopg.Connection[Any], layout: Layout, where: str) -> bool:
    """Whether there is a journal of ours. Raises a fault for somebody else's tables and for a newer format."""
    if connection.info.server_version < OLDEST_SERVER:
        found = connection.info.server_version // 10_000
        raise JournalUnavailableError(where=where, problem=f"PostgreSQL {found} is too old, 15 is needed")
    tables = connection.execute(
        "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
        " WHERE nspname = %s AND relkind IN ('r', 'p', 'v', 'm', 'f') AND (relname = %s OR %s) ORDER BY relname",
        (layout.schema, layout.table, layout.own_schema),
    ).fetchall()
    if not tables:
        return False
    try:
        row = connection.execute(
            layout.fill("SELECT format FROM {head} ORDER BY size DESC LIMIT 1")
        ).fetchone()
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn):
        row = None
    if row is None or not isinstance(row[0], int):
        names = ", ".join(str(table[0]) for table in tables[:3])
        raise ForeignFileError(where=where, problem=f"schema {layout.schema} holds other tables ({names})")
    if row[0] > FORMAT:
        raise NewerFileError(where=where, found=row[0], known=FORMAT)
    return True


def make(connection: psycopg.Connection[Any], layout: Layout, where: str) -> bool:
    """Make the journal unless there is one; True when made. Safe with any number of processes at once."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (MAKING,))
        if existing(connection, layout, where):
            return False
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise JournalUnavailableError(where=where, problem=f"its encoding is {encoding}, UTF8 is needed")
        # Asked first, for IF NOT EXISTS demands the right to make schemas even where there is one.
        there = "SELECT 1 FROM pg_namespace WHERE nspname = %s"
        if connection.execute(there, (layout.schema,)).fetchone() is None:
            connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(layout.schema)))
        connection.execute(_statements(layout), prepare=False)
    return True


def _statements(layout: Layout) -> Composed:
    """The text of ``postgres.sql`` with this journal's names."""
    text = (files(__package__) / "postgres.sql").read_text(encoding="utf-8")
    return SQL(text).format(
        **{part: SQL(name) for part, name in layout.names().items()},
        id=SQL(layout.id_type),
        id_column=SQL('text COLLATE "C"' if layout.id_type == "text" else layout.id_type),
        format=Literal(FORMAT),
        empty_root=Literal(EMPTY_ROOT),
        salt=Literal(secrets.token_bytes(32)),
        channel=Literal(layout.table),
    )


INIT_HINT = "run: dualguard init --admin-db URL"
_SENTENCES = {
    "55P03": "other writers held it for more than 10 s",
    "57014": "the server took too long and was interrupted",
    "25006": "it is a read-only standby; write to the primary",
    "53100": "the server's disk is full",
    "53300": "the server has no free connection",
    "3F000": f"there is no journal in it; {INIT_HINT}",
    "42P01": f"tables of the journal are missing; {INIT_HINT}",
    "42883": f"the journal's function is missing; {INIT_HINT}",
}


def fault(where: str, error: psycopg.Error) -> FaultError:
    """A server's refusal as a sentence for people; never with a password in it."""
    said = " ".join((error.diag.message_primary or str(error)).split())
    if error.sqlstate == "42501":
        problem = f"{said}; {INIT_HINT}"
    else:
        problem = _SENTENCES.get(error.sqlstate or "", said or type(error).__name__)
    return JournalUnavailableError(where=where, problem=problem)

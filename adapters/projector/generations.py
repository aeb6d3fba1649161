"""Which sets of tables stand in the views, how far each has come, and which one answers questions.

A projection's tables are made under the prefix of a *generation*. One generation is ``live`` and answers; a rebuild
fills another one (``building``) and takes its place; the former one is ``retired`` until somebody drops it. Every
change names what it changes from, so that of two processes that do the same one loses and nothing happens twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Executable,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    bindparam,
    delete,
    event,
    func,
    insert,
    literal_column,
    select,
    table,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import DropTable

from domain.language import Moment

LIVE = "live"
BUILDING = "building"
RETIRED = "retired"

METADATA = MetaData()
GENERATIONS = Table(
    "generations",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("role", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    Column("problem", Text),
    Column("problem_at", Text),
    Column("progressed_at", Text, nullable=False),
)


@event.listens_for(GENERATIONS, "after_create")
def _one_live(table: Table, connection: Connection, **_: Any) -> None:
    """Of a projection one generation is live; as text: as a column's option it would load every driver's dialect."""
    connection.exec_driver_sql("CREATE UNIQUE INDEX generations_live ON generations (name) WHERE role = 'live'")


@dataclass(frozen=True)
class Generation:
    """One set of tables. ``leaf`` is the seal's leaf of the record at ``position``: it tells whose journal this is.

    ``problem`` says why it stopped, at the record ``problem_at``.
    """

    name: str
    generation: int
    version: int
    role: str
    position: int
    leaf: bytes
    problem: str | None
    problem_at: str | None
    progressed_at: Moment

    @property
    def prefix(self) -> str:
        return f"{self.name}_g{self.generation}_"


def _one() -> Any:
    columns = GENERATIONS.c
    of_that = (columns.name == bindparam("of_name")) & (columns.generation == bindparam("of_generation"))
    return of_that & (columns.version == bindparam("of_version"))


_ALL = select(GENERATIONS).order_by(GENERATIONS.c.name, GENERATIONS.c.generation)
_NAMED = _ALL.where(GENERATIONS.c.name == bindparam("of_name"))
_ADVANCE = (
    update(GENERATIONS)
    .where(
        _one(),
        GENERATIONS.c.position == bindparam("was"),
        GENERATIONS.c.problem.is_(None),
        GENERATIONS.c.role != RETIRED,
    )
    .values(position=bindparam("now"), leaf=bindparam("leaf"), progressed_at=bindparam("at"))
)
_STOP = (
    update(GENERATIONS)
    .where(_one(), GENERATIONS.c.position == bindparam("was"), GENERATIONS.c.problem.is_(None))
    .values(problem=bindparam("why"), problem_at=bindparam("where"))
)
_ROLE = (
    update(GENERATIONS).where(_one(), GENERATIONS.c.role == bindparam("was")).values(role=bindparam("now"))
)
_REMOVE = delete(GENERATIONS).where(_one())


def all_generations(connection: Connection, name: str | None = None, lock: bool = False) -> list[Generation]:
    """The generations of one projection or of all, in order; ``lock`` keeps others from changing them."""
    query = _ALL if name is None else _NAMED
    if lock:
        query = query.with_for_update()
    return [Generation(*row) for row in connection.execute(query, {} if name is None else {"of_name": name})]


def live_one(generations: Sequence[Generation]) -> Generation | None:
    return next((one for one in generations if one.role == LIVE), None)


def start(connection: Connection, name: str, generation: int, version: int, role: str, at: Moment) -> bool:
    """Begin a generation at position 0, without tables yet; False when somebody else just did."""
    row = {
        "name": name,
        "generation": generation,
        "version": version,
        "role": role,
        "position": 0,
        "leaf": b"",
        "progressed_at": at,
    }
    try:
        with connection.begin_nested():
            connection.execute(insert(GENERATIONS), row)
    except IntegrityError:
        return False
    return True


def advance(connection: Connection, held: Generation, position: int, leaf: bytes, at: Moment) -> bool:
    """Move from the position that was read to a later one; False when the generation is no longer there."""
    values = {"was": held.position, "now": position, "leaf": leaf, "at": at}
    return _changed(connection, _ADVANCE, held, values)


def stop(connection: Connection, held: Generation, why: str, where: str) -> bool:
    """Write down why it cannot go on; False when it moved meanwhile."""
    return _changed(connection, _STOP, held, {"was": held.position, "why": why, "where": where})


def change_role(connection: Connection, held: Generation, role: str) -> bool:
    return _changed(connection, _ROLE, held, {"was": held.role, "now": role})


def remove(connection: Connection, held: Generation) -> bool:
    """Drop a generation and its tables, whatever they are; False when somebody else did."""
    if not _changed(connection, _REMOVE, held, {}):
        return False
    for name in table_names(connection, held.prefix):
        connection.execute(DropTable(Table(name, MetaData())))
    return True


def table_names(connection: Connection, prefix: str) -> list[str]:
    """The tables that begin with a prefix, in order of their names (in which they are locked, too)."""
    if connection.dialect.name == "postgresql":
        tables = table("pg_tables", Column("tablename", Text), Column("schemaname", Text))
        column, here = tables.c.tablename, tables.c.schemaname == func.current_schema()
    else:
        tables = table("sqlite_master", Column("name", Text), Column("type", Text))
        column, here = tables.c.name, tables.c.type == "table"
    query = select(column).where(here, func.substr(column, 1, literal_column(str(len(prefix)))) == prefix)
    return sorted(connection.execute(query).scalars())


def _changed(connection: Connection, statement: Executable, held: Generation, values: dict[str, Any]) -> bool:
    of = {"of_name": held.name, "of_generation": held.generation, "of_version": held.version}
    return connection.execute(statement, of | values).rowcount == 1

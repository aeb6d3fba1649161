"""How far each policy has come, when each body was looked at, each feed heard, and when the clock last beat.

The first two stand beside the views, disposable like them: losing them costs repeated work that adds nothing, because
every command carries its own id. The beat stands apart, beside the journal; were it lost too, the clock would not know
whether it was away before its next beat; when feeds were heard stands with it. None of them ever moves backwards.

All of it is about one journal. Where the journal was replaced by another one, everything is forgotten; where it was
restored from an earlier copy, how far policies had come is, since the records that follow are other ones.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    delete,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, ProgrammingError, SQLAlchemyError
from sqlalchemy.schema import CreateTable

from adapters.projector.reading import leaf_at
from domain.engine import Memory
from domain.language import SHARED, Day, Moment, stream_name
from domain.logbook import LOGBOOK, Logbook
from domain.refused import JournalUnavailableError

if TYPE_CHECKING:
    from adapters.journal.journal import EventJournal

log = logging.getLogger("dualguard.positions")
TABLES = MetaData()
POLICY_POSITIONS = Table(
    "policy_positions",
    TABLES,
    Column("name", String(200), primary_key=True),
    Column("position", BigInteger, nullable=False),
)
CLOCK_BEAT = Table(
    "clock_beat",
    TABLES,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("at", String(27).with_variant(String(27, collation="C"), "postgresql"), nullable=False),
)


FEEDS_HEARD = Table(
    "feeds_heard",
    TABLES,
    Column("feed", String(64), primary_key=True),
    Column("at", String(27).with_variant(String(27, collation="C"), "postgresql"), nullable=False),
)
BODIES_LOOKED_AT = Table(
    "bodies_looked_at",
    TABLES,
    Column("body", String(64), primary_key=True),
    Column("on", String(10), nullable=False),
    Column("again", String(10), nullable=False, index=True),
)
JOURNAL = Table(
    "of_journal",
    TABLES,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("salted", String(64), nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
)
"""Whose these tables are: a hash of the journal's salt; and the seal's leaf at the furthest position stored here."""
STRIDE = 1000
"""So many records a step may pass that mean nothing to it before it writes down how far it has come."""
BODIES = "bodies"
"""The name under which it is kept up to which record every body was looked at."""


def _value(table: Table) -> Any:
    key, value = table.columns
    return select(value).where(key == bindparam("of"))


_VALUE = {table: _value(table) for table in (POLICY_POSITIONS, CLOCK_BEAT, FEEDS_HEARD)}


@lru_cache
def _raising(table: Table, engine: str) -> Any:
    """Insert a key with its value, or raise the value that it has."""
    key, value = table.columns
    new = (postgresql.insert if engine == "postgresql" else sqlite.insert)(table)
    return new.on_conflict_do_update(
        index_elements=[key],
        set_={value: new.excluded[value.name]},
        where=value < new.excluded[value.name],
    )


OF_POLICIES = (POLICY_POSITIONS, BODIES_LOOKED_AT)
"""What says which records were followed."""


@lru_cache
def _marking(engine: str) -> Any:
    """Say whose the tables are, or how far they have come in the same journal."""
    held = JOURNAL.c
    new = (postgresql.insert if engine == "postgresql" else sqlite.insert)(JOURNAL)
    come = {"position": new.excluded.position, "leaf": new.excluded.leaf}
    return new.on_conflict_do_update(
        index_elements=[held.one],
        set_=come,
        where=(held.salted == new.excluded.salted) & (held.position < new.excluded.position),
    )


def _salted(salt: bytes) -> str:
    return sha256(b"whose\n" + salt).hexdigest()


class Positions:
    """These tables in one database (SQLite or PostgreSQL); every thread and process may use it.

    Tables are made at the first use. With a journal, what was stored for another one, or beyond what this one holds, is
    forgotten then. Raises ``JournalUnavailableError`` where the database cannot serve.
    """

    def __init__(self, engine: Engine, journal: EventJournal | None = None) -> None:
        self._engine = engine
        self._journal = journal
        self._made = False
        self._checked = journal is None

    def of(self, policy: str) -> int:
        """The last position up to which the policy did everything; 0 at the beginning."""
        found = self._one(POLICY_POSITIONS, policy)
        return 0 if found is None else int(found)

    def advance(self, policy: str, position: int) -> None:
        """Everything up to that position is done."""
        self.advance_these([policy], position)

    def these(self, policies: Sequence[str]) -> dict[str, int]:
        """The same of several policies."""
        held = POLICY_POSITIONS.c
        with self._served():
            self._make()
            with self._engine.connect() as connection:
                found = connection.execute(select(held.name, held.position).where(held.name.in_(policies)))
                return dict.fromkeys(policies, 0) | {name: int(position) for name, position in found}

    def advance_these(self, policies: Sequence[str], position: int) -> None:
        """Everything up to that position is done by all of them."""
        with self._served():
            self._make()
            row = {"one": 1, "salted": "", "position": position, "leaf": b""}
            if self._journal is not None:
                salted, leaf = _salted(self._journal.head().salt), leaf_at(self._journal, position)
                assert leaf or not position, f"no record stands at {position}"
                row |= {"salted": salted, "leaf": leaf}
            dialect = self._engine.dialect.name
            with self._engine.begin() as connection:
                connection.execute(
                    _raising(POLICY_POSITIONS, dialect),
                    [{"name": one, "position": position} for one in policies],
                )
                if self._journal is not None:
                    connection.execute(_marking(dialect), row)

    def advance_to_day(self, step: str, day: Day) -> None:
        """The step looked at everything up to that day; ``of`` gives the day's number."""
        self._raise_to(POLICY_POSITIONS, {"name": step, "position": dt.date.fromisoformat(day).toordinal()})

    def looked(self, body: str, on: Day, again: Day) -> None:
        """The clock looked at what the body owes, and looks again on a later day."""
        row = {"body": body, "on": on, "again": again}
        with self._served():
            self._make()
            insert: Any = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
            new = insert(BODIES_LOOKED_AT).values(row)
            latest = {"on": new.excluded.on, "again": new.excluded.again}
            with self._engine.begin() as connection:
                connection.execute(new.on_conflict_do_update(index_elements=["body"], set_=latest))

    def look_again(self, by: Day) -> dict[str, Day]:
        """The bodies to be looked at by that day, and when each was looked at last."""
        held = BODIES_LOOKED_AT.c
        with self._served():
            self._make()
            with self._engine.connect() as connection:
                query = select(held.body, held.on).where(held.again <= by).order_by(held.body)
                return {row.body: row.on for row in connection.execute(query)}

    def beat(self) -> Moment | None:
        """The end of the last complete tick, if one is known."""
        found = self._one(CLOCK_BEAT, 1)
        return None if found is None else str(found)

    def set_beat(self, at: Moment) -> None:
        """A tick is complete."""
        self._raise_to(CLOCK_BEAT, {"one": 1, "at": at})

    def last_heard(self, feed: str) -> Moment | None:
        """When the feed was last read, if that is known."""
        found = self._one(FEEDS_HEARD, feed)
        return None if found is None else str(found)

    def heard(self, feed: str, at: Moment) -> None:
        """The feed was read."""
        self._raise_to(FEEDS_HEARD, {"feed": feed, "at": at})

    # ------------------------------------------------------------------------------------------- inside

    def _one(self, table: Table, key: object) -> Any:
        with self._served():
            self._make()
            with self._engine.connect() as connection:
                return connection.scalar(_VALUE[table], {"of": key})

    def _raise_to(self, table: Table, *rows: dict[str, Any]) -> None:
        """Insert the rows, or raise their values; one statement that begins by writing, so that it waits its turn."""
        with self._served():
            self._make()
            with self._engine.begin() as connection:
                connection.execute(_raising(table, self._engine.dialect.name), list(rows))

    def _make(self) -> None:
        if not self._made:
            self._make_tables()
        if not self._checked:
            self._check()

    def _make_tables(self) -> None:
        for table in TABLES.sorted_tables:
            # PostgreSQL lets two that make a table at once collide; the second one then finds it.
            with contextlib.suppress(IntegrityError, ProgrammingError), self._engine.begin() as connection:
                connection.execute(CreateTable(table, if_not_exists=True))
        self._made = True

    def _check(self) -> None:
        """Once, as soon as there is a journal: forget what is not about this one, or not about what it holds now."""
        journal = self._journal
        assert journal is not None
        head = journal.head()
        if not head.salt:
            return
        salted, marked = _salted(head.salt), select(JOURNAL.c.salted, JOURNAL.c.position, JOURNAL.c.leaf)

        def forgotten(found: Any) -> tuple[Table, ...]:
            if found is None or found.salted != salted:
                return OF_POLICIES if found is None else (*OF_POLICIES, CLOCK_BEAT, FEEDS_HEARD)
            same = leaf_at(journal, found.position) == found.leaf
            return () if same else OF_POLICIES

        with self._engine.connect() as connection:
            found = connection.execute(marked).one_or_none()
        tables = forgotten(found)
        if tables:
            # It begins by writing, so that it waits its turn; another process may have come first.
            with self._engine.begin() as connection:
                connection.execute(delete(JOURNAL).where(JOURNAL.c.salted != salted))
                now = connection.execute(marked).one_or_none()
                if now is None or forgotten(now):
                    for table in (*tables, JOURNAL):
                        connection.execute(delete(table))
                    row = {"one": 1, "salted": salted, "position": 0, "leaf": b""}
                    connection.execute(_marking(self._engine.dialect.name), row)
        if tables and found is not None:
            log.warning(
                "what clock and policies had done was of another journal, or of a later copy: it is looked at again"
            )
        self._checked = True

    @contextlib.contextmanager
    def _served(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            where = self._engine.url.render_as_string(hide_password=True)
            problem = str(getattr(error, "orig", None) or error)
            raise JournalUnavailableError(where=where, problem=problem) from error


class ClockBeats:
    """When the clock was last known to be present: its beat, or the end of an absence that stands in the journal.

    The second matters after a crash between the two. Where the beat was lost, nothing is known: an old absence would
    make a false new one.
    """

    def __init__(self, positions: Positions, memory: Memory) -> None:
        self._positions = positions
        self._memory = memory

    def last(self) -> Moment | None:
        beat = self._positions.beat()
        if beat is None:
            return None
        logbook: Logbook = self._memory.folded(LOGBOOK, stream_name(LOGBOOK.name, SHARED), fresh=True).state
        return max(beat, logbook.away_until)

    def set(self, at: Moment) -> None:
        self._positions.set_beat(at)

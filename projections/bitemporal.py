"""What was so at that moment, as far as we knew by that record: the one place that answers on both clocks at once.

A *facet* is one aspect of a thing that moves by itself (a risk's level, its standing, its name), kept in one table.
Each row is what one record says of it: since ``true_from`` its columns hold these values, known from ``position`` on.
What holds at a moment, as known by a record, is the row with the greatest (true_from, position) among those that had
begun and were known. An end (a risk retired) is a value too.

Rows are only inserted, never touched again: a question about the past has one answer for ever, and a view built again
from the records equals the one that followed them. A late entry needs no other row to be read or written.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, TypedDict, Unpack

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, FromClause, Select, Table

from projections.bulk import TEXT, add, add_first

TRUE_FOREVER = "9999-12-31T23:59:59.999999Z"
KNOWN_FOREVER = 2**62

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,49}")  # PostgreSQL takes 63 bytes, and an index's name is longer
_KEY = ("scope", "code")
_FRAME = ("scope", "code", "true_from", "position")  # before the columns of values


class Entry(NamedTuple):
    """What one record says of one facet of one thing: since ``happened_at`` its columns hold ``values``."""

    position: int
    scope: str
    code: str
    happened_at: str
    values: Mapping[str, object]


class BitemporalError(ValueError):
    """The caller broke this module's contract (a fault, never a person's mistake)."""


def facet_table(
    metadata: sa.MetaData, name: str, columns: list[sa.Column[Any]], scope_first: bool = True
) -> Table:
    """The table of one facet, in the order in which questions seek: thing, moment, record.

    ``columns`` are fresh Column objects for the values: texts, integers or booleans (more goes in as JSON text).
    ``scope_first=False`` sorts by code before scope, for what is asked of one code in all bodies (the roles that a
    person holds anywhere); give it to ``entity_table`` too.
    """
    for column in columns:
        if not isinstance(column.type, sa.String | sa.Integer | sa.Boolean):
            raise BitemporalError(f"column {name}.{column.name} is neither text, integer nor boolean")
    if not columns or not _NAME.fullmatch(name):
        raise BitemporalError(f"table {name!r} needs a column, and a name of at most 50 of a-z, 0-9 and _")
    return Table(
        name,
        metadata,
        *(sa.Column(text, TEXT, nullable=False) for text in _FRAME[:3]),
        sa.Column("position", sa.BigInteger, nullable=False, autoincrement=False),
        *columns,
        sa.PrimaryKeyConstraint(*(_KEY if scope_first else _KEY[::-1]), "true_from", "position"),
        sqlite_with_rowid=False,
    )


def entity_table(metadata: sa.MetaData, name: str, scope_first: bool = True) -> Table:
    """The table that lists each thing once, with the first position that speaks of it; shared by all its facets."""
    return Table(
        name,
        metadata,
        *(sa.Column(text, TEXT, nullable=False) for text in _KEY),
        sa.Column("first_position", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint(*(_KEY if scope_first else _KEY[::-1])),
        sqlite_with_rowid=False,
    )


def apply(connection: Connection, facet_table: Table, entity_table: Table, entries: Sequence[Entry]) -> None:
    """Write a batch of entries, in order of position, inside the caller's transaction.

    However a history is cut into batches, the same rows result. Of two entries of one record about the same moment of
    a thing the later one stands. Raises BitemporalError for an entry out of order, a moment not in the fixed form, or
    values that are not exactly the facet's columns; a batch that was written before violates the primary key.
    """
    apply_facets(connection, entity_table, [(facet_table, entries)])


def apply_facets(
    connection: Connection, entity_table: Table, batches: Iterable[tuple[Table, Sequence[Entry]]]
) -> None:
    """``apply`` for several facets of the same things; their list is written once."""
    first: dict[tuple[str, str], int] = {}
    for facet, entries in batches:
        if not entries:
            continue
        rows = _rows(facet, entries)
        for scope, code, _, position, *_ in rows:
            held = first.get((scope, code))
            if held is None or position < held:
                first[scope, code] = position
        add(connection, facet, rows)
    add_first(connection, entity_table, [(*thing, position) for thing, position in first.items()])


class Page(TypedDict, total=False):
    """Which part of a list: one code; what follows a code (of a scope, in a list of all bodies); at most so many."""

    code: str | None
    after_code: str | None
    after_scope: str | None
    limit: int | None


def as_of(
    connection: Connection,
    facet: Table,
    entity: Table,
    *,
    scope: str | None,
    true_at: str,
    known_at: int,
    **page: Unpack[Page],
) -> list[sa.RowMapping]:
    """The facet of each thing as of the moment ``true_at``, by the records up to and including ``known_at``.

    One row a thing, in order of scope and code, with every column; absent is what was not yet, or not yet known.
    ``scope=None`` asks all bodies. Faster, with the same answer, where ``true_at`` is not after the time at which
    ``known_at`` was recorded: then only late entries are stepped over.
    """
    asked = _asked(scope, true_at, known_at, **page)
    query = _single(facet, entity, connection.dialect.name, frozenset(asked))
    return list(connection.execute(query, asked).mappings())


def current(
    connection: Connection, facet: Table, entity: Table, *, scope: str | None, **page: Unpack[Page]
) -> list[sa.RowMapping]:
    """The facet of each thing by all that is known: ``as_of`` with both clocks at their end."""
    return as_of(connection, facet, entity, scope=scope, true_at=TRUE_FOREVER, known_at=KNOWN_FOREVER, **page)


def as_of_joined(
    connection: Connection,
    entity: FromClause,
    facets: Sequence[Table],
    *,
    scope: str | None,
    true_at: str = TRUE_FOREVER,
    known_at: int = KNOWN_FOREVER,
    given: Mapping[str, object] | None = None,
    **page: Unpack[Page],
) -> list[sa.RowMapping]:
    """Several facets of each thing in one statement; without moment and position: as it is now.

    A row holds scope, code and the value columns of all facets (whose names must differ), and for each facet, called
    after its first value column, ``<facet>_true_from`` and ``<facet>_position``. A facet without an answer is None; a
    thing without any answer is absent. ``entity`` may be a sub-select of some things, with the same three columns; it
    SHOULD be made once, for the statement is kept with it, and ``given`` are the parameters that it has itself.
    """
    asked = _asked(scope, true_at, known_at, **page)
    query = _joined(tuple(facets), entity, connection.dialect.name, frozenset(asked))
    return list(connection.execute(query, {**asked, **(given or {})}).mappings())


def _asked(scope: str | None, true_at: str, known_at: int, **page: Unpack[Page]) -> dict[str, object]:
    """The parameters of a question; without clocks where both stand at their end."""
    if unknown := page.keys() - Page.__annotations__.keys():
        raise BitemporalError(f"a question knows no {', '.join(sorted(unknown))}")
    _check_moment(true_at)
    asked: dict[str, object] = {name: value for name, value in page.items() if value is not None}
    if scope is not None:
        asked.pop("after_scope", None)
        asked["scope"] = scope
    elif ("after_code" in asked) != ("after_scope" in asked):
        raise BitemporalError("a page over all bodies continues after both a scope and a code")
    if true_at < TRUE_FOREVER or known_at < KNOWN_FOREVER:
        asked |= {"true_at": true_at, "known_at": min(known_at, KNOWN_FOREVER - 1)}
    return asked


def _check_moment(moment: str) -> None:
    if not _MOMENT.fullmatch(moment):
        raise BitemporalError(f"moment {moment!r} is not of the form YYYY-MM-DDTHH:MM:SS.ffffffZ")


def _rows(facet: Table, entries: Sequence[Entry]) -> list[tuple[Any, ...]]:
    """The rows of a batch, in the order of the table's columns; refuses what ``apply`` says it refuses."""
    names = [column.name for column in facet.columns][len(_FRAME) :]
    read = _reader(names)
    rows: list[tuple[Any, ...]] = []
    begun: dict[tuple[str, str, str], int] = {}  # of the present record: (thing, moment) -> its place in rows
    last, moment = -1, ""
    for position, scope, code, happened_at, values in entries:
        if position != last:
            if position < max(last, 1):
                raise BitemporalError(f"{facet.name}: record {position} stands after record {max(last, 1)}")
            last = position
            begun.clear()
        if happened_at != moment:
            _check_moment(happened_at)
            if happened_at == TRUE_FOREVER:
                raise BitemporalError(f"{facet.name}: record {last} happened at the end of time")
            moment = happened_at
        if len(values) != len(names):
            raise BitemporalError(f"{facet.name}: record {last} sets {sorted(values)}, not {sorted(names)}")
        try:
            row = (scope, code, happened_at, position, *read(values))
        except KeyError as error:
            raise BitemporalError(
                f"{facet.name}: record {last} sets {sorted(values)}, not {sorted(names)}"
            ) from error
        at = begun.setdefault((scope, code, happened_at), len(rows))
        if at < len(rows):
            rows[at] = row
        else:
            rows.append(row)
    return rows


def _reader(names: Sequence[str]) -> Callable[[Mapping[str, object]], tuple[object, ...]]:
    """Reads the values of these names, in their order."""
    if len(names) > 1:
        return itemgetter(*names)
    [name] = names
    return lambda values: (values[name],)


def _seek(span: FromClause, of: FromClause, asked: Collection[str]) -> Select[Any]:
    """Of the rows of a thing that had begun and were known the last one: one step down the table."""
    query = sa.select(span).where(span.c.scope == of.c.scope, span.c.code == of.c.code)
    if "known_at" in asked:
        known_at: ColumnElement[int] = sa.bindparam("known_at", type_=sa.BigInteger())
        query = query.where(span.c.true_from <= sa.bindparam("true_at"), span.c.position <= known_at)
    query = query.order_by(span.c.true_from.desc(), span.c.position.desc())
    return query.limit(sa.literal_column("1")).correlate(of)


def _answer(
    source: FromClause, facet: Table, entity: FromClause, engine: str, asked: Collection[str], outer: bool
) -> tuple[FromClause, FromClause]:
    """Join to each thing its answer; returns the join and the answer's columns."""
    span = facet.alias()
    found = _seek(span, entity, asked)
    if engine == "postgresql":
        answer = found.lateral()
        return source.join(answer, sa.true(), isouter=outer), answer
    row = sa.tuple_(facet.c.true_from, facet.c.position)
    last = found.with_only_columns(span.c.true_from, span.c.position).scalar_subquery()
    same = sa.and_(facet.c.scope == entity.c.scope, facet.c.code == entity.c.code, row == last)
    return source.join(facet, same, isouter=outer), facet


def _paged(query: Select[Any], entity: FromClause, asked: Collection[str]) -> Select[Any]:
    query = query.order_by(entity.c.scope, entity.c.code)
    if "known_at" in asked:
        query = query.where(entity.c.first_position <= sa.bindparam("known_at"))
    for name in _KEY:
        if name in asked:
            query = query.where(entity.c[name] == sa.bindparam(name))
    if "after_scope" in asked:
        after = sa.tuple_(sa.bindparam("after_scope", type_=TEXT), sa.bindparam("after_code", type_=TEXT))
        query = query.where(sa.tuple_(entity.c.scope, entity.c.code) > after)
    elif "after_code" in asked:
        query = query.where(entity.c.code > sa.bindparam("after_code"))
    return query.limit(sa.bindparam("limit", type_=sa.Integer())) if "limit" in asked else query


@lru_cache(maxsize=256)
def _single(facet: Table, entity: Table, engine: str, asked: frozenset[str]) -> Select[Any]:
    source, answer = _answer(entity, facet, entity, engine, asked, outer=False)
    return _paged(sa.select(*answer.c).select_from(source), entity, asked)


@lru_cache(maxsize=256)
def _joined(facets: tuple[Table, ...], entity: FromClause, engine: str, asked: frozenset[str]) -> Select[Any]:
    columns: list[ColumnElement[Any]] = [entity.c.scope, entity.c.code]
    answered: list[ColumnElement[bool]] = []
    source: FromClause = entity
    for facet in facets:
        source, answer = _answer(source, facet, entity, engine, asked, outer=True)
        values = list(answer.c)[len(_FRAME) :]
        columns += values
        columns += (answer.c[name].label(f"{values[0].name}_{name}") for name in ("true_from", "position"))
        answered.append(answer.c.position.is_not(None))
    names = [column.name for column in columns]
    if len(set(names)) < len(names):
        raise BitemporalError(f"facets asked together must name their columns differently: {names}")
    return _paged(sa.select(*columns).select_from(source).where(sa.or_(*answered)), entity, asked)

"""What was so at that moment, as far as we knew by that record: the one place that answers on both clocks at once.

A *facet* is one aspect of a thing that moves by itself (a risk's level, its standing, its name), kept in one table.
Each row is a rectangle: so from ``true_from`` until ``true_until``, by the records from ``known_from`` on and before
``known_until``; ``position`` names the record that says so. What holds is the greatest (happened_at, position).
A late entry closes the rectangle that contains its moment and writes the two parts anew.

Rows MUST only be inserted; of a row written earlier only ``known_until`` is ever set. So every question about the past
gets the same answer for ever, and a view built again from the records equals the view that followed them.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Executable,
    FromClause,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    RowMapping,
    Select,
    String,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    func,
    insert,
    literal_column,
    or_,
    select,
    text,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeEngine

TRUE_FOREVER = "9999-12-31T23:59:59.999999Z"
KNOWN_FOREVER = 2**62

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,49}")
# The partial index serves only where the constant stands literally in the SQL (measured on SQLite).
_OPEN = f"known_until = {KNOWN_FOREVER}"
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")  # one order of codes on both engines
_ID = BigInteger().with_variant(Integer(), "sqlite")
_FRAME = ("id", "scope", "code", "true_from", "true_until", "known_from", "known_until", "position")


class Entry(NamedTuple):
    """What one record says of one facet of one thing: since ``happened_at`` its columns hold ``values``."""

    position: int
    scope: str
    code: str
    happened_at: str
    values: Mapping[str, object]


class BitemporalError(ValueError):
    """The caller broke this module's contract (a fault, never a person's mistake)."""


def facet_table(metadata: MetaData, name: str, columns: list[Column[Any]], scope_first: bool = True) -> Table:
    """The table of one facet, with its two indexes.

    ``columns`` are fresh Column objects for the values: texts, integers or booleans (more goes in as JSON text).
    ``scope_first=False`` sorts by code before scope, for what is asked of one code in all bodies (the roles that a
    person holds anywhere); give it to ``entity_table`` too.
    """
    for column in columns:
        if not isinstance(column.type, Text | String | Integer | Boolean):
            raise BitemporalError(f"column {name}.{column.name} is neither text, integer nor boolean")
    key = ("scope", "code") if scope_first else ("code", "scope")
    return Table(
        _checked_name(name),
        metadata,
        Column("id", _ID, primary_key=True, autoincrement=True),
        Column("scope", _TEXT, nullable=False),
        Column("code", _TEXT, nullable=False),
        Column("true_from", _TEXT, nullable=False),
        Column("true_until", _TEXT, nullable=False),
        Column("known_from", BigInteger, nullable=False),
        Column("known_until", BigInteger, nullable=False),
        Column("position", BigInteger, nullable=False),
        *columns,
        Index(
            f"ix_{name}_open",
            *key,
            "known_until",  # always the same here; without it SQLite takes the other index and walks what is closed
            "true_from",
            unique=True,  # a batch applied twice at once fails instead of writing overlapping rectangles
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
            postgresql_include=["id"],
        ),
        Index(f"ix_{name}_as_of", *key, "true_from", "known_from", "known_until"),
    )


def entity_table(metadata: MetaData, name: str, scope_first: bool = True) -> Table:
    """The table that lists each thing once, with the first position that speaks of it; shared by all its facets."""
    return Table(
        _checked_name(name),
        metadata,
        Column("scope", _TEXT, nullable=False),
        Column("code", _TEXT, nullable=False),
        Column("first_position", BigInteger, nullable=False),
        PrimaryKeyConstraint(*(("scope", "code") if scope_first else ("code", "scope"))),
        sqlite_with_rowid=False,
    )


def apply(connection: Connection, facet_table: Table, entity_table: Table, entries: Sequence[Entry]) -> None:
    """Write a batch of entries, in order of position, inside the caller's transaction.

    However a history is cut into batches, the same rows result, apart from ``id``. Raises BitemporalError for an entry
    out of order, a moment not in the fixed form, or values that are not exactly the facet's columns.
    """
    if not entries:
        return
    engine = _engine(connection)
    names = [column.name for column in facet_table.columns][len(_FRAME) :]
    _check(facet_table.name, entries, frozenset(names))
    moments = {(entry.scope, entry.code, entry.happened_at) for entry in entries}
    things = _things(connection.execute(_touched(facet_table, engine), _as_given(moments)).all())

    closed: list[_Span] = []
    born: list[_Span] = []
    first_seen: dict[tuple[str, str], int] = {}
    for position, scope, code, happened_at, values in entries:
        thing = things.get((scope, code))
        if thing is None:
            thing = things[scope, code] = _Thing([], [])
            first_seen[scope, code] = position
        new = _Span(
            None, scope, code, happened_at, TRUE_FOREVER, position, position, tuple(map(values.get, names))
        )
        born.append(new)
        at = bisect_right(thing.starts, happened_at) - 1
        if at < 0:  # before all that we know of it
            if thing.starts:
                new.true_until = thing.starts[0]
            thing.starts.insert(0, happened_at)
            thing.spans.insert(0, new)
            continue
        held = thing.spans[at]
        if position < held.known_from:
            raise BitemporalError(
                f"{facet_table.name}: record {position} about {scope}/{code} comes after record {held.known_from}"
            )
        held.known_until = position
        if held.id is not None:
            closed.append(held)
        new.true_until = held.true_until
        if held.true_from == happened_at:
            thing.spans[at] = new
            continue
        cut = _Span(None, scope, code, held.true_from, happened_at, position, held.position, held.values)
        born.append(cut)
        thing.spans[at] = cut
        thing.starts.insert(at + 1, happened_at)
        thing.spans.insert(at + 1, new)

    if first_seen:
        listed = [
            {"scope": key[0], "code": key[1], "first_position": first} for key, first in first_seen.items()
        ]
        connection.execute(_listing(entity_table, engine), listed)
    if closed:
        ends = [(span.id, span.known_until) for span in closed]
        connection.execute(_closing(facet_table, engine), _as_given(ends))
    _write(connection, facet_table, engine, [span.row() for span in born])


def as_of(
    connection: Connection,
    facet: Table,
    entity: Table,
    *,
    scope: str | None,
    true_at: str,
    known_at: int,
    code: str | None = None,
    after_code: str | None = None,
    after_scope: str | None = None,
    limit: int | None = None,
) -> list[RowMapping]:
    """The facet of each thing as of the moment ``true_at``, by the records up to and including ``known_at``.

    One row a thing, by scope and code, with every column but ``id``; a thing of which nothing was known of that moment
    is absent. ``scope=None`` asks all bodies. A page continues after ``after_code`` (and ``after_scope``, if ``scope``
    is None). ``true_from`` and ``true_until`` are as seen from ``known_at``; ``known_until`` may have been set since.
    """
    asked = _asked(scope=scope, code=code, after_code=after_code, after_scope=after_scope, limit=limit)
    asked |= _clocks(true_at, known_at)
    query = _single(facet, entity, _engine(connection), frozenset(asked))
    return list(connection.execute(query, asked).mappings())


def current(
    connection: Connection,
    facet: Table,
    entity: Table,
    *,
    scope: str | None,
    code: str | None = None,
    after_code: str | None = None,
    after_scope: str | None = None,
    limit: int | None = None,
) -> list[RowMapping]:
    """The facet of each thing by all that is known: ``as_of`` with both clocks at their end, over the smaller index."""
    asked = _asked(scope=scope, code=code, after_code=after_code, after_scope=after_scope, limit=limit)
    query = _single(facet, entity, _engine(connection), frozenset(asked))
    return list(connection.execute(query, asked).mappings())


def as_of_joined(
    connection: Connection,
    entity: Table,
    facets: Sequence[Table],
    *,
    scope: str | None,
    true_at: str = TRUE_FOREVER,
    known_at: int = KNOWN_FOREVER,
    code: str | None = None,
    after_code: str | None = None,
    after_scope: str | None = None,
    limit: int | None = None,
) -> list[RowMapping]:
    """Several facets of each thing in one statement; without moment and position: as it is now.

    A row holds scope, code and the value columns of all facets (whose names must differ), and for each facet, called
    after its first value column, ``<facet>_true_from`` and ``<facet>_position``. A facet without an answer is None; a
    thing without any answer is absent. Paging as in ``as_of``.
    """
    asked = _asked(scope=scope, code=code, after_code=after_code, after_scope=after_scope, limit=limit)
    asked |= _clocks(true_at, known_at)
    query = _joined(tuple(facets), entity, _engine(connection), frozenset(asked))
    return list(connection.execute(query, asked).mappings())


def _asked(**conditions: str | int | None) -> dict[str, str | int]:
    """The conditions of a question that are set, checked for a page without its body."""
    asked = {name: value for name, value in conditions.items() if value is not None}
    if "scope" in asked:
        asked.pop("after_scope", None)
    elif ("after_code" in asked) != ("after_scope" in asked):
        raise BitemporalError("a page over all bodies continues after both a scope and a code")
    return asked


def _clocks(true_at: str, known_at: int) -> dict[str, str | int]:
    """Both clocks as parameters; none where both stand at their end, which the smaller index answers."""
    _check_moment(true_at)
    if true_at == TRUE_FOREVER and known_at >= KNOWN_FOREVER:
        return {}
    return {"true_at": true_at, "known_at": min(known_at, KNOWN_FOREVER - 1)}


def _checked_name(name: str) -> str:
    if not _NAME.fullmatch(name):  # 63 bytes is PostgreSQL's limit, and the index names are longer
        raise BitemporalError(f"table name {name!r} must be at most 50 lower-case letters, digits and _")
    return name


def _check_moment(moment: str) -> None:
    if not _MOMENT.fullmatch(moment):
        raise BitemporalError(f"moment {moment!r} is not of the form YYYY-MM-DDTHH:MM:SS.ffffffZ")


def _check(table: str, entries: Sequence[Entry], names: frozenset[str]) -> None:
    last = 1
    for entry in entries:
        if entry.position < last:
            raise BitemporalError(f"{table}: record {entry.position} stands after record {last}")
        last = entry.position
        _check_moment(entry.happened_at)
        if entry.happened_at == TRUE_FOREVER:
            raise BitemporalError(f"{table}: record {last} happened at the end of time")
        if entry.values.keys() != names:
            raise BitemporalError(f"{table}: record {last} sets {sorted(entry.values)}, not {sorted(names)}")


@dataclass(slots=True)
class _Span:
    """One rectangle, in memory; ``id`` is None as long as it is not written."""

    id: int | None
    scope: str
    code: str
    true_from: str
    true_until: str
    known_from: int
    position: int
    values: tuple[object, ...]
    known_until: int = KNOWN_FOREVER

    def row(self) -> tuple[object, ...]:
        return (
            self.scope,
            self.code,
            self.true_from,
            self.true_until,
            self.known_from,
            self.known_until,
            self.position,
            *self.values,
        )


class _Thing(NamedTuple):
    """The currently known rectangles of one thing that a batch touches, by ``true_from``."""

    starts: list[str]
    spans: list[_Span]


def _things(rows: Iterable[Sequence[Any]]) -> dict[tuple[str, str], _Thing]:
    things: dict[tuple[str, str], _Thing] = {}
    for id, scope, code, true_from, true_until, known_from, position, *values in sorted(
        rows, key=lambda row: row[3]
    ):
        thing = things.setdefault((scope, code), _Thing([], []))
        thing.starts.append(true_from)
        thing.spans.append(_Span(id, scope, code, true_from, true_until, known_from, position, tuple(values)))
    return things


def _engine(connection: Connection) -> str:
    name = connection.dialect.name
    if name not in ("sqlite", "postgresql"):
        raise BitemporalError(f"both clocks are kept in SQLite or PostgreSQL, not in {name}")
    return name


def _given(engine: str, columns: Mapping[str, TypeEngine[Any]]) -> FromClause:
    """The rows of the parameter ``given``, a JSON array of arrays: one statement for a batch of any size."""
    rows = bindparam("given", type_=Text())
    parts: list[ColumnElement[Any]] = []
    if engine == "postgresql":
        row: ColumnElement[Any] = func.jsonb_array_elements(cast(rows, postgresql.JSONB)).column_valued("row")
        for at, type_ in enumerate(columns.values()):
            parts.append(cast(row.op("->>")(literal_column(str(at))), type_))
    else:
        row = func.json_each(rows).table_valued("value", name="row").c.value
        for at, type_ in enumerate(columns.values()):
            parts.append(func.json_extract(row, literal_column(f"'$[{at}]'"), type_=type_))
    return select(*(part.label(name) for part, name in zip(parts, columns, strict=True))).subquery("given")


def _as_given(rows: Iterable[Sequence[object]]) -> dict[str, str]:
    return {"given": json.dumps(list(rows), ensure_ascii=False)}


def _open(facet: FromClause) -> ColumnElement[bool]:
    return facet.c.known_until == literal_column(str(KNOWN_FOREVER))


def _seek(
    what: Select[Any], facet: FromClause, of: FromClause, *conditions: ColumnElement[bool]
) -> Select[Any]:
    """Of the rectangles of a thing that meet the conditions the last one begun: one step down an index."""
    same = and_(facet.c.scope == of.c.scope, facet.c.code == of.c.code)
    return (
        what.where(same, *conditions)
        .order_by(facet.c.true_from.desc())
        .limit(literal_column("1"))
        .correlate(of)
    )


@lru_cache(maxsize=64)
def _touched(facet: Table, engine: str) -> Select[Any]:
    """For each (scope, code, moment) the open rectangle that contains the moment, or else the first one after it."""
    wanted = _given(engine, {"scope": _TEXT, "code": _TEXT, "moment": _TEXT})
    span = facet.alias("span")
    containing = _seek(select(span.c.id), span, wanted, _open(span), span.c.true_from <= wanted.c.moment)
    following = _seek(select(span.c.id), span, wanted, _open(span), span.c.true_from > wanted.c.moment)
    following = following.order_by(None).order_by(span.c.true_from)
    found = func.coalesce(containing.scalar_subquery(), following.scalar_subquery()).label("id")
    ids = select(found).select_from(wanted).distinct().subquery("ids")
    columns = [column for column in facet.columns if column.name != "known_until"]
    return select(*columns).join(ids, ids.c.id == facet.c.id)


@lru_cache(maxsize=64)
def _closing(facet: Table, engine: str) -> Executable:
    ends = _given(engine, {"id": BigInteger(), "known_until": BigInteger()})
    return update(facet).values(known_until=ends.c.known_until).where(facet.c.id == ends.c.id)


@lru_cache(maxsize=64)
def _listing(entity: Table, engine: str) -> Executable:
    # One facet may be brought up to date before another, so a later batch may name an earlier position.
    new = postgresql.insert(entity) if engine == "postgresql" else sqlite.insert(entity)
    position = new.excluded.first_position
    earlier: ColumnElement[bool] = position < entity.c.first_position
    return new.on_conflict_do_update(
        index_elements=list(entity.primary_key.columns), set_={"first_position": position}, where=earlier
    )


def _write(connection: Connection, facet: Table, engine: str, rows: Sequence[tuple[object, ...]]) -> None:
    columns = {column.name: column.type for column in facet.columns if column.name != "id"}
    if engine == "postgresql":
        given = select(_given(engine, columns))
        connection.execute(insert(facet).from_select(list(columns), given), _as_given(rows))
    else:  # half the cost of the way through JSON, on this engine
        statement = insert(facet).compile(dialect=connection.dialect, column_keys=list(columns))
        connection.exec_driver_sql(str(statement), list(rows))


def _answer(
    source: FromClause, facet: Table, entity: Table, engine: str, asked: Collection[str], outer: bool
) -> tuple[FromClause, FromClause]:
    """Join to each thing its answer; returns the join and the answer's columns."""
    span = facet.alias()
    if "known_at" in asked:
        # Rectangles leave no gap from the first one to forever, so the last one begun holds the moment.
        known_at: ColumnElement[int] = bindparam("known_at", type_=BigInteger())
        known = and_(span.c.known_from <= known_at, span.c.known_until > known_at)
        holds = and_(span.c.true_from <= bindparam("true_at"), known)
    else:
        holds = _open(span)
    if engine == "postgresql":  # it would evaluate a sub-select in a join condition twice
        answer = _seek(select(span), span, entity, holds).lateral()
        return source.join(answer, true(), isouter=outer), answer
    id = _seek(select(span.c.id), span, entity, holds).scalar_subquery()
    return source.join(facet, facet.c.id == id, isouter=outer), facet


def _paged(query: Select[Any], entity: Table, asked: Collection[str]) -> Select[Any]:
    query = query.order_by(entity.c.scope, entity.c.code)
    if "known_at" in asked:
        query = query.where(entity.c.first_position <= bindparam("known_at"))
    if "scope" in asked:
        query = query.where(entity.c.scope == bindparam("scope"))
    if "code" in asked:
        query = query.where(entity.c.code == bindparam("code"))
    if "after_scope" in asked:
        after = tuple_(bindparam("after_scope", type_=_TEXT), bindparam("after_code", type_=_TEXT))
        query = query.where(tuple_(entity.c.scope, entity.c.code) > after)
    elif "after_code" in asked:
        query = query.where(entity.c.code > bindparam("after_code"))
    return query.limit(bindparam("limit", type_=Integer())) if "limit" in asked else query


@lru_cache(maxsize=256)
def _single(facet: Table, entity: Table, engine: str, asked: frozenset[str]) -> Select[Any]:
    source, answer = _answer(entity, facet, entity, engine, asked, outer=False)
    columns = [column for column in answer.c if column.name != "id"]
    return _paged(select(*columns).select_from(source), entity, asked)


@lru_cache(maxsize=256)
def _joined(facets: tuple[Table, ...], entity: Table, engine: str, asked: frozenset[str]) -> Select[Any]:
    columns: list[ColumnElement[Any]] = [entity.c.scope, entity.c.code]
    answered: list[ColumnElement[bool]] = []
    source: FromClause = entity
    for facet in facets:
        source, answer = _answer(source, facet, entity, engine, asked, outer=True)
        values = list(answer.c)[len(_FRAME) :]
        columns += values
        columns += (answer.c[name].label(f"{values[0].name}_{name}") for name in ("true_from", "position"))
        answered.append(answer.c.id.is_not(None))
    names = [column.name for column in columns]
    if len(set(names)) < len(names):
        raise BitemporalError(f"facets asked together must name their columns differently: {names}")
    return _paged(select(*columns).select_from(source).where(or_(*answered)), entity, asked)

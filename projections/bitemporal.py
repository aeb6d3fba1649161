"""What was so at that moment, as far as we knew by that record: the one place that answers on both clocks at once.

A *facet* is one aspect of a thing that moves by itself (a risk's level, its standing, its name), kept in one table.
Each row is a rectangle: so from ``true_from`` until ``true_until``, by the records from ``known_from`` on and before
``known_until``; ``position`` names the record that says so. What holds is the greatest (happened_at, position). A late
entry closes the rectangle that contains its moment and writes its parts anew. An end (a risk retired) is a value too.

Rows MUST only be inserted, and only ``known_until`` is ever set: a question about the past has one answer for ever, and
a view built again from the records equals the one that followed them.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, TypedDict, Unpack

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, FromClause, Select, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB

TRUE_FOREVER = "9999-12-31T23:59:59.999999Z"
KNOWN_FOREVER = 2**62

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,49}")  # PostgreSQL takes 63 bytes, and an index's name is longer
_OPEN = f"known_until = {KNOWN_FOREVER}"  # a partial index serves only where the constant stands in the SQL itself
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # one order of codes on both engines
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KEY = ("scope", "code")
_TEXTS = (*_KEY, "true_from", "true_until")
_POSITIONS = ("known_from", "known_until", "position")
_FRAME = 1 + len(_TEXTS) + len(_POSITIONS)  # where the columns of values begin


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
    """The table of one facet, with its two indexes.

    ``columns`` are fresh Column objects for the values: texts, integers or booleans (more goes in as JSON text).
    ``scope_first=False`` sorts by code before scope, for what is asked of one code in all bodies (the roles that a
    person holds anywhere); give it to ``entity_table`` too.
    """
    for column in columns:
        if not isinstance(column.type, sa.String | sa.Integer | sa.Boolean):
            raise BitemporalError(f"column {name}.{column.name} is neither text, integer nor boolean")
    if not columns or not _NAME.fullmatch(name):
        raise BitemporalError(f"table {name!r} needs a column, and a name of at most 50 of a-z, 0-9 and _")
    key = _KEY if scope_first else _KEY[::-1]
    return Table(
        name,
        metadata,
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        *(sa.Column(text, _TEXT, nullable=False) for text in _TEXTS),
        *(sa.Column(position, sa.BigInteger, nullable=False) for position in _POSITIONS),
        *columns,
        sa.Index(
            f"ix_{name}_open",
            *key,
            "known_until",  # always the same here; without it SQLite takes the other index and walks what is closed
            "true_from",
            unique=True,  # a batch applied twice at once fails instead of writing overlapping rectangles
            sqlite_where=sa.text(_OPEN),
            postgresql_where=sa.text(_OPEN),
            postgresql_include=["id"],
        ),
        sa.Index(f"ix_{name}_as_of", *key, "true_from", "known_from", "known_until"),
    )


def entity_table(metadata: sa.MetaData, name: str, scope_first: bool = True) -> Table:
    """The table that lists each thing once, with the first position that speaks of it; shared by all its facets."""
    return Table(
        name,
        metadata,
        *(sa.Column(text, _TEXT, nullable=False) for text in _KEY),
        sa.Column("first_position", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint(*(_KEY if scope_first else _KEY[::-1])),
        sqlite_with_rowid=False,
    )


def apply(connection: Connection, facet_table: Table, entity_table: Table, entries: Sequence[Entry]) -> None:
    """Write a batch of entries, in order of position, inside the caller's transaction.

    However a history is cut into batches, the same rows result, apart from ``id``. Raises BitemporalError for an entry
    out of order, a moment not in the fixed form, or values that are not exactly the facet's columns.
    """
    if not entries:
        return
    engine = connection.dialect.name
    names = [column.name for column in facet_table.columns][_FRAME:]
    _check(facet_table.name, entries, frozenset(names))
    moments = {(entry.scope, entry.code, entry.happened_at) for entry in entries}
    things = _spans(connection.execute(_touched(facet_table, engine), _as_given(moments)).all())
    closed: list[_Span] = []
    born: list[_Span] = []
    first_seen: dict[tuple[str, str], int] = {}
    for position, scope, code, happened_at, values in entries:
        spans = things.setdefault((scope, code), [])
        if not spans:
            first_seen[scope, code] = position
        until = spans[0].true_from if spans else TRUE_FOREVER
        at = bisect_right(spans, happened_at, key=attrgetter("true_from"))
        if at > 0:
            held = spans[at - 1]
            if position < held.known_from:
                raise BitemporalError(f"{scope}/{code}: record {position} after {held.known_from}")
            until = held.true_until
            held.known_until = position
            if held.id is not None:
                closed.append(held)
            if held.true_from < happened_at:
                before = (held.true_from, happened_at, position, KNOWN_FOREVER, held.position, held.values)
                spans[at - 1] = _Span(None, scope, code, *before)
                born.append(spans[at - 1])
            else:
                at -= 1
                del spans[at]
        said = tuple(values[name] for name in names)
        spans.insert(
            at, _Span(None, scope, code, happened_at, until, position, KNOWN_FOREVER, position, said)
        )
        born.append(spans[at])

    if first_seen:
        listed = [{"scope": key[0], "code": key[1], "first_position": first_seen[key]} for key in first_seen]
        connection.execute(_listing(entity_table, engine), listed)
    if closed:
        ends = [(span.id, span.known_until) for span in closed]
        connection.execute(_closing(facet_table, engine), _as_given(ends))
    _write(connection, facet_table, engine, [span.row() for span in born])


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

    One row a thing, in order of scope and code, with every column but ``id``; absent is what was not yet, or not yet
    known. ``scope=None`` asks all bodies. The true times are as seen from ``known_at``; ``known_until`` may be later.
    Faster, with the same answer, where ``true_at`` is not after the time at which ``known_at`` was recorded.
    """
    asked = _asked(scope, true_at, known_at, **page)
    query = _single(facet, entity, connection.dialect.name, frozenset(asked))
    return list(connection.execute(query, asked).mappings())


def current(
    connection: Connection, facet: Table, entity: Table, *, scope: str | None, **page: Unpack[Page]
) -> list[sa.RowMapping]:
    """The facet of each thing by all that is known: ``as_of`` with both clocks at their end, over the smaller index."""
    return as_of(connection, facet, entity, scope=scope, true_at=TRUE_FOREVER, known_at=KNOWN_FOREVER, **page)


def as_of_joined(
    connection: Connection,
    entity: FromClause,
    facets: Sequence[Table],
    *,
    scope: str | None,
    true_at: str = TRUE_FOREVER,
    known_at: int = KNOWN_FOREVER,
    **page: Unpack[Page],
) -> list[sa.RowMapping]:
    """Several facets of each thing in one statement; without moment and position: as it is now.

    A row holds scope, code and the value columns of all facets (whose names must differ), and for each facet, called
    after its first value column, ``<facet>_true_from`` and ``<facet>_position``. A facet without an answer is None; a
    thing without any answer is absent. ``entity`` may be a sub-select of some things, with the same three columns.
    """
    asked = _asked(scope, true_at, known_at, **page)
    build = _joined if isinstance(entity, Table) else _joined.__wrapped__  # a sub-select is new each time
    query = build(tuple(facets), entity, connection.dialect.name, frozenset(asked))
    return list(connection.execute(query, asked).mappings())


def _asked(scope: str | None, true_at: str, known_at: int, **page: Unpack[Page]) -> dict[str, object]:
    """The parameters of a question; without clocks where both stand at their end, which the smaller index answers."""
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
    known_until: int
    position: int
    values: tuple[object, ...]

    def row(self) -> tuple[object, ...]:
        true, known = (self.true_from, self.true_until), (self.known_from, self.known_until)
        return (self.scope, self.code, *true, *known, self.position, *self.values)


def _spans(rows: Iterable[Sequence[Any]]) -> dict[tuple[str, str], list[_Span]]:
    """The open rectangles that a batch touches, of each thing in order of time."""
    things: dict[tuple[str, str], list[_Span]] = {}
    for row in sorted(rows, key=itemgetter(3)):
        span = _Span(*(*row[:_FRAME], tuple(row[_FRAME:])))
        things.setdefault((span.scope, span.code), []).append(span)
    return things


def _given(engine: str, columns: Mapping[str, sa.types.TypeEngine[Any]]) -> FromClause:
    """The rows of the parameter ``given``, a JSON array of arrays: one statement for a batch of any size."""
    rows = sa.bindparam("given", type_=sa.Text())
    row: ColumnElement[Any]
    if engine == "postgresql":
        row = sa.func.jsonb_array_elements(sa.cast(rows, JSONB), type_=JSONB()).column_valued("row")
    else:
        row = sa.type_coerce(sa.func.json_each(rows).table_valued("value", name="row").c.value, sa.JSON())
    parts = (sa.cast(row[at].as_string(), type_) for at, type_ in enumerate(columns.values()))
    return sa.select(*map(ColumnElement.label, parts, columns)).subquery("given")


def _as_given(rows: Collection[Sequence[object]]) -> dict[str, str]:
    return {"given": json.dumps([*rows], ensure_ascii=False)}


def _open(facet: FromClause) -> ColumnElement[bool]:
    return facet.c.known_until == sa.literal_column(str(KNOWN_FOREVER))


def _seek(span: FromClause, of: FromClause, holds: ColumnElement[bool], last: bool = True) -> Select[Any]:
    """Of the rectangles of a thing for which something holds the last (or first) one: one step down an index."""
    same = sa.and_(span.c.scope == of.c.scope, span.c.code == of.c.code)
    order = span.c.true_from.desc() if last else span.c.true_from
    return sa.select(span).where(same, holds).order_by(order).limit(sa.literal_column("1")).correlate(of)


def _id(found: Select[Any], span: FromClause) -> sa.ScalarSelect[Any]:
    return found.with_only_columns(span.c.id).scalar_subquery()


@lru_cache(maxsize=64)
def _touched(facet: Table, engine: str) -> Select[Any]:
    """For each (scope, code, moment) the open rectangle that contains the moment, or else the first one after it."""
    wanted = _given(engine, {"scope": _TEXT, "code": _TEXT, "moment": _TEXT})
    span = facet.alias("span")
    containing = _seek(span, wanted, sa.and_(_open(span), span.c.true_from <= wanted.c.moment))
    following = _seek(span, wanted, sa.and_(_open(span), span.c.true_from > wanted.c.moment), last=False)
    found = sa.func.coalesce(_id(containing, span), _id(following, span)).label("id")
    ids = sa.select(found).select_from(wanted).distinct().subquery("ids")
    return sa.select(facet).join(ids, ids.c.id == facet.c.id)


@lru_cache(maxsize=64)
def _closing(facet: Table, engine: str) -> sa.Executable:
    ends = _given(engine, {"id": sa.BigInteger(), "known_until": sa.BigInteger()})
    return sa.update(facet).values(known_until=ends.c.known_until).where(facet.c.id == ends.c.id)


@lru_cache(maxsize=64)
def _listing(entity: Table, engine: str) -> sa.Executable:
    # One facet may be brought up to date before another, so a later batch may name an earlier position.
    new = postgresql.insert(entity) if engine == "postgresql" else sqlite.insert(entity)
    first = {"first_position": new.excluded.first_position}
    earlier: ColumnElement[bool] = new.excluded.first_position < entity.c.first_position
    return new.on_conflict_do_update(index_elements=_KEY, set_=first, where=earlier)


def _write(connection: Connection, facet: Table, engine: str, rows: Sequence[tuple[object, ...]]) -> None:
    columns = {column.name: column.type for column in facet.columns if column.name != "id"}
    if engine == "postgresql":
        given = sa.select(_given(engine, columns))
        connection.execute(sa.insert(facet).from_select(list(columns), given), _as_given(rows))
    else:  # half the cost of the way through JSON, on this engine
        statement = sa.insert(facet).compile(dialect=connection.dialect, column_keys=list(columns))
        connection.exec_driver_sql(str(statement), list(rows))


def _answer(
    source: FromClause, facet: Table, entity: FromClause, engine: str, asked: Collection[str], outer: bool
) -> tuple[FromClause, FromClause]:
    """Join to each thing its answer; returns the join and the answer's columns."""
    span = facet.alias()
    if "known_at" in asked:
        # Rectangles leave no gap from the first one to forever, so the last one begun holds the moment.
        known_at: ColumnElement[int] = sa.bindparam("known_at", type_=sa.BigInteger())
        known = sa.and_(span.c.known_from <= known_at, span.c.known_until > known_at)
        holds = sa.and_(span.c.true_from <= sa.bindparam("true_at"), known)
    else:
        holds = _open(span)
    found = _seek(span, entity, holds)
    if engine == "postgresql":  # it would evaluate a sub-select in a join condition twice
        answer = found.lateral()
        return source.join(answer, sa.true(), isouter=outer), answer
    return source.join(facet, facet.c.id == _id(found, span), isouter=outer), facet


def _paged(query: Select[Any], entity: FromClause, asked: Collection[str]) -> Select[Any]:
    query = query.order_by(entity.c.scope, entity.c.code)
    if "known_at" in asked:
        query = query.where(entity.c.first_position <= sa.bindparam("known_at"))
    for name in _KEY:
        if name in asked:
            query = query.where(entity.c[name] == sa.bindparam(name))
    if "after_scope" in asked:
        after = sa.tuple_(sa.bindparam("after_scope", type_=_TEXT), sa.bindparam("after_code", type_=_TEXT))
        query = query.where(sa.tuple_(entity.c.scope, entity.c.code) > after)
    elif "after_code" in asked:
        query = query.where(entity.c.code > sa.bindparam("after_code"))
    return query.limit(sa.bindparam("limit", type_=sa.Integer())) if "limit" in asked else query


@lru_cache(maxsize=256)
def _single(facet: Table, entity: Table, engine: str, asked: frozenset[str]) -> Select[Any]:
    source, answer = _answer(entity, facet, entity, engine, asked, outer=False)
    columns = [column for column in answer.c if column.name != "id"]
    return _paged(sa.select(*columns).select_from(source), entity, asked)


@lru_cache(maxsize=256)
def _joined(facets: tuple[Table, ...], entity: FromClause, engine: str, asked: frozenset[str]) -> Select[Any]:
    columns: list[ColumnElement[Any]] = [entity.c.scope, entity.c.code]
    answered: list[ColumnElement[bool]] = []
    source: FromClause = entity
    for facet in facets:
        source, answer = _answer(source, facet, entity, engine, asked, outer=True)
        values = list(answer.c)[_FRAME:]
        columns += values
        columns += (answer.c[name].label(f"{values[0].name}_{name}") for name in ("true_from", "position"))
        answered.append(answer.c.id.is_not(None))
    names = [column.name for column in columns]
    if len(set(names)) < len(names):
        raise BitemporalError(f"facets asked together must name their columns differently: {names}")
    return _paged(sa.select(*columns).select_from(source).where(sa.or_(*answered)), entity, asked)

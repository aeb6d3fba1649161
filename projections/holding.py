"""Which things were in a given state at that moment, as far as known by that record: a filter for lists on two clocks.

It reads the rows of ``projections.bitemporal``: a row decides where no later one of the same thing had begun and was
known.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Label,
    Table,
    and_,
    bindparam,
    exists,
    literal_column,
    select,
    tuple_,
)

from projections.bitemporal import KNOWN_FOREVER, TRUE_FOREVER


class Condition(NamedTuple):
    """What must hold of one facet: its column is that value, or (``equal`` False) is another one."""

    facet: Table
    column: str
    value: str
    equal: bool = True


def holding(conditions: tuple[Condition, ...], true_at: str, known_at: int) -> FromClause:
    """The things of which every condition held then; stands where ``bitemporal`` asks for the table of all things.

    The statement that it stands in brings the moment and the position as its parameters ``true_at`` and ``known_at``;
    here it only matters whether both clocks stand at their end.
    """
    return _holding(conditions, true_at == TRUE_FOREVER and known_at >= KNOWN_FOREVER)


@lru_cache(maxsize=256)
def _holding(conditions: tuple[Condition, ...], now: bool) -> FromClause:
    first = conditions[0].facet
    source: FromClause = first
    for facet in [one.facet for one in conditions[1:]]:
        source = source.join(facet, and_(facet.c.scope == first.c.scope, facet.c.code == first.c.code))
    # bitemporal only compares it with "known_at", and what holds here was known by then.
    zero: Label[int] = literal_column("0").label("first_position")
    wanted = select(first.c.scope, first.c.code, zero).select_from(source)
    for facet, column, value, equal in conditions:
        held = facet.c[column] == value if equal else facet.c[column] != value
        wanted = wanted.where(held, *_then(facet, now), _last(facet, now))
    return wanted.subquery("holding")


def _last(facet: Table, now: bool) -> ColumnElement[bool]:
    """No other row of the same thing came after this one."""
    later = facet.alias()
    after = tuple_(later.c.true_from, later.c.position) > tuple_(facet.c.true_from, facet.c.position)
    same = and_(later.c.scope == facet.c.scope, later.c.code == facet.c.code)
    return ~exists().where(same, after, *_then(later, now)).correlate(facet)


def _then(facet: FromClause, now: bool) -> list[ColumnElement[bool]]:
    """What had begun and was known."""
    if now:
        return []
    true_at: ColumnElement[str] = bindparam("true_at")
    known_at: ColumnElement[int] = bindparam("known_at", type_=BigInteger())
    return [facet.c.true_from <= true_at, facet.c.position <= known_at]

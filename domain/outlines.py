"""Outlines on a drawing: a closed line of points that encloses a place and never crosses or touches itself.

Coordinates are exact decimals in the drawing's own measure (or in degrees), so that no rounding decides what crosses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.labels import Term, Thing
from domain.language import Number
from domain.refused import NotAnOutline

MOST_POINTS = 500
"""Enough for the plan of a plant; more would be a picture, and each line is compared with each other one."""

Exact = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Point:
    """A corner, as decimals written in text."""

    x: Number
    y: Number


def need_outline(what: Thing, points: Sequence[Point]) -> None:
    """At least three corners, none of them twice, and no two sides that meet elsewhere; or ``NotAnOutline``."""
    if not 3 <= len(points) <= MOST_POINTS:
        why = "too_few_points" if len(points) < 3 else "too_many_points"
        raise NotAnOutline(what=what, why=Term(why), where=[len(points)])
    corners: list[Exact] = [(Fraction(one.x), Fraction(one.y)) for one in points]
    first: dict[Exact, int] = {}
    for number, corner in enumerate(corners, start=1):
        if corner in first:
            raise NotAnOutline(what=what, why=Term("point_twice"), where=[first[corner], number])
        first[corner] = number
    crossing = _crossing(corners)
    if crossing is not None:
        raise NotAnOutline(what=what, why=Term("crosses_itself"), where=[crossing[0] + 1, crossing[1] + 1])


def _crossing(corners: Sequence[Exact]) -> tuple[int, int] | None:
    """The first two sides that meet where they should not, by the numbers of their first corners; None for none."""
    count = len(corners)
    sides = [(corners[at], corners[(at + 1) % count]) for at in range(count)]
    for one in range(count):
        for other in range(one + 1, count):
            if other - one in (1, count - 1):
                before, shared, after = _joined(sides[one], sides[other])
                if _turn(before, shared, after) == 0 and _ahead(shared, before, after):
                    return one, other
            elif _meet(*sides[one], *sides[other]):
                return one, other
    return None


def _joined(one: tuple[Exact, Exact], other: tuple[Exact, Exact]) -> tuple[Exact, Exact, Exact]:
    """Two neighbouring sides as corner, shared corner, corner."""
    if one[1] == other[0]:
        return one[0], one[1], other[1]
    return other[0], other[1], one[1]


def _turn(a: Exact, b: Exact, c: Exact) -> int:
    """1 for a turn to the left on the way a, b, c; -1 to the right; 0 straight on or straight back."""
    cross = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (cross > 0) - (cross < 0)


def _ahead(of: Exact, one: Exact, other: Exact) -> bool:
    """Whether two points on a line through ``of`` lie on the same side of it: the outline runs back over itself."""
    return (one[0] - of[0]) * (other[0] - of[0]) + (one[1] - of[1]) * (other[1] - of[1]) > 0


def _meet(a: Exact, b: Exact, c: Exact, d: Exact) -> bool:
    """Whether the sides a-b and c-d share a point."""
    turns = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if turns[0] != turns[1] and turns[2] != turns[3]:
        return True
    touching = ((a, b, c), (a, b, d), (c, d, a), (c, d, b))
    return any(turn == 0 and _between(*three) for turn, three in zip(turns, touching, strict=True))


def _between(a: Exact, b: Exact, c: Exact) -> bool:
    """Whether c, which lies on the line through a and b, lies between them."""
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])

"""What is known of a body's tree of units when the next decision about it is made."""

from __future__ import annotations

from dataclasses import dataclass

from domain.language import Moment, but
from domain.layers import Layers, found, put

LEAVES: frozenset[str] = frozenset({"post", "equipment", "activity"})
"""Kinds that are not divided further."""


@dataclass(frozen=True)
class Unit:
    """``last_at`` is its own last step; ``parts`` counts the units in use directly below, ``parts_at`` is when one
    came or left."""

    kind: str
    name: str
    parent: str | None
    since: Moment
    last_at: Moment
    parts: int = 0
    parts_at: Moment = ""
    retired: bool = False


@dataclass(frozen=True)
class Tree:
    """All units of a body; ``moved_at`` is when the last move was."""

    units: Layers[Unit] = ()
    moved_at: Moment = ""

    def of(self, unit: str) -> Unit | None:
        return found(self.units, unit)

    def line(self, unit: str) -> tuple[str, ...]:
        """The unit and everything above it, from itself to the top."""
        line: list[str] = []
        above: str | None = unit
        while above is not None and above not in line:
            line.append(above)
            held = self.of(above)
            above = None if held is None else held.parent
        return tuple(line)

    def having(self, code: str, unit: Unit) -> Tree:
        return but(self, units=put(self.units, code, unit))

    def changing(self, code: str, at: Moment, **changes: str | bool | None) -> Tree:
        """The tree after a step of one unit; the same where there is no such unit."""
        unit = self.of(code)
        return self if unit is None else self.having(code, but(unit, last_at=at, **changes))

    def counting(self, code: str | None, more: int, at: Moment) -> Tree:
        """The tree after a part came to that unit or left it."""
        unit = None if code is None else self.of(code)
        if code is None or unit is None:
            return self
        return self.having(code, but(unit, parts=unit.parts + more, parts_at=max(unit.parts_at, at)))

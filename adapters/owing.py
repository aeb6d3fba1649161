"""The bodies as the clock looks at them: their facts from the view, and what is remembered of the last look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from adapters.positions import BODIES, STRIDE, Positions
from domain.language import Day

if TYPE_CHECKING:
    from adapters.projector.projector import Projector
    from projections.duty_facts import Owing


PAGE = 100
"""Bodies held in memory at once."""


class OwingBodies:
    """Over the view of facts; what is remembered stands beside the views and is disposable like them."""

    def __init__(self, projector: Projector, positions: Positions) -> None:
        self._projector = projector
        self._positions = positions
        self._head = 0
        self._today: Day = ""
        self._changed = False
        self._since = 0
        self._through: tuple[int, Day] | None = None  # up to which record and day this process looked at all

    def catch_up(self) -> int:
        from projections.duty_facts import DUTY_FACTS

        self._head = int(self._projector.follow([DUTY_FACTS.name])[DUTY_FACTS.name])
        return self._head

    def waiting(self, today: Day) -> Iterator[tuple[Owing, Day | None]]:
        from projections.duty_facts import DUTY_FACTS, changed_since

        self._today = today
        if self._through == (self._head, today):
            return
        again, self._since = self._positions.look_again(today), self._positions.of(BODIES)
        with self._projector.reader(DUTY_FACTS.name) as (connection, tables):
            changed = frozenset(changed_since(connection, tables, self._since))
        self._changed = bool(changed)
        names = sorted({*again, *changed})
        for at in range(0, len(names), PAGE):
            for one in self.read(names[at : at + PAGE]):
                yield one, None if one.facts.body in changed else again.get(one.facts.body)

    def read(self, names: Sequence[str]) -> list[Owing]:
        """All that decides what these bodies owe, as the view has it now."""
        from projections.duty_facts import DUTY_FACTS, owing

        with self._projector.reader(DUTY_FACTS.name) as (connection, tables):
            return list(owing(connection, tables, names))

    def looked(self, body: str, on: Day, again: Day) -> None:
        self._positions.looked(body, on, again)

    def seen(self, position: int) -> None:
        if self._changed or position - self._since > STRIDE:
            self._positions.advance(BODIES, position)
            self._changed, self._since = False, position
        self._through = (position, self._today)

"""The bodies as the clock looks at them: their facts from the view, and what is remembered of the last look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from adapters.positions import BODIES, Positions
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

    def catch_up(self) -> int:
        from projections.duty_facts import DUTY_FACTS

        return int(self._projector.follow([DUTY_FACTS.name])[DUTY_FACTS.name])

    def waiting(self, today: Day) -> Iterator[tuple[Owing, Day | None]]:
        from projections.duty_facts import DUTY_FACTS, changed_since, owing

        again = self._positions.look_again(today)
        with self._projector.reader(DUTY_FACTS.name) as (connection, tables):
            changed = frozenset(changed_since(connection, tables, self._positions.of(BODIES)))
        names = sorted({*again, *changed})
        for at in range(0, len(names), PAGE):
            with self._projector.reader(DUTY_FACTS.name) as (connection, tables):
                found = list(owing(connection, tables, names[at : at + PAGE]))
            for one in found:
                yield one, None if one.facts.body in changed else again.get(one.facts.body)

    def looked(self, body: str, on: Day, again: Day) -> None:
        self._positions.looked(body, on, again)

    def seen(self, position: int) -> None:
        self._positions.advance(BODIES, position)

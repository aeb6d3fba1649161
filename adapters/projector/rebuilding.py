"""A view is built anew beside the one that answers, and takes its place in one transaction when it has come as far.

A rebuild that died leaves a generation behind; a new version's is gone on with by whoever comes next, an ordered one is
dropped by the next order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from adapters.projector.generations import (
    BUILDING,
    LIVE,
    RETIRED,
    Generation,
    advance,
    all_generations,
    change_role,
    live_one,
    remove,
)
from adapters.projector.reading import MOST, leaf_at, page
from adapters.projector.stepping import OvertakenError, Steps, StumbledError
from domain.refused import JournalUnavailableError
from projections.projection import Projection

Progress = Callable[[int, int], None]
"""Told how far a rebuild is: position and head."""


def begin_rebuild(steps: Steps, projection: Projection[Any], join: bool) -> Generation:
    """A generation to build: a new one, or with ``join`` the one of this version that is being built already."""
    while True:
        with steps.views.writing() as connection:
            found = all_generations(connection, projection.name, lock=True)
            for one in found:
                if one.role == BUILDING:
                    if join and one.version == projection.version:
                        return one
                    remove(connection, one)
            number = 1 + max((one.generation for one in found), default=0)
            begun = steps.begin(connection, projection, number, BUILDING)
            if begun:
                now = all_generations(connection, projection.name)
                return next(one for one in now if one.generation == number)


def complete(
    steps: Steps, projection: Projection[Any], held: Generation, progress: Progress | None
) -> Generation:
    """Build until it has taken its place; returns the live generation, or the one that stopped at a problem."""
    while True:
        head = steps.journal.head().size
        while held.role == BUILDING and held.problem is None and held.position < head:
            if progress is not None:
                progress(held.position, head)
            held = steps.step(projection, held, head) or _standing(steps, projection, held)
        if held.role == LIVE or held.problem is not None or _take_place(steps, projection, held):
            if progress is not None and held.problem is None:
                progress(held.position, head)
            sweep(steps, projection.name)
            return held if held.problem is not None else _standing(steps, projection, held)
        held = _standing(steps, projection, held)


def drop_failed(steps: Steps, projection: Projection[Any]) -> None:
    """Drop a rebuild that stopped; kept only for a version that is not live yet, so that nobody begins it again."""
    with steps.views.writing() as connection:
        found = all_generations(connection, projection.name, lock=True)
        live = live_one(found)
        for one in found:
            idle = live is None or live.version == projection.version
            if idle and one.role == BUILDING and one.problem is not None:
                remove(connection, one)


def sweep(steps: Steps, name: str) -> None:
    """Drop what a swap left behind; what somebody still reads is left for the next time."""
    try:
        with steps.views.writing() as connection:
            steps.views.hurry(connection)
            for one in all_generations(connection, name):
                if one.role == RETIRED:
                    remove(connection, one)
    except JournalUnavailableError:
        return


def _standing(steps: Steps, projection: Projection[Any], held: Generation) -> Generation:
    """How the rebuild stands; when another process replaced or finished it, that one's."""
    with steps.views.reading() as connection:
        found = all_generations(connection, projection.name)
    fitting = [one for one in found if one.version == projection.version and one.role != RETIRED]
    for one in fitting:
        if one.generation == held.generation:
            return one
    for one in fitting:
        if one.role == BUILDING or one.generation > held.generation:
            return one
    raise JournalUnavailableError(
        where=steps.views.name, problem=f"the rebuild of {projection.name} was dropped by another process"
    )


def _take_place(steps: Steps, projection: Projection[Any], held: Generation) -> bool:
    """Swap, if what the live one is ahead by fits into one batch; False to build on first."""
    try:
        with steps.views.writing() as connection:
            found = all_generations(connection, projection.name, lock=True)
            mine = next((one for one in found if one.generation == held.generation), None)
            live = live_one(found)
            if mine is None or mine.role != BUILDING or mine.problem is not None:
                return False
            if live is not None and mine.position < live.position:
                journal, kinds = steps.journal, projection.kinds
                records, position = page(journal, kinds, mine.position, MOST, live.position)
                if position < live.position:
                    return False
                if not advance(connection, mine, position, leaf_at(journal, position), steps.clock()):
                    raise OvertakenError
                steps.apply(projection, records, connection, steps.tables(projection, mine.generation)[1])
            steps.views.measure(connection, steps.tables(projection, mine.generation)[0])
            if live is not None and not change_role(connection, live, RETIRED):
                raise OvertakenError
            if not change_role(connection, mine, LIVE):
                raise OvertakenError
    except (OvertakenError, StumbledError):
        return False
    return True

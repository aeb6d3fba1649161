"""One batch: the records that a projection has not seen yet change its tables and its position, all or nothing."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, MetaData
from sqlalchemy.exc import DBAPIError

from adapters.journal.journal import EventJournal
from adapters.projector.generations import BUILDING, Generation, advance, all_generations, start, stop
from adapters.projector.reading import PATIENT, SECONDS, Pace, leaf_at, page
from adapters.projector.views import Views
from adapters.uncollected import uncollected
from domain.language import Moment
from domain.records import Record
from domain.refused import BrokenRecordError
from projections.projection import Projection

Built = tuple[MetaData, Any]
"""The tables of one generation: all of them, and as the projection names them."""
PROBLEM_ROOM = 500
"""How much is kept of what a failed projection said."""

log = logging.getLogger("dualguard.projector")


class OvertakenError(Exception):
    """Another process changed the generation first; the transaction is rolled back."""


class StumbledError(Exception):
    """A projection could not apply its records; the transaction is rolled back."""


class Steps:
    """Makes the tables of generations and moves them on, batch by batch; every thread may use it."""

    def __init__(self, journal: EventJournal, views: Views, clock: Callable[[], Moment]) -> None:
        self.journal = journal
        self.views = views
        self.clock = clock
        self._built: dict[tuple[str, int], Built] = {}
        self._paces: dict[tuple[str, bool], Pace] = {}

    def tables(self, projection: Projection[Any], generation: int) -> Built:
        """What the tables of a generation are called, whether or not they exist."""
        key = (projection.name, generation)
        built = self._built.get(key)
        if built is None:
            metadata = MetaData()
            built = (metadata, projection.tables(metadata, f"{projection.name}_g{generation}_"))
            for old in [one for one in self._built if one[0] == projection.name and one[1] < generation - 1]:
                self._built.pop(old, None)
            self._built[key] = built
        return built

    def begin(self, connection: Connection, projection: Projection[Any], generation: int, role: str) -> bool:
        """Begin a generation with empty tables; False when another process just did."""
        if not start(connection, projection.name, generation, projection.version, role, self.clock()):
            return False
        self.tables(projection, generation)[0].create_all(connection, checkfirst=False)
        return True

    def again(self, held: Generation) -> Generation | None:
        """The generation as it stands now; None when it is gone."""
        with self.views.reading() as connection:
            found = all_generations(connection, held.name)
        return next((one for one in found if one.generation == held.generation), None)

    def step(self, projection: Projection[Any], held: Generation, until: int) -> Generation | None:
        """Move one batch on, at most to ``until``; returns how it stands then, None when another one was first.

        A record that cannot be applied is found by halving the batch; then the generation is stopped there.
        """
        with uncollected():
            return self._step(projection, held, until)

    def _step(self, projection: Projection[Any], held: Generation, until: int) -> Generation | None:
        alone = held.role == BUILDING and not self.views.one_writer
        pace = self._paces.setdefault((projection.name, alone), Pace(aim=PATIENT if alone else SECONDS))
        size = pace.size
        try:
            records, position = page(self.journal, projection.kinds, held.position, size, until)
        except BrokenRecordError as error:
            return self._stumbled(projection, held, pace, size, until, error.values["position"], error)
        leaf, at = leaf_at(self.journal, position), self.clock()
        began = time.perf_counter()
        try:
            with self.views.writing() as connection:
                began = time.perf_counter()
                if not advance(connection, held, position, leaf, at):
                    raise OvertakenError
                self.apply(projection, records, connection, self.tables(projection, held.generation)[1])
        except OvertakenError:
            return None
        except StumbledError as error:
            first, last = records[0].position, records[-1].position
            return self._stumbled(projection, held, pace, len(records), last, first, error.__cause__)
        pace.took(len(records), position, time.perf_counter() - began)
        return replace(held, position=position, leaf=leaf, progressed_at=at)

    def apply(
        self, projection: Projection[Any], records: Sequence[Record], connection: Connection, tables: Any
    ) -> None:
        """Let the projection change its tables; ``StumbledError`` when that is its own fault."""
        if not records:
            return
        try:
            projection.apply(records, connection, tables)
        except DBAPIError as error:
            if self.views.cannot_serve(error):
                raise
            raise StumbledError from error
        except MemoryError:
            raise
        except Exception as error:
            raise StumbledError from error

    def _stumbled(
        self,
        projection: Projection[Any],
        held: Generation,
        pace: Pace,
        records: int,
        until: int,
        position: object,
        error: BaseException | None,
    ) -> Generation | None:
        if records > 1:
            pace.narrow(records, until)
            return held
        why = f"{type(error).__name__}: {error}"[:PROBLEM_ROOM]
        log.error("projection %s stopped at position %s: %s", projection.name, position, why)
        log.debug("how projection %s stopped", projection.name, exc_info=error)
        with self.views.writing() as connection:
            if not stop(connection, held, why, str(position)):
                return None
        return replace(held, problem=why, problem_at=str(position))

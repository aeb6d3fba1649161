"""Lets the views follow the records: in batches, from any number of processes at once, each record exactly once.

Rows and position change in one transaction, and only from the position that was read: who comes second rolls back and
reads again. A projection that fails stops at its record, and only its own questions fail. A new version of one is built
beside the live tables and takes their place when it has come as far. Views of another journal are thrown away.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, MetaData

from adapters.journal.journal import EventJournal
from adapters.journal.wallclock import wall_clock
from adapters.projector.comparing import CheckResult, compare
from adapters.projector.generations import (
    LIVE,
    RETIRED,
    Generation,
    all_generations,
    live_one,
    remove,
)
from adapters.projector.reading import MOST, leaf_at, page, position_at
from adapters.projector.rebuilding import Progress, begin_rebuild, complete, drop_failed, sweep
from adapters.projector.status import Status, failed_build, failure, need_sound, status_of
from adapters.projector.stepping import Steps
from adapters.projector.views import Views, ViewsLostError
from domain.language import Moment
from domain.refused import (
    BadField,
    JournalUnavailableError,
)
from projections.projection import Projection

R = TypeVar("R")
TRIES = 3
"""How often one call starts over because the views were lost or another process swapped them."""

log = logging.getLogger("dualguard.projector")


class Projector:
    """Follows one journal into its views; every thread may use it, and several processes at once.

    ``projections`` by name may come from an index that loads each when it is first taken. ``clock`` only says when a
    view last progressed. Every method raises ``JournalUnavailableError`` where the journal or the views cannot serve,
    and refuses (``BadField``) a projection that does not exist.
    """

    def __init__(
        self,
        journal: EventJournal,
        views: Views,
        projections: Collection[Projection[Any]] | Mapping[str, Projection[Any]],
        clock: Callable[[], Moment] = wall_clock,
    ) -> None:
        self.journal = journal
        self.views = views
        self._projections: Mapping[str, Projection[Any]] = (
            projections if isinstance(projections, Mapping) else {one.name: one for one in projections}
        )
        self._steps = Steps(journal, views, clock)
        self._verified = False

    def names(self) -> list[str]:
        return list(self._projections)

    def close(self) -> None:
        self.views.close()

    # ------------------------------------------------------------------------------------------- following

    def follow(self, names: Iterable[str] | None = None, until: int | None = None) -> dict[str, int]:
        """Catch up with the journal's present head, or with ``until``; returns the position of each projection.

        One that has failed stays where it is, as does one that a newer program made.
        """
        chosen = self._chosen(names)
        reached = self._renewing(lambda: self._follow(chosen, until))
        return {name: live.position for name, live in reached.items()}

    def wait_for(self, position: int, names: Iterable[str] | None = None) -> None:
        """Follow until that position; raises ``ProjectionFailedError`` where one cannot come so far."""
        chosen = self._chosen(names)
        reached = self._renewing(lambda: self._follow(chosen, position))
        for one in chosen:
            live = reached[one.name]
            if live.problem is not None or live.version != one.version:
                need_sound(self.views.name, one, self._renewing(self._generations)[one.name])
            if live.position < position:
                problem = f"the journal ends before position {position}"
                raise JournalUnavailableError(where=self.journal.ledger.name, problem=problem)

    def _follow(self, chosen: Sequence[Projection[Any]], until: int | None) -> dict[str, Generation]:
        generations = self._generations()
        head = self.journal.head().size
        if not self._verified:
            generations = self._verify(generations, head)
        target = head if until is None else min(until, head)
        return {one.name: self._bring(one, generations.get(one.name, []), target) for one in chosen}

    def _bring(self, projection: Projection[Any], found: Sequence[Generation], until: int) -> Generation:
        live = self._live(projection, found)
        while live.version == projection.version and live.problem is None and live.position < until:
            moved = self._steps.step(projection, live, until)
            live = moved or self._live(projection, self._generations().get(projection.name, []))
        return live

    def _live(self, projection: Projection[Any], found: Sequence[Generation]) -> Generation:
        """The live generation, begun where there is none and built anew where its version is older than ours."""
        for _ in range(TRIES):
            live = live_one(found)
            if live is not None and live.version >= projection.version:
                if any(one.role == RETIRED for one in found):
                    sweep(self._steps, projection.name)
                return live
            if live is None:
                number = 1 + max((one.generation for one in found), default=0)
                with self.views.writing() as connection:
                    self._steps.begin(connection, projection, number, LIVE)
            elif failed_build(projection, found):
                return live
            else:
                log.info("projection %s has a new version: it is built anew", projection.name)
                complete(self._steps, projection, begin_rebuild(self._steps, projection, join=True), None)
            found = self._generations().get(projection.name, [])
        live = live_one(found)
        if live is None:
            raise JournalUnavailableError(where=self.views.name, problem="others keep removing the views")
        return live

    def _generations(self) -> dict[str, list[Generation]]:
        with self.views.reading() as connection:
            found: dict[str, list[Generation]] = {}
            for one in all_generations(connection):
                found.setdefault(one.name, []).append(one)
            return found

    def _verify(self, found: dict[str, list[Generation]], head: int) -> dict[str, list[Generation]]:
        """Once: throw away views that were made from other records than this journal holds (it was replaced)."""
        leaves: dict[int, bytes] = {}
        kept: dict[str, list[Generation]] = {}
        for name in self._projections:
            for one in found.get(name, ()):
                if one.position not in leaves and one.position <= head:
                    leaves[one.position] = leaf_at(self.journal, one.position)
                if leaves.get(one.position) == one.leaf:
                    kept.setdefault(name, []).append(one)
                    continue
                log.warning("projection %s was made from another journal and is made again", name)
                with self.views.writing() as connection:
                    remove(connection, one)
        self._verified = True
        return kept

    # ------------------------------------------------------------------------------------------- asking

    @contextlib.contextmanager
    def reader(self, name: str) -> Iterator[tuple[Connection, Any]]:
        """A connection that sees one state of the live tables, and the tables; it does not follow first.

        Raises ``ProjectionFailedError`` where the projection has stopped.
        """
        [projection] = self._chosen([name])
        try:
            with contextlib.ExitStack() as stack:
                connection, _, (_, tables) = self._renewing(lambda: self._enter(projection, stack))
                yield connection, tables
        except ViewsLostError as lost:
            self.views.renew(lost)
            raise JournalUnavailableError(where=self.views.name, problem=str(lost)) from lost

    def _enter(
        self, projection: Projection[Any], stack: contextlib.ExitStack
    ) -> tuple[Connection, Generation, tuple[MetaData, Any]]:
        """Begin to read the live generation; once more where it is not there yet or was just dropped."""
        if not self._verified:
            self._verify(self._generations(), self.journal.head().size)
        for _ in range(TRIES):
            with contextlib.ExitStack() as attempt:
                connection = attempt.enter_context(self.views.reading())
                found = all_generations(connection, projection.name)
                live = live_one(found)
                if live is not None and live.version >= projection.version:
                    need_sound(self.views.name, projection, found)
                    built = self._steps.tables(projection, live.generation)
                    if self.views.hold(connection, built[0]):
                        stack.push(attempt.pop_all())
                        return connection, live, built
                    continue
            self._live(projection, found)
            need_sound(self.views.name, projection, self._generations().get(projection.name, []))
        raise JournalUnavailableError(where=self.views.name, problem="the views are being replaced")

    def position_at(self, moment: Moment) -> int:
        """The last position recorded at or before a moment."""
        return position_at(self.journal, moment)

    # ------------------------------------------------------------------------------------------- looking after them

    def status(self) -> list[Status]:
        """How far each projection is; asking changes nothing."""
        found, head = self._renewing(self._generations), self.journal.head().size
        return [
            status_of(self.views.name, one, found.get(one.name, []), head)
            for one in self._projections.values()
        ]

    def rebuild(self, name: str, progress: Progress | None = None) -> Status:
        """Build the tables anew beside the live ones and swap; a failure is cleared, or told again.

        Leftovers of an earlier rebuild are dropped. Raises ``ProjectionFailedError`` where a record cannot be applied;
        the live tables then stay as they are.
        """
        [projection] = self._chosen([name])

        def build() -> Generation:
            return complete(
                self._steps, projection, begin_rebuild(self._steps, projection, join=False), progress
            )

        done = self._renewing(build)
        if done.problem is not None:
            self._renewing(lambda: drop_failed(self._steps, projection))
            raise failure(done)
        return next(one for one in self.status() if one.name == name)

    def check(self, name: str, progress: Progress | None = None) -> CheckResult:
        """Build the tables once more, out of sight, up to the live position, and compare every row.

        The live tables are read as they stood when the check began; following goes on meanwhile. Follow first where
        the whole log shall be compared.
        """
        [projection] = self._chosen([name])
        with contextlib.ExitStack() as stack:
            connection, live, (metadata, _) = self._renewing(lambda: self._enter(projection, stack))
            prefix = f"{name}_check_"
            aside = MetaData()
            tables = projection.tables(aside, prefix)
            scratch = stack.enter_context(self.views.scratch())
            with scratch.begin():
                aside.create_all(scratch, checkfirst=False)
            position = 0
            while position < live.position:
                if progress is not None:
                    progress(position, live.position)
                records, position = page(self.journal, projection.kinds, position, MOST, live.position)
                with scratch.begin():
                    self._steps.apply(projection, records, scratch, tables)
            with scratch.begin():
                compared = compare(connection, metadata, live.prefix, scratch, aside, prefix)
        equal, differences = not compared.differences, tuple(compared.differences)
        return CheckResult(name, live.generation, live.position, equal, compared.rows, differences)

    # ------------------------------------------------------------------------------------------- inside

    def _chosen(self, names: Iterable[str] | None) -> list[Projection[Any]]:
        if names is None:
            return list(self._projections.values())
        chosen = []
        for name in names:
            if name not in self._projections:
                raise BadField(
                    field="projection",
                    problem_zh=f"没有视图“{name}”",
                    problem_en=f"there is no projection '{name}'",
                )
            chosen.append(self._projections[name])
        return chosen

    def _renewing(self, action: Callable[[], R]) -> R:
        """Do it; where the views were lost, make them again and do it once more."""
        for _ in range(TRIES - 1):
            try:
                return action()
            except ViewsLostError as lost:
                self.views.renew(lost)
        try:
            return action()
        except ViewsLostError as lost:
            raise JournalUnavailableError(where=self.views.name, problem=str(lost)) from lost

"""How far each view is, and whether it may be asked: one that has stopped answers nothing until it is rebuilt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from adapters.projector.generations import BUILDING, Generation, live_one
from domain.language import Moment
from domain.refused import FaultError, NewerFileError, ProjectionFailedError
from projections.projection import Projection


@dataclass(frozen=True)
class Status:
    """How far one projection is; ``failed`` says why it stopped."""

    name: str
    version: int
    generation: int
    position: int
    head: int
    lag: int
    failed: str | None = None
    progressed_at: Moment | None = None


def need_sound(where: str, projection: Projection[Any], found: Sequence[Generation]) -> None:
    """Raises ``ProjectionFailedError`` for one that stopped, ``NewerFileError`` for one that a newer program made."""
    live = live_one(found)
    if live is None:
        return
    if live.version > projection.version:
        where = f"{where}: {projection.name}"
        raise NewerFileError(where=where, found=live.version, known=projection.version)
    stopped = live if live.version == projection.version else failed_build(projection, found)
    if stopped is not None and stopped.problem is not None:
        raise failure(stopped)


def failed_build(projection: Projection[Any], found: Sequence[Generation]) -> Generation | None:
    """The rebuild for the present (or a newer) version that stopped, so that nobody begins it over and over."""
    return next(
        (one for one in found if one.role == BUILDING and one.version >= projection.version and one.problem),
        None,
    )


def failure(stopped: Generation) -> ProjectionFailedError:
    return ProjectionFailedError(
        projection=stopped.name, position=stopped.problem_at or stopped.position, problem=stopped.problem
    )


def status_of(where: str, projection: Projection[Any], found: Sequence[Generation], head: int) -> Status:
    live = live_one(found)
    if live is None:
        return Status(projection.name, projection.version, 0, 0, head, head)
    failed: str | None = None
    try:
        need_sound(where, projection, found)
    except FaultError as fault:
        failed = str(fault)
    lag = max(0, head - live.position)
    of = (projection.name, live.version, live.generation, live.position)
    return Status(*of, head, lag, failed, live.progressed_at)

"""The questions about neighbours and declared works; a part of the index of questions."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from adapters.projector.asking import OfBodies, Question, Row
from adapters.projector.projector import Projector
from domain.language import day_of
from projections.neighbours import NEIGHBOURS, neighbour_list, work_list, work_notices


class OfNeighbours(OfBodies):
    ever: bool = Field(False, description="包括已不再相邻的 / former ones too")


class OfWorks(OfBodies):
    ever: bool = Field(False, description="包括已结束的 / ended ones too")


class OfNotices(OfBodies):
    work: str | None = Field(None, max_length=64, description="申报作业 / declared work")


def _neighbours(projector: Projector, given: OfNeighbours) -> list[Row]:
    with projector.reader(NEIGHBOURS.name) as (connection, tables):
        return neighbour_list(connection, tables, given.body, given.ever)


def _works(projector: Projector, given: OfWorks) -> list[Row]:
    today = day_of(projector.journal.now())
    with projector.reader(NEIGHBOURS.name) as (connection, tables):
        return work_list(connection, tables, today, given.body, given.ever)


def _notices(projector: Projector, given: OfNotices) -> list[Row]:
    today = day_of(projector.journal.now())
    with projector.reader(NEIGHBOURS.name) as (connection, tables):
        return work_notices(connection, tables, today, given.body, given.work)


_OF = (NEIGHBOURS.name,)

NEIGHBOUR_QUESTIONS: tuple[Question[Any], ...] = (
    Question("neighbour-list", OfNeighbours, _OF, _neighbours, {"body": "KS-01", "ever": True}),
    Question("work-list", OfWorks, _OF, _works, {"body": "KS-01", "ever": True}),
    Question("work-notices", OfNotices, _OF, _notices, {"body": "KS-01", "work": "ZY-2026-01"}),
)

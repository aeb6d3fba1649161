"""The question about random draws."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from adapters.projector.asking import OfBodies, Question, Row
from adapters.projector.projector import Projector
from projections.draws import DRAWS, draw_list


class OfDraws(OfBodies):
    code: str | None = Field(None, max_length=64, description="编号 / code")


def _draws(projector: Projector, given: OfDraws) -> list[Row]:
    with projector.reader(DRAWS.name) as (connection, tables):
        return draw_list(connection, tables, given.body, given.code)


DRAW_QUESTIONS: tuple[Question[Any], ...] = (
    Question("draw-list", OfDraws, (DRAWS.name,), _draws, {"body": "KS-01"}),
)

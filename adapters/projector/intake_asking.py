"""The question about what anybody saw and reported, before it is a risk or a hazard."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from adapters.projector.asking import OfBodies, Question, Row, known_at
from adapters.projector.projector import Projector
from domain.intake import TriageVerdict
from projections.intake import INTAKE, intake_list


class OfProposals(OfBodies):
    proposer: str | None = Field(None, max_length=64, description="提出人 / proposer")
    verdict: TriageVerdict | None = Field(None, description="甄别结论 / verdict")
    open_only: bool = Field(False, description="只列待处理的 / only those that wait for somebody")
    untold: bool = Field(False, description="只列未告知提出人的 / only those whose proposer was not told yet")
    known_at: int | str | None = Field(
        None, description="当时已知：记录位置、时刻或日期 / as known at this position, moment or day"
    )


def _proposals(projector: Projector, given: OfProposals) -> list[Row]:
    known = known_at(projector, given.known_at)
    with projector.reader(INTAKE.name) as (connection, tables):
        asked = (given.body, given.proposer, given.verdict, given.open_only, given.untold, known)
        return intake_list(connection, tables, *asked)


INTAKE_QUESTIONS: tuple[Question[Any], ...] = (
    Question("intake-list", OfProposals, (INTAKE.name,), _proposals, {"body": "KS-01", "verdict": "risk"}),
)

"""The question about special campaigns; a part of the index of questions."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from adapters.projector.asking import OfBodies, Question, Row
from adapters.projector.projector import Projector
from domain.language import day_of
from projections.campaigns import CAMPAIGNS, campaign_list


class OfCampaigns(OfBodies):
    ever: bool = Field(False, description="包括已结束的 / ended ones too")


def _campaigns(projector: Projector, given: OfCampaigns) -> list[Row]:
    today = day_of(projector.journal.now())
    with projector.reader(CAMPAIGNS.name) as (connection, tables):
        return campaign_list(connection, tables, today, given.body, given.ever)


CAMPAIGN_QUESTIONS: tuple[Question[Any], ...] = (
    Question("campaign-list", OfCampaigns, (CAMPAIGNS.name,), _campaigns, {"body": "KS-01", "ever": True}),
)

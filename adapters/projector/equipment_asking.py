"""The questions about events of equipment systems and the mapping of their codes."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from adapters.projector.asking import MOST, OfBodies, Question, Row
from adapters.projector.projector import Projector
from projections.equipment_events import (
    EQUIPMENT_EVENTS,
    equipment_events,
    equipment_mappings,
    equipment_unknown,
)


class OfEvents(OfBodies):
    equipment: str | None = Field(None, max_length=200, description="设备编码 / equipment code")
    open_only: bool = Field(False, description="只列等待人员处理的 / only those that wait for a person")
    limit: int | None = Field(None, ge=1, le=MOST, description="最多行数 / rows at most")


class OfMappings(OfBodies):
    ever: bool = Field(False, description="包括已撤销的 / those taken back too")


def _events(projector: Projector, given: OfEvents) -> list[Row]:
    with projector.reader(EQUIPMENT_EVENTS.name) as (connection, tables):
        asked = (given.body, given.equipment, given.open_only, given.limit)
        return equipment_events(connection, tables, *asked)


def _unknown(projector: Projector, given: OfBodies) -> list[Row]:
    with projector.reader(EQUIPMENT_EVENTS.name) as (connection, tables):
        return equipment_unknown(connection, tables, given.body)


def _mappings(projector: Projector, given: OfMappings) -> list[Row]:
    with projector.reader(EQUIPMENT_EVENTS.name) as (connection, tables):
        return equipment_mappings(connection, tables, given.body, given.ever)


_NEEDS = (EQUIPMENT_EVENTS.name,)
EQUIPMENT_QUESTIONS: tuple[Question[Any], ...] = (
    Question("equipment-events", OfEvents, _NEEDS, _events, {"body": "KS-01"}),
    Question("equipment-unknown", OfBodies, _NEEDS, _unknown, {"body": "KS-01"}),
    Question("equipment-mappings", OfMappings, _NEEDS, _mappings, {"body": "KS-01", "ever": True}),
)

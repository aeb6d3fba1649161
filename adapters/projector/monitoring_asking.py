"""The questions about monitored risks; a part of the index of questions."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from adapters.projector.asking import OfBodies, Question, Row
from adapters.projector.projector import Projector
from domain.language import day_of
from projections.monitoring import (
    MONITORING,
    monitor_list,
    monitor_periods,
    monitor_readings,
    monitor_warnings,
)


class OfMonitored(OfBodies):
    ever: bool = Field(False, description="包括已结束监测的 / those no longer monitored too")


class OfALog(OfBodies):
    risk: str | None = Field(None, max_length=64, description="安全风险 / risk")


def _list(projector: Projector, given: OfMonitored) -> list[Row]:
    today = day_of(projector.journal.now())
    with projector.reader(MONITORING.name) as (connection, tables):
        return monitor_list(connection, tables, today, given.body, given.ever)


def _periods(projector: Projector, given: OfALog) -> list[Row]:
    today = day_of(projector.journal.now())
    with projector.reader(MONITORING.name) as (connection, tables):
        return monitor_periods(connection, tables, today, given.body, given.risk)


def _readings(projector: Projector, given: OfALog) -> list[Row]:
    with projector.reader(MONITORING.name) as (connection, tables):
        return monitor_readings(connection, tables, given.body, given.risk)


def _warnings(projector: Projector, given: OfALog) -> list[Row]:
    with projector.reader(MONITORING.name) as (connection, tables):
        return monitor_warnings(connection, tables, given.body, given.risk)


_OF, _THE = (MONITORING.name,), {"body": "KS-01", "risk": "R-0001"}

MONITORING_QUESTIONS: tuple[Question[Any], ...] = (
    Question("monitor-list", OfMonitored, _OF, _list, {"body": "KS-01", "ever": True}),
    Question("monitor-periods", OfALog, _OF, _periods, _THE),
    Question("monitor-readings", OfALog, _OF, _readings, _THE),
    Question("monitor-warnings", OfALog, _OF, _warnings, _THE),
)

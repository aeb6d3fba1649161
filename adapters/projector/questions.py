"""The index of questions by name: what may be asked, with which parameters, and which views answer.

``as_of`` is the moment or day of which something is said (a day means its last moment in China); ``known_at`` is the
last record that counts: a position, or the moment or day up to which records had been written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field, ValidationError

from adapters.border import bad_field
from adapters.projector.artefact_asking import ARTEFACTS
from adapters.projector.asking import OfBodies, OnTwoClocks, Question, Row, known_at, true_at
from adapters.projector.calendar_asking import CALENDAR_QUESTIONS
from adapters.projector.campaign_asking import CAMPAIGN_QUESTIONS
from adapters.projector.change_asking import CHANGE_QUESTIONS
from adapters.projector.check_asking import CHECKS
from adapters.projector.control_asking import CONTROL_QUESTIONS
from adapters.projector.draw_asking import DRAW_QUESTIONS
from adapters.projector.duty_asking import DUTIES
from adapters.projector.equipment_asking import EQUIPMENT_QUESTIONS
from adapters.projector.hazard_asking import HAZARD_QUESTIONS
from adapters.projector.method_asking import METHOD_QUESTIONS
from adapters.projector.monitoring_asking import MONITORING_QUESTIONS
from adapters.projector.neighbour_asking import NEIGHBOUR_QUESTIONS
from adapters.projector.notice_asking import NOTICE_QUESTIONS
from adapters.projector.organisation_asking import ORGANISATION_QUESTIONS
from adapters.projector.projector import Projector
from adapters.projector.report_asking import REPORT_QUESTIONS
from adapters.projector.risk_asking import RISKS
from adapters.projector.site_asking import SITES
from adapters.projector.uplift_asking import UPLIFT_QUESTIONS
from adapters.projector.weather_asking import WEATHER_QUESTIONS
from domain.language import day_of, is_day
from domain.refused import BadField
from projections.body_register import BODY_REGISTER, body_list
from projections.hazard_ledger import HAZARD_LEDGER, hazard_ledger
from projections.role_holders import ROLE_HOLDERS, role_holders


class OfRoles(OfBodies):
    on: str | None = Field(None, description="日期 YYYY-MM-DD；缺省为今天 / day; default today")
    person: str | None = Field(None, max_length=64, description="人员 / person")
    role: str | None = Field(None, max_length=64, description="角色 / role")
    ever: bool = Field(False, description="包括过去和将来的授权 / past and future grants too")


class OfHazards(OnTwoClocks):
    open_only: bool = Field(False, description="只列未销号的 / only those not closed")


def answer(
    projector: Projector, name: str, parameters: Mapping[str, Any], position: int | None = None
) -> list[Row]:
    """The rows that answer a question, after following to the journal's head (or to ``position``).

    Refuses an unknown question and bad parameters (``BadField``); raises ``ProjectionFailedError`` where a view that
    it needs has stopped.
    """
    question = QUESTIONS.get(name)
    if question is None:
        known = ", ".join(QUESTIONS)
        raise BadField(
            field="question",
            problem_zh=f"没有名为“{name}”的查询（有：{known}）",
            problem_en=f"there is no question named '{name}' (there are: {known})",
        )
    try:
        given = question.parameters.model_validate(dict(parameters))
    except ValidationError as error:
        raise bad_field(error) from None
    until = projector.journal.head().size if position is None else position
    projector.wait_for(until, question.needs)
    return question.run(projector, given)


# ------------------------------------------------------------------------------------------------- the index


def _bodies(projector: Projector, given: OfBodies) -> list[Row]:
    with projector.reader(BODY_REGISTER.name) as (connection, tables):
        return body_list(connection, tables, body=given.body)


def _roles(projector: Projector, given: OfRoles) -> list[Row]:
    on = given.on or (None if given.ever else day_of(projector.journal.now()))
    if on is not None and not is_day(on):
        raise BadField(
            field="on", problem_zh="不是有效日期（YYYY-MM-DD）", problem_en="is not a day written YYYY-MM-DD"
        )
    with projector.reader(ROLE_HOLDERS.name) as (connection, tables):
        return role_holders(connection, tables, body=given.body, on=on, person=given.person, role=given.role)


def _hazards(projector: Projector, given: OfHazards) -> list[Row]:
    true, known = true_at(given.as_of), known_at(projector, given.known_at)
    with projector.reader(HAZARD_LEDGER.name) as (connection, tables):
        return hazard_ledger(
            connection,
            tables,
            body=given.body,
            true_at=true,
            known_at=known,
            open_only=given.open_only,
            code=given.code,
            limit=given.limit,
            after=given.after,
        )


_ALL: tuple[Question[Any], ...] = (
    *ARTEFACTS,
    Question("body-list", OfBodies, (BODY_REGISTER.name,), _bodies, {}),
    *SITES,
    Question("role-holders", OfRoles, (ROLE_HOLDERS.name,), _roles, {"body": "KS-01", "on": "2026-02-01"}),
    *RISKS,
    *CONTROL_QUESTIONS,
    Question(
        "hazard-ledger", OfHazards, (HAZARD_LEDGER.name,), _hazards, {"body": "KS-01", "open_only": True}
    ),
    *DUTIES,
    *HAZARD_QUESTIONS,
    *ORGANISATION_QUESTIONS,
    *METHOD_QUESTIONS,
    *REPORT_QUESTIONS,
    *CHECKS,
    *CALENDAR_QUESTIONS,
    *DRAW_QUESTIONS,
    *NOTICE_QUESTIONS,
    *WEATHER_QUESTIONS,
    *EQUIPMENT_QUESTIONS,
    *NEIGHBOUR_QUESTIONS,
    *UPLIFT_QUESTIONS,
    *CHANGE_QUESTIONS,
    *MONITORING_QUESTIONS,
    *CAMPAIGN_QUESTIONS,
)

QUESTIONS: dict[str, Question[Any]] = {one.name: one for one in _ALL}
"""What may be asked, by name."""

"""The questions of three registers: responsible bodies, who holds which role, and the hazard ledger."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from adapters.problems import day_field
from adapters.projector.asking import OfBodies, OnTwoClocks, Question, Row, known_at, true_at
from adapters.projector.projector import Projector
from domain.language import day_of
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


def _bodies(projector: Projector, given: OfBodies) -> list[Row]:
    with projector.reader(BODY_REGISTER.name) as (connection, tables):
        return body_list(connection, tables, body=given.body)


def _roles(projector: Projector, given: OfRoles) -> list[Row]:
    on = day_field("on", given.on) or (None if given.ever else day_of(projector.journal.now()))
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


REGISTERS: tuple[Question[Any], ...] = (
    Question("body-list", OfBodies, (BODY_REGISTER.name,), _bodies, {}),
    Question("role-holders", OfRoles, (ROLE_HOLDERS.name,), _roles, {"body": "KS-01", "on": "2026-02-01"}),
    Question(
        "hazard-ledger", OfHazards, (HAZARD_LEDGER.name,), _hazards, {"body": "KS-01", "open_only": True}
    ),
)

"""The index of questions by name: what may be asked, with which parameters, and which views answer.

``as_of`` is the moment or day of which something is said (a day means its last moment in China); ``known_at`` is the
last record that counts: a position, or the moment or day up to which records had been written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from adapters.border import bad_field, moment_field
from adapters.projector.projector import Projector
from domain.language import Day, Level, Moment, as_datetime, day_after, day_of, is_day, moment, start_of
from domain.refused import BadField
from projections.body_register import BODY_REGISTER, body_list
from projections.duty_rows import DUTY_ROWS, duties
from projections.hazard_ledger import HAZARD_LEDGER, hazard_ledger
from projections.risk_list import RISK_LIST, risk_list
from projections.role_holders import ROLE_HOLDERS, role_holders
from projections.unit_tree import UNIT_TREE, unit_tree

Row = dict[str, Any]
P = TypeVar("P", bound=BaseModel)

MOST = 10_000
"""Rows that one page may ask for; without a limit all of them come."""


class Parameters(BaseModel):
    """Parameters are checked strictly, and unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


class OfBodies(Parameters):
    body: str | None = Field(
        None, max_length=64, description="责任单位；缺省为全部 / responsible body; default all"
    )


class OfUnits(OfBodies):
    under: str | None = Field(
        None, max_length=64, description="只列该单元及其下级 / this unit and what is below it"
    )


class OfRoles(OfBodies):
    on: str | None = Field(None, description="日期 YYYY-MM-DD；缺省为今天 / day; default today")
    person: str | None = Field(None, max_length=64, description="人员 / person")
    role: str | None = Field(None, max_length=64, description="角色 / role")
    ever: bool = Field(False, description="包括过去和将来的授权 / past and future grants too")


class OnTwoClocks(OfBodies):
    as_of: str | None = Field(None, description="真实情况的时刻或日期 / true at this moment or day")
    known_at: int | str | None = Field(
        None, description="当时已知：记录位置、时刻或日期 / as known at this position, moment or day"
    )
    code: str | None = Field(None, max_length=64, description="编号 / code")
    limit: int | None = Field(None, ge=1, le=MOST, description="最多行数 / rows at most")
    after: tuple[str, str] | None = Field(
        None, strict=False, description="接在 [责任单位, 编号] 之后 / continues behind [body, code]"
    )


class OfRisks(OnTwoClocks):
    level: Level | None = Field(None, description="风险等级 / level")
    retired: bool = Field(False, description="包括已停用的 / retired ones too")


class OfHazards(OnTwoClocks):
    open_only: bool = Field(False, description="只列未销号的 / only those not closed")


class OfDuties(OfBodies):
    person: str | None = Field(None, max_length=64, description="责任人 / who owes it")
    open_only: bool = Field(False, description="只列未办结的 / only open ones")
    limit: int | None = Field(None, ge=1, le=MOST, description="最多行数 / rows at most")
    after: tuple[str, str, str] | None = Field(
        None,
        strict=False,
        description="接在 [期限, 责任单位, 编号] 之后 / continues behind [due, body, code]",
    )


@dataclass(frozen=True)
class Question(Generic[P]):
    """A question: its name, the shape of its parameters with an example, the views it needs, and how it is answered."""

    name: str
    parameters: type[P]
    needs: tuple[str, ...]
    run: Callable[[Projector, P], list[Row]]
    example: Mapping[str, Any]


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


# ------------------------------------------------------------------------------------------------- two clocks


def last_moment_of(day: Day) -> Moment:
    """The last microsecond of a civil day in China."""
    return moment(as_datetime(start_of(day_after(day))) - dt.timedelta(microseconds=1))


def true_at(given: str | None, field: str = "as_of") -> Moment | None:
    """A moment, or the end of a day; refuses everything else by its field."""
    if given is not None and is_day(given):
        return last_moment_of(given)
    return moment_field(field, given)


def known_at(projector: Projector, given: int | str | None) -> int | None:
    """A position as it is, or the last one recorded by a moment or by the end of a day."""
    if given is None or isinstance(given, int):
        return given
    until = true_at(given, "known_at")
    return None if until is None else projector.position_at(until)


# ------------------------------------------------------------------------------------------------- the index


def _bodies(projector: Projector, given: OfBodies) -> list[Row]:
    with projector.reader(BODY_REGISTER.name) as (connection, tables):
        return body_list(connection, tables, body=given.body)


def _units(projector: Projector, given: OfUnits) -> list[Row]:
    with projector.reader(UNIT_TREE.name) as (connection, tables):
        return unit_tree(connection, tables, body=given.body, under=given.under)


def _roles(projector: Projector, given: OfRoles) -> list[Row]:
    on = given.on or (None if given.ever else day_of(projector.journal.now()))
    if on is not None and not is_day(on):
        raise BadField(
            field="on", problem_zh="不是有效日期（YYYY-MM-DD）", problem_en="is not a day written YYYY-MM-DD"
        )
    with projector.reader(ROLE_HOLDERS.name) as (connection, tables):
        return role_holders(connection, tables, body=given.body, on=on, person=given.person, role=given.role)


def _risks(projector: Projector, given: OfRisks) -> list[Row]:
    true, known = true_at(given.as_of), known_at(projector, given.known_at)
    with projector.reader(RISK_LIST.name) as (connection, tables):
        return risk_list(
            connection,
            tables,
            body=given.body,
            true_at=true,
            known_at=known,
            level=given.level,
            retired=given.retired,
            code=given.code,
            limit=given.limit,
            after=given.after,
        )


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


def _duties(projector: Projector, given: OfDuties) -> list[Row]:
    with projector.reader(DUTY_ROWS.name) as (connection, tables):
        return duties(
            connection,
            tables,
            body=given.body,
            person=given.person,
            open_only=given.open_only,
            limit=given.limit,
            after=given.after,
        )


_ALL: tuple[Question[Any], ...] = (
    Question("body-list", OfBodies, (BODY_REGISTER.name,), _bodies, {}),
    Question("unit-tree", OfUnits, (UNIT_TREE.name,), _units, {"body": "KS-01"}),
    Question("role-holders", OfRoles, (ROLE_HOLDERS.name,), _roles, {"body": "KS-01", "on": "2026-02-01"}),
    Question(
        "risk-list",
        OfRisks,
        (RISK_LIST.name,),
        _risks,
        {"body": "KS-01", "as_of": "2026-01-31", "known_at": "2026-01-31", "level": "general"},
    ),
    Question(
        "hazard-ledger", OfHazards, (HAZARD_LEDGER.name,), _hazards, {"body": "KS-01", "open_only": True}
    ),
    Question("duty-list", OfDuties, (DUTY_ROWS.name,), _duties, {"body": "KS-01", "person": "P-TEAM"}),
)

QUESTIONS: dict[str, Question[Any]] = {one.name: one for one in _ALL}
"""What may be asked, by name."""

"""The questions about duties; a part of the index of questions."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from adapters.projector.asking import MOST, OnClocks, Question, Row, known_at, true_at
from adapters.projector.projector import Projector
from domain.language import Day, day_of
from projections.duty_list import duties, duties_as_of, with_ages
from projections.duty_rows import DUTY_ROWS
from projections.role_holders import ROLE_HOLDERS, role_holders


class OfDuties(OnClocks):
    person: str | None = Field(
        None,
        max_length=64,
        description="本人或其当日角色承担的 / owed by this person, or by a role that the person holds that day",
    )
    open_only: bool = Field(False, description="只列未办结的 / only open ones")
    code: str | None = Field(None, max_length=64, description="编号 / code")
    limit: int | None = Field(None, ge=1, le=MOST, description="最多行数 / rows at most")
    after: tuple[str, str, str] | None = Field(
        None,
        strict=False,
        description="接在 [期限, 责任单位, 编号] 之后 / continues behind [due, body, code]",
    )


def _duties(projector: Projector, given: OfDuties) -> list[Row]:
    """Now by their day; with a moment or a position by body and code, as of then, with ``when`` and ``age`` of then."""
    true, known = true_at(given.as_of), known_at(projector, given.known_at)
    today = day_of(true or projector.journal.now())
    asked: dict[str, Any] = {
        "body": given.body,
        "person": given.person,
        "roles": _roles(projector, given.person, today),
        "open_only": given.open_only,
        "code": given.code,
        "limit": given.limit,
        "after": given.after,
    }
    with projector.reader(DUTY_ROWS.name) as (connection, tables):
        if true is None and known is None:
            rows = duties(connection, tables, **asked)
        else:
            rows = duties_as_of(connection, tables, true, known, **asked)
    return with_ages(rows, today)


def _roles(projector: Projector, person: str | None, day: Day) -> frozenset[tuple[str, str]]:
    """The (body, role) that the person holds on that day, by the grants known now."""
    if person is None:
        return frozenset()
    with projector.reader(ROLE_HOLDERS.name) as (connection, tables):
        return frozenset(
            (row["body"], row["role"]) for row in role_holders(connection, tables, on=day, person=person)
        )


DUTIES: tuple[Question[Any], ...] = (
    Question(
        "duty-list",
        OfDuties,
        (DUTY_ROWS.name, ROLE_HOLDERS.name),
        _duties,
        {"body": "KS-01", "person": "P-TEAM"},
    ),
)

"""Questions about methods: which a body adopted, with their tables."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from adapters.projector.asking import OfBodies, Question, Row
from adapters.projector.projector import Projector
from adapters.rules import load_rulebook
from domain.language import day_of, is_day
from domain.own_methods import KINDS
from domain.refused import BadField
from projections.method_register import METHOD_REGISTER, adopted_methods


class OfMethods(OfBodies):
    method: str | None = Field(None, max_length=64, description="评价方法 / method")
    on: str | None = Field(None, description="日期；缺省为今天 / day; default today")
    ever: bool = Field(False, description="包括已被取代的 / those that another took the place of too")


def _methods(projector: Projector, given: OfMethods) -> list[Row]:
    if given.on is not None and not is_day(given.on):
        raise BadField(
            field="on", problem_zh="不是有效日期（YYYY-MM-DD）", problem_en="is not a day written YYYY-MM-DD"
        )
    day = given.on or day_of(projector.journal.now())
    found = methods_of(projector, given.body, given.method)
    for row in found:
        row["binds"] = row["since"] <= day and (row["until"] is None or day <= row["until"])
    return [row for row in found if row["binds"] or given.ever]


def methods_of(projector: Projector, body: str | None, method: str | None) -> list[Row]:
    """Every adoption of a method, with kind, title and table of the shipped ones filled in."""
    rules = load_rulebook()
    with projector.reader(METHOD_REGISTER.name) as (connection, tables):
        rows = adopted_methods(connection, tables, body, method)
    found = []
    for row in rows:
        shipped = rules.version(row["method"], row["version"])
        if not row["own"]:
            if shipped is None or shipped.kind not in KINDS:
                continue  # another member of a pack, or a version that this installation does not know
            row["kind"], row["table"] = shipped.kind, dict(shipped.value)
            row["title"] = row["title"] or shipped.title_zh
        found.append(row)
    return found


METHOD_QUESTIONS: tuple[Question[Any], ...] = (
    Question("method-list", OfMethods, (METHOD_REGISTER.name,), _methods, {"body": "KS-01", "ever": True}),
)

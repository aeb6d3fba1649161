"""The questions about checklists, inspections and what was never looked at; a part of the index of questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Connection

from adapters.problems import day_field
from adapters.projector.asking import MOST, OfBodies, OnClocks, Question, Row, known_at, true_at
from adapters.projector.projector import Projector
from domain.check_periods import Tier, period_of
from domain.inspection_answers import MONTHLY
from domain.labels import ANY_BODY, Term
from domain.language import Day, Moment, day_of, is_day
from domain.refused import BadField, UnknownThing
from projections.checklists import CHECKLISTS, checklist_items, checklist_list
from projections.coverage import checklist_gaps, comparison, coverage, looks, monthly_checks
from projections.evidence import EVIDENCE, evidence_list
from projections.hazard_ledger import HAZARD_LEDGER, hazard_ledger
from projections.inspections import INSPECTIONS, inspection_answers, inspection_list, said_later
from projections.risk_list import RISK_LIST, risk_list
from projections.role_holders import ROLE_HOLDERS, role_holders
from projections.visits import VISITS, visit_list

TIER_OF: dict[str, str] = {role: tier for tier, role in MONTHLY.items()}
"""Role -> tier of those who check month by month: from the main responsible person to the team leaders (NJ-060)."""


class OfChecklists(OfBodies):
    withdrawn: bool = Field(False, description="包括已停用的 / withdrawn ones too")


class OfItems(OfChecklists):
    checklist: str | None = Field(None, max_length=64, description="检查清单 / checklist")
    version: int | None = Field(
        None, ge=1, description="版本；缺省为现行版 / version; default the present one"
    )


class OfInspections(OfBodies):
    since: str | None = Field(None, description="自（日期） / from this day")
    until: str | None = Field(None, description="至（日期，含） / up to this day")
    checklist: str | None = Field(None, max_length=64, description="检查清单 / checklist")
    tier: Tier | None = Field(None, description="检查层级 / tier")
    person: str | None = Field(None, max_length=64, description="应检人或检查人 / who owes it or made it")
    step: Literal["planned", "started", "completed"] | None = Field(None, description="环节 / step")
    missed: bool = Field(False, description="只列期内未完成的 / only those not completed by their last day")
    code: str | None = Field(None, max_length=64, description="编号 / code")
    limit: int | None = Field(None, ge=1, le=MOST, description="最多行数 / rows at most")


class OfOne(OfBodies):
    inspection: str | None = Field(
        None, max_length=64, description="检查；缺省为全部 / inspection; default all"
    )


class OfTwo(OfOne):
    before: str | None = Field(
        None,
        max_length=64,
        description="与哪次比较；缺省为上一次 / compared with which; default the previous one",
    )


class OfCoverage(OfBodies):
    never_only: bool = Field(False, description="只列从未查看的 / only what was never looked at")
    on: str | None = Field(None, description="日期；缺省为今天 / day; default today")


class OfEvidence(OfBodies):
    evidence: str | None = Field(None, max_length=64, description="加盐散列值 / salted hash")


class OfVisits(OfBodies):
    open_only: bool = Field(False, description="只列未报告整改的 / only those whose order is not answered")


class OfMonth(OfBodies):
    month: str | None = Field(None, description="月份 YYYY-MM；缺省为本月 / month; default this one")


def _lists(projector: Projector, given: OfChecklists) -> list[Row]:
    with projector.reader(CHECKLISTS.name) as (connection, tables):
        return checklist_list(connection, tables, given.body, given.withdrawn)


def _items(projector: Projector, given: OfItems) -> list[Row]:
    withdrawn = given.withdrawn or given.checklist is not None
    with projector.reader(CHECKLISTS.name) as (connection, tables):
        if given.checklist is not None:
            lists = checklist_list(connection, tables, given.body, withdrawn=True)
            held = [row["version"] for row in lists if row["code"] == given.checklist]
            if not held:
                raise UnknownThing(kind=Term("checklist"), code=given.checklist, body=given.body or ANY_BODY)
            if given.version is not None and given.version > max(held):
                code = f"{given.checklist}/{given.version}"
                raise UnknownThing(kind=Term("version"), code=code, body=given.body or ANY_BODY)
        return checklist_items(connection, tables, given.body, given.checklist, given.version, withdrawn)


def _inspections(projector: Projector, given: OfInspections) -> list[Row]:
    day_field("since", given.since)
    day_field("until", given.until)
    asked = given.model_dump()
    with projector.reader(INSPECTIONS.name) as (connection, tables):
        return inspection_list(connection, tables, **asked)


def _record(projector: Projector, given: OfOne) -> list[Row]:
    """Each item of a round with the control it checks, the answer, its evidence, its hazard, and what came later."""
    return [row for head in _named(projector, given) for row in _record_of(projector, head)]


def _record_of(projector: Projector, head: Row) -> list[Row]:
    body, inspection = head["body"], head["code"]
    with projector.reader(INSPECTIONS.name) as (connection, tables):
        answers = inspection_answers(connection, tables, body, inspection)
        later = said_later(connection, tables, body, inspection)
    texts = _texts(projector, body, head)
    risks = {row["risk"] for row in answers if row["risk"]}
    measures = _measures(projector, body, risks, head["started_at"])
    hazards = {one["hazard"] for one in (*answers, *later) if one["hazard"]}
    steps = _steps(projector, body, sorted(hazards))
    rows = []
    for one in answers:
        text = texts.get(one["item"], {})
        about = [row for row in later if one["item"] in row["items"] or not row["items"]]
        found = one["hazard"] or next((row["hazard"] for row in about if row["hazard"]), None)
        rows.append(
            {
                **one,
                "hazard": found,
                "hazard_step": steps.get(found or ""),
                "what": text.get("what"),
                "how": text.get("how"),
                "checklist": head["checklist"],
                "version": head["version"],
                "measure": measures.get((one["risk"], one["control"])),
                "inspectors": head["inspectors"],
                "signed_by": head["signed_by"],
                "completed_at": head["completed_at"],
                "later": about,
            }
        )
    return rows


def _named(projector: Projector, given: OfOne) -> list[Row]:
    """The rounds asked for that were started: one, or all; refuses one that nobody planned."""
    with projector.reader(INSPECTIONS.name) as (connection, tables):
        found = inspection_list(connection, tables, body=given.body, code=given.inspection)
    if given.inspection is not None and not found:
        raise UnknownThing(kind=Term("inspection"), code=given.inspection, body=given.body or ANY_BODY)
    return [row for row in found if row["started_at"] is not None]


def _texts(projector: Projector, body: str, head: Row) -> dict[str, Row]:
    if head["version"] is None:
        return {}
    with projector.reader(CHECKLISTS.name) as (connection, tables):
        rows = checklist_items(connection, tables, body, head["checklist"], head["version"], withdrawn=True)
    return {row["item"]: row for row in rows}


def _measures(
    projector: Projector, body: str, risks: set[str], then: Moment
) -> dict[tuple[str | None, str | None], str]:
    """What the controls of these risks said at that moment."""
    found: dict[tuple[str | None, str | None], str] = {}
    with projector.reader(RISK_LIST.name) as (connection, tables):
        for code in sorted(risks):
            for risk in risk_list(connection, tables, body=body, code=code, true_at=then, retired=True):
                for control in risk["controls"]:
                    found[code, control["control"]] = control["measure"]
    return found


def _steps(projector: Projector, body: str, hazards: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    with projector.reader(HAZARD_LEDGER.name) as (connection, tables):
        for code in hazards:
            for row in hazard_ledger(connection, tables, body=body, code=code):
                found[code] = row["step"]
    return found


def _compare(projector: Projector, given: OfTwo) -> list[Row]:
    """With the round that was completed before it, of the same checklist and tier, unless another one is named."""
    rows = []
    for head in _named(projector, given):
        body = head["body"]
        with projector.reader(INSPECTIONS.name) as (connection, tables):
            now = inspection_answers(connection, tables, body, head["code"])
            before = given.before or _previous(connection, tables, head)
            if given.before and not inspection_list(connection, tables, body=body, code=given.before):
                raise UnknownThing(kind=Term("inspection"), code=given.before, body=body)
            then = inspection_answers(connection, tables, body, before) if before else None
        about = {"body": body, "inspection": head["code"], "before": before}
        rows += [{**about, **row} for row in comparison(now, then)]
    return rows


def _previous(connection: Connection, tables: Any, head: Row) -> str | None:
    """The last round of the same checklist and tier that was completed before this one began."""
    of = {"checklist": head["checklist"], "tier": head["tier"], "step": "completed"}
    same = inspection_list(connection, tables, body=head["body"], **of)
    earlier = [one for one in same if one["begins"] < head["begins"] and one["code"] != head["code"]]
    return str(earlier[-1]["code"]) if earlier else None


def _coverage(projector: Projector, given: OfCoverage) -> list[Row]:
    day_field("on", given.on)
    today: Day = given.on or day_of(projector.journal.now())
    with projector.reader(CHECKLISTS.name) as (connection, tables):
        items = checklist_items(connection, tables, given.body)
    with projector.reader(INSPECTIONS.name) as (connection, tables):
        looked = looks(connection, tables, given.body)
    return coverage(items, looked, today, given.never_only)


def _gaps(projector: Projector, given: OnClocks) -> list[Row]:
    true, known = true_at(given.as_of), known_at(projector, given.known_at)
    with projector.reader(CHECKLISTS.name) as (connection, tables):
        items = checklist_items(connection, tables, given.body)
    with projector.reader(RISK_LIST.name) as (connection, tables):
        risks = risk_list(connection, tables, body=given.body, true_at=true, known_at=known)
    return checklist_gaps(risks, items)


def _evidence(projector: Projector, given: OfEvidence) -> list[Row]:
    with projector.reader(EVIDENCE.name) as (connection, tables):
        return evidence_list(connection, tables, given.body, given.evidence)


def _visits(projector: Projector, given: OfVisits) -> list[Row]:
    with projector.reader(VISITS.name) as (connection, table):
        return visit_list(connection, table, given.body, given.open_only)


def _monthly(projector: Projector, given: OfMonth) -> list[Row]:
    month = given.month or day_of(projector.journal.now())[:7]
    if not re.fullmatch(r"\d{4}-\d{2}", month) or not is_day(f"{month}-01"):
        raise BadField(
            field="month", problem_zh="不是月份（YYYY-MM）", problem_en="is not a month written YYYY-MM"
        )
    first, last = period_of(f"{month}-01", "P1M")
    with projector.reader(INSPECTIONS.name) as (connection, tables):
        made = inspection_list(connection, tables, given.body, step="completed")
    with projector.reader(ROLE_HOLDERS.name) as (connection, tables):
        grants = role_holders(connection, tables, body=given.body)
    there = (row for row in grants if row["since"] <= last and (row["until"] is None or row["until"] > first))
    holders = {(row["body"], TIER_OF[row["role"]], row["person"]) for row in there if row["role"] in TIER_OF}
    told = [{"body": body, "tier": tier, "person": person} for body, tier, person in sorted(holders)]
    return monthly_checks(made, told, month)


_EXAMPLE = {"body": "KS-01", "inspection": "JC-TS-2026-03"}
_ALL_OF_IT = (INSPECTIONS.name, CHECKLISTS.name, RISK_LIST.name, HAZARD_LEDGER.name)

CHECKS: tuple[Question[Any], ...] = (
    Question(
        "checklist-list", OfChecklists, (CHECKLISTS.name,), _lists, {"body": "KS-01", "withdrawn": True}
    ),
    Question(
        "checklist-items",
        OfItems,
        (CHECKLISTS.name,),
        _items,
        {"body": "KS-01", "checklist": "JC-TS", "version": 1},
    ),
    Question("inspection-list", OfInspections, (INSPECTIONS.name,), _inspections, {"body": "KS-01"}),
    Question("inspection-record", OfOne, _ALL_OF_IT, _record, _EXAMPLE),
    Question("inspection-comparison", OfTwo, (INSPECTIONS.name,), _compare, _EXAMPLE),
    Question(
        "coverage",
        OfCoverage,
        (CHECKLISTS.name, INSPECTIONS.name),
        _coverage,
        {"body": "KS-01", "never_only": True, "on": "2026-03-31"},
    ),
    Question(
        "checklist-gaps",
        OnClocks,
        (CHECKLISTS.name, RISK_LIST.name),
        _gaps,
        {"body": "KS-01", "as_of": "2026-03-19"},
    ),
    Question("evidence-list", OfEvidence, (EVIDENCE.name,), _evidence, {"body": "KS-01"}),
    Question("visit-list", OfVisits, (VISITS.name,), _visits, {"body": "KS-01"}),
    Question(
        "monthly-checks",
        OfMonth,
        (INSPECTIONS.name, ROLE_HOLDERS.name),
        _monthly,
        {"body": "KS-01", "month": "2026-03"},
    ),
)

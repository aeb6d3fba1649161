"""The questions about hazards beside their ledger: open ones, links, rates, repeats, signs of paper, permits, sweep."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from adapters.problems import day_field
from adapters.projector.asking import OfBodies, OnClocks, Question, Row, known_at, true_at
from adapters.projector.projector import Projector
from adapters.rules import load_rulebook
from domain.labels import ANY_BODY, Term
from domain.language import day_of
from domain.refused import UnknownThing
from projections.body_register import BODY_REGISTER, body_list
from projections.evidence import EVIDENCE, evidence_list
from projections.hazard_acts import HAZARD_ACTS, hazard_acts
from projections.hazard_ledger import HAZARD_LEDGER, hazard_ledger
from projections.hazard_links import WAITS, hazard_links, open_hazards, permit, risk_hazards
from projections.paper_signals import BURST, MINUTES, WINDOW, paper_signals
from projections.rectification_rates import rectification_rates, repeats
from projections.stops import STOPS, hold_list, stop_list
from projections.unit_tree import UNIT_TREE, unit_tree
from projections.verdict_sweep import verdict_sweep


class OfOpen(OfBodies):
    step: str | None = Field(None, max_length=64, description="环节 / step")
    person: str | None = Field(None, max_length=64, description="治理责任人 / person responsible")
    late: bool = Field(False, description="只列逾期的 / only those over their day")
    on: str | None = Field(None, description="日期；缺省为今天 / day; default today")


class OfOne(OnClocks):
    code: str | None = Field(None, max_length=64, description="编号 / code")


class OfRisk(OnClocks):
    risk: str | None = Field(None, max_length=64, description="安全风险 / risk")


class OfRates(OnClocks):
    per: Literal["person", "unit", "month", "body"] = Field(
        "person", description="按人员、单元、月份或单位 / per person, unit, month or body"
    )


class OfRepeats(OnClocks):
    least: int = Field(2, ge=2, le=100, description="至少次数 / at least so often")


class OfSigns(OnClocks):
    minutes: int = Field(MINUTES, ge=1, le=1440, description="分钟内验收 / accepted within minutes")
    burst: int = Field(BURST, ge=2, le=100, description="集中完成的件数 / so many at once")
    window: int = Field(WINDOW, ge=1, le=1440, description="集中的分钟数 / within minutes")
    dismissed: bool = Field(False, description="包括已排除的 / dismissed ones too")


class OfPermit(OfBodies):
    unit: str | None = Field(None, max_length=64, description="评估单元；缺省为全部 / unit; default all")


class OfDay(OfBodies):
    on: str | None = Field(None, description="日期；缺省为今天 / day; default today")


def _acts(projector: Projector, given: OnClocks, code: str | None = None) -> list[Row]:
    true, known = true_at(given.as_of), known_at(projector, given.known_at)
    with projector.reader(HAZARD_ACTS.name) as (connection, table):
        return hazard_acts(connection, table, given.body, code, true, known)


def _ledger(projector: Projector, given: OnClocks, **more: Any) -> list[Row]:
    true, known = true_at(given.as_of), known_at(projector, given.known_at)
    with projector.reader(HAZARD_LEDGER.name) as (connection, tables):
        return hazard_ledger(connection, tables, given.body, true, known, **more)


def _now(body: str | None) -> OnClocks:
    return OnClocks(body=body, as_of=None, known_at=None)


def _day(projector: Projector, given: str | None, field: str = "on") -> str:
    return day_field(field, given) or day_of(projector.journal.now())


def _seen(projector: Projector, given: OnClocks) -> str:
    true = true_at(given.as_of)
    return day_of(true or projector.journal.now())


def _open(projector: Projector, given: OfOpen) -> list[Row]:
    rows = _ledger(projector, _now(given.body), open_only=True)
    return open_hazards(rows, _day(projector, given.on), given.step, given.person, given.late)


def _links(projector: Projector, given: OfOne) -> list[Row]:
    rows = _ledger(projector, given)
    found = hazard_links(_acts(projector, given), rows)
    return [row for row in found if given.code in (None, row["code"])]


def _risk(projector: Projector, given: OfRisk) -> list[Row]:
    return risk_hazards(_ledger(projector, given), given.risk, tuple(WAITS))


def _rates(projector: Projector, given: OfRates) -> list[Row]:
    return rectification_rates(_acts(projector, given), given.per, _seen(projector, given))


def _repeats(projector: Projector, given: OfRepeats) -> list[Row]:
    return repeats(_acts(projector, given), given.least)


def _signs(projector: Projector, given: OfSigns) -> list[Row]:
    return signs(projector, given, ())


def signs(projector: Projector, given: OfSigns, equal: Any) -> list[Row]:
    """The signs of paper-only closure; ``equal`` groups salted hashes of one file, as the evidence store knows them."""
    acts = _acts(projector, given)
    with projector.reader(EVIDENCE.name) as (connection, tables):
        files = evidence_list(connection, tables, given.body)
    taken = {(row["body"], row["evidence"]): row["taken_at"] for row in files if row.get("taken_at")}
    away = {
        (act["body"], act["code"]): {**act["data"], "position": act["position"]}
        for act in acts
        if act["kind"] == "signal-dismissed"
    }
    rows = paper_signals(acts, taken, equal, away, given.minutes, given.burst, given.window)
    return [row for row in rows if given.dismissed or not row["dismissed"]]


def _permit(projector: Projector, given: OfPermit) -> list[Row]:
    with projector.reader(STOPS.name) as (connection, tables):
        stopped = stop_list(connection, tables, given.body)
        held = hold_list(connection, tables, given.body)
    hazards = _ledger(projector, _now(given.body), open_only=True)
    with projector.reader(UNIT_TREE.name) as (connection, tables):
        tree = unit_tree(connection, tables, given.body)
    asked = [(row["code"], row["body"]) for row in tree if given.unit in (None, row["code"])]
    if given.unit is not None and not asked:
        raise UnknownThing(kind=Term("unit"), code=given.unit, body=given.body or ANY_BODY)
    return [permit(unit, body, tree, stopped, held, hazards) for unit, body in asked]


def _sweep(projector: Projector, given: OfDay) -> list[Row]:
    clocks = _now(given.body)
    acts = _acts(projector, clocks)
    open_now = _ledger(projector, clocks, open_only=True)
    with projector.reader(BODY_REGISTER.name) as (connection, tables):
        bodies = body_list(connection, tables, given.body)
    codes = [(row["body"], row["code"]) for row in open_now]
    return verdict_sweep(acts, codes, bodies, load_rulebook(), _day(projector, given.on))


_ACTS, _LEDGER = HAZARD_ACTS.name, HAZARD_LEDGER.name
HAZARD_QUESTIONS: tuple[Question[Any], ...] = (
    Question("hazard-open", OfOpen, (_LEDGER,), _open, {"body": "KS-01", "on": "2026-03-31"}),
    Question("hazard-links", OfOne, (_ACTS, _LEDGER), _links, {"body": "KS-01", "code": "YH-0001"}),
    Question("risk-hazards", OfRisk, (_LEDGER,), _risk, {"body": "KS-01", "risk": "R-0001"}),
    Question("rectification-rates", OfRates, (_ACTS,), _rates, {"body": "KS-01", "per": "month"}),
    Question("hazard-repeats", OfRepeats, (_ACTS,), _repeats, {"body": "KS-01", "least": 2}),
    Question(
        "paper-signals",
        OfSigns,
        (_ACTS, EVIDENCE.name),
        _signs,
        {"body": "KS-01", "minutes": 1440, "dismissed": True},
    ),
    Question(
        "permit",
        OfPermit,
        (STOPS.name, _LEDGER, UNIT_TREE.name),
        _permit,
        {"body": "KS-01", "unit": "U-TS-1-1"},
    ),
    Question(
        "verdict-sweep",
        OfDay,
        (_ACTS, _LEDGER, BODY_REGISTER.name),
        _sweep,
        {"body": "KS-01", "on": "2022-08-31"},
    ),
)

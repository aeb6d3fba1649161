"""The questions about units, areas, stops, holds and confirmations; a part of the index of questions."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from adapters.problems import day_field
from adapters.projector.asking import MOST, OfBodies, OnClocks, Question, Row, known_at, true_at
from adapters.projector.projector import Projector
from adapters.projector.uplift_asking import shown_levels
from domain.language import Moment, day_of
from projections.areas import AREAS, area_list
from projections.confirmations import CONFIRMATIONS, confirmation_gaps, confirmation_list
from projections.risk_levels import RiskLevel, risk_levels
from projections.risk_list import RISK_LIST
from projections.stops import STOPS, hold_list, stop_list
from projections.unit_gaps import unit_gaps
from projections.unit_tree import UNIT_TREE, unit_tree
from projections.uplifts import UPLIFTS


class OfUnits(OnClocks):
    under: str | None = Field(
        None, max_length=64, description="只列该单元及其下级 / this unit and what is below it"
    )


class OfTree(OfUnits):
    retired: bool = Field(False, description="包括已停用的 / retired ones too")


class OfAreas(OnClocks):
    dissolved: bool = Field(False, description="包括已撤销的 / dissolved ones too")


class OfStops(OfBodies):
    unit: str | None = Field(None, max_length=64, description="评估单元 / unit")
    ever: bool = Field(False, description="包括已解除的 / released ones too")


class OfConfirmations(OfBodies):
    since: str | None = Field(None, description="自（日期） / from this day")
    until: str | None = Field(None, description="至（日期，含） / up to this day")
    team: str | None = Field(None, max_length=64, description="班组 / team")
    open_only: bool = Field(False, description="只列未复核的 / only those that nobody re-checked")
    limit: int | None = Field(None, ge=1, le=MOST, description="最多行数 / rows at most")


class OfAShift(OfBodies):
    on: str | None = Field(None, description="日期；缺省为今天 / day; default today")
    shift: str | None = Field(None, max_length=200, description="班次；缺省为全天 / shift; default all day")
    under: str | None = Field(
        None, max_length=64, description="只列该单元及其下级 / this unit and what is below it"
    )


def _units(projector: Projector, given: OfTree) -> list[Row]:
    true, known = true_at(given.as_of), known_at(projector, given.known_at)
    return _tree(projector, given.body, true, known, given.under, given.retired)


def _gaps(projector: Projector, given: OfUnits) -> list[Row]:
    true, known = true_at(given.as_of), known_at(projector, given.known_at)
    risks = _risks(projector, given.body, true, known)
    return unit_gaps(_tree(projector, given.body, true, known, given.under, True), risks)


def _areas(projector: Projector, given: OfAreas) -> list[Row]:
    true, known = true_at(given.as_of), known_at(projector, given.known_at)
    risks = _risks(projector, given.body, true, known)
    tree = _tree(projector, given.body, true, known, None, True)
    with projector.reader(AREAS.name) as (connection, tables):
        return area_list(connection, tables, tree, risks, given.body, true, known, given.dissolved)


def _risks(projector: Projector, body: str | None, true: Moment | None, known: int | None) -> list[RiskLevel]:
    with projector.reader(RISK_LIST.name) as (connection, tables):
        risks = risk_levels(connection, tables, body, true, known)
    return shown_levels(projector, risks, body, true, known)


def _tree(
    projector: Projector,
    body: str | None,
    true: Moment | None,
    known: int | None,
    under: str | None,
    retired: bool,
) -> list[Row]:
    """The tree is read after what refers to it, so that it holds every unit of which a risk speaks."""
    with projector.reader(UNIT_TREE.name) as (connection, tables):
        return unit_tree(connection, tables, body, under, true, known, retired)


def _stops(projector: Projector, given: OfStops) -> list[Row]:
    with projector.reader(STOPS.name) as (connection, tables):
        return stop_list(connection, tables, given.body, given.unit, given.ever)


def _holds(projector: Projector, given: OfStops) -> list[Row]:
    with projector.reader(STOPS.name) as (connection, tables):
        return hold_list(connection, tables, given.body, given.unit, given.ever)


def _confirmations(projector: Projector, given: OfConfirmations) -> list[Row]:
    day_field("since", given.since)
    day_field("until", given.until)
    with projector.reader(CONFIRMATIONS.name) as (connection, tables):
        asked = (given.body, given.since, given.until, given.team, given.open_only, given.limit)
        return confirmation_list(connection, tables, *asked)


def _unconfirmed(projector: Projector, given: OfAShift) -> list[Row]:
    """The posts of that day's end at which nobody confirmed for a shift that began that day."""
    day_field("on", given.on)
    day = given.on or day_of(projector.journal.now())
    with projector.reader(CONFIRMATIONS.name) as (connection, tables):
        rows = confirmation_list(connection, tables, given.body, day, day)
    confirmed = [row for row in rows if given.shift in (None, row["shift"])]
    return confirmation_gaps(_tree(projector, given.body, true_at(day), None, given.under, False), confirmed)


_WITH_RISKS = (UNIT_TREE.name, RISK_LIST.name, UPLIFTS.name)
_THEN = "2026-03-19T14:30:00+08:00"

SITES: tuple[Question[Any], ...] = (
    Question("unit-tree", OfTree, (UNIT_TREE.name,), _units, {"body": "KS-01"}),
    Question("unit-gaps", OfUnits, _WITH_RISKS, _gaps, {"body": "KS-01"}),
    Question("area-list", OfAreas, (AREAS.name, *_WITH_RISKS), _areas, {"body": "KS-01", "as_of": _THEN}),
    Question("stop-list", OfStops, (STOPS.name,), _stops, {"body": "KS-01", "ever": True}),
    Question("hold-list", OfStops, (STOPS.name,), _holds, {"body": "KS-01", "ever": True}),
    Question(
        "confirmation-list",
        OfConfirmations,
        (CONFIRMATIONS.name,),
        _confirmations,
        {"body": "KS-01", "since": "2026-03-19", "until": "2026-03-19"},
    ),
    Question(
        "confirmation-gaps",
        OfAShift,
        (CONFIRMATIONS.name, UNIT_TREE.name),
        _unconfirmed,
        {"body": "KS-01", "on": "2026-03-20"},
    ),
)

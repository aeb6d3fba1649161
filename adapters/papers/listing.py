"""The quarterly report of the risk list (YT-16a): every risk with the six fields of Art. 16 and those of Art. 25."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.papers.past import Past, Row, end_before, end_of
from adapters.papers.shapes import Control, Figure, Head, Missing, RiskName
from adapters.papers.site import (
    Answering,
    Asked,
    Site,
    answering_in,
    controls_of,
    head_of,
    named,
    positions,
    site_of,
)
from domain.language import LEVELS

TEMPLATE = "risk-list-report-1"


@dataclass(frozen=True)
class Listed:
    """One risk; unit and person are those that were to answer for its controls at the end of the quarter."""

    code: str
    risk: RiskName
    level: Figure
    score: str | None
    method: str | None
    version: str | None
    controls: tuple[Control, ...]
    responsible_unit: tuple[str, ...]
    responsible_person: tuple[str, ...]


@dataclass(frozen=True)
class OfLevel:
    """How many risks have a level (the last row: none yet), and how many had it at the end of the quarter before."""

    code: str
    now: Figure
    before: Figure


@dataclass(frozen=True)
class RiskListReport:
    head: Head
    risks_total: Figure
    levels: tuple[OfLevel, ...]
    risks: tuple[Listed, ...]
    missing: tuple[Missing, ...]


def risk_list_report(past: Past, asked: Asked) -> RiskListReport:
    """Compute the report; equal for an equal past."""
    end = end_of(asked.as_of)
    rows, before = past.risks(end), past.risks(end_before(asked.first))
    site = site_of(past.units(end))
    answering = answering_in(past, asked.as_of, asked.as_of)
    risks = tuple(_listed(row, site, answering) for row in rows)
    return RiskListReport(
        head_of(past, asked),
        Figure(len(rows), positions(*(row["positions"]["identity"] for row in rows))),
        tuple(OfLevel(str(level), _having(rows, level), _having(before, level)) for level in (*LEVELS, None)),
        risks,
        _missing(risks),
    )


def _listed(row: Row, site: Site, answering: Answering) -> Listed:
    controls = controls_of(row, answering)
    level = Figure(row["level"], positions(row["positions"]["level"]))
    said_by = (row.get("score"), row.get("method"), row.get("version"))
    held = [one for control in controls for one in control.responsible]
    units = dict.fromkeys(one.department for one in held if one.department is not None)
    persons = dict.fromkeys(person for one in held for person in one.persons)
    return Listed(str(row["code"]), named(row, site), level, *said_by, controls, tuple(units), tuple(persons))


def _having(rows: Sequence[Row], level: str | None) -> Figure:
    held = [row["positions"]["level" if level else "identity"] for row in rows if row["level"] == level]
    return Figure(len(held), positions(*held))


def _missing(risks: Sequence[Listed]) -> tuple[Missing, ...]:
    """The fields that some risk of the list does not have, with the clause that asks for each."""
    fields = ("category", "features", "parameters", "impact")
    found = [Missing("YT-25a", one) for one in fields if any(getattr(row.risk, one) is None for row in risks)]
    lacks = {
        "risk_level": any(row.level.value is None for row in risks),
        "control_measures": any(not row.controls for row in risks),
        "responsible_unit": any(not row.responsible_unit for row in risks),
        "responsible_person": any(not row.responsible_person for row in risks),
    }
    return (*found, *(Missing("YT-16a", name) for name, lacking in lacks.items() if lacking))

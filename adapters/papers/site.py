"""The parts that every report shares, computed from one body's past: head, risks by name, units with what is below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.papers.past import Past, Row
from adapters.papers.shapes import Assigned, BodyPart, Control, DutyPart, Figure, Head, Pinned, RiskName
from domain.language import Day, day_of
from domain.report_duties import duties_of
from domain.rulebook import Citation

NAMED = (
    "name",
    "unit",
    "category",
    "cause",
    "consequence",
    "accident_types",
    "features",
    "parameters",
    "impact",
)
"""The columns of the risk list that say what a risk is; one that it does not hold yet is None."""


@dataclass(frozen=True)
class Asked:
    """What a report is asked to be: ``recipients`` as the rule names them, ``practice`` the note of a practice file."""

    template: str
    kind: str
    period: str
    first: Day
    last: Day
    as_of: Day
    citation: Citation | None
    recipients: tuple[str, ...]
    practice: str | None


@dataclass(frozen=True)
class Site:
    """The units of a moment: each with its row, and with the codes of itself and of everything below it."""

    rows: Mapping[str, Row]
    below: Mapping[str, list[str]] = field(default_factory=dict)

    def location(self, unit: str) -> str:
        """The names from the top down to the unit."""
        row = self.rows.get(unit)
        if row is None:
            return unit
        codes = str(row["path"]).split("/")
        return " / ".join(str(self.rows[code]["name"]) if code in self.rows else code for code in codes)

    def under(self, unit: str) -> list[str]:
        """The unit and everything below it."""
        return self.below.get(unit, [unit])

    def touches(self, unit: str, other: str) -> bool:
        """Whether one of two units is the other or stands above it."""
        return other in self.under(unit) or unit in self.under(other)


def site_of(units: Sequence[Row]) -> Site:
    below: dict[str, list[str]] = {}
    for row in units:
        for code in str(row["path"]).split("/"):
            below.setdefault(code, []).append(str(row["code"]))
    return Site({str(row["code"]): row for row in units}, below)


def head_of(past: Past, asked: Asked) -> Head:
    body = past.body_row()
    assert body is not None  # a report is compiled for a registered body
    about = {name: str(body[name]) for name in ("name", "kind", "area", "sector")}
    duties = past.duties()
    raised = {str(row["code"]) for row in duties}
    owed = set(duties_of(past.body, asked.kind, asked.period, raised.__contains__))
    return Head(
        template=asked.template,
        kind=asked.kind,
        practice=asked.practice,
        body=BodyPart(
            code=past.body, **about, classes=tuple(body["classes"]), records=(int(body["position"]),)
        ),
        pinned=Pinned(asked.period, asked.first, asked.last, asked.as_of, past.position),
        citation=asked.citation,
        recipients=asked.recipients,
        duties=tuple(_duty(past, row) for row in duties if row["code"] in owed),
    )


def _duty(past: Past, row: Row) -> DutyPart:
    records = tuple(position for position, _ in past.traced("duty", str(row["code"])))
    due = Figure(str(row["due"]), records)
    return DutyPart(str(row["code"]), str(row["owed_by"]), due, bool(row["overdue"]))


def named(row: Row, site: Site) -> RiskName:
    """What a risk is, as the risk list says it."""
    said = {name: row.get(name) or None for name in NAMED}
    return RiskName(
        code=str(row["code"]),
        name=str(said["name"]),
        unit=str(said["unit"]),
        location=site.location(str(said["unit"])),
        category=said["category"],
        description=str(said["cause"] or ""),
        consequence=str(said["consequence"] or ""),
        accident_types=tuple(said["accident_types"] or ()),
        features=said["features"],
        parameters=said["parameters"],
        impact=said["impact"],
        records=(int(row["positions"]["identity"]),),
    )


Answering = Mapping[tuple[str, str], tuple[Assigned, ...]]
"""By risk and control who was to answer for it."""


def answering_in(past: Past, first: Day, last: Day) -> Answering:
    """Who was to answer for each control on any day from the first to the last: each assignment once, in its order."""
    turns = {first, last}
    for row in past.appointments():
        if row["part"] == "control":
            turns |= {day for day in (row["since"], row["until"]) if day is not None and first < day <= last}
    found: dict[tuple[str, str], dict[int, tuple[Row, dict[str, None]]]] = {}
    for day in sorted(turns):
        for key, rows in past.answering(day).items():
            for row in rows:
                held = found.setdefault(key, {}).setdefault(row["assignment"], (row, {}))
                held[1].update(dict.fromkeys(row["persons"]))
    return {
        key: tuple(_assigned(row, tuple(persons)) for row, persons in held.values())
        for key, held in found.items()
    }


def _assigned(row: Row, persons: tuple[str, ...]) -> Assigned:
    named = (str(row["tier"]), row["department"], row["post"])
    return Assigned(*named, persons, str(row["since"]), row["until"], positions(row["position"]))


def controls_of(row: Row, answering: Answering) -> tuple[Control, ...]:
    """The controls of a risk in their order."""
    return tuple(
        Control(
            code=str(one["control"]),
            measure=str(one["measure"]),
            layer=str(one["layer"]),
            order=one.get("order"),
            responsible=answering.get((str(row["code"]), str(one["control"])), ()),
            since=day_of(one["happened_at"]),
            records=(int(one["position"]),),
        )
        for one in row["controls"]
    )


def positions(*found: Any) -> tuple[int, ...]:
    """Positions once each, in order; None is left out."""
    return tuple(sorted({int(one) for one in found if one is not None}))


def count(records: Sequence[int | None]) -> Figure:
    """How many things there are, each with the record that says so."""
    return Figure(len(records), positions(*records))

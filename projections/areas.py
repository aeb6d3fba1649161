"""Areas with their level and colour, now or at any moment: by the worst unit, and beside it by the body's own weights.

Nothing of a level is kept here: it follows from the risks and units of the moment that is asked for, so it is new as
soon as one of them is, and a late entry changes every past day that it should (docs/decisions).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, MetaData, RowMapping, Table

from domain.areas import (
    AreaDefined,
    AreaDissolved,
    AreaRegrouped,
    AreaUnweighed,
    AreaWeighed,
    weighted,
    worst,
)
from domain.language import COLOUR, LEVELS, Moment
from domain.records import Record
from projections import bitemporal
from projections.bitemporal import KNOWN_FOREVER, TRUE_FOREVER, Entry
from projections.bulk import TEXT, read, written
from projections.projection import Projection
from projections.risk_levels import RiskLevel

Row = dict[str, Any]
UNWEIGHED: Row = {"rule": "worst_unit", "weights": None, "points": None}


class Tables(NamedTuple):
    """``areas`` lists them all; name, units, weighing and standing are facets."""

    areas: Table
    name: Table
    units: Table
    weighing: Table
    standing: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    def facet(name: str, *columns: str) -> Table:
        return bitemporal.facet_table(metadata, f"{prefix}{name}", [Column(one, TEXT) for one in columns])

    return Tables(
        bitemporal.entity_table(metadata, f"{prefix}areas"),
        facet("name", "name"),
        facet("units", "units"),
        facet("weighing", "rule", "weights", "points"),
        facet("standing", "standing"),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each record says something of one area from its ``happened_at`` on."""
    entries: dict[str, list[Entry]] = {}
    for record in records:
        place = (record.position, record.scope, record.stream.rsplit("/", 1)[1], record.happened_at)
        for facet, values in _said(record.event).items():
            entries.setdefault(facet, []).append(Entry(*place, values))
    said = [(getattr(tables, facet), of_facet) for facet, of_facet in entries.items()]
    bitemporal.apply_facets(connection, tables.areas, said)


def _said(event: object) -> dict[str, Row]:
    def weighing(event: AreaWeighed | AreaRegrouped) -> Row:
        if not event.weights:
            return UNWEIGHED
        return {"rule": "weighted", "weights": written(event.weights), "points": written(event.points)}

    match event:
        case AreaDefined():
            grouped = {"name": {"name": event.name}, "units": {"units": written(event.units)}}
            return {**grouped, "weighing": UNWEIGHED, "standing": {"standing": "in_use"}}
        case AreaRegrouped():
            return {"units": {"units": written(event.units)}, "weighing": weighing(event)}
        case AreaWeighed():
            return {"weighing": weighing(event)}
        case AreaUnweighed():
            return {"weighing": UNWEIGHED}
        case AreaDissolved():
            return {"standing": {"standing": "dissolved"}}
        case _:
            return {}


def area_list(
    connection: Connection,
    tables: Tables,
    tree: Sequence[Row],
    risks: Iterable[RiskLevel],
    body: str | None = None,
    true_at: Moment | None = None,
    known_at: int | None = None,
    dissolved: bool = False,
) -> list[Row]:
    """The areas by body and code with both levels, as true at a moment and known by a position.

    ``tree`` holds the rows of the unit tree (retired ones too) and ``risks`` the levels of that same moment.
    ``level`` is the one that counts under the area's rule; ``difference`` says by how many levels the weights come
    out below the worst unit.
    """
    found = bitemporal.as_of_joined(
        connection,
        tables.areas,
        (tables.name, tables.units, tables.weighing, tables.standing),
        scope=body,
        true_at=TRUE_FOREVER if true_at is None else true_at,
        known_at=KNOWN_FOREVER if known_at is None else known_at,
    )
    below = _below(tree, risks)
    return [
        _row(one, below)
        for one in found
        if one["name"] is not None and (dissolved or one["standing"] != "dissolved")
    ]


def _below(tree: Sequence[Row], risks: Iterable[RiskLevel]) -> dict[tuple[str, str], list[RiskLevel]]:
    """The risks of each unit and of everything below it."""
    lines = {(row["body"], row["code"]): row["path"].split("/") for row in tree}
    below: dict[tuple[str, str], list[RiskLevel]] = {}
    for risk in risks:
        for unit in lines.get((risk.body, risk.unit), [risk.unit]):
            below.setdefault((risk.body, unit), []).append(risk)
    return below


def _row(found: RowMapping, below: dict[tuple[str, str], list[RiskLevel]]) -> Row:
    body, units, weights = found["scope"], read(found["units"]), read(found["weights"], {})
    under = {unit: below.get((body, unit), []) for unit in units}
    levels = {unit: worst(risk.level for risk in risks) for unit, risks in under.items()}
    highest = worst(levels.values())
    by_weight, mean = weighted(levels, weights, read(found["points"])) if weights else (None, None)
    level = by_weight if weights else highest
    causes = {risk.code for risks in under.values() for risk in risks if risk.level == highest is not None}
    return {
        "body": body,
        "code": found["code"],
        "name": found["name"],
        "rule": found["rule"],
        "level": level,
        "colour": COLOUR[level] if level else None,
        "worst_level": highest,
        "worst_colour": COLOUR[highest] if highest else None,
        "weighted_level": by_weight,
        "weighted_colour": COLOUR[by_weight] if by_weight else None,
        "mean": None if mean is None else _decimal(mean),
        "difference": LEVELS.index(by_weight) - LEVELS.index(highest) if by_weight and highest else None,
        "worst_units": [unit for unit in units if levels[unit] == highest is not None],
        "worst_risks": sorted(causes),
        "units": [
            {"unit": unit, "level": levels[unit], "weight": weights.get(unit), "risks": len(under[unit])}
            for unit in units
        ],
        "not_assessed": [unit for unit in units if levels[unit] is None],
        "standing": found["standing"],
        "since": {part: found[f"{part}_true_from"] for part in ("name", "units", "rule", "standing")},
        "positions": {part: found[f"{part}_position"] for part in ("name", "units", "rule", "standing")},
    }


def _decimal(mean: Fraction) -> str:
    return f"{Decimal(mean.numerator) / Decimal(mean.denominator):.4f}"


AREAS = Projection(
    name="areas",
    version=2,
    kinds=(
        AreaDefined.KIND,
        AreaRegrouped.KIND,
        AreaWeighed.KIND,
        AreaUnweighed.KIND,
        AreaDissolved.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(area_list,),
)

"""What weather and holidays lifted for a while in a period: told beside the major risks, for no assessment says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.papers.past import Past, Row
from adapters.papers.shapes import Figure
from domain.language import Moment


@dataclass(frozen=True)
class Lifted:
    """``level`` is what the risk was last lifted to in the period, with the records that began, turned and ended it.

    ``signal`` is the weather's level; ``until`` is None while it goes on; ``outcome`` says what became of the level.
    """

    risk: str
    name: str
    change: str
    kind: str
    weather: str | None
    signal: str | None
    base: str | None
    level: Figure
    since: str
    until: str | None
    outcome: str | None


def lifted_in(past: Past, begin: Moment, end: Moment, risks: Mapping[str, Row]) -> tuple[Lifted, ...]:
    """Every uplift in force at any moment from begin to end, by risk and beginning; a measure alone is none."""
    rows = [
        row for row in past.uplifts(end) if row["level"] and (row["until"] is None or row["until"] >= begin)
    ]
    return tuple(
        Lifted(
            row["risk"],
            str(risks[row["risk"]]["name"]) if row["risk"] in risks else row["risk"],
            row["change"],
            row["kind"],
            row["weather"],
            row["signal"],
            row["base"],
            Figure(row["level"], tuple(one for one in (row["position"], row["ended_position"]) if one)),
            row["since"],
            row["until"],
            row["outcome"],
        )
        for row in rows
    )

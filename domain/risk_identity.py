"""A risk is identified: where it is, by which factor, what may happen, why, and to whom (NJ-023)."""

from __future__ import annotations

from dataclasses import dataclass

from domain.decider import Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Title, Words
from domain.refused import Incomplete
from domain.units import need_unit_in_use


@dataclass(frozen=True)
class IdentifyRisk(Command):
    """Record a risk with the outputs that NJ-023 asks for; the factor is coded by a stated edition of GB/T 13861."""

    body: Code
    risk: Code
    unit: Code
    name: Title
    factor: Code
    factor_edition: Title
    accident_types: tuple[Title, ...]
    cause: Words
    consequence: Words
    impact: Words


@dataclass(frozen=True)
class RiskIdentified(Event):
    KIND = "risk-identified.1"
    unit: str
    name: str
    factor: str
    factor_edition: str
    accident_types: tuple[str, ...]
    cause: str
    consequence: str
    impact: str


def identified(command: IdentifyRisk, facts: Facts) -> list[Event]:
    need_unit_in_use(facts, command.body, command.unit, command)
    if not command.accident_types:
        raise Incomplete(what=Thing("risk", command.risk), missing=[Term("accident_types")])
    return [
        RiskIdentified(
            command.unit,
            command.name,
            command.factor,
            command.factor_edition,
            command.accident_types,
            command.cause,
            command.consequence,
            command.impact,
        )
    ]

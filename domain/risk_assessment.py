"""A risk is assessed by a method the body adopted, and again after changes; the level is computed, never chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from domain.decider import Facts
from domain.language import Code, Command, Event, Number, PersonRef, Remark, day_of
from domain.methods import Rating, rate
from domain.people import need_person
from domain.risk_state import Risk
from domain.rule_adoption import need_rule
from domain.rulebook import Citation, Rulebook

Reason = Literal["periodic", "change", "correction"]


@dataclass(frozen=True)
class AssessRisk(Command):
    """Assess a risk for the first time by a method the body adopted."""

    body: Code
    risk: Code
    method: Code
    inputs: dict[Code, Number]
    effectiveness: Remark = ""
    basis: Remark = ""
    participants: tuple[PersonRef, ...] = ()


@dataclass(frozen=True)
class ReassessRisk(Command):
    """Assess a risk again, and say why; it may be entered late, for the day on which it was made."""

    body: Code
    risk: Code
    method: Code
    inputs: dict[Code, Number]
    reason: Reason
    effectiveness: Remark = ""
    basis: Remark = ""
    participants: tuple[PersonRef, ...] = ()


@dataclass(frozen=True)
class RiskAssessed(Event):
    """Stores method, version, inputs, result and citation: recomputing gives the same level (I5)."""

    KIND = "risk-assessed.1"
    assessed_at: str
    method: str
    version: str
    inputs: Mapping[str, str]
    score: str
    level: str
    citation: Citation
    effectiveness: str
    basis: str
    participants: tuple[str, ...]


@dataclass(frozen=True)
class RiskReassessed(Event):
    """As ``RiskAssessed``, with the reason and the level that counted when this was entered."""

    KIND = "risk-reassessed.1"
    assessed_at: str
    reason: str
    was: str
    method: str
    version: str
    inputs: Mapping[str, str]
    score: str
    level: str
    citation: Citation
    effectiveness: str
    basis: str
    participants: tuple[str, ...]


def _rated(command: AssessRisk | ReassessRisk, facts: Facts, rules: Rulebook) -> tuple[Rating, Citation]:
    need_person(facts, command.body, *command.participants)
    method, citation = need_rule(facts, rules, command.method, command.body, day_of(facts.at))
    return rate(method, command.inputs), citation


def assessed(command: AssessRisk, facts: Facts, rules: Rulebook) -> list[Event]:
    rating, citation = _rated(command, facts, rules)
    return [
        RiskAssessed(
            facts.at,
            command.method,
            citation.version,
            dict(command.inputs),
            rating.score,
            rating.level,
            citation,
            command.effectiveness,
            command.basis,
            command.participants,
        )
    ]


def reassessed(command: ReassessRisk, state: Risk, facts: Facts, rules: Rulebook) -> list[Event]:
    rating, citation = _rated(command, facts, rules)
    return [
        RiskReassessed(
            facts.at,
            command.reason,
            state.level,
            command.method,
            citation.version,
            dict(command.inputs),
            rating.score,
            rating.level,
            citation,
            command.effectiveness,
            command.basis,
            command.participants,
        )
    ]

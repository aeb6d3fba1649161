"""The first line of defence: a risk is identified, assessed, given controls, reassessed after changes, and retired.

A risk is objective and nobody's fault (YT Art. 3); a defect that breaches a standard is a hazard and stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Moment, Number, PersonRef, Remark, Title, Words, but, day_of
from domain.methods import Rating, rate
from domain.people import need_person
from domain.refused import AlreadyRegistered, BeforePredecessor, Incomplete, OutOfTurn, Retired, UnknownThing
from domain.rule_adoption import need_rule
from domain.rulebook import Citation, Rulebook
from domain.units import need_unit_in_use

Layer = Literal["engineering", "management", "protection"]
"""Layers of control in their order of preference (YT Art. 23)."""
Reason = Literal["periodic", "change", "correction"]


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
class AdoptControl(Command):
    """Give a risk a measure with a layer, an order of priority and somebody who answers for it."""

    body: Code
    risk: Code
    control: Code
    measure: Words
    layer: Layer
    order: int
    responsible: PersonRef


@dataclass(frozen=True)
class RetireRisk(Command):
    """The risk no longer exists; its history stays."""

    body: Code
    risk: Code
    reason: Words


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


@dataclass(frozen=True)
class ControlAdopted(Event):
    KIND = "control-adopted.1"
    control: str
    measure: str
    layer: str
    order: int
    responsible: str


@dataclass(frozen=True)
class RiskRetired(Event):
    KIND = "risk-retired.1"
    reason: str


RiskCommand = IdentifyRisk | AssessRisk | AdoptControl | ReassessRisk | RetireRisk
RiskEvent = RiskIdentified | RiskAssessed | RiskReassessed | ControlAdopted | RiskRetired


@dataclass(frozen=True)
class Risk:
    """What the next decision needs: the step, the level that counts and since when, and the controls' codes."""

    step: str = "unknown"
    level: str = ""
    assessed_at: Moment = ""
    controls: tuple[str, ...] = ()


def evolve(state: Risk, event: RiskEvent) -> Risk:
    match event:
        case RiskIdentified():
            return but(state, step="identified")
        case RiskAssessed() | RiskReassessed():
            if event.assessed_at < state.assessed_at:
                return state
            return but(state, step="assessed", level=event.level, assessed_at=event.assessed_at)
        case ControlAdopted():
            return but(state, controls=(*state.controls, event.control))
        case RiskRetired():
            return but(state, step="retired")


def decide(command: RiskCommand, state: Risk, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses steps out of turn, unknown units and persons, inputs off the scale, and methods nobody adopted."""
    need_body(facts, command.body)
    if isinstance(command, IdentifyRisk):
        if state.step != "unknown":
            raise AlreadyRegistered(kind=Term("risk"), code=command.risk, body=command.body)
        return _identified(command, facts)
    if state.step == "unknown":
        raise UnknownThing(kind=Term("risk"), code=command.risk, body=command.body)
    if state.step == "retired":
        raise Retired(kind=Term("risk"), code=command.risk, command=type(command).__name__)
    if facts.at < facts.first_at:
        raise BeforePredecessor(what=Thing("risk", command.risk), previous=facts.first_at, at=facts.at)
    match command:
        case AssessRisk():
            _expect(command, state, "identified")
            return _assessed(command, facts, rules)
        case ReassessRisk():
            _expect(command, state, "assessed")
            return _reassessed(command, state, facts, rules)
        case AdoptControl():
            if command.control in state.controls:
                raise AlreadyRegistered(kind=Term("control"), code=command.control, body=command.body)
            need_person(facts, command.body, command.responsible)
            return [
                ControlAdopted(
                    command.control, command.measure, command.layer, command.order, command.responsible
                )
            ]
        case RetireRisk():
            if facts.at < facts.previous_at:
                raise BeforePredecessor(
                    what=Thing("risk", command.risk), previous=facts.previous_at, at=facts.at
                )
            return [RiskRetired(command.reason)]


def _expect(command: AssessRisk | ReassessRisk, state: Risk, step: str) -> None:
    if state.step != step:
        raise OutOfTurn(
            what=Thing("risk", command.risk),
            step=Term(state.step),
            command=type(command).__name__,
            needs=[Term(step)],
        )


def _identified(command: IdentifyRisk, facts: Facts) -> list[Event]:
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


def _rated(command: AssessRisk | ReassessRisk, facts: Facts, rules: Rulebook) -> tuple[Rating, Citation]:
    need_person(facts, command.body, *command.participants)
    method, citation = need_rule(facts, rules, command.method, command.body, day_of(facts.at))
    return rate(method, command.inputs), citation


def _assessed(command: AssessRisk, facts: Facts, rules: Rulebook) -> list[Event]:
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


def _reassessed(command: ReassessRisk, state: Risk, facts: Facts, rules: Rulebook) -> list[Event]:
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


RISK: Decider[Risk] = Decider(
    name="risk",
    initial=Risk(),
    evolve=evolve,
    decide=decide,
    events=(RiskIdentified, RiskAssessed, RiskReassessed, ControlAdopted, RiskRetired),
    commands=(IdentifyRisk, AssessRisk, AdoptControl, ReassessRisk, RetireRisk),
    place=lambda command: (command.body, command.risk),
    keyed=True,
)

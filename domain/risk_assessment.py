"""A risk is assessed by a method the body adopted, and again after changes; the level is computed, never chosen.

Whoever gives another level than the computed one says why. What would lower the level waits for another person's
approval where the body adopted that house rule (``domain/risk_approval.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from domain.decider import Facts
from domain.labels import Term, Thing
from domain.language import (
    LEVELS,
    Code,
    Command,
    Event,
    Hash,
    Level,
    Number,
    PersonRef,
    Remark,
    Words,
    day_of,
)
from domain.methods import Rating, rate
from domain.people import need_person
from domain.refused import AlreadySo
from domain.refused_risks import ReasonMissing, StandardsNotMet
from domain.risk_level import RANK, counting, lowers
from domain.risk_state import Risk, Said
from domain.rule_adoption import find_rule, need_method, need_rule
from domain.rulebook import Citation, Rulebook

Reason = Literal["periodic", "change", "correction", "cross_check"]
RatingKind = Literal["current", "inherent"]
"""With the effect of the controls there are, or as if there were none (NJ-027)."""
Factor = Literal[
    "exposed_people",
    "major_hazard_installation",
    "labour_intensive_place",
    "high_risk_procedure",
    "affected_population",
]
"""What YT Art. 20 asks to be weighed: each may raise the level."""
EvidenceKind = Literal["survey", "test", "design", "model", "experiment", "accident", "other"]
"""Measured data, then models and experiments, then accidents of the same sector (NJ-028)."""
LOWERING, ESCALATION = "level-lowering", "level-escalation"


@dataclass(frozen=True)
class Escalation:
    """One factor that raises the level, and what it is here."""

    factor: Factor
    reason: Words


@dataclass(frozen=True)
class Evidence:
    """What the judgement rests on; a file is named by the SHA-256 of its salt and content, and lies elsewhere."""

    kind: EvidenceKind
    what: Words
    salted_sha256: Hash | None = None


@dataclass(frozen=True)
class Analysis:
    """The four elements by which YT Art. 19 has a risk analysed."""

    initiating_object: Words
    inducing_cause: Words
    harming_object: Words
    injury_manner: Words


@dataclass(frozen=True)
class AssessRisk(Command):
    """Assess a risk for the first time, by a method the body adopted; ``condition`` is for direct determination.

    ``level`` with ``override`` gives another level than the computed one, for a reason.
    """

    body: Code
    risk: Code
    method: Code
    inputs: dict[Code, Number] | None = None
    effectiveness: Remark = ""
    basis: Remark = ""
    participants: tuple[PersonRef, ...] = ()
    rating: RatingKind = "current"
    condition: Code | None = None
    escalations: tuple[Escalation, ...] = ()
    level: Level | None = None
    override: Remark = ""
    standards_met: bool | None = None
    analysis: Analysis | None = None
    evidence: tuple[Evidence, ...] = ()
    assessors: tuple[PersonRef, ...] = ()


@dataclass(frozen=True)
class ReassessRisk(Command):
    """Assess a risk again, or by one more method, and say why; it may be entered late, for the day it was made."""

    body: Code
    risk: Code
    method: Code
    inputs: dict[Code, Number] | None
    reason: Reason
    effectiveness: Remark = ""
    basis: Remark = ""
    participants: tuple[PersonRef, ...] = ()
    rating: RatingKind = "current"
    condition: Code | None = None
    escalations: tuple[Escalation, ...] = ()
    level: Level | None = None
    override: Remark = ""
    standards_met: bool | None = None
    analysis: Analysis | None = None
    evidence: tuple[Evidence, ...] = ()
    assessors: tuple[PersonRef, ...] = ()


@dataclass(frozen=True)
class Assessed(Event):
    """What every assessment stores: recomputing from it gives the same level (I5).

    ``computed`` is the method's level, ``escalated`` the same after the factors of YT Art. 20, ``level`` what was
    given, ``was`` the level of this rating that counted before. Where it ``waits`` for approval, ``interim`` is the
    level that it gives meanwhile (None: what counted before goes on counting). Assessors are who judged; whoever
    recorded it is one of them.
    """

    number: int
    assessed_at: str
    why: str
    rating: str
    was: str | None
    method: str
    version: str
    inputs: Mapping[str, str]
    score: str
    computed: str
    escalations: tuple[Escalation, ...]
    escalated: str
    level: str
    override: str
    waits: bool
    interim: str | None
    citation: Citation
    escalation_rule: Citation | None
    lowering_rule: Citation | None
    effectiveness: str
    standards_met: bool | None
    analysis: Analysis | None
    basis: str
    evidence: tuple[Evidence, ...]
    assessors: tuple[str, ...]
    participants: tuple[str, ...]


@dataclass(frozen=True)
class RiskAssessed(Assessed):
    """The first assessment of a rating, current or inherent."""

    KIND = "risk-assessed.1"


@dataclass(frozen=True)
class RiskReassessed(Assessed):
    """Every later one, with the reason: periodic, change, correction, or a cross-check by one more method."""

    KIND = "risk-reassessed.1"


def said(event: Assessed) -> Said:
    """The assessment as later decisions need it."""
    return Said(
        event.number,
        event.rating,
        event.assessed_at,
        event.method,
        event.level,
        event.interim or "",
        event.waits,
        event.assessors,
    )


def assessed(command: AssessRisk | ReassessRisk, state: Risk, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses persons unknown, methods not adopted, inputs off the scale, and another level without a reason.

    Refuses a lower level also where mandatory standards are not met (NJ-028).
    """
    need_person(facts, command.body, *command.participants, *command.assessors)
    need_method(facts, rules, command.method, command.body, day_of(facts.at))
    method, citation = need_rule(facts, rules, command.method, command.body, day_of(facts.at))
    inputs = dict(command.inputs or {})
    if command.condition is not None:
        inputs["condition"] = command.condition
    rating = rate(method, inputs)
    escalated, escalation_rule = _escalated(command, rating, facts, rules)
    level = command.level or escalated
    if (level != escalated) != (command.override != ""):
        if command.override:
            raise AlreadySo(what=Term("override"))
        raise ReasonMissing(computed=Term(escalated), given=Term(level))
    number = len(state.said) + 1
    people = tuple(dict.fromkeys((*command.assessors, *facts.actors)))
    new = Said(number, command.rating, facts.at, command.method, level, people=people)
    down = RANK[level] < RANK[escalated] or lowers(state.said, new, level)
    if down and command.standards_met is False:
        raise StandardsNotMet(what=Thing("risk", command.risk), level=Term(level))
    lowering_rule = lowering(command.body, facts, rules) if down else None
    interim = None
    if lowering_rule is not None and escalated != level and not lowers(state.said, new, escalated):
        interim = escalated
    before = counting(state.said, facts.at, command.rating)
    kind = RiskAssessed if isinstance(command, AssessRisk) else RiskReassessed
    return [
        kind(
            number=number,
            assessed_at=facts.at,
            why="initial" if isinstance(command, AssessRisk) else command.reason,
            rating=command.rating,
            was=before and before.level,
            method=command.method,
            version=citation.version,
            inputs=inputs,
            score=rating.score,
            computed=rating.level,
            escalations=command.escalations,
            escalated=escalated,
            level=level,
            override=command.override,
            waits=lowering_rule is not None,
            interim=interim,
            citation=citation,
            escalation_rule=escalation_rule,
            lowering_rule=lowering_rule,
            effectiveness=command.effectiveness,
            standards_met=command.standards_met,
            analysis=command.analysis,
            basis=command.basis,
            evidence=command.evidence,
            assessors=people,
            participants=command.participants,
        )
    ]


def lowering(body: str, facts: Facts, rules: Rulebook) -> Citation | None:
    """The adopted rule by which a lower level waits for another person's approval; None where the body has none."""
    found = find_rule(facts, rules, LOWERING, body, day_of(facts.at))
    return found[1] if found and found[0].value["approval"] == "another_person" else None


def _escalated(
    command: AssessRisk | ReassessRisk, rating: Rating, facts: Facts, rules: Rulebook
) -> tuple[str, Citation | None]:
    """The level after the factors of YT Art. 20: raised once by the adopted rule's steps, at most to the highest."""
    if not command.escalations:
        return rating.level, None
    named = [one.factor for one in command.escalations]
    for at, factor in enumerate(named):
        if factor in named[:at]:
            raise AlreadySo(what=Term(factor))
    wording, citation = need_rule(facts, rules, ESCALATION, command.body, day_of(facts.at))
    at = LEVELS.index(rating.level)
    return LEVELS[max(0, at - int(wording.value["levels"]))], citation

"""What was rectified is accepted or rejected by somebody independent of it; nothing is verified by who did it.

Independent is who neither rectified nor answered for it, did not ask for more time, and, where the adopted rule wants
several verifiers, has not verified this round already. Whoever acts on another's behalf must be independent in both.
That a major hazard takes two persons, and somebody from outside the workshop, is a house rule and cited as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.decider import Facts
from domain.hazard_state import Hazard
from domain.independence import need_independent
from domain.labels import Term, Thing
from domain.language import SHARED, Code, Command, Event, Hash, PersonRef, Words, day_of
from domain.people import need_person
from domain.refused_hazards import WithinWorkshop
from domain.roles import ROLES
from domain.rule_adoption import find_rule
from domain.rulebook import Citation, Rulebook, Wording

Verdict = Literal["accepted", "rejected"]
RULE = "verification"


@dataclass(frozen=True)
class CompleteRectification(Command):
    """Report that the rectification is done, and who did it (default: who reports it)."""

    body: Code
    hazard: Code
    done: Words
    rectified_by: tuple[PersonRef, ...] = ()
    evidence: tuple[Hash, ...] = ()


@dataclass(frozen=True)
class VerifyRectification(Command):
    """Accept or reject what was rectified, by somebody independent of it."""

    body: Code
    hazard: Code
    verdict: Verdict
    findings: Words
    evidence: tuple[Hash, ...] = ()


@dataclass(frozen=True)
class RectificationCompleted(Event):
    """``rectified_by`` holds who did it first, then who reported it: none of them may verify it."""

    KIND = "rectification-completed.1"
    opening: int
    round: int
    done: str
    rectified_by: tuple[str, ...]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class RectificationVerified(Event):
    """One acceptance; the hazard is verified when ``count`` reaches ``needed``."""

    KIND = "rectification-verified.1"
    verified_by: str
    findings: str
    count: int
    needed: int
    citation: Citation | None
    on_behalf_of: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class RectificationRejected(Event):
    KIND = "rectification-rejected.1"
    opening: int
    rejected_by: str
    findings: str
    evidence: tuple[str, ...] = ()


def complete(command: CompleteRectification, state: Hazard, facts: Facts) -> list[Event]:
    """Refuses a rectifier whom the body does not know."""
    if command.rectified_by:
        need_person(facts, command.body, *command.rectified_by)
    done_by = command.rectified_by or (facts.by,)
    everyone = tuple(dict.fromkeys((*done_by, *facts.actors)))
    return [RectificationCompleted(state.opening, state.round, command.done, everyone, command.evidence)]


def verify(command: VerifyRectification, state: Hazard, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses everybody who is not independent; without an adopted rule one acceptance is enough.

    Where the adopted rule says so for the grade, who accepts must also stand outside the workshop.
    """
    need_independent(
        facts,
        command,
        Thing("hazard", command.hazard),
        rectifier=state.rectifiers,
        responsible_person=(state.responsible,),
        asker=state.askers,
        verifier=state.verifiers,
    )
    if command.verdict == "rejected":
        return [RectificationRejected(state.opening, facts.by, command.findings, command.evidence)]
    needed, citation = 1, None
    found = find_rule(facts, rules, RULE, command.body, day_of(facts.at))
    if found is not None:
        wording, citation = found
        needed = int(wording.value[state.grade])
        _need_outside(command, state, facts, wording)
    return [
        RectificationVerified(
            facts.by,
            command.findings,
            state.acceptances + 1,
            needed,
            citation,
            facts.on_behalf_of,
            command.evidence,
        )
    ]


def _need_outside(command: VerifyRectification, state: Hazard, facts: Facts, rule: Wording) -> None:
    """Where the rule wants it for this grade, who accepts holds a role that belongs to no workshop, or is refused."""
    if state.grade not in rule.value.get("outside_for", ()):
        return
    roles: list[str] = list(rule.value["outside"])
    today = day_of(facts.at)
    held = facts.of(ROLES, command.body).held(facts.by, today) | facts.of(ROLES, SHARED).held(facts.by, today)
    if not held.intersection(roles):
        raise WithinWorkshop(
            what=Thing("hazard", command.hazard),
            rule=rule.rule,
            roles=[Term(one) for one in roles],
            person=facts.by,
        )

"""What was rectified is accepted or rejected by somebody independent of it; nothing is verified by who did it.

Independent is who neither rectified nor answered for it, did not ask for more time, and, where the adopted rule wants
several verifiers, has not verified this round already. Whoever acts on another's behalf must be independent in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.decider import Facts
from domain.hazard_state import Hazard, need_independent
from domain.labels import Thing
from domain.language import Code, Command, Event, PersonRef, Words, day_of
from domain.people import need_person
from domain.rule_adoption import find_rule
from domain.rulebook import Citation, Rulebook

Verdict = Literal["accepted", "rejected"]
RULE = "verification"


@dataclass(frozen=True)
class CompleteRectification(Command):
    """Report that the rectification is done, and who did it (default: who reports it)."""

    body: Code
    hazard: Code
    done: Words
    rectified_by: tuple[PersonRef, ...] = ()


@dataclass(frozen=True)
class VerifyRectification(Command):
    """Accept or reject what was rectified, by somebody independent of it."""

    body: Code
    hazard: Code
    verdict: Verdict
    findings: Words


@dataclass(frozen=True)
class RectificationCompleted(Event):
    """``rectified_by`` holds who did it first, then who reported it: none of them may verify it."""

    KIND = "rectification-completed.1"
    opening: int
    round: int
    done: str
    rectified_by: tuple[str, ...]


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


@dataclass(frozen=True)
class RectificationRejected(Event):
    KIND = "rectification-rejected.1"
    opening: int
    rejected_by: str
    findings: str


def complete(command: CompleteRectification, state: Hazard, facts: Facts) -> list[Event]:
    """Refuses a rectifier whom the body does not know."""
    if command.rectified_by:
        need_person(facts, command.body, *command.rectified_by)
    done_by = command.rectified_by or (facts.by,)
    everyone = tuple(dict.fromkeys((*done_by, *facts.actors)))
    return [RectificationCompleted(state.opening, state.round, command.done, everyone)]


def verify(command: VerifyRectification, state: Hazard, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses everybody who is not independent; without an adopted rule one acceptance is enough."""
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
        return [RectificationRejected(state.opening, facts.by, command.findings)]
    needed, citation = 1, None
    found = find_rule(facts, rules, RULE, command.body, day_of(facts.at))
    if found is not None:
        wording, citation = found
        needed = int(wording.value[state.grade])
    return [
        RectificationVerified(
            facts.by, command.findings, state.acceptances + 1, needed, citation, facts.on_behalf_of
        )
    ]

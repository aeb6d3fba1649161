"""Intake: anybody on the roll says what they saw; somebody competent says whether that is a risk or a hazard, and why.

A risk is objective and nobody's fault; what breaches a standard is a hazard (YT Art. 3). Nothing proposed is lost: an
accepted proposal leads to the registered risk or hazard, a rejected one keeps its reason, and the proposer is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.hazards import HAZARD
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Remark, Title, Words, but
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    Incomplete,
    NothingToDecide,
    OutOfTurn,
    Unfit,
    UnknownThing,
)
from domain.refused_identity import BreachIsAHazard, NotTheProposer
from domain.risks import RISK
from domain.rulebook import Rulebook
from domain.units import need_unit_in_use

Suggestion = Literal["risk", "hazard", "unsure"]
TriageVerdict = Literal["risk", "hazard", "not_accepted"]
Ground = Literal[
    "process_itself",
    "equipment_itself",
    "product",
    "environment",
    "number_of_people",
    "human_factor",
    "management_factor",
    "management_defect",
    "unsafe_act",
    "dangerous_state",
]
"""Why it is the one or the other."""
GROUNDS: dict[str, tuple[str, ...]] = {
    "risk": (
        *("process_itself", "equipment_itself", "product", "environment", "number_of_people"),
        *("human_factor", "management_factor"),
    ),
    "hazard": ("management_defect", "unsafe_act", "dangerous_state"),
}
"""What makes a risk (YT Art. 3; people and management as factors stand in NJ Table B alone), and what a hazard."""


@dataclass(frozen=True)
class ProposeFinding(Command):
    """Say what you saw, where, and whether you take it for a risk or a hazard; no role is needed."""

    body: Code
    proposal: Code
    title: Title
    description: Words
    unit: Code | None = None
    place: Remark = ""
    suggested: Suggestion = "unsure"


@dataclass(frozen=True)
class TriageProposal(Command):
    """Accept a proposal as a risk or as a hazard, or reject it, with the reason; a hazard names what it breaches."""

    body: Code
    proposal: Code
    verdict: TriageVerdict
    reason: Words
    ground: Ground | None = None
    breached: Remark = ""


@dataclass(frozen=True)
class LinkProposal(Command):
    """Say as which risk or hazard an accepted proposal was registered, or which one covers it already."""

    body: Code
    proposal: Code
    registered: Code


@dataclass(frozen=True)
class AcknowledgeTriage(Command):
    """The proposer has been told what became of it."""

    body: Code
    proposal: Code


@dataclass(frozen=True)
class FindingProposed(Event):
    """``proposer`` is on whose behalf it was entered, or who entered it."""

    KIND = "finding-proposed.1"
    title: str
    description: str
    unit: str | None
    place: str
    suggested: str
    proposer: str


@dataclass(frozen=True)
class ProposalTriaged(Event):
    """``was`` is the verdict that this one replaces, if any."""

    KIND = "proposal-triaged.1"
    verdict: str
    was: str | None
    ground: str | None
    breached: str
    reason: str
    triaged_by: str


@dataclass(frozen=True)
class ProposalLinked(Event):
    KIND = "proposal-linked.1"
    kind: str
    registered: str


@dataclass(frozen=True)
class TriageAcknowledged(Event):
    KIND = "triage-acknowledged.1"
    verdict: str


@dataclass(frozen=True)
class Proposal:
    """Who proposed it, the last verdict with its ground and breach, what it led to, and whether the proposer knows."""

    proposer: str = ""
    verdict: str = ""
    said: tuple[str, str, str] = ("", "", "")
    registered: str = ""
    told: bool = False


ProposalCommand = ProposeFinding | TriageProposal | LinkProposal | AcknowledgeTriage
ProposalEvent = FindingProposed | ProposalTriaged | ProposalLinked | TriageAcknowledged


def evolve(state: Proposal, event: ProposalEvent) -> Proposal:
    match event:
        case FindingProposed():
            return Proposal(event.proposer)
        case ProposalTriaged():
            said = (event.ground or "", event.breached, event.reason)
            return but(state, verdict=event.verdict, said=said, told=False)
        case ProposalLinked():
            return but(state, registered=event.registered)
        case TriageAcknowledged():
            return but(state, told=True)


def decide(command: ProposalCommand, state: Proposal, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a code taken, a unit not in use, a verdict without its ground, and a link to what nobody registered."""
    need_body(facts, command.body)
    what = Thing("intake_proposal", command.proposal)
    if isinstance(command, ProposeFinding):
        if state.proposer:
            raise AlreadyRegistered(kind=Term("intake_proposal"), code=command.proposal, body=command.body)
        return _propose(command, what, facts)
    if not state.proposer:
        raise UnknownThing(kind=Term("intake_proposal"), code=command.proposal, body=command.body)
    if facts.at < facts.previous_at:
        raise BeforePredecessor(what=what, previous=facts.previous_at, at=facts.at)
    match command:
        case TriageProposal():
            return _triage(command, what, state, facts)
        case LinkProposal():
            return _link(command, what, state, facts)
        case AcknowledgeTriage():
            return _acknowledge(what, state, facts)


def _propose(command: ProposeFinding, what: Thing, facts: Facts) -> list[Event]:
    if command.unit is not None:
        need_unit_in_use(facts, command.body, command.unit, command)
    elif not command.place:
        raise Incomplete(what=what, missing=[Term("unit"), Term("place")])
    proposer = facts.on_behalf_of or facts.by
    said = (command.title, command.description, command.unit, command.place, command.suggested)
    return [FindingProposed(*said, proposer)]


def _triage(command: TriageProposal, what: Thing, state: Proposal, facts: Facts) -> list[Event]:
    """Until it is linked, a verdict may be replaced by another one; what breaches a standard is never a risk."""
    if state.registered:
        raise OutOfTurn(
            what=what,
            step=Term("linked"),
            command="TriageProposal",
            needs=[Term("proposed"), Term("triaged")],
        )
    verdict = command.verdict
    allowed = GROUNDS.get(verdict, ())
    if command.ground is not None and command.ground not in allowed:
        raise Unfit(given=Term(command.ground), what=Term(verdict), allowed=[Term(one) for one in allowed])
    missing = [Term("ground")] if allowed and command.ground is None else []
    if verdict == "hazard" and not command.breached:
        missing.append(Term("breached"))
    if missing:
        raise Incomplete(what=what, missing=missing)
    if verdict == "risk" and command.breached:
        raise BreachIsAHazard(what=what, breached=command.breached)
    said = (command.ground or "", command.breached, command.reason)
    if (state.verdict, state.said) == (verdict, said):
        raise AlreadySo(what=what)
    was = state.verdict or None
    return [ProposalTriaged(verdict, was, command.ground, command.breached, command.reason, facts.by)]


def _link(command: LinkProposal, what: Thing, state: Proposal, facts: Facts) -> list[Event]:
    if state.verdict not in GROUNDS:
        step = Term(state.verdict or "proposed")
        raise OutOfTurn(what=what, step=step, command="LinkProposal", needs=[Term(one) for one in GROUNDS])
    if state.registered:
        raise AlreadySo(what=what)
    if state.verdict == "risk":
        known = facts.of(RISK, command.body, command.registered).step != "unknown"
    else:
        known = facts.of(HAZARD, command.body, command.registered).step != "unknown"
    if not known:
        raise UnknownThing(kind=Term(state.verdict), code=command.registered, body=command.body)
    return [ProposalLinked(state.verdict, command.registered)]


def _acknowledge(what: Thing, state: Proposal, facts: Facts) -> list[Event]:
    if not state.verdict:
        raise NothingToDecide(what=what, part=Term("intake_verdict"))
    if state.proposer not in facts.actors:
        raise NotTheProposer(what=what, proposer=state.proposer)
    if state.told:
        raise AlreadySo(what=what)
    return [TriageAcknowledged(state.verdict)]


INTAKE: Decider[Proposal] = Decider(
    name="proposal",
    initial=Proposal(),
    evolve=evolve,
    decide=decide,
    events=(FindingProposed, ProposalTriaged, ProposalLinked, TriageAcknowledged),
    commands=(ProposeFinding, TriageProposal, LinkProposal, AcknowledgeTriage),
    place=lambda command: (command.body, command.proposal),
    keyed=True,
)

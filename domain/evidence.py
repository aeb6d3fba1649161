"""Evidence: a photo, a video, a paper that proves a record; records know it by a salted hash, the file is erasable.

The file stands in the evidence store, outside the journal. Erasing it leaves its salted hash wherever it is named, and
an event that says who erased it when and why; nobody can tell from the hash what the file was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import SHARED, At, Command, Event, Hash, Remark, Scope, Words, but, parse_moment
from domain.refused import AlreadyRegistered, BeforePredecessor, InTheFuture, Unfit, UnknownThing
from domain.rulebook import Rulebook

Media = Literal["jpeg", "png", "heic", "pdf", "docx", "xlsx", "mp4", "json", "csv"]
"""What a file is by its content, whatever its name says; ``json`` and ``csv`` are what a feed sent, kept as it came."""


@dataclass(frozen=True)
class DepositEvidence(Command):
    """A file was put into the evidence store; ``evidence`` is its salted hash, ``size`` its bytes.

    ``taken_at`` is when a picture was taken, where that is known.
    """

    body: Scope
    evidence: Hash
    media: Media
    size: int
    taken_at: At | None = None
    remark: Remark = ""


@dataclass(frozen=True)
class EraseEvidence(Command):
    """The file is erased, for a reason; its salted hash stays wherever it is named."""

    body: Scope
    evidence: Hash
    reason: Words


@dataclass(frozen=True)
class EvidenceDeposited(Event):
    KIND = "evidence-deposited.1"
    media: str
    size: int
    taken_at: str | None
    remark: str


@dataclass(frozen=True)
class EvidenceErased(Event):
    KIND = "evidence-erased.1"
    reason: str


EvidenceCommand = DepositEvidence | EraseEvidence
EvidenceEvent = EvidenceDeposited | EvidenceErased


@dataclass(frozen=True)
class Evidence:
    step: str = "unknown"


def evolve(state: Evidence, event: EvidenceEvent) -> Evidence:
    match event:
        case EvidenceDeposited():
            return but(state, step="deposited")
        case EvidenceErased():
            return but(state, step="erased")


def decide(command: EvidenceCommand, state: Evidence, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a second deposit, an empty file, a picture of tomorrow, and erasing what was never deposited.

    Answers ``[]`` to erasing again, so that an erasure that was cut short is finished by repeating it.
    """
    if command.body != SHARED:
        need_body(facts, command.body)
    what = Thing("evidence", command.evidence)
    match command:
        case DepositEvidence():
            if state.step != "unknown":
                raise AlreadyRegistered(kind=Term("evidence"), code=command.evidence, body=command.body)
            if command.size < 1:
                raise Unfit(given=command.size, what=what, allowed=["> 0"])
            taken = None if command.taken_at is None else parse_moment(command.taken_at)
            if taken is not None and taken > facts.at:
                raise InTheFuture(at=taken, now=facts.at)
            return [EvidenceDeposited(command.media, command.size, taken, command.remark)]
        case EraseEvidence():
            if state.step == "unknown":
                raise UnknownThing(kind=Term("evidence"), code=command.evidence, body=command.body)
            if state.step == "erased":
                return []
            if facts.at < facts.previous_at:
                raise BeforePredecessor(what=what, previous=facts.previous_at, at=facts.at)
            return [EvidenceErased(command.reason)]


EVIDENCE: Decider[Evidence] = Decider(
    name="evidence",
    initial=Evidence(),
    evolve=evolve,
    decide=decide,
    events=(EvidenceDeposited, EvidenceErased),
    commands=(DepositEvidence, EraseEvidence),
    place=lambda command: (command.body, command.evidence),
    keyed=True,
)

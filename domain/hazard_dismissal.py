"""What turns out to be no hazard is dismissed by two persons, and what was found twice is linked, never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.decider import Facts
from domain.hazard_state import Hazard
from domain.independence import need_independent
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Remark, Words
from domain.refused import NothingToDecide, OutOfTurn, UnknownThing
from domain.refused_hazards import AlreadyProposed, JudgedMajor, NotItself


@dataclass(frozen=True)
class ProposeNotHazard(Command):
    """Say why it is no hazard; another person decides."""

    body: Code
    hazard: Code
    reason: Words


@dataclass(frozen=True)
class DecideNotHazard(Command):
    """Confirm or refuse what another person proposed: that it is no hazard."""

    body: Code
    hazard: Code
    verdict: Literal["confirmed", "refused"]
    remark: Remark = ""


@dataclass(frozen=True)
class LinkDuplicate(Command):
    """Say that it is the same as another open hazard, under which it is handled from now on."""

    body: Code
    hazard: Code
    of: Code
    reason: Words


@dataclass(frozen=True)
class UnlinkDuplicate(Command):
    """Say that it was not the same after all; it goes on where it stood."""

    body: Code
    hazard: Code
    reason: Words


@dataclass(frozen=True)
class NotHazardProposed(Event):
    KIND = "not-hazard-proposed.1"
    reason: str
    proposed_by: str
    on_behalf_of: str | None = None


@dataclass(frozen=True)
class NotHazardConfirmed(Event):
    KIND = "not-hazard-confirmed.1"
    opening: int
    proposed_by: str
    confirmed_by: str
    remark: str


@dataclass(frozen=True)
class NotHazardRefused(Event):
    KIND = "not-hazard-refused.1"
    opening: int
    proposed_by: str
    refused_by: str
    remark: str


@dataclass(frozen=True)
class DuplicateLinked(Event):
    """``was`` is the step at which it stood."""

    KIND = "duplicate-linked.1"
    of: str
    was: str
    reason: str


@dataclass(frozen=True)
class DuplicateUnlinked(Event):
    KIND = "duplicate-unlinked.1"
    step: str
    reason: str


def decide_not_hazard(
    command: ProposeNotHazard | DecideNotHazard, state: Hazard, facts: Facts
) -> list[Event]:
    """Refuses what was judged major, a second proposal while one waits, and a decision by who proposed."""
    what = Thing("hazard", command.hazard)
    match command:
        case ProposeNotHazard():
            if state.matched:
                raise JudgedMajor(
                    what=what,
                    items=[f"{edition} {item}" for _, edition, item in state.matched],
                    command=type(command).__name__,
                )
            if state.proposing:
                raise AlreadyProposed(what=what, person=state.proposing[0])
            return [NotHazardProposed(command.reason, facts.by, facts.on_behalf_of)]
        case DecideNotHazard():
            if not state.proposing:
                raise NothingToDecide(what=what, part=Term("proposal"))
            need_independent(facts, command, what, proposer=state.proposing)
            proposed_by = state.proposing[0]
            kind = NotHazardConfirmed if command.verdict == "confirmed" else NotHazardRefused
            return [kind(state.opening, proposed_by, facts.by, command.remark)]


OPEN = ("found", "registered", "evaluated", "planned", "completed", "verified")
"""The steps at which another hazard may be handled under this one."""


def link(command: LinkDuplicate, state: Hazard, original: Hazard) -> list[Event]:
    """Refuses itself, an unknown original, one that is not open, and one graded lower than this."""
    what, of = Thing("hazard", command.hazard), Thing("hazard", command.of)
    if command.of == command.hazard:
        raise NotItself(what=what, of=of, why=Term("is_itself"))
    if original.step == "unknown":
        raise UnknownThing(kind=Term("hazard"), code=command.of, body=command.body)
    if original.step not in OPEN:
        raise OutOfTurn(
            what=of,
            step=Term(original.step),
            command=type(command).__name__,
            needs=[Term(step) for step in OPEN],
        )
    if (state.grade == "major" or state.matched) and original.grade != "major":
        raise NotItself(what=what, of=of, why=Term("graded_lower"))
    return [DuplicateLinked(command.of, state.step, command.reason)]


def unlink(command: UnlinkDuplicate, state: Hazard) -> list[Event]:
    return [DuplicateUnlinked(state.before_link, command.reason)]

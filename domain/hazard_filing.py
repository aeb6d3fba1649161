"""A major hazard is filed with the authority (备案): filed, accepted or returned; it does not close before (NJ-067)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.decider import Facts
from domain.hazard_state import Hazard, persons
from domain.independence import need_independent
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Hash, Remark, Title, Words
from domain.refused import AlreadySo, Incomplete, NothingToDecide
from domain.refused_hazards import OnlyMajor


@dataclass(frozen=True)
class FileMajorHazard(Command):
    """File a major hazard with the authority: its state and cause, the harm, and how it is to be rectified."""

    body: Code
    hazard: Code
    authority: Title
    content: Words
    evidence: tuple[Hash, ...] = ()


@dataclass(frozen=True)
class AnswerFiling(Command):
    """What the authority said to the filing: accepted under a number, or returned with what is wrong."""

    body: Code
    hazard: Code
    verdict: Literal["accepted", "returned"]
    receipt: Remark = ""
    remark: Remark = ""


@dataclass(frozen=True)
class MajorHazardFiled(Event):
    KIND = "major-hazard-filed.1"
    opening: int
    authority: str
    content: str
    filed_by: str
    evidence: tuple[str, ...] = ()
    on_behalf_of: str | None = None

    @property
    def filed_by_all(self) -> tuple[str, ...]:
        return persons(self.filed_by, self.on_behalf_of)


@dataclass(frozen=True)
class FilingAccepted(Event):
    KIND = "filing-accepted.1"
    opening: int
    receipt: str
    remark: str


@dataclass(frozen=True)
class FilingReturned(Event):
    KIND = "filing-returned.1"
    opening: int
    remark: str


def decide_filing(command: FileMajorHazard | AnswerFiling, state: Hazard, facts: Facts) -> list[Event]:
    """Refuses to file what is not major or filed already, and an answer where no filing waits for one.

    Whoever filed does not also record the answer, and an acceptance names the authority's receipt.
    """
    what = Thing("hazard", command.hazard)
    match command:
        case FileMajorHazard():
            if state.grade != "major":
                raise OnlyMajor(what=what, command=type(command).__name__)
            if state.filing in ("filed", "accepted"):
                raise AlreadySo(what=what)
            return [
                MajorHazardFiled(
                    state.opening,
                    command.authority,
                    command.content,
                    facts.by,
                    command.evidence,
                    facts.on_behalf_of,
                )
            ]
        case AnswerFiling():
            if state.filing != "filed":
                raise NothingToDecide(what=what, part=Term("filing"))
            need_independent(facts, command, what, filer=state.filed_by)
            if command.verdict == "accepted" and not command.receipt:
                raise Incomplete(what=what, missing=[Term("receipt")])
            if command.verdict == "returned":
                return [FilingReturned(state.opening, command.remark)]
            return [FilingAccepted(state.opening, command.receipt, command.remark)]

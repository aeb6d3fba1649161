"""A verified hazard is struck off (销号), and opened again where it came back; an earlier closure stays for ever."""

from __future__ import annotations

from dataclasses import dataclass

from domain.decider import Facts
from domain.hazard_state import Hazard
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Hash, Remark, Words
from domain.refused_hazards import NotFiled


@dataclass(frozen=True)
class CloseHazard(Command):
    """Strike a verified hazard off (销号); a major one only after the authority accepted its filing."""

    body: Code
    hazard: Code
    remark: Remark = ""
    evidence: tuple[Hash, ...] = ()


@dataclass(frozen=True)
class ReopenHazard(Command):
    """Open a closed or dismissed hazard again; the earlier end stays in its history."""

    body: Code
    hazard: Code
    reason: Words


@dataclass(frozen=True)
class HazardClosed(Event):
    KIND = "hazard-closed.1"
    remark: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class HazardReopened(Event):
    """The time limit of the next plan runs from ``reopened_at``; ``step`` is where it goes on."""

    KIND = "hazard-reopened.1"
    opening: int
    reason: str
    reopened_at: str = ""
    step: str = "evaluated"


def close(command: CloseHazard, state: Hazard) -> list[Event]:
    """Refuses a major hazard whose filing the authority has not accepted."""
    if state.grade == "major" and state.filing != "accepted":
        raise NotFiled(what=Thing("hazard", command.hazard), filing=Term(state.filing or "not_filed"))
    return [HazardClosed(command.remark, command.evidence)]


def reopen(command: ReopenHazard, state: Hazard, facts: Facts) -> list[Event]:
    step = "evaluated" if state.grade else "registered"
    return [HazardReopened(state.opening + 1, command.reason, facts.at, step)]

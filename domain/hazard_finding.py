"""A hazard is found by anybody (排查) and registered (登记): where, what, and which control of which risk failed.

Whoever finds one needs no role to say so; a person with a role takes it into the ledger. A registration without an
earlier finding is both at once. From YT Art. 3, 5 and 29 and the Nanjing process, Annex 2, part 4 (2) (NJ-065).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.decider import Facts
from domain.hazard_state import Hazard
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Hash, PersonRef, Remark, Title, Words
from domain.people import need_person
from domain.refused import AlreadyRegistered, Incomplete, UnknownThing
from domain.risks import RISK
from domain.units import need_unit

Source = Literal["inspection", "control", "report", "notice", "accident", "import"]
"""An inspection's item, a control that failed, anybody's report, a notice from outside, an accident, old records."""


@dataclass(frozen=True)
class FindHazard(Command):
    """Say that something is wrong; anybody on the body's roll may, and somebody with a role registers it then."""

    body: Code
    hazard: Code
    unit: Code
    title: Title
    description: Words
    source: Source = "report"
    breached: Remark = ""
    risk: Code | None = None
    control: Code | None = None
    evidence: tuple[Hash, ...] = ()


@dataclass(frozen=True)
class RegisterHazard(Command):
    """Register a hazard that was found; it names its unit and, where one is known, the risk whose control failed.

    ``inspection`` and ``item`` name the round and the line of its checklist that found it; ``evidence`` are the salted
    hashes of files; ``found_by`` is who found it, where somebody else registers it.
    """

    body: Code
    hazard: Code
    unit: Code
    title: Title
    description: Words
    source: Source = "inspection"
    breached: Remark = ""
    risk: Code | None = None
    control: Code | None = None
    inspection: Code | None = None
    item: Code | None = None
    evidence: tuple[Hash, ...] = ()
    found_by: PersonRef | None = None


@dataclass(frozen=True)
class HazardFound(Event):
    KIND = "hazard-found.1"
    unit: str
    title: str
    description: str
    source: str
    breached: str
    risk: str | None
    control: str | None
    found_by: str
    found_at: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class HazardRegistered(Event):
    """``found_by`` and ``found_at`` are those of the finding, or of the registration where that was the finding."""

    KIND = "hazard-registered.1"
    unit: str
    title: str
    description: str
    source: str
    breached: str
    risk: str | None
    control: str | None = None
    inspection: str | None = None
    item: str | None = None
    found_by: str = ""
    found_at: str = ""
    evidence: tuple[str, ...] = ()


def find(command: FindHazard, state: Hazard, facts: Facts) -> list[Event]:
    """Refuses a code that is taken, an unknown unit, risk or control."""
    if state.step != "unknown":
        raise AlreadyRegistered(kind=Term("hazard"), code=command.hazard, body=command.body)
    _need_links(command, facts)
    return [
        HazardFound(
            command.unit,
            command.title,
            command.description,
            command.source,
            command.breached,
            command.risk,
            command.control,
            facts.by,
            facts.at,
            command.evidence,
        )
    ]


def register(command: RegisterHazard, state: Hazard, facts: Facts) -> list[Event]:
    """Refuses a hazard that is registered already, an unknown unit, risk or control."""
    if state.step not in ("unknown", "found"):
        raise AlreadyRegistered(kind=Term("hazard"), code=command.hazard, body=command.body)
    _need_links(command, facts)
    if command.found_by is not None:
        need_person(facts, command.body, command.found_by)
    return [
        HazardRegistered(
            command.unit,
            command.title,
            command.description,
            command.source,
            command.breached,
            command.risk,
            command.control,
            command.inspection,
            command.item,
            state.found_by or command.found_by or facts.by,
            state.found_at or facts.at,
            command.evidence,
        )
    ]


def _need_links(command: FindHazard | RegisterHazard, facts: Facts) -> None:
    need_unit(facts, command.body, command.unit)
    if command.risk is None:
        if command.control is not None:
            raise Incomplete(what=Thing("hazard", command.hazard), missing=[Term("risk")])
        return
    risk = facts.of(RISK, command.body, command.risk)
    if risk.step == "unknown":
        raise UnknownThing(kind=Term("risk"), code=command.risk, body=command.body)
    if command.control is not None and risk.controls.of(command.control) is None:
        raise UnknownThing(kind=Term("control"), code=command.control, body=command.body)

"""A small mine whose hazards go through the real loop, with independent people."""

from __future__ import annotations

from domain.bodies import RegisterBody
from domain.hazards import (
    AskExtension,
    CompleteRectification,
    DecideExtension,
    EvaluateHazard,
    PlanRectification,
    RegisterHazard,
    VerifyRectification,
)
from domain.language import Day, Moment
from domain.people import PersonEntry, RegisterPeople
from domain.roles import GrantEntry, GrantRoles
from domain.units import RegisterUnit
from tests.scheduling.rig import BODY, Process

FOUNDER, LEAD, ANSWERS, WORKER, CHECKER = "p-admin", "p-lead", "p-answers", "p-worker", "p-checker"


def found(process: Process) -> None:
    """Register the body, its people and roles, and one unit."""
    process.give(FOUNDER, RegisterBody(BODY, "Mufu mine", "enterprise", "320100", "mining"))
    people = tuple(PersonEntry(one) for one in (LEAD, ANSWERS, WORKER, CHECKER))
    process.give(FOUNDER, RegisterPeople(BODY, people))
    process.give(FOUNDER, RegisterUnit(BODY, "U-1", "Shaft", "main"))
    grants = (
        GrantEntry(LEAD, "workshop_lead"),
        GrantEntry(ANSWERS, "workshop_lead"),
        GrantEntry(WORKER, "post_worker"),
        GrantEntry(CHECKER, "safety_officer"),
    )
    process.give(FOUNDER, GrantRoles(BODY, grants))


def plan(process: Process, hazard: str, due: Day) -> None:
    """Register, evaluate and plan a hazard, to be rectified by that day."""
    process.give(WORKER, RegisterHazard(BODY, hazard, "U-1", "Loose guard", "The guard of the belt is loose"))
    process.give(CHECKER, EvaluateHazard(BODY, hazard, "general", "stops nothing"))
    process.give(LEAD, PlanRectification(BODY, hazard, ANSWERS, "bolt it", "500", "stop the belt", due))


def complete(process: Process, hazard: str, happened: Moment | None = None) -> None:
    process.give(WORKER, CompleteRectification(BODY, hazard, "bolted"), happened)


def reject(process: Process, hazard: str) -> None:
    process.give(CHECKER, VerifyRectification(BODY, hazard, "rejected", "still loose"))


def extend(process: Process, hazard: str, due: Day) -> None:
    """One person asks for more time, another approves."""
    process.give(LEAD, AskExtension(BODY, hazard, due, "parts are late"))
    process.give(CHECKER, DecideExtension(BODY, hazard, "approved"))

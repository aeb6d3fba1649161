"""The emergency handling plan of a monitored risk: which paper, in which version, is valid from which day (YT-14)."""

from __future__ import annotations

from dataclasses import dataclass

from domain.decider import Facts
from domain.documents import need_version
from domain.labels import Term
from domain.language import Code, Command, DayOf, Event, Hash, Remark, Title
from domain.monitoring_state import Monitoring
from domain.refused import AlreadyRegistered


@dataclass(frozen=True)
class FileEmergencyPlan(Command):
    """The emergency handling plan, or its next version: which paper (its SHA-256) is valid from which day.

    ``document`` is its code where it stands on the register of documents; then that version has to be there.
    """

    body: Code
    risk: Code
    title: Title
    version: Title
    valid_from: DayOf
    sha256: Hash
    place: Remark = ""
    document: Code | None = None


@dataclass(frozen=True)
class EmergencyPlanFiled(Event):
    """``answers`` is the first day of the monitoring that this first plan was owed for; None for a later version."""

    KIND = "emergency-plan-filed.1"
    title: str
    version: str
    valid_from: str
    sha256: str
    place: str
    document: str | None
    supersedes: str | None
    answers: str | None
    filed_by: str


def filed(command: FileEmergencyPlan, state: Monitoring, facts: Facts) -> EmergencyPlanFiled:
    """Refuses a version twice, and a version that the register of documents does not hold."""
    if command.version in state.plans:
        code = f"{command.risk} {command.version}"
        raise AlreadyRegistered(kind=Term("emergency_plan"), code=code, body=command.body)
    if command.document is not None:
        need_version(facts, command.body, command.document, command.version, command.valid_from)
    first = not state.plans
    return EmergencyPlanFiled(
        command.title,
        command.version,
        command.valid_from,
        command.sha256,
        command.place,
        command.document,
        None if first else state.plans[-1],
        state.since if first else None,
        facts.by,
    )

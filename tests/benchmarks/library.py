"""The same hazard as the event-sourcing library's documentation would write it: the yardstick of every ratio.

Application and aggregate with ``@event`` methods, its JSON transcoder, its recorders, ``repository.get`` and ``save``.
Guards stand in plain methods that call the decorated ones, so that they do not run again at replay. Events hold what
ours hold as data and no more: no person, no command id, no scope, and nothing is looked up before acting.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from tests import postgres
from tests.benchmarks.business import HAZARD_LIFE, LONG_HAZARD_LIFE, REOPENING, Said, chunks, hazard_life

POOL = 16
"""Connections the library may keep: as many as there are writers (its own default is five, and slower)."""


class Hazard(Aggregate):
    """A hazard in its closed loop, with the state that ours keeps."""

    @event("Registered")
    def __init__(
        self,
        body: str,
        code: str,
        unit: str,
        title: str,
        description: str,
        source: str,
        breached: str,
        risk: str | None,
        found_by: str,
        found_at: str,
    ) -> None:
        self.step = "registered"
        self.grade = ""
        self.graders: tuple[str, ...] = ()
        self.matched: tuple[tuple[str, str, str], ...] = ()
        self.cause_at = ""
        self.opening = 1
        self.round = 0
        self.due = ""
        self.responsible = ""
        self.found_by = found_by
        self.found_at = found_at
        self.asked_due = ""
        self.asking: tuple[str, ...] = ()
        self.askers: tuple[str, ...] = ()
        self.rectifiers: tuple[str, ...] = ()
        self.verifiers: tuple[str, ...] = ()
        self.hands: tuple[str, ...] = ()
        self.acceptances = 0
        self.filing = ""
        self.filed_by: tuple[str, ...] = ()
        self.proposing: tuple[str, ...] = ()
        self.before_link = ""

    def evaluate(self, grade: str, basis: str, evaluated_at: str, evaluated_by: Sequence[str]) -> None:
        self._expect("registered")
        self._evaluate(grade, basis, evaluated_at, list(evaluated_by))

    @event("Evaluated")
    def _evaluate(self, grade: str, basis: str, evaluated_at: str, evaluated_by: list[str]) -> None:
        self.step = "evaluated"
        self.grade = grade
        self.graders = tuple(evaluated_by)
        self.cause_at = evaluated_at
        self.proposing = ()

    def plan(
        self,
        responsible: str,
        measures: str,
        funds: str,
        contingency: str,
        due: str,
        planned_by: str,
        citation: dict[str, Any] | None,
    ) -> None:
        self._expect("evaluated")
        self._plan(self.opening, responsible, measures, funds, contingency, due, planned_by, citation)

    @event("Planned")
    def _plan(
        self,
        opening: int,
        responsible: str,
        measures: str,
        funds: str,
        contingency: str,
        due: str,
        planned_by: str,
        citation: dict[str, Any] | None,
    ) -> None:
        self.step = "planned"
        self.round = 1
        self.due = due
        self.responsible = responsible
        self.askers = ()
        self.rectifiers = ()
        self.proposing = ()

    def ask_extension(self, due: str, asked_by: str, reason: str, on_behalf_of: str | None = None) -> None:
        self._expect("planned")
        if self.asked_due or due <= self.due:
            raise ValueError("an extension waits already, or is not later")
        self._ask_extension(self.due, due, asked_by, reason, on_behalf_of)

    @event("ExtensionAsked")
    def _ask_extension(
        self, was: str, due: str, asked_by: str, reason: str, on_behalf_of: str | None
    ) -> None:
        self.asked_due = due
        self.asking = (asked_by,) if on_behalf_of is None else (asked_by, on_behalf_of)
        self.askers = (*self.askers, *self.asking)

    def approve_extension(self, approved_by: str, remark: str) -> None:
        self._expect("planned")
        if not self.asked_due or approved_by in (*self.asking, self.responsible):
            raise ValueError("nothing to approve, or not independent")
        self._approve_extension(self.opening, self.due, self.asked_due, self.asking[0], approved_by, remark)

    @event("ExtensionApproved")
    def _approve_extension(
        self, opening: int, was: str, due: str, asked_by: str, approved_by: str, remark: str
    ) -> None:
        self.due = due
        self.asked_due = ""
        self.asking = ()

    def complete(self, done: str, rectified_by: Sequence[str]) -> None:
        self._expect("planned")
        self._complete(self.opening, self.round, done, list(rectified_by))

    @event("Completed")
    def _complete(self, opening: int, round: int, done: str, rectified_by: list[str]) -> None:
        self.step = "completed"
        self.rectifiers = tuple(dict.fromkeys((*self.rectifiers, *rectified_by)))
        self.hands = tuple(dict.fromkeys((*self.hands, *rectified_by)))
        self.verifiers = ()
        self.acceptances = 0
        self.asked_due = ""
        self.asking = ()

    def reject(self, rejected_by: str, findings: str) -> None:
        self._independent(rejected_by)
        self._reject(self.opening, rejected_by, findings)

    @event("Rejected")
    def _reject(self, opening: int, rejected_by: str, findings: str) -> None:
        self.step = "planned"
        self.verifiers = ()
        self.acceptances = 0
        self.round += 1

    def accept(
        self,
        verified_by: str,
        findings: str,
        needed: int,
        citation: dict[str, Any] | None,
        on_behalf_of: str | None = None,
    ) -> None:
        self._independent(verified_by)
        self._accept(verified_by, findings, self.acceptances + 1, needed, citation, on_behalf_of)

    @event("Verified")
    def _accept(
        self,
        verified_by: str,
        findings: str,
        count: int,
        needed: int,
        citation: dict[str, Any] | None,
        on_behalf_of: str | None,
    ) -> None:
        self.step = "verified" if count >= needed else "completed"
        behind = (verified_by,) if on_behalf_of is None else (verified_by, on_behalf_of)
        self.verifiers = (*self.verifiers, *behind)
        self.hands = tuple(dict.fromkeys((*self.hands, *behind)))
        self.acceptances = count

    def close(self, remark: str) -> None:
        self._expect("verified")
        self._close(remark)

    @event("Closed")
    def _close(self, remark: str) -> None:
        self.step = "closed"

    def reopen(self, reason: str, reopened_at: str = "", step: str = "evaluated") -> None:
        self._expect("closed")
        self._reopen(self.opening + 1, reason, reopened_at, step)

    @event("Reopened")
    def _reopen(self, opening: int, reason: str, reopened_at: str, step: str) -> None:
        self.step = step
        self.opening = opening
        self.due = ""
        self.cause_at = reopened_at
        self.filing = ""
        self.verifiers = ()
        self.acceptances = 0

    def _expect(self, step: str) -> None:
        if self.step != step:
            raise ValueError(f"the hazard is {self.step}, not {step}")

    def _independent(self, person: str) -> None:
        self._expect("completed")
        if person in (*self.rectifiers, self.responsible, *self.askers, *self.verifiers):
            raise ValueError(f"{person} is not independent")


class Hazards(Application[UUID]):
    """The library's application over hazards."""

    def register(self, body: str, code: str) -> UUID:
        hazard = registered(body, code)
        self.save(hazard)
        return hazard.id

    def reopen(self, hazard_id: UUID, reason: str) -> None:
        hazard: Hazard = self.repository.get(hazard_id)
        hazard.reopen(reason)
        self.save(hazard)

    def step(self, hazard_id: UUID, said: Said) -> None:
        """Let a standing hazard take one more step of its life."""
        hazard: Hazard = self.repository.get(hazard_id)
        act(hazard, said)
        self.save(hazard)


def registered(body: str, code: str) -> Hazard:
    fields = HAZARD_LIFE[0][2]
    found: Any = hazard_life()[0].event
    return Hazard(
        body=body,
        code=code,
        unit=fields["unit"],
        title=fields["title"],
        description=fields["description"],
        source=fields["source"],
        breached=fields["breached"],
        risk=None,
        found_by=found.found_by,
        found_at=found.found_at,
    )


def act(hazard: Hazard, said: Said) -> None:
    """Give the hazard the command that leads to what ours recorded, with the same texts."""
    e: Any = said.event
    match type(e).__name__:
        case "HazardEvaluated":
            hazard.evaluate(e.grade, e.basis, e.evaluated_at, e.evaluated_by)
        case "RectificationPlanned":
            hazard.plan(
                e.responsible, e.measures, e.funds, e.contingency, e.due, e.planned_by, _cited(e.citation)
            )
        case "ExtensionAsked":
            hazard.ask_extension(e.due, e.asked_by, e.reason)
        case "ExtensionApproved":
            hazard.approve_extension(e.approved_by, e.remark)
        case "RectificationCompleted":
            hazard.complete(e.done, e.rectified_by)
        case "RectificationRejected":
            hazard.reject(e.rejected_by, e.findings)
        case "RectificationVerified":
            hazard.accept(e.verified_by, e.findings, e.needed, _cited(e.citation))
        case "HazardClosed":
            hazard.close(e.remark)
        case "HazardReopened":
            hazard.reopen(e.reason, e.reopened_at, e.step)
        case other:
            raise AssertionError(other)


def _cited(citation: Any) -> dict[str, Any] | None:
    return None if citation is None else dict(vars(citation))


def lived(body: str, code: str, life: Sequence[Said]) -> Hazard:
    """A hazard with its whole life, not saved yet."""
    hazard = registered(body, code)
    for said in life[1:]:
        act(hazard, said)
    return hazard


def fill(app: Hazards, codes: Sequence[tuple[str, str]], group: int = 200) -> list[UUID]:
    """Give so many hazards (body, code) their life of ten records, step by step through all of them."""
    hazards = [registered(body, code) for body, code in codes]
    life = hazard_life()
    for at in range(len(life)):
        for chunk in chunks(hazards, group):
            if at:
                for hazard in chunk:
                    act(hazard, life[at])
            app.save(*chunk)
    return [hazard.id for hazard in hazards]


def on_sqlite(path: Path) -> dict[str, str]:
    """The library's settings for an SQLite file; it flushes every commit by default, as ours does."""
    return {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)}


def on_postgres(url: str) -> dict[str, str]:
    """The library's settings for a PostgreSQL database given by our URL."""
    from sqlalchemy import make_url

    place = make_url(url)
    assert place.database
    assert place.username
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": place.database,
        "POSTGRES_HOST": str(place.query["host"]),
        "POSTGRES_PORT": str(place.query.get("port", "5432")),
        "POSTGRES_USER": place.username,
        "POSTGRES_PASSWORD": place.password or "none",
        "POSTGRES_POOL_SIZE": str(POOL),
    }


def fresh_postgres(name: str) -> tuple[str, dict[str, str]]:
    """A database of the library's own on the tests' server: its URL and settings."""
    url = postgres.fresh_database(name)
    return url, on_postgres(url)


REASON = REOPENING[2]["reason"]
LONG = len(LONG_HAZARD_LIFE)

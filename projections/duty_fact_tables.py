"""The tables of what has to be known of each body to say what it owes, and how they follow the records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Boolean, Column, Connection, Index, Integer, MetaData, Table

from domain.bodies import BodyReclassified, BodyRegistered
from domain.calendar_notices import YearSettled
from domain.control_assignment import ControlAssigned, ControlAssignmentEnded
from domain.control_review import ControlAdopted
from domain.draws import DrawHeld
from domain.duty_answer import DutyAnswered, DutyResumed
from domain.duty_ending import (
    DutyAnswerRejected,
    DutyFulfilled,
    DutyReasonEnded,
    DutyRestored,
    DutyWaived,
)
from domain.duty_raising import DutyRaised
from domain.duty_settling import DutyDaySettled
from domain.duty_state import CLOCK
from domain.language import Event, Moment, day_of
from domain.records import Record
from domain.reports import ReportReturned, ReportSubmitted
from domain.risk_approval import LoweringApproved, MethodChosen
from domain.risk_assessment import RiskAssessed, RiskReassessed
from domain.risk_controls import ControlChanged, ControlWithdrawn
from domain.risk_identity import IdentificationCorrected, RiskIdentified
from domain.risks import RiskRetired
from domain.roles import RoleGranted, RoleRevoked
from domain.rule_adoption import RulePackAdopted
from projections.bulk import TEXT, add, read, rows_by, upsert, written
from projections.risk_level_rows import LEVEL_KINDS, said_table

Duties = dict[tuple[str, str], dict[str, Any]]
Updates = dict[tuple[str, str, str, int], dict[str, Any]]
"""By body, day, what it was, and the report that was handed in last before: between two the first and last count."""


class Tables(NamedTuple):
    """``said`` is what was said of the level of each risk; which level counts at a moment follows from it."""

    bodies: Table
    said: Table
    retired: Table
    updates: Table
    drawn: Table
    settled: Table
    led: Table
    raised: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    def text(*names: str, **more: Any) -> list[Column[Any]]:
        return [Column(name, TEXT, **more) for name in names]

    def position(**more: Any) -> Column[Any]:
        return Column("position", BigInteger, autoincrement=False, **more)

    return Tables(
        Table(
            f"{prefix}bodies",
            metadata,
            *text("body", primary_key=True),
            *text("kind", "area", "sector", "classes", "registered", "reclassified", "packs", nullable=False),
            position(nullable=False),
            Column("papers", BigInteger, nullable=False),  # the last record that a report was handed in
            Index(f"ix_{prefix}bodies_position", "position"),
        ),
        said_table(metadata, prefix),
        Table(
            f"{prefix}retired",
            metadata,
            *text("body", "risk", primary_key=True),
            *text("at", nullable=False),
        ),
        Table(
            f"{prefix}updates",
            metadata,
            *text("body", "day", "what", primary_key=True),
            Column("papers", BigInteger, primary_key=True, autoincrement=False),  # as in ``bodies`` then
            *text("at", "last_at", nullable=False),
            Column("first_known", BigInteger, nullable=False),
            Column("last_known", BigInteger, nullable=False),
        ),
        Table(
            f"{prefix}drawn",
            metadata,
            *text("body", "draw", "subject", primary_key=True),
            *text("at", nullable=False),
        ),
        Table(f"{prefix}settled", metadata, position(primary_key=True)),
        Table(
            f"{prefix}led",
            metadata,
            *text("body", "person", "role", primary_key=True),
            position(primary_key=True),
            *text("since", nullable=False),
            *text("until"),
            *text("told", nullable=False),
        ),
        Table(
            f"{prefix}raised",
            metadata,
            *text("body", "duty", primary_key=True),
            *text("rule", "subject", nullable=False),
            Column("provisional", TEXT),
            Column("done_at", TEXT),
            Column("done_by", TEXT),
            Column("covers", TEXT),  # the last day of which the paper that answered it tells
            Column("known", BigInteger, nullable=False),  # the last record that the paper knows
            Column("waived", Boolean, nullable=False),
            Column("dropped", Boolean, nullable=False),  # waived by the clock, and it may be owed again
            Column("drops", Integer, nullable=False),
            Column("last", Boolean, nullable=False),
        ),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each body's row follows its records; levels, updates and duties are kept as they came."""
    bodies = {record.scope for record in records}
    rows = {
        row["body"]: row for row in rows_by(connection, tables.bodies, ("body",), [(one,) for one in bodies])
    }
    duties = {(one.scope, _code(one)) for one in records if one.stream.startswith("duty/")}
    duties |= {
        (one.scope, code)
        for one in records
        if isinstance(one.event, ReportSubmitted | ReportReturned)
        for code in one.event.duties
    }
    raised = {
        (row["body"], row["duty"]): row
        for row in rows_by(connection, tables.raised, ("body", "duty"), sorted(duties))
    }
    said: list[dict[str, Any]] = []
    retired: list[dict[str, Any]] = []
    updates: Updates = {}
    drawn: list[dict[str, Any]] = []
    led = Leads(connection, tables.led, records)
    settled = [{"position": one.position} for one in records if isinstance(one.event, YearSettled)]
    for record in records:
        body, at = record.scope, record.happened_at
        match record.event:
            case BodyRegistered() as event:
                rows[body] = _registered(record, event)
            case _ if body not in rows:
                continue  # of what was never registered nothing is owed by a rule
            case BodyReclassified() as event:
                turn = [day_of(at), event.sector, list(event.classes)]
                rows[body]["reclassified"] = written([*read(rows[body]["reclassified"]), turn])
            case RulePackAdopted() as event:
                adopted = [event.pack, event.version, event.since]
                rows[body]["packs"] = written([*read(rows[body]["packs"]), adopted])
            case RoleGranted() | RoleRevoked() as event:
                led.follow(record, event)
            case DutyRaised() as event:
                of = {"body": body, "duty": _code(record), "rule": event.rule, "subject": event.subject}
                raised[body, _code(record)] = {
                    **of,
                    "provisional": event.due if event.provisional else None,
                    "done_at": None,
                    "done_by": None,
                    "covers": None,
                    "known": 0,
                    "waived": False,
                    "dropped": False,
                    "drops": 0,
                    "last": False,
                }
                continue
            case (
                DutyReasonEnded()
                | DutyAnswered()
                | DutyFulfilled()
                | DutyResumed()
                | DutyAnswerRejected()
                | DutyDaySettled()
                | DutyWaived()
                | DutyRestored()
            ):
                duty = raised.get((body, _code(record)))
                if duty is None:
                    continue  # a person's own duty
                _stands(duty, record.event, at)
            case ReportSubmitted() | ReportReturned() as event:
                _papered(record, event, raised)
                if isinstance(event, ReportSubmitted):
                    rows[body]["papers"] = record.position
            case DrawHeld() as event:
                of = {"body": body, "draw": _code(record), "at": at}
                drawn += [{**of, "subject": one.code} for one in event.drawn if event.of == "body"]
            case _:
                _updated(record, rows[body]["papers"], updates)
                if record.kind in LEVEL_KINDS:
                    said.append(_said(record))
                elif isinstance(record.event, RiskRetired):
                    retired.append({"body": body, "risk": _code(record), "at": at})
        rows[body]["position"] = record.position
    upsert(connection, tables.bodies, rows.values())
    upsert(connection, tables.raised, raised.values())
    upsert(connection, tables.led, led.changed.values())
    add(connection, tables.drawn, drawn)
    add(connection, tables.settled, settled)
    add(connection, tables.said, said)
    upsert(connection, tables.retired, retired)
    held = rows_by(connection, tables.updates, ("body", "day", "what", "papers"), sorted(updates))
    for row in held:
        new = updates[row["body"], row["day"], row["what"], row["papers"]]
        new["at"], new["last_at"] = min(new["at"], row["at"]), max(new["last_at"], row["last_at"])
        new["first_known"] = row["first_known"]
    upsert(connection, tables.updates, updates.values())


def _papered(record: Record, event: ReportSubmitted | ReportReturned, raised: Duties) -> None:
    """What the paper tells of that answers these duties; one that was sent back answers none."""
    for code in event.duties:
        duty = raised.get((record.scope, code))
        if duty is not None and isinstance(event, ReportReturned):
            duty |= {"covers": None, "known": 0}
        elif duty is not None and duty["done_at"] is None and isinstance(event, ReportSubmitted):
            duty |= {"covers": event.as_of, "known": event.position}


def _stands(duty: dict[str, Any], event: Event, at: Moment) -> None:
    """How a raised duty stands after the record: done by whom, waived, dropped by the clock, or owed again."""
    match event:
        case DutyReasonEnded():
            duty["last"] = True
        case DutyDaySettled():
            duty["provisional"] = None
        case DutyWaived(waived_by=by):
            duty |= {"waived": True, "dropped": by == CLOCK, "drops": duty["drops"] + (by == CLOCK)}
        case DutyRestored():
            duty |= {"waived": False, "dropped": False}
        case DutyAnswered(answered_by=by) | DutyFulfilled(fulfilled_by=by):
            duty |= {"done_at": at, "done_by": by}
        case _:
            duty |= {"done_at": None, "done_by": None, "covers": None, "known": 0}


class Leads:
    """Who held which role when; a grant told late counts from the day on which it was given (domain/obligations.py)."""

    def __init__(self, connection: Connection, table: Table, records: Sequence[Record]) -> None:
        ended = sorted(
            {
                (one.scope, one.event.person, one.event.role)
                for one in records
                if isinstance(one.event, RoleRevoked)
            }
        )
        self._held: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        for row in rows_by(connection, table, ("body", "person", "role"), ended):
            self._held.setdefault((row["body"], row["person"], row["role"]), []).append(row)
        self.changed: dict[int, dict[str, Any]] = {}

    def follow(self, record: Record, event: RoleGranted | RoleRevoked) -> None:
        day, held = (
            day_of(record.happened_at),
            self._held.setdefault((record.scope, event.person, event.role), []),
        )
        if isinstance(event, RoleGranted):
            held.append(
                {
                    "body": record.scope,
                    "person": event.person,
                    "role": event.role,
                    "position": record.position,
                    "since": max(event.since, day),
                    "until": event.until,
                    "told": day,
                }
            )
            self.changed[record.position] = held[-1]
            return
        for row in held:
            if row["until"] is None or row["until"] > event.until:
                row |= {"until": event.until, "told": day}
                self.changed[row["position"]] = row


def _code(record: Record) -> str:
    return record.stream.rsplit("/", 1)[1]


def _registered(record: Record, event: BodyRegistered) -> dict[str, Any]:
    return {
        "body": record.scope,
        "kind": event.kind,
        "area": event.area,
        "sector": event.sector,
        "classes": written(event.classes),
        "registered": day_of(record.happened_at),
        "reclassified": written(()),
        "packs": written(()),
        "papers": 0,
    }


def _said(record: Record) -> dict[str, Any]:
    return {
        "scope": record.scope,
        "code": _code(record),
        "position": record.position,
        "happened_at": record.happened_at,
        "recorded_at": record.recorded_at,
        "by": record.by,
        "kind": record.kind,
        "event": written(record.event),
    }


def _updated(record: Record, papers: int, updates: Updates) -> None:
    """What of the risk list the record changed, as the rule on updates names it; the first of a day counts."""
    match record.event:
        case RiskIdentified():
            what = "risk_added"
        case IdentificationCorrected():
            what = "description_changed"
        case RiskRetired():
            what = "risk_removed"
        case RiskAssessed():
            what = "level_changed"
        case RiskReassessed(rating="current", waits=False, was=was, level=level, why=why) if was == level:
            what = "reassessed_after_change" if why == "change" else "reassessed"
        case (
            RiskReassessed(was=was, level=level, waits=waits)
            | MethodChosen(was=was, level=level, waits=waits)
        ):
            if was == level or waits:
                return
            what = "level_changed"
        case LoweringApproved():
            what = "level_changed"
        case ControlAdopted() | ControlChanged() | ControlWithdrawn():
            what = "measures_changed"
        case ControlAssigned() | ControlAssignmentEnded():
            what = "responsible_changed"
        case _:
            return
    day = day_of(record.happened_at)
    at, known = record.happened_at, record.position
    row = {"body": record.scope, "day": day, "what": what, "papers": papers, "at": at, "last_at": at}
    held = updates.setdefault((record.scope, day, what, papers), row | {"first_known": known})
    held |= {"at": min(held["at"], at), "last_at": max(held["last_at"], at), "last_known": known}

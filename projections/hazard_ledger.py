"""The hazard ledger: every hazard with its step, deadline and lateness, now or as it was true and known at any moment.

That a hazard was overdue, or was rectified late, is never withdrawn: not by an extension, a rejection, a closure or a
new opening. Lateness counts twice: by when it was done, and by when that was recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Integer,
    MetaData,
    RowMapping,
    Table,
)

from domain.duties import DutyAnswered, DutyOverdue, DutyRaised
from domain.hazard_closing import HazardClosed, HazardReopened
from domain.hazard_dismissal import DuplicateLinked, DuplicateUnlinked, NotHazardConfirmed
from domain.hazard_extension import ExtensionApproved
from domain.hazard_filing import FilingAccepted, FilingReturned, MajorHazardFiled
from domain.hazard_finding import HazardFound, HazardRegistered
from domain.hazard_grading import HazardEvaluated, HazardRegraded
from domain.hazard_on_the_spot import FixConfirmed, FixedOnSpot, FixRejected
from domain.hazard_plan import RectificationPlanned
from domain.hazard_verification import RectificationCompleted, RectificationRejected, RectificationVerified
from domain.language import Moment, day_of, days_late
from domain.records import Record
from projections import bitemporal
from projections.bitemporal import KNOWN_FOREVER, TRUE_FOREVER, Entry
from projections.bulk import TEXT, add, rows_by
from projections.holding import Condition, holding
from projections.projection import Projection

IDENTITY = ("unit", "title", "source", "risk", "control")
LINKS = ("inspection", "item")
DAYS = ("days_late", "days_late_recorded")
ENDS = ("closed", "dismissed", "duplicate")
"""The steps at which a hazard waits for nobody; a duplicate is handled under the other one."""


class Tables(NamedTuple):
    """``hazards`` lists all, seven are facets; ``duties`` tells whose a duty is, ``lateness`` holds what stays so."""

    hazards: Table
    identity: Table
    grade: Table
    step: Table
    deadline: Table
    plan: Table
    turn: Table
    filing: Table
    duties: Table
    lateness: Table


def _step_columns() -> list[Column[Any]]:
    texts = [Column(name, TEXT) for name in ("step", "path", "duplicate_of", "standing")]
    return [*texts, Column("again", Integer)]


def tables(metadata: MetaData, prefix: str) -> Tables:
    def facet(name: str, *columns: Column[Any]) -> Table:
        return bitemporal.facet_table(metadata, f"{prefix}{name}", list(columns))

    return Tables(
        bitemporal.entity_table(metadata, f"{prefix}hazards"),
        facet("identity", *(Column(name, TEXT) for name in (*IDENTITY, *LINKS))),
        facet("grade", Column("grade", TEXT)),
        facet("step", *_step_columns()),
        facet("deadline", Column("due", TEXT)),
        facet("plan", Column("responsible", TEXT), Column("opening", Integer)),
        facet("turn", Column("round", Integer)),
        facet("filing", Column("filing", TEXT)),
        Table(
            f"{prefix}duties",
            metadata,
            Column("scope", TEXT, primary_key=True),
            Column("duty", TEXT, primary_key=True),
            Column("code", TEXT, nullable=False),
        ),
        Table(
            f"{prefix}lateness",
            metadata,
            Column("scope", TEXT, primary_key=True),
            Column("code", TEXT, primary_key=True),
            Column("position", BigInteger, primary_key=True, autoincrement=False),
            Column("happened_at", TEXT, nullable=False),
            Column("duty", TEXT, nullable=False),
            Column("due", TEXT, nullable=False),
            Column("overdue", Boolean, nullable=False),
            Column("days_late", Integer),
            Column("days_late_recorded", Integer),
        ),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each record says something about some facets from its ``happened_at`` on; duties add the lasting lateness."""
    entries: dict[str, list[Entry]] = {}
    raised: dict[tuple[str, str], str] = {}
    told: list[tuple[Record, str, DutyOverdue | DutyAnswered]] = []
    for record in records:
        event = record.event
        code = record.stream.rsplit("/", 1)[1]
        match event:
            case DutyRaised():
                if event.subject_kind == "hazard":
                    raised[record.scope, code] = event.subject
            case DutyOverdue() | DutyAnswered():
                told.append((record, code, event))
            case _:
                for facet, values in _said(event):
                    entry = Entry(record.position, record.scope, code, record.happened_at, values)
                    entries.setdefault(facet, []).append(entry)
    said = [(getattr(tables, facet), of_facet) for facet, of_facet in entries.items()]
    bitemporal.apply_facets(connection, tables.hazards, said)
    of = [{"scope": scope, "duty": duty, "code": code} for (scope, duty), code in raised.items()]
    add(connection, tables.duties, of)
    held = rows_by(
        connection, tables.duties, ("scope", "duty"), sorted({(one.scope, duty) for one, duty, _ in told})
    )
    hazards = {(row["scope"], row["duty"]): row["code"] for row in held}
    late = [
        _late(record, hazards[record.scope, duty], duty, event)
        for record, duty, event in told
        if (record.scope, duty) in hazards
    ]
    add(connection, tables.lateness, late)


def _said(event: object) -> list[tuple[str, dict[str, Any]]]:
    """What one event says of which facets. ``again`` is 1 where a verifier sent it back for another round."""

    def step(
        name: str, again: int = 0, path: str = "long", of: str | None = None
    ) -> tuple[str, dict[str, Any]]:
        standing = "ended" if name in ENDS else "open"
        said = {"step": name, "path": path, "duplicate_of": of, "standing": standing, "again": again}
        return "step", said

    def plan(responsible: str | None, opening: int) -> tuple[str, dict[str, Any]]:
        return "plan", {"responsible": responsible, "opening": opening}

    match event:
        case HazardFound():
            identity = {name: getattr(event, name) for name in IDENTITY} | dict.fromkeys(LINKS)
            return [("identity", identity), plan(None, 1), step("found")]
        case HazardRegistered():
            identity = {name: getattr(event, name) for name in (*IDENTITY, *LINKS)}
            return [("identity", identity), plan(None, 1), step("registered")]
        case HazardEvaluated():
            return [("grade", {"grade": event.grade}), step("evaluated")]
        case HazardRegraded():
            back = event.step == "completed"
            return [("grade", {"grade": event.grade}), *([step("completed")] if back else [])]
        case MajorHazardFiled():
            return [("filing", {"filing": "filed"})]
        case FilingAccepted():
            return [("filing", {"filing": "accepted"})]
        case FilingReturned():
            return [("filing", {"filing": "returned"})]
        case RectificationPlanned():
            ours = plan(event.responsible, event.opening)
            return [("deadline", {"due": event.due}), ours, ("turn", {"round": 1}), step("planned")]
        case ExtensionApproved():
            return [("deadline", {"due": event.due})]
        case RectificationCompleted():
            return [("turn", {"round": event.round}), step("completed")]
        case RectificationVerified():
            return [step("verified")] if event.count >= event.needed else []
        case RectificationRejected():
            return [step("planned", again=1)]
        case HazardClosed():
            return [step("closed")]
        case HazardReopened():
            none = plan(None, event.opening)
            unfiled = ("filing", {"filing": None})
            return [("deadline", {"due": None}), none, ("turn", {"round": 0}), unfiled, step(event.step)]
        case FixedOnSpot():
            return [("grade", {"grade": "general"}), step("fixed", path="on_the_spot")]
        case FixConfirmed():
            return [step("closed", path="on_the_spot")]
        case FixRejected():
            return [("grade", {"grade": None}), step("registered")]
        case NotHazardConfirmed():
            return [step("dismissed")]
        case DuplicateLinked():
            return [step("duplicate", of=event.of)]
        case DuplicateUnlinked():
            return [step(event.step)]
        case _:
            return []


def _late(record: Record, code: str, duty: str, event: DutyOverdue | DutyAnswered) -> dict[str, Any]:
    answer = event if isinstance(event, DutyAnswered) else None
    recorded_on = answer.recorded_on if answer is not None else None
    as_recorded = days_late(event.due, recorded_on or day_of(record.recorded_at))
    return {
        "scope": record.scope,
        "code": code,
        "position": record.position,
        "happened_at": record.happened_at,
        "duty": duty,
        "due": event.due,
        "overdue": answer is None,
        "days_late": None if answer is None else answer.days_late,
        "days_late_recorded": None if answer is None else as_recorded,
    }


def hazard_ledger(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    true_at: Moment | None = None,
    known_at: int | None = None,
    open_only: bool = False,
    code: str | None = None,
    limit: int | None = None,
    after: tuple[str, str] | None = None,
) -> list[dict[str, Any]]:
    """The hazards by body and code, as true at a moment and known by a position (None: now, and all that is known).

    ``overdue`` says that an overdue was ever recorded; ``days_late`` and ``days_late_recorded`` are the most days by
    which any rectification came late, None before the first one. ``after`` continues behind a (body, code).
    """
    true_at = TRUE_FOREVER if true_at is None else true_at
    known_at = KNOWN_FOREVER if known_at is None else known_at
    still_open = Condition(tables.step, "standing", "open")
    found = bitemporal.as_of_joined(
        connection,
        holding((still_open,), true_at, known_at) if open_only else tables.hazards,
        (
            tables.identity,
            tables.grade,
            tables.step,
            tables.deadline,
            tables.plan,
            tables.turn,
            tables.filing,
        ),
        scope=body,
        true_at=true_at,
        known_at=known_at,
        code=code,
        after_scope=after[0] if after else None,
        after_code=after[1] if after else None,
        limit=limit,
    )
    late = _lateness(connection, tables.lateness, found, true_at, known_at)
    never: dict[str, Any] = {"overdue": False} | dict.fromkeys(DAYS)
    return [_row(one, late.get((one["scope"], one["code"]), never)) for one in found]


def _row(found: RowMapping, late: dict[str, Any]) -> dict[str, Any]:
    row = {"body": found["scope"], **found}
    del row["scope"], row["standing"]
    row["round"] = (row["round"] or 0) + (row.pop("again") or 0)
    parts = {
        "identity": "unit",
        "grade": "grade",
        "step": "step",
        "deadline": "due",
        "plan": "responsible",
        "turn": "round",
        "filing": "filing",
    }
    row["since"] = {part: row.pop(f"{first}_true_from") for part, first in parts.items()}
    row["positions"] = {part: row.pop(f"{first}_position") for part, first in parts.items()}
    return row | late


def _lateness(
    connection: Connection, lateness: Table, hazards: Sequence[RowMapping], true_at: Moment, known_at: int
) -> dict[tuple[str, str], dict[str, Any]]:
    """The worst of each of these hazards by that moment, by (body, code)."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for fact in rows_by(
        connection, lateness, ("scope", "code"), [(one["scope"], one["code"]) for one in hazards]
    ):
        if fact["happened_at"] > true_at or fact["position"] > known_at:
            continue
        worst = found.setdefault((fact["scope"], fact["code"]), {"overdue": False} | dict.fromkeys(DAYS))
        worst["overdue"] |= fact["overdue"]
        for days in DAYS:
            if fact[days] is not None:
                worst[days] = max(worst[days] or 0, fact[days])
    return found


HAZARD_LEDGER = Projection(
    name="hazard_ledger",
    version=2,
    kinds=(
        HazardFound.KIND,
        HazardRegistered.KIND,
        HazardEvaluated.KIND,
        HazardRegraded.KIND,
        MajorHazardFiled.KIND,
        FilingAccepted.KIND,
        FilingReturned.KIND,
        FixedOnSpot.KIND,
        FixConfirmed.KIND,
        FixRejected.KIND,
        NotHazardConfirmed.KIND,
        DuplicateLinked.KIND,
        DuplicateUnlinked.KIND,
        RectificationPlanned.KIND,
        ExtensionApproved.KIND,
        RectificationCompleted.KIND,
        RectificationVerified.KIND,
        RectificationRejected.KIND,
        HazardClosed.KIND,
        HazardReopened.KIND,
        DutyRaised.KIND,
        DutyOverdue.KIND,
        DutyAnswered.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(hazard_ledger,),
)

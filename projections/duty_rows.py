"""What is owed, by whom and by which day, what the clock has said about it, and how late it was answered.

An overdue or missed day that was recorded stays in the row, and so does the most days by which any answer came late.
The first table holds each duty as it is now, for the clock; the facets hold the same on two clocks, for questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    RowMapping,
    Table,
    literal,
    select,
    tuple_,
)

from domain.duties import DUTY
from domain.duty_answer import DutyAnswered, DutyExtended, DutyResumed
from domain.duty_clock import DutyEscalated, DutyFellDue, DutyMissed, DutyOverdue, DutyReminded
from domain.duty_ending import (
    DutyAnswerRejected,
    DutyFulfilled,
    DutyReasonEnded,
    DutyRestored,
    DutySuperseded,
    DutyWaived,
)
from domain.duty_extension import DutyExtensionApproved, DutyExtensionAsked, DutyExtensionRefused
from domain.duty_raising import DutyAssigned, DutyRaised
from domain.duty_settling import DutyDaySettled
from domain.duty_state import last_day, reminders
from domain.language import Day, day_after, day_of, days_late
from domain.records import Record
from projections import bitemporal
from projections.bitemporal import Entry
from projections.bulk import TEXT, read, rows_by, upsert, written
from projections.projection import Projection

KEY = ("body", "duty")
TEXTS = (
    *(
        "stream",
        "rule",
        "subject_kind",
        "subject",
        "owed_by",
        "owed_as",
        "period",
        "due",
        "first_due",
        "step",
    ),
    *("raised_at", "citation", "remind", "line"),
)
MAYBE = (
    *(
        "title",
        "assigned_by",
        "closes",
        "reminded",
        "fell_due",
        "overdue",
        "missed",
        "answered_on",
        "answered_by",
    ),
    *("why", "asked_due", "asked_by", "last_on", "last_because"),
)
ENDS = (DutyAnswered, DutyFulfilled, DutyWaived, DutySuperseded)


@dataclass(frozen=True)
class DueRow:
    """One duty as the clock sees it: its day, and what the clock has already said about that very day.

    After an extension both marks are false again until the clock has spoken about the new day. ``passed``: that the
    day passed is to be said. ``closes`` is the last day of a period that has not been said to be missed; ``line`` are
    the working days after which it goes up each rung, once it is overdue.
    """

    body: str
    duty: str
    due: Day
    is_open: bool = True
    passed: bool = True
    marked_due: bool = False
    marked_overdue: bool = False
    closes: Day = ""
    remind: tuple[int, ...] = ()
    reminded: Day = ""
    line: tuple[int, ...] = ()
    escalated: int = 0


class Tables(NamedTuple):
    """``duties`` as they are now; ``known`` lists them for the facets: the day, how it stands, what the clock said."""

    duties: Table
    known: Table
    day: Table
    standing: Table
    overdue: Table
    missed: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    standing = [Column("step", TEXT), Column("answered_on", TEXT), Column("answered_by", TEXT)]
    lateness = [Column("days_late", Integer), Column("days_late_recorded", Integer)]
    return Tables(
        Table(
            f"{prefix}duties",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("duty", TEXT, primary_key=True),
            *(Column(name, TEXT, nullable=False) for name in TEXTS),
            *(Column(name, TEXT) for name in MAYBE),
            Column("act_on", TEXT),  # the day on which the clock speaks next; NULL when it has nothing to say
            Column("escalated", Integer, nullable=False),
            Column("late", Boolean, nullable=False),
            Column("provisional", Boolean, nullable=False),
            Column("follows_record", Boolean, nullable=False),
            Column("days_late", Integer),
            Column("days_late_recorded", Integer),
            Column("position", BigInteger, nullable=False),
            Index(f"ix_{prefix}duties_due", "step", "due"),
            Index(f"ix_{prefix}duties_act", "act_on", "due", "body", "duty"),
            Index(f"ix_{prefix}duties_person", "owed_by", "step"),
        ),
        bitemporal.entity_table(metadata, f"{prefix}known"),
        bitemporal.facet_table(metadata, f"{prefix}day", [Column("due", TEXT)]),
        bitemporal.facet_table(metadata, f"{prefix}standing", [*standing, *lateness]),
        bitemporal.facet_table(metadata, f"{prefix}overdue", [Column("overdue", TEXT)]),
        bitemporal.facet_table(metadata, f"{prefix}missed", [Column("missed", TEXT)]),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each duty's row follows its records; the rows that a batch touches are read once and written once."""
    keys = {(record.scope, record.stream.rsplit("/", 1)[1]) for record in records}
    rows = {(row["body"], row["duty"]): row for row in rows_by(connection, tables.duties, KEY, sorted(keys))}
    said: dict[str, list[Entry]] = {}
    for record in records:
        key = (record.scope, record.stream.rsplit("/", 1)[1])
        if isinstance(record.event, DutyRaised | DutyAssigned):
            rows[key] = _raised(record, key, record.event)
        row = rows[key]
        for facet, values in _told(record, row):
            at = max(
                record.happened_at, row["raised_at"]
            )  # done before it was raised is answered from then on
            said.setdefault(facet, []).append(Entry(record.position, *key, at, values))
        row["position"] = record.position
    for row in rows.values():
        row["act_on"] = _act_on(row)
    upsert(connection, tables.duties, rows.values())
    facets = [(getattr(tables, facet), entries) for facet, entries in said.items()]
    bitemporal.apply_facets(connection, tables.known, facets)


def _raised(record: Record, key: tuple[str, str], event: DutyRaised | DutyAssigned) -> dict[str, Any]:
    raised = event if isinstance(event, DutyRaised) else None
    assigned = event if isinstance(event, DutyAssigned) else None
    return {
        **dict.fromkeys(MAYBE),
        "body": key[0],
        "duty": key[1],
        "stream": record.stream,
        "rule": raised.rule if raised else "assigned",
        "title": assigned.title if assigned else None,
        "assigned_by": assigned.assigned_by if assigned else None,
        "subject_kind": event.subject_kind,
        "subject": event.subject,
        "owed_by": event.owed_by,
        "owed_as": event.owed_as,
        "period": raised.period if raised else "",
        "closes": raised.closes if raised else None,
        "due": event.due,
        "first_due": event.due,
        "step": "open",
        "raised_at": record.happened_at,
        "citation": written(raised.citation if raised else None),
        "remind": written(event.remind),
        "line": written(()),
        "escalated": 0,
        "late": False,
        "provisional": bool(raised and raised.provisional),
        "follows_record": bool(raised and raised.follows_record),
        "days_late": None,
        "days_late_recorded": None,
    }


def _told(record: Record, row: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Change the row as the record says, and return what it says of which facets."""
    match record.event:
        case DutyRaised() | DutyAssigned():
            return [("day", {"due": row["due"]}), _standing(row)]
        case DutyExtended(due=due) | DutyExtensionApproved(due=due):
            row |= {"due": due, "line": written(()), "escalated": 0, "asked_due": None, "asked_by": None}
            return [("day", {"due": due})]
        case DutyDaySettled(due=due):
            row |= {"due": due, "line": written(()), "escalated": 0, "provisional": False}
            return [("day", {"due": due})]
        case DutyExtensionAsked() as event:
            row |= {"asked_due": event.due, "asked_by": event.asked_by}
        case DutyExtensionRefused():
            row |= {"asked_due": None, "asked_by": None}
        case DutyReminded(on=on):
            row["reminded"] = on
        case DutyFellDue(due=due):
            row["fell_due"] = due
        case DutyOverdue() as event:
            row |= {"overdue": event.due, "line": written(event.line), "escalated": 0}
            return [("overdue", {"overdue": event.due})]
        case DutyMissed(closes=closes):
            row["missed"] = closes
            return [("missed", {"missed": closes})]
        case DutyEscalated(rung=rung):
            row["escalated"] = rung
        case DutyAnswered() | DutyFulfilled() | DutyWaived() | DutySuperseded():
            _ended(record, record.event, row)
            return [_standing(row)]
        case DutyResumed() | DutyAnswerRejected() | DutyRestored():
            row |= {"step": "open", "answered_on": None, "answered_by": None, "why": None, "late": False}
            return [_standing(row)]
        case DutyReasonEnded() as event:
            row |= {"last_on": event.on, "last_because": event.reason}
        case _:
            pass
    return []


def _ended(record: Record, event: Any, row: dict[str, Any]) -> None:
    """How it ended, by whom, and the most days by which any end came late on either clock."""
    match event:
        case DutyAnswered():
            step, by, on, why = "answered", event.answered_by, event.answered_on, None
        case DutyFulfilled():
            step, by, on, why = "answered", event.fulfilled_by, event.answered_on, event.done
        case DutyWaived():
            step, by, on, why = "waived", event.waived_by, event.waived_on, event.reason
        case _:
            step, by, on, why = "superseded", event.by_duty, event.superseded_on, event.reason
    recorded_on = (event.recorded_on if isinstance(event, DutyAnswered) else None) or day_of(
        record.recorded_at
    )
    row |= {"step": step, "answered_on": on, "answered_by": by, "why": why, "late": event.days_late > 0}
    row["days_late"] = max(row["days_late"] or 0, event.days_late)
    row["days_late_recorded"] = max(row["days_late_recorded"] or 0, days_late(event.due, recorded_on))
    row |= {"asked_due": None, "asked_by": None}


def _standing(row: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    names = ("step", "answered_on", "answered_by", "days_late", "days_late_recorded")
    return "standing", {name: row[name] for name in names}


def _act_on(row: dict[str, Any]) -> Day | None:
    """The first day from which the clock may have something to say; for the line, at the earliest."""
    due: Day = row["due"]
    is_open = row["step"] == "open"
    days: list[Day] = []
    if is_open:
        days += [day for day in reminders(due, read(row["remind"])) if day > (row["reminded"] or "")][:1]
    if is_open or row["late"]:  # a late answer does not spare the clock from saying that the day had passed
        if row["fell_due"] != due:
            days.append(due)
        elif row["overdue"] != due:
            days.append(day_after(due))
    closed = last_day(row["closes"] or "", due)
    unanswered = is_open or (row["answered_on"] or "") > closed
    if closed and row["missed"] != row["closes"] and unanswered:
        days.append(day_after(closed))
    line = read(row["line"])
    if is_open and row["overdue"] == due and row["escalated"] < len(line):
        days.append(day_after(due, line[row["escalated"]]["after"]))
    return min(days, default=None)


def due_by(
    connection: Connection,
    tables: Tables,
    by: Day,
    after: tuple[Day, str, str] | None = None,
    limit: int | None = None,
) -> list[DueRow]:
    """The duties about which the clock may have something to say by that day, by (due, body, code).

    ``after`` continues behind a (due, body, code).
    """
    duties = tables.duties.c
    query = select(tables.duties).where(duties.act_on <= by)
    query = query.order_by(duties.due, duties.body, duties.duty).limit(limit)
    if after is not None:
        behind = tuple_(*(literal(one, TEXT) for one in after))
        query = query.where(tuple_(duties.due, duties.body, duties.duty) > behind)
    return [_due(row) for row in connection.execute(query).mappings()]


def _due(row: RowMapping) -> DueRow:
    is_open = row["step"] == "open"
    closes = row["closes"] or ""
    unanswered = is_open or (row["answered_on"] or "") > last_day(closes, row["due"])
    return DueRow(
        body=row["body"],
        duty=row["duty"],
        due=row["due"],
        is_open=is_open,
        passed=is_open or bool(row["late"]),
        marked_due=row["fell_due"] == row["due"],
        marked_overdue=row["overdue"] == row["due"],
        closes=closes if row["missed"] != closes and unanswered else "",
        remind=tuple(read(row["remind"])),
        reminded=row["reminded"] or "",
        line=tuple(one["after"] for one in read(row["line"])) if row["overdue"] == row["due"] else (),
        escalated=row["escalated"],
    )


def raised_codes(connection: Connection, tables: Tables, body: str) -> list[str]:
    """The codes of every duty of the body that was ever raised from a rule with a period."""
    duties = tables.duties.c
    query = select(duties.duty).where(duties.body == body, duties.period != "").order_by(duties.duty)
    return list(connection.scalars(query))


DUTY_ROWS = Projection(
    name="duty_rows",
    version=3,
    kinds=tuple(event.KIND for event in DUTY.events),
    tables=tables,
    apply=apply,
    questions=(due_by, raised_codes),
)

"""Monitored risks: plan, parameters, which periods were read and which were not, warnings and what was done first.

Delays stand on both clocks: from the crossing to the response as they happened, and as they were recorded (YT-14).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Boolean, Column, Connection, Integer, MetaData, Table, func, select

from domain.language import Day, as_datetime, day_of
from domain.monitoring import MonitoringDeclared, MonitoringEnded, ReadingOwed
from domain.monitoring_limits import ParameterDefined, ParameterDropped
from domain.monitoring_plan import EmergencyPlanFiled
from domain.monitoring_readings import (
    InformationGiven,
    ReadingRecorded,
    WarningEnded,
    WarningRaised,
    WarningResponded,
)
from domain.records import Record
from projections.bulk import TEXT, read, written
from projections.merging import merge
from projections.projection import Projection

Row = dict[str, Any]
Change = Iterator[tuple[tuple[Any, ...], Row]]


class Tables(NamedTuple):
    """``periods``: those in which a reading is owed, or was made."""

    logs: Table
    plans: Table
    parameters: Table
    periods: Table
    readings: Table
    warnings: Table
    information: Table


LOG = (
    "ground",
    "level",
    "reason",
    "period",
    "since",
    "owed_by",
    "plan_by",
    "step",
    "ended_at",
    "ended_because",
)
LIMITS = ("name", "unit", "basis", "warn_above", "alarm_above", "warn_below", "alarm_below")
PLAN = ("title", "valid_from", "sha256", "place", "document", "supersedes", "filed_by")
RAISED = ("standing", "crossed", "raised_at", "raised_recorded", "respond_by", "owed_by", "ended_at")
ANSWERED = ("response", "responded_by", "responded_at", "responded_recorded")


def tables(metadata: MetaData, prefix: str) -> Tables:
    def table(name: str, *columns: str | Column[Any], key: Column[Any] | None = None) -> Table:
        return Table(
            f"{prefix}{name}",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("risk", TEXT, primary_key=True),
            *([] if key is None else [key]),
            *(Column(one, TEXT) if isinstance(one, str) else one for one in columns),
            Column("position", BigInteger, nullable=False),
        )

    def number(name: str = "number") -> Column[Any]:
        return Column(name, Integer, primary_key=True, autoincrement=False)

    def text(name: str) -> Column[Any]:
        return Column(name, TEXT, primary_key=True)

    late = Column("delay_minutes", Integer)
    return Tables(
        table("logs", *LOG, "citation", "declared_by"),
        table("plans", *PLAN, key=text("version")),
        table("parameters", *LIMITS, Column("dropped", Boolean), key=text("parameter")),
        table("periods", "last", key=text("first")),
        table(
            "readings",
            "values_read",
            "missing",
            "remark",
            "read_at",
            "read_by",
            "recorded_at",
            "first",
            key=number(),
        ),
        table("warnings", *RAISED, *ANSWERED, late, Column("reading", Integer), key=number("warning")),
        table(
            "information",
            *("informed", "means", "what", "given_by", "given_at"),
            Column("warning", Integer),
            Column("delay_minutes", Integer),
            key=number(),
        ),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each record opens a row or adds to one."""
    parts = (_log, _plan, _parameter, _period, _reading, _warning, _information)
    for table, changes in zip(tables, parts, strict=True):
        merge(connection, table, (one for record in records for one in changes(record)))


def _place(record: Record) -> tuple[str, str]:
    return record.scope, record.stream.rsplit("/", 1)[1]


def _log(record: Record) -> Change:
    match record.event:
        case MonitoringDeclared() as event:
            told: Row = {name: getattr(event, name) for name in LOG[:7]}
            told |= {"step": "running", "ended_at": None, "ended_because": None}
            told |= {"citation": written(event.citation), "declared_by": written(event.declared_by)}
            yield _place(record), {**told, "position": record.position}
        case MonitoringEnded() as event:
            ended: Row = {"step": "ended", "ended_at": record.happened_at, "ended_because": event.reason}
            yield _place(record), {**ended, "position": record.position}
        case _:
            pass


def _plan(record: Record) -> Change:
    if isinstance(event := record.event, EmergencyPlanFiled):
        told: Row = {name: getattr(event, name) for name in PLAN}
        yield (*_place(record), event.version), {**told, "position": record.position}


def _parameter(record: Record) -> Change:
    match record.event:
        case ParameterDefined() as event:
            told: Row = {name: getattr(event, name) for name in LIMITS}
            yield (*_place(record), event.parameter), {**told, "dropped": False, "position": record.position}
        case ParameterDropped() as event:
            yield (*_place(record), event.parameter), {"dropped": True, "position": record.position}
        case _:
            pass


def _period(record: Record) -> Change:
    """A reading in a period that was not yet recorded as owed opens its row too."""
    match record.event:
        case ReadingOwed() as event:
            yield (*_place(record), event.first), {"last": event.last, "position": record.position}
        case ReadingRecorded(first=str() as first) as event:
            yield (*_place(record), first), {"last": event.last, "position": record.position}
        case _:
            pass


def _reading(record: Record) -> Change:
    if isinstance(event := record.event, ReadingRecorded):
        told: Row = {"values_read": written(event.values), "missing": written(event.missing)}
        told |= {"remark": event.remark, "read_at": event.read_at, "read_by": event.read_by}
        told |= {"recorded_at": record.recorded_at, "first": event.first, "position": record.position}
        yield (*_place(record), event.number), told


def _warning(record: Record) -> Change:
    position: Row = {"position": record.position}
    match record.event:
        case WarningRaised() as event:
            told: Row = {
                "standing": event.standing,
                "crossed": written(event.crossed),
                "reading": event.reading,
            }
            told |= {"raised_at": event.raised_at, "raised_recorded": record.recorded_at}
            told |= {"respond_by": event.respond_by, "owed_by": event.owed_by}
            yield (*_place(record), event.warning), told | position
        case WarningEnded() as event:
            yield (*_place(record), event.warning), {"ended_at": record.happened_at} | position
        case WarningResponded(first=True) as event:
            answered: Row = {"response": event.response, "responded_by": event.responded_by}
            answered |= {"responded_at": event.responded_at, "responded_recorded": record.recorded_at}
            answered |= {"delay_minutes": event.delay_minutes}
            yield (*_place(record), event.warning), answered | position
        case _:
            pass


def _information(record: Record) -> Change:
    if isinstance(event := record.event, InformationGiven):
        told: Row = {
            "informed": event.to,
            "means": event.means,
            "what": event.what,
            "given_by": event.given_by,
        }
        told |= {"given_at": event.given_at, "warning": event.warning, "delay_minutes": event.delay_minutes}
        yield (*_place(record), event.number), {**told, "position": record.position}


def monitor_list(
    connection: Connection, tables: Tables, today: Day, body: str | None = None, ever: bool = False
) -> list[Row]:
    """The monitored risks (with ``ever``: those that once were), the plan in force, and what is missing of each.

    ``not_read`` counts periods that passed without a reading, ``no_response`` warnings that nobody responded to.
    """
    periods: dict[tuple[str, str], list[Row]] = {}
    for one in monitor_periods(connection, tables, today, body):
        periods.setdefault((one["body"], one["risk"]), []).append(one)
    warnings: dict[tuple[str, str], list[Row]] = {}
    for one in monitor_warnings(connection, tables, body):
        warnings.setdefault((one["body"], one["risk"]), []).append(one)
    rows = []
    for row in _of(connection, tables.logs, body, None):
        if row["step"] != "running" and not ever:
            continue
        key = (row["body"], row["risk"])
        plans = [one for one in _of(connection, tables.plans, *key) if one["valid_from"] <= today]
        plan = max(plans, key=lambda one: (one["valid_from"], one["position"]), default=None)
        limits = [one["parameter"] for one in _of(connection, tables.parameters, *key) if not one["dropped"]]
        standings = [one["standing"] for one in periods.get(key, [])]
        told = warnings.get(key, [])
        made = tables.readings.c
        counted = select(func.count(), func.max(made.read_at)).where(made.body == key[0], made.risk == key[1])
        readings, last_read = connection.execute(counted).one()
        missing = [] if plan or row["ground"] != "irreducible" else ["emergency_plan"]
        missing += [] if limits else ["monitored_parameter"]
        rows.append(
            {
                **row,
                "citation": read(row["citation"]),
                "declared_by": read(row["declared_by"]),
                "plan": None if plan is None else f"{plan['title']} {plan['version']}",
                "plan_sha256": None if plan is None else plan["sha256"],
                "parameters": limits,
                "readings": readings,
                "last_read": last_read,
                "not_read": standings.count("not_read"),
                "in_force": [
                    one["warning"] for one in told if one["ended_at"] is None and row["step"] == "running"
                ],
                "no_response": [one["warning"] for one in told if one["responded_at"] is None],
                "missing": missing,
            }
        )
    return rows


def monitor_periods(
    connection: Connection, tables: Tables, today: Day, body: str | None = None, risk: str | None = None
) -> list[Row]:
    """Every period in which a reading is owed: read in time, recorded late, not read, or still open."""
    made: dict[tuple[str, str, str], Row] = {}
    for one in _of(connection, tables.readings, body, risk, "recorded_at", "number"):
        if one["first"] is not None:
            read_ = {
                "read_at": one["read_at"],
                "read_by": one["read_by"],
                "read_recorded": one["recorded_at"],
            }
            made.setdefault((one["body"], one["risk"], one["first"]), read_)
    none = dict.fromkeys(("read_at", "read_by", "read_recorded"))
    rows = []
    for row in _of(connection, tables.periods, body, risk, "first"):
        told = {**row, **made.get((row["body"], row["risk"], row["first"]), none)}
        rows.append({**told, "standing": _standing(told, today)})
    return rows


def _standing(row: Row, today: Day) -> str:
    if row["read_at"] is None:
        return "not_read" if row["last"] < today else "not_read_yet"
    return "read_in_time" if day_of(row["read_recorded"]) <= row["last"] else "recorded_late"


def monitor_readings(
    connection: Connection, tables: Tables, body: str | None = None, risk: str | None = None
) -> list[Row]:
    """The log itself, as it was recorded: every value with its unit and how it stood, or what was said in words."""
    rows = _of(connection, tables.readings, body, risk, "number")
    values = [
        {**row, "values": read(row.pop("values_read")), "missing": read(row["missing"])} for row in rows
    ]
    rank = {"normal": 0, "warning": 1, "alarm": 2}
    return [
        {
            **row,
            "standing": max((one["standing"] for one in row["values"]), key=rank.__getitem__, default=None),
        }
        for row in values
    ]


def monitor_warnings(
    connection: Connection, tables: Tables, body: str | None = None, risk: str | None = None
) -> list[Row]:
    """Every warning with its first response and its delay, and whom somebody told of it.

    ``delay_minutes`` is by when both happened, ``recorded_minutes`` by when both were recorded.
    """
    told: dict[tuple[str, str, int], list[Row]] = {}
    for one in _of(connection, tables.information, body, risk, "number"):
        if one["warning"] is not None:
            told.setdefault((one["body"], one["risk"], one["warning"]), []).append(one)
    rows = []
    for row in _of(connection, tables.warnings, body, risk, "warning"):
        informed = told.get((row["body"], row["risk"], row["warning"]), [])
        minutes = None
        if row["responded_recorded"] is not None:
            apart = as_datetime(row["responded_recorded"]) - as_datetime(row["raised_recorded"])
            minutes = int(apart.total_seconds()) // 60
        late = row["responded_at"] is not None and day_of(row["responded_at"]) > row["respond_by"]
        names = ("informed", "means", "what", "given_by", "given_at", "delay_minutes", "position")
        rows.append(
            {
                **row,
                "crossed": read(row["crossed"]),
                "recorded_minutes": minutes,
                "late": late,
                "informed": [{name: one[name] for name in names} for one in informed],
            }
        )
    return rows


def _of(connection: Connection, table: Table, body: str | None, risk: str | None, *order: str) -> list[Row]:
    query = select(table).order_by(table.c.body, table.c.risk, *(table.c[one] for one in order))
    if body is not None:
        query = query.where(table.c.body == body)
    if risk is not None:
        query = query.where(table.c.risk == risk)
    return [dict(row) for row in connection.execute(query).mappings()]


MONITORING = Projection(
    name="monitoring",
    version=1,
    kinds=(
        MonitoringDeclared.KIND,
        EmergencyPlanFiled.KIND,
        ParameterDefined.KIND,
        ParameterDropped.KIND,
        ReadingOwed.KIND,
        ReadingRecorded.KIND,
        WarningRaised.KIND,
        WarningEnded.KIND,
        WarningResponded.KIND,
        InformationGiven.KIND,
        MonitoringEnded.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(monitor_list, monitor_periods, monitor_readings, monitor_warnings),
)

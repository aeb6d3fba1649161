"""The changes of each body, the risks that each of them touches with all paths, and how far each risk is (YT-24)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, Table, false, func, select

from domain.change_state import DONE, EXCLUDED, OPEN, PROPOSED
from domain.change_touched import ChangedRiskSettled, ExcludedFromChange, RisksTaken
from domain.changes import ChangeClosed, ChangeEnded, ChangeReported, ChangeResolved
from domain.language import Day
from domain.records import Record
from domain.risk_assessment import RiskAssessed, RiskReassessed
from domain.risks import RiskRetired
from projections.bulk import TEXT, read, rows_by, upsert, written
from projections.projection import Projection

Row = dict[str, Any]
WAITING = (OPEN, PROPOSED)
LEFT = "left"
"""A risk that was still owed its assessment when a person closed the change."""
ANSWERS = ("initial", "change")
"""Why a risk was assessed: a periodic assessment or a correction does not answer a change."""


class Tables(NamedTuple):
    """``assessed`` holds of every risk the latest assessment that answers a change, and its retirement."""

    changes: Table
    touched: Table
    assessed: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    def key(*names: str) -> list[Column[Any]]:
        return [Column(name, TEXT, primary_key=True) for name in names]

    changes = Table(
        f"{prefix}changes",
        metadata,
        *key("body", "code"),
        *(Column(name, TEXT, nullable=False) for name in ("kind", "what", "scope", "starts", "cause")),
        Column("remark", TEXT, nullable=False),
        Column("ends", TEXT),
        *(Column(name, TEXT, nullable=False) for name in ("since", "reported_by", "reported_at", "step")),
        Column("resolved_at", BigInteger),
        Column("resolutions", Integer, nullable=False),
        *(Column(name, TEXT) for name in ("owed_by", "due", "citation", "ended_at", "end_reason")),
        *(Column(name, TEXT) for name in ("closed_at", "closed_by", "close_reason")),
        Column("reported", BigInteger, nullable=False),
        Column("position", BigInteger, nullable=False),
    )
    Index(f"ix_{prefix}changes_step", changes.c.step)
    touched = Table(
        f"{prefix}touched",
        metadata,
        *key("body", "change", "risk"),
        Column("paths", TEXT, nullable=False),
        Column("step", TEXT, nullable=False),
        *(Column(name, TEXT) for name in ("owed_by", "due", "by", "at", "reason")),
        Column("resolved_at", BigInteger),
        Column("position", BigInteger, nullable=False),
    )
    Index(f"ix_{prefix}touched_step", touched.c.step, touched.c.body, touched.c.change)
    assessed = Table(
        f"{prefix}assessed",
        metadata,
        *key("body", "risk"),
        *(Column(f"assessed_{name}", TEXT) for name in ("at", "by", "recorded")),
        Column("assessed_position", BigInteger),
        *(Column(f"retired_{name}", TEXT) for name in ("at", "by", "recorded")),
        Column("retired_position", BigInteger),
    )
    return Tables(changes, touched, assessed)


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each record moves the rows of its change, or says that its risk was assessed or retired."""
    held = _Held(connection, tables, records)
    for record in records:
        match record.event:
            case RiskAssessed() | RiskReassessed() | RiskRetired():
                held.of_risk(record)
            case _:
                held.of_change(record)
    upsert(connection, tables.changes, held.changes.values())
    upsert(connection, tables.touched, held.touched.values())
    upsert(connection, tables.assessed, held.assessed.values())


class _Held:
    """The rows that a batch touches, read at its beginning and written at its end."""

    def __init__(self, connection: Connection, tables: Tables, records: Sequence[Record]) -> None:
        own, risks, pairs = set(), set(), set()
        for record in records:
            code = record.stream.rsplit("/", 1)[1]
            if isinstance(record.event, RiskAssessed | RiskReassessed | RiskRetired):
                risks.add((record.scope, code))
            else:
                own.add((record.scope, code))
                pairs |= {(record.scope, code, risk) for risk in _named(record)}
        self.changes = {
            (row["body"], row["code"]): row
            for row in rows_by(connection, tables.changes, ("body", "code"), sorted(own))
        }
        self.touched = {
            (row["body"], row["change"], row["risk"]): row
            for row in rows_by(connection, tables.touched, ("body", "change", "risk"), sorted(pairs))
        }
        self.assessed = {
            (row["body"], row["risk"]): row
            for row in rows_by(connection, tables.assessed, ("body", "risk"), sorted(risks))
        }

    def of_risk(self, record: Record) -> None:
        key = (record.scope, record.stream.rsplit("/", 1)[1])
        empty: Row = {
            "body": key[0],
            "risk": key[1],
            **dict.fromkeys(("assessed_at", "assessed_by", "assessed_recorded", "assessed_position")),
            **dict.fromkeys(("retired_at", "retired_by", "retired_recorded", "retired_position")),
        }
        row = self.assessed.setdefault(key, empty)
        what = "retired" if isinstance(record.event, RiskRetired) else "assessed"
        if isinstance(record.event, RiskAssessed | RiskReassessed):
            fits = record.event.why in ANSWERS and record.event.rating == "current"
            if not fits or (row["assessed_at"] or "") > record.happened_at:
                return
        row |= {
            f"{what}_at": record.happened_at,
            f"{what}_by": record.by,
            f"{what}_recorded": record.recorded_at,
            f"{what}_position": record.position,
        }

    def of_change(self, record: Record) -> None:
        key = (record.scope, record.stream.rsplit("/", 1)[1])
        event = record.event
        if isinstance(event, ChangeReported):
            self.changes[key] = _reported(key, record, event)
            return
        row = self.changes[key]
        row["position"] = record.position
        match event:
            case ChangeResolved():
                row["resolutions"] += 1
                row |= {"resolved_at": event.at_position, **_terms(event)}
                for one in event.risks:
                    paths = [list(path.steps) for path in one.paths]
                    step = PROPOSED if event.proposed else OPEN
                    new = {"paths": written(paths), "resolved_at": event.at_position}
                    self._touch(record, one.risk, step=step, owed_by=event.owed_by, due=event.due, **new)
            case RisksTaken():
                row |= _terms(event)
                for risk in event.risks:
                    terms = {"owed_by": event.owed_by, "due": event.due}
                    self._touch(record, risk, step=OPEN, by=event.taken_by, **terms)
            case ExcludedFromChange():
                self._touch(record, event.risk, step=EXCLUDED, by=event.excluded_by, reason=event.reason)
            case ChangedRiskSettled():
                self._touch(record, event.risk, step=event.how, by=event.done_by)
            case ChangeEnded():
                row |= {"ended_at": record.happened_at, "end_reason": event.reason}
                row["step"] = "closed" if row["step"] == "closed" else "ended"
            case ChangeClosed():
                row |= {"step": "closed", "closed_at": record.happened_at}
                row |= {"closed_by": event.closed_by, "close_reason": event.reason}
                for risk in event.left:
                    self._touch(record, risk, step=LEFT, by=event.closed_by, reason=event.reason)
            case _:
                pass

    def _touch(self, record: Record, risk: str, **said: Any) -> None:
        change = record.stream.rsplit("/", 1)[1]
        key = (record.scope, change, risk)
        empty: Row = {
            "body": record.scope,
            "change": change,
            "risk": risk,
            "paths": "[]",
            "step": OPEN,
            **dict.fromkeys(("owed_by", "due", "by", "at", "reason", "resolved_at")),
        }
        row = self.touched.setdefault(key, empty)
        row |= {"at": record.happened_at, "position": record.position, **said}


def _terms(event: ChangeResolved | RisksTaken) -> Row:
    """Who owes the assessments that were asked for last, by when, and under which rule; none where none is adopted."""
    return {"owed_by": event.owed_by, "due": event.due, "citation": written(event.citation)}


def _named(record: Record) -> Sequence[str]:
    """The risks of which a record of a change speaks."""
    match record.event:
        case ChangeResolved() as event:
            return [one.risk for one in event.risks]
        case RisksTaken() as event:
            return event.risks
        case ExcludedFromChange() | ChangedRiskSettled() as event:
            return (event.risk,)
        case ChangeClosed() as event:
            return event.left
        case _:
            return ()


def _reported(key: tuple[str, str], record: Record, event: ChangeReported) -> Row:
    return {
        "body": key[0],
        "code": key[1],
        "kind": event.kind,
        "what": event.what,
        "scope": written([[one.kind, one.code] for one in event.scope]),
        "starts": event.starts,
        "ends": event.ends,
        "cause": event.cause,
        "remark": event.remark,
        "since": event.since,
        "reported_by": record.by,
        "reported_at": record.happened_at,
        "step": "open",
        "resolutions": 0,
        **dict.fromkeys(("resolved_at", "owed_by", "due", "citation", "ended_at", "end_reason")),
        **dict.fromkeys(("closed_at", "closed_by", "close_reason")),
        "reported": record.position,
        "position": record.position,
    }


# ------------------------------------------------------------------------------------------------- questions


def change_list(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    code: str | None = None,
    open_only: bool = False,
) -> list[Row]:
    """The changes by body and day of their start, each with how many risks it touches and how many wait."""
    columns, touched = tables.changes.c, tables.touched.c
    query = select(tables.changes).order_by(columns.body, columns.starts, columns.code)
    counted = select(touched.body, touched.change, touched.step, func.count().label("count"))
    for column, of, wanted in ((columns.body, touched.body, body), (columns.code, touched.change, code)):
        if wanted is not None:
            query, counted = query.where(column == wanted), counted.where(of == wanted)
    if open_only:
        query = query.where(columns.step != "closed")
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for one in connection.execute(counted.group_by(touched.body, touched.change, touched.step)).mappings():
        counts.setdefault((one["body"], one["change"]), {})[one["step"]] = one["count"]
    rows = []
    for found in connection.execute(query).mappings():
        row = dict(found)
        row["scope"] = [": ".join(part for part in one if part) for one in read(row["scope"])]
        row["citation"] = read(row["citation"])
        of_step = counts.get((row["body"], row["code"]), {})
        waiting = {"touched": sum(of_step.values()), "waiting": sum(of_step.get(one, 0) for one in WAITING)}
        rows.append({**row, **waiting, "steps": of_step})
    return rows


def change_risks(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    change: str | None = None,
    risk: str | None = None,
    waiting_only: bool = False,
) -> list[Row]:
    """The risks that changes touch, by body, change and risk, each with all its paths and its step."""
    columns = tables.touched.c
    query = select(tables.touched).order_by(columns.body, columns.change, columns.risk)
    for column, wanted in ((columns.body, body), (columns.change, change), (columns.risk, risk)):
        if wanted is not None:
            query = query.where(column == wanted)
    if waiting_only:
        query = query.where(columns.step.in_(WAITING))
    return [
        {**row, "paths": [" > ".join(steps) for steps in read(row["paths"])]}
        for row in connection.execute(query).mappings()
    ]


def list_current(connection: Connection, tables: Tables, body: str) -> Row:
    """Whether the body's risk list is current: no change is open; with those that are."""
    columns = tables.changes.c
    query = select(columns.code, columns.position).where(columns.body == body, columns.step != "closed")
    found = connection.execute(query.order_by(columns.code)).all()
    codes = [code for code, _ in found]
    return {
        "body": body,
        "current": not codes,
        "open": codes,
        "position": max((at for _, at in found), default=0),
    }


def to_settle(connection: Connection, tables: Tables) -> list[Row]:
    """Each risk that waits although it was assessed after its change began, or retired: with that record.

    ``answered``: it was assessed; at the very moment of the report, by a later record.
    """
    changes, touched, assessed = tables.changes.c, tables.touched.c, tables.assessed.c
    then = (assessed.assessed_at == changes.since) & (assessed.assessed_position > changes.reported)
    answered = (assessed.assessed_at > changes.since) | then
    query = (
        select(
            *(touched.body, touched.change, touched.risk),
            func.coalesce(answered, false()).label("answered"),
            *(one for one in tables.assessed.c if one.name not in ("body", "risk")),
        )
        .join_from(
            tables.touched,
            tables.changes,
            (changes.body == touched.body) & (changes.code == touched.change),
        )
        .join(tables.assessed, (assessed.body == touched.body) & (assessed.risk == touched.risk))
        .where(touched.step.in_(WAITING), changes.step != "closed")
        .where(assessed.retired_at.is_not(None) | answered)
        .order_by(touched.body, touched.change, touched.risk)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def touched_meanwhile(connection: Connection, tables: Tables, kinds: Collection[str]) -> list[Row]:
    """The risks that open changes of these kinds touch, whether assessed again or not, in the order of reporting."""
    changes, touched = tables.changes.c, tables.touched.c
    query = (
        select(
            *(touched.body, touched.change, touched.risk, touched.position),
            *(changes.kind, changes.cause, changes.since),
        )
        .join_from(
            tables.touched,
            tables.changes,
            (changes.body == touched.body) & (changes.code == touched.change),
        )
        .where(changes.step == "open", changes.kind.in_(kinds), touched.step.in_((OPEN, DONE)))
        .order_by(changes.reported, touched.risk)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def any_open(connection: Connection, tables: Tables) -> bool:
    """Whether any change of any body is not closed."""
    query = select(tables.changes.c.code).where(tables.changes.c.step.in_(("open", "ended"))).limit(1)
    return connection.execute(query).first() is not None


def to_look_at(connection: Connection, tables: Tables, today: Day) -> list[Row]:
    """The changes that risks may still come to: those not over, and those never resolved; ``over`` says of each
    that its stated last day has passed."""
    columns = tables.changes.c
    query = select(tables.changes).where(
        (columns.step == "open") | ((columns.step == "ended") & (columns.resolutions == 0))
    )
    rows = [dict(row) for row in connection.execute(query.order_by(columns.body, columns.code)).mappings()]
    for row in rows:
        row["scope"] = read(row["scope"])
        row["over"] = row["step"] == "open" and row["ends"] is not None and row["ends"] < today
    return rows


CHANGES = Projection(
    name="changes",
    version=2,
    kinds=(
        ChangeReported.KIND,
        ChangeResolved.KIND,
        RisksTaken.KIND,
        ExcludedFromChange.KIND,
        ChangedRiskSettled.KIND,
        ChangeEnded.KIND,
        ChangeClosed.KIND,
        RiskAssessed.KIND,
        RiskReassessed.KIND,
        RiskRetired.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(change_list, change_risks),
)

"""What has to be known of each body to say what it owes: class, adoptions, how its risks stood, what it did when.

Only the clock asks; ``position`` of a body is its last record that can change what it owes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Boolean, Column, Connection, Index, MetaData, Table, select

from domain.bodies import BodyReclassified, BodyRegistered
from domain.calendar_notices import YearSettled
from domain.control_assignment import ControlAssigned, ControlAssignmentEnded
from domain.control_review import ControlAdopted
from domain.draws import AUTHORITIES, DrawHeld
from domain.duty_answer import DutyAnswered, DutyResumed
from domain.duty_ending import DutyAnswerRejected, DutyFulfilled, DutyReasonEnded
from domain.duty_raising import DutyRaised
from domain.duty_settling import DutyDaySettled
from domain.language import LEVELS, Day, Moment, day_of
from domain.obligation_facts import BodyFacts, Cause, Done, Highest, Reclassified
from domain.records import Record
from domain.risk_approval import LoweringApproved, LoweringRejected, MethodChosen
from domain.risk_assessment import RiskAssessed, RiskReassessed
from domain.risk_controls import ControlChanged, ControlWithdrawn
from domain.risk_identity import IdentificationCorrected, RiskIdentified
from domain.risk_level import FOREVER, counting_level
from domain.risks import RiskRetired
from domain.rule_adoption import Adopted, RulePackAdopted
from projections.bulk import TEXT, add, read, rows_by, upsert, written
from projections.projection import Projection
from projections.risk_level_rows import LEVEL_KINDS, History, said_table, told_of


class Tables(NamedTuple):
    """``said`` is what was said of the level of each risk; which level counts at a moment follows from it."""

    bodies: Table
    said: Table
    retired: Table
    updates: Table
    drawn: Table
    settled: Table
    raised: Table


@dataclass(frozen=True)
class Owing:
    """A body with all that decides what it owes, and what was raised already.

    ``turns``: the risks whose level changed on a day. ``last`` are the duties said to be the last of their kind,
    ``provisional`` those open whose day rests on a year that was not published, with that day.
    """

    facts: BodyFacts
    adopted: Adopted
    position: int
    raised: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()
    provisional: dict[str, Day] = field(default_factory=dict)
    turns: dict[Day, tuple[str, ...]] = field(default_factory=dict)


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
            *text("at", nullable=False),
        ),
        Table(
            f"{prefix}drawn",
            metadata,
            *text("body", "draw", "subject", primary_key=True),
            *text("at", nullable=False),
        ),
        Table(f"{prefix}settled", metadata, position(primary_key=True)),
        Table(
            f"{prefix}raised",
            metadata,
            *text("body", "duty", primary_key=True),
            *text("rule", "subject", nullable=False),
            Column("provisional", TEXT),
            Column("done_at", TEXT),
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
    raised = {
        (row["body"], row["duty"]): row
        for row in rows_by(connection, tables.raised, ("body", "duty"), sorted(duties))
    }
    said: list[dict[str, Any]] = []
    retired: list[dict[str, Any]] = []
    updates: dict[tuple[str, str, str], dict[str, Any]] = {}
    drawn: list[dict[str, Any]] = []
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
            case DutyRaised() as event:
                of = {"body": body, "duty": _code(record), "rule": event.rule, "subject": event.subject}
                raised[body, _code(record)] = {
                    **of,
                    "provisional": event.due if event.provisional else None,
                    "done_at": None,
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
            ):
                duty = raised.get((body, _code(record)))
                if duty is None:
                    continue  # a person's own duty
                if isinstance(record.event, DutyReasonEnded):
                    duty["last"] = True
                elif isinstance(record.event, DutyDaySettled):
                    duty["provisional"] = None
                else:
                    done = isinstance(record.event, DutyAnswered | DutyFulfilled)
                    duty["done_at"] = at if done else None
            case DrawHeld() as event:
                of = {"body": body, "draw": _code(record), "at": at}
                drawn += [{**of, "subject": one.code} for one in event.drawn if event.of == "body"]
            case _:
                _updated(record, updates)
                if record.kind in LEVEL_KINDS:
                    said.append(_said(record))
                elif isinstance(record.event, RiskRetired):
                    retired.append({"body": body, "risk": _code(record), "at": at})
        rows[body]["position"] = record.position
    upsert(connection, tables.bodies, rows.values())
    upsert(connection, tables.raised, raised.values())
    add(connection, tables.drawn, drawn)
    add(connection, tables.settled, settled)
    add(connection, tables.said, said)
    upsert(connection, tables.retired, retired)
    held = rows_by(connection, tables.updates, ("body", "day", "what"), sorted(updates))
    for row in held:
        new = updates[row["body"], row["day"], row["what"]]
        new["at"] = min(new["at"], row["at"])
    upsert(connection, tables.updates, updates.values())


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


def _updated(record: Record, updates: dict[tuple[str, str, str], dict[str, Any]]) -> None:
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
    row = {"body": record.scope, "day": day, "what": what, "at": record.happened_at}
    held = updates.setdefault((record.scope, day, what), row)
    held["at"] = min(held["at"], record.happened_at)


# ------------------------------------------------------------------------------------------------- questions


def changed_since(connection: Connection, tables: Tables, position: int) -> list[str]:
    """The bodies of which something that counts was recorded after the position, and who answers for them."""
    bodies = tables.bodies.c
    found = connection.execute(select(bodies.body, bodies.area).where(bodies.position > position)).all()
    of_kind = select(bodies.body, bodies.area).where(bodies.kind.in_(AUTHORITIES))
    areas = {area for _, area in found}
    above = [body for body, area in connection.execute(of_kind) if any(one.startswith(area) for one in areas)]
    waiting = _unsettled(connection, tables, position)
    return sorted({*(body for body, _ in found), *above, *waiting})


def _unsettled(connection: Connection, tables: Tables, position: int) -> list[str]:
    """The bodies that owe something by a provisional day, where a year was settled after the position."""
    settled, raised = tables.settled.c.position, tables.raised.c
    if not connection.execute(select(settled).where(settled > position).limit(1)).all():
        return []
    query = select(raised.body).where(raised.provisional.is_not(None), raised.done_at.is_(None))
    return list(connection.scalars(query.distinct()))


def owing(connection: Connection, tables: Tables, bodies: Sequence[str]) -> Iterator[Owing]:
    """All that decides what these bodies owe, one after the other."""
    for body in bodies:
        row = (
            connection.execute(select(tables.bodies).where(tables.bodies.c.body == body))
            .mappings()
            .one_or_none()
        )
        if row is not None:
            yield _owing(connection, tables, dict(row))


def _charges(connection: Connection, tables: Tables, row: dict[str, Any]) -> tuple[BodyFacts, ...]:
    """The bodies that an authority answers for: a sub-district those of its area, another those of its sector there.

    That is our reading of YT Art. 35 and 36; which department answers for which sector is not recorded otherwise.
    """
    if row["kind"] not in AUTHORITIES:
        return ()
    bodies = tables.bodies.c
    query = select(tables.bodies).where(bodies.area.startswith(row["area"], autoescape=True))
    query = query.where(bodies.kind.not_in(AUTHORITIES)).order_by(bodies.body)
    found = [
        _owing(connection, tables, dict(one)).facts for one in connection.execute(query).mappings().all()
    ]
    return tuple(one for one in found if row["kind"] == "sub_district" or one.last_sector == row["sector"])


def _owing(connection: Connection, tables: Tables, row: dict[str, Any]) -> Owing:
    body = row["body"]
    updates, raised = tables.updates.c, tables.raised.c
    highest, turns = _highest(_levels(connection, tables, body))
    causes = connection.execute(
        select(updates.day, updates.what, updates.at).where(updates.body == body)
    ).all()
    duties = (
        connection.execute(select(tables.raised).where(raised.body == body).order_by(raised.duty))
        .mappings()
        .all()
    )
    turned = sorted(read(row["reclassified"]))
    facts = BodyFacts(
        body=body,
        kind=row["kind"],
        area=row["area"],
        sector=row["sector"],
        classes=tuple(read(row["classes"])),
        registered=row["registered"],
        reclassified=tuple(Reclassified(day, sector, tuple(classes)) for day, sector, classes in turned),
        highest=highest,
        done=tuple(Done(one["rule"], one["subject"], one["done_at"]) for one in duties if one["done_at"]),
        causes=(
            *(Cause("risk_list_updated", what, body, day, at) for day, what, at in causes),
            *_caused(connection, tables, body, duties),
        ),
        charges=_charges(connection, tables, row),
    )
    return Owing(
        facts,
        Adopted(tuple((pack, version, since) for pack, version, since in read(row["packs"]))),
        row["position"],
        frozenset(one["duty"] for one in duties),
        frozenset(one["duty"] for one in duties if one["last"]),
        {one["duty"]: one["provisional"] for one in duties if one["provisional"] and not one["done_at"]},
        turns,
    )


def _caused(connection: Connection, tables: Tables, body: str, duties: Sequence[Any]) -> Iterator[Cause]:
    """What else starts a clock: a unit that was drawn, and a sector assessment that was finished."""
    drawn = tables.drawn.c
    rows = (
        select(drawn.subject, drawn.draw, drawn.at)
        .where(drawn.body == body)
        .order_by(drawn.at, drawn.subject)
    )
    for subject, draw, at in connection.execute(rows):
        yield Cause("inspection_drawn", "drawn", subject, draw, at)
    for one in duties:
        if one["rule"] == "sector-assessment" and one["done_at"]:
            at = one["done_at"]
            yield Cause("sector_assessment_finished", "report_finished", body, day_of(at), at)


def _levels(connection: Connection, tables: Tables, body: str) -> list[tuple[Moment, str, str]]:
    """(moment, risk, the level that counts from then on) of all risks, in order; a retired risk has none."""
    said, retired = tables.said.c, tables.retired.c
    ended = {
        row.risk: row.at for row in connection.execute(select(tables.retired).where(retired.body == body))
    }
    histories: dict[str, History] = {}
    query = select(tables.said).where(said.scope == body).order_by(said.code, said.position)
    for row in connection.execute(query).mappings():
        histories.setdefault(row["code"], History()).tell(told_of(dict(row)))
    found = [
        (at, risk, counting_level(history.said, at))
        for risk, history in histories.items()
        for at in history.moments
        if at < ended.get(risk, FOREVER)
    ]
    return sorted([*found, *((at, risk, "") for risk, at in ended.items())])


def _highest(told: Sequence[tuple[str, str, str]]) -> tuple[tuple[Highest, ...], dict[Day, tuple[str, ...]]]:
    """The highest level from each day on, as at that day's end, and the risks that turned on each of these days."""
    now: dict[str, str] = {}
    found: list[Highest] = []
    turns: dict[Day, tuple[str, ...]] = {}
    days: dict[Day, list[tuple[str, str]]] = {}
    for at, risk, level in told:
        days.setdefault(day_of(at), []).append((risk, level))
    for day, changed in days.items():
        now |= dict(changed)
        highest = next((one for one in LEVELS if one in now.values()), "")
        if highest != (found[-1].level if found else ""):
            found.append(Highest(day, highest))
            turns[day] = tuple(sorted({risk for risk, _ in changed}))
    return tuple(found), turns


DUTY_FACTS = Projection(
    name="duty_facts",
    version=3,
    kinds=(
        BodyRegistered.KIND,
        DrawHeld.KIND,
        YearSettled.KIND,
        DutyDaySettled.KIND,
        BodyReclassified.KIND,
        RulePackAdopted.KIND,
        RiskIdentified.KIND,
        IdentificationCorrected.KIND,
        RiskAssessed.KIND,
        RiskReassessed.KIND,
        LoweringApproved.KIND,
        LoweringRejected.KIND,
        MethodChosen.KIND,
        RiskRetired.KIND,
        ControlAdopted.KIND,
        ControlChanged.KIND,
        ControlWithdrawn.KIND,
        ControlAssigned.KIND,
        ControlAssignmentEnded.KIND,
        DutyRaised.KIND,
        DutyAnswered.KIND,
        DutyFulfilled.KIND,
        DutyResumed.KIND,
        DutyAnswerRejected.KIND,
        DutyReasonEnded.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(changed_since,),
)

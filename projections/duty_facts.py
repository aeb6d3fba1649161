"""What has to be known of each body to say what it owes: class, adoptions, how its risks stood, what it did when.

Only the clock asks; ``position`` of a body is its last record that can change what it owes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from domain.bodies import AUTHORITIES, BodyReclassified, BodyRegistered
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
from domain.language import LEVELS, Day, Moment, day_of
from domain.obligation_facts import BodyFacts, Cause, Done, Highest, Led, Reclassified
from domain.reports import ReportReturned, ReportSubmitted
from domain.risk_approval import LoweringApproved, LoweringRejected, MethodChosen
from domain.risk_assessment import RiskAssessed, RiskReassessed
from domain.risk_controls import ControlChanged, ControlWithdrawn
from domain.risk_identity import IdentificationCorrected, RiskIdentified
from domain.risk_level import FOREVER, counting_level
from domain.risks import RiskRetired
from domain.roles import RoleGranted, RoleRevoked
from domain.rule_adoption import Adopted, RulePackAdopted
from projections.bulk import read, written
from projections.duty_fact_tables import Tables, apply, tables
from projections.projection import Projection
from projections.risk_level_rows import History, told_of


@dataclass(frozen=True)
class Owing:
    """A body with all that decides what it owes, and what was raised already.

    ``open`` are those raised and neither answered nor waived, ``dropped`` those that the clock dropped and nobody owes
    again, ``drops`` how often it dropped one. ``turns``: the risks whose level changed on a day. ``last`` are the
    duties said to be the last of their kind, ``provisional`` those open whose day rests on a year that was not
    published, with that day.
    """

    facts: BodyFacts
    adopted: Adopted
    position: int
    raised: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    drops: dict[str, int] = field(default_factory=dict)
    last: frozenset[str] = frozenset()
    provisional: dict[str, Day] = field(default_factory=dict)
    turns: dict[Day, tuple[str, ...]] = field(default_factory=dict)


Known = dict[str, Owing]
"""What was read already, by body: an authority's and its enterprises' facts are asked for together."""


def adopters(connection: Connection, tables: Tables) -> list[str]:
    """The bodies that ever adopted a pack, in order."""
    bodies = tables.bodies.c
    return list(
        connection.scalars(select(bodies.body).where(bodies.packs != written(())).order_by(bodies.body))
    )


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
    """All that decides what these bodies owe, one after the other; what several ask for is read once."""
    known: Known = {}
    for body in bodies:
        row = (
            connection.execute(select(tables.bodies).where(tables.bodies.c.body == body))
            .mappings()
            .one_or_none()
        )
        if row is not None:
            yield _owing(connection, tables, dict(row), known)


def _charges(
    connection: Connection, tables: Tables, row: dict[str, Any], known: Known
) -> tuple[BodyFacts, ...]:
    """The bodies that an authority answers for: a sub-district those of its area, another those of its sector there.

    That is our reading of YT Art. 35 and 36; which department answers for which sector is not recorded otherwise.
    """
    if row["kind"] not in AUTHORITIES:
        return ()
    bodies = tables.bodies.c
    query = select(tables.bodies).where(bodies.area.startswith(row["area"], autoescape=True))
    query = query.where(bodies.kind.not_in(AUTHORITIES)).order_by(bodies.body)
    found = [
        _owing(connection, tables, dict(one), known).facts
        for one in connection.execute(query).mappings().all()
    ]
    return tuple(one for one in found if row["kind"] == "sub_district" or one.last_sector == row["sector"])


def _owing(connection: Connection, tables: Tables, row: dict[str, Any], known: Known) -> Owing:
    body = row["body"]
    if body in known:
        return known[body]
    updates, raised = tables.updates.c, tables.raised.c
    highest, turns = _highest(_levels(connection, tables, body))
    causes = connection.execute(
        select(
            updates.day,
            updates.what,
            updates.at,
            updates.first_known,
            updates.last_at,
            updates.last_known,
        ).where(updates.body == body)
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
        done=tuple(
            Done(
                one["rule"],
                one["subject"],
                one["done_at"],
                one["done_by"],
                one["duty"],
                one["covers"] or "",
                one["known"],
            )
            for one in duties
            if one["done_at"]
        ),
        causes=(
            *(cause for one in causes for cause in _updates(body, *one)),
            *_caused(connection, tables, body, duties),
        ),
        led=_led(connection, tables, body),
        charges=_charges(connection, tables, row, known),
    )
    known[body] = Owing(
        facts,
        Adopted(tuple((pack, version, since) for pack, version, since in read(row["packs"]))),
        row["position"],
        frozenset(one["duty"] for one in duties),
        frozenset(one["duty"] for one in duties if not one["done_at"] and not one["waived"]),
        frozenset(one["duty"] for one in duties if one["dropped"]),
        {one["duty"]: one["drops"] for one in duties if one["drops"]},
        frozenset(one["duty"] for one in duties if one["last"]),
        {one["duty"]: one["provisional"] for one in duties if one["provisional"] and not one["done_at"]},
        turns,
    )
    return known[body]


def _updates(
    body: str, day: Day, what: str, at: Moment, known: int, last_at: Moment, last_known: int
) -> Iterator[Cause]:
    """The first and the last of a kind on a day between two papers: a notice may not know the last one."""
    yield Cause("risk_list_updated", what, body, day, at, known)
    if last_known != known:
        yield Cause("risk_list_updated", what, body, day, last_at, last_known)


def _led(connection: Connection, tables: Tables, body: str) -> tuple[Led, ...]:
    led = tables.led.c
    query = select(led.role, led.person, led.since, led.until, led.told).where(led.body == body)
    return tuple(Led(*row) for row in connection.execute(query.order_by(led.since, led.position)))


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
    version=7,
    kinds=(
        BodyRegistered.KIND,
        DrawHeld.KIND,
        YearSettled.KIND,
        DutyDaySettled.KIND,
        BodyReclassified.KIND,
        RulePackAdopted.KIND,
        RoleGranted.KIND,
        RoleRevoked.KIND,
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
        ReportSubmitted.KIND,
        ReportReturned.KIND,
        DutyWaived.KIND,
        DutyRestored.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(changed_since,),
)

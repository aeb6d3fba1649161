"""Monitoring of a risk that cannot be removed: an emergency plan, readings in every period, limits (YT-14, YT-33).

A major risk that can neither be removed nor lowered is declared irreducible, by whom and why. It gets an emergency
handling plan and is watched in every period; what crosses a limit warns, and what was done first is recorded with its
delay. Points of a larger risk are watched in the same way. The texts give neither period nor number:
both are house rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import (
    Code,
    Command,
    Day,
    DayOf,
    Event,
    PersonRef,
    Words,
    but,
    day_after,
    day_of,
)
from domain.monitoring_limits import (
    DefineParameter,
    DropParameter,
    ParameterDefined,
    ParameterDropped,
    after_limits,
    decide_limits,
)
from domain.monitoring_plan import EmergencyPlanFiled, FileEmergencyPlan, filed
from domain.monitoring_readings import (
    GiveInformation,
    InformationGiven,
    ReadingRecorded,
    RecordReading,
    RespondToWarning,
    WarningEnded,
    WarningRaised,
    WarningResponded,
    after_reading,
    decide_reading,
)
from domain.monitoring_state import LONGEST, Monitoring, period_span
from domain.refused import (
    AlreadyRegistered,
    BeforePredecessor,
    NotIndependent,
    OutOfTurn,
    Retired,
    Unfit,
    UnknownThing,
)
from domain.refused_monitoring import NotHighEnough
from domain.risk_level import counting_level
from domain.risks import RISK
from domain.rule_adoption import find_rule, need_rule
from domain.rulebook import Citation, Rulebook

RULE = "risk-monitoring"
"""The house rule: how often a monitored risk is read and by which role, and in how many days its plan stands."""
OWNER = "safety_officer"
"""Who owes a reading where the body said a period of its own and adopted no rule."""

Ground = Literal["irreducible", "larger_or_above"]
MonitoringPeriod = Literal["P1D", "P7D", "P1M"]


@dataclass(frozen=True)
class DeclareMonitoring(Command):
    """Declare a major risk irreducible, or put a point of larger risk or above under monitoring, with the reason.

    ``period`` is the body's own; without it the house rule's counts.
    """

    body: Code
    risk: Code
    ground: Ground
    reason: Words
    period: MonitoringPeriod | None = None


@dataclass(frozen=True)
class EndMonitoring(Command):
    """The risk need not be monitored any more, and why; not by whoever declared that it has to be."""

    body: Code
    risk: Code
    reason: Words


@dataclass(frozen=True)
class OweReading(Command):
    """The next period has come: a reading is owed in it."""

    body: Code
    risk: Code
    first: DayOf


@dataclass(frozen=True)
class CloseMonitoring(Command):
    """The risk was retired, and its monitoring ends with it."""

    body: Code
    risk: Code
    retired_by: PersonRef
    reason: Words


@dataclass(frozen=True)
class MonitoringDeclared(Event):
    """``plan_by`` is the day by which the emergency plan stands; None for a risk that is not irreducible, or has one.

    Without a ``citation`` the period is the body's own.
    """

    KIND = "monitoring-declared.1"
    ground: str
    level: str
    reason: str
    period: str
    since: str
    owed_by: str
    plan_by: str | None
    plan_owed_by: str
    citation: Citation | None
    declared_by: tuple[str, ...]


@dataclass(frozen=True)
class ReadingOwed(Event):
    """``read_by``: somebody had read in this period before it was recorded as owed."""

    KIND = "monitoring-reading-owed.1"
    first: str
    last: str
    owed_by: str
    read_by: str | None
    citation: Citation | None


@dataclass(frozen=True)
class MonitoringEnded(Event):
    """``owed_first`` begins the period that was owed last, ``plan_owed`` the monitoring whose plan was never filed."""

    KIND = "monitoring-ended.1"
    reason: str
    ended_by: str
    owed_first: str | None
    plan_owed: str | None


MonitoringCommand = (
    DeclareMonitoring
    | FileEmergencyPlan
    | DefineParameter
    | DropParameter
    | RecordReading
    | RespondToWarning
    | GiveInformation
    | EndMonitoring
    | OweReading
    | CloseMonitoring
)
MonitoringEvent = (
    MonitoringDeclared
    | EmergencyPlanFiled
    | ParameterDefined
    | ParameterDropped
    | ReadingOwed
    | ReadingRecorded
    | WarningRaised
    | WarningEnded
    | WarningResponded
    | InformationGiven
    | MonitoringEnded
)


def evolve(state: Monitoring, event: MonitoringEvent) -> Monitoring:
    match event:
        case MonitoringDeclared():
            return but(
                state,
                step="running",
                ground=event.ground,
                period=event.period,
                owed_by=event.owed_by,
                since=event.since,
                declared_by=event.declared_by,
            )
        case EmergencyPlanFiled():
            return but(state, plans=(*state.plans, event.version))
        case ReadingOwed():
            return but(state, owed_until=event.last)
        case MonitoringEnded():
            return but(state, step="ended")
        case ParameterDefined() | ParameterDropped():
            return after_limits(state, event)
        case ReadingRecorded() | WarningRaised() | WarningEnded() | WarningResponded() | InformationGiven():
            return after_reading(state, event)


def decide(command: MonitoringCommand, state: Monitoring, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a risk of too low a level, limits that contradict each other, and what is not monitored.

    The machine's commands answer ``[]`` to what is so already.
    """
    need_body(facts, command.body)
    match command:
        case OweReading():
            return _owed(command, state, facts, rules)
        case CloseMonitoring():
            return (
                [_ended(state, command.reason, command.retired_by, facts)] if state.step == "running" else []
            )
        case DeclareMonitoring():
            return [_declared(command, state, facts, rules)]
        case _:
            pass
    what = Thing("monitoring", command.risk)
    if state.step == "unknown":
        raise UnknownThing(kind=Term("monitoring"), code=command.risk, body=command.body)
    late = isinstance(
        command, RespondToWarning | GiveInformation
    )  # what was done may be written down afterwards
    if state.step == "ended" and not late:
        raise OutOfTurn(
            what=what,
            step=Term("monitoring_ended"),
            command=type(command).__name__,
            needs=[Term("monitoring_running")],
        )
    if facts.at < facts.first_at:
        raise BeforePredecessor(what=what, previous=facts.first_at, at=facts.at)
    match command:
        case FileEmergencyPlan():
            return [filed(command, state, facts)]
        case DefineParameter() | DropParameter():
            return [decide_limits(command, state, facts, rules)]
        case RecordReading() | RespondToWarning() | GiveInformation():
            return decide_reading(command, state, facts, _respond_terms(command.body, facts, rules))
        case EndMonitoring():
            for person in facts.actors:
                if person in state.declared_by:
                    part = Term("declarer")
                    raise NotIndependent(person=person, part=part, what=what, command="EndMonitoring")
            return [_ended(state, command.reason, facts.by, facts)]


def _declared(
    command: DeclareMonitoring, state: Monitoring, facts: Facts, rules: Rulebook
) -> MonitoringDeclared:
    if state.step == "running":
        raise AlreadyRegistered(kind=Term("monitoring"), code=command.risk, body=command.body)
    risk = facts.of(RISK, command.body, command.risk)
    if risk.step == "unknown":
        raise UnknownThing(kind=Term("risk"), code=command.risk, body=command.body)
    if risk.step == "retired":
        raise Retired(kind=Term("risk"), code=command.risk, command="DeclareMonitoring")
    if len(command.risk) > LONGEST:
        raise Unfit(given=command.risk, what=Term("risk"), allowed=[f"≤ {LONGEST}"])
    needed = ["major"] if command.ground == "irreducible" else ["major", "larger"]
    level = counting_level(risk.said, facts.at)
    if level not in needed:
        what, held = Thing("risk", command.risk), Term(level or "not_assessed")
        raise NotHighEnough(
            what=what, level=held, ground=Term(command.ground), needs=[Term(one) for one in needed]
        )
    today = day_of(facts.at)
    if command.period is None:
        found: tuple[object, Citation] | None = need_rule(facts, rules, RULE, command.body, today)
    else:
        found = find_rule(facts, rules, RULE, command.body, today)
    value = {} if found is None else found[0].value  # type: ignore[attr-defined]  # both give a wording
    since = max(today, state.next_first) if state.owed_until else today
    plan_by = None
    if command.ground == "irreducible" and not state.plans:
        plan_by = day_after(today, int(value.get("plan_days", 0)))
    own = command.period is not None and command.period != value.get("period")
    return MonitoringDeclared(
        command.ground,
        level,
        command.reason,
        command.period or str(value["period"]),
        since,
        str(value.get("owner", OWNER)),
        plan_by,
        str(value.get("plan_owner", OWNER)),
        None if own or found is None else found[1],
        facts.actors,
    )


def _owed(command: OweReading, state: Monitoring, facts: Facts, rules: Rulebook) -> list[Event]:
    if state.step != "running" or command.first != state.next_first:
        return []
    span = period_span(state.since, state.period, command.first)
    if span is None:
        return []
    found = find_rule(facts, rules, RULE, command.body, day_of(facts.at))
    read_by = state.read[1] if state.read[0] == span[0] else None
    return [ReadingOwed(*span, state.owed_by, read_by, None if found is None else found[1])]


def _ended(state: Monitoring, reason: str, by: str, facts: Facts) -> MonitoringEnded:
    span = (
        period_span(state.since, state.period, max(state.since, state.owed_until))
        if state.owed_until
        else None
    )
    owes_plan = state.ground == "irreducible" and not state.plans
    return MonitoringEnded(reason, by, None if span is None else span[0], state.since if owes_plan else None)


def _respond_terms(body: str, facts: Facts, rules: Rulebook) -> tuple[Day, str, Citation | None]:
    """By which day a warning is responded to, by which role, and by which rule; without one on the same day."""
    today = day_of(facts.at)
    found = find_rule(facts, rules, RULE, body, today)
    if found is None:
        return today, OWNER, None
    value = found[0].value
    return day_after(today, int(value["respond_days"])), str(value["respond_owner"]), found[1]


MONITORING: Decider[Monitoring] = Decider(
    name="monitoring",
    initial=Monitoring(),
    evolve=evolve,
    decide=decide,
    events=(
        MonitoringDeclared,
        EmergencyPlanFiled,
        ParameterDefined,
        ParameterDropped,
        ReadingOwed,
        ReadingRecorded,
        WarningRaised,
        WarningEnded,
        WarningResponded,
        InformationGiven,
        MonitoringEnded,
    ),
    commands=(
        DeclareMonitoring,
        FileEmergencyPlan,
        DefineParameter,
        DropParameter,
        RecordReading,
        RespondToWarning,
        GiveInformation,
        EndMonitoring,
    ),
    machine=(OweReading, CloseMonitoring),
    place=lambda command: (command.body, command.risk),
    keyed=True,
)

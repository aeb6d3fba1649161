"""A round is owed by a person in a period; one that was not finished by its last day was missed, and that stays so.

The first round follows from its assignment, each further one from the end of the one before, by policy; a person may
also plan one by hand. Months are those of the calendar, and a round may be made on any day of its period (house rule,
where no adopted rule says otherwise).
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.check_periods import Period, Tier
from domain.checklists import CHECKLIST, need_tier
from domain.decider import Facts
from domain.inspection_state import Inspection, RoundPlan, round_items
from domain.labels import Term, Thing
from domain.language import Code, Command, DayOf, Event, PersonRef
from domain.refused import AlreadyRegistered, EndsBeforeItBegins, Retired, Unfit, UnknownThing
from domain.refused_checks import NothingToCheck
from domain.rule_adoption import find_rule
from domain.rulebook import Citation, Rulebook

RULE = "measures-check"
MOST = 58
"""Characters of a planned inspection's code, so that its duty's code (``round.`` before it) is a code too."""


@dataclass(frozen=True)
class PlanInspection(Command):
    """Somebody owes a round of a checklist between two days; ``series`` says that the next period's follows."""

    body: Code
    inspection: Code
    checklist: Code
    tier: Tier
    period: Period
    person: PersonRef
    opens: DayOf
    due: DayOf
    series: bool = False


@dataclass(frozen=True)
class MarkInspectionMissed(Command):
    """The clock says: the last day of this round has passed, and it was not completed."""

    body: Code
    inspection: Code
    due: DayOf


@dataclass(frozen=True)
class InspectionPlanned(Event):
    KIND = "inspection-planned.1"
    plan: RoundPlan


@dataclass(frozen=True)
class InspectionMissed(Event):
    """``step`` says how far it had come: planned (never begun) or started (unfinished)."""

    KIND = "inspection-missed.1"
    plan: RoundPlan
    step: str
    answered: int
    items: int


def plan_inspection(command: PlanInspection, state: Inspection, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a code taken or too long, days out of order, a checklist not in use, and who is not of the tier.

    Answers ``[]`` where the series was planned already or its rounds have ended: then nothing is owed.
    """
    if state.step != "unknown":
        if command.series:
            return []
        raise AlreadyRegistered(kind=Term("inspection"), code=command.inspection, body=command.body)
    what = Thing("inspection", command.inspection)
    if len(command.inspection) > MOST:
        raise Unfit(given=command.inspection, what=Term("inspection"), allowed=[f"1 … {MOST}"])
    checklist = facts.of(CHECKLIST, command.body, command.checklist)
    if not checklist.versions:
        raise UnknownThing(kind=Term("checklist"), code=command.checklist, body=command.body)
    owed = checklist.owed(command.tier, command.period, command.person, command.opens)
    if command.series and not owed:
        return []
    if checklist.withdrawn:
        raise Retired(kind=Term("checklist"), code=command.checklist, command="PlanInspection")
    if command.due < command.opens:
        raise EndsBeforeItBegins(what=what, since=command.opens, until=command.due)
    if not command.series:
        need_tier(facts, command.body, command.tier, command.person, command.opens)
    if not round_items(checklist.versions[-1].items, command.tier, command.period):
        raise NothingToCheck(
            what=Thing("checklist", command.checklist), tier=Term(command.tier), period=Term(command.period)
        )
    plan = RoundPlan(
        command.checklist,
        command.tier,
        command.period,
        command.person,
        command.opens,
        command.due,
        command.series,
        _citation(command, facts, rules),
    )
    return [InspectionPlanned(plan)]


def _citation(command: PlanInspection, facts: Facts, rules: Rulebook) -> Citation | None:
    """The rule that asks every tier for a check a month, where it binds the body (NJ-060)."""
    if command.period != "P1M" or command.tier == "post":
        return None
    found = find_rule(facts, rules, RULE, command.body, command.due)
    return None if found is None else found[1]


def missed(command: MarkInspectionMissed, state: Inspection) -> list[Event]:
    """Answers ``[]`` for a round that was completed, was marked already, or is due on another day."""
    if state.step not in ("planned", "started") or state.plan is None:
        return []
    if state.missed or state.plan.due != command.due:
        return []
    return [InspectionMissed(state.plan, state.step, len(state.answers), len(state.items))]

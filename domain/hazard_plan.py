"""A rectification plan settles five placements: responsibility, measures, funds, time limit and contingency plan.

From the Nanjing process, Annex 2, part 4 (2) (NJ-066). The time limit runs from the day the hazard was evaluated (or
reopened), so that planning late never buys time; after that it moves only by an approved extension.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.calendar_notices import calendar_now
from domain.decider import Facts
from domain.hazard_state import Hazard
from domain.labels import Term, Thing
from domain.language import Code, Command, Day, DayOf, Event, PersonRef, Words, day_after, day_of
from domain.people import need_person
from domain.refused import BeyondRule, DeadlineInThePast, Incomplete, Unfit
from domain.rule_adoption import find_rule, need_rule
from domain.rulebook import Citation, Rulebook, Wording
from domain.working_days import Calendar

RULE = "rectification-days"
TRIGGER = "hazard_evaluated"


@dataclass(frozen=True)
class PlanRectification(Command):
    """Settle the five placements: responsibility, measures, funds, time limit, contingency plan (NJ-066).

    Without ``due`` the adopted rule ``rectification-days`` sets the time limit.
    """

    body: Code
    hazard: Code
    responsible: PersonRef
    measures: Words
    funds: Words
    contingency: Words
    due: DayOf | None = None


@dataclass(frozen=True)
class RectificationPlanned(Event):
    """The plan with its five placements; ``citation`` is the rule that set or bounded the time limit, if any."""

    KIND = "rectification-planned.1"
    opening: int
    responsible: str
    measures: str
    funds: str
    contingency: str
    due: str
    planned_by: str
    citation: Citation | None


def plan(command: PlanRectification, state: Hazard, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a missing placement, an unknown person, a day before the plan's own, and one beyond the adopted rule.

    A plan that comes when the rule's last day has passed gets that day all the same, and is overdue from the start.
    """
    texts = {
        "measures": command.measures,
        "funds": command.funds,
        "contingency": command.contingency,
    }
    missing = [Term(name) for name, text in texts.items() if not text.strip()]
    if missing:
        raise Incomplete(what=Thing("hazard", command.hazard), missing=missing)
    need_person(facts, command.body, command.responsible)
    due, citation = _time_limit(command, state, facts, rules)
    return [
        RectificationPlanned(
            state.opening,
            command.responsible,
            command.measures,
            command.funds,
            command.contingency,
            due,
            facts.by,
            citation,
        )
    ]


def _time_limit(
    command: PlanRectification, state: Hazard, facts: Facts, rules: Rulebook
) -> tuple[Day, Citation | None]:
    today, cause = day_of(facts.at), day_of(state.cause_at or facts.previous_at)
    if command.due is None:
        wording, citation = need_rule(facts, rules, RULE, command.body, today)
        return _last_day(wording, state.grade, cause, facts, rules), citation
    if command.due < today:
        raise DeadlineInThePast(due=command.due, day=today)
    found = find_rule(facts, rules, RULE, command.body, today)
    if found is None:
        return command.due, None
    wording, citation = found
    latest = _last_day(wording, state.grade, cause, facts, rules)
    if command.due > latest:
        raise BeyondRule(due=command.due, latest=latest, rule=wording.rule)
    return command.due, citation


def _last_day(wording: Wording, grade: str, cause: Day, facts: Facts, rules: Rulebook) -> Day:
    """The last day the wording allows from the day of its cause: natural or working days, a rest day kept or moved.

    A wording with another cause is refused: no day is better than a wrong one.
    """
    value = wording.value
    if value["trigger"] != TRIGGER:
        raise Unfit(given=str(value["trigger"]), what=wording.rule, allowed=[TRIGGER])
    days = int(value[grade] if grade in value else value["days"])
    plain = value["count"] == "natural" and value["rest_day"] == "keep"
    calendar = Calendar() if plain else calendar_now(facts, rules)
    before = cause if value["first_day"] == "day_after" else day_after(cause, -1)
    return calendar.roll(calendar.add(before, days, value["count"]), value["rest_day"])

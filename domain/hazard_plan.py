"""A rectification plan settles five placements: responsibility, measures, funds, time limit and contingency plan.

From the Nanjing process, Annex 2, part 4 (2) (NJ-066). The time limit runs from the day the hazard was evaluated (or
reopened), so that planning late never buys time; after that it moves only by an approved extension.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.decider import Facts
from domain.hazard_state import Hazard
from domain.labels import Term, Thing
from domain.language import Code, Command, Day, DayOf, Event, PersonRef, Words, day_after, day_of
from domain.people import need_person
from domain.refused import BeyondRule, DeadlineInThePast, Incomplete, Unfit
from domain.rule_adoption import find_rule, need_rule
from domain.rulebook import Citation, Rulebook, Wording

RULE = "rectification-days"


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
        return _last_day(wording, state.grade, cause), citation
    if command.due < today:
        raise DeadlineInThePast(due=command.due, day=today)
    found = find_rule(facts, rules, RULE, command.body, today)
    if found is None:
        return command.due, None
    wording, citation = found
    latest = _last_day(wording, state.grade, cause)
    if command.due > latest:
        raise BeyondRule(due=command.due, latest=latest, rule=wording.rule)
    return command.due, citation


def _last_day(wording: Wording, grade: str, cause: Day) -> Day:
    """The last day the wording allows, in natural days from the day of its cause.

    A wording that counts in another way is refused: no day is better than a wrong one.
    """
    value = wording.value
    for key, known in (("count", "natural"), ("rest_day", "keep"), ("trigger", "hazard_evaluated")):
        if value[key] != known:
            raise Unfit(given=str(value[key]), what=wording.rule, allowed=[known])
    days = int(value[grade] if grade in value else value["days"])
    return day_after(cause, days if value["first_day"] == "day_after" else days - 1)

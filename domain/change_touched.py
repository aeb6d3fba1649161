"""The risks that a change touches, one by one: taken in or left out by a person, settled by a new assessment.

Who owes the assessment, and by which day, follows from a house rule: the texts say "in time" and fix no number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.change_state import OPEN, PROPOSED, Change
from domain.decider import Facts
from domain.duty_state import holders
from domain.independence import need_independent
from domain.labels import Term, Thing
from domain.language import Code, Command, Day, DayOf, Event, PersonRef, Words, day_after, day_of
from domain.refused import NothingToDecide, OutOfTurn, Retired, UnknownThing
from domain.risks import RISK
from domain.rule_adoption import find_rule
from domain.rulebook import Citation, Rulebook

RULE = "change-reassessment"
"""The house rule that says who assesses a touched risk again, and in how many days; the texts say: in time."""
OWNER = "safety_officer"
"""Who owes it where the body adopted no such rule."""


@dataclass(frozen=True)
class TakeIntoChange(Command):
    """A person takes risks: what an accident elsewhere proposes (none named: all of it), or what no path reached.

    From then on they are owed a new assessment.
    """

    body: Code
    change: Code
    risks: tuple[Code, ...] = ()


@dataclass(frozen=True)
class ExcludeFromChange(Command):
    """Leave one risk out, whatever path leads to it, and say why; not by whoever owes its assessment."""

    body: Code
    change: Code
    risk: Code
    reason: Words


@dataclass(frozen=True)
class SettleChangedRisk(Command):
    """One of the risks was assessed again after the change began, or retired: by whom, and by which record."""

    body: Code
    change: Code
    risk: Code
    how: Literal["reassessed", "retired"]
    assessment: int
    done_by: PersonRef
    recorded_on: DayOf


@dataclass(frozen=True)
class RisksTaken(Event):
    """Risks that a person took into the change; terms as in ``ChangeResolved``. ``over``: it had ended already."""

    KIND = "change-risks-taken.1"
    kind: str
    cause: str
    over: bool
    risks: tuple[str, ...]
    taken_by: str
    owed_by: str
    due: str
    citation: Citation | None


@dataclass(frozen=True)
class ExcludedFromChange(Event):
    """``owed``: an assessment was owed, which is dropped with this reason."""

    KIND = "change-risk-excluded.1"
    risk: str
    reason: str
    excluded_by: str
    owed: bool


@dataclass(frozen=True)
class ChangedRiskSettled(Event):
    """``assessment`` is the position of the record by which it was settled, ``recorded_on`` the day of that record."""

    KIND = "change-risk-settled.1"
    risk: str
    how: str
    assessment: int
    done_by: str
    recorded_on: str
    owed: bool


def settled(command: SettleChangedRisk, state: Change) -> list[Event]:
    """Answers ``[]`` where the risk is settled or left out already, and after the close."""
    held = state.of(command.risk)
    if state.step == "closed" or held not in (OPEN, PROPOSED):
        return []
    owed = held == OPEN
    return [
        ChangedRiskSettled(
            command.risk, command.how, command.assessment, command.done_by, command.recorded_on, owed
        )
    ]


def taken(command: TakeIntoChange, state: Change, facts: Facts, rules: Rulebook) -> list[Event]:
    risks = tuple(dict.fromkeys(command.risks)) or state.at(PROPOSED)
    if not risks:
        raise NothingToDecide(what=Thing("change", command.change), part=Term("touched_proposals"))
    for risk in risks:
        _need_risk(command, state, risk, facts, PROPOSED)
    owed_by, due, citation = terms(command.body, state, facts, rules)
    return [RisksTaken(state.kind, state.cause, state.over, risks, facts.by, owed_by, due, citation)]


def excluded(command: ExcludeFromChange, state: Change, facts: Facts) -> list[Event]:
    _need_risk(command, state, command.risk, facts, OPEN, PROPOSED)
    owed = state.of(command.risk) == OPEN
    if owed:
        owing = holders(facts, command.body, state.owed_by, day_of(facts.at))
        need_independent(facts, command, Thing("risk", command.risk), owing_person=owing)
    return [ExcludedFromChange(command.risk, command.reason, facts.by, owed)]


def _need_risk(
    command: TakeIntoChange | ExcludeFromChange, state: Change, risk: str, facts: Facts, *steps: str
) -> None:
    """The change holds the risk at one of these steps, or does not hold it yet and the body has it in use."""
    held = state.of(risk)
    if held is None:
        step = facts.of(RISK, command.body, risk).step
        if step == "unknown":
            raise UnknownThing(kind=Term("risk"), code=risk, body=command.body)
        if step == "retired":
            raise Retired(kind=Term("risk"), code=risk, command=type(command).__name__)
    elif held not in steps:
        raise OutOfTurn(
            what=Thing("risk", risk),
            step=Term(f"touched_{held}"),
            command=type(command).__name__,
            needs=[Term(f"touched_{one}") for one in steps],
        )


def terms(body: str, state: Change, facts: Facts, rules: Rulebook) -> tuple[str, Day, Citation | None]:
    """Which role owes the assessments, by which day, and by which rule.

    Counted in natural days from the day of asking or the start, the later; what the rule wants done before it starts
    is owed by the start. Where the body adopted no number, the texts' "in time" is read as: at once.
    """
    today = day_of(facts.at)
    begins = max(today, state.starts)
    found = find_rule(facts, rules, RULE, body, today)
    if found is None:
        return OWNER, begins, None
    value = found[0].value
    days = (
        0 if state.kind in value["by_start"] and begins > today else int(value.get(state.kind, value["days"]))
    )
    return str(value["owner"]), day_after(begins, days), found[1]

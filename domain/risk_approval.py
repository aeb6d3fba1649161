"""A lower level waits for somebody else's approval; and of several methods on one risk, somebody decides which counts.

Both are house matters: the seeds do not say who may lower a level, and ask only that methods may cross-check each
other (NJ-022). While something waits, the higher level counts. A newer assessment by the same method, or a newer
decision, takes the place of what still waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from domain.decider import Facts
from domain.independence import need_independent
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Remark, Words, but
from domain.refused import AlreadySo, BeforePredecessor, Incomplete, NothingToDecide
from domain.refused_risks import NotOfThisRisk
from domain.risk_assessment import lowering
from domain.risk_level import counting, counting_level, lowers, waiting
from domain.risk_state import Risk, Said
from domain.rulebook import Citation, Rulebook


@dataclass(frozen=True)
class DecideLowering(Command):
    """Approve or reject a lower level, by somebody who did not assess; ``number`` where several wait."""

    body: Code
    risk: Code
    verdict: Literal["approved", "rejected"]
    remark: Remark = ""
    number: int | None = None


@dataclass(frozen=True)
class ChooseMethod(Command):
    """Decide which of the methods by which a risk was assessed counts; without one the highest level counts again."""

    body: Code
    risk: Code
    reason: Words
    method: Code | None = None


@dataclass(frozen=True)
class LoweringApproved(Event):
    """``level`` is what counts from now on, ``was`` what counted while it waited."""

    KIND = "lowering-approved.1"
    number: int
    was: str
    level: str
    approved_at: str
    approved_by: tuple[str, ...]
    remark: str


@dataclass(frozen=True)
class LoweringRejected(Event):
    """``level`` goes on counting."""

    KIND = "lowering-rejected.1"
    number: int
    level: str
    rejected_at: str
    rejected_by: tuple[str, ...]
    remark: str


@dataclass(frozen=True)
class MethodChosen(Event):
    """``level`` is what the chosen method says, ``was`` what counted; a lower one ``waits`` as an assessment would."""

    KIND = "method-chosen.1"
    number: int
    method: str | None
    reason: str
    was: str
    level: str
    waits: bool
    lowering_rule: Citation | None
    chosen_at: str
    chosen_by: tuple[str, ...]


def chosen(event: MethodChosen) -> Said:
    """The decision as later decisions need it."""
    return Said(
        event.number, "choice", event.chosen_at, event.method or "", waits=event.waits, people=event.chosen_by
    )


def decided(said: Sequence[Said], event: LoweringApproved | LoweringRejected) -> tuple[Said, ...]:
    """What was said, with the verdict on one of them."""
    if isinstance(event, LoweringApproved):
        verdict, at = "approved", event.approved_at
    else:
        verdict, at = "rejected", event.rejected_at
    return tuple(
        but(one, verdict=verdict, decided_at=at) if one.number == event.number else one for one in said
    )


def decide_lowering(command: DecideLowering, state: Risk, facts: Facts) -> list[Event]:
    """Refuses where nothing (or not that) waits, whoever assessed or chose, and a day before it was said."""
    what = Thing("risk", command.risk)
    one = _waiting(command, state, what)
    if facts.at < one.at:
        raise BeforePredecessor(what=what, previous=one.at, at=facts.at)
    if one.kind == "choice":
        need_independent(facts, command, what, chooser=one.people)
    else:
        need_independent(facts, command, what, assessor=one.people)
    was = counting_level(state.said, facts.at)
    if command.verdict == "rejected":
        return [LoweringRejected(one.number, was, facts.at, facts.actors, command.remark)]
    approved = LoweringApproved(one.number, was, "", facts.at, facts.actors, command.remark)
    level = counting_level(decided(state.said, approved), facts.at)
    return [but(approved, level=level)]


def choose_method(command: ChooseMethod, state: Risk, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a method by which the risk was not assessed by then, and a choice that stands already."""
    what = Thing("risk", command.risk)
    by_then = [one for one in state.said if one.kind == "current" and one.at <= facts.at]
    methods = list(dict.fromkeys(one.method for one in by_then))
    if not methods:
        raise Incomplete(what=what, missing=[Term("assessment")])
    if command.method is not None and command.method not in methods:
        raise NotOfThisRisk(what=what, method=command.method, methods=methods)
    new = Said(len(state.said) + 1, "choice", facts.at, command.method or "", people=facts.actors)
    made = sorted((one for one in state.said if one.kind == "choice" and one.at <= facts.at), key=_made)
    if (made[-1].method if made else "") == new.method and not (made and made[-1].verdict == "rejected"):
        raise AlreadySo(what=Term("choice"))
    rule = lowering(command.body, facts, rules) if lowers(state.said, new, "") else None
    then = counting((*state.said, new), facts.at)
    before = counting(state.said, facts.at)
    return [
        MethodChosen(
            new.number,
            command.method,
            command.reason,
            before.level if before else "",
            then.level if then else "",
            rule is not None,
            rule,
            facts.at,
            facts.actors,
        )
    ]


def _waiting(command: DecideLowering, state: Risk, what: Thing) -> Said:
    """What waits under the number; without one, the only one that waits."""
    held = waiting(state.said)
    if command.number is not None:
        held = [one for one in held if one.number == command.number]
    if not held:
        raise NothingToDecide(what=what, part=Term("lowering"))
    if len(held) > 1:
        raise Incomplete(what=what, missing=[Term("number")])
    return held[0]


def _made(one: Said) -> tuple[str, int]:
    return one.at, one.number

"""A neighbour is found to be reached by a work, is told of it and asked, answers, and has its objection weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.calendar_notices import calendar_now
from domain.decider import Facts
from domain.labels import Term, Thing
from domain.language import (
    Code,
    Command,
    Day,
    DayOf,
    Event,
    Hash,
    Remark,
    Words,
    but,
    day_after,
    day_of,
    days_late,
)
from domain.neighbours import NEIGHBOUR, need_neighbour
from domain.refused import AlreadySo, DeadlineInThePast, UnknownThing
from domain.refused_neighbours import NeighboursNotTold, NothingToWeigh
from domain.rule_adoption import find_rule
from domain.rulebook import Citation, Rulebook
from domain.work_state import Affected, Work

RULE = "neighbour-notice"
"""How many days before the beginning neighbours are told, and which role tells them."""
OWNER = "safety_officer"
"""Who tells them where no such rule binds the body; then the day before the beginning is the last one."""

Means = Literal["letter", "meeting", "visit", "message", "notice_board"]
NeighbourAnswer = Literal["consent", "objection"]
"""Who does not answer by the day that was set is shown as such."""


@dataclass(frozen=True)
class AffectNeighbour(Command):
    """One more neighbour that the work may reach."""

    body: Code
    work: Code
    neighbour: Code
    reason: Words


@dataclass(frozen=True)
class TellNeighbour(Command):
    """A neighbour was told: how, and of what; with ``answer_by`` it was asked to answer by that day."""

    body: Code
    work: Code
    neighbour: Code
    means: Means
    told: Words
    answer_by: DayOf | None = None
    evidence: tuple[Hash, ...] = ()


@dataclass(frozen=True)
class RecordNeighbourAnswer(Command):
    """What a neighbour answered; a later answer takes the place of the earlier one."""

    body: Code
    work: Code
    neighbour: Code
    answer: NeighbourAnswer
    words: Remark = ""
    evidence: tuple[Hash, ...] = ()


@dataclass(frozen=True)
class WeighObjection(Command):
    """What was decided about an objection and done because of it, and that the neighbour heard of it."""

    body: Code
    work: Code
    neighbour: Code
    outcome: Words


@dataclass(frozen=True)
class NeighbourAffected(Event):
    KIND = "work-neighbour-affected.1"
    neighbour: str
    reason: str
    tell_by: str
    owed_by: str
    citation: Citation | None


@dataclass(frozen=True)
class NeighbourTold(Event):
    """``starts`` is the beginning as it stood then; ``days_late`` counts from the last day in time.

    ``after_start``: the work had begun by then. ``earlier``: told before the work was moved, written down only after
    it, while another notice is on record, which stands.
    """

    KIND = "work-neighbour-told.1"
    neighbour: str
    round: int
    means: str
    told: str
    starts: str
    answer_by: str | None
    evidence: tuple[str, ...]
    told_by: str
    tell_by: str
    days_late: int
    after_start: bool
    earlier: bool


@dataclass(frozen=True)
class NeighbourAnswered(Event):
    KIND = "work-neighbour-answered.1"
    neighbour: str
    answer: str
    words: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class ObjectionWeighed(Event):
    KIND = "work-objection-weighed.1"
    neighbour: str
    outcome: str
    weighed_by: str


TellingCommand = AffectNeighbour | TellNeighbour | RecordNeighbourAnswer | WeighObjection
TellingEvent = NeighbourAffected | NeighbourTold | NeighbourAnswered | ObjectionWeighed


def after_telling(state: Work, event: TellingEvent) -> Work:
    match event:
        case NeighbourAffected():
            return but(state, affected=(*state.affected, Affected(event.neighbour)))
        case NeighbourTold():
            if event.earlier:
                return state
            held = state.of(event.neighbour)
            answer = "objection" if held is not None and held.objects else ""  # telling again weighs nothing
            told = {"told_for": event.starts, "answer_by": event.answer_by or "", "answer": answer}
            return state.setting(event.neighbour, **told, weighed=False)
        case NeighbourAnswered():
            return state.setting(event.neighbour, answer=event.answer, weighed=False)
        case ObjectionWeighed():
            return state.setting(event.neighbour, weighed=True)


def decide_telling(command: TellingCommand, state: Work, facts: Facts, rules: Rulebook) -> TellingEvent:
    """Refuses who is not affected, an answer of who was not told, and an objection that nobody raised."""
    what = Thing("work", command.work)
    match command:
        case AffectNeighbour():
            if state.of(command.neighbour) is not None:
                raise AlreadySo(what=Thing("neighbour", command.neighbour))
            need_neighbours(facts, command.body, type(command).__name__, (command.neighbour,))
            terms = notice_terms(command.body, state.starts, facts, rules)
            return NeighbourAffected(command.neighbour, command.reason, *terms)
        case TellNeighbour():
            return _told(command, state, facts)
        case RecordNeighbourAnswer():
            held = _held(command, state)
            if not held.told_for:
                raise NeighboursNotTold(work=what, neighbours=[Thing("neighbour", held.neighbour)])
            evidence = tuple(dict.fromkeys(command.evidence))
            return NeighbourAnswered(held.neighbour, command.answer, command.words, evidence)
        case WeighObjection():
            held = _held(command, state)
            if not held.objects:
                raise NothingToWeigh(work=what, neighbour=Thing("neighbour", held.neighbour))
            return ObjectionWeighed(held.neighbour, command.outcome, facts.by)


def _told(command: TellNeighbour, state: Work, facts: Facts) -> NeighbourTold:
    held = _held(command, state)
    today = day_of(facts.at)
    if command.answer_by is not None and command.answer_by < today:
        raise DeadlineInThePast(due=command.answer_by, day=today)
    starts = state.began_then(facts.at)
    return NeighbourTold(
        held.neighbour,
        held.round
        if starts <= state.starts
        else held.round - 1,  # told of a later day, it is owed another notice
        command.means,
        command.told,
        starts,
        command.answer_by,
        tuple(dict.fromkeys(command.evidence)),
        facts.by,
        state.tell_by,
        days_late(state.tell_by, today),
        bool(state.started_at) and facts.at >= state.started_at,
        starts != state.starts and bool(held.told_for),
    )


def _held(command: TellNeighbour | RecordNeighbourAnswer | WeighObjection, state: Work) -> Affected:
    """The neighbour as the work knows it; whoever is not affected is not told of it."""
    held = state.of(command.neighbour)
    if held is None:
        raise UnknownThing(kind=Term("affected_neighbour"), code=command.neighbour, body=command.body)
    return held


def need_neighbours(facts: Facts, body: str, command: str, codes: tuple[str, ...]) -> None:
    """Each is on the register and still a neighbour."""
    for code in codes:
        need_neighbour(facts.of(NEIGHBOUR, body, code), body, code, command)


def notice_terms(body: str, starts: Day, facts: Facts, rules: Rulebook) -> tuple[Day, str, Citation | None]:
    """The last day on which telling is in time, which role tells, and by which rule.

    Where no rule binds, the text's "before" is read as: on the day before at the latest.
    """
    found = find_rule(facts, rules, RULE, body, day_of(facts.at))
    if found is None:
        return day_after(starts, -1), OWNER, None
    value = found[0].value
    day = calendar_now(facts, rules).add(starts, -int(value["days_before"]), value["count"])
    return day, str(value["owner"]), found[1]

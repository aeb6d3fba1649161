"""A change reaches risks: each is listed with every path that led to it, and is owed a new assessment (YT-24, NJ-072).

A press is replaced, a rainstorm is warned of, a standard has a new edition: somebody or a feed reports it with its
scope. Which risks it touches is resolved over tags and units and stands in its own record. One risk is left out only
by a person who says why. When every risk was assessed again or left out, and nothing of it goes on, it closes itself;
until then the risk list is not current.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from domain.bodies import need_body
from domain.change_kinds import PROPOSING, ChangeKind
from domain.change_measures import measures_terms
from domain.change_scope import ScopeEntry, scope_of
from domain.change_state import (
    DONE,
    EXCLUDED,
    OPEN,
    PROPOSED,
    RETIRED,
    Change,
    Reached,
    ScopeRow,
)
from domain.change_touched import (
    ChangedRiskSettled,
    ExcludedFromChange,
    ExcludeFromChange,
    RisksTaken,
    SettleChangedRisk,
    TakeIntoChange,
    excluded,
    settled,
    taken,
    terms,
)
from domain.decider import Decider, Facts
from domain.duty_state import holders
from domain.independence import need_independent
from domain.labels import Term, Thing
from domain.language import (
    Code,
    Command,
    Day,
    DayOf,
    Event,
    Limit,
    Moment,
    Remark,
    Words,
    but,
    day_of,
    start_of,
)
from domain.refused import (
    AlreadyRegistered,
    BeforePredecessor,
    EndsBeforeItBegins,
    OutOfTurn,
    UnknownThing,
)
from domain.rulebook import Citation, Rulebook

Cause = Annotated[str, Limit(200, least=0)]
RESUMES = "change:"
"""The cause of a restart: the change that ended, so that what it had stopped runs again."""


@dataclass(frozen=True)
class ReportChange(Command):
    """Report a change with its scope; ``starts`` may lie ahead (a planned overhaul, a holiday).

    ``ends`` is the last day of one that goes on for a while, where it is known. ``cause`` names what outside
    brought it: ``weather:<episode>``, ``feed:<digest>``, ``holiday:<name>``, ``stop:<unit>.<number>``,
    ``law:<rule>@<version>``, ``change:<overhaul>``.
    """

    body: Code
    change: Code
    kind: ChangeKind
    what: Words
    scope: tuple[ScopeEntry, ...]
    starts: DayOf
    ends: DayOf | None = None
    cause: Cause = ""
    remark: Remark = ""


@dataclass(frozen=True)
class ResolveChange(Command):
    """The risks that the change reaches by what was known at a position, or those that came to it since."""

    body: Code
    change: Code
    at_position: int
    risks: tuple[Reached, ...]


@dataclass(frozen=True)
class EndChange(Command):
    """It is over: the weather lifted, the overhaul finished. What was not assessed yet is still owed.

    Also of one that somebody closed before it was over.
    """

    body: Code
    change: Code
    reason: Words


@dataclass(frozen=True)
class CloseChange(Command):
    """Close it although something is left, and say why; not by whoever owes the assessments."""

    body: Code
    change: Code
    reason: Words


@dataclass(frozen=True)
class ChangeReported(Event):
    """``since`` is the moment from which a new assessment of a risk answers the change."""

    KIND = "change-reported.1"
    change: str
    kind: str
    what: str
    scope: tuple[ScopeRow, ...]
    starts: str
    ends: str | None
    cause: str
    remark: str
    since: str


@dataclass(frozen=True)
class ChangeResolved(Event):
    """The risks reached, each with all its paths; ``number`` counts from 1, later ones hold only what was added.

    ``proposed``: nothing is owed until a person takes them. ``due`` and ``owed_by`` (a role) are those of each risk's
    assessment; without a ``citation`` the body adopted no number of days, and it is owed at once.
    """

    KIND = "change-resolved.1"
    number: int
    kind: str
    cause: str
    at_position: int
    risks: tuple[Reached, ...]
    proposed: bool
    owed_by: str
    due: str
    citation: Citation | None


@dataclass(frozen=True)
class ChangeEnded(Event):
    """It is over since ``ended_at``; with the risks that it had reached, and its scope."""

    KIND = "change-ended.1"
    kind: str
    cause: str
    reason: str
    ended_at: str
    scope: tuple[ScopeRow, ...]
    risks: tuple[str, ...]


@dataclass(frozen=True)
class ChangeClosed(Event):
    """``closed_by`` is empty where it closed itself; ``left`` are the risks whose assessment was still owed.

    Where its measures are owed now: by which role, by when, under which rule.
    """

    KIND = "change-closed.1"
    closed_by: str
    reason: str
    left: tuple[str, ...]
    measures_by: str = ""
    measures_due: str | None = None
    citation: Citation | None = None


ChangeCommand = (
    ReportChange
    | ResolveChange
    | TakeIntoChange
    | ExcludeFromChange
    | SettleChangedRisk
    | EndChange
    | CloseChange
)
ChangeEvent = (
    ChangeReported
    | ChangeResolved
    | RisksTaken
    | ExcludedFromChange
    | ChangedRiskSettled
    | ChangeEnded
    | ChangeClosed
)


def evolve(state: Change, event: ChangeEvent) -> Change:
    match event:
        case ChangeReported():
            return Change(
                "open", False, event.kind, event.scope, event.cause, event.starts, event.ends, event.since
            )
        case ChangeResolved():
            step = PROPOSED if event.proposed else OPEN
            after = but(state, resolved=True, owed_by=event.owed_by)
            return _setting(after, (one.risk for one in event.risks), step)
        case RisksTaken():
            return _setting(but(state, owed_by=event.owed_by), event.risks, OPEN)
        case ExcludedFromChange():
            return state.setting(event.risk, EXCLUDED)
        case ChangedRiskSettled():
            return state.setting(event.risk, DONE if event.how == "reassessed" else RETIRED)
        case ChangeEnded():
            return but(state, step="closed" if state.step == "closed" else "ended", over=True)
        case ChangeClosed():
            return but(state, step="closed")


def _setting(state: Change, risks: Iterable[str], step: str) -> Change:
    for risk in risks:
        state = state.setting(risk, step)
    return state


def decide(command: ChangeCommand, state: Change, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a code taken, a scope of unknown things, steps after the close, and leaving out by who owes it.

    The machine's commands answer ``[]`` to what is so already. What leaves nothing to do closes the change as well.
    """
    need_body(facts, command.body)
    if isinstance(command, ReportChange):
        if state.step != "unknown":
            raise AlreadyRegistered(kind=Term("change"), code=command.change, body=command.body)
        return [_reported(command, facts, rules)]
    if state.step == "unknown":
        raise UnknownThing(kind=Term("change"), code=command.change, body=command.body)
    events = _decided(command, state, facts, rules)
    after = state
    for event in events:
        after = CHANGE.evolve(after, event)
    if events and after.step != "closed" and after.done:
        day = day_of(facts.at)
        if isinstance(command, SettleChangedRisk):
            day = max(day, command.recorded_on)
        events.append(_closed(command.body, after, day, "", "", (), facts, rules))
    return events


def _closed(
    body: str,
    state: Change,
    day: Day,
    by: str,
    reason: str,
    left: tuple[str, ...],
    facts: Facts,
    rules: Rulebook,
) -> ChangeClosed:
    """Its close, with what is owed of measures from that day."""
    found = measures_terms(body, state, day, facts, rules)
    return ChangeClosed(by, reason, left, *(found or ()))


def _decided(command: ChangeCommand, state: Change, facts: Facts, rules: Rulebook) -> list[Event]:
    match command:
        case ResolveChange():
            return _resolved(command, state, facts, rules)
        case SettleChangedRisk():
            return settled(command, state)
        case _:
            pass
    what = Thing("change", command.change)
    _need_step(command, state, what)
    if facts.at < facts.first_at:
        raise BeforePredecessor(what=what, previous=facts.first_at, at=facts.at)
    match command:
        case TakeIntoChange():
            return taken(command, state, facts, rules)
        case ExcludeFromChange():
            return excluded(command, state, facts)
        case EndChange():
            risks = state.at(OPEN, PROPOSED, DONE, EXCLUDED, RETIRED)
            return [ChangeEnded(state.kind, state.cause, command.reason, facts.at, state.scope, risks)]
        case CloseChange():
            if state.at(OPEN):
                owing = holders(facts, command.body, state.owed_by, day_of(facts.at))
                need_independent(facts, command, what, owing_person=owing)
            left, today = state.at(OPEN), day_of(facts.at)
            return [_closed(command.body, state, today, facts.by, command.reason, left, facts, rules)]
        case _:
            return []


def _need_step(command: ChangeCommand, state: Change, what: Thing) -> None:
    """It is not closed; what is to end has not ended: also one that somebody closed before it was over."""
    ending = isinstance(command, EndChange)
    needs = ["open", "closed"] if ending else ["open", "ended"]
    if state.step not in needs or (ending and state.over):
        over = ending and state.over
        raise OutOfTurn(
            what=what,
            step=Term("change_over" if over else f"change_{state.step}"),
            command=type(command).__name__,
            needs=[Term("change_going_on")] if over else [Term(f"change_{one}") for one in needs],
        )


def _reported(command: ReportChange, facts: Facts, rules: Rulebook) -> ChangeReported:
    what = Thing("change", command.change)
    if command.ends is not None and command.ends < command.starts:
        raise EndsBeforeItBegins(what=what, since=command.starts, until=command.ends)
    resumed = command.kind == "restart" and command.cause.startswith(RESUMES)
    scope = scope_of(command.body, what, command.scope, facts, rules, resumed)
    since: Moment = facts.at if command.starts >= day_of(facts.at) else start_of(command.starts)
    return ChangeReported(
        command.change,
        command.kind,
        command.what,
        scope,
        command.starts,
        command.ends,
        command.cause,
        command.remark,
        since,
    )


def _resolved(command: ResolveChange, state: Change, facts: Facts, rules: Rulebook) -> list[Event]:
    """Only risks that it did not reach before; the first time also none at all."""
    if state.step == "closed" or (state.over and state.resolved):
        return []
    new = tuple(one for one in command.risks if state.of(one.risk) is None)
    if state.resolved and not new:
        return []
    owed_by, due, citation = terms(command.body, state, facts, rules)
    number = 2 if state.resolved else 1
    proposed = state.kind in PROPOSING
    return [
        ChangeResolved(
            number, state.kind, state.cause, command.at_position, new, proposed, owed_by, due, citation
        )
    ]


CHANGE: Decider[Change] = Decider(
    name="change",
    initial=Change(),
    evolve=evolve,
    decide=decide,
    events=(
        ChangeReported,
        ChangeResolved,
        RisksTaken,
        ExcludedFromChange,
        ChangedRiskSettled,
        ChangeEnded,
        ChangeClosed,
    ),
    commands=(ReportChange, TakeIntoChange, ExcludeFromChange, EndChange, CloseChange),
    machine=(ResolveChange, SettleChangedRisk),
    place=lambda command: (command.body, command.change),
    keyed=True,
)

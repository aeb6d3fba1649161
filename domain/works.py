"""Declared works: dangerous work, new building, rebuilding or expansion that may reach neighbours (YT-28).

Everybody whom it reaches is told before it begins, and asked; what they answer is recorded and weighed. It does not
begin before that, unless an emergency leaves no time: then the record says who had not been told, and telling them is
still owed. Neither does it begin while its unit is stopped or held (YT-21b, NJ-049).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.holds import need_work_allowed
from domain.labels import Term, Thing
from domain.language import (
    Code,
    Command,
    Day,
    DayOf,
    Event,
    Remark,
    Title,
    Words,
    but,
    day_of,
)
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    DeadlineInThePast,
    EndsBeforeItBegins,
    Incomplete,
    OutOfTurn,
    UnknownThing,
)
from domain.refused_neighbours import AnswersAwaited, NeighboursNotTold, ObjectionStands
from domain.rulebook import Citation, Rulebook
from domain.units import need_unit_in_use
from domain.work_state import Affected, ToTell, Work
from domain.work_telling import (
    AffectNeighbour,
    NeighbourAffected,
    NeighbourAnswered,
    NeighbourTold,
    ObjectionWeighed,
    RecordNeighbourAnswer,
    TellNeighbour,
    WeighObjection,
    after_telling,
    decide_telling,
    need_neighbours,
    notice_terms,
)

WorkKind = Literal["dangerous_work", "new_build", "reconstruction", "expansion"]
Ending = Literal["finished", "broken_off", "cancelled"]


@dataclass(frozen=True)
class DeclareWork(Command):
    """Declare a work before it begins, and which neighbours it may reach; with none, say why it reaches nobody."""

    body: Code
    work: Code
    kind: WorkKind
    unit: Code
    title: Title
    what: Words
    starts: DayOf
    affects: tuple[Code, ...] = ()
    nobody_because: Remark = ""
    ends: DayOf | None = None


@dataclass(frozen=True)
class MoveWork(Command):
    """The work begins on another day; who was told of a later beginning is told anew."""

    body: Code
    work: Code
    starts: DayOf
    reason: Words
    ends: DayOf | None = None


@dataclass(frozen=True)
class StartWork(Command):
    """The work begins. ``emergency`` says why it cannot wait for neighbours that are not told, or did not answer."""

    body: Code
    work: Code
    emergency: Remark = ""


@dataclass(frozen=True)
class EndWork(Command):
    """The work is over: finished, broken off, or cancelled before it began."""

    body: Code
    work: Code
    how: Ending
    what: Words


@dataclass(frozen=True)
class WorkDeclared(Event):
    """``tell_by`` is the last day on which telling is in time; without a ``citation`` no rule fixes how many days."""

    KIND = "work-declared.1"
    work: str
    kind: str
    unit: str
    title: str
    what: str
    starts: str
    ends: str | None
    affects: tuple[str, ...]
    nobody_because: str
    tell_by: str
    owed_by: str
    citation: Citation | None


@dataclass(frozen=True)
class WorkMoved(Event):
    """``again`` are the neighbours still to be told, or to be told anew, by the new day."""

    KIND = "work-moved.1"
    was: str
    starts: str
    ends: str | None
    reason: str
    tell_by: str
    owed_by: str
    citation: Citation | None
    again: tuple[ToTell, ...]
    moved_at: str


@dataclass(frozen=True)
class WorkStarted(Event):
    """The three lists are empty unless an emergency let it begin: not told, not answered in the time set, objecting."""

    KIND = "work-started.1"
    kind: str
    unit: str
    emergency: str
    untold: tuple[str, ...]
    awaited: tuple[str, ...]
    objecting: tuple[str, ...]
    started_by: str
    started_at: str


@dataclass(frozen=True)
class WorkEnded(Event):
    """``dropped`` need not be told any more, because the work was cancelled before it began."""

    KIND = "work-ended.1"
    how: str
    what: str
    ended_by: str
    dropped: tuple[ToTell, ...]


WorkCommand = (
    DeclareWork
    | AffectNeighbour
    | TellNeighbour
    | RecordNeighbourAnswer
    | WeighObjection
    | MoveWork
    | StartWork
    | EndWork
)
WorkEvent = (
    WorkDeclared
    | NeighbourAffected
    | NeighbourTold
    | NeighbourAnswered
    | ObjectionWeighed
    | WorkMoved
    | WorkStarted
    | WorkEnded
)
LIVE = ("declared", "started")
TURNS: dict[type[WorkCommand], tuple[str, ...]] = {
    AffectNeighbour: LIVE,
    TellNeighbour: (*LIVE, "ended"),
    RecordNeighbourAnswer: (*LIVE, "ended"),
    WeighObjection: (*LIVE, "ended"),
    MoveWork: ("declared",),
    StartWork: ("declared",),
    EndWork: LIVE,
}
"""Command -> the steps at which it may be given; who was not told in time is told late, also after the end."""


def evolve(state: Work, event: WorkEvent) -> Work:
    match event:
        case WorkDeclared():
            affected = tuple(Affected(one) for one in event.affects)
            return Work("declared", event.kind, event.unit, event.starts, event.tell_by, "", affected)
        case NeighbourAffected() | NeighbourTold() | NeighbourAnswered() | ObjectionWeighed():
            return after_telling(state, event)
        case WorkMoved():
            moves = (*state.moves, (event.moved_at, event.was))
            state = but(state, starts=event.starts, tell_by=event.tell_by, moves=moves)
            for one in event.again:
                state = state.setting(one.neighbour, round=one.round)
            return state
        case WorkStarted():
            return but(state, step="started", started_at=event.started_at)
        case WorkEnded():
            return but(state, step="cancelled" if event.how == "cancelled" else "ended")


def decide(command: WorkCommand, state: Work, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses unknown neighbours, steps out of turn, and a beginning before everybody was told, asked and weighed."""
    need_body(facts, command.body)
    if isinstance(command, DeclareWork):
        if state.step != "unknown":
            raise AlreadyRegistered(kind=Term("work"), code=command.work, body=command.body)
        return [_declared(command, facts, rules)]
    what = Thing("work", command.work)
    if state.step == "unknown":
        raise UnknownThing(kind=Term("work"), code=command.work, body=command.body)
    needs = TURNS[type(command)]
    if state.step not in needs:
        raise OutOfTurn(
            what=what,
            step=Term(f"work_{state.step}"),
            command=type(command).__name__,
            needs=[Term(f"work_{one}") for one in needs],
        )
    if facts.at < facts.previous_at and not isinstance(command, TellNeighbour | RecordNeighbourAnswer):
        raise BeforePredecessor(what=what, previous=facts.previous_at, at=facts.at)
    if facts.at < facts.first_at:
        raise BeforePredecessor(what=what, previous=facts.first_at, at=facts.at)
    match command:
        case AffectNeighbour() | TellNeighbour() | RecordNeighbourAnswer() | WeighObjection():
            return [decide_telling(command, state, facts, rules)]
        case MoveWork():
            return [_moved(command, state, facts, rules)]
        case StartWork():
            return [_started(command, state, facts)]
        case EndWork():
            return [_ended(command, state, facts)]


def _declared(command: DeclareWork, facts: Facts, rules: Rulebook) -> WorkDeclared:
    what = Thing("work", command.work)
    need_unit_in_use(facts, command.body, command.unit, command)
    today = day_of(facts.at)
    if command.starts < today:
        raise DeadlineInThePast(due=command.starts, day=today)
    _need_order(what, command.starts, command.ends)
    affects = tuple(dict.fromkeys(command.affects))
    need_neighbours(facts, command.body, type(command).__name__, affects)
    if not affects and not command.nobody_because:
        raise Incomplete(what=what, missing=[Term("affects"), Term("nobody_because")])
    tell_by, owed_by, citation = notice_terms(command.body, command.starts, facts, rules)
    return WorkDeclared(
        command.work,
        command.kind,
        command.unit,
        command.title,
        command.what,
        command.starts,
        command.ends,
        affects,
        command.nobody_because,
        tell_by,
        owed_by,
        citation,
    )


def _moved(command: MoveWork, state: Work, facts: Facts, rules: Rulebook) -> WorkMoved:
    today = day_of(facts.at)
    if command.starts < today:
        raise DeadlineInThePast(due=command.starts, day=today)
    if command.starts == state.starts:
        raise AlreadySo(what=command.starts)
    _need_order(Thing("work", command.work), command.starts, command.ends)
    again = tuple(ToTell(one.neighbour, one.round + 1) for one in state.untold(command.starts))
    terms = notice_terms(command.body, command.starts, facts, rules)
    return WorkMoved(state.starts, command.starts, command.ends, command.reason, *terms, again, facts.at)


def _started(command: StartWork, state: Work, facts: Facts) -> WorkStarted:
    need_work_allowed(facts, command.body, state.unit)
    today = day_of(facts.at)
    untold = tuple(one.neighbour for one in state.untold(today))
    objecting = tuple(one.neighbour for one in state.affected if one.objects)
    awaited = tuple(
        one.neighbour
        for one in state.affected
        if one.neighbour not in untold and not one.answer and one.answer_by >= today
    )
    if not command.emergency:
        what = Thing("work", command.work)
        if untold:
            raise NeighboursNotTold(work=what, neighbours=[Thing("neighbour", one) for one in untold])
        if objecting:
            raise ObjectionStands(work=what, neighbours=[Thing("neighbour", one) for one in objecting])
        if awaited:
            until = max(one.answer_by for one in state.affected if one.neighbour in awaited)
            raise AnswersAwaited(
                work=what, neighbours=[Thing("neighbour", one) for one in awaited], until=until
            )
    return WorkStarted(
        state.kind, state.unit, command.emergency, untold, awaited, objecting, facts.by, facts.at
    )


def _ended(command: EndWork, state: Work, facts: Facts) -> WorkEnded:
    cancelled = command.how == "cancelled"
    needed = "declared" if cancelled else "started"
    if state.step != needed:
        raise OutOfTurn(
            what=Thing("work", command.work),
            step=Term(f"work_{state.step}"),
            command=type(command).__name__,
            needs=[Term(f"work_{needed}")],
        )
    untold = state.untold(state.starts) if cancelled else ()
    dropped = tuple(ToTell(one.neighbour, one.round) for one in untold)
    return WorkEnded(command.how, command.what, facts.by, dropped)


def _need_order(what: Thing, starts: Day, ends: Day | None) -> None:
    if ends is not None and ends < starts:
        raise EndsBeforeItBegins(what=what, since=starts, until=ends)


WORK: Decider[Work] = Decider(
    name="work",
    initial=Work(),
    evolve=evolve,
    decide=decide,
    events=(
        WorkDeclared,
        NeighbourAffected,
        NeighbourTold,
        NeighbourAnswered,
        ObjectionWeighed,
        WorkMoved,
        WorkStarted,
        WorkEnded,
    ),
    commands=(*(DeclareWork, *TURNS),),
    place=lambda command: (command.body, command.work),
    keyed=True,
)

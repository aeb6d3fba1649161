"""Holds: an abnormal condition, or temporary work, is analysed on the spot, and work goes on only once measures stand.

While a hold is open on a unit, or on anything above it, no work there is released (NJ-049). It ends when a person
releases it, and that needs at least one countermeasure and all of them in place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Moment, Remark, Words, but
from domain.refused import AlreadySo, BeforePredecessor, HoldOpen, Incomplete, OutOfTurn, UnknownThing
from domain.rulebook import Rulebook
from domain.stops import need_not_stopped
from domain.units import line_of, need_unit, need_unit_in_use

HoldKind = Literal["abnormal_condition", "temporary_activity"]


@dataclass(frozen=True)
class OpenHold(Command):
    """Hold the work at a unit because of an abnormal condition, or before temporary work, with the analysis on site."""

    body: Code
    unit: Code
    kind: HoldKind
    abnormality: Words
    analysis: Words


@dataclass(frozen=True)
class SetCountermeasure(Command):
    """Add a countermeasure: ``decided`` and still to be done, or ``in_place`` from the moment it is said to happen."""

    body: Code
    unit: Code
    measure: Words
    standing: Literal["decided", "in_place"] = "decided"
    hold: int | None = None


@dataclass(frozen=True)
class ImplementCountermeasure(Command):
    """Record that a countermeasure is in place from the moment this happened."""

    body: Code
    unit: Code
    countermeasure: int
    hold: int | None = None


@dataclass(frozen=True)
class ReleaseHold(Command):
    """Let the work go on, once every countermeasure is in place and no stop is in force."""

    body: Code
    unit: Code
    hold: int | None = None
    remark: Remark = ""


@dataclass(frozen=True)
class HoldOpened(Event):
    KIND = "hold-opened.1"
    hold: int
    kind: str
    abnormality: str
    analysis: str
    opened_at: str


@dataclass(frozen=True)
class CountermeasureSet(Event):
    KIND = "countermeasure-set.1"
    hold: int
    countermeasure: int
    measure: str


@dataclass(frozen=True)
class CountermeasureImplemented(Event):
    KIND = "countermeasure-implemented.1"
    hold: int
    countermeasure: int
    implemented_at: str


@dataclass(frozen=True)
class HoldReleased(Event):
    KIND = "hold-released.1"
    hold: int
    remark: str
    released_at: str


HoldCommand = OpenHold | SetCountermeasure | ImplementCountermeasure | ReleaseHold
HoldEvent = HoldOpened | CountermeasureSet | CountermeasureImplemented | HoldReleased


@dataclass(frozen=True)
class Hold:
    """``countermeasures`` says of each, in order, since when it is in place; None where it is not yet."""

    number: int
    opened_at: Moment
    countermeasures: tuple[Moment | None, ...] = ()
    released_at: Moment | None = None

    def open_at(self, at: Moment) -> bool:
        return self.opened_at <= at and (self.released_at is None or at < self.released_at)


@dataclass(frozen=True)
class Holds:
    """All holds of one unit, numbered from 1; several may be open at once."""

    holds: tuple[Hold, ...] = ()

    def at(self, moment: Moment) -> Hold | None:
        """The first hold that was open at that moment, if any."""
        return next((one for one in self.holds if one.open_at(moment)), None)


def evolve(state: Holds, event: HoldEvent) -> Holds:
    match event:
        case HoldOpened():
            return but(state, holds=(*state.holds, Hold(event.hold, event.opened_at)))
        case CountermeasureSet():
            return but(state, holds=tuple(_set(one, event) for one in state.holds))
        case CountermeasureImplemented():
            return but(state, holds=tuple(_implemented(one, event) for one in state.holds))
        case HoldReleased():
            return but(state, holds=tuple(_released(one, event) for one in state.holds))


def _set(hold: Hold, event: CountermeasureSet) -> Hold:
    return but(hold, countermeasures=(*hold.countermeasures, None)) if hold.number == event.hold else hold


def _implemented(hold: Hold, event: CountermeasureImplemented) -> Hold:
    if hold.number != event.hold:
        return hold
    since = enumerate(hold.countermeasures, start=1)
    changed = (event.implemented_at if number == event.countermeasure else at for number, at in since)
    return but(hold, countermeasures=tuple(changed))


def _released(hold: Hold, event: HoldReleased) -> Hold:
    return but(hold, released_at=event.released_at) if hold.number == event.hold else hold


def decide(command: HoldCommand, state: Holds, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a unit not in use, what is unknown or done before, and a release before every measure is in place."""
    need_body(facts, command.body)
    if isinstance(command, OpenHold):
        need_unit_in_use(facts, command.body, command.unit, command)
        number = len(state.holds) + 1
        return [HoldOpened(number, command.kind, command.abnormality, command.analysis, facts.at)]
    need_unit(facts, command.body, command.unit)
    hold = _named(command, state)
    what = Thing("hold", f"{command.unit}/{hold.number}")
    if hold.released_at is not None:
        raise OutOfTurn(
            what=what,
            step=Term("hold_released"),
            command=type(command).__name__,
            needs=[Term("hold_open")],
        )
    _not_before(what, hold.opened_at, facts)
    match command:
        case SetCountermeasure():
            number = len(hold.countermeasures) + 1
            events: list[Event] = [CountermeasureSet(hold.number, number, command.measure)]
            if command.standing == "in_place":
                events.append(CountermeasureImplemented(hold.number, number, facts.at))
            return events
        case ImplementCountermeasure():
            if not 1 <= command.countermeasure <= len(hold.countermeasures):
                code = f"{command.unit}/{hold.number}/{command.countermeasure}"
                raise UnknownThing(kind=Term("countermeasure"), code=code, body=command.body)
            if hold.countermeasures[command.countermeasure - 1] is not None:
                raise AlreadySo(what=Thing("countermeasure", str(command.countermeasure)))
            return [CountermeasureImplemented(hold.number, command.countermeasure, facts.at)]
        case ReleaseHold():
            return _release(command, hold, what, facts)


def _release(command: ReleaseHold, hold: Hold, what: Thing, facts: Facts) -> list[Event]:
    waiting = [number for number, at in enumerate(hold.countermeasures, start=1) if at is None]
    if waiting or not hold.countermeasures:
        named = [Thing("countermeasure", str(number)) for number in waiting]
        missing: list[Thing | Term] = [*named] or [Term("countermeasure")]
        raise Incomplete(what=what, missing=missing)
    _not_before(what, max(at for at in hold.countermeasures if at is not None), facts)
    need_not_stopped(facts, command.body, command.unit)
    return [HoldReleased(hold.number, command.remark, facts.at)]


def _named(command: SetCountermeasure | ImplementCountermeasure | ReleaseHold, state: Holds) -> Hold:
    """The hold by its number; without one, the only one that is open."""
    if command.hold is not None:
        for one in state.holds:
            if one.number == command.hold:
                return one
        raise UnknownThing(kind=Term("hold"), code=f"{command.unit}/{command.hold}", body=command.body)
    fitting = [one for one in state.holds if one.released_at is None]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise Incomplete(what=Thing("unit", command.unit), missing=[Term("hold")])
    raise UnknownThing(kind=Term("hold"), code=command.unit, body=command.body)


def _not_before(what: Thing, previous: Moment, facts: Facts) -> None:
    if facts.at < previous:
        raise BeforePredecessor(what=what, previous=previous, at=facts.at)


HOLD: Decider[Holds] = Decider(
    name="hold",
    initial=Holds(),
    evolve=evolve,
    decide=decide,
    events=(HoldOpened, CountermeasureSet, CountermeasureImplemented, HoldReleased),
    commands=(OpenHold, SetCountermeasure, ImplementCountermeasure, ReleaseHold),
    place=lambda command: (command.body, command.unit),
)


def need_not_held(facts: Facts, body: str, unit: str) -> None:
    """No hold was open on the unit or anything above it at the moment of the command, or ``HoldOpen`` (I11)."""
    for code in line_of(facts, body, unit):
        hold = facts.of(HOLD, body, code).at(facts.at)
        if hold is not None:
            where = Thing("hold", f"{code}/{hold.number}")
            raise HoldOpen(what=Thing("unit", unit), hold=where, since=hold.opened_at)


def need_work_allowed(facts: Facts, body: str, unit: str) -> None:
    """Whoever lets work begin at a unit asks this: nothing stopped it, and no hold is open on it."""
    need_not_stopped(facts, body, unit)
    need_not_held(facts, body, unit)

"""Stops: a risk that cannot be controlled stops the unit at once; anybody with a role may do it, nobody has to approve.

Work stops, people leave, the zone is closed (YT-21b); each is recorded at once or as soon as there is time. It ends
when another person says what made the unit safe. The register need not agree that the risk is major: what it said is
kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.independence import need_independent
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Level, Moment, PersonRef, Remark, Words, but
from domain.refused import AlreadySo, BeforePredecessor, Incomplete, OutOfTurn, StopInForce, UnknownThing
from domain.risks import RISK
from domain.rulebook import Rulebook
from domain.units import line_of, need_unit


@dataclass(frozen=True)
class StopUnit(Command):
    """Stop a unit and everything below it, at once; how people left and what zone was closed may follow later."""

    body: Code
    unit: Code
    reason: Words
    risk: Code | None = None
    evacuated: Remark = ""
    zone: Remark = ""


@dataclass(frozen=True)
class RecordEvacuation(Command):
    """Record who left, and how; ``stop`` may be left out where the unit has one stop in force."""

    body: Code
    unit: Code
    evacuated: Words
    stop: int | None = None


@dataclass(frozen=True)
class CloseZone(Command):
    """Record which zone was closed off, and how."""

    body: Code
    unit: Code
    zone: Words
    stop: int | None = None


@dataclass(frozen=True)
class ReleaseStop(Command):
    """End a stop, by somebody who did not raise it, with what made the unit safe."""

    body: Code
    unit: Code
    made_safe: Words
    stop: int | None = None


@dataclass(frozen=True)
class StopForRisk(Command):
    """A risk of the unit was declared uncontrollable: stop it for those who said so."""

    body: Code
    unit: Code
    risk: Code
    declaration: int
    level: Level | None
    reason: Words
    evacuated: Remark
    zone: Remark
    declared_by: tuple[PersonRef, ...]


@dataclass(frozen=True)
class UnitStopped(Event):
    """``level`` is what the register said of the risk at that time; None without a risk or an assessment.

    ``declaration`` is the number of that risk's declaration to which the stop belongs, if any.
    """

    KIND = "unit-stopped.1"
    stop: int
    reason: str
    risk: str | None
    level: str | None
    declaration: int | None
    stopped_at: str
    stopped_by: tuple[str, ...]


@dataclass(frozen=True)
class UnitEvacuated(Event):
    KIND = "unit-evacuated.1"
    stop: int
    evacuated: str


@dataclass(frozen=True)
class ZoneClosed(Event):
    KIND = "zone-closed.1"
    stop: int
    zone: str


@dataclass(frozen=True)
class StopReleased(Event):
    KIND = "stop-released.1"
    stop: int
    made_safe: str
    risk: str | None
    declaration: int | None
    released_at: str
    released_by: tuple[str, ...]


StopCommand = StopForRisk | StopUnit | RecordEvacuation | CloseZone | ReleaseStop
StopEvent = UnitStopped | UnitEvacuated | ZoneClosed | StopReleased


@dataclass(frozen=True)
class Stop:
    """One stop: from when, by whom (who acted, and on whose behalf), and until when."""

    number: int
    stopped_at: Moment
    stopped_by: tuple[str, ...]
    risk: str | None = None
    declaration: int | None = None
    evacuated: bool = False
    zone: bool = False
    released_at: Moment | None = None

    def in_force_at(self, at: Moment) -> bool:
        return self.stopped_at <= at and (self.released_at is None or at < self.released_at)


@dataclass(frozen=True)
class Stops:
    """All stops of one unit, numbered from 1; several may be in force at once."""

    stops: tuple[Stop, ...] = ()

    def at(self, moment: Moment) -> Stop | None:
        """The first stop that was in force at that moment, if any."""
        return next((one for one in self.stops if one.in_force_at(moment)), None)


def evolve(state: Stops, event: StopEvent) -> Stops:
    match event:
        case UnitStopped():
            return but(state, stops=(*state.stops, _stopped(event)))
        case UnitEvacuated():
            return _changed(state, event.stop, evacuated=True)
        case ZoneClosed():
            return _changed(state, event.stop, zone=True)
        case StopReleased():
            return _changed(state, event.stop, released_at=event.released_at)


def _stopped(event: UnitStopped) -> Stop:
    return Stop(event.stop, event.stopped_at, event.stopped_by, event.risk, event.declaration)


def _changed(state: Stops, number: int, **changes: object) -> Stops:
    return but(
        state, stops=tuple(but(one, **changes) if one.number == number else one for one in state.stops)
    )


def decide(command: StopCommand, state: Stops, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses what is unknown, what was recorded before, and a release by whoever stopped; never a stop for its reason.

    A retired unit can be stopped too: what is out of use can still kill.
    """
    need_body(facts, command.body)
    need_unit(facts, command.body, command.unit)
    if isinstance(command, StopUnit | StopForRisk):
        return _stop(command, state, facts)
    stop = _named(command, state)
    what = Thing("stop", f"{command.unit}/{stop.number}")
    if facts.at < stop.stopped_at:
        raise BeforePredecessor(what=what, previous=stop.stopped_at, at=facts.at)
    if not stop.in_force_at(facts.at):
        raise OutOfTurn(
            what=what,
            step=Term("stop_released"),
            command=type(command).__name__,
            needs=[Term("stop_in_force")],
        )
    match command:
        case RecordEvacuation():
            if stop.evacuated:
                raise AlreadySo(what=what)
            return [UnitEvacuated(stop.number, command.evacuated)]
        case CloseZone():
            if stop.zone:
                raise AlreadySo(what=what)
            return [ZoneClosed(stop.number, command.zone)]
        case ReleaseStop():
            if stop.released_at is not None:
                raise AlreadySo(what=what)
            need_independent(facts, command, what, stopper=stop.stopped_by)
            there = (("evacuated", stop.evacuated), ("zone", stop.zone))
            missing = [Term(name) for name, said in there if not said]
            if missing:
                raise Incomplete(what=what, missing=missing)
            about = (stop.risk, stop.declaration)
            return [StopReleased(stop.number, command.made_safe, *about, facts.at, facts.actors)]


def _stop(command: StopUnit | StopForRisk, state: Stops, facts: Facts) -> list[Event]:
    level: str | None = None
    declaration, stopped_by = None, facts.actors
    if isinstance(command, StopForRisk):
        level, declaration, stopped_by = command.level, command.declaration, command.declared_by
    elif command.risk is not None:
        risk = facts.of(RISK, command.body, command.risk)
        if risk.step == "unknown":
            raise UnknownThing(kind=Term("risk"), code=command.risk, body=command.body)
        level = risk.level or None
    number = len(state.stops) + 1
    events: list[Event] = [
        UnitStopped(number, command.reason, command.risk, level, declaration, facts.at, stopped_by),
    ]
    if command.evacuated:
        events.append(UnitEvacuated(number, command.evacuated))
    if command.zone:
        events.append(ZoneClosed(number, command.zone))
    return events


def _named(command: RecordEvacuation | CloseZone | ReleaseStop, state: Stops) -> Stop:
    """The stop by its number; without one, the only one that nobody has released."""
    if command.stop is not None:
        for one in state.stops:
            if one.number == command.stop:
                return one
        raise UnknownThing(kind=Term("stop"), code=f"{command.unit}/{command.stop}", body=command.body)
    fitting = [one for one in state.stops if one.released_at is None]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise Incomplete(what=Thing("unit", command.unit), missing=[Term("stop")])
    raise UnknownThing(kind=Term("stop"), code=command.unit, body=command.body)


STOP: Decider[Stops] = Decider(
    name="stop",
    initial=Stops(),
    evolve=evolve,
    decide=decide,
    events=(UnitStopped, UnitEvacuated, ZoneClosed, StopReleased),
    commands=(StopUnit, RecordEvacuation, CloseZone, ReleaseStop),
    machine=(StopForRisk,),
    place=lambda command: (command.body, command.unit),
)


def need_not_stopped(facts: Facts, body: str, unit: str) -> None:
    """Neither the unit nor anything above it was stopped at the moment of the command, or ``StopInForce``."""
    for code in line_of(facts, body, unit):
        stop = facts.of(STOP, body, code).at(facts.at)
        if stop is not None:
            where = Thing("stop", f"{code}/{stop.number}")
            raise StopInForce(what=Thing("unit", unit), stop=where, since=stop.stopped_at)

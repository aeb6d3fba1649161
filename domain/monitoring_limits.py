"""What is measured of a monitored risk, in which unit, and from which value on it warns: the body's own limits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Number, Title, Words, but
from domain.monitoring_state import Limits, Monitoring
from domain.refused import AlreadySo, Incomplete, Unfit, UnknownThing


@dataclass(frozen=True)
class DefineParameter(Command):
    """Say what is measured, in which unit, and where warning and alarm begin; said again, it takes the earlier place.

    A value exactly on a limit has not crossed it. ``basis`` is where the limits come from.
    """

    body: Code
    risk: Code
    parameter: Code
    name: Title
    unit: Title
    basis: Words
    warn_above: Number | None = None
    alarm_above: Number | None = None
    warn_below: Number | None = None
    alarm_below: Number | None = None


@dataclass(frozen=True)
class DropParameter(Command):
    """It is not measured any more, and why."""

    body: Code
    risk: Code
    parameter: Code
    reason: Words


@dataclass(frozen=True)
class ParameterDefined(Event):
    KIND = "monitoring-parameter-defined.1"
    parameter: str
    name: str
    unit: str
    basis: str
    warn_above: str | None
    alarm_above: str | None
    warn_below: str | None
    alarm_below: str | None


@dataclass(frozen=True)
class ParameterDropped(Event):
    KIND = "monitoring-parameter-dropped.1"
    parameter: str
    reason: str


def after_limits(state: Monitoring, event: ParameterDefined | ParameterDropped) -> Monitoring:
    others = tuple(one for one in state.parameters if one.parameter != event.parameter)
    if isinstance(event, ParameterDropped):
        latest = tuple(one for one in state.latest if one[0] != event.parameter)
        return but(state, parameters=others, latest=latest)
    limits = Limits(
        event.parameter,
        event.name,
        event.unit,
        event.warn_above,
        event.alarm_above,
        event.warn_below,
        event.alarm_below,
    )
    return but(state, parameters=(*others, limits))


def decide_limits(
    command: DefineParameter | DropParameter, state: Monitoring
) -> ParameterDefined | ParameterDropped:
    """Refuses no limit at all, limits in the wrong order, what is so already, and dropping what was never defined."""
    held = next((one for one in state.parameters if one.parameter == command.parameter), None)
    if isinstance(command, DropParameter):
        if held is None:
            raise UnknownThing(kind=Term("monitored_parameter"), code=command.parameter, body=command.body)
        return ParameterDropped(command.parameter, command.reason)
    what = Thing("monitored_parameter", command.parameter)
    given = (command.alarm_below, command.warn_below, command.warn_above, command.alarm_above)
    limits = [one for one in given if one is not None]
    if not limits:
        raise Incomplete(what=what, missing=[Term("warn_above"), Term("warn_below")])
    for lower, higher in pairwise(limits):
        if Decimal(higher) <= Decimal(lower):
            raise Unfit(given=higher, what=what, allowed=[f"> {lower}"])
    said = (command.name, command.unit, command.warn_above, command.alarm_above)
    new = Limits(command.parameter, *said, command.warn_below, command.alarm_below)
    if new == held:
        raise AlreadySo(what=what)
    return ParameterDefined(
        command.parameter,
        command.name,
        command.unit,
        command.basis,
        command.warn_above,
        command.alarm_above,
        command.warn_below,
        command.alarm_below,
    )

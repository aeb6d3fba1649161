"""What is measured of a monitored risk, in which unit, and from which value on it warns: by rule or the body's own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from domain.decider import Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Number, Title, Words, but, day_of
from domain.monitoring_state import Limits, Monitoring
from domain.refused import AlreadySo, Incomplete, Unfit, UnknownThing
from domain.rule_adoption import need_rule
from domain.rulebook import Citation, Rulebook

RULE = "monitoring-limits"
"""The house rule: warning and alarm of what is measured often."""


@dataclass(frozen=True)
class DefineParameter(Command):
    """Say what is measured, in which unit, and where warning and alarm begin; said again, it takes the earlier place.

    With another basis alone, or under another version of the rule, it is another thing to say too.
    A value exactly on a limit has not crossed it. ``basis`` is where the limits come from. With ``threshold`` they are
    those of the rule on limits that binds the body on that day, and stay so until the parameter is defined again.
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
    threshold: Code | None = None


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
    threshold: str | None
    citation: Citation | None


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
        event.threshold,
        event.basis,
        event.citation,
    )
    return but(state, parameters=(*others, limits))


def decide_limits(
    command: DefineParameter | DropParameter, state: Monitoring, facts: Facts, rules: Rulebook
) -> ParameterDefined | ParameterDropped:
    """Refuses no limit at all, limits in the wrong order, what is so already, and dropping what was never defined.

    Of a threshold: one that the rule does not hold, another unit than the rule's, and limits besides it.
    """
    held = next((one for one in state.parameters if one.parameter == command.parameter), None)
    if isinstance(command, DropParameter):
        if held is None:
            raise UnknownThing(kind=Term("monitored_parameter"), code=command.parameter, body=command.body)
        return ParameterDropped(command.parameter, command.reason)
    what = Thing("monitored_parameter", command.parameter)
    own = (command.warn_above, command.alarm_above, command.warn_below, command.alarm_below)
    citation = None
    if command.threshold is not None:
        own, citation = _of_rule(command, command.threshold, facts, rules)
    warn_above, alarm_above, warn_below, alarm_below = own
    limits = [one for one in (alarm_below, warn_below, warn_above, alarm_above) if one is not None]
    if not limits:
        raise Incomplete(what=what, missing=[Term("warn_above"), Term("warn_below")])
    for lower, higher in pairwise(limits):
        if Decimal(higher) <= Decimal(lower):
            raise Unfit(given=higher, what=what, allowed=[f"> {lower}"])
    new = Limits(
        command.parameter, command.name, command.unit, *own, command.threshold, command.basis, citation
    )
    if new == held:
        raise AlreadySo(what=what)
    said = (command.parameter, command.name, command.unit, command.basis)
    return ParameterDefined(*said, *own, command.threshold, citation)


Four = tuple[str | None, str | None, str | None, str | None]
"""Warning and alarm above, warning and alarm below."""


def _of_rule(
    command: DefineParameter, threshold: str, facts: Facts, rules: Rulebook
) -> tuple[Four, Citation]:
    """The limits that the rule gives under this name, and where it stands."""
    wording, citation = need_rule(facts, rules, RULE, command.body, day_of(facts.at))
    known = {one["code"]: one for one in wording.value["limits"]}
    found = known.get(threshold)
    if found is None:
        raise Unfit(given=threshold, what=Term("threshold"), allowed=sorted(known))
    if command.unit != found["unit"]:
        raise Unfit(given=command.unit, what=Term("measuring_unit"), allowed=[found["unit"]])
    given = (command.warn_above, command.alarm_above, command.warn_below, command.alarm_below)
    beside = next((one for one in given if one is not None), None)
    if beside is not None:
        raise Unfit(given=beside, what=Thing("threshold", threshold), allowed=[Term("limits_of_the_rule")])
    names = ("warn_above", "alarm_above", "warn_below", "alarm_below")
    first, second, third, fourth = (found.get(name) for name in names)
    return (first, second, third, fourth), citation

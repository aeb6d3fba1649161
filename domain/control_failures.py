"""A control that failed again and again proposes to assess its risk anew (YT Art. 5, NJ-071).

Each hazard that names a control is counted as one failure of it, by policy. At the number that the adopted house rule
``repeated-failure`` names, within its days, a proposal stands in the record; a person decides what follows.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.decider import Decider, Facts
from domain.hazard_finding import HazardRegistered
from domain.language import Code, Command, Day, Event, but, day_after, day_of
from domain.records import Record
from domain.rule_adoption import find_rule
from domain.rulebook import Citation, Rulebook

RULE = "repeated-failure"


@dataclass(frozen=True)
class NoteControlFailure(Command):
    """A hazard says that this control of this risk failed."""

    body: Code
    risk: Code
    control: Code
    hazard: Code


@dataclass(frozen=True)
class ControlFailed(Event):
    """``failed_on`` is the day on which the hazard was found."""

    KIND = "control-failed.1"
    control: str
    hazard: str
    failed_on: str
    times: int


@dataclass(frozen=True)
class ReassessmentProposed(Event):
    """``hazards`` are the failures that count, the earliest first."""

    KIND = "reassessment-proposed.1"
    control: str
    hazards: tuple[str, ...]
    since: str
    citation: Citation


@dataclass(frozen=True)
class Failures:
    """Every failure of a risk's controls: control, hazard, day; ``proposed`` the controls with their last proposal."""

    noted: tuple[tuple[str, str, Day], ...] = ()
    proposed: tuple[tuple[str, Day], ...] = ()


def evolve(state: Failures, event: ControlFailed | ReassessmentProposed) -> Failures:
    match event:
        case ControlFailed():
            return but(state, noted=(*state.noted, (event.control, event.hazard, event.failed_on)))
        case ReassessmentProposed():
            return but(state, proposed=(*state.proposed, (event.control, event.since)))


def decide(command: NoteControlFailure, state: Failures, facts: Facts, rules: Rulebook) -> list[Event]:
    """Counts each hazard once a day; without an adopted rule nothing is proposed."""
    day = day_of(facts.at)
    if (command.control, command.hazard, day) in state.noted:
        return []
    noted = [one for one in state.noted if one[0] == command.control]
    failed = ControlFailed(command.control, command.hazard, day, len(noted) + 1)
    found = find_rule(facts, rules, RULE, command.body, day)
    if found is None:
        return [failed]
    wording, citation = found
    since = day_after(day, -int(wording.value["days"]))
    last = max((until for control, until in state.proposed if control == command.control), default="")
    counted = sorted(
        (when, hazard)
        for _, hazard, when in (*noted, (command.control, command.hazard, day))
        if when >= since and when > last
    )
    if len(counted) < int(wording.value["times"]):
        return [failed]
    hazards = tuple(dict.fromkeys(hazard for _, hazard in counted))
    return [failed, ReassessmentProposed(command.control, hazards, day, citation)]


FAILURES: Decider[Failures] = Decider(
    name="control-failures",
    initial=Failures(),
    evolve=evolve,
    decide=decide,
    events=(ControlFailed, ReassessmentProposed),
    commands=(),
    machine=(NoteControlFailure,),
    place=lambda command: (command.body, command.risk),
)


def control_failure(record: Record) -> list[tuple[str, Command]]:
    """A registered hazard that names a control is a failure of it."""
    hazard, event = record.stream.rsplit("/", 1)[1], record.event
    match event:
        case HazardRegistered(risk=str() as risk, control=str() as control):
            return [(hazard, NoteControlFailure(record.scope, risk, control, hazard))]
        case _:
            return []


FAILURE_KINDS = (HazardRegistered.KIND,)

"""The controls of a risk: what keeps it down, in which layer, in which order, and who answers for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.decider import Facts
from domain.labels import Term
from domain.language import Code, Command, Event, PersonRef, Words
from domain.people import need_person
from domain.refused import AlreadyRegistered
from domain.risk_state import Risk

Layer = Literal["engineering", "management", "protection"]
"""Layers of control in their order of preference (YT Art. 23)."""


@dataclass(frozen=True)
class AdoptControl(Command):
    """Give a risk a measure with a layer, an order of priority and somebody who answers for it."""

    body: Code
    risk: Code
    control: Code
    measure: Words
    layer: Layer
    order: int
    responsible: PersonRef


@dataclass(frozen=True)
class ControlAdopted(Event):
    KIND = "control-adopted.1"
    control: str
    measure: str
    layer: str
    order: int
    responsible: str


def control_adopted(command: AdoptControl, state: Risk, facts: Facts) -> list[Event]:
    """Refuses a code taken and a person unknown."""
    if command.control in state.controls:
        raise AlreadyRegistered(kind=Term("control"), code=command.control, body=command.body)
    need_person(facts, command.body, command.responsible)
    return [
        ControlAdopted(command.control, command.measure, command.layer, command.order, command.responsible)
    ]

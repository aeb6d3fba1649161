"""A risk that cannot be controlled: whoever sees it says so, and its unit stops at once without anybody's approval.

The declaration leads, by a policy, to the stop with evacuation and closed zone (YT-21b); when somebody else has
released that stop, the risk counts as controllable again. The register need not agree that the risk is major: its
level is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.control_state import Controls, Uncontrollable
from domain.decider import Facts
from domain.labels import Thing
from domain.language import Code, Command, Event, PersonRef, Remark, Words, but
from domain.refused import AlreadySo
from domain.risk_state import Risk


@dataclass(frozen=True)
class DeclareUncontrollable(Command):
    """Say that a risk cannot be controlled: its unit stops at once; how people left and the zone may follow later."""

    body: Code
    risk: Code
    reason: Words
    evacuated: Remark = ""
    zone: Remark = ""


@dataclass(frozen=True)
class RegainControl(Command):
    """The stop of that declaration was released by another person: the risk is under control again."""

    body: Code
    risk: Code
    declaration: int
    made_safe: Words
    released_by: tuple[PersonRef, ...]


@dataclass(frozen=True)
class RiskDeclaredUncontrollable(Event):
    """``level`` is what the register said then; None for a risk that nobody had assessed."""

    KIND = "risk-declared-uncontrollable.1"
    declaration: int
    unit: str
    level: str | None
    reason: str
    evacuated: str
    zone: str
    declared_by: tuple[str, ...]
    declared_at: str


@dataclass(frozen=True)
class RiskControlRegained(Event):
    KIND = "risk-control-regained.1"
    declaration: int
    made_safe: str
    released_by: tuple[str, ...]


def declared(state: Controls, event: RiskDeclaredUncontrollable) -> Controls:
    in_force = Uncontrollable(event.declaration, event.declared_at)
    return but(state, declared=event.declaration, uncontrollable=in_force)


def regained(state: Controls, event: RiskControlRegained) -> Controls:
    held = state.uncontrollable
    return state if held is None or held.number != event.declaration else but(state, uncontrollable=None)


def declare(command: DeclareUncontrollable, state: Risk, facts: Facts) -> list[Event]:
    """Refuses only what was declared already; never a declaration for its reason or for the risk's level."""
    if state.controls.uncontrollable is not None:
        raise AlreadySo(what=Thing("risk", command.risk))
    return [
        RiskDeclaredUncontrollable(
            state.controls.declared + 1,
            state.unit,
            state.level or None,
            command.reason,
            command.evacuated,
            command.zone,
            facts.actors,
            facts.at,
        )
    ]


def regain(command: RegainControl, state: Risk) -> list[Event]:
    """Nothing where that declaration is no longer in force."""
    held = state.controls.uncontrollable
    if held is None or held.number != command.declaration:
        return []
    return [RiskControlRegained(command.declaration, command.made_safe, command.released_by)]

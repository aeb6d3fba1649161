"""What a risk out of control does to its unit, and what the release of that stop says about the risk."""

from __future__ import annotations

from domain.language import LEVELS, Command
from domain.out_of_control import RegainControl, RiskDeclaredUncontrollable
from domain.records import Record
from domain.stops import StopForRisk, StopReleased


def stop_for_risk(record: Record) -> list[tuple[str, Command]]:
    """The unit of a risk that was declared uncontrollable stops at the moment of the declaration (YT-21b)."""
    event = record.event
    if not isinstance(event, RiskDeclaredUncontrollable):
        return []
    risk = record.stream.rsplit("/", 1)[1]
    level = next((one for one in LEVELS if one == event.level), None)
    what = (risk, event.declaration, level, event.reason, event.evacuated, event.zone)
    return [(event.unit, StopForRisk(record.scope, event.unit, *what, event.declared_by))]


def regained_by_release(record: Record) -> list[tuple[str, Command]]:
    """When another person has released the stop of a declaration, the risk is under control again."""
    event = record.event
    if not isinstance(event, StopReleased) or event.risk is None or event.declaration is None:
        return []
    regained = RegainControl(record.scope, event.risk, event.declaration, event.made_safe, event.released_by)
    return [(event.risk, regained)]

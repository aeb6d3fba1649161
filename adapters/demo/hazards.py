"""The second line of defence: every hazard of the mine's year, each with its whole life up to November."""

from __future__ import annotations

from adapters.demo.hazard_of_the_brake import BRAKE, LIFE
from adapters.demo.hazards_beside import BESIDE
from adapters.demo.hazards_open import CAR_STOP, DOOR, DUST, INDICATOR
from adapters.demo.hazards_settled import DUCT, LIGHTS, PUMP
from adapters.demo.hazards_that_came_back import PIPE, VEHICLE
from adapters.demo.old_papers import lines as old_papers
from adapters.demo.steps import Line

__all__ = ["BRAKE", "lines"]


def lines() -> tuple[Line, ...]:
    """YH-0001 to YH-0023."""
    return (
        *LIFE,
        *DUCT,
        *PUMP,
        *LIGHTS,
        *VEHICLE,
        *PIPE,
        *DOOR,
        *DUST,
        *CAR_STOP,
        *INDICATOR,
        *BESIDE,
        *old_papers(),
    )

"""What follows from records, by policies alone or with the help of views: run until nothing more follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from adapters.changes import follow_changes
from adapters.holiday_step import follow_holidays
from adapters.law_step import follow_law
from adapters.policies import run_policies
from adapters.uplift_step import follow_uplifts
from adapters.weather_step import follow_weather
from domain.policies import POLICIES

if TYPE_CHECKING:
    from adapters.app import App

STEPS: tuple[Callable[[App], int], ...] = (
    follow_holidays,
    follow_law,
    follow_changes,
    follow_weather,
    follow_uplifts,
)
"""Steps that need a view; each returns how many orders recorded something, and MUST give commands whose ids follow
from what they say, so that running it again adds nothing."""
ROUNDS = 8
"""How often one run starts over because steps and policies woke each other; what then still waits is done next."""


def follow_up(app: App) -> int:
    """Let policies and steps react to what was recorded; returns how many orders recorded something.

    Raises ``FaultError`` where a part cannot serve; nothing is lost by that.
    """
    total = 0
    for _ in range(ROUNDS):
        new = run_policies(app, app.journal, app.positions, POLICIES)
        new += sum(step(app) for step in STEPS)
        total += new
        if not new:
            break
    return total

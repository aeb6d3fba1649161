"""When the text of a response to weather or holidays itself turns for whoever it binds: what lasts is asked again.

A house response binds by its adoption, which is a record; law binds from its own day, of which no record speaks.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from domain.language import Day, day_of
from domain.law_reports import fingerprint, turning_days
from domain.risk_uplift import RESPONSES
from domain.rulebook import BY_THEMSELVES, Rulebook

if TYPE_CHECKING:
    from adapters.app import App


def turned(app: App, step: str) -> Day | None:
    """The last day up to today on which a response turned that binds by itself, where the step did not look since."""
    rules = _binding(app.engine.rules)
    today = day_of(app.now())
    days = [day for day in turning_days(rules) if day <= today]
    if not days:
        return None
    looked = app.positions.of(_known(step, rules))
    last = max(days)
    return last if looked < dt.date.fromisoformat(last).toordinal() else None


def looked(app: App, step: str, day: Day) -> None:
    """Remember that the step asked everything again for the turn of that day."""
    known = _known(step, _binding(app.engine.rules))
    app.positions.advance_to_day(known, day)


def _known(step: str, rules: Rulebook) -> str:
    return f"{step}-{fingerprint(rules)}"


def _binding(rules: Rulebook) -> Rulebook:
    """The wordings of responses that bind without adoption."""
    held = {rule: rules.wordings.get(rule, ()) for rule in sorted(RESPONSES.values())}
    return Rulebook(
        {rule: tuple(one for one in found if one.source in BY_THEMSELVES) for rule, found in held.items()}
    )

"""The index of the domain: every kind of business thing, every command, every stored event kind."""

from __future__ import annotations

from typing import Any

from domain.bodies import BODY
from domain.decider import Decider
from domain.duties import DUTY
from domain.hazards import HAZARD
from domain.language import Command, Event
from domain.logbook import LOGBOOK
from domain.people import PEOPLE
from domain.risks import RISK
from domain.roles import ROLES
from domain.rule_adoption import ADOPTED
from domain.units import UNIT

DECIDERS: tuple[Decider[Any], ...] = (BODY, PEOPLE, ROLES, ADOPTED, UNIT, RISK, HAZARD, DUTY, LOGBOOK)

COMMANDS: dict[str, type[Command]] = {c.__name__: c for d in DECIDERS for c in d.commands}
"""What people may give, by name."""
MACHINE_COMMANDS: dict[str, type[Command]] = {c.__name__: c for d in DECIDERS for c in d.machine}
"""What only the clock, policies and feeds give, by name."""
EVENTS: dict[str, type[Event]] = {e.KIND: e for d in DECIDERS for e in d.events}
"""Stored kind -> event."""

"""Which roles may give the commands about duties; a part of the access table."""

from __future__ import annotations

from typing import get_args

from domain import duty_ending, duty_extension, duty_raising
from domain.language import Command
from domain.roles import Role

_LEADS = ("principal", "safety_officer")
_WORKSHOP = (*_LEADS, "workshop_lead")
_ANYBODY: tuple[str, ...] = get_args(Role)
"""Whoever owes a duty asks for time and says what was done, whatever the role; the decision asks who owes it."""

DUTIES: dict[type[Command], tuple[str, ...]] = {
    duty_raising.AssignDuty: _WORKSHOP,
    duty_extension.AskDutyExtension: _ANYBODY,
    duty_extension.DecideDutyExtension: _LEADS,
    duty_ending.FulfilDuty: _ANYBODY,
    duty_ending.RejectDutyAnswer: (*_LEADS, "authority_inspector"),
    duty_ending.WaiveDuty: _LEADS,
}
"""Command -> roles that may give it."""

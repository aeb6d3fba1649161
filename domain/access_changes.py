"""Which roles may give the commands about changes; a part of the access table."""

from __future__ import annotations

from domain import change_touched, changes
from domain.language import Command

_LEADS = ("principal", "safety_officer")
_WORKSHOP = (*_LEADS, "workshop_lead")

CHANGES: dict[type[Command], tuple[str, ...]] = {
    changes.ReportChange: (*_WORKSHOP, "team_lead", "expert"),
    change_touched.TakeIntoChange: _WORKSHOP,
    change_touched.ExcludeFromChange: _WORKSHOP,
    changes.EndChange: (*_WORKSHOP, "team_lead"),
    changes.CloseChange: _LEADS,
}
"""Command -> roles that may give it."""

"""Which roles may give the commands about units, stops, holds, confirmations and areas; a part of the access table."""

from __future__ import annotations

from typing import get_args

from domain import areas, confirmations, holds, stops, unit_surveys, units
from domain.language import Command
from domain.roles import Role

_LEADS = ("principal", "safety_officer")
_OFFICE = ("administrator", *_LEADS)
_WORKSHOP = (*_LEADS, "workshop_lead")
_TEAM = (*_WORKSHOP, "team_lead")
_FLOOR = (*_TEAM, "post_worker")
_ANYBODY: tuple[str, ...] = get_args(Role)
"""Who sees that a risk is out of control stops the unit, whatever the role (YT-21b)."""

SITES: dict[type[Command], tuple[str, ...]] = {
    units.RegisterUnits: _OFFICE,
    units.MoveUnit: _OFFICE,
    units.RenameUnit: _OFFICE,
    units.RetireUnit: _OFFICE,
    unit_surveys.LocateUnit: _OFFICE,
    unit_surveys.FlagUnit: _LEADS,
    unit_surveys.RecordAspectReview: (*_FLOOR, "expert"),
    stops.StopUnit: _ANYBODY,
    stops.RecordEvacuation: _ANYBODY,
    stops.CloseZone: _ANYBODY,
    stops.ReleaseStop: _LEADS,
    holds.OpenHold: (*_FLOOR, "expert"),
    holds.SetCountermeasure: _TEAM,
    holds.ImplementCountermeasure: _FLOOR,
    holds.ReleaseHold: _TEAM,
    confirmations.ConfirmPosts: _FLOOR,
    confirmations.RecheckConfirmation: _WORKSHOP,
    areas.DefineArea: _LEADS,
    areas.RegroupArea: _LEADS,
    areas.WeighArea: _LEADS,
    areas.UnweighArea: _LEADS,
    areas.DissolveArea: _LEADS,
}
"""Command -> roles that may give it."""

"""Which roles may give the commands about monitored risks; a part of the access table."""

from __future__ import annotations

from domain import monitoring, monitoring_limits, monitoring_plan, monitoring_readings
from domain.language import Command

_LEADS = ("principal", "safety_officer")
_WORKSHOP = (*_LEADS, "workshop_lead")
_FLOOR = (*_WORKSHOP, "team_lead", "post_worker")

MONITORING: dict[type[Command], tuple[str, ...]] = {
    monitoring.DeclareMonitoring: _LEADS,
    monitoring_plan.FileEmergencyPlan: _LEADS,
    monitoring.EndMonitoring: _LEADS,
    monitoring_limits.DefineParameter: _LEADS,
    monitoring_limits.DropParameter: _LEADS,
    monitoring_readings.RecordReading: _FLOOR,
    monitoring_readings.RespondToWarning: _FLOOR,
    monitoring_readings.GiveInformation: _FLOOR,
}
"""Command -> roles that may give it."""

"""Which roles may say what an equipment code is and settle an event that goes nowhere; a part of the access table."""

from __future__ import annotations

from domain import equipment, equipment_events
from domain.language import Command

_WORKSHOP = ("principal", "safety_officer", "workshop_lead")

EQUIPMENT: dict[type[Command], tuple[str, ...]] = {
    equipment.MapEquipment: _WORKSHOP,
    equipment.UnmapEquipment: _WORKSHOP,
    equipment_events.ReceiveEquipmentEvent: _WORKSHOP,
    equipment_events.SettleEquipmentEvent: _WORKSHOP,
}
"""Command -> roles that may give it; feeds give the third without any."""

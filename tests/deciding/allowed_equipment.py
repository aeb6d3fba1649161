"""Who may give which command about equipment events, written out apart from the code."""

from __future__ import annotations

_ALL = "MapEquipment UnmapEquipment ReceiveEquipmentEvent SettleEquipmentEvent"
ALLOWED_EQUIPMENT = {"principal": _ALL, "safety_officer": _ALL, "workshop_lead": _ALL}
"""Role -> commands."""

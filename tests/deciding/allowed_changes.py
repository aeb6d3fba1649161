"""Who may give which command about changes, written out apart from the code."""

from __future__ import annotations

_WORKSHOP = "ReportChange TakeIntoChange ExcludeFromChange EndChange"

ALLOWED_CHANGES = {
    "principal": f"{_WORKSHOP} CloseChange",
    "safety_officer": f"{_WORKSHOP} CloseChange",
    "workshop_lead": _WORKSHOP,
    "team_lead": "ReportChange EndChange",
    "expert": "ReportChange",
}
"""Role -> commands; the other roles give none of them."""

"""Who may give which command about monitored risks and campaigns, written out apart from the code."""

from __future__ import annotations

_FLOOR = "RecordReading RespondToWarning GiveInformation"
_LEADS = (
    f"{_FLOOR} DeclareMonitoring FileEmergencyPlan EndMonitoring DefineParameter DropParameter "
    "AnnounceCampaign EndCampaign"
)
ALLOWED_MONITORING = {
    "principal": _LEADS,
    "safety_officer": _LEADS,
    "workshop_lead": _FLOOR,
    "team_lead": _FLOOR,
    "post_worker": _FLOOR,
}
"""Role -> commands; the other roles give none of them."""

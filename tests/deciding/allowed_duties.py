"""Who may give which command about duties, written out apart from the code."""

from __future__ import annotations

_OWN = "AskDutyExtension FulfilDuty"
"""What whoever owes a duty may do, whatever the role."""
_LEAD = f"{_OWN} AssignDuty DecideDutyExtension RejectDutyAnswer WaiveDuty"

ALLOWED_DUTIES = {
    "administrator": _OWN,
    "principal": _LEAD,
    "safety_officer": _LEAD,
    "workshop_lead": f"{_OWN} AssignDuty",
    "team_lead": _OWN,
    "post_worker": _OWN,
    "expert": _OWN,
    "authority_inspector": f"{_OWN} RejectDutyAnswer",
    "auditor": _OWN,
}
"""Role -> commands."""

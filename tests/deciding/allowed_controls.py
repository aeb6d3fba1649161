"""Who may give which command about the controls of risks, written out apart from the code."""

from __future__ import annotations

_FLOOR = "DeclareUncontrollable ProposeControl ChangeControl"
_WORKSHOP = (
    f"{_FLOOR} ReviewControl AdoptControl AdoptReviewedControl OrderControls WithdrawControl AssignControl "
    "EndControlAssignment"
)
ALLOWED_CONTROLS = {
    "administrator": "DeclareUncontrollable",
    "principal": f"{_WORKSHOP} AdoptColourPolicy",
    "safety_officer": f"{_WORKSHOP} AdoptColourPolicy",
    "workshop_lead": _WORKSHOP,
    "team_lead": _FLOOR,
    "post_worker": _FLOOR,
    "expert": f"{_FLOOR} ReviewControl",
    "authority_inspector": "DeclareUncontrollable",
    "auditor": "DeclareUncontrollable",
}
"""Role -> commands."""

"""Which roles may give the commands about the controls of risks; a part of the access table."""

from __future__ import annotations

from typing import get_args

from domain import control_assignment, control_policy, control_review, out_of_control, risk_controls
from domain.language import Command
from domain.roles import Role

_LEADS = ("principal", "safety_officer")
_WORKSHOP = (*_LEADS, "workshop_lead")
_FLOOR = (*_WORKSHOP, "team_lead", "post_worker", "expert")
_ANYBODY: tuple[str, ...] = get_args(Role)
"""Who sees that a risk is out of control says so, whatever the role (YT-21b)."""

CONTROLS: dict[type[Command], tuple[str, ...]] = {
    risk_controls.ProposeControl: _FLOOR,
    risk_controls.ChangeControl: _FLOOR,
    risk_controls.OrderControls: _WORKSHOP,
    risk_controls.WithdrawControl: _WORKSHOP,
    control_review.ReviewControl: (*_WORKSHOP, "expert"),
    control_review.AdoptControl: _WORKSHOP,
    control_review.AdoptReviewedControl: _WORKSHOP,
    control_assignment.AssignControl: _WORKSHOP,
    control_assignment.EndControlAssignment: _WORKSHOP,
    control_policy.AdoptColourPolicy: _LEADS,
    out_of_control.DeclareUncontrollable: _ANYBODY,
}
"""Command -> roles that may give it."""

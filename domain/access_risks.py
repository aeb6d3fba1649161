"""Which roles may give the commands about risks, their assessments and their controls; a part of the access table."""

from __future__ import annotations

from domain import (
    risk_approval,
    risk_assessment,
    risk_focus,
    risk_identity,
    risk_tags,
    risks,
)
from domain.access_controls import CONTROLS
from domain.language import Command

_LEADS = ("principal", "safety_officer")
_WORKSHOP = (*_LEADS, "workshop_lead")

RISKS: dict[type[Command], tuple[str, ...]] = {
    risk_identity.IdentifyRisk: _WORKSHOP,
    risk_assessment.AssessRisk: (*_WORKSHOP, "expert"),
    risk_assessment.ReassessRisk: (*_WORKSHOP, "expert"),
    risk_approval.DecideLowering: _LEADS,
    risk_approval.ChooseMethod: _LEADS,
    risk_identity.CorrectIdentification: _WORKSHOP,
    risk_tags.TagRisk: _WORKSHOP,
    risk_tags.UntagRisk: _WORKSHOP,
    risk_focus.SetFocus: _LEADS,
    risk_focus.EndFocus: _LEADS,
    **CONTROLS,
    risks.RetireRisk: _LEADS,
}

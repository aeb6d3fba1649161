"""Which roles may give the commands about hazards; a part of the table of access."""

from __future__ import annotations

from typing import get_args

from domain import (
    hazard_closing,
    hazard_dismissal,
    hazard_extension,
    hazard_filing,
    hazard_finding,
    hazard_grading,
    hazard_handling,
    hazard_on_the_spot,
    hazard_plan,
    hazard_verdicts,
    hazard_verification,
    paper_signals,
)
from domain.language import Command
from domain.roles import Role

_LEADS = ("principal", "safety_officer")
_WORKSHOP = (*_LEADS, "workshop_lead")
_TEAM = (*_WORKSHOP, "team_lead")
_FLOOR = (*_TEAM, "post_worker")
_OUTSIDE = ("expert", "authority_inspector")

HAZARDS: dict[type[Command], tuple[str, ...]] = {
    hazard_finding.FindHazard: get_args(Role),
    hazard_finding.RegisterHazard: (*_FLOOR, *_OUTSIDE),
    hazard_grading.EvaluateHazard: (*_LEADS, "expert"),
    hazard_grading.RegradeHazard: (*_LEADS, *_OUTSIDE),
    hazard_verdicts.JudgeHazard: (*_LEADS, *_OUTSIDE),
    hazard_filing.FileMajorHazard: _LEADS,
    hazard_filing.AnswerFiling: (*_LEADS, "authority_inspector"),
    hazard_handling.SetInterimMeasure: _TEAM,
    hazard_handling.RecordProgress: _FLOOR,
    hazard_handling.ReportHazard: _TEAM,
    hazard_handling.AnalyseCause: (*_WORKSHOP, "expert"),
    hazard_plan.PlanRectification: _WORKSHOP,
    hazard_extension.AskExtension: _TEAM,
    hazard_extension.DecideExtension: _LEADS,
    hazard_verification.CompleteRectification: _FLOOR,
    hazard_verification.VerifyRectification: (*_WORKSHOP, *_OUTSIDE),
    hazard_closing.CloseHazard: _LEADS,
    hazard_closing.ReopenHazard: (*_LEADS, "authority_inspector"),
    hazard_on_the_spot.FixOnSpot: _FLOOR,
    hazard_on_the_spot.ConfirmFix: (*_TEAM, *_OUTSIDE),
    hazard_dismissal.ProposeNotHazard: (*_WORKSHOP, "expert"),
    hazard_dismissal.DecideNotHazard: _LEADS,
    hazard_dismissal.LinkDuplicate: _WORKSHOP,
    hazard_dismissal.UnlinkDuplicate: _WORKSHOP,
    paper_signals.DismissSignal: (*_LEADS, "auditor"),
}
"""Command -> roles that may give it."""

WITHOUT_ROLE: frozenset[type[Command]] = frozenset({hazard_finding.FindHazard})
"""What whoever is on the body's roll may give, with a role or without."""

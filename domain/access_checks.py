"""Which roles may give the commands about checklists, inspections and evidence; a part of the table of access."""

from __future__ import annotations

from domain import checklists, evidence, inspections, visits
from domain.language import Command

_LEADS = ("principal", "safety_officer")
_WORKSHOP = (*_LEADS, "workshop_lead")
_FLOOR = (*_WORKSHOP, "team_lead", "post_worker")

CHECKS: dict[type[Command], tuple[str, ...]] = {
    checklists.DrawUpChecklist: _WORKSHOP,
    checklists.AmendChecklist: _WORKSHOP,
    checklists.RenewChecklist: _WORKSHOP,
    checklists.AssignRounds: _WORKSHOP,
    checklists.EndRounds: _WORKSHOP,
    checklists.WithdrawChecklist: _LEADS,
    inspections.PlanInspection: _WORKSHOP,
    inspections.StartInspection: _FLOOR,
    inspections.AnswerItems: _FLOOR,
    inspections.CompleteInspection: _FLOOR,
    inspections.RecordRound: _FLOOR,
    inspections.AddToInspection: _FLOOR,
    inspections.RecheckInspection: (*_FLOOR, "expert", "authority_inspector"),
    visits.RecordVisit: (*_WORKSHOP, "authority_inspector"),
    visits.AnswerVisit: _LEADS,
    evidence.DepositEvidence: (*_FLOOR, "expert", "authority_inspector"),
    evidence.EraseEvidence: _LEADS,
}
"""Command -> roles that may give it; a check of a tier also needs a role of that tier."""

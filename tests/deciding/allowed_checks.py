"""Who may give which command about checklists and inspections, written out apart from the code."""

from __future__ import annotations

_MAKING = "DepositEvidence StartInspection AnswerItems CompleteInspection RecordRound AddToInspection RecheckInspection"
_LISTS = "DrawUpChecklist AmendChecklist RenewChecklist AssignRounds EndRounds PlanInspection"

ALLOWED_CHECKS = {
    "principal": f"{_LISTS} WithdrawChecklist EraseEvidence RecordVisit AnswerVisit {_MAKING}",
    "safety_officer": f"{_LISTS} WithdrawChecklist EraseEvidence RecordVisit AnswerVisit {_MAKING}",
    "workshop_lead": f"{_LISTS} RecordVisit {_MAKING}",
    "team_lead": _MAKING,
    "post_worker": _MAKING,
    "expert": "RecheckInspection DepositEvidence",
    "authority_inspector": "RecordVisit RecheckInspection DepositEvidence",
}
"""Role -> commands; the other roles give none of them."""

"""Who may propose, and who may say whether it is a risk or a hazard; a part of the table of access."""

from __future__ import annotations

from typing import get_args

from domain import intake
from domain.language import Command
from domain.roles import Role

_COMPETENT = ("principal", "safety_officer", "workshop_lead", "expert")

INTAKE: dict[type[Command], tuple[str, ...]] = {
    intake.ProposeFinding: get_args(Role),
    intake.TriageProposal: _COMPETENT,
    intake.LinkProposal: _COMPETENT,
    intake.AcknowledgeTriage: get_args(Role),
}
"""Command -> roles that may give it."""

FOR_ALL: frozenset[type[Command]] = frozenset({intake.ProposeFinding, intake.AcknowledgeTriage})
"""What whoever is on the body's roll may give, with a role or without (NJ-024)."""

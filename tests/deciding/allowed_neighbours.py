"""Who may give which command about neighbours and declared works, written out apart from the code."""

from __future__ import annotations

_WORKSHOP = (
    "RecordWatch DeclareWork AffectNeighbour TellNeighbour RecordNeighbourAnswer MoveWork StartWork EndWork"
)
_LEADS = f"{_WORKSHOP} RegisterNeighbour EndNeighbour WeighObjection"
ALLOWED_NEIGHBOURS = {"principal": _LEADS, "safety_officer": _LEADS, "workshop_lead": _WORKSHOP}
"""Role -> commands; the other roles give none of them."""

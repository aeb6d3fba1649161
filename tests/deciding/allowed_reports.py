"""Who may give which command about reports, written out apart from the code."""

from __future__ import annotations

_LEADS = "CompileReport ApproveReport SubmitReport AcknowledgeReport ReturnReport CorrectReport"

ALLOWED_REPORTS = {
    "principal": _LEADS,
    "safety_officer": _LEADS,
    "authority_inspector": "AcknowledgeReport ReturnReport",
}
"""Role -> commands; the other roles give none of them."""

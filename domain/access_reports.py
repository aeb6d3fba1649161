"""Which roles may give the commands about reports; a part of the access table."""

from __future__ import annotations

from domain import reports
from domain.language import Command

_LEADS = ("principal", "safety_officer")
_WITH_AUTHORITY = (*_LEADS, "authority_inspector")

REPORTS: dict[type[Command], tuple[str, ...]] = {
    reports.CompileReport: _LEADS,
    reports.ApproveReport: _LEADS,
    reports.SubmitReport: _LEADS,
    reports.AcknowledgeReport: _WITH_AUTHORITY,
    reports.ReturnReport: _WITH_AUTHORITY,
    reports.CorrectReport: _LEADS,
}
"""Command -> roles that may give it; that the compiler may not approve is a matter of the report itself."""

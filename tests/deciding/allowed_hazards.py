"""Who may give which command about hazards beside their loop, written out apart from the code."""

from __future__ import annotations

_LEADS = (
    "FindHazard RegradeHazard JudgeHazard FileMajorHazard AnswerFiling SetInterimMeasure RecordProgress ReportHazard "
    "AnalyseCause FixOnSpot ConfirmFix ProposeNotHazard DecideNotHazard LinkDuplicate UnlinkDuplicate "
    "DismissSignal"
)
ALLOWED_HAZARDS = {
    "administrator": "FindHazard",
    "principal": _LEADS,
    "safety_officer": _LEADS,
    "workshop_lead": (
        "FindHazard SetInterimMeasure RecordProgress ReportHazard AnalyseCause FixOnSpot ConfirmFix ProposeNotHazard "
        "LinkDuplicate UnlinkDuplicate"
    ),
    "team_lead": "FindHazard SetInterimMeasure RecordProgress ReportHazard FixOnSpot ConfirmFix",
    "post_worker": "FindHazard RecordProgress FixOnSpot",
    "expert": "FindHazard RegradeHazard JudgeHazard AnalyseCause ConfirmFix ProposeNotHazard",
    "authority_inspector": "FindHazard RegradeHazard JudgeHazard AnswerFiling ConfirmFix",
    "auditor": "FindHazard DismissSignal",
}
"""Role -> commands; finding is open to everybody on the roll, also without a role."""

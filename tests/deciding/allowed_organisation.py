"""Who may give which command about organisation, trainings and documents, written out apart from the code."""

from __future__ import annotations

ALLOWED_ORGANISATION = {
    "administrator": (
        "RegisterDepartment RenameDepartment CloseDepartment RegisterPost ClosePost RegisterDocument "
        "IssueDocumentVersion WithdrawDocument"
    ),
    "principal": (
        "RegisterDepartment RenameDepartment CloseDepartment RegisterPost ClosePost RegisterDocument "
        "IssueDocumentVersion WithdrawDocument AppointToPost EndAppointment HandOverPost RecordAbsence EndAbsence "
        "FormLeadingGroup NameCoordinator JoinGroup LeaveGroup FormSpecialGroup DissolveSpecialGroup "
        "AssignRiskControl AdoptWorkPlan AdoptRoleTasks EngageParty EngageStaff ReleaseStaff EndEngagement "
        "RecordTraining"
    ),
    "safety_officer": (
        "RegisterDepartment RenameDepartment CloseDepartment RegisterPost ClosePost RegisterDocument "
        "IssueDocumentVersion WithdrawDocument AppointToPost EndAppointment HandOverPost RecordAbsence EndAbsence "
        "JoinGroup LeaveGroup FormSpecialGroup DissolveSpecialGroup EngageParty EngageStaff ReleaseStaff "
        "EndEngagement RecordTraining"
    ),
    "workshop_lead": "HandOverPost RecordAbsence EndAbsence EngageStaff ReleaseStaff RecordTraining",
}
"""Role -> commands; the other roles give none of them."""

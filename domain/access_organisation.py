"""Which roles may give the commands about organisation, trainings and documents; a part of the table of access."""

from __future__ import annotations

from domain import (
    absences,
    appointments,
    departments,
    documents,
    engagements,
    group_members,
    leading_group,
    posts,
    risk_control,
    role_tasks,
    special_groups,
    trainings,
    work_plan,
)
from domain.language import Command

ADMINISTRATOR = "administrator"
_PRINCIPAL = ("principal",)
_LEADS = ("principal", "safety_officer")
_OFFICE = (ADMINISTRATOR, *_LEADS)
_WORKSHOP = (*_LEADS, "workshop_lead")

ORGANISATION: dict[type[Command], tuple[str, ...]] = {
    departments.RegisterDepartment: _OFFICE,
    departments.RenameDepartment: _OFFICE,
    departments.CloseDepartment: _OFFICE,
    posts.RegisterPost: _OFFICE,
    posts.ClosePost: _OFFICE,
    appointments.AppointToPost: _LEADS,
    appointments.EndAppointment: _LEADS,
    appointments.HandOverPost: _WORKSHOP,
    absences.RecordAbsence: _WORKSHOP,
    absences.EndAbsence: _WORKSHOP,
    leading_group.FormLeadingGroup: _PRINCIPAL,
    leading_group.NameCoordinator: _PRINCIPAL,
    group_members.JoinGroup: _LEADS,
    group_members.LeaveGroup: _LEADS,
    special_groups.FormSpecialGroup: _LEADS,
    special_groups.DissolveSpecialGroup: _LEADS,
    risk_control.AssignRiskControl: _PRINCIPAL,
    work_plan.AdoptWorkPlan: _PRINCIPAL,
    role_tasks.AdoptRoleTasks: _PRINCIPAL,
    engagements.EngageParty: _LEADS,
    engagements.EngageStaff: _WORKSHOP,
    engagements.ReleaseStaff: _WORKSHOP,
    engagements.EndEngagement: _LEADS,
    trainings.RecordTraining: _WORKSHOP,
    documents.RegisterDocument: _OFFICE,
    documents.IssueDocumentVersion: _OFFICE,
    documents.WithdrawDocument: _OFFICE,
}
"""Command -> roles that may give it."""

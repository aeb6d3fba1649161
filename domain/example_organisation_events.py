"""One whole example of every event about organisation, trainings and documents: what the example commands record."""

from __future__ import annotations

from domain.absences import AbsenceEnded, AbsenceRecorded
from domain.appointments import AppointmentEnded, PersonAppointed, PostHandedOver
from domain.departments import DepartmentClosed, DepartmentRegistered, DepartmentRenamed
from domain.documents import DocumentRegistered, DocumentVersionIssued, DocumentWithdrawn
from domain.engagements import EngagementEnded, PartyEngaged, StaffEngaged, StaffReleased
from domain.group_members import MemberJoined, MemberLeft
from domain.language import Event
from domain.leading_group import CoordinatorNamed, LeadingGroupFormed
from domain.posts import PostClosed, PostRegistered
from domain.risk_control import RiskControlAssigned
from domain.role_tasks import RoleTask, RoleTasksAdopted
from domain.special_groups import SpecialGroupDissolved, SpecialGroupFormed
from domain.trainings import Attended, Read, TrainingRecorded
from domain.work_plan import Responsibility, WorkPlanAdopted

ORGANISATION_EVENTS: tuple[Event, ...] = (
    DepartmentRegistered(department="D-KS", name="矿部", kind="company", parent=None, since="2026-01-05"),
    DepartmentRenamed(was_name="矿部", name="青石岭矿矿部", since="2026-03-01"),
    PostRegistered(
        post="GW-TS",
        name="竖井提升机司机",
        department="D-KS",
        key_post=True,
        dangerous_place=True,
        since="2026-01-08",
    ),
    PersonAppointed(appointment=1, person="P-TEAM", since="2026-01-08", until=None, alongside=()),
    PostHandedOver(
        ended=1,
        person="P-TEAM",
        appointment=2,
        successor="P-WORKER",
        on="2026-03-09",
        until=None,
        remarks="交接操作台、过卷保护试验记录和三项未了事项，双方现场试车确认",
    ),
    AbsenceRecorded(
        absence=1, person="P-WORKER", deputy="P-TEAM", since="2026-03-25", until="2026-04-05", reason="休假"
    ),
    AbsenceEnded(
        absence=1,
        person="P-WORKER",
        deputy="P-TEAM",
        since="2026-03-25",
        until="2026-03-30",
        was_until="2026-04-05",
        reason="提前返岗",
    ),
    LeadingGroupFormed(head="P-PRINCIPAL", since="2026-01-08"),
    CoordinatorNamed(naming=1, department="D-KS", person=None, since="2026-01-08", replaces=None),
    MemberJoined(membership=1, person="P-PRINCIPAL", kind="head", since="2026-01-08"),
    SpecialGroupFormed(
        name="提升运输专业组", kind="by_process", of="竖井提升", head="P-WORKSHOP", since="2026-03-24"
    ),
    MemberLeft(
        membership=3,
        person="P-WORKSHOP",
        kind="technical",
        since="2026-01-08",
        until="2026-03-26",
        lacking=(),
        reason="由 P-DEPUTY 接替",
    ),
    RiskControlAssigned(
        assignment=1, department="D-KS", person="P-SAFETY", since="2026-01-08", replaces=None
    ),
    WorkPlanAdopted(
        version="2026-1",
        since="2026-03-25",
        objectives="2026年6月底前完成全员风险辨识，重大风险、重大隐患管控治理到位",
        content="单元划分、辨识、评估、分级管控、风险公告、四色图、隐患闭环、信息化",
        responsible=(Responsibility(department="D-KS", task="组织协调、进度督办和资料归档"),),
        safeguards="领导小组每月例会；纳入安全绩效考核",
        schedule="一季度部署培训，二季度辨识评估，三季度管控运行，四季度总结验收",
        requirements="全员参与，一线员工为主，不得以外包代替自主辨识",
        coordination="协调部门每周汇总，跨部门事项由领导小组裁定",
        budget="安全生产费用列支12万元，专款专用",
    ),
    RoleTasksAdopted(
        version="2026-1",
        since="2026-03-25",
        tasks=(
            RoleTask(
                role="main_responsible_person",
                range="全矿",
                task="每月组织一次综合检查，审定重大隐患治理方案",
                of=None,
            ),
            RoleTask(role="deputy_in_charge", range="分管系统", task="每半月检查一次，督办限期整改", of=None),
            RoleTask(role="department", range="本部门", task="每周排查，登记并治理一般隐患", of="D-KS"),
            RoleTask(role="post", range="本岗位", task="班前班中排查，发现即报", of="GW-TS"),
        ),
    ),
    DocumentRegistered(document="WJ-TSJ", kind="rule", title="竖井提升机操作规程", number="QSL-AQ-07"),
    DocumentVersionIssued(
        version="第3版",
        valid_from="2026-02-01",
        supersedes=None,
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        place="安全环保科档案柜 3 号，电子版在矿内文件服务器",
        remark="",
    ),
    PartyEngaged(
        kind="contractor",
        name="北山井巷工程有限公司（示例）",
        task="二中段斜坡道掘进",
        since="2026-03-01",
        until="2026-12-31",
    ),
    StaffEngaged(
        assignment=1, person="P-CONTRACTOR", kind="contractor", since="2026-03-01", until="2026-12-31"
    ),
    TrainingRecorded(
        title="双重预防机制与提升岗位风险培训",
        day="2026-03-27",
        hours="3.5",
        topics=("risk_management", "identification_and_assessment", "dual_prevention", "post_risks"),
        attendees=(
            Attended(person="P-PRINCIPAL", audience="main_responsible_person"),
            Attended(person="P-WORKSHOP", audience="manager"),
            Attended(person="P-WORKER", audience="employee"),
            Attended(person="P-CONTRACTOR", audience="contractor_manager"),
            Attended(person="P-DRILLER", audience="contractor_worker"),
        ),
        read=(
            Read(kind="document", code="WJ-TSJ", version="第3版"),
            Read(kind="card", code="GW-TS", version="2026-03"),
        ),
        trainer="P-EXPERT",
        remark="",
    ),
    StaffReleased(
        assignment=2,
        person="P-DRILLER",
        since="2026-03-16",
        until="2026-03-30",
        was_until="2026-12-31",
        reason="调往其他工程",
    ),
    EngagementEnded(until="2026-06-30", was_until="2026-12-31", reason="工程提前完工"),
    DocumentWithdrawn(until="2026-10-01", reason="竖井停止提人，规程废止"),
    SpecialGroupDissolved(until="2026-04-01", reason="竖井提升评估已完成"),
    AppointmentEnded(
        appointment=2,
        person="P-WORKER",
        since="2026-03-09",
        until="2026-10-01",
        was_until=None,
        reason="竖井停止提人",
    ),
    PostClosed(until="2026-10-01", reason="竖井停止提人，岗位撤销"),
    DepartmentClosed(until="2026-12-31", reason="机构改革，并入公司本部"),
)
"""In the order in which the examples of ``domain/example_organisation.py`` record them."""

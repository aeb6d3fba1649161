"""The example mine's organisation: one whole example of every command about departments, posts, groups and papers.

Each entry is (command, who gives it, when it happened in China to the minute, its fields); ``domain/examples.py``
makes them whole lines of a batch. They follow upon the examples there.
"""

from __future__ import annotations

BODY, DEPARTMENT, POST, GROUP = "KS-01", "D-KS", "GW-TS", "ZYZ-TS"
ENGAGEMENT, DOCUMENT = "WB-2026-01", "WJ-TSJ"

Entry = tuple[str, str, str, dict[str, object]]

_POSTS: tuple[Entry, ...] = (
    (
        "RegisterDepartment",
        "P-ADMIN",
        "2026-03-24T09:00",
        {"body": BODY, "department": DEPARTMENT, "name": "矿部", "kind": "company", "since": "2026-01-05"},
    ),
    (
        "RenameDepartment",
        "P-ADMIN",
        "2026-03-24T09:05",
        {"body": BODY, "department": DEPARTMENT, "name": "青石岭矿矿部", "since": "2026-03-01"},
    ),
    (
        "RegisterPost",
        "P-SAFETY",
        "2026-03-24T09:10",
        {
            "body": BODY,
            "post": POST,
            "name": "竖井提升机司机",
            "department": DEPARTMENT,
            "key_post": True,
            "dangerous_place": True,
            "since": "2026-01-08",
        },
    ),
    (
        "AppointToPost",
        "P-SAFETY",
        "2026-03-24T09:20",
        {"body": BODY, "post": POST, "person": "P-TEAM", "since": "2026-01-08"},
    ),
    (
        "HandOverPost",
        "P-SAFETY",
        "2026-03-24T09:30",
        {
            "body": BODY,
            "post": POST,
            "person": "P-TEAM",
            "successor": "P-WORKER",
            "on": "2026-03-09",
            "remarks": "交接操作台、过卷保护试验记录和三项未了事项，双方现场试车确认",
        },
    ),
    (
        "RecordAbsence",
        "P-WORKSHOP",
        "2026-03-24T10:00",
        {
            "body": BODY,
            "post": POST,
            "person": "P-WORKER",
            "deputy": "P-TEAM",
            "since": "2026-03-25",
            "until": "2026-04-05",
            "reason": "休假",
        },
    ),
)

_GROUPS: tuple[Entry, ...] = (
    (
        "FormLeadingGroup",
        "P-PRINCIPAL",
        "2026-03-24T14:00",
        {
            "body": BODY,
            "coordinator": DEPARTMENT,
            "members": [
                {"person": "P-PRINCIPAL", "kind": "head"},
                {"person": "P-SAFETY", "kind": "safety_manager"},
                {"person": "P-WORKSHOP", "kind": "technical"},
                {"person": "P-EXPERT", "kind": "expert"},
            ],
            "since": "2026-01-08",
        },
    ),
    (
        "NameCoordinator",
        "P-PRINCIPAL",
        "2026-03-24T14:05",
        {"body": BODY, "department": DEPARTMENT, "person": "P-SAFETY", "since": "2026-03-24"},
    ),
    (
        "FormSpecialGroup",
        "P-SAFETY",
        "2026-03-24T14:10",
        {
            "body": BODY,
            "group": GROUP,
            "name": "提升运输专业组",
            "kind": "by_process",
            "of": "竖井提升",
            "members": [
                {"person": "P-WORKSHOP", "kind": "head"},
                {"person": "P-TEAM", "kind": "technical"},
            ],
        },
    ),
    (
        "JoinGroup",
        "P-PRINCIPAL",
        "2026-03-25T09:00",
        {"body": BODY, "person": "P-DEPUTY", "kind": "technical", "since": "2026-03-25"},
    ),
    (
        "LeaveGroup",
        "P-PRINCIPAL",
        "2026-03-25T09:10",
        {"body": BODY, "person": "P-WORKSHOP", "until": "2026-03-26", "reason": "由 P-DEPUTY 接替"},
    ),
    (
        "AssignRiskControl",
        "P-PRINCIPAL",
        "2026-03-25T09:20",
        {"body": BODY, "department": DEPARTMENT, "person": "P-SAFETY", "since": "2026-01-08"},
    ),
    (
        "AdoptWorkPlan",
        "P-PRINCIPAL",
        "2026-03-25T10:00",
        {
            "body": BODY,
            "version": "2026-1",
            "objectives": "2026年6月底前完成全员风险辨识，重大风险、重大隐患管控治理到位",
            "content": "单元划分、辨识、评估、分级管控、风险公告、四色图、隐患闭环、信息化",
            "responsible": [{"department": DEPARTMENT, "task": "组织协调、进度督办和资料归档"}],
            "safeguards": "领导小组每月例会；纳入安全绩效考核",
            "schedule": "一季度部署培训，二季度辨识评估，三季度管控运行，四季度总结验收",
            "requirements": "全员参与，一线员工为主，不得以外包代替自主辨识",
            "coordination": "协调部门每周汇总，跨部门事项由领导小组裁定",
            "budget": "安全生产费用列支12万元，专款专用",
        },
    ),
    (
        "AdoptRoleTasks",
        "P-PRINCIPAL",
        "2026-03-25T10:30",
        {
            "body": BODY,
            "version": "2026-1",
            "tasks": [
                {
                    "role": "main_responsible_person",
                    "range": "全矿",
                    "task": "每月组织一次综合检查，审定重大隐患治理方案",
                },
                {"role": "deputy_in_charge", "range": "分管系统", "task": "每半月检查一次，督办限期整改"},
                {
                    "role": "department",
                    "range": "本部门",
                    "task": "每周排查，登记并治理一般隐患",
                    "of": DEPARTMENT,
                },
                {"role": "post", "range": "本岗位", "task": "班前班中排查，发现即报", "of": POST},
            ],
        },
    ),
)

_PAPERS: tuple[Entry, ...] = (
    (
        "RegisterDocument",
        "P-SAFETY",
        "2026-03-26T09:00",
        {
            "body": BODY,
            "document": DOCUMENT,
            "kind": "rule",
            "title": "竖井提升机操作规程",
            "number": "QSL-AQ-07",
        },
    ),
    (
        "IssueDocumentVersion",
        "P-SAFETY",
        "2026-03-26T09:05",
        {
            "body": BODY,
            "document": DOCUMENT,
            "version": "第3版",
            "valid_from": "2026-02-01",
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "place": "安全环保科档案柜 3 号，电子版在矿内文件服务器",
        },
    ),
    (
        "EngageParty",
        "P-SAFETY",
        "2026-03-26T10:00",
        {
            "body": BODY,
            "engagement": ENGAGEMENT,
            "kind": "contractor",
            "name": "北山井巷工程有限公司（示例）",
            "task": "二中段斜坡道掘进",
            "staff": ["P-CONTRACTOR"],
            "since": "2026-03-01",
            "until": "2026-12-31",
        },
    ),
    (
        "EngageStaff",
        "P-SAFETY",
        "2026-03-26T10:10",
        {"body": BODY, "engagement": ENGAGEMENT, "staff": ["P-DRILLER"], "since": "2026-03-16"},
    ),
    (
        "RecordTraining",
        "P-WORKSHOP",
        "2026-03-27T17:00",
        {
            "body": BODY,
            "training": "PX-2026-01",
            "title": "双重预防机制与提升岗位风险培训",
            "day": "2026-03-27",
            "hours": "3.5",
            "topics": ["risk_management", "identification_and_assessment", "dual_prevention", "post_risks"],
            "attendees": [
                {"person": "P-PRINCIPAL", "audience": "main_responsible_person"},
                {"person": "P-WORKSHOP", "audience": "manager"},
                {"person": "P-WORKER", "audience": "employee"},
                {"person": "P-CONTRACTOR", "audience": "contractor_manager"},
                {"person": "P-DRILLER", "audience": "contractor_worker"},
            ],
            "documents": [{"document": DOCUMENT, "version": "第3版"}],
            "cards": [{"post": POST, "version": "2026-03"}],
            "trainer": "P-EXPERT",
        },
    ),
)

_ENDS: tuple[Entry, ...] = (
    (
        "EndAbsence",
        "P-WORKSHOP",
        "2026-03-30T08:00",
        {"body": BODY, "post": POST, "person": "P-WORKER", "until": "2026-03-30", "reason": "提前返岗"},
    ),
    (
        "ReleaseStaff",
        "P-SAFETY",
        "2026-03-30T09:00",
        {"body": BODY, "engagement": ENGAGEMENT, "person": "P-DRILLER", "reason": "调往其他工程"},
    ),
    (
        "EndEngagement",
        "P-SAFETY",
        "2026-03-30T09:10",
        {"body": BODY, "engagement": ENGAGEMENT, "until": "2026-06-30", "reason": "工程提前完工"},
    ),
    (
        "WithdrawDocument",
        "P-SAFETY",
        "2026-03-30T09:20",
        {"body": BODY, "document": DOCUMENT, "until": "2026-10-01", "reason": "竖井停止提人，规程废止"},
    ),
    (
        "DissolveSpecialGroup",
        "P-SAFETY",
        "2026-03-30T09:30",
        {"body": BODY, "group": GROUP, "until": "2026-04-01", "reason": "竖井提升评估已完成"},
    ),
    (
        "EndAppointment",
        "P-SAFETY",
        "2026-03-31T09:00",
        {"body": BODY, "post": POST, "person": "P-WORKER", "until": "2026-10-01", "reason": "竖井停止提人"},
    ),
    (
        "ClosePost",
        "P-SAFETY",
        "2026-03-31T09:10",
        {"body": BODY, "post": POST, "until": "2026-10-01", "reason": "竖井停止提人，岗位撤销"},
    ),
    (
        "CloseDepartment",
        "P-ADMIN",
        "2026-03-31T10:00",
        {"body": BODY, "department": DEPARTMENT, "until": "2026-12-31", "reason": "机构改革，并入公司本部"},
    ),
)

ORGANISATION: tuple[Entry, ...] = (*_POSTS, *_GROUPS, *_PAPERS, *_ENDS)
"""In an order in which all are accepted after the examples of ``domain/examples.py``."""

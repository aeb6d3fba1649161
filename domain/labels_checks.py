"""What a person reads for the identifiers of checklists, inspections and evidence, in Chinese and in English."""

from __future__ import annotations

CHECKS: dict[str, tuple[str, str]] = {
    "version": ("版本", "version"),
    "checklist": ("检查清单", "checklist"),
    "checklist_item": ("检查项", "checklist item"),
    "rounds": ("检查安排", "assigned rounds"),
    "inspection": ("检查", "inspection"),
    "inspector": ("检查人", "inspector"),
    "evidence": ("证据", "evidence"),
    "tier": ("管理层级", "tier"),
    "reason": ("原因", "reason"),
    # tiers and periods
    "P1D": ("每日", "daily"),
    "P7D": ("每周", "weekly"),
    "P1M": ("每月", "monthly"),
    "P3M": ("每季度", "quarterly"),
    "P6M": ("每半年", "half-yearly"),
    "P1Y": ("每年", "yearly"),
    # answers
    "pass": ("符合", "pass"),
    "fail": ("不符合", "fail"),
    "not_applicable": ("不适用", "not applicable"),
    "not_looked_at": ("未查看", "not looked at"),
    # methods and aspects of a check
    "record_review": ("查阅资料", "reviewing records"),
    "sampling": ("抽查", "sampling"),
    "on_site_examination": ("现场考问", "examining people on site"),
    "risk_awareness": ("风险管控意识", "awareness of risk control"),
    "post_risk_recognition": ("岗位风险辨识", "recognition of post risks"),
    "measure_implementation": ("措施落实", "implementation of measures"),
    # steps of an inspection
    "inspection_unknown": ("未登记", "not registered"),
    "inspection_planned": ("待检查", "planned"),
    "inspection_started": ("检查中", "under way"),
    "inspection_missed_planned": (
        "期内未检查，仍可补检",
        "missed: its last day passed, it may still be made",
    ),
    "inspection_missed_started": (
        "期内未完成，仍在检查",
        "missed: its last day passed, it is still under way",
    ),
    "inspection_completed": ("已完成", "completed"),
    # where checklists and controls part
    "not_listed": ("措施没有检查项", "no item checks it"),
    "not_in_force": ("措施已不在用", "its control is no longer in force"),
    "says_otherwise": ("措施内容已变更", "its control says otherwise now"),
    # visits of authorities
    "visit": ("监督检查", "visit of an authority"),
    "visited": ("已检查", "visited"),
    "visit_answered": ("已报告整改", "answered"),
    "order_of_authority": ("限期整改要求", "order"),
    "findings": ("检查发现", "findings"),
    "finding": ("检查发现", "finding"),
    "scheduled": ("计划检查", "by schedule"),
    "drawn": ("双随机抽查", "drawn at random"),
    "on_report": ("举报核查", "on report"),
    "follow_up": ("复查", "follow-up"),
    "sector_department": ("行业主管部门", "sector department"),
    # files
    "deposited": ("已存入", "deposited"),
    "held": ("完好", "held"),
    "damaged": ("已损坏", "damaged"),
    "not_there": ("缺失", "missing"),
    "not_deposited": ("从未存入", "never deposited"),
    "erased": ("已删除", "erased"),
    "erased_still_there": ("应删未删", "erased, and still there"),
    "not_recorded": ("未登记", "not on record"),
    # one round beside the one before it
    "item_first": ("首次检查", "first round"),
    "item_new": ("新增检查项", "new item"),
    "item_gone": ("已无此项", "no longer there"),
    "item_same": ("相同", "the same"),
    "item_same_failure": ("仍不符合", "still failing"),
    "item_worse": ("变差", "worse"),
    "item_better": ("已改善", "better"),
    "item_other": ("不同", "otherwise"),
}
"""Identifier -> Chinese and English."""

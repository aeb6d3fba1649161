"""The labels of everything about the controls of risks; a part of those of ``domain.labels``."""

from __future__ import annotations

CONTROLS: dict[str, tuple[str, str]] = {
    # steps of a control
    "proposed": ("已提出", "proposed"),
    "reviewed": ("已论证", "reviewed"),
    "review_failed": ("论证未通过", "failed in review"),
    "adopted": ("已采取", "adopted"),
    "withdrawn": ("已撤回", "withdrawn"),
    # parts somebody took, and parts of a control
    "proposer": ("提出人", "proposer"),
    "colour_policy": ("四色差异化管控要求", "policy by colour"),
    "consulted": ("征求意见的人员", "somebody else who was asked"),
    "means": ("降低风险的方式", "means of reduction"),
    "order": ("落实顺序", "place in the order"),
    "check": ("检查要求", "check"),
    "assignment": ("分级管控责任", "assignment"),
    "proven": ("已证实", "proven"),
    "not_proven": ("未证实", "not proven"),
    # aspects
    "regulation": ("制度", "rules"),
    "technology": ("技术", "technology"),
    "emergency": ("应急", "emergency"),
    # means
    "eliminate": ("消除", "eliminate"),
    "terminate": ("终止", "terminate"),
    "substitute": ("替代", "substitute"),
    "isolate": ("隔离", "isolate"),
    "rebuild": ("改造", "rebuild"),
    "repair": ("维修", "repair"),
    "personal_protection": ("个体防护", "personal protection"),
    "manage": ("管理", "manage"),
    "monitor": ("监测", "monitor"),
    "educate": ("教育培训", "educate and train"),
    "management_rules": ("管理制度", "rules of management"),
    "education": ("教育培训", "education and training"),
    # what a control builds on, and what carries it
    "procedure": ("规程、制度", "procedure"),
    "existing_measure": ("现有措施", "existing measure"),
    "sensor": ("监测点", "sensor"),
    "interlock": ("联锁", "interlock"),
    # what may be missing
    "uncontrollable": ("无法管控", "uncontrollable"),
    "reassessment_proposed": ("建议重新评估", "reassessment proposed"),
    "out_of_control": ("已宣布无法管控", "declared uncontrollable"),
    "no_control": ("没有措施", "no control"),
    "only_lower_layers": ("只有较低层次措施", "lower layers only"),
    "control_aspects_missing": ("四个方面未齐", "not from all four aspects"),
    "one_tier": ("未多级联合管控", "fewer than two tiers"),
    "lower_tiers_missing": ("下级未同时负责", "lower tiers missing"),
    "not_assigned": ("无人负责", "nobody answers"),
    "no_department": ("无责任部门", "no department"),
    "no_person": ("无责任人", "no person"),
    "post_vacant": ("岗位无人", "post held by nobody"),
    "department_closed": ("责任部门已撤销", "department closed"),
    "not_checked": ("未规定检查", "no check said"),
    "builds_on_nothing": ("未写明依据", "builds on nothing"),
    "waits_for_review": ("待论证或采取", "waits for review or adoption"),
    "colour_tiers": ("未达颜色要求的层级", "tiers short of the colour's"),
    "colour_check": ("检查少于颜色要求", "checked less often than the colour demands"),
    # how often it is checked
    "shift": ("每班", "every shift"),
    "day": ("每日", "daily"),
    "week": ("每周", "weekly"),
    "month": ("每月", "monthly"),
    "quarter": ("每季", "quarterly"),
    "year": ("每年", "yearly"),
}
"""Identifier -> Chinese, English."""

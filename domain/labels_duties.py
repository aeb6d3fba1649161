"""What a person reads for the identifiers of duties, in Chinese and in English; a part of the labels."""

from __future__ import annotations

DUTIES: dict[str, tuple[str, str]] = {
    # steps and marks of a duty; "open", "answered", "fell_due" and "overdue" stand with the other steps
    "waived": ("已免除", "waived"),
    "superseded": ("已被替代", "superseded"),
    "missed": ("本期未办", "missed"),
    "coming": ("将到期", "coming"),
    "due_today": ("今日到期", "due today"),
    # parts somebody took
    "owing_person": ("应办人", "who owes it"),
    "answerer": ("办结报告人", "who reported it done"),
    # rules that raise duties
    "rectification": ("隐患整改", "rectification of a hazard"),
    "assigned": ("人工交办", "assigned by a person"),
    "duty-escalation": ("逾期上报", "escalation of overdue duties"),
    "tier": ("管理层级", "tier"),
}
"""Identifier -> (Chinese, English)."""

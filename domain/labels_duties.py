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
    # what must hold for a duty to be owed at all
    "major_risk_exists": ("存在重大风险", "a major risk exists"),
    "larger_risk_is_highest": ("最高为较大风险", "the highest risk is a larger one"),
    "only_lower_risks": ("只有一般和低风险", "there are only general and low risks"),
    # what another wording does to a due day
    "moved": ("改期", "moved"),
    "added": ("新增", "added"),
}
"""Identifier -> (Chinese, English)."""

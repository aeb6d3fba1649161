"""Headings of the columns about changes, in Chinese and in English."""

from __future__ import annotations

CHANGES: dict[str, tuple[str, str]] = {
    "change_what": ("变更内容", "what"),
    "starts": ("开始", "starts"),
    "ends": ("结束", "ends"),
    "brought_by": ("来源", "brought by"),
    "to_assess": ("待评估", "to be assessed"),
    "proposals": ("建议待确认", "proposed"),
    "touched": ("触及风险", "risks touched"),
    "risk_name": ("风险名称", "name of the risk"),
    "paths": ("影响路径", "paths"),
    "change_code": ("变更", "change"),
    "change_step": ("状态", "step"),
    "touched_step": ("进展", "how far"),
    "ground_given": ("理由", "why"),
    "owed_role": ("责任角色", "owed by"),
}
"""Column -> Chinese, English."""

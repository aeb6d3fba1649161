"""Headings of the columns about controls, who answers for them, and the tables of the Nanjing plan as printed there."""

from __future__ import annotations

CONTROLS: dict[str, tuple[str, str]] = {
    "gravest": ("其中最重的", "the gravest of them"),
    "five_kinds": ("五类措施", "of the five kinds"),
    "warning": ("警示", "warning"),
    "seq": ("序号", "no"),
    "main_unit": ("主单元", "main unit"),
    "sub_unit": ("分单元", "sub-unit"),
    "child_unit": ("子单元", "child unit"),
    "leaf_unit": ("岗位（设备设施、作业活动）单元", "post (equipment, activity) unit"),
    "hazardous_factor": ("危险有害因素", "hazardous factor"),
    "accident_type": ("事故类型", "accident type"),
    "likelihood": ("可能性", "likelihood"),
    "severity": ("严重性", "severity"),
    "existing_measure_effectiveness": ("现有措施有效性", "effectiveness of existing measures"),
    "risk_level": ("安全风险等级", "risk level"),
    "control_measures": ("管控措施", "control measures"),
    "responsible_department": ("责任部门", "responsible department"),
    "responsible_person": ("责任人", "responsible person"),
    "tier": ("管控层级", "tier"),
    "control": ("措施编号", "control"),
    "measure": ("管控措施", "measure"),
    "layer": ("层次", "layer"),
    "aspect": ("方面", "aspect"),
    "order": ("落实顺序", "place"),
    "company": ("公司", "company"),
    "workshop": ("车间", "workshop"),
    "post": ("岗位", "post"),
    "characteristics": ("区域特点", "characteristics"),
    "measures": ("针对性措施", "targeted measures"),
    "check": ("至少检查", "checked at least"),
    "adopt_by": ("批准采取", "adopted by one of"),
    "step_since": ("自", "since"),
}
"""Column -> Chinese, English."""

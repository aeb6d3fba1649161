"""Headings of the columns that tables show, in Chinese and in English."""

from __future__ import annotations

from domain.labels import Lang

COLUMNS: dict[str, tuple[str, str]] = {
    "body": ("责任单位", "body"),
    "code": ("编号", "code"),
    "name": ("名称", "name"),
    "kind": ("类别", "kind"),
    "area": ("行政区划", "area"),
    "sector": ("行业", "sector"),
    "classes": ("高风险类别", "classes"),
    "packs": ("已采用规则包", "rule packs"),
    "unit": ("评估单元", "unit"),
    "parent": ("上级单元", "parent"),
    "depth": ("层级", "depth"),
    "path": ("路径", "path"),
    "person": ("人员", "person"),
    "role": ("角色", "role"),
    "since": ("自", "from"),
    "until": ("至", "until"),
    "risk": ("安全风险", "risk"),
    "level": ("风险等级", "level"),
    "colour": ("颜色", "colour"),
    "score": ("得分", "score"),
    "method": ("方法", "method"),
    "version": ("版本", "version"),
    "standing": ("状态", "standing"),
    "step": ("环节", "step"),
    "controls": ("管控措施", "controls"),
    "control_count": ("措施数", "controls"),
    "assessed_at": ("评估时间", "assessed at"),
    "hazard": ("隐患", "hazard"),
    "title": ("名称", "title"),
    "grade": ("等级", "grade"),
    "due": ("期限", "due"),
    "responsible": ("责任人", "responsible"),
    "owed_by": ("责任人", "owed by"),
    "rule": ("规则", "rule"),
    "subject": ("事项", "subject"),
    "opening": ("次", "opening"),
    "round": ("轮", "round"),
    "overdue": ("曾逾期", "was overdue"),
    "days_late": ("逾期天数", "days late"),
    "days_late_recorded": ("按记录时间逾期天数", "days late as recorded"),
    "position": ("记录", "record"),
    "happened_at": ("发生时间", "happened at"),
    "recorded_at": ("记录时间", "recorded at"),
    "by": ("操作人", "by"),
    "sentence": ("内容", "what happened"),
    "citation": ("依据", "under"),
    "projection": ("视图", "projection"),
    "lag": ("落后", "lag"),
    "head": ("日志末位", "head"),
    "equal": ("一致", "equal"),
    "rows": ("行数", "rows"),
    "failed": ("故障", "failed"),
    "title_zh": ("名称", "title (zh)"),
    "source": ("来源", "source"),
    "verified": ("核实", "verified"),
    "cited": ("依据", "citation"),
    "generation": ("代", "generation"),
}


def column(name: str, lang: Lang) -> str:
    """The heading of a column, or its name where none was given."""
    pair = COLUMNS.get(name)
    if pair is None:
        return name.replace("_", " ")
    return pair[0] if lang == "zh" else pair[1]

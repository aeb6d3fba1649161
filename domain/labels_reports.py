"""What a person reads for the identifiers of reports; a part of the labels."""

from __future__ import annotations

REPORTS: dict[str, tuple[str, str]] = {
    "periodic_report": ("报送报告", "report"),
    "report_period": ("报告期", "period of a report"),
    "compiler": ("编制人", "compiler"),
    "corrections": ("更正内容", "corrections"),
    "no_rule_asks": ("没有规则要求", "no rule asks for it"),
    "compiled": ("已编制", "compiled"),
    "submitted": ("已报送", "submitted"),
    "acknowledged": ("已签收", "acknowledged"),
    "returned": ("已退回", "returned"),
    "addendum": ("更正说明", "addendum"),
    "supervising_department": ("监督管理部门", "supervising department"),
    "sector_department": ("行业主管部门", "sector department"),
}
"""Identifier -> Chinese, English."""

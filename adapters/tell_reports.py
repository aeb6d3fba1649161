"""The sentences of records about reports; a part of those of ``adapters.tell``."""

from __future__ import annotations

REPORTS: dict[str, tuple[str, str]] = {
    "report-compiled.1": (
        "编制{kind}（{period}，第 {edition} 稿），反映截至 {as_of} 的情况，依据第 {position} 条及以前的记录；模板 {template}；内容指纹 {content}",
        "compiled the {kind} for {period} (edition {edition}): the state of {as_of} as known by record {position}; template {template}; fingerprint {content}",
    ),
    "report-approved.1": (
        "审批通过第 {edition} 稿（编制人 {compiled_by}）。{remark}",
        "approved edition {edition}, which {compiled_by} compiled. {remark}",
    ),
    "report-submitted.1": (
        "第 {edition} 稿报送{to}（{reference}）；期限 {due}，逾期 {days_late} 天",
        "submitted edition {edition} to the {to} ({reference}); due {due}, {days_late} days late",
    ),
    "report-acknowledged.1": (
        "{acknowledged_by} 签收第 {edition} 稿：{receipt}",
        "{acknowledged_by} acknowledged edition {edition}: {receipt}",
    ),
    "report-returned.1": (
        "{returned_by} 退回第 {edition} 稿：{reason}",
        "{returned_by} sent edition {edition} back: {reason}",
    ),
    "report-corrected.1": (
        "对第 {edition} 稿作更正说明 {addendum}：{reason}；{corrections}",
        "added addendum {addendum} to edition {edition}: {reason}; {corrections}",
    ),
}
"""Stored kind -> sentence in Chinese and in English."""

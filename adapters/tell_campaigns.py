"""The sentences of records about special campaigns; a part of those of ``adapters.tell``."""

from __future__ import annotations

CAMPAIGNS: dict[str, tuple[str, str]] = {
    "campaign-announced.1": (
        "记录 {authority} 的专项整治通知“{title}”（{number}，{starts} 至 {ends}）：{what}；范围 {scope}；材料 {evidence}",
        "recorded the campaign '{title}' of {authority} ({number}, {starts} to {ends}): {what}; scope {scope}; papers {evidence}",
    ),
    "campaign-ended.1": (
        "专项整治于 {on} 结束：{reason}（{remark}）",
        "the campaign ended on {on}: {reason} ({remark})",
    ),
}
"""Stored kind -> (Chinese, English)."""

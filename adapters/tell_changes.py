"""The sentences of records about changes; a part of those of ``adapters.tell``."""

from __future__ import annotations

CHANGES: dict[str, tuple[str, str]] = {
    "change-reported.1": (
        "报告变更（{kind}，自 {starts} 起，至 {ends}）：{what}；影响范围：{scope}；来源：{cause}。{remark}",
        "reported a change ({kind}, from {starts}, until {ends}): {what}; scope: {scope}; cause: {cause}. {remark}",
    ),
    "change-resolved.1": (
        "按截至位置 {at_position} 的记录查明受影响风险（第 {number} 次）：{risks}；由“{owed_by}”于 {due} 前重新评估（仅为建议：{proposed}）",
        (
            "resolved the risks that it touches by the records up to {at_position} (time {number}): {risks}; the role "
            "{owed_by} owes their assessment by {due} (only proposed: {proposed})"
        ),
    ),
    "change-risks-taken.1": (
        "{taken_by} 将风险 {risks} 纳入；由“{owed_by}”于 {due} 前重新评估",
        "{taken_by} took the risks {risks} in; the role {owed_by} owes their assessment by {due}",
    ),
    "change-risk-excluded.1": (
        "{excluded_by} 将风险 {risk} 排除在外：{reason}（此前应评估：{owed}）",
        "{excluded_by} left the risk {risk} out: {reason} (an assessment was owed: {owed})",
    ),
    "change-risk-settled.1": (
        "风险 {risk} 已了结（{how}，位置 {assessment} 的记录，{done_by}，记录于 {recorded_on}；此前应评估：{owed}）",
        (
            "the risk {risk} is settled ({how}; the record at {assessment}, by {done_by}, recorded on {recorded_on}; "
            "an assessment was owed: {owed})"
        ),
    ),
    "change-ended.1": (
        "变更（{kind}）自 {ended_at} 结束：{reason}；来源：{cause}；影响范围：{scope}；涉及风险：{risks}",
        (
            "the change ({kind}) is over since {ended_at}: {reason}; cause: {cause}; scope: {scope}; "
            "risks it had reached: {risks}"
        ),
    ),
    "change-closed.1": (
        "变更关闭；{closed_by} 说明理由：{reason}；尚未评估的风险：{left}；由“{measures_by}”于 {measures_due} 前制定实施新的管控措施",
        (
            "the change is closed; {closed_by} says why: {reason}; risks still owed an assessment: {left}; "
            "the role {measures_by} owes new measures by {measures_due}"
        ),
    ),
}
"""Stored kind -> sentence in Chinese and in English."""

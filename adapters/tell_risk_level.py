"""The sentences of records about the level of a risk and the methods that give it; a part of those of ``adapters.tell``."""

from __future__ import annotations

RISK_LEVEL: dict[str, tuple[str, str]] = {
    "risk-assessed.1": (
        "按 {method} {version} 首次评估（{rating}），得分 {score}，计算等级“{computed}”，所给等级“{level}”",
        "assessed it for the first time ({rating}) by {method} {version}: score {score}, computed {computed}, given {level}",
    ),
    "risk-reassessed.1": (
        "按 {method} {version} 重新评估（{rating}，{why}），得分 {score}，计算等级“{computed}”，等级由“{was}”改为“{level}”，待批准：{waits}",
        "reassessed it ({rating}, {why}) by {method} {version}: score {score}, computed {computed}, level {was} -> {level}, waits for approval: {waits}",
    ),
    "lowering-approved.1": (
        "{approved_by} 批准第 {number} 项等级下调：“{was}”改为“{level}”。{remark}",
        "{approved_by} approved the lower level of entry {number}: {was} -> {level}. {remark}",
    ),
    "lowering-rejected.1": (
        "{rejected_by} 不批准第 {number} 项等级下调，等级仍为“{level}”。{remark}",
        "{rejected_by} rejected the lower level of entry {number}: {level} stands. {remark}",
    ),
    "method-adopted.1": (
        "采用评价方法 {method} {version}（{title}），自 {since} 起；等级对应：{levels}",
        "adopted the method {method} {version} ({title}) from {since}; its levels: {levels}",
    ),
    "own-method-adopted.1": (
        "采用本单位自定的评价方法 {method} {version}“{title}”（{kind}），自 {since} 起。{basis}",
        "adopted a method of the body's own making, {method} {version} '{title}' ({kind}), from {since}. {basis}",
    ),
    "method-chosen.1": (
        "选定以方法 {method} 为准（待批准：{waits}）：等级“{was}”改为“{level}”。{reason}",
        "chose the method {method} to count (waits for approval: {waits}): level {was} -> {level}. {reason}",
    ),
}
"""Stored kind -> sentence in Chinese and in English."""

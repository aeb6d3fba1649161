"""The sentences of what goes on beside a hazard's loop, of its short path and of its other ends; a part of ``tell``."""

from __future__ import annotations

HAZARDS: dict[str, tuple[str, str]] = {
    "hazard-found.1": (
        "{found_by} 发现隐患“{title}”：{description}",
        "{found_by} found the hazard '{title}': {description}",
    ),
    "hazard-regraded.1": (
        "隐患等级由“{was}”改为“{grade}”：{reason}",
        "graded it anew, {was} -> {grade}: {reason}",
    ),
    "hazard-judged.1": (
        "按《{pack}》（{edition}）条目 {item}“{title}”（条文{verified}）判定为“{verdict}”，逐项回答：{answers}。{remark}",
        "judged it under {pack} {edition}, item {item} '{title}' (its text: {verified}): {verdict}; answers: {answers}. {remark}",
    ),
    "major-hazard-filed.1": (
        "向“{authority}”报备重大事故隐患：{content}",
        "filed the major hazard with '{authority}': {content}",
    ),
    "filing-accepted.1": (
        "备案已受理，回执 {receipt}。{remark}",
        "the filing was accepted, receipt {receipt}. {remark}",
    ),
    "filing-returned.1": ("备案被退回：{remark}", "the filing was returned: {remark}"),
    "interim-measure-set.1": (
        "整改前采取临时措施（责任人 {responsible}）：{measure}",
        "set an interim measure ({responsible} sees to it): {measure}",
    ),
    "rectification-progressed.1": ("治理进展：{progress}", "progress of the rectification: {progress}"),
    "hazard-reported.1": (
        "{reported_by} 向“{recipient}”报告治理情况：{content}",
        "{reported_by} reported on it to: {recipient}; {content}",
    ),
    "cause-analysed.1": (
        "原因分析：{cause}；体系缺陷：{system_gap}；逐项纠正：{corrections}",
        "analysed the cause: {cause}; gap in the system: {system_gap}; corrected: {corrections}",
    ),
    "fixed-on-spot.1": (
        "即查即改：{rectified_by} 现场整改，{done}",
        "fixed on the spot by {rectified_by}: {done}",
    ),
    "fix-confirmed.1": (
        "{confirmed_by} 确认现场整改有效并销号：{findings}",
        "{confirmed_by} confirmed what was fixed on the spot, which closes it: {findings}",
    ),
    "fix-rejected.1": (
        "{rejected_by} 不认可现场整改，转为正常治理：{findings}",
        "{rejected_by} rejected what was fixed on the spot; it goes the long way: {findings}",
    ),
    "not-hazard-proposed.1": (
        "{proposed_by} 提出“不属于隐患”：{reason}",
        "{proposed_by} proposed that it is no hazard: {reason}",
    ),
    "not-hazard-confirmed.1": (
        "{confirmed_by} 确认不属于隐患（{proposed_by} 提出）。{remark}",
        "{confirmed_by} confirmed that it is no hazard, as {proposed_by} proposed. {remark}",
    ),
    "not-hazard-refused.1": (
        "{refused_by} 不同意“不属于隐患”的提议（{proposed_by} 提出）。{remark}",
        "{refused_by} refused what {proposed_by} proposed: it is a hazard. {remark}",
    ),
    "duplicate-linked.1": (
        "与隐患 {of} 重复，关联后一并治理：{reason}",
        "linked as a duplicate of {of}, under which it is handled: {reason}",
    ),
    "control-failed.1": (
        "管控措施 {control} 失效第 {times} 次（隐患 {hazard}，{failed_on}）",
        "control {control} failed, time {times} (hazard {hazard}, {failed_on})",
    ),
    "reassessment-proposed.1": (
        "管控措施 {control} 反复失效（隐患 {hazards}），提议重新评估该风险",
        "control {control} failed again and again (hazards {hazards}): a reassessment of the risk is proposed",
    ),
    "signal-dismissed.1": (
        "{dismissed_by} 就隐患 {hazards} 排除该纸面闭环迹象：{reason}",
        "{dismissed_by} dismissed this sign of paper-only closure of {hazards}: {reason}",
    ),
    "duplicate-unlinked.1": ("解除重复关联：{reason}", "no longer linked as a duplicate: {reason}"),
}
"""Stored kind -> sentence in Chinese and in English."""

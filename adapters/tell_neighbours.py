"""The sentences of records about neighbours and declared works; a part of those of ``adapters.tell``."""

from __future__ import annotations

NEIGHBOURS: dict[str, tuple[str, str]] = {
    "neighbour-registered.1": (
        "登记周边单位（居民）“{name}”（{kind}，{place}，本系统单位编号 {known_as}）：可能受影响于{reached_by}",
        "registered the neighbour '{name}' ({kind}, {place}, known here as {known_as}): may be reached by {reached_by}",
    ),
    "neighbour-watch-recorded.1": (
        "{kind}（第 {number} 次，检查机构 {inspected_by}）：{what}；结果：{outcome}；材料 {evidence}",
        "{kind} (number {number}, inspected by {inspected_by}): {what}; outcome: {outcome}; papers {evidence}",
    ),
    "neighbour-ended.1": ("不再列为周边单位（居民）：{reason}", "no longer a neighbour: {reason}"),
    "work-declared.1": (
        "申报{kind}“{title}”（单元 {unit}，{starts} 至 {ends}）：{what}；受影响：{affects}（无影响的理由：{nobody_because}）；{owed_by}应于 {tell_by} 前告知",
        "declared {kind} '{title}' (unit {unit}, {starts} to {ends}): {what}; affected: {affects} (why nobody: {nobody_because}); to be told by {tell_by} by the {owed_by}",
    ),
    "work-neighbour-affected.1": (
        "增列受影响的周边单位 {neighbour}：{reason}；{owed_by}应于 {tell_by} 前告知",
        "{neighbour} is affected too: {reason}; to be told by {tell_by} by the {owed_by}",
    ),
    "work-neighbour-told.1": (
        "{told_by} 以{means}告知 {neighbour}（第 {round} 次，开工日 {starts}）：{told}；请于 {answer_by} 前答复；告知期限 {tell_by}，迟 {days_late} 天，开工之后：{after_start}；材料 {evidence}",
        "{told_by} told {neighbour} by {means} (notice {round}, beginning {starts}): {told}; asked to answer by {answer_by}; to be told by {tell_by}, {days_late} days late, after the beginning: {after_start}; papers {evidence}",
    ),
    "work-neighbour-answered.1": (
        "{neighbour} 答复：{answer}（{words}）；材料 {evidence}",
        "{neighbour} answered: {answer} ({words}); papers {evidence}",
    ),
    "work-objection-weighed.1": (
        "{weighed_by} 研究处理了 {neighbour} 的异议并答复：{outcome}",
        "{weighed_by} weighed the objection of {neighbour} and answered: {outcome}",
    ),
    "work-moved.1": (
        "开工日由 {was} 改为 {starts}（至 {ends}）：{reason}；{owed_by}应于 {tell_by} 前（重新）告知：{again}",
        "moved the beginning from {was} to {starts} (until {ends}): {reason}; to be told (anew) by {tell_by} by the {owed_by}: {again}",
    ),
    "work-started.1": (
        "{started_by} 于 {started_at} 开工（{kind}，单元 {unit}）；紧急理由：{emergency}；未告知 {untold}，未答复 {awaited}，有异议 {objecting}",
        "{started_by} began the work at {started_at} ({kind}, unit {unit}); emergency: {emergency}; not told {untold}, not answered {awaited}, objecting {objecting}",
    ),
    "work-ended.1": (
        "{ended_by} 结束该作业（{how}）：{what}；不再告知 {dropped}",
        "{ended_by} ended the work ({how}): {what}; no longer to be told: {dropped}",
    ),
}
"""Stored kind -> (Chinese, English)."""

"""The sentences of records about units, stops, holds, confirmations and areas; a part of those of ``adapters.tell``."""

from __future__ import annotations

SITES: dict[str, tuple[str, str]] = {
    "unit-moved.1": (
        "将评估单元 {unit} 由 {was_parent} 之下移至 {parent} 之下：{reason}",
        "moved the unit {unit} from under {was_parent} to under {parent}: {reason}",
    ),
    "unit-renamed.1": (
        "将评估单元 {unit} 由“{was_name}”更名为“{name}”",
        "renamed the unit {unit} from '{was_name}' to '{name}'",
    ),
    "unit-retired.1": ("停用评估单元 {unit}：{reason}", "took the unit {unit} out of use: {reason}"),
    "unit-located.1": (
        "标明位置：图纸 {drawing} 上的轮廓 {outline}；{system} 坐标 {longitude}，{latitude}",
        "located it: on drawing {drawing} by the outline {outline}; {system} coordinates {longitude}, {latitude}",
    ),
    "unit-flagged.1": ("标记为：{flags}（{reason}）", "flagged it as: {flags} ({reason})"),
    "aspect-reviewed.1": (
        "{reviewed_by} 从“{aspect}”方面查看了该单元：{findings}",
        "{reviewed_by} looked at it from the aspect of {aspect}: {findings}",
    ),
    "unit-stopped.1": (
        "{stopped_by} 立即停产（第 {stop} 次）：{reason}（风险 {risk}，登记等级 {level}）",
        "{stopped_by} stopped it at once (stop {stop}): {reason} (risk {risk}, registered level {level})",
    ),
    "unit-evacuated.1": ("撤人（第 {stop} 次停产）：{evacuated}", "evacuated (stop {stop}): {evacuated}"),
    "zone-closed.1": ("划定警戒区（第 {stop} 次停产）：{zone}", "closed the zone (stop {stop}): {zone}"),
    "stop-released.1": (
        "解除第 {stop} 次停产：{made_safe}",
        "released stop {stop}; what made it safe: {made_safe}",
    ),
    "hold-opened.1": (
        "因{kind}暂停作业（第 {hold} 次）：{abnormality}；现场分析：{analysis}",
        "put the work on hold (hold {hold}: {kind}): {abnormality}; analysis on site: {analysis}",
    ),
    "countermeasure-set.1": (
        "确定第 {hold} 次暂停的对策措施 {countermeasure}：{measure}",
        "set countermeasure {countermeasure} of hold {hold}: {measure}",
    ),
    "countermeasure-implemented.1": (
        "第 {hold} 次暂停的对策措施 {countermeasure} 已落实",
        "countermeasure {countermeasure} of hold {hold} is in place",
    ),
    "hold-released.1": (
        "第 {hold} 次暂停放行，恢复作业。{remark}",
        "released hold {hold}: work may go on. {remark}",
    ),
    "posts-confirmed.1": (
        "{shift}岗位安全确认（第 {confirmation} 次）：{posts}；班组风险预知：{prediction}；例外 {exceptions} 项",
        (
            "posts confirmed for the shift {shift} (confirmation {confirmation}): {posts}; the team's prediction: "
            "{prediction}; exceptions: {exceptions}"
        ),
    ),
    "confirmation-rechecked.1": (
        "对第 {confirmation} 次确认的 {units} 现场复核，结论“{verdict}”：{findings}",
        "re-checked confirmation {confirmation} on site at {units}: {verdict}; {findings}",
    ),
    "area-defined.1": (
        "划定区域“{name}”，包括单元 {units}",
        "defined the area '{name}' of the units {units}",
    ),
    "area-regrouped.1": (
        "重新划定区域，包括单元 {units}；权重：{weights}（{reason}）",
        "regrouped the area: units {units}; weights: {weights} ({reason})",
    ),
    "area-weighed.1": (
        "采用综合加权定级，权重 {weights}，等级分值 {points}：{reason}",
        "adopted weights for the area's level: {weights}, points {points}: {reason}",
    ),
    "area-unweighed.1": (
        "恢复按短板原理定级：{reason}",
        "the worst unit decides the area's level again: {reason}",
    ),
    "area-dissolved.1": ("撤销该区域：{reason}", "dissolved the area: {reason}"),
}
"""Stored kind -> sentence in Chinese and in English."""

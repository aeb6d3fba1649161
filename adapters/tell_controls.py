"""The sentences of records about the controls of risks; a part of those of ``adapters.tell``."""

from __future__ import annotations

CONTROLS: dict[str, tuple[str, str]] = {
    "control-proposed.1": (
        (
            "{proposed_by} 提出管控措施 {control}：{measure}（{layer}，{aspect}，方式 {means}，顺序 {order}；"
            "依据 {uses}；载体 {assets}；检查 {checks}）"
        ),
        (
            "{proposed_by} proposed control {control}: {measure} ({layer}, {aspect}, means {means}, place {order}; "
            "builds on {uses}; carried by {assets}; checks {checks})"
        ),
    ),
    "control-changed.1": (
        "{proposed_by} 提出管控措施 {control} 第 {version} 版：{measure}（{layer}；检查 {checks}）；原因：{reason}",
        (
            "{proposed_by} proposed version {version} of control {control}: {measure} ({layer}; checks {checks}); "
            "why: {reason}"
        ),
    ),
    "control-reviewed.1": (
        (
            "{reviewed_by} 论证管控措施 {control} 第 {version} 版；征求意见的人员：{consulted}；"
            "征求意见的部门：{departments}；征求意见的岗位：{posts}；"
            "合规性{compliance}，可行性{feasibility}，有效性{effect}。{findings}"
        ),
        (
            "{reviewed_by} reviewed version {version} of control {control}; people asked: {consulted}; "
            "departments asked: {departments}; posts asked: {posts}; "
            "compliance {compliance}, feasibility {feasibility}, effect {effect}. {findings}"
        ),
    ),
    "renewals-set.1": (
        "按 {by} 的记录，管控措施 {control} 的设施应按期更换或检定：{assets}；新增 {new}，责任人：{owed_by}；终止 {ended}。{reason}",
        (
            "as {by} recorded, what carries control {control} is to be renewed by its day: {assets}; new {new}, owed by "
            "{owed_by}; ended {ended}. {reason}"
        ),
    ),
    "renewals-ended.1": (
        "按 {by} 的记录，该风险的管控设施不再应更换（{ended}）：{reason}",
        "as {by} recorded, nothing that carries a control of the risk is to be renewed ({ended}): {reason}",
    ),
    "control-adopted.1": (
        "采取管控措施 {control} 第 {version} 版：{measure}（{layer}；更优先而尚无措施的层次：{skipped}）。{remark}",
        (
            "adopted version {version} of control {control}: {measure} ({layer}; layers above it that hold nothing "
            "yet: {skipped}). {remark}"
        ),
    ),
    "colour-policy-adopted.1": (
        "自 {since} 起采用四色差异化管控要求：{demands}",
        "adopted the policy by colour from {since}: {demands}",
    ),
    "controls-ordered.1": (
        "重新排定措施落实顺序：{controls}",
        "said anew in which order the controls are put in place: {controls}",
    ),
    "control-withdrawn.1": ("撤回管控措施 {control}：{reason}", "withdrew control {control}: {reason}"),
    "control-assigned.1": (
        "自 {since} 起，管控措施 {control} 由{tier}一级负责：部门 {department}，岗位 {post}，人员 {person}（第 {assignment} 项）",
        (
            "from {since} control {control} is answered for at the tier {tier}: department {department}, post {post}, "
            "person {person} (assignment {assignment})"
        ),
    ),
    "control-assignment-ended.1": (
        "自 {until} 起，{tier}一级不再对管控措施 {control} 负责（第 {assignment} 项）。{reason}",
        "from {until} the tier {tier} no longer answers for control {control} (assignment {assignment}). {reason}",
    ),
    "risk-declared-uncontrollable.1": (
        "{declared_by} 宣布该风险无法有效管控（登记等级 {level}），单元 {unit} 立即停产：{reason}；撤人：{evacuated}；警戒区：{zone}",
        (
            "{declared_by} declared the risk uncontrollable (registered level {level}); unit {unit} stops at once: "
            "{reason}; evacuated: {evacuated}; zone: {zone}"
        ),
    ),
    "risk-control-regained.1": (
        "{released_by} 解除停产，该风险恢复受控：{made_safe}",
        "{released_by} released the stop; the risk is under control again: {made_safe}",
    ),
}
"""Stored kind -> sentence in Chinese and in English."""

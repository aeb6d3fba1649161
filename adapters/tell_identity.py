"""The sentences of records about the identity of risks: corrections, tags, focus control and intake."""

from __future__ import annotations

IDENTITY: dict[str, tuple[str, str]] = {
    "identification-corrected.1": (
        (
            "更正辨识：“{name}”，单元 {unit}，因素 {factor} {factor_name}（{factor_edition}），事故类型 {accident_types}"
            "（{accident_edition}）；更正理由：{reason}"
        ),
        (
            "corrected the identification: '{name}' at {unit}, factor {factor} {factor_name} ({factor_edition}), accident "
            "types {accident_types} ({accident_edition}); because: {reason}"
        ),
    ),
    "risk-tagged.1": ("关联：{tags}。{remark}", "tagged it: {tags}. {remark}"),
    "risk-untagged.1": ("取消关联：{tags}（{reason}）", "took off the tags {tags} ({reason})"),
    "focus-set.1": ("列入重点管控：{reasons}。{remark}", "put it under focus control: {reasons}. {remark}"),
    "finding-proposed.1": (
        "{proposer} 提出线索“{title}”（单元 {unit}，地点 {place}，自认为：{suggested}）：{description}",
        "{proposer} proposed '{title}' (unit {unit}, place {place}, taken for: {suggested}): {description}",
    ),
    "proposal-triaged.1": (
        "{triaged_by} 甄别结论：{verdict}（原结论 {was}；定性依据 {ground}；违反 {breached}）。理由：{reason}",
        "{triaged_by} decided: {verdict} (before: {was}; ground: {ground}; breaches: {breached}); because: {reason}",
    ),
    "proposal-linked.1": ("登记为{kind} {registered}", "registered as {kind} {registered}"),
    "triage-acknowledged.1": (
        "提出人已获告知结论：{verdict}",
        "the proposer was told the verdict: {verdict}",
    ),
    "focus-ended.1": ("解除重点管控：{reason}", "ended focus control: {reason}"),
}

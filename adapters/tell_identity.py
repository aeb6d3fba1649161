"""The sentences of records about the identity of risks: corrections, tags, focus control and intake."""

from __future__ import annotations

IDENTITY: dict[str, tuple[str, str]] = {
    "identification-corrected.1": (
        ("更正辨识：“{name}”，单元 {unit}，因素 {factor} {factor_name}（{factor_edition}），事故类型 {accident_types}"
        "（{accident_edition}）；更正理由：{reason}"),
        ("corrected the identification: '{name}' at {unit}, factor {factor} {factor_name} ({factor_edition}), accident "
        "types {accident_types} ({accident_edition}); because: {reason}"),
    ),
    "risk-tagged.1": ("关联：{tags}。{remark}", "tagged it: {tags}. {remark}"),
    "risk-untagged.1": ("取消关联：{tags}（{reason}）", "took off the tags {tags} ({reason})"),
    "focus-set.1": ("列入重点管控：{reasons}。{remark}", "put it under focus control: {reasons}. {remark}"),
    "focus-ended.1": ("解除重点管控：{reason}", "ended focus control: {reason}"),
}

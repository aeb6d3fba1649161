"""The sentences of records about equipment events and mappings; a part of those of ``adapters.tell``."""

from __future__ import annotations

EQUIPMENT: dict[str, tuple[str, str]] = {
    "equipment-event-received.1": (
        "收到设备事件 {id}（来源 {source}，类型 {type}，主题 {subject}，自称时间 {time}）：{said}；原件 {evidence} 第 {row} 行；待处理原因：{why}；变化：{reports} {scope}",
        "received the equipment event {id} of {source} (type {type}, subject {subject}, its own time {time}): {said}; kept in {evidence}, row {row}; waits because: {why}; change: {reports} {scope}",
    ),
    "equipment-event-settled.1": (
        "{settled_by} 处理了设备事件：{verdict} {kind} {scope}（{reason}）",
        "{settled_by} settled the equipment event: {verdict} {kind} {scope} ({reason})",
    ),
    "equipment-mapped.1": (
        "设备编码“{equipment}”对应单元 {unit}，标签 {tag}（原为 {was_unit} {was_tag}）。{remark}",
        "the equipment code '{equipment}' is the unit {unit}, tag {tag} (before: {was_unit} {was_tag}). {remark}",
    ),
    "equipment-unmapped.1": (
        "撤销设备编码“{equipment}”与单元 {was_unit} 的对应：{reason}",
        "took back that the equipment code '{equipment}' is the unit {was_unit}: {reason}",
    ),
    "equipment-event-waiting.1": (
        "设备事件 {event}（{type}，{occurred}）等待：编码“{equipment}”尚未对应单元",
        "the equipment event {event} ({type}, {occurred}) waits: nobody has said what '{equipment}' is",
    ),
    "equipment-event-placed.1": (
        "设备事件 {event} 属于单元 {unit}：{what}；报告变化：{reports} {change}；结束变化：{ends}；隐患：{hazard}",
        "the equipment event {event} is about the unit {unit}: {what}; reports: {reports} {change}; ends: {ends}; hazard: {hazard}",
    ),
    "equipment-waiting-dropped.1": (
        "设备事件 {event} 已由人员处理，不再等待",
        "the equipment event {event} was settled by a person and waits no longer",
    ),
}
"""Stored kind -> sentence in Chinese and in English."""

"""What a person reads for the identifiers of equipment events and mappings; a part of the labels."""

from __future__ import annotations

EQUIPMENT: dict[str, tuple[str, str]] = {
    "feed-event": ("设备事件", "equipment event"),
    "equipment_mapping": ("设备编码对应关系", "mapping of an equipment code"),
    "event_type": ("事件类型", "type of event"),
    "work_order": ("工单", "work order"),
    "alarm": ("报警", "alarm"),
    "severity": ("级别", "severity"),
    "critical": ("严重", "critical"),
    "high": ("高", "high"),
    "medium": ("中", "medium"),
    # why an event waits for a person
    "unknown_type": ("类型未知", "unknown type"),
    "unknown_equipment": ("设备编码未知", "unknown equipment code"),
    "unknown_scope": ("单元、物料或岗位未知", "unknown unit, material or post"),
    "no_body": ("未指明责任单位", "no body named"),
    "waiting_for_a_person": ("等待人员处理", "waiting for a person"),
    "gone_on": ("已转入后续", "gone on"),
    "placed": ("已对应单元，所采用的规则没有后续要求", "placed at its unit; no adopted rule asks for more"),
    "settled": ("已处理", "settled"),
    "nothing_follows": ("无需处理", "nothing follows"),
    # what became of an event that came again
    "not_comparable": ("原件已删除，无法比较", "the kept file is gone: not comparable"),
    "different": ("内容不同", "different content"),
}
"""Identifier -> Chinese, English."""

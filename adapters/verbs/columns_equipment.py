"""Headings of the columns about events of equipment systems."""

from __future__ import annotations

EQUIPMENT: dict[str, tuple[str, str]] = {
    "file": ("文件", "file"),
    "form": ("格式", "form"),
    "events": ("事件数", "events"),
    "new": ("新记录", "new"),
    "known": ("已有", "known already"),
    "different": ("已有但内容不同", "known with other content"),
    "not_comparable": ("已有，无法比较", "known, not comparable"),
    "faults": ("问题", "faults"),
    "unplaced": ("编码或类型", "code or type"),
    "sources": ("来源", "sources"),
    "first_at": ("最早", "first"),
    "latest_at": ("最近", "latest"),
    "event": ("事件", "event"),
    "id": ("事件编号", "id"),
    "type": ("类型", "type"),
    "equipment": ("设备编码", "equipment code"),
    "tag": ("标签", "tag"),
    "said": ("说明", "remark"),
    "occurred_at": ("发生时间", "occurred at"),
    "change_code": ("变化", "change"),
    "ends": ("结束的变化", "ends the change"),
    "reports": ("变化类别", "kind of change"),
    "clock_ahead": ("设备时钟超前", "its clock was ahead"),
}

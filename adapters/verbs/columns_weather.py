"""Headings of the columns about feeds and warnings."""

from __future__ import annotations

WEATHER: dict[str, tuple[str, str]] = {
    "document": ("文件", "document"),
    "outcome": ("结果", "outcome"),
    "identifier": ("预警编号", "identifier"),
    "sent_at": ("发布时间", "sent"),
    "message": ("信息类型", "message"),
    "status": ("性质", "status"),
    "about": ("地区、种类、颜色", "area, kind, colour"),
    "because": ("原因", "because"),
    "source": ("数据源", "source"),
    "feed": ("数据源", "feed"),
    "last_poll_at": ("最近读取", "last poll"),
    "missed_polls": ("缺失次数", "polls missed"),
    "stale_after": ("中断阈值", "stale after"),
    "every": ("间隔（分钟）", "every (minutes)"),
    "messages": ("信息数", "messages"),
    "last_sent_at": ("最近信息发布时间", "last message sent"),
    "last_identifier": ("最近信息", "last message"),
    "listed": ("来自现行清单", "from a list"),
    "gone_at": ("不再列出", "no longer listed"),
    "schema_valid": ("符合格式", "keeps its form"),
    "differed": ("同号异文", "differed"),
}
"""Column -> Chinese, English."""

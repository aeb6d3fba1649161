"""Headings of the columns about episodes of weather and temporary uplifts."""

from __future__ import annotations

UPLIFT: dict[str, tuple[str, str]] = {
    "episode": ("天气过程", "episode"),
    "area_name": ("地区", "place"),
    "peak": ("最高级别", "highest level"),
    "began_at": ("开始", "began"),
    "until": ("至", "until"),
    "ended_at": ("结束", "ended"),
    "how_ended": ("如何结束", "how it ended"),
    "uplifted_to": ("临时上调至", "lifted to"),
    "assessed_level": ("评估等级", "assessed level"),
    "touched_bodies": ("涉及单位", "bodies"),
    "outcome_of": ("结果", "outcome"),
    "base": ("原等级", "level before"),
    "signal_now": ("预警级别", "warning"),
}
"""Column -> Chinese, English."""

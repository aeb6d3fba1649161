"""What a person reads for the identifiers of holidays and special campaigns, in Chinese and in English."""

from __future__ import annotations

CAMPAIGNS: dict[str, tuple[str, str]] = {
    "campaign_running": ("进行中", "going on"),
    "campaign_ended": ("已结束", "over"),
    "holiday-trigger": ("重要节假日触发风险复评", "Important holidays as a trigger"),
}
"""Identifier -> (Chinese, English)."""

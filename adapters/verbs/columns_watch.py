"""Headings of the columns about neighbours, declared works, monitoring and campaigns."""

from __future__ import annotations

WATCH: dict[str, tuple[str, str]] = {
    "neighbour": ("周边单位（居民）", "neighbour"),
    "reached_by": ("可能影响", "may be reached by"),
    "known_as": ("本系统编号", "known here as"),
    "work": ("申报作业", "work"),
    "starts": ("开始", "starts"),
    "ready": ("可以开工", "may begin"),
    "tell_by": ("告知期限", "tell by"),
    "not_told": ("未告知", "not told"),
    "asked": ("征求意见中", "may still answer"),
    "objection": ("异议未处理", "objecting"),
    "told_late": ("迟告知", "told late"),
    "told_at": ("告知时间", "told at"),
    "after_start": ("开工后告知", "after the beginning"),
    "answer_by": ("答复期限", "answer by"),
    "answer": ("答复", "answer"),
    "words": ("内容", "words"),
    "emergency": ("紧急理由", "emergency"),
}
"""Column -> (Chinese, English)."""

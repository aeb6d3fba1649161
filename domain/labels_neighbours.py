"""What a person reads for the identifiers of neighbours and declared works, in Chinese and in English."""

from __future__ import annotations

NEIGHBOURS: dict[str, tuple[str, str]] = {
    "neighbour": ("周边单位（居民）", "neighbour"),
    "affected_neighbour": ("受影响的周边单位（居民）", "affected neighbour"),
    "work": ("申报作业（项目）", "declared work"),
    "affects": ("受影响的周边单位", "affected neighbours"),
    "nobody_because": ("无影响的理由", "why nobody is affected"),
    "neighbour-notice": ("危险作业告知周边", "Neighbours told of dangerous work"),
    # kinds of neighbours
    "residents": ("居民", "residents"),
    "school": ("学校", "school"),
    "hospital": ("医院", "hospital"),
    "infrastructure": ("基础设施", "infrastructure"),
    # how they watch over us
    "consultation": ("协商", "consultation"),
    "supervision": ("周边监督", "supervision by neighbours"),
    "third_party_inspection": ("第三方检查", "inspection by a third party"),
    # works
    "dangerous_work": ("危险作业", "dangerous work"),
    "new_build": ("新建", "new building"),
    "reconstruction": ("改建", "rebuilding"),
    "expansion": ("扩建", "expansion"),
    "work_declared": ("已申报", "declared"),
    "work_started": ("作业中", "under way"),
    "work_ended": ("已完工", "finished"),
    "work_cancelled": ("已取消", "cancelled"),
    "finished": ("完工", "finished"),
    "broken_off": ("中止", "broken off"),
    "cancelled": ("取消", "cancelled"),
    # telling and answering
    "letter": ("函告", "letter"),
    "meeting": ("会议", "meeting"),
    "message": ("短信或电话", "message"),
    "not_told": ("未告知", "not told"),
    "told": ("已告知", "told"),
    "asked": ("征求意见中", "asked, may still answer"),
    "no_answer": ("逾期未答复", "no answer"),
    "consent": ("同意", "consent"),
    "objection": ("异议", "objection"),
    "objection_weighed": ("异议已处理", "objection, weighed"),
}
"""Identifier -> (Chinese, English)."""

"""The labels of hazards: steps, sources, verdicts, filing, and the parts that somebody took."""

from __future__ import annotations

HAZARD_LABELS: dict[str, tuple[str, str]] = {
    # steps
    "found": ("已发现", "found"),
    "fixed": ("已现场整改，待确认", "fixed on the spot, to be confirmed"),
    "dismissed": ("不属于隐患", "no hazard"),
    "duplicate": ("重复项", "duplicate"),
    # sources
    "inspection": ("检查", "inspection"),
    "notice": ("外部通知", "notice from outside"),
    "accident": ("事故", "accident"),
    "import": ("历史数据导入", "import"),
    # verdicts and filing
    "not_major": ("不属于重大", "not major"),
    "filing": ("备案", "filing"),
    "not_filed": ("未备案", "not filed"),
    "filed": ("已报备", "filed"),
    "accepted": ("已受理", "accepted"),
    "returned": ("已退回", "returned"),
    "proposal": ("“不属于隐患”的提议", "proposal that it is no hazard"),
    "is_itself": ("它就是本身", "it is the same one"),
    "graded_lower": ("后者的等级较低", "the other one is graded lower"),
    # parts somebody took
    "grader": ("定级人", "who graded it"),
    "proposer": ("提议人", "who proposed it"),
    # to whom a hazard is reported
    "workers": ("从业人员", "workers"),
    "workers_congress": ("职工代表大会", "workers' congress"),
}
"""Identifier -> label in Chinese and in English."""

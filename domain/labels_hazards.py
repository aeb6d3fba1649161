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
    "signal": ("纸面闭环迹象", "sign of paper-only closure"),
    "control-failures": ("管控措施失效", "failures of controls"),
    "renewals": ("管控设施更换期限", "renewals of what carries controls"),
    "asset-renewal": ("管控设施到期更换或检定", "Renewal of what carries a control"),
    # what an open hazard waits for
    "register": ("登记", "registration"),
    "evaluate": ("评估", "evaluation"),
    "plan": ("制定方案", "a plan"),
    "rectify": ("治理", "rectification"),
    "verify": ("验收", "verification"),
    "close": ("销号", "closure"),
    "confirm": ("确认", "confirmation"),
    "on_the_spot": ("即查即改", "fixed on the spot"),
    "long": ("完整流程", "whole loop"),
    # signs of paper-only closure
    "photo_older": ("照片早于发现", "a photo older than the finding"),
    "photo_twice": ("同一照片用于两次", "one photo for two closures"),
    "within_minutes": ("数分钟内验收", "accepted within minutes"),
    "said_apart": ("称间隔较久，却在数分钟内先后录入", "said to lie apart, written down within minutes"),
    "hand_in_closure": ("治理人或验收人", "who reported it done or accepted it"),
    "burst": ("期限前集中完成", "a burst before the day"),
    # what a change of law proposes
    "would_differ": ("结论将不同", "would differ"),
    "answer_anew": ("须重新回答", "to be answered anew"),
    "unmapped": ("无对应条目", "unmapped"),
    # an item of one edition of the criteria without an item of the other
    "criteria_dropped": ("旧版条目，新版无对应", "dropped: the next edition has no such item"),
    "criteria_new": ("新版新增", "new: the edition before had no such item"),
    "no_edition": ("无适用标准", "no edition binds"),
    # parts somebody took
    "grader": ("定级人", "who graded it"),
    # to whom a hazard is reported
    "workers": ("从业人员", "workers"),
    "workers_congress": ("职工代表大会", "workers' congress"),
}
"""Identifier -> label in Chinese and in English."""

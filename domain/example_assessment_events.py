"""One whole example of every event about the level of a risk: what the example commands record."""

from __future__ import annotations

from domain.language import Event
from domain.risk_approval import LoweringApproved, LoweringRejected, MethodChosen
from domain.risk_assessment import Analysis, Evidence, RiskAssessed, RiskReassessed
from domain.rulebook import Citation

LEC = Citation(
    "lec",
    "common-4colour-1",
    "作业条件危险性评价法（Graham、Kinney），四色分级的常见用法",
    source="method",
    standing="adopted; method",
)
LOWERING = Citation(
    "level-lowering", "house-2026", "Dualguard house rule", source="house", standing="adopted; house rule"
)

ASSESSMENT_EVENTS: tuple[Event, ...] = (
    RiskAssessed(
        number=1,
        assessed_at="2026-01-12T07:00:00.000000Z",
        why="initial",
        rating="current",
        was=None,
        method="lec",
        version="common-4colour-1",
        inputs={"L": "1", "E": "6", "C": "40"},
        score="240",
        computed="larger",
        escalations=(),
        escalated="larger",
        level="larger",
        override="",
        waits=False,
        interim=None,
        citation=LEC,
        escalation_rule=None,
        lowering_rule=None,
        effectiveness="过卷保护装置每班试验，动作正常",
        standards_met=True,
        analysis=Analysis(
            "深度指示器", "减速点漂移后未及时校核", "罐笼和钢丝绳", "罐笼撞击井架，人员摔落或被挤压"
        ),
        basis="近三年过卷保护试验记录",
        evidence=(
            Evidence(
                "test",
                "2025年过卷保护试验记录汇总",
                "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
            ),
        ),
        assessors=("P-WORKSHOP",),
        participants=("P-TEAM", "P-WORKER"),
    ),
    RiskReassessed(
        number=2,
        assessed_at="2026-01-19T02:00:00.000000Z",
        why="change",
        rating="current",
        was="larger",
        method="lec",
        version="common-4colour-1",
        inputs={"L": "0.5", "E": "6", "C": "40"},
        score="120",
        computed="general",
        escalations=(),
        escalated="general",
        level="general",
        override="",
        waits=True,
        interim=None,
        citation=LEC,
        escalation_rule=None,
        lowering_rule=LOWERING,
        effectiveness="后备过卷开关已投用，与主保护相互独立",
        standards_met=None,
        analysis=None,
        basis="2026年1月16日投用试验记录",
        evidence=(),
        assessors=("P-EXPERT",),
        participants=("P-WORKSHOP",),
    ),
    LoweringApproved(
        2, "larger", "general", "2026-01-19T07:00:00.000000Z", ("P-PRINCIPAL",), "同意，试验记录已核对"
    ),
    LoweringRejected(
        2, "larger", "2026-01-19T07:00:00.000000Z", ("P-PRINCIPAL",), "试验次数不足，补做后再报"
    ),
    MethodChosen(
        3,
        "lec",
        "提升系统按作业条件危险性评价法统一定级",
        "general",
        "general",
        False,
        None,
        "2026-03-20T01:00:00.000000Z",
        ("P-SAFETY",),
    ),
)

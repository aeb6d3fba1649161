"""What a person reads for the identifiers of the calendar and of the rules on periods; a part of the labels.

The rules' own titles stand here once more, because what owes its name to a file cannot be read without the file;
``tests/deciding/test_rule_titles.py`` holds both equal.
"""

from __future__ import annotations

CALENDAR: dict[str, tuple[str, str]] = {
    "calendar": ("工作日历", "calendar"),
    "holidays": ("节假日", "holidays"),
    # rules on periods and days, as their files call them
    "assessment-circulation": ("行业风险评估成果通报", "Circulation of a sector assessment"),
    "assessment-period": ("风险评估周期", "How often risks are assessed anew"),
    "authority-appraisal": ("安全生产年度考核", "Yearly appraisal of the authorities"),
    "data-review": ("数据更新复核", "Review whether the data are current"),
    "drawn-inspection": ("抽中单位的检查期限", "Days to inspect a unit that was drawn"),
    "emergency-drill": ("应急演练周期", "How often an emergency is drilled"),
    "inspection-of-larger-risk": ("有较大风险单位的监督检查", "Inspection of units with a larger risk"),
    "inspection-of-major-risk": ("有重大风险单位的监督检查", "Inspection of units with a major risk"),
    "major-risk-report": ("重大风险管控月报", "Monthly report on the control of major risks"),
    "law-review": ("法规标准变化复核", "Review after a change of law or standard"),
    "law_changed": ("法规标准变化", "change of law or standard"),
    "turn": ("条文变动", "turn of a text"),
    "verdict": ("判定", "verdict"),
    "differs": ("结论不同", "differs"),
    "look": ("需人工复核", "a person has to look"),
    "no_rule": ("已无有效规则", "no rule binds any more"),
    "dropped": ("不再应办", "no longer owed"),
    "came_into_force": ("施行", "came into force"),
    "text_ended": ("失效", "ended"),
    "measures-check": ("管控措施逐月检查", "Monthly check of control measures and duties"),
    "performance-appraisal": ("履职考核周期", "How often performance is appraised"),
    "rectification-days": ("隐患整改期限", "Days to rectify a hazard"),
    "regional-assessment": ("区域风险评估", "Regional risk assessment"),
    "risk-list-report": ("风险清单季度报送", "Quarterly report of the risk list"),
    "risk-list-update-notice": ("风险清单更新报告", "Notice that the risk list was updated"),
    "risk-point-update": ("风险点季度更新", "Quarterly update of risk points"),
    "safety-training": ("风险管控教育培训周期", "How often risk control is trained"),
    "sector-assessment": ("行业领域风险评估", "Risk assessment of a sector"),
    "standards-review": ("引用标准复核", "Review whether cited standards are in force"),
    "sub-district-assessment": ("街道风险评估", "Risk assessment of a sub-district"),
    "working-days": ("工作日（节假日安排）", "Working days (arrangement of the holidays)"),
    # random draws
    "draw": ("双随机抽查", "random draw"),
    "inspectors": ("检查人员", "inspectors"),
    "announced": ("已公布名单", "announced"),
    "record": ("已记录", "recorded"),
}

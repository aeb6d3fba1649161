"""What a person reads for the identifiers of monitored risks, in Chinese and in English."""

from __future__ import annotations

MONITORING: dict[str, tuple[str, str]] = {
    "monitoring": ("风险监测", "monitoring of the risk"),
    "monitoring_running": ("监测中", "under monitoring"),
    "monitoring_ended": ("监测已结束", "no longer monitored"),
    "monitored_parameter": ("监测参数", "monitored parameter"),
    "monitoring_warning": ("监测预警", "warning"),
    "declarer": ("监测认定人", "who declared it"),
    "irreducible": ("无法消除或降低的重大风险", "irreducible major risk"),
    "larger_or_above": ("较大及以上风险点", "point of larger risk or above"),
    "not_assessed": ("未评估", "not assessed"),
    "emergency_plan": ("应急处置方案", "emergency handling plan"),
    "warn_above": ("预警上限", "upper warning limit"),
    "warn_below": ("预警下限", "lower warning limit"),
    "alarm_above": ("报警上限", "upper alarm limit"),
    "alarm_below": ("报警下限", "lower alarm limit"),
    "threshold": ("限值名称", "threshold"),
    "measuring_unit": ("计量单位", "unit of measurement"),
    "limits_of_the_rule": ("仅规则给出的限值", "the rule's own limits and no others"),
    "monitoring-limits": (
        "监测参数的预警和报警限值",
        "From which value a monitored parameter warns and alarms",
    ),
    "remark": ("说明", "remark"),
    # how a value, a period or a warning stands
    "normal": ("正常", "normal"),
    "warning": ("预警", "warning"),
    "alarm": ("报警", "alarm"),
    "read_in_time": ("按时监测", "read in time"),
    "recorded_late": ("按时监测、补录", "read in time, recorded late"),
    "not_read": ("未监测", "not read"),
    "not_read_yet": ("待监测", "still to be read"),
    "no_response": ("未处置", "no response"),
    "in_force": ("预警中", "in force"),
    "over": ("已恢复正常", "over"),
    # duties
    "risk-monitoring": ("风险日常监测", "Monitoring of a risk"),
    "emergency-plan": ("编制应急处置方案", "emergency handling plan to be filed"),
    "warning-response": ("监测预警先期处置", "first response to a warning"),
}
"""Identifier -> (Chinese, English)."""

"""Whole examples about a monitored risk: the speed of a cage and the temperature of its brake discs."""

from __future__ import annotations

from domain.language import Event
from domain.monitoring import MonitoringDeclared, MonitoringEnded, ReadingOwed
from domain.monitoring_limits import ParameterDefined, ParameterDropped
from domain.monitoring_plan import EmergencyPlanFiled
from domain.monitoring_readings import (
    InformationGiven,
    ReadingRecorded,
    ReadRow,
    WarningEnded,
    WarningRaised,
    WarningResponded,
)

__all__ = ["MONITORING", "MONITORING_EVENTS", "MONITORING_MACHINE"]

Entry = tuple[str, str, str, dict[str, object]]

_RISK: dict[str, object] = {"body": "KS-01", "risk": "R-0001"}
_HASH = "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c"
_WHY = "竖井提升不可取消，过卷后果严重，现有措施下仍为较大风险"

MONITORING: tuple[Entry, ...] = (
    (
        "DeclareMonitoring",
        "P-SAFETY",
        "2026-01-12T15:10",
        {**_RISK, "ground": "larger_or_above", "reason": _WHY, "period": "P1D"},
    ),
    (
        "FileEmergencyPlan",
        "P-SAFETY",
        "2026-01-12T15:20",
        {
            **_RISK,
            "title": "罐笼过卷现场处置方案",
            "version": "2026-1",
            "valid_from": "2026-01-12",
            "sha256": _HASH,
            "place": "调度室、井口房",
        },
    ),
    (
        "DefineParameter",
        "P-SAFETY",
        "2026-01-12T15:25",
        {
            **_RISK,
            "parameter": "T-ZHA",
            "name": "制动闸盘温度",
            "unit": "°C",
            "basis": "提升机使用说明书：持续工作不高于80，最高100",
            "warn_above": "80",
            "alarm_above": "100",
        },
    ),
    (
        "RecordReading",
        "P-TEAM",
        "2026-01-12T15:30",
        {**_RISK, "values": {"T-ZHA": "86.5"}, "remark": "下放重物后测得"},
    ),
    (
        "RespondToWarning",
        "P-TEAM",
        "2026-01-12T15:36",
        {**_RISK, "response": "停止提升，检查闸瓦间隙，自然冷却", "warning": 1},
    ),
    (
        "GiveInformation",
        "P-TEAM",
        "2026-01-12T15:40",
        {
            **_RISK,
            "to": "矿调度室、提升工区",
            "means": "调度电话",
            "what": "闸盘温度86.5°C，已停止提升",
            "warning": 1,
        },
    ),
    (
        "DropParameter",
        "P-SAFETY",
        "2026-01-12T15:50",
        {**_RISK, "parameter": "T-ZHA", "reason": "改由在线测温装置连续记录"},
    ),
    (
        "EndMonitoring",
        "P-PRINCIPAL",
        "2026-01-12T15:55",
        {**_RISK, "reason": "在线监测接入调度系统，人工日常监测停止"},
    ),
)
"""In an order in which all are accepted between the first assessment and the first control."""

MONITORING_EVENTS: tuple[Event, ...] = (
    MonitoringDeclared(
        "larger_or_above",
        "larger",
        _WHY,
        "P1D",
        "2026-01-12",
        "safety_officer",
        None,
        "safety_officer",
        None,
        ("P-SAFETY",),
    ),
    EmergencyPlanFiled(
        "罐笼过卷现场处置方案",
        "2026-1",
        "2026-01-12",
        _HASH,
        "调度室、井口房",
        None,
        None,
        "2026-01-12",
        "P-SAFETY",
    ),
    ParameterDefined(
        *("T-ZHA", "制动闸盘温度", "°C", "提升机使用说明书：持续工作不高于80，最高100"),
        *("80", "100", None, None, None, None),
    ),
    ParameterDropped("T-ZHA", "改由在线测温装置连续记录"),
    ReadingOwed("2026-01-12", "2026-01-12", "safety_officer", None, None),
    ReadingRecorded(
        1,
        (ReadRow("T-ZHA", "86.5", "°C", "warning", "> 80"),),
        (),
        "下放重物后测得",
        "2026-01-12T07:30:00.000000Z",
        "P-TEAM",
        "2026-01-12",
        "2026-01-12",
    ),
    WarningRaised(
        1,
        1,
        "warning",
        ("T-ZHA",),
        "2026-01-12T07:30:00.000000Z",
        "2026-01-12",
        "safety_officer",
        None,
    ),
    WarningEnded(1, 2, True),
    WarningResponded(
        1, True, "停止提升，检查闸瓦间隙，自然冷却", "P-TEAM", "2026-01-12T07:36:00.000000Z", 6, ()
    ),
    InformationGiven(
        1,
        1,
        "矿调度室、提升工区",
        "调度电话",
        "闸盘温度86.5°C，已停止提升",
        "P-TEAM",
        "2026-01-12T07:40:00.000000Z",
        10,
    ),
    MonitoringEnded("在线监测接入调度系统，人工日常监测停止", "P-PRINCIPAL", None, None),
)

MONITORING_MACHINE: dict[str, dict[str, object]] = {
    "OweReading": {**_RISK, "first": "2026-01-13"},
    "CloseMonitoring": {**_RISK, "retired_by": "P-SAFETY", "reason": "该竖井停止提人，改由斜坡道运送人员"},
}
"""The data of the commands that only policies give."""

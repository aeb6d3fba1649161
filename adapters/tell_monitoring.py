"""The sentences of records about monitored risks; a part of those of ``adapters.tell``."""

from __future__ import annotations

MONITORING: dict[str, tuple[str, str]] = {
    "monitoring-declared.1": (
        "{declared_by} 认定为{ground}（登记等级 {level}）：{reason}；自 {since} 起每 {period} 由{owed_by}监测；应急处置方案期限 {plan_by}（{plan_owed_by}）",
        "{declared_by} declared it {ground} (registered level {level}): {reason}; read every {period} from {since} by the {owed_by}; emergency plan by {plan_by} ({plan_owed_by})",
    ),
    "emergency-plan-filed.1": (
        "{filed_by} 编制应急处置方案“{title}”{version}，自 {valid_from} 起施行（文件 {document}，存放 {place}，SHA-256 {sha256}），替代 {supersedes}（对应 {answers} 起的监测）",
        "{filed_by} filed the emergency plan '{title}' {version}, valid from {valid_from} (document {document}, kept at {place}, SHA-256 {sha256}), replacing {supersedes} (for the monitoring from {answers})",
    ),
    "monitoring-parameter-defined.1": (
        "监测参数 {parameter}“{name}”（{unit}）：预警 >{warn_above} 或 <{warn_below}，报警 >{alarm_above} 或 <{alarm_below}；依据：{basis}",
        "parameter {parameter} '{name}' ({unit}): warning > {warn_above} or < {warn_below}, alarm > {alarm_above} or < {alarm_below}; basis: {basis}",
    ),
    "monitoring-parameter-dropped.1": (
        "不再监测参数 {parameter}：{reason}",
        "no longer measured: {parameter}: {reason}",
    ),
    "monitoring-reading-owed.1": (
        "{first} 至 {last} 应监测一次，由{owed_by}负责（已监测：{read_by}）",
        "a reading is owed from {first} to {last} by the {owed_by} (read already by {read_by})",
    ),
    "monitoring-reading-recorded.1": (
        "{read_by} 于 {read_at} 监测（第 {number} 次，{first} 至 {last}）：{values}；未测 {missing}；{remark}",
        "{read_by} read it at {read_at} (reading {number}, {first} to {last}): {values}; not read {missing}; {remark}",
    ),
    "monitoring-warning-raised.1": (
        "预警第 {warning} 号（{standing}，监测第 {reading} 次）：{crossed} 于 {raised_at} 越限；{owed_by}应于 {respond_by} 前先期处置",
        "warning {warning} ({standing}, reading {reading}): {crossed} crossed a limit at {raised_at}; a response is owed by {respond_by} by the {owed_by}",
    ),
    "monitoring-warning-ended.1": (
        "预警第 {warning} 号结束：监测第 {reading} 次已恢复正常（已处置：{responded}）",
        "warning {warning} is over: all was normal at reading {reading} (responded to: {responded})",
    ),
    "monitoring-warning-responded.1": (
        "{responded_by} 于 {responded_at} 处置预警第 {warning} 号（首次：{first}，距越限 {delay_minutes} 分钟）：{response}；材料 {evidence}",
        "{responded_by} responded to warning {warning} at {responded_at} (first: {first}, {delay_minutes} minutes after the crossing): {response}; papers {evidence}",
    ),
    "monitoring-information-given.1": (
        "{given_by} 于 {given_at} 以{means}向{to}通报（第 {number} 次，预警 {warning}，距越限 {delay_minutes} 分钟）：{what}",
        "{given_by} told {to} by {means} at {given_at} (information {number}, warning {warning}, {delay_minutes} minutes after the crossing): {what}",
    ),
    "monitoring-ended.1": (
        "{ended_by} 结束监测：{reason}（未了的监测期自 {owed_first} 起，未编制的方案：{plan_owed}）",
        "{ended_by} ended the monitoring: {reason} (period owed from {owed_first}, plan owed from {plan_owed})",
    ),
}
"""Stored kind -> (Chinese, English)."""

"""What the fields of commands, and of a hazard's state, are called where a person reads them one below the other."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from adapters.rule_titles import rule_title
from adapters.tell import cited
from adapters.verbs.cells import local, yes_or_no
from adapters.verbs.columns import COLUMNS
from domain.labels import LABELS, Lang, label
from domain.language import is_moment
from domain.rulebook import Citation

STATE: dict[str, tuple[str, str]] = {
    "step": ("环节", "step"),
    "graders": ("定级人", "who graded it"),
    "matched": ("判定为重大的条目", "items that call it major"),
    "cause_at": ("整改期限起算", "time limit runs from"),
    "opening": ("第几次打开", "opening"),
    "round": ("治理轮次", "round of rectification"),
    "found_at": ("发现时间", "found at"),
    "asked_due": ("申请延至", "asked to move to"),
    "asking": ("本次延期申请人", "who asks for more time"),
    "askers": ("曾申请延期的人", "who ever asked for more time"),
    "rectifiers": ("治理人", "rectified by"),
    "verifiers": ("验收人", "verified by"),
    "hands": ("治理和验收经手人", "who had a hand in it"),
    "acceptances": ("验收通过人数", "acceptances"),
    "filing": ("报备", "filing"),
    "filed_by": ("报备人", "filed by"),
    "proposing": ("提议“不属于隐患”的人", "who proposes that it is no hazard"),
    "before_link": ("关联前的环节", "step before the link"),
}
"""Field of a hazard's state -> Chinese, English."""

FIELDS: dict[str, tuple[str, str]] = {
    **STATE,
    # where another part calls something else by the same word
    "area": ("行政区划", "area"),
    "year": ("年份", "year"),
    "number": ("文号", "number"),
    "verdict": ("结论", "verdict"),
    "findings": ("情况", "findings"),
    "corrections": ("逐项纠正", "corrections"),
    "content": ("内容", "content"),
    "responsible": ("责任人", "responsible"),
    "due": ("期限", "due"),
    "units": ("评估单元", "units"),
    "system": ("坐标系", "system of coordinates"),
    "day": ("日期", "day"),
    "shift": ("班次", "shift"),
    "found": ("发现", "found"),
    "staff": ("人员", "staff"),
    "rule": ("规则", "rule"),
    "report": ("报告", "report"),
    "proposal": ("线索编号", "proposal"),
    "registered": ("登记为", "registered as"),
    "told": ("告知内容", "told"),
    "emergency": ("紧急理由", "emergency"),
    "notice": ("通知", "notice"),
    "message": ("信息类型", "message"),
    "status": ("性质", "status"),
    "asked": ("答复期限", "asked until"),
    "missed": ("可缺次数", "misses allowed"),
    "refused": ("未读取", "not read"),
    "tier": ("层级", "tier"),
    "of": ("抽取范围", "drawn from"),
    "answers": ("逐项回答", "answers"),
    "item": ("条目", "item"),
    "items": ("检查项", "items"),
    "answer": ("结论", "answer"),
    "risks": ("安全风险", "risks"),
    "ends": ("结束", "ends"),
    "answered_by": ("办结人", "answered by"),
    "lacking": ("缺少", "lacking"),
    "was": ("原为", "was"),
    "about": ("涉及", "about"),
    "hazards": ("隐患", "hazards"),
    "cause": ("原因分析", "cause"),
    "how": ("方式", "how"),
    "verified": ("核实", "checked"),
    "values": ("取值", "values"),
    # people and grants
    "same_as": ("同一人", "the same as"),
    "grants": ("授权", "grants"),
    "successor": ("接任人", "successor"),
    "remarks": ("交接事项", "what was handed over"),
    "members": ("成员", "members"),
    "task": ("任务", "task"),
    "tasks": ("任务", "tasks"),
    "range": ("范围", "range"),
    "alongside": ("与他人同任", "beside others"),
    "participants": ("参加人员", "participants"),
    "companions": ("同行检查人", "companions"),
    "recipients": ("报送对象", "recipients"),
    # methods and assessments
    "key": ("代号", "key"),
    "zh": ("中文", "Chinese"),
    "en": ("英文", "English"),
    "bands": ("分级界限", "bounds of the levels"),
    "min": ("下限", "least"),
    "max": ("上限", "most"),
    "inputs": ("输入值", "inputs"),
    "effectiveness": ("措施有效性", "effectiveness"),
    "escalations": ("升级情形", "escalations"),
    "salted_sha256": ("加盐散列值", "salted hash"),
    "sha256": ("内容指纹", "hash of the content"),
    # draws, calendar
    "rest": ("放假日", "days off"),
    "population": ("抽取名单", "population"),
    "each": ("每项抽取人数", "for each"),
    # controls
    "uses": ("依据的规程", "rests on"),
    "measure": ("措施内容", "measure"),
    "assets": ("设备资产", "assets"),
    "renew_by": ("更换期限", "renew by"),
    "checks": ("检查要求", "checks"),
    "compliance": ("合规性", "compliance"),
    "feasibility": ("可行性", "feasibility"),
    "effect": ("有效性", "effect"),
    "departments": ("部门", "departments"),
    "posts": ("岗位", "posts"),
    "proposed_by": ("提出人", "proposed by"),
    "assign": ("落实责任", "assigned to"),
    "demands": ("管控要求", "demands"),
    # hazards
    "description": ("描述", "description"),
    "found_by": ("发现人", "found by"),
    "progress": ("进展", "progress"),
    "done": ("完成情况", "what was done"),
    "rectified_by": ("治理人", "rectified by"),
    # duties
    "owed_as": ("责任形式", "owed as"),
    "subject_kind": ("事项类别", "kind of subject"),
    "remind": ("提前提醒天数", "days before which it is called to mind"),
    "on": ("日期", "on"),
    "closes": ("本期结束", "closes"),
    "follows_record": ("起因记录", "follows record"),
    "recorded_on": ("记录日期", "recorded on"),
    "rejected_by": ("退回人", "rejected by"),
    "rung": ("上报级次", "rung"),
    "dropped_by": ("取消原因", "dropped by"),
    "by_duty": ("替代事项", "given way to"),
    # units, stops, holds, confirmations, areas
    "x": ("横坐标", "x"),
    "y": ("纵坐标", "y"),
    "flags": ("标记", "flags"),
    "reviewed_by": ("查看人", "reviewed by"),
    "made_safe": ("恢复安全的情况", "how it was made safe"),
    "exceptions": ("例外", "exceptions"),
    "weights": ("权重", "weights"),
    # documents, reports
    "cards": ("风险告知卡", "cards"),
    "article": ("条款", "article"),
    "to": ("对象", "to"),
    "now": ("现为", "now"),
    # checklists and inspections
    "put": ("新增或修改的检查项", "items put"),
    "drop": ("删去的检查项", "items dropped"),
    "opens": ("开始日", "opens"),
    "series": ("周期安排", "series"),
    "methods": ("检查方式", "methods"),
    "aspects": ("检查方面", "aspects"),
    "examined": ("考问人员", "examined"),
    "instead": ("代他人检查的原因", "why instead of another"),
    "signed_by": ("签字人", "signed by"),
    "standing": ("状态", "standing"),
    "statement": ("签字说明", "statement"),
    "signature": ("签名", "signature"),
    "started_at": ("开始时间", "started at"),
    "should_be": ("应为", "should be"),
    # neighbours and monitoring
    "inspected_by": ("检查方", "inspected by"),
    "parameter": ("参数", "parameter"),
    # feeds, equipment, weather
    "address": ("地址", "address"),
    "time": ("事件时间", "time"),
    "row": ("行号", "row"),
    "declaration": ("声明记录", "declaration"),
    "declared_by": ("声明人", "declared by"),
    "lifts": ("是否解除", "lifts"),
    "expires": ("失效时间", "expires"),
    "assumed": ("推定", "assumed"),
    "references": ("所指信息", "references"),
    "parts": ("部分", "parts"),
    "within": ("解除范围", "where it ends"),
    "onset": ("开始时间", "onset"),
    # what the machine gives
    "note": ("说明", "note"),
    "read": ("机器读数", "read"),
    "stamped": ("所记时间", "stamped"),
    "policy": ("联动规则", "policy"),
    "command": ("命令", "command"),
    "retired_by": ("停用记录", "retired by"),
    "at_position": ("截至记录", "as known at record"),
    "steps": ("步骤", "steps"),
    "done_by": ("完成记录", "done by"),
    "occurred": ("发生时间", "occurred"),
}
"""Field -> Chinese, English; what is not here is called as on other screens."""


def field_word(name: str, lang: Lang) -> str:
    """What a field is called."""
    pair = FIELDS.get(name) or LABELS.get(name) or COLUMNS.get(name)
    return name.replace("_", " ") if pair is None else pair[0 if lang == "zh" else 1]


_RULES = frozenset({"rule", "pack", "method"})


def value_word(name: str, value: Any, lang: Lang) -> str:
    """A field's value in the reader's language: identifiers by their labels, moments as in China, parts in brackets."""
    if value in (None, "", (), []) or value == {}:
        return "—"
    if isinstance(value, bool):
        return yes_or_no(value, lang)
    if isinstance(value, Citation):
        return cited(value, lang)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
    comma, colon = ("，", "：") if lang == "zh" else (", ", ": ")
    if isinstance(value, Mapping):
        held = [(key, one) for key, one in value.items() if one not in (None, "", (), [])]
        told = [f"{field_word(key, lang)}{colon}{value_word(key, one, lang)}" for key, one in held]
        return f"（{comma.join(told)}）" if lang == "zh" else f"({comma.join(told)})"
    if isinstance(value, (tuple, list)):
        return ("、" if lang == "zh" else ", ").join(value_word(name, one, lang) for one in value)
    text = str(value)
    if is_moment(text):
        return local(text)
    if name in _RULES or name == "matched":
        return rule_title(text, lang)
    if text in ("yes", "no"):
        return yes_or_no(text == "yes", lang)
    if (name, text) == ("step", "unknown"):
        return "未登记" if lang == "zh" else "not registered"
    return label(text, lang)

"""What a person reads for the identifiers of a rule file: its fields, its values, its source and its marks.

They stand apart from the labels of records: a field called ``first`` means something in a rule and nothing elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from adapters.papers.words_1 import CLASSES
from adapters.rule_titles import MARKS, item_mark, rule_title
from adapters.tell import bound
from domain.labels import LABELS, Lang, label

WORDS: dict[str, tuple[str, str]] = {
    # where a rule comes from, and how far it was checked
    "law": ("法规", "law"),
    "standard": ("标准", "standard"),
    "house": ("内部规则", "house rule"),
    "method": ("评价方法", "method"),
    **MARKS,
    # kinds of rules
    "period": ("周期", "period"),
    "days": ("天数", "days"),
    "months": ("月数", "months"),
    "line": ("上报路线", "line"),
    "choice": ("选定", "choice"),
    "pack": ("规则包", "pack"),
    "criteria": ("判定标准", "criteria"),
    "code-list": ("代码表", "code list"),
    "colour-policy": ("分色管控", "colour policy"),
    "product": ("乘积法", "product"),
    "matrix": ("矩阵法", "matrix"),
    "direct": ("直接判定", "direct"),
    "calendar": ("按日历", "by the calendar"),
    "artefacts": ("应有资料", "artefacts"),
    # fields
    "counted": ("计法", "counted"),
    "due": ("期限", "due"),
    "rest_day": ("末日遇休息日", "last day a rest day"),
    "by": ("由谁", "by"),
    "each": ("逐一针对", "for each"),
    "condition": ("前提", "condition"),
    "last_days": ("至少讲到期末前几日内（含末日）", "tells until one of the last days"),
    "owner": ("责任人", "owner"),
    "to": ("报送", "to"),
    "contents": ("内容", "contents"),
    "trigger": ("起算事由", "trigger"),
    "counts": ("计入的情形", "what counts"),
    "count": ("日数计法", "days counted"),
    "first_day": ("起算日", "first day"),
    "join": ("合并办理", "joined"),
    "about": ("针对", "about"),
    "after": ("之后（工作日）", "after (working days)"),
    "before": ("之前（天）", "before (days)"),
    "role": ("角色", "role"),
    "among": ("范围", "among"),
    "members": ("包含规则", "members"),
    "rule": ("规则", "rule"),
    "version": ("版本", "version"),
    "approval": ("批准", "approval"),
    "factors": ("因素", "factors"),
    "times": ("次数", "times"),
    "outside": ("须在外部", "outside"),
    "outside_for": ("须在外部者", "outside for"),
    "tiers": ("层级", "tiers"),
    "adopt_by": ("采用者", "adopted by"),
    "characteristics": ("特征", "characteristics"),
    "class": ("类别", "class"),
    "code": ("代码", "code"),
    "direction": ("方向", "direction"),
    "zh": ("中文", "Chinese"),
    "en": ("英文", "English"),
    "exceptions": ("例外", "exceptions"),
    "formula": ("公式", "formula"),
    "id": ("编号", "id"),
    "inputs": ("输入", "inputs"),
    "items": ("条目", "items"),
    "key": ("代号", "key"),
    "labels": ("名称", "labels"),
    "local": ("允许自定", "own values"),
    "max": ("上限", "most"),
    "min": ("下限", "least"),
    "needs": ("须同时满足", "needs"),
    "note": ("说明", "note"),
    "open_clause": ("兜底条款", "open clause"),
    "otherwise": ("否则", "otherwise"),
    "result": ("结果", "result"),
    "rest": ("放假", "days off"),
    "work": ("上班", "days worked"),
    "first": ("首日", "first"),
    "last": ("末日", "last"),
    "sections": ("章节", "sections"),
    "unlisted": ("表外代码", "unlisted"),
    "value": ("取值", "value"),
    "verified": ("核实", "checked"),
    "values": ("取值", "values"),
    "was": ("原条目", "was"),
    "weather_linked": ("与天气有关", "linked to weather"),
    "widths": ("位数", "widths"),
    "by_start": ("须在开始前", "before it starts"),
    # values
    "rolling": ("自上次完成起", "from the last time"),
    "end_of_period": ("周期末日", "last day of the period"),
    "keep": ("不变", "kept"),
    "next_working": ("顺延至下一工作日", "moved to the next working day"),
    "previous_working": ("提前至上一工作日", "moved to the working day before"),
    "natural": ("自然日", "natural days"),
    "working": ("工作日", "working days"),
    "day_after": ("次日起", "from the next day"),
    "same_day": ("当日起", "from the same day"),
    "earliest": ("以最早一次为准", "by the earliest"),
    "body_in_charge": ("所辖单位", "body in charge"),
    "body": ("责任单位", "responsible body"),
    "another_person": ("另一人", "another person"),
    "by_body": ("由单位确定", "set by the body"),
    "higher_is_worse": ("越大越危险", "higher is worse"),
    "lower_is_worse": ("越小越危险", "lower is worse"),
    "risk_item": ("风险点", "risk"),
    "all": ("全部", "all"),
    "any": ("任一", "any"),
    "high_risk": ("高风险单位", "high-risk units"),
    "other": ("其他单位", "other units"),
    "report": ("报告", "report"),
    "effect": ("管控效果", "effect"),
    "control_measures": ("管控措施", "control measures"),
    "risk_level": ("风险等级", "risk level"),
    "risk_name": ("风险名称", "risk name"),
    "risk_description": ("风险描述", "risk description"),
    "responsible_unit": ("责任部门", "responsible unit"),
    "responsible_person": ("责任人", "responsible person"),
    # what starts a clock, and what can have happened
    "risk_list_updated": ("风险清单更新", "risk list updated"),
    "risk_added": ("新增风险", "risk added"),
    "risk_removed": ("移出风险", "risk removed"),
    "description_changed": ("描述变化", "description changed"),
    "level_changed": ("等级变化", "level changed"),
    "measures_changed": ("措施变化", "measures changed"),
    "responsible_changed": ("责任变化", "responsible changed"),
    "reassessed_after_change": (
        "变更后重新评估（等级未变）",
        "assessed again after a change, the level stayed",
    ),
    "limits": ("限值", "limits"),
    "reassessed": ("其他重新评估（等级未变）", "assessed again for another reason, the level stayed"),
    "sector_assessment_finished": ("行业评估完成", "sector assessment finished"),
    "report_finished": ("报告完成", "report finished"),
    "inspection_drawn": ("抽查抽中", "drawn for inspection"),
    "drawn": ("抽中", "drawn"),
    "hazard_evaluated": ("隐患评估", "hazard evaluated"),
    "evaluated": ("已评估", "evaluated"),
    "law_changed": ("法规变化", "law changed"),
    "came_into_force": ("施行", "came into force"),
    "text_ended": ("失效", "ended"),
    # weather, holidays, neighbours, monitoring
    "response": ("应对规则", "response"),
    "days_before": ("提前天数", "days before"),
    "holidays": ("节假日", "holidays"),
    "expected": ("预计日期", "expected"),
    "reports": ("须上报为变更的预警", "warnings that are reported as changes"),
    "weather": ("天气", "weather"),
    "from": ("自（预警颜色）", "from colour"),
    "source": ("来源", "source"),
    "uplift": ("等级上调", "uplift"),
    "steps": ("上调级数", "steps"),
    "measures": ("措施", "measures"),
    "tags": ("标签", "tags"),
    "accident_types": ("事故类型", "accident types"),
    "lasts": ("持续到解除", "lasts until the end"),
    "duty": ("形成任务", "is a duty"),
    "plan_days": ("编制方案天数", "days for the plan"),
    "plan_owner": ("方案责任角色", "who owes the plan"),
    "respond_days": ("响应天数", "days to respond"),
    "respond_owner": ("响应责任角色", "who responds"),
    # sectors of bodies
    "industry_and_trade": ("工贸", "industry and trade"),
    "hazardous_chemicals": ("危险化学品", "hazardous chemicals"),
    "fireworks": ("烟花爆竹", "fireworks"),
    "coal_mine": ("煤矿", "coal mine"),
    "cold_store": ("冷库", "cold store"),
    # classes of bodies that only rules name
    "sector_coal_mine": ("行业：煤矿", "sector: coal mines"),
    "sector_fireworks": ("行业：烟花爆竹", "sector: fireworks"),
    "sector_hazardous_chemicals": ("行业：危险化学品", "sector: hazardous chemicals"),
    "sector_industry_and_trade": ("行业：工贸", "sector: industry and trade"),
    "sector_non_coal_mine": ("行业：非煤矿山", "sector: non-coal mines"),
}
"""Identifier in a rule file -> (Chinese, English)."""

_PERIOD = re.compile(r"P(\d+)([DWMY])")
_UNIT = {"D": ("天", "days"), "W": ("周", "weeks"), "M": ("个月", "months"), "Y": ("年", "years")}


def word(value: object, lang: Lang) -> str:
    """A field or a value of a rule as a person reads it; a number, a code or a text as it is."""
    if isinstance(value, bool):
        return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")
    text = str(value)
    if text in WORDS:
        return WORDS[text][0 if lang == "zh" else 1]
    if found := _PERIOD.fullmatch(text):
        unit = _UNIT[found[2]][0 if lang == "zh" else 1]
        return f"{found[1]}{unit}" if lang == "zh" else f"{found[1]} {unit}"
    if text in CLASSES:
        return CLASSES[text][0 if lang == "zh" else 1]
    if text in LABELS:
        return label(text, lang)
    return rule_title(text, lang)


_EFFECTS: dict[str, tuple[str, str]] = {
    "turn": ("条文变动", "turn of a text"),
    "verdict": ("判定", "verdict"),
    "duty": ("应办事项", "duty"),
}


def effect_told(row: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
    """A row about what a change of rules touches, in words: what turns, about which thing, from what to what."""
    what = row["what"]

    def said(given: str | None) -> str | None:
        if given is None or what == "verdict":
            return given and word(given, lang)
        first, _, rest = given.partition(" ")
        return f"{first} {bound(rest, lang) if what == 'turn' else word(rest, lang)}".strip()

    subject = row["subject"]
    if what == "verdict" and subject.count("/") == 2:
        kind, _, code = subject.split("/")
        subject = f"{label(kind, lang)} {code}"
    elif what == "turn":
        subject = rule_title(subject, lang)
    told = _EFFECTS[what][0 if lang == "zh" else 1]
    return {
        **row,
        "what": told,
        "subject": subject,
        "was": said(row["was"]),
        "would_be": said(row["would_be"]),
    }


def lines(key: str, value: Any, depth: int, lang: Lang, note: str = "") -> list[str]:
    """A value as lines: plain ones on one line, tables and lists of tables indented below their key."""
    pad, name = "  " * depth, word(key, lang)
    if isinstance(value, Mapping):
        inner = [line for one, held in value.items() for line in lines(str(one), held, depth + 1, lang)]
        return [f"{pad}{name}:{note}", *inner]
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        found = [f"{pad}{name}:{note}"]
        for one in value:
            plain = {of: held for of, held in one.items() if not isinstance(held, list | Mapping)}
            told = [f"{word(of, lang)} {_plain(of, held, lang)}" for of, held in plain.items()]
            found.append(f"{pad}  - " + ", ".join(told))
            for of, held in one.items():
                if of not in plain:
                    found += lines(str(of), held, depth + 3, lang)
        return found
    said = label if key == "weather" else word  # other weather is not other bodies
    shown = ", ".join(said(one, lang) for one in value) if isinstance(value, list) else word(value, lang)
    return [f"{pad}{name} = {shown}{note}"]


def _plain(key: str, value: Any, lang: Lang) -> str:
    if key == "verified":
        return item_mark(str(value), lang)
    return str(value) if key in TEXTS else word(value, lang)


TEXTS = frozenset({"id", "code", "key", "version", "zh", "en", "note"})
"""Fields whose value is a code or a text of its own."""

"""Tells a record as one sentence, in Chinese or English, for histories that a stranger can read."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from string import Formatter
from typing import Any

from adapters.change_words import cause_words, measure_words, reached_words, scope_words
from adapters.halves import half
from adapters.rule_titles import cited_title, item_mark, rule_title
from adapters.tell_calendar import CALENDAR
from adapters.tell_campaigns import CAMPAIGNS
from adapters.tell_changes import CHANGES
from adapters.tell_checks import CHECKS
from adapters.tell_controls import CONTROLS
from adapters.tell_draws import DRAWS
from adapters.tell_duties import DUTIES, IN_TIME
from adapters.tell_equipment import EQUIPMENT
from adapters.tell_hazards import HAZARDS
from adapters.tell_identity import IDENTITY
from adapters.tell_monitoring import MONITORING
from adapters.tell_neighbours import NEIGHBOURS
from adapters.tell_notices import NOTICES
from adapters.tell_organisation import ORGANISATION
from adapters.tell_reports import REPORTS
from adapters.tell_risk_level import RISK_LEVEL
from adapters.tell_sites import SITES
from adapters.tell_uplift import UPLIFT
from adapters.tell_weather import WEATHER
from domain.change_state import Reached, ScopeRow
from domain.labels import LABELS, Lang, Term, command_label, label, shown
from domain.language import Event
from domain.records import Record
from domain.risk_tags import TagRow
from domain.risk_uplift import MeasureRow
from domain.rulebook import Citation

SENTENCES: dict[str, tuple[str, str]] = {
    "body-registered.1": (
        "登记责任单位“{name}”（{kind}，行政区划 {area}）",
        "registered the responsible body '{name}' ({kind}, area {area})",
    ),
    "body-reclassified.1": (
        "责任单位分类改为 {sector} {classes}",
        "reclassified the body as {sector} {classes}",
    ),
    "person-registered.1": ("登记人员 {person}", "put {person} on the roll"),
    "same-person-declared.1": (
        "{declared_by} 认定 {person} 与 {same_as} 为同一人：{reason}",
        "{declared_by} declared {person} and {same_as} to be one person: {reason}",
    ),
    "role-granted.1": (
        "授予 {person} 角色“{role}”，自 {since} 起",
        "granted {person} the role {role} from {since}",
    ),
    "role-revoked.1": (
        "自 {until} 起撤销 {person} 的角色“{role}”",
        "ended {person}'s role {role} from {until}",
    ),
    "rule-pack-adopted.1": (
        "采用规则包 {pack} {version}：{members}",
        "adopted rule pack {pack} {version}: {members}",
    ),
    "unit-registered.1": (
        "登记评估单元“{name}”（{kind}，上级 {parent}）",
        "registered the unit '{name}' ({kind}, under {parent})",
    ),
    "risk-identified.1": (
        "辨识安全风险“{name}”：{cause}；后果：{consequence}",
        "identified the risk '{name}': {cause}; consequence: {consequence}",
    ),
    "risk-retired.1": ("停用该风险：{reason}", "retired the risk: {reason}"),
    "hazard-registered.1": (
        "登记隐患“{title}”：{description}",
        "registered the hazard '{title}': {description}",
    ),
    "hazard-evaluated.1": ("评估为{grade}隐患：{basis}", "evaluated it as a {grade} hazard: {basis}"),
    "rectification-planned.1": (
        "制定治理方案，责任人 {responsible}，措施：{measures}，资金：{funds}，预案：{contingency}，期限 {due}",
        "planned the rectification: {responsible} is responsible; measures: {measures}; funds: {funds}; contingency: {contingency}; due {due}",
    ),
    "extension-asked.1": (
        "申请将期限由 {was} 延至 {due}：{reason}",
        "asked to move the deadline from {was} to {due}: {reason}",
    ),
    "extension-approved.1": (
        "批准延期（{asked_by} 申请）：期限由 {was} 改为 {due}",
        "approved the extension that {asked_by} asked for: {was} -> {due}",
    ),
    "extension-refused.1": (
        "不批准 {asked_by} 申请的延期，期限仍为 {due}",
        "refused the extension that {asked_by} asked for; due {due} stands",
    ),
    "rectification-completed.1": (
        "治理完成（第 {round} 轮），治理人 {rectified_by}：{done}",
        "completed the rectification (round {round}), done by {rectified_by}: {done}",
    ),
    "rectification-verified.1": (
        "验收通过（{count}/{needed}），验收人 {verified_by}：{findings}",
        "accepted it ({count} of {needed}), verified by {verified_by}: {findings}",
    ),
    "rectification-rejected.1": (
        "验收不通过，验收人 {rejected_by}：{findings}",
        "rejected it, verified by {rejected_by}: {findings}",
    ),
    "hazard-closed.1": ("销号。{remark}", "closed the hazard. {remark}"),
    "hazard-reopened.1": (
        "重新打开（第 {opening} 次）：{reason}",
        "reopened it (opening {opening}): {reason}",
    ),
    "practice-opened.1": ("本文件为演练文件：{note}", "this is a practice file: {note}"),
    "clock-was-away.1": ("时钟自 {since} 至 {until} 未运行", "the clock was away from {since} until {until}"),
    "clock-disagreed.1": (
        "机器时钟读数 {read} 早于最后记录，按 {stamped} 记录",
        "the machine's clock read {read}, earlier than the last record; {stamped} was stamped",
    ),
    "policy-refused.1": (
        "策略 {policy} 因记录 {position} 要“{command}”，被拒绝：{because}",
        "policy {policy} meant to {command} because of record {position} and was refused: {because}",
    ),
    **DUTIES,
    **NOTICES,
    **RISK_LEVEL,
    **HAZARDS,
    **CALENDAR,
    **CONTROLS,
    **DRAWS,
    **NEIGHBOURS,
    **MONITORING,
    **CAMPAIGNS,
    **SITES,
    **ORGANISATION,
    **REPORTS,
    **IDENTITY,
    **CHECKS,
    **WEATHER,
    **UPLIFT,
    **CHANGES,
    **EQUIPMENT,
}
"""Stored kind -> sentence in Chinese and in English; a test holds every kind."""

_TERMS = frozenset(
    {
        "kind",
        "role",
        "level",
        "was",
        "grade",
        "layer",
        "aspect",
        "verdict",
        "flags",
        "lacking",
        "audience",
        "to",
        "reasons",
    }
) | frozenset({"rating", "why", "computed", "escalated"})
_TERMS |= {"authority", "tier", "period", "tiers", "answer", "should_be", "methods", "aspects"}
_TERMS |= {"recipient"}  # identifiers of ours, with labels
_TERMS |= {"means", "skipped", "compliance", "feasibility", "effect"}
_TERMS |= {"ground", "suggested"}
_TERMS |= {"reports"}  # kinds of changes
_TERMS |= {"message", "status", "form"}  # of warnings and feeds
_TERMS |= {"owed_by", "measures_by", "how"}  # a role where a sentence says so; a reference to a person has no label
_TERMS |= {"topics", "reach", "pace"}
_TERMS |= {"subject_kind"}
_TERMS |= {"weather", "signal", "base", "assessed", "outcome"}  # of uplifts
_RULES = frozenset({"rule", "rules", "pack", "members", "method"})
"""Fields that name rules; a sentence calls them by their titles."""
EMPTY = "—"
"""What stands where the record says nothing."""
CLOSING = frozenset(")）")
_PARTS = re.compile("(；|; )")
_STANDING = {
    "in force": "有效",
    "adopted; house rule": "本单位采用的内部规则",
    "adopted; method": "本单位采用的方法",
    "adopted; own method": "本单位自定的方法",
    "adopted; foreign": "本单位采用的外地规则",
    "not binding": "未采用，仅供对照",
}


def sentence(record: Record, lang: Lang) -> str:
    """What the record says, in one sentence."""
    return event_sentence(record.event, lang)


def event_sentence(event: Event, lang: Lang) -> str:
    """What the event says, in one sentence."""
    in_time = getattr(event, "days_late", None) == 0
    pair = IN_TIME.get(event.KIND, SENTENCES[event.KIND]) if in_time else SENTENCES[event.KIND]
    template = pair[0 if lang == "zh" else 1]
    values: dict[str, Any] = {}
    for field in dataclasses.fields(event):
        values[field.name] = _told(field.name, getattr(event, field.name), lang)
    told = _without_empty(template, values).format_map(values)
    return told.replace("。—", "。").replace(". —", ".")


def _without_empty(template: str, values: Mapping[str, Any]) -> str:
    """The sentence without those of its parts, between semicolons, about which the record says nothing."""
    first, *rest = _PARTS.split(template)
    kept = [first]
    for stop, part in zip(rest[::2], rest[1::2], strict=True):
        named = list(Formatter().parse(part))
        fields = [name.partition(".")[0] for _, name, _, _ in named if name]
        if not fields or any(values[name] != EMPTY for name in fields):
            kept += [stop, part]
        else:
            kept += [literal for literal, *_ in named if literal[:1] in CLOSING]
    return "".join(kept)


def _told(name: str, given: Any, lang: Lang) -> Any:
    """A value as text; one that consists of parts so that a sentence may name a part of it, as in ``{plan.due}``."""
    if dataclasses.is_dataclass(given) and not isinstance(given, Citation):
        return _Parts(given, lang)
    if isinstance(given, tuple) and given and isinstance(given[0], Reached):
        return reached_words(given, lang)
    if isinstance(given, tuple) and given and isinstance(given[0], ScopeRow | TagRow):
        return scope_words(given, lang)
    if isinstance(given, tuple) and given and isinstance(given[0], MeasureRow):
        return measure_words(given, lang)
    if name == "reason" and isinstance(given, str) and "_" in given and given in LABELS:
        given = Term(given)  # a condition of a rule; people write sentences
    if name in _RULES:
        given = _titles(given, lang)
    elif name == "verified" and isinstance(given, str):
        given = item_mark(given, lang)
    elif name == "cause" and isinstance(given, str):
        given = cause_words(given, lang)
    elif name == "command" and isinstance(given, str):
        given = command_label(given, lang)
    elif isinstance(given, str) and not isinstance(given, Term):
        given = half(given, lang)
    value = _named(name, given)
    return EMPTY if value in (None, "", (), {}) else _listed(value, lang)


def _titles(given: Any, lang: Lang) -> Any:
    """A rule or several by their titles."""
    if isinstance(given, tuple):
        return tuple(_titles(one, lang) for one in given)
    if not isinstance(given, str) or not given:
        return given
    rule, _, version = given.partition(" ")
    return f"{rule_title(rule, lang)} {version}".strip()


class _Parts:
    """A value of an event that consists of parts, each shown as a field of the event would be."""

    def __init__(self, value: Any, lang: Lang) -> None:
        self._value, self._lang = value, lang

    def __getattr__(self, name: str) -> Any:
        return _told(name, getattr(self._value, name), self._lang)

    def __format__(self, spec: str) -> str:
        return _listed(_named("", self._value), self._lang)


def citation_of(record: Record) -> Citation | None:
    """The rule that the record cites, if any."""
    found = getattr(record.event, "citation", None)
    return found if isinstance(found, Citation) else None


def cited(citation: Citation, lang: Lang) -> str:
    """A citation as a person writes it, with how it binds."""
    title = cited_title(citation.title, citation.rule, lang)
    parts = " ".join(part for part in (title, citation.number, citation.article) if part)
    return f"{parts} [{citation.rule} {citation.version}; {bound(citation.standing, lang)}]"


def bound(standing: str, lang: Lang) -> str:
    """How a text binds a body, as a person writes it."""
    if lang == "zh":
        if standing.startswith("adopted; expired "):
            standing = f"本单位采用；原文 {standing.rsplit(' ', 1)[1]} 失效"
        elif standing.startswith("adopted; in force from "):
            standing = f"本单位采用；原文自 {standing.rsplit(' ', 1)[1]} 起施行"
        return _STANDING.get(standing, standing)
    return standing


def _named(name: str, value: Any) -> Any:
    """The value with its identifiers as terms, so that they are shown by their labels."""
    if name in _TERMS and isinstance(value, str):
        return Term(value)
    if isinstance(value, tuple):
        return tuple(_named(name, one) for one in value)
    if dataclasses.is_dataclass(value) and "__str__" in vars(type(value)):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, Citation):
        held = ((part.name, getattr(value, part.name)) for part in dataclasses.fields(value))
        return tuple(_named(name, one) for name, one in held if one not in (None, "", ()))
    return value


def _answer(value: Any, lang: Lang) -> str:
    """What stands behind a key: an answer or a level by its word, a number as it is."""
    if value in ("yes", "no"):
        return _listed(value == "yes", lang)
    return label(value, lang) if value in ("major", "larger", "general", "low") else str(value)


def _listed(value: Any, lang: Lang) -> str:
    if isinstance(value, bool):
        return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={_answer(one, lang)}" for key, one in value.items())
    return shown(value, lang)

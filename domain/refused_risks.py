"""Why something about the assessment of a risk was not accepted."""

from __future__ import annotations

from domain.refused import Refused


class ReasonMissing(Refused):
    zh = "所给等级“{given}”与计算（含提级因素）所得等级“{computed}”不同，须写明理由（override）"
    en = "the level given, {given}, is not the one computed, {computed}: say why (override)"


class StandardsNotMet(Refused):
    zh = "{what}不满足强制性标准，等级不得降为“{level}”；须先消除不符合"
    en = "mandatory standards are not met at {what}: its level may not go down to {level} before they are"


class NoSuchMethod(Refused):
    zh = "没有评估方法“{given}”（区分大小写）；“{body}”已采用的方法：{adopted}；可以采用的方法：{shipped}"
    en = "there is no assessment method '{given}' (case counts); '{body}' adopted: {adopted}; to be had: {shipped}"


class NotAMethod(Refused):
    zh = "{what}的方法表有误：{faults_zh}"
    en = "the table of {what} has faults: {faults_en}"


class NotOfThisRisk(Refused):
    zh = "{what}还没有用方法“{method}”评估过，不能选用；已用过的方法：{methods}"
    en = "{what} was never assessed by the method '{method}', which cannot count; it was by: {methods}"

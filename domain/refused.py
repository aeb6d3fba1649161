"""Why a command was not accepted: one class per reason, each with a sentence in Chinese and in English.

A refusal is an answer of the rules to a person; it changes nothing. A fault (``FaultError``) is the machine's own
failure: a database that cannot serve, a file that is not ours.
"""

from __future__ import annotations

import re
from typing import ClassVar

from domain.labels import LABELS, Lang, Thing, command_label, label, shown


class Told(Exception):
    """Something with a name, values, and a sentence in both languages."""

    zh: ClassVar[str]
    en: ClassVar[str]

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.because("en"))

    @property
    def name(self) -> str:
        return type(self).__name__

    def because(self, lang: Lang) -> str:
        """The sentence, with values that have a label shown in the reader's language."""
        template = self.zh if lang == "zh" else self.en
        told = {key: _told(key, value, lang) for key, value in self.values.items()}
        sentence = template.format(**told)
        if lang == "zh":  # a code is set off from the word after it
            for key, value in self.values.items():
                if isinstance(value, Thing):
                    sentence = re.sub(rf"({re.escape(told[key])})(?=[\u4e00-\u9fff])", r"\1 ", sentence)
        return sentence


def _told(key: str, value: object, lang: Lang) -> str:
    """A value inside a sentence: a command by what it does, a rule also by its name, what is shared in words."""
    if key == "command":
        return command_label(str(value), lang)
    if key in ("body", "scope") and value == "*":
        return label("shared_by_all", lang)
    if key == "rule" and lang == "zh" and value in LABELS:
        return f"{label(str(value), lang)}（{value}）"
    return shown(value, lang)


class Refused(Told):
    """The rules do not allow it. Nothing was recorded."""


class FaultError(Told):
    """The machine cannot serve. Nothing is half recorded."""


# ------------------------------------------------------------------------------------------------ malformed input


class UnknownCommand(Refused):
    zh = "没有名为“{command}”的命令"
    en = "there is no command named '{command}'"


class NotForPeople(Refused):
    zh = "命令“{command}”只由时钟、策略或数据源发出，人员不能使用"
    en = "only the clock, a policy or a feed may {command}, not people"


class BadField(Refused):
    """A field is missing, unknown, or does not have the shape it must have."""

    zh = "字段 {field}：{problem_zh}"
    en = "field {field}: {problem_en}"


class BadLine(Refused):
    zh = "第 {line} 行不是有效的 JSON 命令：{problem_zh}"
    en = "line {line} is not a valid JSON command: {problem_en}"


class NaiveTime(Refused):
    zh = "字段 {field} 的时间“{given}”没有时区；请写明，例如 2026-07-10T08:00:00+08:00"
    en = "field {field}: the time '{given}' has no offset; write one, such as 2026-07-10T08:00:00+08:00"


class IdReused(Refused):
    zh = "命令编号“{id}”已用于内容不同的命令（记录 {first} 至 {last}）"
    en = "command id '{id}' was already used for a command with other content (records {first} to {last})"


# ------------------------------------------------------------------------------------------------ time


class InTheFuture(Refused):
    zh = "发生时间 {at} 晚于现在 {now}"
    en = "it cannot have happened at {at}: now is {now}"


class BeforePredecessor(Refused):
    zh = "{what}的上一步发生于 {previous}，本步不能早于它（所给时间 {at}）"
    en = "the previous step of {what} happened at {previous}; this one cannot be earlier ({at})"


# ------------------------------------------------------------------------------------------------ who


class UnknownPerson(Refused):
    zh = "“{body}”没有登记人员“{person}”"
    en = "'{body}' has no person '{person}'"


class NoGrant(Refused):
    zh = "“{person}”在“{scope}”没有可执行“{command}”的角色（需要：{roles}）"
    en = "'{person}' holds no role in '{scope}' that may {command} (needs one of: {roles})"


class NotIndependent(Refused):
    zh = "{person} 已作为“{part}”参与 {what}，不能再由其执行“{command}”"
    en = "{person} took part in {what} as {part} and may not also {command}"


# ------------------------------------------------------------------------------------------------ what


class UnknownThing(Refused):
    """A body, unit, risk, hazard or other thing that was never registered."""

    zh = "没有登记过{kind}“{code}”（责任单位：{body}）"
    en = "no {kind} '{code}' is registered (responsible body: {body})"


class AlreadyRegistered(Refused):
    zh = "{kind}“{code}”已登记（责任单位：{body}），不能重复登记"
    en = "{kind} '{code}' is already registered (responsible body: {body})"


class OutOfTurn(Refused):
    zh = "{what}处于“{step}”，不能执行“{command}”；可执行的前提：{needs}"
    en = "{what} is at step '{step}', so nobody can {command}; it would have to be at: {needs}"


class StopInForce(Refused):
    zh = "{what}自 {since} 起处于停产撤人状态（{stop}），解除前不得作业"
    en = "work at {what} is stopped since {since} ({stop}); it may not begin before that is released"


class HoldOpen(Refused):
    zh = "{what}自 {since} 起暂停作业（{hold}），措施落实并放行前不得作业"
    en = "work at {what} is on hold since {since} ({hold}); it may not begin before that is released"


class NotAnOutline(Refused):
    zh = "{what}的轮廓不成立：{why}（{where}）"
    en = "the outline of {what} does not hold: {why} ({where})"


class NothingToDecide(Refused):
    zh = "{what}没有待处理的“{part}”"
    en = "{what} has no {part} to decide on"


class AlreadyAsked(Refused):
    zh = "{what}已有 {person} 提出、延至 {due} 的延期申请，尚未处理"
    en = "{what} already has a request for more time, until {due}, by {person}, which waits for a decision"


class NotLater(Refused):
    zh = "新期限 {asked} 不晚于现期限 {due}"
    en = "the new deadline {asked} is not later than the present one, {due}"


class DeadlineInThePast(Refused):
    zh = "期限 {due} 早于计划日 {day}"
    en = "the deadline {due} lies before the day of the plan, {day}"


class EndsBeforeItBegins(Refused):
    zh = "{what}自 {since} 起，却在 {until} 前终止：没有一天有效"
    en = "{what} would begin on {since} and no longer hold on {until}: not for one day"


class BeyondRule(Refused):
    zh = "期限 {due} 超过已采用规则“{rule}”允许的最后日期 {latest}"
    en = "the deadline {due} lies beyond {latest}, the last day that the adopted rule '{rule}' allows"


class Retired(Refused):
    zh = "{kind}“{code}”已停用，不能执行“{command}”"
    en = "{kind} '{code}' is retired, so nobody can {command}"


class Incomplete(Refused):
    zh = "{what}还缺少：{missing}"
    en = "{what} still lacks: {missing}"


class Unfit(Refused):
    """A value that the rule or the thing itself does not know."""

    zh = "“{given}”不是{what}的可选值（可选：{allowed}）"
    en = "'{given}' is not a value of {what} (allowed: {allowed})"


class AlreadySo(Refused):
    zh = "{what}已经如此，无需再记"
    en = "{what} is so already"


class UnderItself(Refused):
    zh = "{what}不能放在{parent}之下：后者就是它本身或它的下级"
    en = "{what} cannot stand under {parent}, which is itself or stands below it"


class HasParts(Refused):
    zh = "{what}之下还有 {count} 个在用单元，不能执行“{command}”；请先移走或停用它们"
    en = "{what} still has {count} units in use below it, so nobody can {command}; move or retire them first"


# ------------------------------------------------------------------------------------------------ who holds what


class NotInPlace(Refused):
    """It is not there on the day: not yet set up or valid, or closed."""

    zh = "{what}在 {day} 不存在：尚未设立或生效，或者已经撤销"
    en = "{what} is not in place on {day}: not there yet, or closed"


class AlreadyHeld(Refused):
    zh = "{what}：{person} 自 {since} 起已在其中，日期重叠"
    en = "{what}: {person} is there already from {since}, and the days overlap"


class HeldByAnother(Refused):
    zh = "{what}自 {since} 起由 {person} 担任，日期重叠；两人同岗（如倒班）须写明 alongside"
    en = "{what} is held by {person} from {since}, and the days overlap; say 'alongside' where both are meant"


class StillHeld(Refused):
    zh = "{what}在 {day} 及以后仍由 {person} 担任；请先终止任职"
    en = "{what} is still held by {person} on {day} or later; end the appointment first"


class SamePerson(Refused):
    zh = "{what}：{person} 不能与自己交接，也不能代理自己"
    en = "{what}: {person} cannot hand over to, or stand in for, the same person"


class DeputyAbsent(Refused):
    zh = "{person} 自 {since} 起不在岗，不能代理{what}"
    en = "{person} is absent from {since} and cannot stand in at {what}"


class NoHead(Refused):
    zh = "{what}须始终有一名组长；{person} 只能由继任者以组长身份加入来接替"
    en = "{what} must have a head on every day; {person} leaves only when a successor joins as head"


class NotPrincipal(Refused):
    zh = "{person} 在 {day} 没有主要负责人角色，不能作为{what}"
    en = "{person} is not the main responsible person on {day} and cannot stand as {what}"


# ------------------------------------------------------------------------------------------------ rules


class NoRuleInForce(Refused):
    zh = "“{body}”在 {day} 没有生效的规则“{rule}”；{ways}"
    en = "no wording of rule '{rule}' is in force for '{body}' on {day}; {ways}"


class UnknownRule(Refused):
    zh = "没有规则包“{rule}”；现有规则包：{packs}"
    en = "there is no rule pack '{rule}'; there are: {packs}"


class NoSuchRule(Refused):
    """Of any kind, not only a pack."""

    zh = "没有名为“{rule}”的规则；全部规则见 dualguard rules list"
    en = "there is no rule '{rule}'; dualguard rules list names them all"


# ------------------------------------------------------------------------------------------------ faults


class JournalUnavailableError(FaultError):
    zh = "数据库“{where}”无法使用：{problem}"
    en = "the database '{where}' cannot serve: {problem}"


class NoJournalError(FaultError):
    zh = "没有数据库文件“{where}”；第一条命令会创建它，查询不会"
    en = "there is no database file '{where}'; the first command makes it, a question never does"


class ForeignFileError(FaultError):
    zh = "“{where}”不是双控数据库文件：{problem}"
    en = "'{where}' is not a Dualguard file: {problem}"


class NewerFileError(FaultError):
    zh = "“{where}”由更新的版本写成（格式 {found}，本程序支持到 {known}）；请升级程序"
    en = "'{where}' was written by a newer version (format {found}; this one reads up to {known}); upgrade first"


class InDoubtError(FaultError):
    """The reply was lost: it may or may not be recorded. The same id settles it."""

    zh = "与数据库“{where}”的连接在提交时中断，命令 {id} 是否已记录未知；用同一编号重发即可得到结论"
    en = (
        "the connection to '{where}' broke at commit; whether command {id} was recorded is unknown: "
        "repeat it with the same id"
    )


class BrokenRecordError(FaultError):
    zh = "位置 {position} 的记录无法读取：{problem}"
    en = "the record at position {position} cannot be read: {problem}"


class ProjectionFailedError(FaultError):
    zh = "视图“{projection}”在位置 {position} 停止：{problem}；用 dualguard projections rebuild {projection} 重建"
    en = (
        "projection '{projection}' stopped at position {position}: {problem}; "
        "rebuild it with: dualguard projections rebuild {projection}"
    )


class ContendedError(FaultError):
    zh = "命令 {id} 连续 {times} 次与其他写入冲突，未记录；请重试"
    en = "command {id} lost {times} times against other writers and was not recorded; try again"


class ClockHeldError(FaultError):
    zh = "时钟已由 {holder} 持有"
    en = "the clock is held by {holder}"


class NotEmpty(Refused):
    zh = "“{where}”已有记录；只有空数据库才能设为演练文件"
    en = "'{where}' already holds records; only an empty database can become a practice one"


class AmbiguousCode(Refused):
    zh = "有多个责任单位使用编号“{code}”：{bodies}；请用 --body 指明"
    en = "several bodies hold the code '{code}': {bodies}; name one with --body"

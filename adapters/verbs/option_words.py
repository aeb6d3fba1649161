"""What the options of verbs are for, each listing in one language: the reader's.

Loaded only where somebody asks for help. An option without a sentence of its own is told by what its field is called.
"""

from __future__ import annotations

import copy

import click

from adapters.verbs import json_forms
from adapters.verbs.field_words import field_word
from adapters.verbs.sectors import help_of_sector
from domain.labels import Lang, label

CHINESE: dict[str, str] = {
    "a file; default: standard output": "文件；缺省为标准输出",
    "a risk and its controls": "一项风险及其措施",
    "a rule file: which due days it would change": "规则文件：哪些期限会因此改变",
    "a table in the form of a rule file": "规则文件格式的表",
    "after each tick deliver notices by these settings": "每次运行后按此设置投递通知",
    "after: as known then": "之后：按当时所知",
    "after: true then; default now": "之后：当时的情况；缺省为现在",
    "as known at this record, moment or day": "按该记录、时刻或日期所知",
    "as known then": "按当时所知",
    "audit root --json > FILE": "audit root --json 写出的文件",
    "as if each were done on its last day: what is counted from the last time comes again": (
        "假设各项都在最后一日办结：从上次办结起算的事项会再次出现"
    ),
    "before: as known then": "之前：按当时所知",
    "before: true at this moment or day": "之前：该时刻或日期的情况",
    "begin no attempt after so long": "超过该时长后不再开始投递",
    "code of the tag": "标签代号",
    "default today": "缺省为今日",
    "default: FILE-evidence, or DUALGUARD_EVIDENCE": "缺省：数据库文件名加 -evidence，或环境变量 DUALGUARD_EVIDENCE",
    "default: the last one": "缺省为最后一稿",
    "default: the one adopted now": "缺省为现行采用的版本",
    "duties that begin before; default a year later": "在此之前开始的应办事项；缺省为一年后",
    "each gap in a sentence": "逐个缺口用一句话说明",
    "earlier editions too": "含以前各稿",
    "ended ones too": "含已结束的",
    "former ones too": "含已不再相邻的",
    "how far ahead": "提前多少天",
    "its last day, where it goes on for a while": "持续一段时间的，写最后一日",
    "JSON lines": "每行一条 JSON",
    "lines for `do --batch` that would make it so": "写出可供 do --batch 使用的各行",
    "name of the feed": "数据源名称",
    "never looked at": "只列从未查看的",
    "not completed by their last day": "只列到最后一日未完成的",
    "not re-checked yet": "只列尚未复核的",
    "one duty": "一项应办事项",
    "one risk only": "只看一项风险",
    "only those of this person": "只看此人的",
    "only those that wait": "只列等待处理的",
    "only what --as owes": "只看 --as 所指人员应办的",
    "only where the level changes": "只列等级会变的",
    "order not answered yet": "只列整改要求尚未答复的",
    "owed by --as, or by a role of theirs": "由 --as 所指人员或其角色应办的",
    "released ones too": "含已解除的",
    "risk, hazard or not_accepted": "risk（风险）、hazard（隐患）或 not_accepted（不予受理）",
    "seconds": "秒",
    "so many duties of one person in one week are too many": "一人一周内达到多少项算超负荷",
    "the addendum instead of the report": "更正说明的序号，代替报告本身",
    "the method's own levels": "方法自己的等级",
    "this unit and what is below it": "该单元及其下级",
    "those no longer monitored too": "含不再监测的",
    "those of the past too": "含过去的",
    "those taken back too": "含已撤销的",
    "true at this moment or day": "该时刻或日期的情况",
    "under the rules of that day; default today": "按该日的规则；缺省为今日",
    "up to this day": "推演至该日",
    "where channels lead (TOML); default $DUALGUARD_NOTIFY": "通道设置文件（TOML）；缺省为 $DUALGUARD_NOTIFY",
    "whose proposer was not told yet": "只列提出人尚未获告知的",
    "withdrawn ones too": "含已停用的",
    "write a calendar (RFC 5545) with alarms": "写出带提醒的日历文件（RFC 5545）",
    "write one line for each person and duty": "每人每项写一行",
}
"""The sentence of an option in English -> in Chinese."""


NAMED: dict[str, tuple[str, str]] = {
    "open_only": ("只列未了的", "only open ones"),
    "backwards": ("从最后一步往前", "the last first"),
    "step": ("环节；逐条回放时为第几条", "step; of a replay: which record"),
    "late": ("只列逾期的", "only late ones"),
    "dismissed": ("含已排除的", "dismissed ones too"),
    "minutes": ("多少分钟以内算过快", "fewer minutes than these are too few"),
    "burst": ("集中多少项算异常", "so many at once are a burst"),
    "window": ("期限前多少天以内", "so many days before the day"),
    "least": ("至少多少次", "at least so often"),
    "per": ("按什么统计", "counted per what"),
    "limit": ("最多列多少行", "at most so many rows"),
    "missed": ("只列期内未完成的", "only missed ones"),
    "every": ("全部记录", "every record"),
    "days": ("逐日列出", "every day"),
    "retired": ("含已停用的", "retired ones too"),
    "dissolved": ("含已撤销的", "dissolved ones too"),
    "superseded": ("含已被取代的版本", "superseded versions too"),
    "ever": ("含过去的", "those of the past too"),
    "withdrawn": ("含已停用的", "withdrawn ones too"),
    "as_of": ("该时刻或日期的情况", "true at this moment or day"),
    "known_at": ("按当时所知（记录位置、时刻或日期）", "as known at this record, moment or day"),
    "since": ("自何日起", "from this day on"),
    "until": ("至何日", "until this day"),
    "on": ("哪一日", "on this day"),
    "under": ("该单元及其下级", "this unit and what is below it"),
    "before": ("与哪一次比较", "the one to compare with"),
    "store": ("证据库文件夹", "folder of the evidence store"),
    "out": ("写出的文件", "the file to write"),
    "kind": ("类别", "kind"),
    "mine": ("只看 --as 所指人员的", "only those of --as"),
}
"""What an option without a sentence is for, by its name -> Chinese, English."""
_FORMS = frozenset({"YYYY-MM-DD", "YYYY-MM"})
"""How a value is written; the same in both languages."""


def worded(parameter: click.Parameter, lang: Lang) -> click.Parameter:
    """The option with its sentence in the reader's language; anything else as it is."""
    if not isinstance(parameter, click.Option):
        return parameter
    told = copy.copy(parameter)
    told.help = sentence_of(parameter, lang)
    if parameter.name == "sector" and parameter.required:
        told.help = help_of_sector(lang)
    form = json_forms.told(getattr(parameter, "shape", None), lang, parameter.multiple)
    told.help = ("；" if lang == "zh" else "; ").join(one for one in (told.help, form) if one) or None
    if lang == "zh" and isinstance(parameter.type, click.Choice) and parameter.name != "lang":
        words = [f"{one} {said}" for one in parameter.type.choices if (said := label(str(one), lang)) != one]
        told.help = "；".join(part for part in (told.help, "、".join(words)) if part)
    return told


def sentence_of(option: click.Option, lang: Lang) -> str | None:
    """What an option is for: its half of a sentence in both languages, its translation, or its field's name."""
    text = option.help or ""
    zh, both, en = text.partition(" / ")
    if text in _FORMS or (both and option.multiple):
        own = _named(option, lang)
        said = (zh if lang == "zh" else en) if both else text
        return f"{own}{'；' if lang == 'zh' else '; '}{said}" if own else said
    if both:
        return zh if lang == "zh" else en
    if lang == "zh" and text in CHINESE:
        return CHINESE[text]
    return text or _named(option, lang)


def _named(option: click.Option, lang: Lang) -> str | None:
    """What the option's name says; nothing where that is no more than the name itself."""
    name = option.name or ""
    if name in NAMED and not option.required:
        return NAMED[name][0 if lang == "zh" else 1]
    known = field_word(name, lang)
    return None if known == name.replace("_", " ") else known

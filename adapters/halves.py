"""The reader's half of what the machine recorded in both languages: "风险已停用 / the risk was retired".

Records keep both. Only sentences that the machine itself writes are known here, word for word, with what stands in them
(names, days, a person's reason); whatever somebody else wrote stays as it is, also with a stroke in it.
"""

from __future__ import annotations

import functools
import re

from domain.labels import Lang

STROKE = " / "
_DAY = r"\d{4}-\d\d-\d\d"
_KNOWN = (
    r"(?P<zh>风险已停用) / (?P<en>the risk was retired)",
    r"(?P<zh>措施已采用新版本) / (?P<en>another version of the control was adopted)",
    r"(?P<zh>变更已关闭) / (?P<en>the change was closed)",
    r"(?P<zh>预警升级，另行报告) / (?P<en>the warning was raised and is reported anew)",
    r"(?P<zh>所定最后一日已过) / (?P<en>its stated last day has passed)",
    r"(?P<zh>当年放假安排尚未公布，暂按法定节假日) / (?P<en>provisional: the notice on the year is .+ fixed by law)",
    # weather, holidays, restarts
    r"(?P<zh>.+预警) / (?P<en>[a-z]+ warning of .+ in .+)",
    r"(?P<zh>预警过程结束：.+) / (?P<en>the weather is over: .+)",
    rf"(?P<zh>\S+假期) / (?P<en>[A-Z][^/:]+)(?P<rest>: {_DAY} – {_DAY})",
    r"(?P<zh>恢复生产) / (?P<en>restart)(?P<rest>: .*)",
    # whose a duty is, or was
    rf"(?P<zh>任职（.+）于 {_DAY} 结束) / (?P<en>the role \(.+\) ends on {_DAY})",
    rf"(?P<zh>任职（.+）自 {_DAY} 起) / (?P<en>the role \(.+\) since {_DAY})",
    r"(?P<zh>本期已按层级（.+）检查) / (?P<en>checked already for the tier \(.+\) in this period)",
    r"(?P<zh>本期由任职者（.+）各自检查) / (?P<en>each holder of the role \(.+\) checks for this period)",
    rf"(?P<zh>自 {_DAY} 起重新任职（.+）) / (?P<en>holds the role \(.+\) again from {_DAY} on)",
    rf"(?P<zh>自 {_DAY} 起无人任职（.+）) / (?P<en>nobody holds the role \(.+\) from {_DAY} on)",
)
"""Each sentence with both halves, and what both have behind them."""
_LAW = (
    rf"(?P<text>.+) (?P<zh>施行|失效) / (?P<en>in force from|ended as of) (?P<day>{_DAY})"
    r"(?P<late>（事后补录的风险关联 / for risks of which it was recorded only later that they rested on it）)?"
)


@functools.cache
def _shapes() -> tuple[list[re.Pattern[str]], re.Pattern[str]]:
    from domain.equipment_types import (
        TYPES,
    )  # its types are sentences, too, where an event brings no words of its own

    types = {
        rf"(?P<zh>{re.escape(one.zh)}) / (?P<en>{re.escape(one.en)})(?P<rest>: .+)?" for one in TYPES.values()
    }
    return [re.compile(one, re.DOTALL) for one in (*_KNOWN, *sorted(types))], re.compile(_LAW, re.DOTALL)


def half(text: str, lang: Lang) -> str:
    """The half of a machine's sentence in the reader's language; any other text as it is."""
    if STROKE not in text:
        return text
    shapes, law = _shapes()
    for shape in shapes:
        if found := shape.fullmatch(text):
            rest = found.groupdict().get("rest")  # a person's reason, or again the machine's
            behind = (
                "" if rest is None else ("：" if lang == "zh" else ": ") + half(rest.removeprefix(": "), lang)
            )
            return found[lang] + behind
    if found := law.fullmatch(text):
        late = found["late"] or ""
        zh, _, en = late.strip("（）").partition(STROKE)
        if lang == "zh":
            return f"{found['text']}：{found['day']} {found['zh']}" + (f"（{zh}）" if late else "")
        return f"{found['text']} {found['en']} {found['day']}" + (f" ({en})" if late else "")
    return text

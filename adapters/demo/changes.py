"""What changed at the machine works: the holiday, a rainstorm, a press, two restarts, a standard; and what came of it.

Every risk that a change touched is assessed again or left out with a reason, but for two of the gas station, which
whoever looks at the end of the year finds with their owner.
"""

from __future__ import annotations

from collections.abc import Iterator

from adapters.demo import weather
from adapters.demo.plant import DIRECTOR, SAFETY_OFFICER, line
from adapters.demo.plant_risks import Found, found, reassessed
from adapters.demo.steps import Line, T
from domain.change_measures import measures_code
from domain.change_state import restart_code
from domain.check_periods import code_from
from domain.weather_changes import change_code, judging_code
from domain.weather_episodes import episode_code, episode_name

PACK, RESPONSE = "house-changes-2026", "house-weather-2026"
PRESS, GAS, TANK = "W2-PRE3", "W6-GAS1", "W6-TAN1"
LOOKED = T("变更后现场复核，控制措施有效", "looked at on site after the change: the controls hold")
PUMPS = T("排水泵试运行，池边护栏完好", "drainage pumps tried, the rail round the tank is whole")
LIGHTS = T(
    "新冲床光幕纳入班前试验，操作规程已修订并培训",
    "the light curtain of the new press is tried before each shift; the operating rules are revised and taught",
)
ENOUGH = T(
    "光幕每班试验一次，已写入点检表，其余措施有效",
    "the light curtain is tried once a shift, as the check sheet now says; the other measures hold",
)
NONE = T("对照标准核查，未发现该项情形", "checked against the criterion: no such thing here")
ASKED_AGAIN = ("T10-A09-02", "T10-A11-09")
"""Which criteria of major hazards the works has to look at again in a rainstorm, by the house's response."""
LEFT = 2
"""How many risks are still owed their assessment at the end."""


def lines() -> Iterator[Line]:
    """From February to October, by what changed."""
    by_unit: dict[str, list[Found]] = {}
    for one in found():
        by_unit.setdefault(one.place.unit, []).append(one)
    yield line("AdoptRulePack", DIRECTOR, "2026-02-04T09:00", pack=PACK, version="1")
    yield from _holiday(by_unit[TANK])
    yield from _rainstorm(by_unit[TANK])
    yield from reassessed(by_unit[PRESS], "2026-07-14T09", LOOKED)
    yield _done(measures_code(restart_code(PRESS, 1)), "2026-07-20T10:00", ENOUGH)
    yield from _press(by_unit[PRESS])
    yield from reassessed(by_unit[GAS][:-LEFT], "2026-09-17T09", LOOKED)
    yield from _standard(by_unit[PRESS])


def _holiday(risks: list[Found]) -> Iterator[Line]:
    """Before the Spring Festival: owed by the day on which it begins."""
    yield _report(
        "BG-CJ",
        "2026-02-05T10:00",
        "holiday",
        T("春节放假，污水站留人值守", "Spring Festival: only a watch at the waste water station"),
        [{"kind": "unit", "code": TANK}],
        starts="2026-02-15",
        ends="2026-02-23",
        cause="holiday:2026-spring",
    )
    yield from reassessed(risks, "2026-02-10T09", LOOKED)


def _rainstorm(risks: list[Found]) -> Iterator[Line]:
    """Orange, raised to red in the evening, lifted the next day: the weather service says so, the rest follows.

    People tag what hangs on rain, do what the house's response asks for, and assess again.
    """
    for minute, one in enumerate(risks):
        tags = [{"kind": "weather", "code": "rainstorm"}]
        yield line("TagRisk", SAFETY_OFFICER, f"2026-03-03T12:{minute:02}", risk=one.code, tags=tags)
    yield line("AdoptRulePack", DIRECTOR, "2026-03-04T09:00", pack=RESPONSE, version="1")
    yield from weather.lines()
    episode = episode_name(episode_code(weather.AREA, "", weather.KIND), 1)
    for one in risks:
        if one.entry["accident"] == "淹溺":
            duty = code_from("measure", change_code(episode, "orange"), one.code, "check-drainage", most=64)
            yield _done(duty, "2026-06-24T17:00", PUMPS)
    for level, hour in (("orange", "17"), ("red", "21")):
        for minute, item in enumerate(ASKED_AGAIN):
            yield _done(judging_code(change_code(episode, level), item), f"2026-06-24T{hour}:3{minute}", NONE)
    yield from reassessed(risks, "2026-06-25T07", LOOKED)


def _done(duty: str, at: str, done: T) -> Line:
    return line("FulfilDuty", SAFETY_OFFICER, at, duty=duty, done=done)


def _press(risks: list[Found]) -> Iterator[Line]:
    """The press is replaced: one of its risks hangs on it by tag and by place, one is left out."""
    yield _report(
        "BG-CY03",
        "2026-08-03T09:00",
        "key_equipment",
        T("三号冲床更换为伺服压力机", "press no. 3 is replaced by a servo press"),
        [{"kind": "equipment", "code": "CY-03"}, {"kind": "unit", "code": PRESS}],
        starts="2026-08-03",
    )
    *anew, out = risks
    yield from reassessed(anew, "2026-08-06T09", LOOKED)
    yield line(
        "ExcludeFromChange",
        DIRECTOR,
        "2026-08-06T11:00",
        change="BG-CY03",
        risk=out.code,
        reason=T(
            "更换不涉及该风险，工序与人员未变", "the new press leaves it as it was: same work, same people"
        ),
    )
    yield _done(measures_code("BG-CY03"), "2026-08-12T10:00", LIGHTS)


def _standard(risks: list[Found]) -> Iterator[Line]:
    yield line(
        "IssueDocumentVersion",
        SAFETY_OFFICER,
        "2026-10-09T09:00",
        document="GB27607",
        version=T("新版（示例）", "new edition (example)"),
        valid_from="2026-10-09",
    )
    yield _report(
        "BG-GB27607",
        "2026-10-09T09:30",
        "law_or_standard",
        T("压力机安全标准更新", "a new edition of the standard on presses"),
        [{"kind": "standard", "code": "GB27607"}],
        starts="2026-10-09",
    )
    yield from reassessed(risks[:1], "2026-10-13T09", LOOKED)


def _report(change: str, at: str, kind: str, what: T, scope: list[dict[str, str]], **more: object) -> Line:
    return line("ReportChange", SAFETY_OFFICER, at, change=change, kind=kind, what=what, scope=scope, **more)

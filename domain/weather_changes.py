"""Which bodies a warning touches, under which change it is reported to them, and what it asks again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from domain.bodies import Body
from domain.change_scope import ScopeEntry
from domain.changes import ReportChange
from domain.check_periods import code_from
from domain.labels import label
from domain.language import Code, Day
from domain.risk_uplift import WEATHER_CAUSE, applies
from domain.rule_adoption import Adopted
from domain.rulebook import Citation, Rulebook
from domain.weather_words import RANKS

Asked = tuple[str, str, Citation]
"""A rule with criteria of major hazards, one of its items, and how it binds."""
REPORT = "weather"
JUDGE = "judge"
JUDGED_BY = "safety_officer"
"""Who looks at the criteria of major hazards again; a house choice, as the response itself."""


def stem(area: str) -> str:
    """An administrative code without the zeros that fill it up: village and town in threes, the rest in pairs.

    Zeros go only with their whole part: 341000 is the city 3410 and not the province-like 341.
    """
    while len(area) > 6 and area.endswith("000"):
        area = area[:-3]
    while 2 < len(area) <= 6 and len(area) % 2 == 0 and area.endswith("00"):
        area = area[:-2]
    return area


def touches(warned: str, area: str) -> bool:
    """Whether a warning for one area reaches a body in another: one lies in the other, whichever is larger."""
    if not warned or not area:
        return False
    here, there = stem(warned), stem(area)
    return here.startswith(there) or there.startswith(here)


def change_code(episode: str, level: str) -> Code:
    """The code of the change that an episode is in a body at its highest level so far."""
    return code_from(REPORT, episode, level, most=64)


def rank_of_change(change: str) -> int | None:
    """How high the level is for which a change of this making was reported; None for one that a person reported."""
    return RANKS.get(change.rpartition(".")[2]) if change.startswith(f"{REPORT}.") else None


def counts(value: Mapping[str, Any] | None, kind: str, level: str) -> bool:
    """Whether a body wants a warning of this level reported; without a word of its own on that kind, every one."""
    if value is None:
        return True
    named = [one for one in value.get("reports", ()) if kind in one.get("weather", (kind,))]
    return not named or any(RANKS[level] >= RANKS[one["from"]] for one in named)


def report(body: Code, episode: Mapping[str, Any], day: Day, taken: Iterable[Code] = ()) -> ReportChange:
    """The change of one body that an episode is: what hangs on that weather, and the risks that people took in."""
    name, kind, level = episode["area_name"] or episode["area"], episode["kind"], episode["level"]
    signal = label(level, "zh") + ("" if level == "unknown" else "色")
    told = (
        f"{name}{label(kind, 'zh')}{signal}预警",
        f"{label(level, 'en')} warning of {label(kind, 'en')} in {name}",
    )
    return ReportChange(
        body,
        change_code(episode["episode"], level),
        "extreme_weather",
        " / ".join(told)[:4000],
        (ScopeEntry("weather", kind), *(ScopeEntry("risk", one) for one in taken)),
        day,
        None,
        f"{WEATHER_CAUSE}{episode['episode']}",
    )


def asked_again(
    value: Mapping[str, Any], kind: str, level: str, body: Body, adopted: Adopted, rules: Rulebook, day: Day
) -> Iterator[Asked]:
    """Each criterion of major hazards that binds the body and is asked again now."""
    wanted = {item for one in value.get("criteria", ()) if applies(one, kind, level) for item in one["items"]}
    if not wanted:
        return
    for rule, wordings in sorted(rules.wordings.items()):
        if not wordings or wordings[0].kind != "criteria":
            continue
        found = rules.binding(rule, day, body.area, body.who, adopted.on(day))
        if found is None:
            continue
        for section in found[0].value["sections"]:
            for item in section["items"]:
                if item["code"] in wanted:
                    yield rule, item["code"], found[1]


def judging_code(change: str, item: str) -> Code:
    """The code of the duty to judge one criterion again because of one change."""
    return code_from(JUDGE, change, item, most=64)

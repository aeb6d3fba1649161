"""A temporary uplift: weather and holidays lift a risk's level while they last, and the level then stands as assessed.

How far, and what is to be done meanwhile, is rule data that the body adopted. The level shown is the higher of the one
assessed and the one lifted to; the assessment itself is untouched. An assessment made while it lasts stands for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from domain.change_kinds import ChangeKind
from domain.check_periods import code_from
from domain.decider import Facts
from domain.language import LEVELS, SHARED, Code, Command, Event, Limit, Moment, Words, but, day_after, day_of
from domain.risk_level import RANK, counting_level
from domain.risk_state import Risk
from domain.rule_adoption import find_rule
from domain.rulebook import Citation, Rulebook
from domain.uplift_state import Uplift
from domain.weather_episodes import EPISODE, episode_name
from domain.weather_words import RANKS

RESPONSES: dict[str, str] = {"extreme_weather": "weather-response", "holiday": "holiday-response"}
"""Kind of change -> the rule that says what it does to a risk meanwhile."""
WEATHER_CAUSE = "weather:"
Cause = Annotated[str, Limit(200, least=0)]


@dataclass(frozen=True)
class LayUplift(Command):
    """A change reached this risk: lift it as the body's own response to that kind of change says.

    ``since``: where that comes late, the moment whose level is lifted, if there was one; else the level of now.
    """

    body: Code
    risk: Code
    change: Code
    kind: ChangeKind
    cause: Cause = ""
    since: Moment | None = None


@dataclass(frozen=True)
class FollowUplift(Command):
    """The uplift follows what turned: the weather's level, the response's version, or a first assessment."""

    body: Code
    risk: Code
    change: Code


@dataclass(frozen=True)
class EndUplift(Command):
    """What lifted the risk is over, and why."""

    body: Code
    risk: Code
    change: Code
    reason: Words


@dataclass(frozen=True)
class MeasureRow:
    """One measure of the response: who owes it by which day, and the text it comes from (empty: a house rule).

    ``duty`` is the code of its duty, empty where nothing is owed anew; ``lasts``: owed only while the uplift lasts.
    """

    code: str
    zh: str
    en: str
    owner: str
    due: str
    duty: str
    lasts: bool
    article: str


@dataclass(frozen=True)
class RiskUplifted(Event):
    """``signal`` is the colour of the warning; ``level`` is empty where the response lifts nothing at that colour.

    It is empty too where nobody assessed the risk (then ``base`` is as well).
    ``measures`` are those that this cause had not asked for before.
    """

    KIND = "risk-uplifted.1"
    change: str
    kind: str
    cause: str
    weather: str
    signal: str
    base: str
    level: str
    measures: tuple[MeasureRow, ...]
    citation: Citation
    since: str


@dataclass(frozen=True)
class UpliftEnded(Event):
    """``assessed`` is the level that counts from now on. ``outcome``: confirmed (assessed as high meanwhile), restored,
    or unchanged (nothing was lifted). ``dropped`` are the duties that were owed only while it lasted.
    """

    KIND = "risk-uplift-ended.1"
    change: str
    kind: str
    cause: str
    reason: str
    level: str
    assessed: str
    outcome: str
    dropped: tuple[str, ...]
    until: str


UpliftCommand = LayUplift | FollowUplift | EndUplift
UpliftEvent = RiskUplifted | UpliftEnded


def uplift_evolved(state: Risk, event: UpliftEvent) -> Risk:
    others = tuple(one for one in state.uplifts if one.change != event.change)
    if isinstance(event, UpliftEnded):
        return but(state, uplifts=others)
    before = [one for one in state.uplifts if one.cause == event.cause]
    asked = [code for one in before for code in one.measures]
    passing = [duty for one in before for duty in one.passing]
    new = Uplift(
        event.change,
        event.kind,
        event.cause,
        event.weather,
        event.signal,
        event.base,
        event.level,
        tuple(dict.fromkeys((*asked, *(one.code for one in event.measures)))),
        tuple(dict.fromkeys((*passing, *(one.duty for one in event.measures if one.lasts and one.duty)))),
        event.citation.version,
        event.since,
    )
    return but(state, uplifts=(*others, new))


def decide_uplift(command: UpliftCommand, state: Risk, facts: Facts, rules: Rulebook) -> list[Event]:
    """Answers ``[]`` to what is so already, to weather that is over, and where the body adopted no response."""
    held = next((one for one in state.uplifts if one.change == command.change), None)
    match command:
        case EndUplift():
            return [] if held is None else [_ended(command, held, state, facts)]
        case LayUplift():
            if held is not None or state.step == "retired":
                return []
            return _laid(command, command.kind, command.cause, None, state, facts, rules)
        case FollowUplift():
            if held is None or state.step == "retired":
                return []
            return _laid(command, held.kind, held.cause, held, state, facts, rules)


def lifted(base: str, steps: int) -> str:
    """The level so many steps above another; no level is above major, and none is above nothing."""
    return LEVELS[max(0, LEVELS.index(base) - steps)] if base and steps else ""


def weather_now(cause: str, facts: Facts) -> tuple[str, str] | None:
    """Kind of weather and level of the episode that the cause names; None where it is over.

    Extreme weather that a person reported without an episode counts as of the most cautious level.
    """
    if not cause.startswith(WEATHER_CAUSE):
        return "", "unknown"
    code, _, _ = cause.removeprefix(WEATHER_CAUSE).rpartition(".")
    episode = facts.of(EPISODE, SHARED, code)
    if not episode.level or episode_name(code, episode.number) != cause.removeprefix(WEATHER_CAUSE):
        return None
    return code.rpartition(".")[2], episode.level


def applies(item: Mapping[str, Any], weather: str, signal: str) -> bool:
    """Whether an item of a response is meant for this weather at this signal; one that names none is for all."""
    named = item.get("weather")
    if named is not None and (weather or "other") not in named:
        return False
    return "from" not in item or RANKS[signal or "unknown"] >= RANKS[item["from"]]


def _laid(
    command: LayUplift | FollowUplift,
    kind: str,
    cause: str,
    held: Uplift | None,
    state: Risk,
    facts: Facts,
    rules: Rulebook,
) -> list[Event]:
    if kind not in RESPONSES:
        return []
    same = [one for one in state.uplifts if one.cause == cause]
    since = (
        max(facts.at, held.since) if held else facts.at
    )  # what comes late takes nothing back that was so since
    found = find_rule(facts, rules, RESPONSES[kind], command.body, day_of(since))
    if found is None:
        return []
    waits = held is None or (not held.base and bool(state.level)) or held.version != found[0].version
    weather, signal = "", ""
    if kind == "extreme_weather":
        now = weather_now(cause, facts)
        if now is None or (held is not None and held.signal == now[1] and not waits):
            return []
        weather, signal = now
    elif not waits:
        return []
    value = found[0].value
    before = getattr(command, "since", None)
    then = state.level if before is None else counting_level(state.said, before) or state.level
    base = next((one.base for one in same if one.base), then)
    steps = max((one["steps"] for one in value["uplift"] if applies(one, weather, signal)), default=0)
    asked = {code for one in same for code in one.measures}
    measures = tuple(
        _measure(command, one, facts)
        for one in value["measures"]
        if applies(one, weather, signal) and one["code"] not in asked and _concerns(one, state)
    )
    level = lifted(base, steps)
    if held is None and not level and not measures:
        return []
    return [
        RiskUplifted(command.change, kind, cause, weather, signal, base, level, measures, found[1], since)
    ]


def _concerns(item: Mapping[str, Any], state: Risk) -> bool:
    """Whether the risk has one of the tags or accident types that the item names; one that names none is for all."""
    tags = {f"{kind}:{code}" for kind, code, _, on in state.tags if on}
    named = [*item.get("tags", ()), *item.get("accident_types", ())]
    return not named or not tags.isdisjoint(named) or not set(state.accident_types).isdisjoint(named)


def _measure(command: LayUplift | FollowUplift, item: Mapping[str, Any], facts: Facts) -> MeasureRow:
    owed = bool(item["duty"])
    return MeasureRow(
        item["code"],
        item["zh"],
        item["en"],
        item["owner"],
        day_after(day_of(facts.at), item["days"]),
        code_from("measure", command.change, command.risk, item["code"], most=64) if owed else "",
        bool(item["lasts"]),
        item.get("article", ""),
    )


def _ended(command: EndUplift, held: Uplift, state: Risk, facts: Facts) -> UpliftEnded:
    """Duties that another uplift of the same cause took over are not dropped."""
    kept = {duty for one in state.uplifts if one is not held for duty in one.passing}
    outcome = "unchanged"
    if held.level:
        outcome = "confirmed" if RANK.get(state.level, 0) >= RANK[held.level] else "restored"
    return UpliftEnded(
        command.change,
        held.kind,
        held.cause,
        command.reason,
        held.level,
        state.level,
        outcome,
        tuple(duty for duty in held.passing if duty not in kept),
        facts.at,
    )

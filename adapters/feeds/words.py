"""What a warning is about, in its own words: which weather, which colour, given or lifted; in Chinese and in English.

The colour stands in the headline more often than anywhere else, and the severity of the protocol is only the last word
on it. What is not recognised is ``other`` and ``unknown``: kept and shown, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.risk_tags import Weather
from domain.weather_messages import WarningLevel

EVENT_CODES: dict[str, Weather] = {
    "11B01": "typhoon",
    "11B03": "rainstorm",
    "11B04": "snowstorm",
    "11B05": "cold_wave",
    "11B06": "gale",
    "11B07": "sandstorm",
    "11B09": "heat",
    "11B14": "lightning",
    "11B15": "hail",
    "11B16": "frost",
    "11B17": "fog",
    "11B19": "haze",
    "11B20": "thunderstorm_gale",
    "11B21": "road_icing",
    "11B22": "drought",
    "11B25": "forest_fire_danger",
}
"""Codes of the national warning system (12379); those of snow, cold, sand, frost, drought and fire are unverified."""
CHINESE_KINDS: tuple[tuple[str, Weather], ...] = (
    ("雷雨大风", "thunderstorm_gale"),
    ("雷暴大风", "thunderstorm_gale"),
    ("森林火险", "forest_fire_danger"),
    ("草原火险", "forest_fire_danger"),
    ("道路结冰", "road_icing"),
    ("道路冰雪", "road_icing"),
    ("沙尘", "sandstorm"),
    ("山洪", "flash_flood"),
    ("台风", "typhoon"),
    ("颱風", "typhoon"),
    ("热带气旋", "typhoon"),
    ("暴雨", "rainstorm"),
    ("大雨", "rainstorm"),
    ("强降雨", "rainstorm"),
    ("暴雪", "snowstorm"),
    ("寒潮", "cold_wave"),
    ("大风", "gale"),
    ("強風", "gale"),
    ("高温", "heat"),
    ("高溫", "heat"),
    ("雷电", "lightning"),
    ("雷暴", "lightning"),
    ("冰雹", "hail"),
    ("霜冻", "frost"),
    ("大雾", "fog"),
    ("濃霧", "fog"),
    ("霾", "haze"),
    ("干旱", "drought"),
)
"""The longer word first, for it may hold a shorter one."""
ENGLISH_KINDS: tuple[tuple[str, Weather], ...] = (
    (r"thunderstorms? (and )?(gales?|gusts?|high winds?)|thunder gusts?", "thunderstorm_gale"),
    (r"flash floods?( events?)?|mountain torrents?", "flash_flood"),
    (r"typhoons?|hurricanes?|tropical (storms?|cyclones?)", "typhoon"),
    (r"rain ?storms?|rainfall|heavy rains?|torrential rains?", "rainstorm"),
    (r"snow ?storms?|blizzards?|snowfall|heavy snow", "snowstorm"),
    (r"dust ?storms?|sand ?storms?|sand and dust( storms?)?", "sandstorm"),
    (r"lightning|thunder ?storms?", "lightning"),
    (r"cold (wave|spell|surge)s?", "cold_wave"),
    (r"gales?|(high|strong|damaging) winds?|wind storms?", "gale"),
    (r"(extreme|excessive) heat|heat ?waves?|heat|high temperatures?", "heat"),
    (r"hail( ?storms?)?", "hail"),
    (r"frost|freeze", "frost"),
    (r"icy roads?|road icing|icing( of| on) roads?", "road_icing"),
    (r"(dense |heavy )?fog", "fog"),
    (r"haze", "haze"),
    (r"droughts?", "drought"),
    (r"(forest|grassland) fire( danger| risk)?", "forest_fire_danger"),
)
_ENGLISH_KINDS = [(re.compile(rf"\b(?:{words})\b", re.IGNORECASE), kind) for words, kind in ENGLISH_KINDS]

COLOURS: dict[str, WarningLevel] = {"白": "white", "蓝": "blue", "藍": "blue", "黄": "yellow", "黃": "yellow"}
COLOURS |= {"橙": "orange", "红": "red", "紅": "red"}
ENGLISH: dict[str, WarningLevel] = {one: one for one in ("white", "blue", "yellow", "orange", "red")}
SEVERITIES: dict[str, WarningLevel] = {
    "minor": "blue",
    "moderate": "yellow",
    "severe": "orange",
    "extreme": "red",
}
"""Of CAP; in China's own feeds Minor stands for blue."""
MARKS: dict[str, WarningLevel] = {"IV": "blue", "III": "yellow", "II": "orange", "I": "red"}
MARKS |= {"Ⅳ": "blue", "Ⅲ": "yellow", "Ⅱ": "orange", "Ⅰ": "red"}
ORDER: tuple[WarningLevel, ...] = ("unknown", "white", "blue", "yellow", "orange", "red")

_CHINESE_COLOUR = re.compile("([白蓝藍黄黃橙红紅])色")
_BECOMES = re.compile("(?:为|為|至|到)[^，。；,;]{0,8}?([白蓝藍黄黃橙红紅])色")
_ENGLISH_COLOUR = re.compile(
    r"\b(white|blue|yellow|orange|red)\b(?:[\s-]+[\w-]+){0,4}[\s-]+(?:warning|alert|signal)s?\b",
    re.IGNORECASE,
)
_ENGLISH_BECOMES = re.compile(r"\bto (?:an? )?(white|blue|yellow|orange|red)\b", re.IGNORECASE)
_COLOUR_WORD = re.compile(r"(?<![A-Za-z])(white|blue|yellow|orange|red)(?![A-Za-z])", re.IGNORECASE)
_MARK = re.compile(r"\blevel\s+(IV|III|II|I)\b|(?<![A-Za-z])(IV|III|II|I|Ⅳ|Ⅲ|Ⅱ|Ⅰ)\s*级", re.IGNORECASE)

_CLAUSE = re.compile("[，。；,;]")
_GIVES = re.compile("发布|發布|發佈|更新|升级|降级|变更|变为|改发|继续|确认")
_LIFTS = re.compile("解除")
_NO_LIFT = re.compile("(?:未|不|没有|尚未|不得)解除|解除(?:前|之前|时间)")
_ENGLISH_LIFTS = re.compile(
    r"\b(?:lifts?|lifted|lifting|cancels?|cancell?ed|cancell?ation|terminates?|terminated|all clear)\b",
    re.IGNORECASE,
)
_ENGLISH_NO_LIFT = re.compile(
    r"\b(?:until|not|before|unless)\b[^.;,]{0,60}\b(?:lift|cancel|terminat)", re.IGNORECASE
)


def weather_kind(codes: Iterable[str], *said: str) -> Weather:
    """The kind of weather by its code, else by the first of the texts that names one."""
    for code in codes:
        if code.upper() in EVENT_CODES:
            return EVENT_CODES[code.upper()]
    for words in said:
        for word, kind in CHINESE_KINDS:
            if word in words:
                return kind
        for pattern, kind in _ENGLISH_KINDS:
            if pattern.search(words):
                return kind
    return "other"


def lifted(headline: str) -> bool:
    """Whether the headline ends a warning; one that gives another in the same breath does not."""
    clauses = [one for one in _CLAUSE.split(headline) if one]
    if any(_GIVES.search(one) and not _LIFTS.search(one) for one in clauses):
        return False
    if _LIFTS.search(headline) and not _NO_LIFT.search(headline):
        return True
    return bool(_ENGLISH_LIFTS.search(headline)) and not _ENGLISH_NO_LIFT.search(headline)


def warning_level(headline: str, hints: Iterable[str], severity: str) -> WarningLevel:
    """The colour: from parameters and codes that name one, the headline, its roman number, and at last the severity."""
    for hint in hints:
        found = _CHINESE_COLOUR.search(hint) or _COLOUR_WORD.search(hint)
        if found is not None:
            return _colour(found[1])
        if hint in COLOURS:
            return COLOURS[hint]
    said = _said(headline)
    if said is not None:
        return said
    word = severity.strip().lower()
    chinese = _CHINESE_COLOUR.search(severity)
    return _colour(chinese[1]) if chinese else ENGLISH.get(word) or SEVERITIES.get(word) or "unknown"


def _said(headline: str) -> WarningLevel | None:
    """What the headline says: what it becomes, else the highest of what it gives, else the roman number."""
    clauses = [one for one in _CLAUSE.split(headline) if one]
    giving = [one for one in clauses if not _LIFTS.search(one)] or clauses
    for clause in giving:
        becomes = _BECOMES.search(clause) or _ENGLISH_BECOMES.search(clause)
        if becomes is not None:
            return _colour(becomes[1])
    found = [
        one
        for clause in giving
        for one in (*_CHINESE_COLOUR.findall(clause), *_ENGLISH_COLOUR.findall(clause))
    ]
    if found:
        return max((_colour(one) for one in found), key=ORDER.index)
    mark = _MARK.search(headline)
    return MARKS[(mark[1] or mark[2]).upper()] if mark else None


def _colour(word: str) -> WarningLevel:
    return COLOURS.get(word) or ENGLISH[word.lower()]

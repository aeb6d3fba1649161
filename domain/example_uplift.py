"""A whole example of an uplift: an orange rainstorm lifts a risk, what is to be done is owed, and the weather ends."""

from __future__ import annotations

from domain.example_changes import OUT, THE_CHANGE
from domain.example_weather import IDENTIFIER, LISTED, SENT, THE_FEED, THE_LIST
from domain.language import Event
from domain.risk_uplift import MeasureRow, RiskUplifted, UpliftEnded
from domain.rulebook import Citation
from domain.weather_episodes import (
    EpisodeEnded,
    EpisodeLowered,
    EpisodeOpened,
    EpisodeRaised,
    EpisodeTold,
    EpisodeUnlisted,
)
from domain.weather_withdrawals import WithdrawalNoted
from domain.weather_words import Word

__all__ = ["UPLIFT_EVENTS", "UPLIFT_MACHINE"]

AREA, NAME, KIND = "320113", "栖霞区", "rainstorm"
EPISODE = f"{AREA}.{KIND}"
CHANGE = f"weather.{EPISODE}.1.orange"
AT, UNTIL = "2026-03-30T06:10:00.000000Z", "2026-03-30T09:05:40.000000Z"
CANCEL, CANCELLED = "32011341600000_20260330150600", "2026-03-30T07:06:00.000000Z"
PLACE: dict[str, object] = {"area": AREA, "area_name": NAME, "kind": KIND}
UPLIFTED: dict[str, object] = {"body": "KS-01", "risk": "R-0001", "change": CHANGE}
OVER = "暴雨橙色预警解除"
CITED = Citation(
    "weather-response", "house-weather-2026", "Dualguard house rule", "", "", "house", "adopted; house rule"
)
DUTY = "measure.weather.320113.rainstorm.1.orange.R-0001.check-drainage"

UPLIFT_MACHINE: dict[str, dict[str, object]] = {
    "TellEpisode": {
        **PLACE,
        "source": THE_FEED,
        "identifier": IDENTIFIER,
        "sent": SENT,
        "message": "alert",
        "level": "orange",
        "lifts": False,
        "expires": UNTIL,
        "assumed": True,
        "references": [],
        "listed": False,
    },
    "UnlistFromEpisode": {**PLACE, "source": THE_LIST, "identifier": LISTED},
    "PassEpisode": {"code": EPISODE},
    "NoteWithdrawal": {
        "source": THE_FEED,
        "identifier": IDENTIFIER,
        "by": CANCEL,
        "sent": CANCELLED,
        "references": [IDENTIFIER],
    },
    "LayUplift": {**UPLIFTED, "kind": "extreme_weather", "cause": f"weather:{EPISODE}.1"},
    "FollowUplift": UPLIFTED,
    "EndUplift": {**THE_CHANGE, "risk": "R-0001", "reason": OUT},
}
"""The data of what only the machine gives."""
UPLIFT_EVENTS: tuple[Event, ...] = (
    EpisodeTold(
        Word(THE_FEED, IDENTIFIER, SENT, "alert", "orange", False, UNTIL, True, (), False), AT, UNTIL
    ),
    EpisodeUnlisted(THE_LIST, LISTED, "2026-03-30T10:00:00.000000Z", None),
    EpisodeOpened(1, AREA, NAME, KIND, "orange", IDENTIFIER, AT, UNTIL),
    EpisodeRaised(1, "orange", "red", "2026-03-30T06:40:00.000000Z", UNTIL),
    EpisodeLowered(1, "red", "orange", "replaced", "2026-03-30T07:00:00.000000Z", UNTIL),
    EpisodeEnded(1, "orange", "lifted", "2026-03-30T07:06:00.000000Z"),
    WithdrawalNoted(THE_FEED, IDENTIFIER, CANCEL, CANCELLED, (IDENTIFIER,)),
    RiskUplifted(
        CHANGE,
        "extreme_weather",
        f"weather:{EPISODE}.1",
        KIND,
        "orange",
        "general",
        "larger",
        (
            MeasureRow(
                "check-drainage",
                "检查排水、边坡和基坑，必要时撤人",
                "check drainage, slopes and pits; evacuate where needed",
                "safety_officer",
                "2026-03-30",
                DUTY,
                True,
                "",
            ),
        ),
        CITED,
        AT,
    ),
    UpliftEnded(
        CHANGE,
        "extreme_weather",
        f"weather:{EPISODE}.1",
        OVER,
        "larger",
        "general",
        "restored",
        (DUTY,),
        "2026-03-30T07:06:00.000000Z",
    ),
)

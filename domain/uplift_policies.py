"""What follows from warnings and from the changes they become: episodes are told, risks lifted, measures owed."""

from __future__ import annotations

from collections.abc import Iterable

from domain.change_touched import ExcludedFromChange, RisksTaken
from domain.changes import ChangeEnded, ChangeResolved
from domain.duty_ending import DropDuty
from domain.duty_raising import RaiseDuty
from domain.language import Command
from domain.records import Record
from domain.risk_uplift import RESPONSES, EndUplift, LayUplift, RiskUplifted, UpliftEnded
from domain.weather_episodes import TellEpisode, UnlistFromEpisode, episode_code
from domain.weather_messages import (
    SPEAKING,
    WarningNoLongerListed,
    WarningPart,
    WarningReceived,
    ends_others,
)
from domain.weather_withdrawals import NoteWithdrawal
from domain.weather_words import RANKS

Asked = list[tuple[str, Command]]
EPISODE_KINDS = (WarningReceived.KIND, WarningNoLongerListed.KIND)
UPLIFT_KINDS = (ChangeResolved.KIND, RisksTaken.KIND, ChangeEnded.KIND, ExcludedFromChange.KIND)
MEASURE_KINDS = (RiskUplifted.KIND, UpliftEnded.KIND)
MACHINE = "weather"
"""Who drops what was owed only while the weather lasted."""


def tell_episodes(record: Record) -> Asked:
    """What a warning says of each area and kind goes to that episode; only what is actual counts."""
    event = record.event
    match event:
        case WarningReceived():
            if event.status != "actual" or event.message not in SPEAKING:
                return []
            return [
                *_withdrawals(event),
                *((code, _told(event, parts, own=True)) for code, parts in _places(event.own)),
                *((code, _told(event, parts, own=False)) for code, parts in _places(event.others)),
            ]
        case WarningNoLongerListed():
            return [
                (
                    code,
                    UnlistFromEpisode(
                        parts[0].area, parts[0].area_name, parts[0].kind, event.source, event.identifier
                    ),
                )
                for code, parts in _places(event.parts)
            ]
        case _:
            return []


def _places(parts: tuple[WarningPart, ...]) -> list[tuple[str, list[WarningPart]]]:
    """The parts of each area and kind; what names the same twice says it once."""
    found: dict[str, list[WarningPart]] = {}
    for part in parts:
        found.setdefault(episode_code(part.area, part.area_name, part.kind), []).append(part)
    return list(found.items())


def _told(event: WarningReceived, parts: list[WarningPart], own: bool) -> TellEpisode:
    """The most cautious reading of the parts: the highest level, the latest end, lifted only where all are."""
    one = parts[0]
    ends = [part.expires for part in parts if part.expires is not None]
    last = max(ends) if len(ends) == len(parts) else None
    return TellEpisode(
        one.area,
        one.area_name,
        one.kind,
        event.source,
        event.identifier,
        event.sent,
        event.message,  # type: ignore[arg-type]  # a recorded message is one of those that were given
        max((part.level for part in parts), key=RANKS.__getitem__),
        all(part.lifts for part in parts),
        last,
        any(part.assumed for part in parts if part.expires == last),
        event.references,
        event.listed,
        own,
    )


def _withdrawals(event: WarningReceived) -> Asked:
    """An end ends what it names where it says so, also what arrives only later; everywhere, if it names no area."""
    if not ends_others(event, event.own):
        return []
    note = (event.identifier, event.sent, event.references, event.own)
    return [(f"withdrawal {one}", NoteWithdrawal(event.source, one, *note)) for one in event.references]


def uplift(record: Record) -> Asked:
    """A change that lasts lifts each risk that it reached or that was taken in, and its end lets each of them down."""
    body, change, event = record.scope, record.stream.rsplit("/", 1)[1], record.event
    match event:
        case ChangeResolved() if event.kind in RESPONSES and not event.proposed:
            return _laid(body, change, event.kind, event.cause, [one.risk for one in event.risks])
        case RisksTaken() if event.kind in RESPONSES and not event.over:
            return _laid(body, change, event.kind, event.cause, event.risks)
        case ChangeEnded() if event.kind in RESPONSES:
            return [(risk, EndUplift(body, risk, change, event.reason)) for risk in event.risks]
        case ExcludedFromChange():
            return [(event.risk, EndUplift(body, event.risk, change, event.reason))]
        case _:
            return []


def _laid(body: str, change: str, kind: str, cause: str, risks: Iterable[str]) -> Asked:
    return [
        (risk, LayUplift(body, risk, change, kind, cause))  # type: ignore[arg-type]  # a recorded kind was given
        for risk in risks
    ]


def measures(record: Record) -> Asked:
    """Each measure of a response is owed; what is owed only while it lasts is dropped with its end."""
    body, risk, event = record.scope, record.stream.rsplit("/", 1)[1], record.event
    match event:
        case RiskUplifted():
            rule = RESPONSES[event.kind]
            return [
                (
                    one.duty,
                    RaiseDuty(
                        body,
                        one.duty,
                        rule,
                        "risk",
                        risk,
                        one.owner,
                        one.due,
                        event.citation,
                        owed_as="role",
                        period=one.code,
                    ),
                )
                for one in event.measures
                if one.duty
            ]
        case UpliftEnded():
            return [(duty, DropDuty(body, duty, MACHINE, event.reason)) for duty in event.dropped]
        case _:
            return []

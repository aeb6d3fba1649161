"""What a risk hangs on: equipment, materials, posts, measures, weather and more, as tags that changes are traced over.

When a press is replaced or a rainstorm warned of, the tags say which risks that touches (YT-24, NJ-072). A tag holds
from the moment given until one that takes it off; both may be entered late.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from domain.decider import Facts
from domain.documents import DOCUMENT
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Moment, Remark, Words, but, day_of
from domain.posts import need_post
from domain.refused import AlreadySo, BeforePredecessor, Incomplete, Unfit, UnknownThing
from domain.risk_state import Risk

TagKind = Literal["equipment", "material", "post", "measure", "weather", "area", "standard", "sector"]
"""``area`` is an administrative code; ``measure`` one of the risk's own controls; ``standard`` a document's code."""

Weather = Literal[
    "typhoon",
    "rainstorm",
    "snowstorm",
    "cold_wave",
    "gale",
    "sandstorm",
    "heat",
    "lightning",
    "hail",
    "frost",
    "fog",
    "haze",
    "thunderstorm_gale",
    "road_icing",
    "drought",
    "forest_fire_danger",
    "flash_flood",
    "other",
]
"""Kinds of weather that warnings are given for; what a feed calls otherwise is ``other``."""
WEATHER: tuple[str, ...] = get_args(Weather)


@dataclass(frozen=True)
class Tag:
    """One thing that a risk hangs on: what kind of thing, and its code."""

    kind: TagKind
    code: Code


@dataclass(frozen=True)
class TagRisk(Command):
    """Say what a risk hangs on; all of the tags or none."""

    body: Code
    risk: Code
    tags: tuple[Tag, ...]
    remark: Remark = ""


@dataclass(frozen=True)
class UntagRisk(Command):
    """Say what a risk no longer hangs on, and why."""

    body: Code
    risk: Code
    tags: tuple[Tag, ...]
    reason: Words


@dataclass(frozen=True)
class TagRow:
    """A tag as a record holds it."""

    kind: str
    code: str


@dataclass(frozen=True)
class RiskTagged(Event):
    KIND = "risk-tagged.1"
    tags: tuple[TagRow, ...]
    remark: str
    since: str


@dataclass(frozen=True)
class RiskUntagged(Event):
    KIND = "risk-untagged.1"
    tags: tuple[TagRow, ...]
    reason: str
    until: str


def evolved(state: Risk, event: RiskTagged | RiskUntagged) -> Risk:
    at, holds = (event.since, True) if isinstance(event, RiskTagged) else (event.until, False)
    held = {(kind, code): (since, on) for kind, code, since, on in state.tags}
    for tag in event.tags:
        if at >= held.get((tag.kind, tag.code), ("", False))[0]:
            held[tag.kind, tag.code] = (at, holds)
    return but(state, tags=tuple((*key, *said) for key, said in held.items()))


def tagged(command: TagRisk, state: Risk, facts: Facts) -> list[Event]:
    """Refuses none at all, one named twice or held already, and a post, control, document or area that is none."""
    tags = _named(command)
    for tag in tags:
        _need(command, tag, state, facts)
        since = _since(state, tag)
        if since is not None and since <= facts.at:
            raise AlreadySo(what=_said(tag))
    return [RiskTagged(tuple(TagRow(one.kind, one.code) for one in tags), command.remark, facts.at)]


def untagged(command: UntagRisk, state: Risk, facts: Facts) -> list[Event]:
    """Refuses none at all, one named twice, and what the risk is not tagged with."""
    tags = _named(command)
    for tag in tags:
        since = _since(state, tag)
        if since is None:
            raise UnknownThing(kind=Term(f"tag_{tag.kind}"), code=tag.code, body=command.body)
        if facts.at < since:
            raise BeforePredecessor(what=_said(tag), previous=since, at=facts.at)
    return [RiskUntagged(tuple(TagRow(one.kind, one.code) for one in tags), command.reason, facts.at)]


def _named(command: TagRisk | UntagRisk) -> tuple[Tag, ...]:
    if not command.tags:
        raise Incomplete(what=Thing("risk", command.risk), missing=[Term("tags")])
    for at, tag in enumerate(command.tags):
        if tag in command.tags[:at]:
            raise AlreadySo(what=_said(tag))
    return command.tags


def _need(command: TagRisk, tag: Tag, state: Risk, facts: Facts) -> None:
    """Where the thing is one that we register, it is there."""
    match tag.kind:
        case "post":
            need_post(facts, command.body, tag.code, day_of(facts.at))
        case "measure":
            if all(tag.code != one.code for one in state.controls.live()):
                raise UnknownThing(kind=Term("control"), code=tag.code, body=command.body)
        case "standard":
            found = facts.of(DOCUMENT, command.body, tag.code)
            if found.kind not in ("standard", "law"):
                raise UnknownThing(kind=Term("standard"), code=tag.code, body=command.body)
        case "weather":
            if tag.code not in WEATHER:
                raise Unfit(given=tag.code, what=Term("tag_weather"), allowed=list(WEATHER))
        case "area":
            if not (tag.code.isascii() and tag.code.isdecimal() and len(tag.code) in (2, 4, 6, 9, 12)):
                raise Unfit(given=tag.code, what=Term("tag_area"), allowed=["320113"])
        case "equipment" | "material" | "sector":
            pass


def _since(state: Risk, tag: Tag) -> Moment | None:
    """Since when the tag holds by the latest word on it; None where it does not."""
    held = ((since, on) for kind, code, since, on in state.tags if (kind, code) == (tag.kind, tag.code))
    return next((since for since, on in held if on), None)


def _said(tag: Tag) -> Thing:
    return Thing(f"tag_{tag.kind}", tag.code)

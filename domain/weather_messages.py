"""A warning from outside, such as an orange rainstorm: kept as it was said, once for each source and identifier.

It belongs to no single body. What it means for a body's risks is decided elsewhere; here stands what was said, when, by
which feed, for which areas, and under which hash the message itself is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Literal, get_args

from domain.decider import Decider, Facts
from domain.labels import Term
from domain.language import SHARED, Code, Command, Event, Hash, Limit, Moment, but
from domain.refused import Unfit, UnknownThing
from domain.risk_tags import Weather
from domain.rulebook import Rulebook

Message = Literal["alert", "update", "cancel", "ack", "error"]
"""What a message is: a new warning, one that takes the place of others, the end of others, or about the exchange."""
Status = Literal["actual", "exercise", "system", "test", "draft"]
"""Only what is ``actual`` may have consequences; the others are kept and shown as what they are."""
WarningLevel = Literal["white", "blue", "yellow", "orange", "red", "unknown"]
"""Colours of warning signals. A blue warning is no low risk: the words and the order alone are the same."""
WARNING_LEVELS: tuple[WarningLevel, ...] = get_args(WarningLevel)
SPEAKING = ("alert", "update", "cancel")
"""Messages that say something of the weather; an acknowledgement or an error is about the exchange."""
Identifier = Annotated[str, Limit(400)]
AreaName = Annotated[str, Limit(400, least=0)]
AREA_DIGITS = 12


@dataclass(frozen=True)
class WarningPart:
    """What a message says of one area and one kind of weather.

    ``area`` is the administrative code without the zeros that fill it up, 2 to 12 digits, empty where none is known.
    ``expires`` is assumed from the house's own life of warnings where the message names no end; None where there is
    no end to assume. ``lifts``: this part ends the warning instead of giving it.
    """

    area: Annotated[str, Limit(AREA_DIGITS, least=0)]
    area_name: AreaName
    kind: Weather
    level: WarningLevel
    onset: Moment | None
    expires: Moment | None
    assumed: bool
    lifts: bool


@dataclass(frozen=True)
class ReceiveWarning(Command):
    """A feed says: this message came, of which ``sha256`` is the hash of the file that held it.

    ``listed``: it stands in a list of what is in force now, which sends no end of its own.
    """

    source: Code
    identifier: Identifier
    sent: Moment
    message: Message
    status: Status
    sha256: Hash
    schema_valid: bool | None
    parts: tuple[WarningPart, ...]
    references: tuple[Identifier, ...] = ()
    listed: bool = False


@dataclass(frozen=True)
class NoteNoLongerListed(Command):
    """A feed says: the list of what is in force came whole, and this warning no longer stands in it."""

    source: Code
    identifier: Identifier


@dataclass(frozen=True)
class WarningReceived(Event):
    """The last ``named`` of the parts are those of the messages that it names and ends, as far as they are known.

    They lie where it says that they end. ``whole``: it named no area, so that it ends the whole of what it names.
    """

    KIND = "warning-received.1"
    source: str
    identifier: str
    sent: str
    message: str
    status: str
    sha256: str
    schema_valid: bool | None
    parts: tuple[WarningPart, ...]
    references: tuple[str, ...]
    listed: bool
    whole: bool = False
    named: int = 0

    @property
    def own(self) -> tuple[WarningPart, ...]:
        """What it says itself."""
        return self.parts[: len(self.parts) - self.named]

    @property
    def others(self) -> tuple[WarningPart, ...]:
        """What it ends of the messages that it names."""
        return self.parts[len(self.parts) - self.named :]


@dataclass(frozen=True)
class WarningDiffered(Event):
    """The same source sent other content under the same identifier: it changes nothing, a person has to look."""

    KIND = "warning-differed.1"
    source: str
    identifier: str
    sent: str
    message: str
    status: str
    sha256: str
    schema_valid: bool | None
    parts: tuple[WarningPart, ...]
    references: tuple[str, ...]
    listed: bool


@dataclass(frozen=True)
class WarningNoLongerListed(Event):
    """It went out of the list of what is in force; nobody said that it was lifted."""

    KIND = "warning-no-longer-listed.1"
    source: str
    identifier: str
    parts: tuple[WarningPart, ...]


WarningEvent = WarningReceived | WarningDiffered | WarningNoLongerListed


@dataclass(frozen=True)
class WeatherMessage:
    """``said`` are the digests of everything this message was sent as; ``gone``: no longer listed.

    ``speaks``: it says itself something of the weather, which a message that names it may end.
    """

    parts: tuple[WarningPart, ...] = ()
    speaks: bool = False
    said: frozenset[str] = frozenset()
    listed: bool = False
    gone: bool = False


def evolve(state: WeatherMessage, event: WarningEvent) -> WeatherMessage:
    match event:
        case WarningReceived():
            said = state.said | {event.sha256, _digest(event, event.own)}
            speaks = event.status == "actual" and event.message in SPEAKING and not event.whole
            return but(state, parts=event.own, speaks=speaks, said=said, listed=event.listed, gone=False)
        case WarningDiffered():
            return but(state, said=state.said | {event.sha256, _digest(event, event.parts)})
        case WarningNoLongerListed():
            return but(state, gone=True)


def decide(
    command: ReceiveWarning | NoteNoLongerListed, state: WeatherMessage, facts: Facts, rules: Rulebook
) -> list[Event]:
    """Answers ``[]`` to what was said already; refuses an area that is no code, and an end of what never came."""
    match command:
        case ReceiveWarning():
            for part in command.parts:
                _need_area(part.area)
            if state.said and not (state.gone and command.listed):
                return _again(command, state)
            whole = not command.parts and command.message == "cancel"
            named = _ended(command, facts)
            return [WarningReceived(*_said(command, (*command.parts, *named)), whole, len(named))]
        case NoteNoLongerListed():
            if not state.said:
                raise UnknownThing(kind=Term("weather-message"), code=command.identifier, body=command.source)
            if state.gone or not state.listed:
                return []
            return [WarningNoLongerListed(command.source, command.identifier, state.parts)]


def message_code(source: str, identifier: str) -> Code:
    """The code of a message's stream: identifiers of feeds hold what no code may hold."""
    return sha256(f"{source}\n{identifier}".encode()).hexdigest()[:32]


def _again(command: ReceiveWarning, state: WeatherMessage) -> list[Event]:
    """The same again says nothing; other content under the same identifier is noted once for each content."""
    if command.sha256 in state.said or _digest(command, command.parts) in state.said:
        return []
    return [WarningDiffered(*_said(command, command.parts))]


Said = tuple[str, str, str, str, str, str, bool | None, tuple[WarningPart, ...], tuple[str, ...], bool]


def _said(command: ReceiveWarning, parts: tuple[WarningPart, ...]) -> Said:
    """What a message says, in the order in which both events hold it; a message never refers to itself."""
    references = tuple(one for one in command.references if one != command.identifier)
    whence = (command.source, command.identifier, command.sent, command.message, command.status)
    return (*whence, command.sha256, command.schema_valid, parts, references, command.listed)


def ends_others(said: ReceiveWarning | WarningReceived, own: tuple[WarningPart, ...]) -> bool:
    """Whether it ends what it names: a cancel, or a message of which every part lifts."""
    return said.message == "cancel" or (bool(own) and all(one.lifts for one in own))


def reaches(end: WarningPart, area: str, area_name: str, kind: str) -> bool:
    """Whether an end speaks of that place and weather: all that lies in its area, any kind where it names none."""
    if end.kind not in (kind, "other"):
        return False
    if end.area:
        return area.startswith(end.area)
    return end.area_name == area_name if end.area_name else True


def _ended(command: ReceiveWarning, facts: Facts) -> tuple[WarningPart, ...]:
    """What a message ends beyond its own words: such parts of the messages it names, each once.

    All of them where it names no area; else those that lie in its areas.
    """
    if not ends_others(command, command.parts):
        return ()
    own = {(one.area or one.area_name, one.kind) for one in command.parts}
    found: dict[WarningPart, None] = {}
    for one in command.references:
        named = facts.of(WEATHER_MESSAGE, SHARED, message_code(command.source, one))
        if one == command.identifier or not named.speaks:
            continue
        for part in named.parts:
            there = (part.area, part.area_name, part.kind)
            ended = not command.parts or any(reaches(end, *there) for end in command.parts)
            if ended and (part.area or part.area_name, part.kind) not in own:
                found[but(part, lifts=True)] = None
    return tuple(found)


def _digest(said: ReceiveWarning | WarningReceived | WarningDiffered, parts: tuple[WarningPart, ...]) -> str:
    """What a message says, apart from how it was written down and from what we assumed."""
    told = [said.sent, said.message, said.status, *sorted(set(said.references) - {said.identifier})]
    told += [
        f"{one.area} {one.kind} {one.level} {one.onset} {None if one.assumed else one.expires} {one.lifts}"
        for one in parts
    ]
    return "said " + sha256("\n".join(told).encode()).hexdigest()


def _need_area(area: str) -> None:
    if area and not (area.isascii() and area.isdecimal() and 2 <= len(area) <= AREA_DIGITS):
        raise Unfit(given=area, what=Term("tag_area"), allowed=["320113"])


WEATHER_MESSAGE: Decider[WeatherMessage] = Decider(
    name="weather-message",
    initial=WeatherMessage(),
    evolve=evolve,
    decide=decide,
    events=(WarningReceived, WarningDiffered, WarningNoLongerListed),
    commands=(),
    machine=(ReceiveWarning, NoteNoLongerListed),
    place=lambda command: (SHARED, message_code(command.source, command.identifier)),
)

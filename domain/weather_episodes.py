"""An episode of weather: from the first warning for an area and a kind to its lift, its expiry, or its leaving a list.

It belongs to no single body. It is fed by the warnings received, in whatever order they come, and by the clock, which
says that a warning ran out. A feed that falls silent ends nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Literal

from domain.decider import Decider, Facts
from domain.language import SHARED, Code, Command, Event, Limit, Moment, but
from domain.risk_tags import Weather
from domain.rulebook import Rulebook
from domain.weather_messages import Identifier, Message, WarningLevel, message_code
from domain.weather_withdrawals import WITHDRAWAL, WithdrawalNoted
from domain.weather_words import (
    RANKS,
    Word,
    arrived,
    highest,
    in_force,
    lasting,
    next_turn,
    too_old,
    worth_keeping,
)

How = Literal["lifted", "expired", "expired_assumed", "no_longer_listed", "replaced"]
"""How a level came to fall: lifted; run out, by the end stated or assumed; out of the list; a later word says less."""
PlaceName = Annotated[str, Limit(400, least=0)]
Digits = Annotated[str, Limit(12, least=0)]


@dataclass(frozen=True)
class TellEpisode(Command):
    """A warning received says this of one area and one kind of weather.

    ``own`` is false where it does not speak of that area itself and only ends there what it names.
    """

    area: Digits
    area_name: PlaceName
    kind: Weather
    source: Code
    identifier: Identifier
    sent: Moment
    message: Message
    level: WarningLevel
    lifts: bool
    expires: Moment | None
    assumed: bool
    references: tuple[Identifier, ...]
    listed: bool
    own: bool = True


@dataclass(frozen=True)
class UnlistFromEpisode(Command):
    """A feed's list of what is in force no longer holds this warning."""

    area: Digits
    area_name: PlaceName
    kind: Weather
    source: Code
    identifier: Identifier


@dataclass(frozen=True)
class PassEpisode(Command):
    """The clock says: the moment has come at which the level falls by itself."""

    code: Code


@dataclass(frozen=True)
class EpisodeTold(Event):
    """``at`` is the moment as of which it is judged; ``until``: when the level then falls by itself, if it does."""

    KIND = "episode-told.1"
    word: Word
    at: str
    until: str | None


@dataclass(frozen=True)
class EpisodeUnlisted(Event):
    KIND = "episode-unlisted.1"
    source: str
    identifier: str
    at: str
    until: str | None


@dataclass(frozen=True)
class EpisodeOpened(Event):
    """``number`` counts the episodes of this area and kind from 1; ``identifier`` is the warning that began it."""

    KIND = "episode-opened.1"
    number: int
    area: str
    area_name: str
    kind: str
    level: str
    identifier: str
    at: str
    until: str | None


@dataclass(frozen=True)
class EpisodeRaised(Event):
    KIND = "episode-raised.1"
    number: int
    was: str
    level: str
    at: str
    until: str | None


@dataclass(frozen=True)
class EpisodeLowered(Event):
    KIND = "episode-lowered.1"
    number: int
    was: str
    level: str
    how: str
    at: str
    until: str | None


@dataclass(frozen=True)
class EpisodeEnded(Event):
    KIND = "episode-ended.1"
    number: int
    was: str
    how: str
    at: str


EpisodeEvent = EpisodeTold | EpisodeUnlisted | EpisodeOpened | EpisodeRaised | EpisodeLowered | EpisodeEnded
EpisodeCommand = TellEpisode | UnlistFromEpisode | PassEpisode


@dataclass(frozen=True)
class Episode:
    """The words that may still matter, and the level that was last said; empty where no episode goes on."""

    words: tuple[Word, ...] = ()
    number: int = 0
    level: str = ""
    now: Moment = ""
    until: Moment | None = None


def evolve(state: Episode, event: EpisodeEvent) -> Episode:
    match event:
        case EpisodeTold():
            words = tuple(one for one in state.words if not _same(one, event.word))
            return but(
                state, words=worth_keeping((*words, event.word), event.at), now=event.at, until=event.until
            )
        case EpisodeUnlisted():
            words = tuple(
                but(one, gone=True)
                if (one.source, one.identifier) == (event.source, event.identifier)
                else one
                for one in state.words
            )
            return but(state, words=words, now=event.at, until=event.until)
        case EpisodeOpened():
            return but(state, number=event.number, level=event.level, now=event.at, until=event.until)
        case EpisodeRaised() | EpisodeLowered():
            return but(state, level=event.level, now=max(state.now, event.at), until=event.until)
        case EpisodeEnded():
            return but(state, level="", now=max(state.now, event.at), until=None)


def decide(command: EpisodeCommand, state: Episode, facts: Facts, rules: Rulebook) -> list[Event]:
    """Answers ``[]`` to what was told already, to what is too old to matter, and to a moment at which nothing falls."""
    now = max(state.now, facts.at)
    events = _passed(state, now)
    after = _folded(state, events)
    if isinstance(command, PassEpisode):
        return events
    falls: How = "no_longer_listed"
    if isinstance(command, TellEpisode):
        told = _words(command, after, facts, now)
        falls = "lifted" if told and told[-1].lifts else "replaced"
    else:
        held = [one for one in after.words if _key(one) == (command.source, command.identifier)]
        told = [but(one, gone=True) for one in held if not one.gone]
    if not told:
        return events
    first = Opening(command.area, command.area_name, command.kind, command.identifier)
    rest = tuple(one for one in after.words if not any(_same(one, word) for word in told))
    words = (*rest, *told)
    until = next_turn(words, now)
    for word in told:
        if isinstance(command, UnlistFromEpisode):
            events.append(EpisodeUnlisted(word.source, word.identifier, now, until))
        else:
            events.append(EpisodeTold(word, now, until))
    events += _turned(after, highest(in_force(words, now)), falls, now, until, first)
    return events


@dataclass(frozen=True)
class Opening:
    """Where and with which warning an episode would begin."""

    area: str
    area_name: str
    kind: str
    identifier: str


def episode_code(area: str, area_name: str, kind: str) -> Code:
    """The code of an area's weather of one kind; a place whose code nobody knows goes by a hash of its name."""
    place = area or "place-" + sha256(area_name.encode()).hexdigest()[:8]
    return f"{place}.{kind}"


def episode_name(code: Code, number: int) -> str:
    """How an episode is named elsewhere: the code of its stream and its number."""
    return f"{code}.{number}"


def _words(command: TellEpisode, state: Episode, facts: Facts, now: Moment) -> list[Word]:
    """The words that are new: this one, after the ends that came before it, named it, and reach this place."""
    said = arrived(
        Word(
            command.source,
            command.identifier,
            command.sent,
            command.message,
            command.level,
            command.lifts or command.message == "cancel",
            command.expires,
            command.assumed,
            tuple(one for one in command.references if one != command.identifier),
            command.listed,
        ),
        facts.at,
    )
    word = lasting(said)
    if word in state.words or too_old(word, now):
        return []
    if not command.own:
        return [word]
    waiting = facts.of(WITHDRAWAL, SHARED, message_code(command.source, command.identifier))
    place = (command.area, command.area_name, command.kind)
    ends = [lasting(_end(command, one)) for one in waiting.said if one.reaches(*place)]
    return [word, *(one for one in ends if not any(_same(one, held) for held in state.words))]


def _end(command: TellEpisode, one: WithdrawalNoted) -> Word:
    return Word(
        source=command.source,
        identifier=one.by,
        sent=one.sent,
        message="cancel",
        level=command.level,
        lifts=True,
        expires=None,
        assumed=False,
        references=one.references,
        listed=False,
    )


def _passed(state: Episode, now: Moment) -> list[Event]:
    """The level fell by itself, once or several times, by now: each at its own moment."""
    events: list[Event] = []
    while state.level:
        turn = next_turn(state.words, state.now)
        if turn is None or turn > now:
            break
        ran_out = [one for one in in_force(state.words, state.now) if one.expires == turn]
        how: How = "expired_assumed" if all(one.assumed for one in ran_out) else "expired"
        until = next_turn(state.words, turn)
        new = _turned(state, highest(in_force(state.words, turn)), how, turn, until, None)
        state = _folded(but(state, now=turn), new)
        events += new
    return events


def _turned(
    state: Episode, level: str, falls: How, at: Moment, until: Moment | None, first: Opening | None
) -> list[Event]:
    """What the level's turn is called."""
    if level == state.level:
        return []
    if not state.level:
        assert first is not None  # a level begins by a warning only
        number = state.number + 1
        return [
            EpisodeOpened(number, first.area, first.area_name, first.kind, level, first.identifier, at, until)
        ]
    if not level:
        return [EpisodeEnded(state.number, state.level, "expired" if falls == "replaced" else falls, at)]
    if RANKS[level] > RANKS[state.level]:
        return [EpisodeRaised(state.number, state.level, level, at, until)]
    return [EpisodeLowered(state.number, state.level, level, falls, at, until)]


def _folded(state: Episode, events: list[Event]) -> Episode:
    for event in events:
        state = EPISODE.evolve(state, event)
    return state


def _key(word: Word) -> tuple[str, str]:
    return word.source, word.identifier


def _same(one: Word, other: Word) -> bool:
    return _key(one) == _key(other)


def _place(command: EpisodeCommand) -> tuple[str, str]:
    if isinstance(command, PassEpisode):
        return SHARED, command.code
    return SHARED, episode_code(command.area, command.area_name, command.kind)


EPISODE: Decider[Episode] = Decider(
    name="weather-episode",
    initial=Episode(),
    evolve=evolve,
    decide=decide,
    events=(EpisodeTold, EpisodeUnlisted, EpisodeOpened, EpisodeRaised, EpisodeLowered, EpisodeEnded),
    commands=(),
    machine=(TellEpisode, UnlistFromEpisode, PassEpisode),
    place=_place,
)

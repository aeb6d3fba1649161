"""Which warnings are in force at a moment: the law by which messages that come late, twice or crossed are put in order.

What is in force follows from the set of messages received and from the moment alone, never from the order in which they
came (docs/decisions). Each message says one *word* about an area and a kind of weather. A later word ends the earlier
words of its own chain (messages that name each other); one that names none ends the earlier words of its own source.
Later is who was sent later. What several sources say stands side by side, and the highest level counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.language import Moment, as_datetime, but, moment

RANKS: dict[str, int] = {"white": 0, "blue": 1, "yellow": 2, "orange": 3, "red": 4, "unknown": 5}
"""An unknown level counts as the most cautious one: a level that somebody names lowers it."""
LIFE = dt.timedelta(hours=24)
"""How long a warning without any end counts where no list says that it still stands; assumed, as its end says."""
KEPT = dt.timedelta(days=60)
"""How long ended words are remembered; what was sent longer ago and arrives only now changes nothing any more."""
AHEAD = dt.timedelta(days=1)
"""A message that says it was sent longer than this after it came has a wrong clock, and counts from when it came."""
Place = tuple[Moment, int, str, str]
ORDER = {"alert": 0, "update": 1, "cancel": 2}


@dataclass(frozen=True)
class Word:
    """What one message says of one area and one kind of weather.

    ``lifts``: it ends others and gives no warning. ``expires`` None: as long as its list holds it. ``gone``: it went
    out of the list of its source.
    """

    source: str
    identifier: str
    sent: str
    message: str
    level: str
    lifts: bool
    expires: str | None
    assumed: bool
    references: tuple[str, ...]
    listed: bool
    gone: bool = False

    @property
    def later(self) -> Place:
        """Its place among the words; of one moment an end comes after an update, and that after an alert."""
        return self.sent, ORDER["cancel"] if self.lifts else ORDER[self.message], self.identifier, self.source

    def stands_at(self, at: Moment) -> bool:
        """Whether it gives a warning that has not run out by itself."""
        return not self.lifts and not self.gone and (self.expires is None or at < self.expires)


def lasting(word: Word) -> Word:
    """The word with the end that counts: a list outlasts an assumed end, and elsewhere no warning is without end."""
    if word.listed:
        return but(word, expires=None, assumed=False) if word.assumed else word
    if word.expires is None:
        return but(word, expires=moment(as_datetime(word.sent) + LIFE), assumed=True)
    return word


def arrived(word: Word, at: Moment) -> Word:
    """The word as it counts where its own clock was far ahead: else nothing that is sent later could ever end it."""
    ahead = as_datetime(word.sent) - as_datetime(at)
    if ahead <= AHEAD:
        return word
    ends = word.expires
    if word.assumed and ends is not None:
        ends = moment(as_datetime(ends) - ahead)
    return but(word, sent=at, expires=ends)


def in_force(words: Sequence[Word], at: Moment) -> list[Word]:
    """The words whose warnings are in force at the moment."""
    chains = _chains(words)
    ended: dict[str, Place] = {}  # of each chain and source the latest word that ends earlier ones
    for word in words:
        for what in (f"chain {chains[word.identifier]}",) if word.references else (f"source {word.source}",):
            ended[what] = max(ended.get(what, word.later), word.later)
    found = []
    for word in words:
        ends = (ended.get(f"chain {chains[word.identifier]}"), ended.get(f"source {word.source}"))
        if word.stands_at(at) and all(end is None or end <= word.later for end in ends):
            found.append(word)
    return found


def highest(words: Iterable[Word]) -> str:
    """The highest level that the words give; empty where there is none."""
    return max((word.level for word in words), key=RANKS.__getitem__, default="")


def next_turn(words: Sequence[Word], at: Moment) -> Moment | None:
    """The first moment after ``at`` at which the level falls by itself; None where it does not."""
    standing = in_force(words, at)
    level = highest(standing)
    if not level:
        return None
    if any(one.level == level and one.expires is None for one in standing):
        return None
    return max(one.expires for one in standing if one.level == level and one.expires is not None)


def worth_keeping(words: Sequence[Word], now: Moment) -> tuple[Word, ...]:
    """The words that may still matter: those in force, and what was sent lately or names what was."""
    since = moment(as_datetime(now) - KEPT)
    if all(word.sent >= since for word in words):
        return tuple(words)
    standing = in_force(words, now)
    return tuple(word for word in words if word.sent >= since or word in standing)


def too_old(word: Word, now: Moment) -> bool:
    """Whether it was sent so long ago that what may have ended it is forgotten."""
    return not word.listed and word.sent < moment(as_datetime(now) - KEPT)


def _chains(words: Sequence[Word]) -> dict[str, str]:
    """Of each identifier that is said or named, one identifier for all that are tied to it by references."""
    chief: dict[str, str] = {}

    def find(one: str) -> str:
        while chief.setdefault(one, one) != one:
            chief[one] = one = chief[chief[one]]
        return one

    for word in words:
        for other in word.references:
            chief[find(other)] = find(word.identifier)
        find(word.identifier)
    return {one: find(one) for one in tuple(chief)}

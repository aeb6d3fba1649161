"""A world of weather in memory: the deciders that hear of warnings, with their policies, and nothing else.

Messages go in as a feed gives them; what they lead to is decided by the real deciders and carried by the real policies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from domain.decider import Decider
from domain.language import SHARED, Command, Event, Moment, as_datetime, moment, stream_name
from domain.policies import POLICIES
from domain.records import Record
from domain.rulebook import Rulebook
from domain.weather_episodes import EPISODE, Episode, PassEpisode
from domain.weather_feeds import FEED
from domain.weather_messages import WEATHER_MESSAGE
from domain.weather_withdrawals import WITHDRAWAL

START = "2026-07-01T00:00:00.000000Z"
HOUR = dt.timedelta(hours=1)
TELLING = next(one for one in POLICIES if one.name == "weather-episode")
HEARING = (WEATHER_MESSAGE, EPISODE, WITHDRAWAL, FEED)


def after(hours: float) -> Moment:
    """So many hours after the start."""
    return moment(as_datetime(START) + hours * HOUR)


@dataclass
class Sight:
    """What one decision sees."""

    world: World
    at: Moment
    by: str = "feed"
    actors: tuple[str, ...] = ("feed",)
    on_behalf_of: str | None = None
    previous_at: Moment = ""
    first_at: Moment = ""

    def of(self, decider: Decider[Any], scope: str, code: str = "") -> Any:
        return self.world.state(decider, stream_name(decider.name, scope, code))


@dataclass
class World:
    """Streams by name, and every record in order."""

    records: list[Record] = field(default_factory=list)
    states: dict[str, Any] = field(default_factory=dict)
    reacted: int = 0

    def state(self, decider: Decider[Any], stream: str) -> Any:
        return self.states.get(stream, decider.initial)

    def submit(self, command: Command, at: Moment) -> list[Event]:
        """Decide a command and carry what follows from it."""
        decider = next(one for one in HEARING if type(command) in (*one.commands, *one.machine))
        stream = decider.stream(command)
        events = decider.decide(command, self.state(decider, stream), Sight(self, at), Rulebook())
        for event in events:
            self.states[stream] = decider.evolve(self.state(decider, stream), event)
            number = len(self.records) + 1
            fields = (event.KIND, SHARED, "feed", "feed", at, at, f"c-{number}", event)
            self.records.append(Record(number, stream, number, *fields))
        return events

    def react(self) -> None:
        """Let the policy that tells episodes do its work."""
        while self.reacted < len(self.records):
            record = self.records[self.reacted]
            self.reacted += 1
            if record.kind in TELLING.kinds:
                for _, command in TELLING.react(record):
                    self.submit(command, record.happened_at)

    def tell(self, messages: Iterable[tuple[Command, Moment]]) -> World:
        """Messages and what a feed's watch says, each at its moment."""
        for command, at in messages:
            self.submit(command, at)
            self.react()
        return self

    def tick(self, now: Moment) -> World:
        """The clock says what ran out by now."""
        for stream in tuple(self.states):
            while isinstance(state := self.states[stream], Episode) and state.until and state.until <= now:
                self.submit(PassEpisode(stream.rsplit("/", 1)[1]), state.until)
        return self

    def in_force(self) -> dict[str, str]:
        """Episode -> level, of those that go on."""
        return {
            stream.rsplit("/", 1)[1]: state.level
            for stream, state in self.states.items()
            if isinstance(state, Episode) and state.level
        }

"""`given(events).when(command).then(events | refusal)`: a decider alone, without engine, journal or clock.

Facts are events of other streams, put there with `knowing`; the example mine with its people, its unit and one risk is
known from the start. It has adopted no rules: `with_house_rules` says so where it did.
Whatever is decided must also survive being written down, and whatever is refused must be sayable in both languages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Self

from adapters.border import read_command
from adapters.journal.codec import Codec
from adapters.rules import load_rulebook
from domain.bodies import BODY as BODIES
from domain.decider import Decider
from domain.examples import COMMAND_EXAMPLES, EVENT_EXAMPLES, MACHINE_EXAMPLES
from domain.index import DECIDERS, EVENTS
from domain.language import Command, Event, Moment, parse_moment, stream_name
from domain.people import PEOPLE as ROLL
from domain.people import PersonRegistered
from domain.records import Meta
from domain.refused import Refused, Told
from domain.risks import RISK
from domain.roles import ROLES, RoleGranted
from domain.rule_adoption import ADOPTED
from domain.rulebook import Rulebook
from domain.units import UNITS

BODY = "KS-01"
PEOPLE = (
    "P-ADMIN",
    "P-PRINCIPAL",
    "P-SAFETY",
    "P-WORKSHOP",
    "P-DEPUTY",
    "P-TEAM",
    "P-WORKER",
    "P-EXPERT",
)
ROLE_OF = {
    "P-PRINCIPAL": "principal",
    "P-SAFETY": "safety_officer",
    "P-WORKSHOP": "workshop_lead",
    "P-DEPUTY": "workshop_lead",
    "P-TEAM": "team_lead",
    "P-WORKER": "post_worker",
    "P-EXPERT": "expert",
}
EARLIER = "2026-01-20T08:00+08:00"
"""When given events happened that name no time of their own."""
NOW = "2026-02-02T08:00+08:00"
"""When a command is given that names no time of its own."""

DECIDER_OF: dict[type[Command], Decider[Any]] = {
    command: decider for decider in DECIDERS for command in (*decider.commands, *decider.machine)
}
CODEC = Codec(EVENTS)
META = Meta(
    scope=BODY, by="P-ADMIN", auth="os-local", happened_at="2026-01-01T00:00:00.000000Z", command_id="x"
)

MINE: dict[str, tuple[Event, ...]] = {
    stream_name(BODIES.name, BODY): (EVENT_EXAMPLES["body-registered.1"],),
    stream_name(ROLL.name, BODY): tuple(PersonRegistered(person, "staff") for person in PEOPLE),
    stream_name(ROLES.name, BODY): tuple(
        RoleGranted(person, role, "2026-01-05", None) for person, role in ROLE_OF.items()
    ),
    stream_name(UNITS.name, BODY): (EVENT_EXAMPLES["unit-registered.1"],),
    stream_name(RISK.name, BODY, "R-0001"): (EVENT_EXAMPLES["risk-identified.1"],),
}


@dataclass(frozen=True)
class Happened:
    """An event with the time at which it was so."""

    event: Event
    at: Moment


def on(when: str, event: Event) -> Happened:
    """An event with its time: ISO 8601 with an offset, or a day in China (eight in the morning)."""
    return Happened(event, at(when))


def at(when: str) -> Moment:
    return parse_moment(f"{when}T08:00+08:00" if len(when) == 10 else when)


@dataclass
class Known:
    """Implements ``Facts`` over given events."""

    streams: dict[str, tuple[Event, ...]]
    by: str
    on_behalf_of: str | None
    at: Moment
    previous_at: Moment
    first_at: Moment
    looked_at: set[str] = field(default_factory=set)

    @property
    def actors(self) -> tuple[str, ...]:
        return tuple(one for one in (self.by, self.on_behalf_of) if one)

    def of(self, decider: Decider[Any], scope: str, code: str = "") -> Any:
        stream = stream_name(decider.name, scope, code)
        self.looked_at.add(stream)
        return folded(decider, self.streams.get(stream, ()))


def example(name: str, /, **changes: object) -> Any:
    """The canonical example of a command, as the border reads it, with some fields changed."""
    lines = {str(line["command"]): line["data"] for line in COMMAND_EXAMPLES}
    command = read_command(name, lines.get(name, MACHINE_EXAMPLES.get(name)), machine=True)
    return replace(command, **changes)


def happened(kind: str, /, **changes: object) -> Any:
    """The canonical example of an event by its kind without version, with some fields changed."""
    return replace(EVENT_EXAMPLES[f"{kind}.1"], **changes)


def folded(decider: Decider[Any], events: Iterable[Event]) -> Any:
    state = decider.initial
    for event in events:
        state = decider.evolve(state, event)
    return state


@dataclass(frozen=True)
class Given:
    """What had happened in the command's own stream, and in others."""

    own: tuple[Happened, ...]
    others: dict[str, tuple[Event, ...]]
    rules: Rulebook

    def knowing(self, decider: Decider[Any], scope: str, code: str = "", *, holds: Iterable[Event]) -> Self:
        """The same with another stream that holds just these events."""
        return replace(self, others={**self.others, stream_name(decider.name, scope, code): tuple(holds)})

    def with_house_rules(self) -> Self:
        """The same where the body adopted the pack `house-2026` on 2026-01-06."""
        return self.knowing(ADOPTED, BODY, holds=[EVENT_EXAMPLES["rule-pack-adopted.1"]])

    def under(self, rules: Rulebook) -> Self:
        """The same under other rules than the shipped ones."""
        return replace(self, rules=rules)

    def when(
        self, command: Command, by: str = "P-SAFETY", at: str = NOW, on_behalf_of: str | None = None
    ) -> Decided:
        """Decide the command."""
        decider = DECIDER_OF[type(command)]
        state = folded(decider, (one.event for one in self.own))
        moments = [one.at for one in self.own]
        facts = Known(
            self.others,
            by,
            on_behalf_of,
            _at(at),
            max(moments, default=""),
            moments[0] if moments else "",
        )
        try:
            events = decider.decide(command, state, facts, self.rules)
        except Refused as refused:
            return Decided([], refused, facts.looked_at)
        assert events == decider.decide(command, state, facts, self.rules), "deciding twice decides the same"
        return Decided(events, None, facts.looked_at)


_at = at


@dataclass(frozen=True)
class Decided:
    """What came of it."""

    events: list[Event]
    refused: Refused | None
    looked_at: set[str]

    def then(self, *expected: Event | type[Refused], **values: object) -> None:
        """Exactly these events, or a refusal of this class with at least these values."""
        if len(expected) == 1 and isinstance(expected[0], type):
            self._was_refused(expected[0], values)
            return
        assert self.refused is None, f"refused: {self.refused!r}"
        assert self.events == list(expected)
        assert [type(one) for one in self.events] == [type(one) for one in expected]
        for event in self.events:
            assert as_stored(event) == event, "a stored event reads back as it was decided"

    def _was_refused(self, expected: type[Any], values: dict[str, object]) -> None:
        assert self.refused is not None, f"accepted: {self.events}"
        assert type(self.refused) is expected, f"refused otherwise: {self.refused!r}"
        assert {key: self.refused.values.get(key) for key in values} == values
        assert sayable(self.refused)

    @property
    def only(self) -> Any:
        """The one event that was decided."""
        assert self.refused is None, f"refused: {self.refused!r}"
        [event] = self.events
        return event

    def accepted(self) -> None:
        """Anything but a refusal."""
        assert self.refused is None, f"refused: {self.refused!r}"


def as_stored(event: Event) -> Event:
    """The event after it was written down and read again."""
    return CODEC.event(event.KIND, CODEC.body("x", 1, META, event))


def sayable(told: Told) -> bool:
    """Whether the sentence stands in both languages, with every value that was given shown in it."""
    for lang in ("zh", "en"):
        sentence = told.because(lang)
        assert sentence, lang
        assert "{" not in sentence, sentence
        assert "Term(" not in sentence, sentence
        assert "Thing(" not in sentence, sentence
    return True


def given(*events: Event | Happened) -> Given:
    """What had happened in the stream of the command that comes next."""
    own = tuple(one if isinstance(one, Happened) else on(EARLIER, one) for one in events)
    return Given(own, MINE, load_rulebook())

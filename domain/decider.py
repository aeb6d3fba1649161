"""The shape of a business thing: an initial state and two pure functions.

``evolve`` folds a fact and never refuses, for the fact already happened. ``decide`` answers a command with events, or
refuses it with a reason; it sees this stream's state, facts folded from other streams, and the rules, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from domain.language import Command, Event, Moment, stream_name
from domain.rulebook import Rulebook

S = TypeVar("S")


class Facts(Protocol):
    """Who asks, when it was so, and the states of other streams; the append guards every stream that was looked at."""

    by: str
    actors: tuple[str, ...]
    """Who gives the command and, where there is one, on whose behalf: neither may break independence."""
    on_behalf_of: str | None
    at: Moment
    previous_at: Moment
    """When the last record of this stream happened; empty for a new stream."""
    first_at: Moment
    """When the first record of this stream happened; empty for a new stream."""

    def of(self, decider: Decider[S], scope: str, code: str = "") -> S:
        """The folded state of another stream; its initial state when nothing was recorded there."""
        ...


@dataclass(frozen=True)
class Decider(Generic[S]):
    """One kind of business thing.

    ``place`` tells scope and code of the stream that a command goes to; ``machine`` are the commands that only the
    clock, policies and feeds may give; ``keyed`` things take a unique code in their scope when first recorded.
    """

    name: str
    initial: S
    evolve: Callable[[S, Any], S]
    decide: Callable[[Any, S, Facts, Rulebook], list[Event]]
    events: tuple[type[Event], ...]
    commands: tuple[type[Command], ...]
    place: Callable[[Any], tuple[str, str]]
    machine: tuple[type[Command], ...] = ()
    keyed: bool = False

    def stream(self, command: Command) -> str:
        """The one stream to which the command's events go."""
        return stream_name(self.name, *self.place(command))

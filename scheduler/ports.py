"""What the clock needs of the outside, handed in by the command line: nothing here knows a database or a wall clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from domain.engine import Order
from domain.language import Day, Moment
from domain.rulebook import Rulebook
from domain.working_days import Calendar
from projections.duty_facts import Owing
from projections.duty_rows import DueRow


class Submit(Protocol):
    """Gives one order.

    MUST be durable before it returns, MUST record each id at most once, and MUST NOT raise ``Refused``: what is refused
    is written down for a person to look at. Returns whether anything new was recorded. Raises ``FaultError``.
    """

    def __call__(self, order: Order, /) -> bool: ...


class DueRows(Protocol):
    """The open duties, as a projection shows them."""

    def catch_up(self) -> int:
        """Follow the log to the head it had at the call, at least; returns the position reached."""
        ...

    def due(self, by: Day, after: DueRow | None, limit: int) -> Sequence[DueRow]:
        """At most ``limit`` open duties owed by that day or before it which lack a mark.

        MUST be in the order of (due, body, duty) and MUST begin after ``after``; an empty page ends it.
        """
        ...


class Bodies(Protocol):
    """The responsible bodies with what decides what they owe, and when each is to be looked at again.

    What is remembered here MAY be lost: that costs repeated looks, which raise nothing twice.
    """

    def catch_up(self) -> int:
        """Follow the log to the head it had at the call, at least; returns the position reached."""
        ...

    def waiting(self, today: Day, /) -> Iterable[tuple[Owing, Day | None]]:
        """Each body of which something that counts was recorded since ``seen``, or that is to be looked at by today.

        With the day of the last look; None where everything has to be looked at again.
        """
        ...

    def looked(self, body: str, on: Day, again: Day, /) -> None:
        """Remember a look, and the day of the next one."""
        ...

    def seen(self, position: int, /) -> None:
        """Every body was looked at that something up to the position speaks of."""
        ...


class KnownDays(Protocol):
    """The working days as the known notices have them."""

    def __call__(self) -> Calendar: ...


class Beats(Protocol):
    """When the clock was last known to be present."""

    def last(self) -> Moment | None:
        """The end of the last complete tick or of the last absence written down, the later of both; None if unknown."""
        ...

    def set(self, at: Moment, /) -> None:
        """Remember a complete tick; MUST NOT move backwards."""
        ...


class RunPolicies(Protocol):
    """Runs every policy, and every step that needs a view (which risks a change touches), over what was recorded since.

    MUST give each of their orders under an id that follows from what it says. Returns how many recorded something.
    """

    def __call__(self) -> int: ...


class Now(Protocol):
    """The present moment: the machine's clock, or in a practice file the simulated one."""

    def __call__(self) -> Moment: ...


@dataclass(frozen=True)
class Ports:
    """Everything one tick needs."""

    submit: Submit
    rows: DueRows
    beats: Beats
    policies: RunPolicies
    now: Now
    bodies: Bodies
    rules: Rulebook
    calendar: KnownDays


class Hold(Protocol):
    """The right to be the clock, of one process at a time; entering raises ``ClockHeldError`` naming who has it."""

    def __enter__(self) -> Hold: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...

    def renew(self) -> None:
        """Take it again where it was lost (a connection that broke); raises as entering does."""
        ...


class Log(Protocol):
    """Says what the clock did, for whoever keeps the machine: an event's name and its values."""

    def __call__(self, event: str, /, **values: object) -> None: ...

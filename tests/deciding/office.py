"""Engines on one journal in memory, with a clock that we set: for tests of how commands are decided and appended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from adapters.border import read_order
from adapters.journal.journal import EventJournal
from adapters.journal.memory import MemoryLedger
from adapters.rules import load_rulebook
from domain.engine import Answer, Engine, Order
from domain.examples import COMMAND_EXAMPLES
from domain.index import DECIDERS
from domain.language import Command, Moment
from domain.records import Answered, Appended, Conflict, Draft
from tests.deciding.given import at

LINES: Mapping[str, Mapping[str, Any]] = {str(line["command"]): line for line in COMMAND_EXAMPLES}


class Desk(EventJournal):
    """The real journal with a place between read and append where somebody else may come first.

    ``meanwhile`` runs once, before the next append; ``alter`` changes a draft on its way in.
    """

    meanwhile: Callable[[], object] | None = None
    always: Callable[[], object] | None = None
    alter: Callable[[Draft], Draft] = staticmethod(lambda draft: draft)
    appends: int = 0

    def append(self, draft: Draft) -> Appended | Conflict | Answered:
        self.appends += 1
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        if self.always is not None:
            self.always()
        return super().append(self.alter(draft))


@dataclass
class Office:
    """One journal and what reads it; ``now`` is what every clock in it shows."""

    now: Moment = field(default_factory=lambda: at("2026-04-01"))
    ledger: MemoryLedger = field(init=False)

    def __post_init__(self) -> None:
        self.ledger = MemoryLedger(lambda: self.now)

    def engine(self) -> Engine:
        """An engine of its own, as another process would have it: nothing remembered yet."""
        return Engine(Desk(self.ledger, lambda: self.now), DECIDERS, load_rulebook())

    def until(self, command: str, engine: Engine | None = None) -> Engine:
        """Give all example commands up to and including this one."""
        engine = engine or self.engine()
        for line in COMMAND_EXAMPLES:
            engine.submit(order(str(line["command"])))
            if line["command"] == command:
                return engine
        raise ValueError(command)

    @property
    def size(self) -> int:
        return self.ledger.head().size


def order(command: str, /, **changes: Any) -> Order:
    """The example of a command as an order; changes go to the line's own fields or else to its data."""
    line = {**LINES[command]}
    for key in ("by", "at", "id", "on_behalf_of"):
        if key in changes:
            line[key] = changes.pop(key)
    line["data"] = {**line["data"], **changes}
    return read_order(line, by="P-ADMIN", auth="os-local", need_id=True)


def machine(command: Command, /, id: str, at: Moment | None = None, auth: str = "clock") -> Order:
    """An order as the clock gives it."""
    return Order(command, auth, id, b"content", at, auth=auth)


def desk(engine: Engine) -> Desk:
    assert isinstance(engine.journal, Desk)
    return engine.journal


def kinds(answer: Answer) -> list[str]:
    return [one.kind for one in answer.records]


def without_guards(draft: Draft) -> Draft:
    """The draft as it would be if nobody watched the streams that were only looked at."""
    return replace(draft, guards=())

"""The one loop in which every command is decided: read, fold, decide, append; and once more from the top after a loss.

The first answer to a command id is the only one: a repeated id gets it back, whatever has changed since. States are
kept in memory between commands; that is safe because the append guards the version of every stream that was read, and
because nothing but a successful append is ever reported from remembered states: a refusal is decided again on fresh
reads first.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from domain import access
from domain.decider import Decider
from domain.labels import Term
from domain.language import SHARED, Command, Event, Moment, stream_name
from domain.records import MACHINE_AUTHS, Answered, Appended, Draft, Journal, Key, Meta, Written
from domain.refused import AlreadyRegistered, ContendedError, IdReused, InTheFuture, Refused, UnknownCommand
from domain.rulebook import Rulebook

S = TypeVar("S")

ATTEMPTS = 50
"""How often one command is decided again after losing to other writers before the caller is told."""
REMEMBERED = 20_000
"""How many folded streams a process keeps."""


@dataclass(frozen=True)
class Order:
    """A command as it was given: by whom, when it is said to have happened, under which id.

    ``content`` is the hash of what the caller gave, without what we filled in; ``at`` None means now.
    """

    command: Command
    by: str
    id: str
    content: bytes
    at: Moment | None = None
    on_behalf_of: str | None = None
    auth: str = "os-local"
    caused_by: int | None = None
    source: str | None = None


@dataclass(frozen=True)
class Answer:
    """The records of a command; ``repeated`` when the id had been answered before."""

    records: tuple[Written, ...]
    repeated: bool = False
    clock_read: Moment | None = None
    recorded_at: Moment = ""


@dataclass
class Folded:
    """A stream as one process remembers it."""

    state: Any
    version: int
    first_at: Moment
    last_at: Moment


class Memory:
    """Folded streams by name, the least used dropped first; every thread may use it."""

    def __init__(self, journal: Journal, size: int = REMEMBERED) -> None:
        self._journal = journal
        self._size = size
        self._kept: OrderedDict[str, Folded] = OrderedDict()
        self._mutex = threading.Lock()

    def kept(self, stream: str) -> Folded | None:
        """What is remembered of the stream, without reading."""
        with self._mutex:
            kept = self._kept.get(stream)
            if kept is not None:
                self._kept.move_to_end(stream)
        return kept

    def folded(self, decider: Decider[Any], stream: str, fresh: bool) -> Folded:
        """The stream's state: remembered, or read on from where memory ends when ``fresh`` is asked."""
        kept = self.kept(stream)
        if kept is not None and not fresh:
            return kept
        base = kept or Folded(decider.initial, 0, "", "")
        end = self._journal.read(stream, base.version)
        if not end.events:
            if kept is None:
                self._keep(stream, base)
            return base
        state = base.state
        for event in end.events:
            state = decider.evolve(state, event)
        folded = Folded(state, end.version, base.first_at or end.first_at, max(base.last_at, end.last_at))
        self._keep(stream, folded)
        return folded

    def advance(
        self, decider: Decider[Any], stream: str, before: Folded, events: list[Event], at: Moment
    ) -> None:
        """Remember the state after events that were just made durable."""
        state = before.state
        for event in events:
            state = decider.evolve(state, event)
        after = Folded(state, before.version + len(events), before.first_at or at, max(before.last_at, at))
        self._keep(stream, after)

    def _keep(self, stream: str, folded: Folded) -> None:
        with self._mutex:
            present = self._kept.get(stream)
            if present is None or present.version <= folded.version:
                self._kept[stream] = folded
                self._kept.move_to_end(stream)
                if len(self._kept) > self._size:
                    self._kept.popitem(last=False)


class View:
    """What one decision sees: implements ``Facts`` and notes the version of every stream it looked at."""

    def __init__(self, memory: Memory, order: Order, own: Folded, at: Moment, fresh: bool) -> None:
        self._memory = memory
        self._fresh = fresh
        self.by = order.by
        self.actors = tuple(one for one in (order.by, order.on_behalf_of) if one)
        self.on_behalf_of = order.on_behalf_of
        self.at = at
        self.previous_at = own.last_at
        self.first_at = own.first_at
        self.seen: dict[str, int] = {}

    def of(self, decider: Decider[S], scope: str, code: str = "") -> S:
        stream = stream_name(decider.name, scope, code)
        folded = self._memory.folded(decider, stream, self._fresh)
        self.seen[stream] = folded.version
        return cast(S, folded.state)


class Turns:
    """One lock per stream in this process, striped: threads that work on one stream queue instead of colliding."""

    def __init__(self, stripes: int = 509) -> None:
        self._locks = [threading.Lock() for _ in range(stripes)]

    def of(self, stream: str) -> AbstractContextManager[Any]:
        return self._locks[hash(stream) % len(self._locks)]


class Engine:
    """Decides orders against a journal with the deciders and the rules it was given; every thread may use it."""

    def __init__(self, journal: Journal, deciders: Iterable[Decider[Any]], rules: Rulebook) -> None:
        self.journal = journal
        self.rules = rules
        self.memory = Memory(journal)
        self._turns = Turns()
        self._beginning: set[type[Command]] = set()
        """Commands that began a stream when they were last recorded."""
        self._by_command: dict[type[Command], Decider[Any]] = {}
        for decider in deciders:
            for command in (*decider.commands, *decider.machine):
                self._by_command[command] = decider

    def submit(self, order: Order) -> Answer:
        """Decide one order and make its events durable.

        Returns the records (none when there was nothing to record). Raises ``Refused`` when the rules do not allow
        it, and a ``FaultError`` when the journal cannot serve; in both cases nothing of it is recorded, except after
        ``InDoubtError``, which says so.
        """
        decider = self._by_command.get(type(order.command))
        if decider is None:
            raise UnknownCommand(command=type(order.command).__name__)
        stream = decider.stream(order.command)
        with self._turns.of(stream):
            return self._decide(decider, stream, order)

    def _decide(self, decider: Decider[Any], stream: str, order: Order) -> Answer:
        fresh = False
        for _ in range(ATTEMPTS):
            own = self._own(decider, stream, type(order.command), fresh)
            try:
                draft, events = self._draft(decider, stream, own, order, fresh)
            except Refused:
                first = self._first_answer(order)
                if first is not None:
                    return first
                if fresh:
                    raise
                fresh = True
                continue
            if not events:
                first = self._first_answer(order)
                if first is not None or fresh:
                    return first or Answer(())
                fresh = True
                continue
            outcome = self.journal.append(draft)
            if isinstance(outcome, Appended):
                self.memory.advance(decider, stream, own, events, draft.meta.happened_at)
                if own.version == 0:
                    self._beginning.add(type(order.command))
                return Answer(outcome.records, False, outcome.clock_read, outcome.recorded_at)
            if isinstance(outcome, Answered):
                return self._same(order, outcome)
            if outcome.key is not None and fresh:
                key = outcome.key
                raise AlreadyRegistered(kind=Term(key.kind), code=key.code, body=key.scope)
            fresh = True
        first = self._first_answer(order)
        if first is not None:
            return first
        raise ContendedError(id=order.id, times=ATTEMPTS)

    def _own(self, decider: Decider[Any], stream: str, command: type[Command], fresh: bool) -> Folded:
        """The stream that the command appends to.

        Where the last such command began a stream, an unknown one is taken for new without reading it: the append
        guards that, and a refusal is decided again on a fresh read, as with everything remembered.
        """
        if command not in self._beginning:
            return self.memory.folded(decider, stream, fresh)
        if not fresh:
            return self.memory.kept(stream) or Folded(decider.initial, 0, "", "")
        own = self.memory.folded(decider, stream, fresh)
        if own.version:
            self._beginning.discard(command)
        return own

    def _draft(
        self, decider: Decider[Any], stream: str, own: Folded, order: Order, fresh: bool
    ) -> tuple[Draft, list[Event]]:
        now = self.journal.now()
        machine = order.auth in MACHINE_AUTHS
        at = order.at or max(now, own.last_at)
        if order.at is not None and order.at > now and not machine:
            raise InTheFuture(at=order.at, now=now)
        scope, code = decider.place(order.command)
        view = View(self.memory, order, own, at, fresh)
        founding = False
        if not machine:
            founding = access.authorise(view, order.command, scope, now, self.journal.founder())
        events = decider.decide(order.command, own.state, view, self.rules)
        view.seen.pop(stream, None)
        meta = Meta(
            scope=scope or SHARED,
            by=order.by,
            auth=order.auth,
            happened_at=at,
            command_id=order.id,
            on_behalf_of=order.on_behalf_of,
            caused_by=order.caused_by,
            source=order.source,
        )
        keys = (
            (Key(decider.name, scope, code, stream),) if decider.keyed and own.version == 0 and events else ()
        )
        guards = tuple(view.seen.items())
        return Draft(meta, order.content, stream, own.version, events, guards, keys, founding), events

    def _first_answer(self, order: Order) -> Answer | None:
        answered = self.journal.answered(order.id)
        return None if answered is None else self._same(order, answered)

    @staticmethod
    def _same(order: Order, answered: Answered) -> Answer:
        if answered.content != order.content and order.auth not in MACHINE_AUTHS:
            raise IdReused(
                id=order.id, first=answered.records[0].position, last=answered.records[-1].position
            )
        return Answer(answered.records, repeated=True)

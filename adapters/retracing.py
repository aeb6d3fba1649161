"""Why a record says what it says: the decision is made again on the history before it, with the rules then in force.

The journal keeps what was decided, not the words of the command. So the command is told from its records: every command
of the stream's kind whose fields the records fill is decided again, and the answer is the same when one of them gives
exactly these records. Where rules were altered since, none does, and what is decided now is shown instead.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, get_type_hints

from adapters.retracing_fields import TOLD_OTHERWISE, values
from domain import access
from domain.decider import Decider
from domain.language import Command, Event, Moment, stream_name
from domain.records import MACHINE_AUTHS, Record
from domain.refused import Refused
from domain.rulebook import Rulebook

MOST = 4096
"""How many ways of filling one command's fields are tried."""


@dataclass
class Verdict:
    """What came of deciding again: ``same``, or what is decided now; ``command`` None where none fits the records."""

    records: list[Record]
    same: bool
    command: Command | None = None
    now: list[Event] = field(default_factory=list)
    refused: Refused | None = None


@dataclass
class _Stream:
    state: Any
    version: int = 0
    first_at: Moment = ""
    last_at: Moment = ""


class Retracer:
    """Walks the journal from its beginning and decides each command again; states before the present one are kept."""

    def __init__(self, deciders: Iterable[Decider[Any]], rules: Rulebook) -> None:
        self._deciders = {decider.name: decider for decider in deciders}
        self._rules = rules
        self._streams: dict[str, _Stream] = {}
        self._founder: str | None = None
        self._places: dict[type[Command], tuple[re.Pattern[str], ...]] = {}

    def walk(self, records: Iterable[Record], wanted: int | None = None) -> Iterator[Verdict]:
        """The verdict on each command in order, or only on the one that recorded the ``wanted`` position."""
        for _, group in itertools.groupby(records, key=lambda one: (one.command_id, one.stream)):
            together = list(group)
            if wanted is None or together[0].position <= wanted <= together[-1].position:
                yield self._decide_again(together)
            self._fold(together)
            if wanted is not None and together[-1].position >= wanted:
                return

    def _decide_again(self, records: list[Record]) -> Verdict:
        decider = self._deciders[records[0].stream.split("/", 1)[0]]
        before = self._stream(decider, records[0].stream)
        told = [record.event for record in records]
        best = Verdict(records, same=False)
        for command in self._candidates(decider, records):
            try:
                now = self._decided(decider, command, before, records[0])
            except Refused as refused:
                if best.command is None:
                    best = Verdict(records, False, command, refused=refused)
                continue
            except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
                continue  # a way of filling the fields that the border would not have let in
            if now == told:
                return Verdict(records, True, command, now)
            if now and (best.command is None or best.refused is not None):
                best = Verdict(records, False, command, now)
        return best

    def _decided(self, decider: Decider[Any], command: Command, before: _Stream, of: Record) -> list[Event]:
        facts = _Then(self, of, before)
        if of.auth not in MACHINE_AUTHS:
            scope, _ = decider.place(command)
            access.authorise(facts, command, scope, of.recorded_at, self._founder)
        return decider.decide(command, before.state, facts, self._rules)

    def _stream(self, decider: Decider[Any], name: str) -> _Stream:
        return self._streams.get(name) or _Stream(decider.initial)

    def state(self, decider: Decider[Any], name: str) -> Any:
        """The state of a stream by the records walked so far."""
        return self._stream(decider, name).state

    def _fold(self, records: list[Record]) -> None:
        decider = self._deciders[records[0].stream.split("/", 1)[0]]
        stream = self._streams.setdefault(records[0].stream, _Stream(decider.initial))
        for record in records:
            stream.state = decider.evolve(stream.state, record.event)
            stream.version = record.version
            stream.first_at = stream.first_at or record.happened_at
            stream.last_at = max(stream.last_at, record.happened_at)
            if self._founder is None and record.auth not in MACHINE_AUTHS:
                self._founder = record.by

    # --------------------------------------------------------------------------------------- the command, told

    def _candidates(self, decider: Decider[Any], records: list[Record]) -> Iterator[Command]:
        machine = records[0].auth in MACHINE_AUTHS
        for kind in (*decider.commands, *(decider.machine if machine else ())):
            fields = self._fillings(decider, kind, records)
            if fields is not None:
                ways = itertools.islice(itertools.product(*fields.values()), MOST)
                yield from (kind(**dict(zip(fields, way, strict=True))) for way in ways)

    def _fillings(
        self, decider: Decider[Any], kind: type[Command], records: list[Record]
    ) -> dict[str, list[Any]] | None:
        """For each field of a command what it may have held; None where the records cannot fill one."""
        parts = records[0].stream.split("/", 2)
        placed = self._placed(decider, kind, parts[1], parts[2] if len(parts) > 2 else "")
        if placed is None:
            return None
        hints = get_type_hints(kind, include_extras=True)
        events = [record.event for record in records]
        actors = tuple(one for one in (records[0].by, records[0].on_behalf_of) if one)
        found: dict[str, list[Any]] = {}
        for one in dataclasses.fields(kind):
            told = TOLD_OTHERWISE.get((kind.__name__, one.name))
            if told is not None and (said := told(events)):
                found[one.name] = said
            elif one.name in placed:
                found[one.name] = [placed[one.name]]
            elif told is not None:
                return None
            else:
                found[one.name] = values(one, hints[one.name], events, actors)
            if not found[one.name]:
                return None
        return found

    def _placed(
        self, decider: Decider[Any], kind: type[Command], scope: str, code: str
    ) -> dict[str, str] | None:
        """The fields that the name of the stream tells: what ``place`` does to their names, read backwards."""
        names = [one.name for one in dataclasses.fields(kind)]
        patterns = self._places.get(kind)
        if patterns is None:
            probe = object.__new__(kind)
            probe.__dict__.update({name: f"<{name}>" for name in names})
            try:
                held = decider.place(probe)
            except (KeyError, TypeError, ValueError, AttributeError):
                held = ("", "")
            patterns = self._places[kind] = tuple(
                re.compile(re.sub("<([a-z_]+)>", r"(?P<\1>.+)", re.escape(str(one)))) for one in held
            )
        placed: dict[str, str] = {}
        for pattern, text in zip(patterns, (scope, code), strict=True):
            match = pattern.fullmatch(text)
            if match is not None:
                placed.update(match.groupdict())
            elif pattern.groups and text:
                return None
        return placed


class _Then:
    """``Facts`` as they were before a record."""

    def __init__(self, retracer: Retracer, of: Record, before: _Stream) -> None:
        self._retracer = retracer
        self.by = of.by
        self.on_behalf_of = of.on_behalf_of
        self.actors = tuple(one for one in (of.by, of.on_behalf_of) if one)
        self.at = of.happened_at
        self.previous_at = before.last_at
        self.first_at = before.first_at

    def of(self, decider: Decider[Any], scope: str, code: str = "") -> Any:
        return self._retracer.state(decider, stream_name(decider.name, scope, code))

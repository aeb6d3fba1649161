"""How an event becomes the bytes of a record and back: canonical JSON, written once and never written again.

Stored kinds are our own names with a version (``hazard-evaluated.1``). A kind whose shape had to change is read
through an upcaster into today's event; the stored bytes stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import msgspec

from adapters.canonical import encode
from adapters.journal.packed import PackedRow, StoredRow
from adapters.problems import problem_of
from adapters.seal.header import prepare
from domain.language import Event
from domain.records import Meta, Record
from domain.refused import BrokenRecordError


class StoredMeta(msgspec.Struct, omit_defaults=True):
    """The part of a record's body that is not the event."""

    stream: str
    version: int
    kind: str
    scope: str
    by: str
    auth: str
    happened_at: str
    command_id: str
    on_behalf_of: str | None = None
    caused_by: int | None = None
    source: str | None = None


class _When(msgspec.Struct, gc=False):
    happened_at: str


Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns the data of an older kind into the data of the next one."""

UPCASTERS: dict[str, tuple[str, Upcaster]] = {}
"""Older kind -> (next kind, upcaster). Empty until the first release froze a kind that had to change."""

_UNREADABLE = (msgspec.MsgspecError, KeyError, TypeError, ValueError)
"""What decoding and upcasting raise for what they cannot read."""


class Codec:
    """Encodes drafts and decodes rows for the event kinds it was given; one typed decoder per kind."""

    def __init__(
        self,
        events: Mapping[str, type[Event]],
        upcasters: Mapping[str, tuple[str, Upcaster]] = UPCASTERS,
    ) -> None:
        self._events = dict(events)
        self._upcasters = dict(upcasters)
        for kind in self._upcasters:
            self._check_chain(kind)
        self._data: dict[str, Callable[[bytes], Any]] = {}
        self._dated: dict[str, Callable[[bytes], Any]] = {}
        self._whole: dict[str, Callable[[bytes], Any]] = {}
        self._meta: Callable[[bytes], Any] = _reader([("meta", StoredMeta)])
        self._when: Callable[[bytes], Any] = _reader([("meta", _When)])

    def body(self, stream: str, version: int, meta: Meta, event: Event) -> bytes:
        """The canonical bytes ``{"data": …, "meta": …}`` of one record."""
        about: dict[str, Any] = {
            "stream": stream,
            "version": version,
            "kind": event.KIND,
            "scope": meta.scope,
            "by": meta.by,
            "auth": meta.auth,
            "happened_at": meta.happened_at,
            "command_id": meta.command_id,
        }
        if meta.on_behalf_of is not None:
            about["on_behalf_of"] = meta.on_behalf_of
        if meta.caused_by is not None:
            about["caused_by"] = meta.caused_by
        if meta.source is not None:
            about["source"] = meta.source
        return encode({"data": event, "meta": about})

    def row(self, tag: str, stream: str, version: int, meta: Meta, event: Event) -> PackedRow:
        """One record ready to be appended; everything but position and recording time is fixed here."""
        state = self.body(stream, version, meta, event)
        prepared = prepare(tag, version, event.KIND, sha256(state).hexdigest(), meta.happened_at)
        return PackedRow(stream, version, event.KIND, state, prepared)

    def event(self, kind: str, state: bytes) -> Event:
        """The event alone, for folds; the record's other fields are skipped unread.

        ``BrokenRecordError`` for an unknown kind and for bytes that are none of ours; its position is for the caller.
        """
        decode = self._data.get(kind)
        try:
            if decode is None:
                decode = self._data[kind] = self._decoder(kind, None)
            event: Event = decode(state).data
        except _UNREADABLE as error:
            raise BrokenRecordError(position="?", problem=f"{kind}: {error}") from error
        return event

    def dated(self, rows: Sequence[tuple[int, str, bytes]]) -> tuple[list[Event], list[str]]:
        """The events of a stream's rows (version, kind, body) and when each happened, each body read once."""
        events: list[Event] = []
        moments: list[str] = []
        decoders = self._dated
        for _, kind, state in rows:
            try:
                decode = decoders.get(kind)
                if decode is None:
                    decode = decoders[kind] = self._decoder(kind, _When)
                body = decode(state)
            except _UNREADABLE as error:
                raise BrokenRecordError(position="?", problem=f"{kind}: {error}") from error
            events.append(body.data)
            moments.append(body.meta.happened_at)
        return events, moments

    def happened_at(self, state: bytes) -> str:
        """When the record happened, without decoding the rest."""
        try:
            at: str = self._when(state).meta.happened_at
        except _UNREADABLE as error:
            raise BrokenRecordError(position="?", problem=problem_of(error)) from error
        return at

    def meta(self, state: bytes) -> StoredMeta:
        """Everything but the event."""
        meta: StoredMeta = self._meta(state).meta
        return meta

    def record(self, row: StoredRow) -> Record:
        """The whole record; ``BrokenRecordError`` for bytes that are none of ours."""
        decode = self._whole.get(row.kind)
        try:
            if decode is None:
                decode = self._whole[row.kind] = self._decoder(row.kind, StoredMeta)
            body = decode(row.state)
        except _UNREADABLE as error:
            raise BrokenRecordError(position=row.position, problem=f"{row.kind}: {error}") from error
        meta = body.meta
        return Record(
            row.position,
            row.stream,
            row.version,
            row.kind,
            meta.scope,
            meta.by,
            meta.auth,
            meta.happened_at,
            row.recorded_at,
            meta.command_id,
            body.data,
            meta.on_behalf_of,
            meta.caused_by,
            meta.source,
        )

    def _decoder(self, kind: str, meta: type[msgspec.Struct] | None) -> Callable[[bytes], Any]:
        fields: list[Any] = [] if meta is None else [("meta", meta)]
        event = self._events.get(kind)
        if event is not None:
            return _reader([("data", event), *fields])
        if kind not in self._upcasters:
            raise KeyError("unknown kind")
        read = _reader([("data", dict[str, Any]), *fields])

        def upcast(state: bytes) -> Any:
            body = read(state)
            body.data = self._upcast(kind, body.data)
            return body

        return upcast

    def _check_chain(self, kind: str) -> None:
        """Every older kind leads to an event of today; ValueError where it does not, which is a mistake of ours."""
        known = set()
        at = kind
        while at not in self._events:
            if at in known or at not in self._upcasters:
                raise ValueError(f"the upcasters of {kind} lead to no event: they end at {at}")
            known.add(at)
            at = self._upcasters[at][0]

    def _upcast(self, kind: str, data: dict[str, Any]) -> Event:
        while kind not in self._events:
            kind, step = self._upcasters[kind]
            data = step(data)
        return msgspec.convert(data, self._events[kind])


def _reader(fields: Sequence[tuple[str, Any]]) -> Callable[[bytes], Any]:
    """Decodes these fields of a body and skips the rest; what it returns is taken apart at once, never in a cycle."""
    return msgspec.json.Decoder(msgspec.defstruct("Body", fields, gc=False)).decode

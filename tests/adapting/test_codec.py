"""Every event survives being written down, and what cannot be read is named, never guessed."""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from hashlib import sha256
from typing import Any, ClassVar, Literal, Union

import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.canonical import INT_LIMIT, decode_strict
from adapters.journal.codec import Codec, Upcaster
from adapters.journal.packed import StoredRow
from adapters.seal.header import header, stream_tag
from domain.index import EVENTS
from domain.language import Event, moment
from domain.records import Meta, Record
from domain.refused import BrokenRecordError

CODEC = Codec(EVENTS)
NOON = "2026-03-01T04:00:00.000000Z"
LATER = "2026-03-02T04:00:00.000000Z"
META = Meta("NJ-K01", "P-1", "os-local", NOON, "id-1")
WHOLE = Meta("NJ-K01", "P-1", "token", NOON, "编号-2", "P-2", 41, "CAP:urn:oid:2.49")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
moments = st.datetimes(timezones=st.just(dt.UTC)).map(moment)
metas = st.builds(
    Meta,
    *[texts] * 3,
    moments,
    texts,
    on_behalf_of=st.none() | texts,
    caused_by=st.none() | st.integers(1, INT_LIMIT - 1),
    source=st.none() | texts,
)


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Arbitrary values of a field, from its type hint."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if hint is str:
        return texts
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.integers(-INT_LIMIT + 1, INT_LIMIT - 1)
    if hint is type(None):
        return st.none()
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is Union or origin is types.UnionType:
        return st.one_of(*map(values, inner))
    if origin is tuple and inner[1:] == (...,):
        return st.lists(values(inner[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values, inner))
    if origin is Mapping:
        return st.dictionaries(
            st.text(st.characters(codec="ascii"), max_size=6), values(inner[1]), max_size=3
        )
    if is_dataclass(hint) and isinstance(hint, type):
        return instances(hint)
    raise AssertionError(f"no event may hold a {hint}")


def instances(kind: type) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{one.name: values(hints[one.name]) for one in fields(kind)})


def row_of(codec: Codec, event: Event, meta: Meta = META, kind: str | None = None) -> StoredRow:
    packed = codec.row("0" * 64, "stream/x", 3, meta, event)
    return StoredRow(7, packed.stream, packed.version, kind or packed.kind, packed.state, LATER, b"")


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_every_kind_survives_being_written_down(kind: str) -> None:
    assert kind == EVENTS[kind].KIND

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(instances(EVENTS[kind]), metas)
    def survives(event: Event, meta: Meta) -> None:
        row = row_of(CODEC, event, meta)
        assert CODEC.event(kind, row.state) == event
        assert CODEC.happened_at(row.state) == meta.happened_at
        assert CODEC.record(row) == Record(
            7,
            "stream/x",
            3,
            kind,
            meta.scope,
            meta.by,
            meta.auth,
            meta.happened_at,
            LATER,
            meta.command_id,
            event,
            meta.on_behalf_of,
            meta.caused_by,
            meta.source,
        )
        body = decode_strict(row.state)
        assert rfc8785.dumps(body) == row.state
        assert body["meta"]["kind"] == kind

    survives()


@dataclass(frozen=True)
class Noted(Event):
    KIND: ClassVar[str] = "noted.3"
    words: str
    level: Literal["low", "high"]


EARLIER = {
    "noted.1": ("noted.2", lambda data: {"words": data["text"]}),
    "noted.2": ("noted.3", lambda data: {**data, "level": "high" if "!" in data["words"] else "low"}),
}
PLANTED = Codec({"noted.3": Noted}, EARLIER)


def stored(kind: str, data: bytes) -> StoredRow:
    meta = (
        b'"meta":{"auth":"a","by":"P-1","command_id":"c","happened_at":"2026-03-01T04:00:00.000000Z","kind":"%b",'
        b'"scope":"s","stream":"stream/x","version":3}' % kind.encode()
    )
    return StoredRow(7, "stream/x", 3, kind, b'{"data":%b,%b}' % (data, meta), LATER, b"")


def test_the_fields_of_a_record_stand_in_the_body_and_absent_ones_do_not() -> None:
    assert decode_strict(PLANTED.body("stream/x", 3, META, Noted("防护栏", "low"))) == {
        "data": {"level": "low", "words": "防护栏"},
        "meta": {
            "auth": "os-local",
            "by": "P-1",
            "command_id": "id-1",
            "happened_at": NOON,
            "kind": "noted.3",
            "scope": "NJ-K01",
            "stream": "stream/x",
            "version": 3,
        },
    }
    whole = PLANTED.meta(PLANTED.body("stream/x", 3, WHOLE, Noted("x", "low")))
    assert (whole.on_behalf_of, whole.caused_by, whole.source) == ("P-2", 41, "CAP:urn:oid:2.49")


def test_what_is_prepared_is_the_middle_of_the_header() -> None:
    tag = stream_tag(b"salt", "stream/x")
    row = PLANTED.row(tag, "stream/x", 3, META, Noted("x", "low"))
    written = header(7, tag, 3, "noted.3", sha256(row.state).hexdigest(), NOON, LATER)
    assert b"dg1\n7\n" + row.prepared + LATER.encode() + b"\n" == written


@pytest.mark.parametrize(
    ("kind", "data", "event"),
    [
        ("noted.1", b'{"text":"fire!"}', Noted("fire!", "high")),
        ("noted.2", b'{"words":"a drop"}', Noted("a drop", "low")),
        ("noted.3", b'{"level":"high","words":"now"}', Noted("now", "high")),
    ],
)
def test_older_kinds_are_read_through_their_upcasters_step_by_step(
    kind: str, data: bytes, event: Noted
) -> None:
    row = stored(kind, data)
    assert PLANTED.event(kind, row.state) == event
    assert PLANTED.dated([(3, kind, row.state)]) == ([event], [NOON])
    record = PLANTED.record(row)
    assert record.event == event
    assert (record.kind, record.by, record.position) == (kind, "P-1", 7)  # it stays what it was stored as


@pytest.mark.parametrize(
    ("kind", "data", "problem"),
    [
        ("noted.4", b"{}", "noted.4: 'unknown kind'"),
        ("noted.3", b"{}", "missing required field `words`"),
        ("noted.3", b'{"level":"grave","words":"x"}', "Invalid enum value 'grave'"),
        ("noted.3", b'{"level":"low","words":7}', "Expected `str`, got `int`"),
        ("noted.3", b'{"level":"low","words":"\xff"}', "noted.3: "),
        ("noted.3", b"{", "noted.3: "),
        ("noted.1", b'{"words":"x"}', "noted.1: 'text'"),
        ("noted.2", b'{"words":null}', "noted.2: "),
    ],
)
def test_what_cannot_be_read_is_named_with_its_position_and_its_reason(
    kind: str, data: bytes, problem: str
) -> None:
    row = stored(kind, data)
    with pytest.raises(BrokenRecordError) as fault:
        PLANTED.record(row)
    assert fault.value.values["position"] == 7
    assert problem in str(fault.value)
    with pytest.raises(BrokenRecordError) as fault:
        PLANTED.event(kind, row.state)
    assert problem in str(fault.value)
    with pytest.raises(BrokenRecordError) as fault:
        PLANTED.dated([(3, kind, row.state)])
    assert problem in str(fault.value)


@pytest.mark.parametrize("state", [b"", b"[]", b'{"data":{}}', b'{"meta":{}}', b"\x00" * 20])
def test_bytes_that_are_no_body_are_no_record(state: bytes) -> None:
    with pytest.raises(BrokenRecordError):
        PLANTED.record(StoredRow(7, "s", 1, "noted.3", state, LATER, b""))
    with pytest.raises(BrokenRecordError):
        PLANTED.happened_at(state)


@pytest.mark.parametrize(
    "upcasters",
    [
        {"noted.1": ("noted.2", dict)},
        {"noted.1": ("noted.2", dict), "noted.2": ("noted.1", dict)},
    ],
)
def test_upcasters_that_lead_nowhere_are_noticed_at_once(upcasters: dict[str, tuple[str, Upcaster]]) -> None:
    with pytest.raises(ValueError, match=r"noted\.[12] lead to no event"):
        Codec({"noted.3": Noted}, upcasters)

"""Today's code writes the bytes of the golden files and reads them back; a change of either is noticed."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import rfc8785

from adapters.canonical import decode_strict
from adapters.journal.codec import UPCASTERS, Codec
from adapters.journal.packed import StoredRow
from domain.examples import EVENT_EXAMPLES
from domain.hazards import HazardEvaluated
from domain.index import EVENTS
from domain.refused import BrokenRecordError
from tests.golden import __main__ as rewriting
from tests.golden import bodies
from tests.golden.bodies import CODEC, META, STREAM, VERSION, body, differences, golden, written

KINDS = sorted(EVENT_EXAMPLES)


def row(kind: str, state: bytes) -> StoredRow:
    return StoredRow(41, STREAM, VERSION, kind, state, "2026-01-20T02:00:05.000000Z", b"")


def test_every_stored_kind_has_its_file_and_no_other_is_there() -> None:
    known = set(EVENTS) | set(UPCASTERS)
    assert set(golden()) == known


@pytest.mark.parametrize("kind", KINDS)
def test_today_s_code_writes_the_same_bytes(kind: str) -> None:
    assert body(EVENT_EXAMPLES[kind]) == golden()[kind], "if that is meant: python -m tests.golden"


@pytest.mark.parametrize("kind", KINDS)
def test_today_s_code_reads_the_event_out_of_the_file(kind: str) -> None:
    event = CODEC.event(kind, golden()[kind])
    assert event == EVENT_EXAMPLES[kind]
    assert type(event) is EVENTS[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_today_s_code_reads_the_whole_record_out_of_the_file(kind: str) -> None:
    record = CODEC.record(row(kind, golden()[kind]))
    assert (record.position, record.stream, record.version, record.kind) == (41, STREAM, VERSION, kind)
    assert (record.scope, record.by, record.auth, record.on_behalf_of) == (
        META.scope,
        META.by,
        META.auth,
        META.on_behalf_of,
    )
    assert (record.happened_at, record.recorded_at) == (META.happened_at, "2026-01-20T02:00:05.000000Z")
    assert (record.command_id, record.caused_by, record.source) == (
        META.command_id,
        META.caused_by,
        META.source,
    )
    assert record.event == EVENT_EXAMPLES[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_in_the_file_is_canonical(kind: str) -> None:
    parsed = decode_strict(golden()[kind])
    assert set(parsed) == {"data", "meta"}
    assert rfc8785.dumps(parsed) == golden()[kind]


def test_an_optional_field_that_is_not_there_is_left_out_of_the_meta() -> None:
    plain = replace(META, on_behalf_of=None, caused_by=None, source=None)
    meta = json.loads(CODEC.body(STREAM, VERSION, plain, EVENT_EXAMPLES["hazard-closed.1"]))["meta"]
    assert set(meta) == {"stream", "version", "kind", "scope", "by", "auth", "happened_at", "command_id"}


# --- a change is noticed


def test_the_files_are_as_they_are_written() -> None:
    assert differences(golden(), written()) == []


def test_a_changed_example_is_noticed() -> None:
    changed = {**written(), "hazard-evaluated.1": body(HazardEvaluated("major", "改了"))}
    assert differences(golden(), changed) == ["hazard-evaluated.1 is written otherwise"]


def test_a_new_field_is_noticed() -> None:
    @dataclass(frozen=True)
    class Wider(HazardEvaluated):
        more: str = ""

    planted = Wider("general", EVENT_EXAMPLES["hazard-evaluated.1"].basis)
    assert differences(golden(), {**written(), "hazard-evaluated.1": body(planted)}) == [
        "hazard-evaluated.1 is written otherwise"
    ]


def test_a_missing_and_a_needless_file_are_noticed() -> None:
    stands = golden()
    stands["hazard-dreamt.1"] = stands.pop("hazard-closed.1")
    assert differences(stands, written()) == [
        "hazard-closed.1 has no file",
        "hazard-dreamt.1 is no kind that is written",
    ]


def test_rewriting_makes_good_what_was_missing_wrong_or_needless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "hazard-dreamt.1.json").write_bytes(b"{}")
    (tmp_path / "hazard-closed.1.json").write_bytes(b"{}")
    monkeypatch.setattr(bodies, "FOLDER", tmp_path)
    monkeypatch.setattr(rewriting, "golden", lambda: golden(tmp_path))
    assert rewriting.main() == 0
    assert golden(tmp_path) == written()
    assert "hazard-closed.1 is written otherwise" in capsys.readouterr().out


# --- a kind that had to change


def test_an_older_kind_is_read_through_its_upcaster_and_its_bytes_stay() -> None:
    """Planted, as long as no released kind had to change: the grade was once called a class."""
    old = golden()["hazard-evaluated.1"].replace(b'"grade"', b'"class"')
    upcasters = {
        "hazard-evaluated.0": (
            "hazard-evaluated.1",
            lambda data: {("grade" if key == "class" else key): value for key, value in data.items()},
        )
    }
    codec = Codec(EVENTS, upcasters)
    assert codec.event("hazard-evaluated.0", old) == EVENT_EXAMPLES["hazard-evaluated.1"]
    assert codec.record(row("hazard-evaluated.0", old)).event == EVENT_EXAMPLES["hazard-evaluated.1"]


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("hazard-dreamt.1", golden()["hazard-evaluated.1"]),
        ("hazard-evaluated.1", golden()["hazard-evaluated.1"][:-1]),
        ("hazard-evaluated.1", golden()["hazard-evaluated.1"].replace(b'"grade":"general"', b'"grade":1')),
        ("hazard-evaluated.1", golden()["hazard-evaluated.1"].replace(b'"by":', b'"bye":')),
        ("hazard-evaluated.1", b"\xff\xfe"),
    ],
)
def test_bytes_that_are_none_of_ours_are_a_broken_record_with_its_position(kind: str, state: bytes) -> None:
    with pytest.raises(BrokenRecordError) as caught:
        CODEC.record(row(kind, state))
    assert caught.value.values["position"] in (41, "?")

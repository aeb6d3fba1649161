"""Whatever is done to an alert, a list or an index, it is read or refused with a reason; nothing else ever happens."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.feeds.documents import read_document
from adapters.feeds.safe_xml import local, read_xml
from adapters.feeds.times import read_moment
from domain.refused import Refused
from tests.adapting.cap_documents import alert, area, document, info
from tests.deciding.given import DECIDER_OF, as_stored, sayable
from tests.deciding.given import given as history
from tests.faults.command_line import call

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "outside" / "cap"
SEEDS = {
    "alert": document(),
    "lift": document(
        alert(info("解除暴雨红色预警"), message="Cancel", references="a,B,2026-06-15T14:05:12+08:00")
    ),
    "two languages": document(
        alert(info(language="en-US", event="gale"), info(areas=[area(), area("", "x")]))
    ),
    "wide": document(alert(), "UTF-16"),
    "chinese": document(alert(), "GB18030"),
    "index": document(
        f'<feed><entry><link href="a.xml"/></entry><entry><content>{alert()}</content></entry></feed>'
    ),
    "list": json.dumps(
        {
            "data": {
                "page": {
                    "list": [
                        {
                            "alertid": "32011341600000_20260919113900",
                            "issuetime": "2026/09/19 11:42",
                            "title": "大风",
                        }
                    ],
                    "count": 1,
                }
            }
        }
    ).encode(),
}


def outcome(raw: bytes) -> str:
    """Read or refused; whatever was read is also decided, written down and read back."""
    try:
        found = read_document(raw, lambda kind, level: 24)
    except Refused as refusal:
        return "refused" if sayable(refusal) else "unsayable"
    for one in found.refused:
        assert sayable(one)
    for one in found.alerts:
        command = one.command("fuzz", "ab" * 32, found.listed)
        assert type(command) in DECIDER_OF
        decided = history().when(command, by="fuzz")
        assert decided.refused is None, decided.refused
        assert all(as_stored(event) == event for event in decided.events)
    return "read" if found.alerts else "refused" if found.refused else "empty"


@pytest.mark.parametrize("name", SEEDS)
def test_the_seeds_themselves_are_read(name: str) -> None:
    assert outcome(SEEDS[name]) == "read"


@pytest.mark.parametrize("name", SEEDS)
def test_a_document_cut_anywhere_is_read_or_refused(name: str) -> None:
    raw = SEEDS[name]
    found = {outcome(raw[:end]) for end in range(0, len(raw), 1 if len(raw) < 900 else 7)}
    assert "refused" in found


def flipped(raw: bytes, chance: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                changed[at] ^= 1 << chance.randrange(8)
            case 1:
                changed[at] = chance.randrange(256)
            case 2:
                del changed[at : at + chance.randrange(1, 40)]
            case _:
                changed[at:at] = changed[chance.randrange(len(changed)) :][: chance.randrange(1, 60)]
        if not changed:
            break
    return bytes(changed)


@pytest.mark.parametrize("name", SEEDS)
def test_a_document_with_flipped_doubled_and_missing_bytes_is_read_or_refused(name: str) -> None:
    chance = random.Random(f"feed {name}")
    found = {outcome(flipped(SEEDS[name], chance)) for _ in range(400)}
    assert {"read", "refused"} <= found


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the alerts (shared/outside/cap) are not here")
def test_the_published_alerts_with_flipped_bytes_are_read_or_refused() -> None:
    chance = random.Random("published")
    for file in sorted(one for one in FOLDER.iterdir() if one.is_file()):
        raw = file.read_bytes()
        for _ in range(15):
            assert outcome(flipped(raw, chance)) in ("read", "refused", "empty")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused(raw: bytes) -> None:
    assert outcome(raw) in ("refused", "empty")


# Braces are left out: a sentence that shows one is taken here for one with a value that was not filled in.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="<>&{}\x00", exclude_categories=("Cc", "Cs")), max_size=60
)


@settings(max_examples=200, deadline=None)
@given(st.tuples(TEXT, TEXT, TEXT, TEXT, TEXT, TEXT))
def test_any_text_in_any_field_is_read_or_refused(said: tuple[str, ...]) -> None:
    identifier, sent, headline, event, code, refers = said
    told = alert(
        info(headline, event=event, areas=[area(code, headline, event)], expires=sent),
        identifier=identifier,
        sent=sent if len(sent) % 2 else "2026-06-15T14:05:12+08:00",
        references=refers,
    )
    assert outcome(document(told)) in ("read", "refused")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["data", "page", "list", "count", "alertid", "issuetime", "title", "pic"]), inner
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(JSON)
def test_any_json_is_read_or_refused(value: Any) -> None:
    assert outcome(json.dumps(value).encode()) in ("read", "refused", "empty")


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=40)
    | st.from_regex(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}[T ]\d{1,2}:\d{2}(:\d{2})?([+-]\d{2}:\d{2})?")
)
def test_any_time_is_a_moment_or_none(given_time: str) -> None:
    found = read_moment(given_time)
    assert found is None or (len(found) == 27 and found.endswith("Z"))


def test_a_document_of_entities_that_double_is_refused_at_once() -> None:
    lines = "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 40))
    raw = document(f'<!DOCTYPE alert [<!ENTITY a0 "ha">{lines}]><alert>&a39;</alert>')
    assert outcome(raw) == "refused"


def test_deep_and_wide_documents_are_read_or_refused_without_running_out_of_anything() -> None:
    assert outcome(b"<a>" * 100_000) == "refused"
    assert outcome(b"<alert>" * 150 + b"</alert>" * 150) == "refused"
    assert outcome(document("<feed>" + "<entry/>" * 100_000 + "</feed>")) == "empty"
    assert outcome(document(alert(info(areas=[area(f"32{n:04}", "x") for n in range(6_000)])))) == "refused"
    assert local(read_xml(b'<a b="' + b"x" * 1_000_000 + b'"/>')) == "a"


@pytest.mark.parametrize("cut", [0, 1, 40, 200, 700])
def test_at_the_command_line_too_there_is_never_a_traceback(cut: int, tmp_path: Path) -> None:
    file = tmp_path / "cut.xml"
    file.write_bytes(SEEDS["alert"][:cut])
    done = call(["--db", str(tmp_path / "cut.db"), "feed", "weather", str(file)])
    assert done.returncode == 1
    assert "Traceback" not in done.stderr and "internal error" not in done.stderr

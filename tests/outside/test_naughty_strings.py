"""Strings known to break programs are kept unchanged, or refused in words."""

import json
from pathlib import Path

import pytest
import rfc8785

from adapters.canonical import BadJsonError, NotCanonicalError, decode_strict, encode, read_json

FILE = Path(__file__).resolve().parents[2].parent / "shared" / "outside" / "strings" / "blns.json"
pytestmark = pytest.mark.skipif(
    not FILE.is_file(), reason="the naughty strings (shared/outside/strings) are not here"
)

STRINGS: list[str] = json.loads(FILE.read_bytes()) if FILE.is_file() else []
each_string = pytest.mark.parametrize("text", STRINGS, ids=[str(number) for number in range(len(STRINGS))])


def test_the_strings_are_there() -> None:
    assert len(STRINGS) > 500


@each_string
def test_as_a_value_it_comes_back_unchanged(text: str) -> None:
    event = {"data": {"title": text, "notes": [text, text]}}
    written = encode(event)
    assert written == rfc8785.dumps(event)
    assert decode_strict(written) == event
    assert read_json(written) == event


@each_string
def test_as_a_name_it_comes_back_unchanged_or_is_refused_for_not_being_ascii(text: str) -> None:
    if text.isascii():
        assert decode_strict(encode({text: 1})) == {text: 1}
    else:
        with pytest.raises(NotCanonicalError, match="names are ASCII text"):
            encode({text: 1})


@each_string
def test_as_a_whole_input_it_is_read_or_refused(text: str) -> None:
    try:
        value = read_json(text.encode())
    except BadJsonError:
        return
    assert value == json.loads(text)

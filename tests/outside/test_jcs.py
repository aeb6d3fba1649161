"""Our canonical bytes are those of RFC 8785's own examples, or are refused where events may not hold the example."""

import json
from pathlib import Path

import pytest
import rfc8785

from adapters.canonical import NotCanonicalError, decode_strict, encode

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "outside" / "jcs"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the RFC 8785 examples (shared/outside/jcs) are not here"
)

WRITTEN = ["arrays", "unicode"]
REFUSED = {
    "french": 'the value has the name "péché": names are ASCII text',
    "structures": '["1"]["\\n"] is of type float',
    "values": "numbers[0] is of type float",
    "weird": 'the value has the name "€": names are ASCII text',
}


def example(name: str) -> object:
    return json.loads((FOLDER / "input" / f"{name}.json").read_bytes())


def expected(name: str) -> bytes:
    return (FOLDER / "output" / f"{name}.json").read_bytes()


def test_every_example_is_either_written_or_refused() -> None:
    assert sorted(path.stem for path in (FOLDER / "input").iterdir()) == sorted([*WRITTEN, *REFUSED])


@pytest.mark.parametrize("name", [*WRITTEN, *REFUSED])
def test_the_judge_itself_agrees_with_the_examples(name: str) -> None:
    assert rfc8785.dumps(example(name)) == expected(name)  # type: ignore[arg-type]
    assert bytes.fromhex((FOLDER / "outhex" / f"{name}.txt").read_text()) == expected(name)


@pytest.mark.parametrize("name", WRITTEN)
def test_what_events_may_hold_is_written_as_in_the_example(name: str) -> None:
    assert encode(example(name)) == expected(name)
    assert decode_strict(expected(name)) == example(name)


@pytest.mark.parametrize("name", REFUSED)
def test_what_events_may_not_hold_is_refused_with_the_place(name: str) -> None:
    with pytest.raises(NotCanonicalError) as caught:
        encode(example(name))
    assert str(caught.value).startswith(REFUSED[name])


@pytest.mark.parametrize("name", ["french", "values", "weird"])
def test_canonical_bytes_that_we_would_not_write_are_not_read_either(name: str) -> None:
    with pytest.raises(NotCanonicalError):
        decode_strict(expected(name))

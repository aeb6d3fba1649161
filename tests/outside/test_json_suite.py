"""JSON from untrusted hands is read as JSONTestSuite demands: what is JSON is read, what is not is refused in words."""

import json
from pathlib import Path

import pytest

from adapters.canonical import BadJsonError, NotCanonicalError, decode_strict, read_json

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "outside" / "json" / "test_parsing"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="JSONTestSuite (shared/outside/json) is not here")

# JSON by the letter, but of two values for one name a reader must silently drop one.
DELIBERATELY_REFUSED = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}


def names(prefix: str) -> list[str]:
    return sorted(path.name for path in FOLDER.glob(f"{prefix}_*.json"))


def content(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def test_all_318_files_are_there() -> None:
    assert [len(names(prefix)) for prefix in "yni"] == [95, 188, 35]
    assert set(names("y")) > DELIBERATELY_REFUSED


@pytest.mark.parametrize("name", sorted(set(names("y")) - DELIBERATELY_REFUSED))
def test_what_is_json_is_read(name: str) -> None:
    assert read_json(content(name)) == json.loads(content(name))


@pytest.mark.parametrize("name", sorted(DELIBERATELY_REFUSED))
def test_a_name_twice_is_refused_although_it_is_json(name: str) -> None:
    with pytest.raises(BadJsonError, match="stands twice in one object"):
        read_json(content(name))


@pytest.mark.parametrize("name", names("n"))
def test_what_is_not_json_is_refused(name: str) -> None:
    with pytest.raises(BadJsonError) as caught:
        read_json(content(name))
    assert 0 <= caught.value.position <= len(content(name))


@pytest.mark.parametrize("name", names("i"))
def test_what_a_reader_may_decide_is_read_or_refused_and_no_other_error(name: str) -> None:
    try:
        value = read_json(content(name))
    except BadJsonError:
        return
    json.dumps(value, allow_nan=False, ensure_ascii=False).encode()


@pytest.mark.parametrize("name", [*names("y"), *names("n"), *names("i")])
def test_what_passes_as_canonical_is_json_and_means_the_same_to_everybody(name: str) -> None:
    try:
        value = decode_strict(content(name))
    except NotCanonicalError:
        return
    assert value == read_json(content(name))

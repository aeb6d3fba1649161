"""The CloudEvents project's own examples: every valid event and batch is accepted, every invalid one refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.feeds.events_reading import read_sheet

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "outside" / "cloudevents" / "format" / "json"
FILES = ("valid-events", "valid-batches", "invalid-events", "invalid-batches")
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the CloudEvents examples (shared/outside/cloudevents) are not here"
)


def cases(kind: str) -> list[Any]:
    """The cases of one file; none where the folder is absent, which skips."""
    if not FOLDER.is_dir():
        return []
    told = json.loads((FOLDER / f"{kind}.json").read_text("utf-8"))["tests"]
    return [pytest.param(one.get("event", one.get("batch")), id=one["id"]) for one in told]


def written(case: Any) -> bytes:
    return json.dumps(case, ensure_ascii=False).encode()


def test_no_file_of_the_folder_is_left_out() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(FILES)
    assert [len(cases(kind)) for kind in FILES] == [10, 5, 25, 3]


@pytest.mark.parametrize("case", [*cases("valid-events"), *cases("valid-batches")])
def test_what_is_valid_is_accepted(case: Any) -> None:
    sheet = read_sheet(written(case))
    assert sheet.faults == ()
    assert len(sheet.arrivals) == (len(case) if isinstance(case, list) else 1)


@pytest.mark.parametrize("case", [*cases("invalid-events"), *cases("invalid-batches")])
def test_what_is_invalid_is_refused_with_its_row_and_field_in_both_languages(case: Any) -> None:
    sheet = read_sheet(written(case))
    assert sheet.faults
    for fault in sheet.faults:
        assert fault.row > 0 and fault.field and fault.zh and fault.en and fault.zh != fault.en


@pytest.mark.parametrize("case", cases("valid-events"))
def test_valid_events_are_read_as_json_lines_too(case: Any) -> None:
    other = {**case, "id": "another"}
    sheet = read_sheet(written(case) + b"\n\n" + written(other) + b"\n")
    assert (sheet.form, sheet.faults) == ("lines", ())
    assert [one.row for one in sheet.arrivals] == [1, 3]

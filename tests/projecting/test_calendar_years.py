"""The calendar as it is asked for: what ships, what was recorded since, and which of both counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from adapters.verbs.calendar import read_notice
from domain.calendar_notices import Holiday, SettleYear
from domain.refused import BadField
from projections.calendar_years import CALENDAR_YEARS
from tests import postgres
from tests.projecting.plant import FOUNDER, Plant

NEW = SettleYear(
    2027, "通知", "n1", (Holiday("元旦", "2026-12-31", "2027-01-03"),), ("2027-01-09",)
)  # 2026-12-31 is a Thursday


class Asked:
    """A plant and its calendar."""

    def __init__(self, url: str) -> None:
        self.plant = Plant().found()
        self.projector = Projector(self.plant.journal, open_views(url), (CALENDAR_YEARS,))

    def __call__(self, name: str, **asked: Any) -> list[dict[str, Any]]:
        return answer(self.projector, name, asked)


@pytest.fixture(params=["sqlite", "postgres"])
def ask(request: pytest.FixtureRequest) -> Iterator[Asked]:
    made = Asked("sqlite://" if request.param == "sqlite" else postgres.fresh_database("calendar"))
    yield made
    made.projector.close()


def test_the_years_that_ship_are_known_with_their_notices(ask: Asked) -> None:
    assert [(row["year"], row["number"], row["origin"], row["counts"]) for row in ask("calendar-years")] == [
        (2024, "国办发明电〔2023〕7号", "rules", True),
        (2025, "国办发明电〔2024〕12号", "rules", True),
        (2026, "国办发明电〔2025〕7号", "rules", True),
    ]


def test_a_recorded_notice_settles_its_year_and_keeps_its_record(ask: Asked) -> None:
    before = ask("calendar-days", since="2026-12-30", until="2027-01-09")
    ask.plant.give(FOUNDER, NEW)
    after = ask("calendar-days", since="2026-12-30", until="2027-01-09")
    assert [row["provisional"] for row in before] == [False] * 2 + [True] * 9
    assert not any(row["provisional"] for row in after)
    changed = [row["day"] for was, row in zip(before, after, strict=True) if was["working"] != row["working"]]
    [row] = [row for row in ask("calendar-years") if row["year"] == 2027]
    assert row["changed"] == changed == ["2026-12-31", "2027-01-01", "2027-01-09"]
    assert (row["origin"], row["rest"], row["work"]) == (
        "record",
        [["元旦", "2026-12-31", "2027-01-03"]],
        ["2027-01-09"],
    )
    assert row["position"] == ask.plant.journal.head().size
    assert [one["holiday"] for one in after[:3]] == [None, "元旦", "元旦"]


def test_of_two_notices_on_a_year_the_later_one_counts(ask: Asked) -> None:
    ask.plant.give(FOUNDER, NEW)
    ask.plant.give(FOUNDER, SettleYear(2027, "更正", "n2", (Holiday("元旦", "2027-01-01", "2027-01-01"),)))
    rows = [row for row in ask("calendar-years") if row["year"] == 2027]
    assert [(row["number"], row["counts"]) for row in rows] == [("n1", False), ("n2", True)]
    [saturday] = ask("calendar-days", since="2027-01-09", until="2027-01-09")
    assert (saturday["working"], saturday["notice"]) == (False, None)


def test_only_what_is_unusual_is_listed_when_asked_so(ask: Asked) -> None:
    rows = ask("calendar-days", since="2026-02-13", until="2026-02-24", unusual=True)
    assert [(row["day"], row["working"]) for row in rows] == [
        ("2026-02-14", True),
        *((f"2026-02-{day}", False) for day in range(16, 21)),
        ("2026-02-23", False),
    ]


def test_without_days_the_present_year_is_listed(ask: Asked) -> None:
    rows = ask("calendar-days")
    assert (rows[0]["day"], rows[-1]["day"], len(rows)) == ("2026-01-01", "2026-12-31", 365)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"since": "soon"}, "since"),
        ({"since": "2026-02-01", "until": "2026-01-31"}, "until"),
        ({"since": "2000-01-01", "until": "2026-01-31"}, "until"),
    ],
)
def test_days_that_cannot_be_listed_are_refused_by_their_field(asked: dict[str, str], field: str) -> None:
    made = Asked("sqlite://")
    with pytest.raises(BadField) as caught:
        made("calendar-days", **asked)
    assert caught.value.values["field"] == field
    made.projector.close()


# --- the file of a notice

TOML = """
year = 2027
title = "通知"
number = "n1"
rest = [{name = "元旦", first = 2027-01-01, last = 2027-01-03}]
work = [2027-01-09]
"""
JSON = """{"year": 2027, "title": "通知", "number": "n1",
"rest": [{"name": "元旦", "first": "2027-01-01", "last": "2027-01-03"}], "work": ["2027-01-09"]}"""


@pytest.mark.parametrize("text", [TOML, JSON, "\ufeff" + JSON], ids=["toml", "json", "with a mark"])
def test_a_notice_is_read_from_toml_or_json(tmp_path: Path, text: str) -> None:
    file = tmp_path / "notice"
    file.write_text(text, encoding="utf-8")
    assert read_notice(file) == {
        "year": 2027,
        "title": "通知",
        "number": "n1",
        "rest": [{"name": "元旦", "first": "2027-01-01", "last": "2027-01-03"}],
        "work": ["2027-01-09"],
    }


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"year = ", b'{"year": ', b"[" * 5000, b'{"a":' * 5000, None, b" " * 1_000_001],
)
def test_a_file_that_is_no_notice_is_refused_by_a_sentence(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "notice"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadField) as caught:
        read_notice(file)
    assert caught.value.values["field"] == "file"

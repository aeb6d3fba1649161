"""A list of what is in force says when a warning is over, but only where it came whole."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adapters.feeds.current_list import read_list
from domain.refused import Refused
from domain.refused_feeds import NotReadable, NoWarning, WarningLacks
from tests.deciding.given import at

ROW = {
    "alertid": "32011341600000_20260919113900",
    "issuetime": "2026/09/19 11:42",
    "title": "江苏省南京市栖霞区气象台发布雷雨大风黄色预警信号",
    "url": "/publish/alarm/x.html",
    "pic": "https://example.org/images/alarm/0020003.png?v=1",
}


def page(*rows: Any, **more: Any) -> bytes:
    return json.dumps(
        {"code": 0, "data": {"page": {"list": list(rows), "count": len(rows), **more}}}
    ).encode()


def test_a_row_says_area_kind_colour_and_time() -> None:
    [found] = read_list(page(ROW)).alerts
    [part] = found.parts
    assert found.sent == at("2026-09-19T11:42:00+08:00")
    assert (part.area, part.area_name) == ("320113", "江苏省南京市栖霞区")
    assert (part.kind, part.level, part.lifts) == ("thunderstorm_gale", "yellow", False)


def test_no_end_is_assumed_of_what_the_list_itself_ends() -> None:
    [part] = read_list(page(ROW)).alerts[0].parts
    assert (part.expires, part.assumed) == (None, False)


@pytest.mark.parametrize(
    ("number", "level"), [("001", "red"), ("002", "orange"), ("003", "yellow"), ("004", "blue")]
)
def test_the_picture_goes_before_the_title(number: str, level: str) -> None:
    [found] = read_list(page({**ROW, "pic": f"x/0002{number}.png"})).alerts
    assert found.parts[0].level == level


@pytest.mark.parametrize("picture", ["", "x.png", "x/0002009.png", None])
def test_without_a_picture_the_title_says_the_colour(picture: str | None) -> None:
    assert read_list(page({**ROW, "pic": picture})).alerts[0].parts[0].level == "yellow"


def test_a_list_is_whole_when_it_holds_as_many_as_it_says() -> None:
    assert read_list(page(ROW)).whole
    assert read_list(page()).whole, "no warning anywhere"


@pytest.mark.parametrize("count", [2, 0, None, "1", True])
def test_a_list_that_was_cut_or_does_not_count_is_not_whole(count: Any) -> None:
    assert not read_list(page(ROW, count=count)).whole


@pytest.mark.parametrize("row", [{}, None, 3, {**ROW, "alertid": ""}, {**ROW, "issuetime": "now"}, []])
def test_a_list_with_a_row_that_cannot_be_read_is_not_whole(row: Any) -> None:
    found = read_list(page(ROW, row))
    assert (len(found.alerts), found.whole) == (1, False)
    assert isinstance(found.refused[0], WarningLacks)


@pytest.mark.parametrize(
    ("raw", "refused"),
    [
        (b"{}", NoWarning),
        (b"[]", NoWarning),
        (b'{"data": {"page": {"list": null}}}', NoWarning),
        (b'{"data": {"page": []}}', NoWarning),
        (b'{"list": {}}', NoWarning),
        (b"{", NotReadable),
        (b'{"list": [NaN]}', NotReadable),
        (b"\xff{}", NotReadable),
        (b"[" * 100_000, NotReadable),
    ],
)
def test_an_answer_without_a_list_is_refused(raw: bytes, refused: type[Refused]) -> None:
    with pytest.raises(refused):
        read_list(raw)

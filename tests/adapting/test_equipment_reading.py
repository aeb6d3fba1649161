"""What equipment systems send is checked before anything is recorded: every fault by its row and field."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.feeds.events_reading import read_sheet
from adapters.feeds.events_shape import moment_of

PLAIN: dict[str, Any] = {
    "specversion": "1.0",
    "id": "1",
    "source": "urn:eam:ks",
    "type": "cn.dualguard.change.equipment.replaced",
    "time": "2026-03-31T08:30:00+08:00",
    "data": {"equipment": "P-101"},
}
HEAD = "id,source,type,time,equipment,what\n"


def sheet_of(value: Any) -> Any:
    return read_sheet(json.dumps(value, ensure_ascii=False).encode())


def field_of(**changes: Any) -> list[str]:
    """The fields that are refused when the plain event says this instead."""
    event = {name: one for name, one in {**PLAIN, **changes}.items() if one != "(left out)"}
    return [fault.field for fault in sheet_of(event).faults]


def test_the_plain_event_is_accepted() -> None:
    [one] = sheet_of(PLAIN).arrivals
    assert (one.source, one.id, one.said.equipment) == ("urn:eam:ks", "1", "P-101")


@pytest.mark.parametrize("name", ["specversion", "id", "source", "type"])
def test_a_required_attribute_that_lacks_or_is_null_is_named(name: str) -> None:
    assert field_of(**{name: "(left out)"}) == [name]
    assert field_of(**{name: None}) == [name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "line\nfeed"),
        ("id", "  "),
        ("id", "\u202e1"),
        ("id", "x" * 1025),
        ("source", "a b"),
        ("source", "http://[::1"),
        ("source", "%zz"),
        ("source", "源"),
        ("dataschema", "relative/path"),
        ("datacontenttype", "application/json; charset"),
        ("datacontenttype", "application /json"),
        ("time", "2026-03-31 08:30:00+08:00"),
        ("time", "2026-02-29T08:30:00Z"),
        ("time", "2026-03-31T24:00:00Z"),
        ("time", "2026-03-31T08:30:60Z"),
        ("time", "2026-03-31T08:30:00+08"),
        ("time", "2026-03-31T08:30:00+08:60"),
        ("time", "2026-03-31T08:30:00."),
        ("time", 1774000000),
        ("data_base64", "%%%"),
        ("equipment", {"a": 1}),
        ("equipment", 1.5),
        ("number", 2**31),
        ("Ünit", "x"),
    ],
)
def test_a_malformed_attribute_is_named(name: str, value: Any) -> None:
    event = {**PLAIN, name: value, "type": "io.example.other"}
    if name == "data_base64":
        del event["data"]
    assert [fault.field for fault in sheet_of(event).faults] == [name]


@pytest.mark.parametrize(
    "source",
    ["#fragment", "urn:uuid:6e8bc430", "https://[2001:db8::1]:8080/a?b=c#d", "//host/path", "1-555-123"],
)
def test_every_form_of_a_uri_reference_is_a_source(source: str) -> None:
    assert field_of(source=source) == []


@pytest.mark.parametrize(
    ("time", "read"),
    [
        ("2026-03-31T08:30:00+08:00", "2026-03-31T00:30:00.000000Z"),
        ("2026-03-31t00:30:00.123456789z", "2026-03-31T00:30:00.123456Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999999Z"),
        ("2017-01-01T07:59:60+08:00", "2016-12-31T23:59:59.999999Z"),
        ("2026-03-31T08:30:00-00:00", "2026-03-31T08:30:00.000000Z"),
        ("0000-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-01:00", None),
        ("２026-03-31T08:30:00Z", None),
    ],
)
def test_a_time_is_read_as_rfc_3339_writes_it(time: str, read: str | None) -> None:
    assert moment_of(time) == read


def test_all_faults_of_all_events_are_told_at_once() -> None:
    sheet = sheet_of(
        [PLAIN, {**PLAIN, "id": "", "time": "noon"}, "text", {**PLAIN, "data": {"equpment": "P"}}]
    )
    told = [(fault.row, fault.field) for fault in sheet.faults]
    assert told == [(2, "id"), (2, "time"), (3, "event"), (4, "data.equpment")]
    assert len(sheet.arrivals) == 1, "the reader tells what was fine; the taker records none of it"


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ({}, ["data.equipment"]),
        ("text", ["data"]),
        ({"equipment": "P-101", "operator": "someone"}, ["data.operator"]),
        ({"equipment": "P-101", "unit": "U 1"}, ["data.unit"]),
        ({"equipment": "P-101 "}, ["data.equipment"]),
        ({"equipment": "P-101", "severity": "bad"}, ["data.severity"]),
        ({"equipment": "P-101", "starts": "2026-02-30"}, ["data.starts"]),
        ({"equipment": "P-101", "starts": "2026-03-02", "ends": "2026-03-01"}, ["data.ends"]),
        ({"equipment": 101}, ["data.equipment"]),
    ],
)
def test_the_data_of_our_own_types_is_strict(data: Any, fields: list[str]) -> None:
    assert field_of(data=data) == fields


def test_the_data_of_other_types_is_theirs() -> None:
    [one] = sheet_of({**PLAIN, "type": "com.example.alarm", "data": {"operator": ["anything", 1.5]}}).arrivals
    assert one.said is None


def test_the_subject_stands_for_the_equipment_where_the_data_names_none() -> None:
    [one] = sheet_of({**PLAIN, "subject": "P-102", "data": {}}).arrivals
    assert one.said.equipment == "P-102"


def test_text_that_is_declared_no_json_must_be_text() -> None:
    assert field_of(type="x", datacontenttype="text/plain", data={"a": 1}) == ["data"]
    assert field_of(type="x", datacontenttype="application/vnd.eam+json", data={"a": 1}) == []


# ------------------------------------------------------------------------------------------------ the forms of a file


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_csv_says_the_same_as_json(mark: bytes) -> None:
    text = (
        HEAD
        + '1,urn:eam:ks,cn.dualguard.change.equipment.replaced,2026-03-31T08:30:00+08:00,P-101,"压机, 更换"\n'
    )
    sheet = read_sheet(mark + text.encode())
    [one] = sheet.arrivals
    assert sheet.form == "csv" and one.row == 2
    assert one.whole == {**PLAIN, "data": {"equipment": "P-101", "what": "压机, 更换"}}


def test_chinese_headings_mean_the_same() -> None:
    text = "编号,来源,类型,设备\n1,urn:eam:ks,cn.dualguard.change.equipment.replaced,P-101\n"
    [one] = read_sheet(text.encode()).arrivals
    assert one.said is not None and one.said.equipment == "P-101"


@pytest.mark.parametrize(
    ("text", "row", "field"),
    [
        ("id,source\n1,a\n", 1, "heading"),
        ("id,source,type,colour\n", 1, "heading"),
        ("id,source,type,编号\n", 1, "heading"),
        ("id;source;type\n1;a;b\n", 1, "heading"),
        ("id,source,type\n1,a\n", 2, "row"),
        ("id,source,type\n1,a,b\n\n2,a b,c\n", 4, "source"),
        ('id,source,type\n1,a,"b\n', 0, "file"),
        ("", 0, "file"),
        ("   \n", 0, "file"),
        ("[{}", 0, "json"),
        ('{"id": "1"', 1, "json"),
        ('{"id": "1", "id": "2"}', 1, "json"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(text: str, row: int, field: str) -> None:
    [fault] = read_sheet(text.encode()).faults
    assert (fault.row, fault.field) == (row, field)


def test_gb18030_is_refused_with_the_way_out_unless_somebody_says_so() -> None:
    text = HEAD + "1,urn:eam:ks,cn.dualguard.change.equipment.replaced,,P-101,压机更换\n"
    [fault] = read_sheet(text.encode("gb18030")).faults
    assert fault.row == 2 and "--encoding gb18030" in fault.en and "GB18030" in fault.zh
    [one] = read_sheet(text.encode("gb18030"), "gb18030").arrivals
    assert one.said is not None and one.said.what == "压机更换"


def test_utf_16_is_told_as_such() -> None:
    [fault] = read_sheet(HEAD.encode("utf-16")).faults
    assert "UTF-16" in fault.en and "UTF-16" in fault.zh


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail(raw: bytes) -> None:
    sheet = read_sheet(raw)
    assert sheet.faults or sheet.arrivals or raw.strip() == b"[]" or sheet.form == "csv"


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*PLAIN, "subject", "dataschema", "datacontenttype", "data_base64", "ext"]),
        st.none()
        | st.booleans()
        | st.integers()
        | st.text(max_size=20)
        | st.lists(st.text(max_size=3), max_size=2),
    )
)
def test_no_object_makes_the_reader_fail(changes: dict[str, Any]) -> None:
    sheet = sheet_of({**PLAIN, **changes})
    assert bool(sheet.faults) != bool(sheet.arrivals)

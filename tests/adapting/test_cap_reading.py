"""Alerts are read as they really are: colours in headlines, codes with zeros, two languages, no end, odd encodings."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.feeds.cap import Alert
from adapters.feeds.documents import is_document, read_document
from adapters.feeds.places import area_code, issuing_area, unpadded
from adapters.feeds.safe_xml import MOST_BYTES, read_xml
from adapters.feeds.times import read_moment
from adapters.feeds.words import lifted, warning_level, weather_kind
from domain.refused import Refused
from domain.refused_feeds import (
    DocumentTooLarge,
    DocumentTypeForbidden,
    NotReadable,
    NoWarning,
    WarningLacks,
)
from domain.weather_messages import WarningPart
from tests.adapting.cap_documents import alert, area, document, info
from tests.deciding.given import at, sayable


def read(inner: str = "", life: Any = lambda kind, level: 24) -> Alert:
    [found] = read_document(document(inner), life).alerts
    return found


def part(*infos: str, **more: Any) -> WarningPart:
    [found] = read(alert(*infos, **more)).parts
    return found


def refusal(raw: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        read_document(raw, lambda kind, level: 24)
    assert sayable(caught.value)
    return caught.value


# --- what stands in an alert


@pytest.mark.clause("YT-24")
def test_a_chinese_warning_says_area_kind_colour_and_begin() -> None:
    found = read()
    assert (found.identifier, found.message, found.status) == (
        "32011341600000_20260615140512",
        "alert",
        "actual",
    )
    assert found.sent == at("2026-06-15T14:05:12+08:00")
    assert found.parts == (
        WarningPart(
            "320113",
            "示例区",
            "rainstorm",
            "orange",
            at("2026-06-15T14:05:40+08:00"),
            at("2026-06-16T14:05:40+08:00"),
            assumed=True,
            lifts=False,
        ),
    )


def test_no_name_of_a_person_is_taken() -> None:
    assert "张三" not in repr(read())
    assert "张三" not in repr(read().command("cma", "ab" * 32))


def test_a_stated_end_is_no_assumption() -> None:
    found = part(info(expires="2026-06-15T20:00:00+08:00"))
    assert (found.expires, found.assumed) == (at("2026-06-15T20:00:00+08:00"), False)


def test_a_missing_end_is_assumed_by_kind_and_colour_from_the_begin() -> None:
    asked = []

    def life(kind: str, level: str) -> int:
        asked.append((kind, level))
        return 3

    [found] = read(life=life).parts
    assert asked == [("rainstorm", "orange")]
    assert found.expires == at("2026-06-15T17:05:40+08:00")


def test_where_no_life_is_known_no_end_is_assumed() -> None:
    [found] = read(life=lambda kind, level: None).parts
    assert (found.expires, found.assumed) == (None, False)


def test_what_is_lifted_has_no_end_to_assume() -> None:
    found = part(info("示例市气象台解除暴雨橙色预警"))
    assert (found.lifts, found.expires, found.assumed) == (True, None, False)


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_every_version_is_read_by_local_names(version: str) -> None:
    assert part(version=version).level == "orange"


def test_a_namespace_that_is_none_is_read_too() -> None:
    held = alert().replace("urn:oasis:names:tc:emergency:cap:1.2", "http://example.org/none")
    assert read(held).schema_valid is None
    assert read(held).parts[0].area == "320113"


def test_padded_values_are_read_without_their_padding() -> None:
    held = alert().replace(">Alert<", ">\n  Update\n<").replace("320113000000", "\n 320113000000 \n")
    assert (read(held).message, read(held).parts[0].area) == ("update", "320113")
    assert not read(held).schema_valid, "the form has no padding"


def test_names_and_codes_in_the_form_of_version_1_0_are_read() -> None:
    held = info(
        "rain",
        areas=["<area><areaDesc>x</areaDesc><geocode>CPEAS Geographic Code=320113000000</geocode></area>"],
        more="<parameter>alert_color=红色</parameter>",
    )
    found = part(held, version="1.0")
    assert (found.area, found.level) == ("320113", "red")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"identifier": " "}, "identifier"),
        ({"identifier": "x" * 401}, "identifier"),
        ({"sent": "soon"}, "sent"),
    ],
)
def test_an_alert_without_number_or_time_is_refused_with_its_field(
    changes: dict[str, str], field: str
) -> None:
    [refused] = read_document(document(alert(**changes)), lambda kind, level: 1).refused  # type: ignore[arg-type]
    assert isinstance(refused, WarningLacks)
    assert refused.values["field"] == field
    assert sayable(refused)


def test_a_status_that_is_none_is_taken_in_earnest_and_noted() -> None:
    found = read(alert(status="Real", message="Warning"))
    assert (found.status, found.message, found.notes) == ("actual", "alert", ("status", "msgType"))


@pytest.mark.parametrize("status", ["Actual", "Exercise", "System", "Test", "Draft", "exercise"])
def test_a_status_is_told_as_it_is(status: str) -> None:
    assert read(alert(status=status)).status == status.lower()


# --- references


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("a@b,ONE,2026-06-15T14:05:12+08:00", ("ONE",)),
        ("a,ONE,t b,TWO,t\n c,ONE,t", ("ONE", "TWO")),
        ("Office of X Town,ONE,2026-06-15T14:05:12+08:00", ("ONE",)),
        ("ONE TWO", ("ONE", "TWO")),
        ("a,32011341600000_20260615140512,t", ()),
        ("", ()),
        (",,,", ()),
    ],
)
def test_references_are_identifiers_and_never_the_message_itself(given: str, found: tuple[str, ...]) -> None:
    assert read(alert(references=given)).references == found


# --- languages and areas


def test_of_two_languages_the_chinese_counts_and_nothing_counts_twice() -> None:
    english = info("Office issued a blue rainstorm warning", language="en-US", event="rainstorm")
    chinese = info()
    for blocks in ((english, chinese), (chinese, english)):
        assert [(one.area, one.level) for one in read(alert(*blocks)).parts] == [("320113", "orange")]


def test_without_chinese_the_english_counts_and_without_both_the_first() -> None:
    french = info("Avertissement", language="fr-CA", event="tempête")
    english = info("Red typhoon warning", language="en-CA", event="typhoon")
    assert part(french, english).kind == "typhoon"
    assert part(french).level == "orange"
    assert part(info("Red gale warning", language="", event="gale")).level == "red"


def test_an_area_that_only_the_other_language_names_is_not_lost() -> None:
    english = info("Red gale warning", language="en-US", event="gale", areas=[area(), area("320114000000")])
    found = read(alert(info(), english)).parts
    assert [(one.area, one.kind, one.level) for one in found] == [
        ("320113", "rainstorm", "orange"),
        ("320114", "gale", "red"),
    ]


def test_several_kinds_for_several_areas_are_parts_of_one_message() -> None:
    found = read(alert(info(), info("示例市发布大风蓝色预警", event="大风", areas=[area("320114")]))).parts
    assert [(one.area, one.kind, one.level) for one in found] == [
        ("320113", "rainstorm", "orange"),
        ("320114", "gale", "blue"),
    ]


def test_without_a_code_the_area_is_that_of_the_office() -> None:
    assert part(info(areas=[area("", "全市")])).area == "320113"
    assert part(info(areas=[])).area == "320113"
    assert part(info(areas=[area("", "somewhere")]), identifier="X-1").area == ""


def test_areas_without_a_code_stand_together() -> None:
    found = part(info(areas=[area("", "North"), area("", "South"), area("", "North")]), identifier="X-1")
    assert found.area_name == "North; South"


def test_an_area_that_is_to_be_left_out_is_none() -> None:
    both = area().replace(
        "</area>", "<geocode><valueName>EXCLUDE_POLYGON</valueName><value>320115</value></geocode></area>"
    )
    assert part(info(areas=[both])).area == "320113"


def test_a_message_without_blocks_has_no_parts() -> None:
    held = alert().replace(info(), "")
    assert read(held).parts == ()


@pytest.mark.parametrize(
    ("digits", "code"),
    [
        ("320113000000", "320113"),
        ("320113", "320113"),
        ("341823100000", "341823100"),
        ("341823100201", "341823100201"),
        ("440000000000", "44"),
        ("440000", "44"),
        ("341000", "3410"),
        ("320100000000", "3201"),
        ("320000", "32"),
        ("110000", "11"),
        ("320100", "3201"),
    ],
)
def test_zeros_that_fill_a_code_up_go_in_the_steps_of_the_code(digits: str, code: str) -> None:
    assert unpadded(digits) == code
    assert area_code("CPEAS Geographic Code", digits) == code


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("SAME", "006109", ""),
        ("SAME", "136061", ""),
        ("FIPS6", "320113", ""),
        ("profile:CAP-CP:Location:0.3", "3537064", ""),
        ("EMMA_ID", "320113", ""),
        ("EXCLUDE_POLYGON", "320113", ""),
        ("something", "3537064", ""),
        ("something", "030049", ""),
        ("something", "320113", "320113"),
        ("adcode", "320113", "320113"),
        ("行政区划代码", "320113", "320113"),
        ("GB/T 2260", "999901", "999901"),
        ("CPEAS Geographic Code", "32O113", ""),
        ("CPEAS Geographic Code", "３２０１１３", ""),
    ],
)
def test_only_codes_of_chinas_administration_are_areas(name: str, value: str, code: str) -> None:
    assert area_code(name, value) == code


def test_the_office_stands_in_the_number_of_the_message() -> None:
    assert issuing_area("32011341600000_20260615140512") == "320113"
    assert issuing_area("32010041600000_20260615140512_2") == "3201"
    assert issuing_area("00000041600000_20260615140512") == ""
    assert issuing_area("urn:example:1") == ""


# --- words


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("暴雨", "rainstorm"),
        ("雷雨大风", "thunderstorm_gale"),
        ("大风", "gale"),
        ("道路结冰", "road_icing"),
        ("颱風", "typhoon"),
        ("沙尘暴", "sandstorm"),
        ("霾", "haze"),
        ("gale", "gale"),
        ("Flash flood events", "flash_flood"),
        ("SEVERE THUNDERSTORM", "lightning"),
        ("thunderstorm gale", "thunderstorm_gale"),
        ("high temperature", "heat"),
        ("snowfall", "snowstorm"),
        ("Child Abduction", "other"),
        ("Flood Warning", "other"),
        ("", "other"),
        ("heather", "other"),
    ],
)
def test_the_kind_of_weather_is_read_in_both_languages(said: str, kind: str) -> None:
    assert weather_kind((), said) == kind


def test_the_code_of_a_kind_goes_before_its_words() -> None:
    assert weather_kind(("11b03",), "gale") == "rainstorm"
    assert weather_kind(("SVR",), "gale") == "gale"
    held = info("气象台发布橙色预警", event="x", more="<eventType>11B06</eventType>")
    assert part(held).kind == "gale"


@pytest.mark.parametrize(
    ("headline", "severity", "level"),
    [
        ("发布暴雨橙色预警[II级/严重]", "Minor", "orange"),
        ("发布台风白色预警信号", "Minor", "white"),
        ("issued a blue gale warning [Level IV/general]", "Unknown", "blue"),
        ("updates red warning for rainstorm [Level I/Particularly serious]", "Unknown", "red"),
        ("warning [Level III/Heavy]", "Unknown", "yellow"),
        ("暴雨预警[Ⅱ级/严重]", "Unknown", "orange"),
        ("将暴雨橙色预警升级为红色预警", "Severe", "red"),
        ("暴雨预警由红色降为黄色", "Extreme", "yellow"),
        ("raised from orange to red", "Severe", "red"),
        ("发布暴雨橙色预警，解除雷电黄色预警", "", "orange"),
        ("解除暴雨红色预警，发布大风蓝色预警", "", "blue"),
        ("heavy rain", "ORANGE", "orange"),
        ("heavy rain", "红色", "red"),
        ("heavy rain", "Extreme", "red"),
        ("heavy rain", "Severe", "orange"),
        ("heavy rain", "Moderate", "yellow"),
        ("heavy rain", "Minor", "blue"),
        ("heavy rain", "Unknown", "unknown"),
        ("heavy rain", "", "unknown"),
        ("Redwood fire in Orangeville", "Unknown", "unknown"),
    ],
)
def test_the_colour_stands_in_the_headline_before_it_stands_in_the_severity(
    headline: str, severity: str, level: str
) -> None:
    assert warning_level(headline, (), severity) == level


def test_a_parameter_that_names_a_colour_goes_before_all() -> None:
    held = "<parameter><valueName>alert_color</valueName><value>黃色</value></parameter>"
    assert part(info("大雨特報", event="大雨", more=held, severity="Minor")).level == "yellow"
    other = "<parameter><valueName>FuelType</valueName><value>red gum</value></parameter>"
    assert part(info("x", event="大雨", more=other, severity="Minor")).level == "blue"


@pytest.mark.parametrize(
    "headline",
    [
        "示例市气象台解除暴雨红色预警",
        "发布解除暴雨红色预警的通知",
        "lifts the red rainstorm warning",
        "The warning has been cancelled",
        "Cancellation of the gale warning",
    ],
)
def test_a_headline_may_lift_a_warning(headline: str) -> None:
    assert lifted(headline)


@pytest.mark.parametrize(
    "headline",
    [
        "发布暴雨红色预警",
        "暴雨红色预警尚未解除",
        "预警解除前请勿外出",
        "解除暴雨黄色预警，发布暴雨橙色预警",
        "remains in effect until lifted",
        "updates the red warning",
    ],
)
def test_a_headline_that_gives_a_warning_lifts_none(headline: str) -> None:
    assert not lifted(headline)


def test_a_cancel_lifts_whatever_its_words_are() -> None:
    assert part(message="Cancel").lifts


def test_a_cancel_whose_blocks_name_no_area_speaks_of_none_and_ends_all_of_what_it_names() -> None:
    """Not of the area of its office, which may be the province: the one rule of decision 26 for every such cancel."""
    told: dict[str, Any] = {"message": "Cancel", "references": "o,32011341600000_20260615120000,2026"}
    assert read(alert(info(areas=()), **told)).parts == ()
    assert read(alert(info(areas=()), **{**told, "message": "Update"})).parts[0].area == "320113"
    assert read(alert(info(areas=()), message="Cancel")).parts[0].area == "320113"  # it names nothing else
    assert read(alert(info(), **told)).parts[0].area == "320113"


def test_all_clear_lifts_its_own_block_alone() -> None:
    clear = "<responseType>AllClear</responseType>"
    found = read(alert(info(), info("大风蓝色预警", event="大风", more=clear, areas=[area("320114")]))).parts
    assert [one.lifts for one in found] == [False, True]


def test_advice_about_lifting_in_the_description_lifts_nothing() -> None:
    assert not part(
        info(more="<description>预警解除后方可复工；until the warning is cancelled</description>")
    ).lifts


# --- times


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2026-06-15T14:05:12+08:00", "2026-06-15T06:05:12.000000Z"),
        ("2026-06-15T06:05:12Z", "2026-06-15T06:05:12.000000Z"),
        ("2026-06-15T06:05:12-00:00", "2026-06-15T06:05:12.000000Z"),
        ("2026-06-15T14:05:12.1234567+0800", "2026-06-15T06:05:12.123456Z"),
        ("2026-06-15 14:05:12", "2026-06-15T06:05:12.000000Z"),
        ("2026/06/15 14:05", "2026-06-15T06:05:00.000000Z"),
        ("2026/7/23 下午 10:18:40", "2026-07-23T14:18:40.000000Z"),
        ("2026/7/23 上午 12:18:40", "2026-07-22T16:18:40.000000Z"),
        ("2026年6月15日14时05分", "2026-06-15T06:05:00.000000Z"),
        ("2569-06-15T14:05:12+07:00", None),
        ("2026-02-30T14:05:12+08:00", None),
        ("2026-06-15T25:05:12+08:00", None),
        ("2026-06-15T14:05:12+99:00", None),
        ("", None),
        ("soon", None),
    ],
)
def test_moments_are_read_in_every_form_that_feeds_use(given: str, moment: str | None) -> None:
    assert read_moment(given) == moment


# --- documents


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "GB2312", "GBK", "GB18030"])
def test_encodings_that_are_named_are_read(encoding: str) -> None:
    [found] = read_document(document(encoding=encoding), lambda kind, level: 1).alerts
    assert found.parts[0].area_name == "示例区"


def test_a_mark_of_byte_order_and_leading_lines_are_read() -> None:
    raw = document()
    for held in (b"\xef\xbb\xbf" + raw, b"\n\n " + raw):
        assert read_document(held, lambda kind, level: 1).alerts
        assert is_document(held)


def test_bytes_that_are_none_of_the_named_encoding_are_refused() -> None:
    assert type(refusal(document().replace("示例区".encode(), b"\xff\xfe\xfa"))) is NotReadable
    assert type(refusal(document().replace(b"UTF-8", b"klingon"))) is NotReadable
    assert type(refusal(document().replace(b"UTF-8", b"utf-7"))) is NotReadable


@pytest.mark.parametrize(
    "declared",
    [
        "<!DOCTYPE alert>",
        '<!DOCTYPE alert SYSTEM "http://localhost:1/x.dtd">',
        '<!DOCTYPE alert [<!ENTITY a "b">]>',
        '<!DOCTYPE alert [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE alert [<!ENTITY % a SYSTEM "http://localhost:1/x"> %a;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["UTF-8", "GBK", "UTF-16"])
def test_a_document_type_is_refused_in_every_encoding(declared: str, encoding: str) -> None:
    raw = document(f"{declared}{alert()}", encoding)
    assert type(refusal(raw)) is DocumentTypeForbidden


def test_what_is_too_large_or_too_deep_is_refused() -> None:
    assert type(refusal(b" " * (MOST_BYTES + 1))) is DocumentTooLarge
    assert type(refusal(b"<a>" * 300 + b"</a>" * 300)) is NotReadable


@pytest.mark.parametrize(
    "raw", [b"<html><body>404</body></html>", b"<schema/>", b'{"a": 1}', b"[]", b'{"data": null}']
)
def test_what_holds_no_place_for_a_warning_is_refused(raw: bytes) -> None:
    assert type(refusal(raw)) is NoWarning


@pytest.mark.parametrize(
    "raw", [b"", b"abc", b"<alert>", b"{", b"\x00\x01", b'{"a": 1, "a": 2}', b"<a>&b;</a>"]
)
def test_what_is_neither_xml_nor_json_is_refused(raw: bytes) -> None:
    assert type(refusal(raw)) is NotReadable


def test_processing_instructions_and_includes_are_not_acted_upon() -> None:
    held = alert().replace(
        "<scope>", '<x xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="/etc/passwd"/></x><scope>'
    )
    raw = document(held).replace(b"?>\n", b'?>\n<?xml-stylesheet href="http://localhost:1/x.xsl"?>\n')
    assert read_document(raw, lambda kind, level: 1).alerts[0].parts
    assert "root:" not in repr(list(read_xml(raw).itertext()))


# --- envelopes and indexes


def test_alerts_in_an_envelope_are_read_each_for_itself() -> None:
    bad = alert(identifier="")
    inner = "".join(
        f"<contentObject><xmlContent>{one}</xmlContent></contentObject>" for one in (alert(), bad)
    )
    found = read_document(document(f"<EDXLDistribution>{inner}</EDXLDistribution>"), lambda kind, level: 1)
    assert [len(found.alerts), len(found.refused)] == [1, 1]


def test_an_index_holds_alerts_or_links_to_them() -> None:
    entries = (
        f'<entry><content type="text/xml">{alert()}</content><link href="ignored.xml"/></entry>'
        '<entry><link rel="alternate" type="text/html" href="page.html"/>'
        '<link rel="related" type="application/cap+xml" href="one.cap"/></entry>'
        '<entry><link href="two.cap"/></entry><entry><link type="text/html" href="page.html"/></entry><entry/>'
    )
    found = read_document(document(f"<feed>{entries}</feed>"), lambda kind, level: 1)
    assert (len(found.alerts), found.links, found.entries) == (1, ("one.cap", "two.cap"), 5)


def test_the_items_of_a_news_feed_hold_links_or_alerts_as_text() -> None:
    escaped = alert(identifier="X-2").replace("<", "&lt;")
    items = (
        "<item><link>https://example.org/1.xml</link></item>"
        f"<item><description>{escaped}</description></item>"
        "<item><description>&lt;p&gt;an alert&lt;/p&gt;</description></item>"
        '<item><enclosure url="https://example.org/2.xml"/></item>'
        "<item><guid>https://example.org/3.xml</guid></item><item><guid>320113</guid></item>"
    )
    found = read_document(document(f"<rss><channel>{items}</channel></rss>"), lambda kind, level: 1)
    assert [one.identifier for one in found.alerts] == ["X-2"]
    assert found.links == tuple(f"https://example.org/{n}.xml" for n in (1, 2, 3))


def test_alerts_come_in_the_order_in_which_they_were_sent() -> None:
    later = alert(identifier="A", sent="2026-06-16T00:00:00+08:00")
    found = read_document(document(f"<alerts>{later}{alert()}</alerts>"), lambda kind, level: 1)
    assert [one.identifier for one in found.alerts] == ["32011341600000_20260615140512", "A"]

"""Records are written in one way only, and what has no such way is refused with the place where it stands."""

import json
from dataclasses import asdict, dataclass, field, make_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from functools import cached_property
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from adapters.canonical import (
    INT_LIMIT,
    MAX_BYTES,
    MAX_DEPTH,
    BadJsonError,
    NotCanonicalError,
    decode_strict,
    encode,
    read_json,
)

ascii_names = st.text(st.characters(max_codepoint=0x7F))
plain = st.none() | st.booleans() | st.text() | st.integers(1 - INT_LIMIT, INT_LIMIT - 1)
values = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(ascii_names, inner, max_size=5),
    max_leaves=30,
)


class Colour(StrEnum):
    RED = "红"


class Grade(IntEnum):
    MAJOR = 1


class Plain(Enum):
    ONE = "one"


class Pair(NamedTuple):
    one: str


class Text(str):
    pass


@dataclass(frozen=True)
class Measure:
    text: str
    days: int = 7


@dataclass(frozen=True, slots=True)
class Found:
    title: str
    grade: str
    measures: tuple[Measure, ...] = ()
    place: str | None = None
    major: bool = False
    _note: str = ""


@dataclass(frozen=True)
class Empty:
    """A fact that its kind alone tells."""


@dataclass(frozen=True)
class Derived(Measure):
    unit: ClassVar[str] = "days"
    level: str = "一般"

    @cached_property
    def shown(self) -> float:
        return 1.5


@dataclass
class Mutable:
    text: str


class Undecorated(Measure):
    def __init__(self) -> None:
        super().__init__("清扫")
        object.__setattr__(self, "more", "lost")


@dataclass(frozen=True)
class Mixin:
    text: str


class Mixed(Mixin, Enum):
    ONE = "one"


# What events hold


@given(values)
def test_what_events_hold_is_written_as_rfc_8785_says(value: Any) -> None:
    assert encode(value) == rfc8785.dumps(value)


@given(values)
def test_what_was_written_is_read_back_equal(value: Any) -> None:
    assert decode_strict(encode(value)) == value
    assert read_json(encode(value)) == value


@given(
    st.builds(
        Found, st.text(), st.text(), st.lists(st.builds(Measure, st.text(), st.integers(0, 99))).map(tuple)
    )
)
def test_an_event_is_written_as_the_object_of_its_fields(event: Found) -> None:
    assert encode({"data": event}) == rfc8785.dumps({"data": asdict(event)})


def test_a_written_event_looks_like_this() -> None:
    event = Found("配电箱门未关闭", "一般", (Measure("清扫"),))
    written = (
        '{"_note":"","grade":"一般","major":false,"measures":[{"days":7,"text":"清扫"}],'
        '"place":null,"title":"配电箱门未关闭"}'
    )
    assert encode(event) == written.encode()
    assert msgspec.json.decode(encode(event), type=Found) == event


def test_only_fields_are_written() -> None:
    event = Derived("清扫")
    assert event.shown == 1.5
    assert encode(event) == '{"days":7,"level":"一般","text":"清扫"}'.encode()
    assert encode(Empty()) == b"{}"


def test_tuples_and_lists_are_written_alike() -> None:
    assert encode((1, ("a",))) == encode([1, ["a"]]) == b'[1,["a"]]'


# What no record may hold

UUID_ = UUID("12345678-1234-5678-1234-567812345678")

# msgspec would write these, and nobody could tell afterwards what they had been.
SILENTLY_WRITTEN: list[Any] = [
    1.0,
    float("nan"),
    float("inf"),
    -0.0,
    Decimal("1.10"),
    b"bytes",
    bytearray(b"bytes"),
    datetime(2026, 11, 22, tzinfo=UTC),
    date(2026, 11, 22),
    {"a"},
    frozenset({"a"}),
    UUID_,
    Colour.RED,
    Grade.MAJOR,
    Plain.ONE,
    Mixed.ONE,
    Pair("one"),
    Mutable("text"),
    Undecorated(),
    msgspec.Raw(b'{"b":1,"a":1.0}'),
    INT_LIMIT,
    -INT_LIMIT,
    2**200,
]
OTHERWISE_REFUSED: list[Any] = [
    Text("text"),
    object(),
    Measure,
    1j,
    range(3),
    iter("ab"),
    object.__new__(Found),
]


def title(value: Any) -> str:
    return f"{type(value).__name__} {value!r:.20}".encode("ascii", "backslashreplace").decode()


@pytest.mark.parametrize("value", SILENTLY_WRITTEN, ids=title)
def test_the_encoder_alone_would_have_written_it(value: Any) -> None:
    assert msgspec.json.Encoder(order="sorted").encode(value)


@pytest.mark.parametrize(
    "value", [*SILENTLY_WRITTEN, *OTHERWISE_REFUSED], ids=lambda value: type(value).__name__
)
def test_other_types_are_refused_wherever_they_stand(value: Any) -> None:
    for whole, place in [
        (value, "the value"),
        ([value], "[0]"),
        ((None, "text", 1, value), "[3]"),
        ({"a": 1, "b": value}, "b"),
        ({"data": {"items": [0, True, {"qty": value}]}}, "data.items[2].qty"),
        (
            {"data": Found("title", "grade", (Measure("text"), Measure("text", value)))},
            "data.measures[1].days",
        ),
        ({"data": Found(value, "grade")}, "data.title"),
        ({"data": Mixin(value)}, "data.text"),
    ]:
        with pytest.raises(NotCanonicalError) as caught:
            encode(whole)
        assert str(caught.value).startswith(f"{place} is ")


def test_a_refusal_says_what_to_do_instead() -> None:
    with pytest.raises(NotCanonicalError) as caught:
        encode({"data": {"items": ({"qty": 1}, {"qty": 1.5})}})
    assert caught.value.steps == ("data", "items", 1, "qty")
    assert str(caught.value) == (
        "data.items[1].qty is of type float, which no record may hold: write decimal numbers as text"
    )


@pytest.mark.parametrize("number", [INT_LIMIT - 1, 1 - INT_LIMIT, 0, -1])
def test_whole_numbers_below_the_limit_are_written(number: int) -> None:
    assert encode([number]) == b"[%d]" % number


@pytest.mark.parametrize("name", [1, None, True, 1.5, b"a", (), Grade.MAJOR, Colour.RED, Text("b")])
def test_names_that_are_no_text_are_refused(name: Any) -> None:
    with pytest.raises(NotCanonicalError, match=r"^data has a name of type "):
        encode({"data": {"a": 1, name: 1}})


@pytest.mark.parametrize("name", ["é", "隐患", "\x80", "\ud800", "😂"])
def test_names_that_are_not_ascii_are_refused_in_printable_words(name: str) -> None:
    for whole in ({"data": {name: 1}}, {"data": [{"a": {"a": 1, name: 1}}]}):
        with pytest.raises(NotCanonicalError, match="names are ASCII text") as caught:
            encode(whole)
        assert str(caught.value).encode()


def test_a_dataclass_with_a_field_that_is_not_ascii_is_refused() -> None:
    kind = make_dataclass("Fall", [("größe", str)], frozen=True)
    with pytest.raises(NotCanonicalError, match="names are ASCII text"):
        encode(kind("1"))


@pytest.mark.parametrize("half", ["\ud800", "a\udfffb"])
def test_half_a_surrogate_pair_is_refused_with_its_place(half: str) -> None:
    for whole, steps in [
        (half, ()),
        (["fine", {"a": "fine", "b": (1, half)}], (1, "b", 1)),
        ({"data": Found("fine", "fine", (Measure(half),))}, ("data", "measures", 0, "text")),
    ]:
        with pytest.raises(NotCanonicalError, match="surrogate") as caught:
            encode(whole)
        assert caught.value.steps == steps


def nested(levels: int, innermost: Any) -> Any:
    value = innermost
    for level in range(levels):
        value = {"a": value} if level % 2 else [value]
    return value


def test_sixty_four_levels_are_written_and_one_more_is_not() -> None:
    assert encode(nested(MAX_DEPTH, 1)) == rfc8785.dumps(nested(MAX_DEPTH, 1))
    innermosts: list[Any] = [1, [], "text"]
    for innermost in innermosts:
        with pytest.raises(NotCanonicalError, match="lies deeper than 64 levels"):
            encode(nested(MAX_DEPTH + 1, innermost))


def test_a_value_that_holds_itself_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(NotCanonicalError, match="lies deeper than 64 levels"):
        encode(endless)


def test_a_field_may_be_declared_otherwise_than_it_is_filled() -> None:
    kind = make_dataclass("Counted", [("days", int, field(default=0))], frozen=True)
    assert encode(kind("seven")) == b'{"days":"seven"}'


# Reading canonical bytes


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" 1",
        b"1\n",
        b"1 1",
        b"-0",
        b"1.0",
        b"1e2",
        b"0.5",
        b"01",
        b"9007199254740992",
        b"1" * 5000,
        b"NaN",
        b"[1, 2]",
        b"[1,2",
        b"[1,]",
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b'{"a" :1}',
        '{"é":1}'.encode(),
        b'{"\\u00e9":1}',
        b'"\\u0041"',
        b'"\\u000A"',
        b'"\\/"',
        b'"\\ud83d\\ude02"',
        b'"\\ud800"',
        b'"\x01"',
        b'"\xff"',
        b'"\xed\xa0\x80"',
        b"\xef\xbb\xbf1",
        "1".encode("utf-16"),
        b"[" * 65 + b"]" * 65,
        b"[" * 100_000,
    ],
)
def test_bytes_that_we_would_not_have_written_are_refused(data: bytes) -> None:
    with pytest.raises(NotCanonicalError):
        decode_strict(data)


def test_a_refusal_tells_the_first_byte_that_differs() -> None:
    for data, byte in [(b'{"a" :1}', 5), (b"[1]\n", 4), (b" 1", 1)]:
        with pytest.raises(NotCanonicalError, match=f"from byte {byte} on"):
            decode_strict(data)


@given(values, st.data())
def test_any_other_bytes_are_refused_or_are_another_value_in_its_one_form(
    value: Any, draw: st.DataObject
) -> None:
    data = encode(value)
    place = draw.draw(st.integers(0, len(data)))
    other = data[:place] + draw.draw(st.binary(max_size=2)) + data[place + draw.draw(st.integers(0, 2)) :]
    try:
        found = decode_strict(other)
    except NotCanonicalError:
        return
    assert encode(found) == other
    assert (other == data) == (found == value and type(found) is type(value))


# Reading what others wrote


def test_other_peoples_json_is_read() -> None:
    text = ' {"name": "\\u9690\\u60a3 \\ud83d\\ude02", "n": [1, -0, 1.5, 1E2, true, null]} \n'
    assert read_json(text.encode()) == {"name": "隐患 😂", "n": [1, 0, 1.5, 100.0, True, None]}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "this is not JSON: Expecting value (at character 1)"),
        ("[1,]", "this is not JSON: Expecting value (at character 4)"),
        ("{} {}", "this is not JSON: Extra data (at character 4)"),
        ("\ufeff{}", "this is not JSON: Expecting value (at character 1)"),
        ('["NaN", NaN]', '"NaN" is no JSON number (at character 9)'),
        ('["\\"", -Infinity]', '"-Infinity" is no JSON number (at character 8)'),
        ("[1e300, 1e999, 1]", '"1e999" is too large a number (at character 9)'),
        ("[1e999-1]", '"1e999" is too large a number (at character 2)'),
        ("[-1e999.5]", '"-1e999" is too large a number (at character 2)'),
        (f"[{'1' * 401}]", f'"{"1" * 39}…" is a number of more than 400 characters (at character 2)'),
        (f"[1.{'1' * 400}]", f'"1.{"1" * 37}…" is a number of more than 400 characters (at character 2)'),
        ('{"a": 1, "b": "a", "a": 1}', 'the name "a" stands twice in one object (at character 20)'),
        (
            '[{"a": {"a": 1}}, {"b":1, "\\u0062" :2}',
            'the name "b" stands twice in one object (at character 27)',
        ),
        ('{"a": 1, "a": {"b": 1, "b": 2}', 'the name "a" stands twice in one object (at character 10)'),
        ('{"\\ud800": 1, "\\ud800": 1}', 'the name "\\ud800" stands twice in one object (at character 15)'),
        ('["\\\\ud800", "\\ud800"]', "half of a surrogate pair is no text (at character 14)"),
        ('"\\ud83d\\ud83d\\ude02"', "half of a surrogate pair is no text (at character 2)"),
        ('"\\ude02\\ud83d"', "half of a surrogate pair is no text (at character 2)"),
        ('{"\\uDBFF": 1}', "half of a surrogate pair is no text (at character 3)"),
        ("[" * 65 + "]" * 65, "lists and objects lie deeper than 64 levels (at character 65)"),
        ('{"a":' * 64 + "[", "lists and objects lie deeper than 64 levels (at character 321)"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_where(text: str, sentence: str) -> None:
    with pytest.raises(BadJsonError) as caught:
        read_json(text.encode())
    assert str(caught.value).encode().decode() == sentence
    assert f"(at character {caught.value.position + 1})" in sentence


def test_text_that_is_not_utf_8_is_refused_at_its_first_bad_character() -> None:
    with pytest.raises(BadJsonError, match=r"this is not UTF-8 text \(at character 4\)"):
        read_json('"隐患'.encode() + b'\xff"')


def test_brackets_in_text_and_side_by_side_are_not_depth() -> None:
    for text in (
        json.dumps("[" * 500),
        json.dumps([[]] * 500),
        "[" * 64 + "]" * 64,
        json.dumps(['"[' * 99, {}]),
    ):
        assert read_json(text.encode()) == json.loads(text)


def test_no_more_is_read_than_the_caller_allows() -> None:
    assert read_json(b'"1234"', max_bytes=6) == "1234"
    with pytest.raises(BadJsonError, match="7 bytes long, and more than 6 are not read"):
        read_json(b'"12345"', max_bytes=6)
    with pytest.raises(BadJsonError):
        read_json(b" " * MAX_BYTES + b"1")


@pytest.mark.parametrize(
    "text",
    [
        '"\\"' * 300_000,
        "[" * MAX_BYTES,
        '{"a":' * 200_000,
        "1" * MAX_BYTES,
        "1." + "1" * 1_000_000,
        '"' + "\\" * 999_999,
    ],
)
def test_the_worst_texts_of_full_length_are_refused_in_one_pass(text: str) -> None:
    with pytest.raises(BadJsonError):
        read_json(text.encode())


pieces = st.sampled_from(
    [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        '"',
        '"a"',
        '"b"',
        "\\",
        "\\u",
        "d800",
        "dc00",
        "NaN",
        "-",
        "Infinity",
        "1",
        "e",
        "999",
        ".",
    ]
)


@given(st.lists(pieces, max_size=40).map("".join) | st.text() | st.binary())
def test_whatever_comes_is_read_as_the_standard_reader_would_or_refused(text: str | bytes) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    try:
        value = read_json(data)
    except BadJsonError:
        return
    assert value == json.loads(data)

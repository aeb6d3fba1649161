"""One way to write each record: the same facts always give the same bytes, whose fingerprint holds for ever.

The form is RFC 8785 (JSON Canonicalization Scheme), restricted to what events may hold: text, true and false,
nothing, whole numbers below 2^53, lists, and fields with ASCII names.
Decimal numbers, dates and identifiers are text.
Within that, msgspec's sorted encoding is RFC 8785 byte for byte.
Outside it, msgspec would write what no second program reads back the same (NaN as null, a Decimal or an enum as
text), so everything else is refused here.

`encode` looks at the exact type of every part at run time, before it writes.
Type hints would cost less but bind nobody: a dataclass takes a Decimal in a field that says `str`, and the bytes
no longer show it.
Reading back and comparing costs more and lets 1.0 pass for 1.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import fields
from functools import cache
from math import isinf
from operator import attrgetter
from typing import Any

import msgspec

INT_LIMIT = 2**53
"""Whole numbers stay below this, because beyond it other readers of JSON round."""

MAX_DEPTH = 64
"""Levels of lists and objects inside each other: far more than a form has, far fewer than a reader's stack."""

MAX_BYTES = 1_048_576
"""The longest JSON text that is read from outside, unless the caller says otherwise: 1 MiB."""

_MAX_DIGITS = 400
_PLAIN = frozenset({str, bool, type(None)})
_TEXT = frozenset({str})
_write = msgspec.json.Encoder(order="sorted").encode


class NotCanonicalError(ValueError):
    """A value that no record may hold, or bytes that are not the canonical form of one.

    `steps` are the names and indexes that lead to the offending part.
    """

    def __init__(self, reason: str, steps: tuple[str | int, ...] = ()) -> None:
        super().__init__(f"{_path(steps)} {reason}")
        self.reason = reason
        self.steps = steps


class BadJsonError(ValueError):
    """Bytes from outside that are not JSON as we read it; `position` counts characters from 0."""

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(f"{reason} (at character {position + 1})")
        self.reason = reason
        self.position = position


def encode(value: object) -> bytes:
    """The canonical bytes of what an event may hold: dict, list, tuple, frozen dataclass, str, bool, None, int.

    Refuses (`NotCanonicalError`, naming the part) every other type, subclasses of these included: float, Decimal,
    bytes, dates, sets, UUIDs, enums; names that are not ASCII text; |int| >= 2^53; lone surrogates; more than 64
    levels.
    """
    _check(value, MAX_DEPTH)
    try:
        return _write(value)
    except UnicodeEncodeError:
        raise NotCanonicalError(
            "holds half of a surrogate pair, which is no text", _to_surrogate(value)
        ) from None


def decode_strict(data: bytes) -> Any:
    """The value of these bytes, where they are exactly what `encode` writes for it.

    Refuses (`NotCanonicalError`) all else: spaces, another order, a name twice, `-0`, `1.0`, needless escapes,
    spare bytes.
    """
    try:
        value = msgspec.json.decode(data)
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise NotCanonicalError(f"is not JSON: {fault}") from None
    written = encode(value)
    if written != data:
        same = next(
            (at for at, (ours, theirs) in enumerate(zip(written, data, strict=False)) if ours != theirs),
            len(written),
        )
        raise NotCanonicalError(f"is not written in canonical form from byte {same + 1} on")
    return value


def read_json(data: bytes, *, max_bytes: int = MAX_BYTES) -> Any:
    """The value of one JSON text (RFC 8259) from an untrusted hand; decimal numbers come as float.

    Refuses (`BadJsonError`) besides what is not JSON or not UTF-8: a name twice in one object, NaN and Infinity,
    numbers too large for a float or longer than 400 characters, lone surrogates, more than 64 levels, more than
    `max_bytes`.
    """
    if len(data) > max_bytes:
        raise BadJsonError(
            f"this is {len(data)} bytes long, and more than {max_bytes} are not read", max_bytes
        )
    try:
        text = data.decode()
    except UnicodeDecodeError as fault:
        raise BadJsonError("this is not UTF-8 text", len(data[: fault.start].decode())) from None
    if text.count("[") + text.count("{") > MAX_DEPTH:
        _refuse_depth(text)
    try:
        value = _json.decode(text)
    except json.JSONDecodeError as fault:
        raise BadJsonError(f"this is not JSON: {fault.msg}", fault.pos) from None
    except _NameTwiceError:
        raise _name_twice(text) from None
    except _BadNumberError as fault:
        literal, reason = fault.args
        raise BadJsonError(f"{_clip(literal)} {reason}", _place_of_number(text, literal)) from None
    if "\\u" in text:
        _refuse_lone_surrogates(text)
    return value


# What an event may hold


def _check(value: Any, depth: int) -> None:
    kind = type(value)
    if kind in _PLAIN:
        return
    if kind is int:
        if not -INT_LIMIT < value < INT_LIMIT:
            raise NotCanonicalError("is a whole number of 2^53 or beyond: write it as text")
        return
    parts = value if kind is tuple or kind is list else _parts_of(value)
    if depth == 0:
        raise NotCanonicalError(f"lies deeper than {MAX_DEPTH} levels")
    if _PLAIN.issuperset(map(type, parts)):
        return
    for part in parts:
        kind = type(part)
        if kind in _PLAIN or (kind is int and -INT_LIMIT < part < INT_LIMIT):
            continue
        try:
            _check(part, depth - 1)
        except NotCanonicalError as fault:
            raise NotCanonicalError(fault.reason, (_step_to(part, value), *fault.steps)) from None


def _parts_of(value: Any) -> Any:
    kind = type(value)
    if kind is dict:
        _check_names(value)
        return value.values()
    if kind is list or kind is tuple:
        return value
    try:
        return _reader_of_fields(kind)(value)  # type: ignore[arg-type]  # mypy takes a class's hash for its objects'
    except AttributeError as fault:
        raise NotCanonicalError(f"is not whole: {fault}") from None


def _check_names(names: Collection[Any]) -> None:
    if _TEXT.issuperset(map(type, names)) and "".join(names).isascii():
        return
    for name in names:
        if type(name) is not str:
            raise NotCanonicalError(f"has a name of type {type(name).__name__}: names are text")
        if not name.isascii():
            raise NotCanonicalError(f"has the name {_clip(name)}: names are ASCII text")


@cache
def _reader_of_fields(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    # An undecorated subclass may carry more than its fields; an enum over a dataclass is written as its value.
    if "__dataclass_fields__" not in vars(kind):
        advice = ": write decimal numbers as text" if kind is float else ""
        raise NotCanonicalError(f"is of type {kind.__name__}, which no record may hold{advice}")
    if not vars(kind)["__dataclass_params__"].frozen:
        raise NotCanonicalError(f"is of type {kind.__name__}, a dataclass that is not frozen")
    names = [field.name for field in fields(kind)]
    _check_names(names)
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _step_to(part: Any, value: Any) -> str | int:
    """The name or index under which this very part stands in the value."""
    if type(value) is dict:
        names: Iterable[str | int] = value
    elif type(value) is list or type(value) is tuple:
        names = range(len(value))
    else:
        names = [field.name for field in fields(value)]
    return next(name for name, each in zip(names, _parts_of(value), strict=True) if each is part)


def _to_surrogate(value: Any) -> tuple[str | int, ...]:
    """The steps to the first text that is no Unicode text."""
    if type(value) is str:
        return ()
    part = next(part for part in _parts_of(value) if _has_surrogate(part))
    return (_step_to(part, value), *_to_surrogate(part))


def _has_surrogate(value: Any) -> bool:
    try:
        _write(value)
    except UnicodeEncodeError:
        return True
    return False


def _path(steps: tuple[str | int, ...]) -> str:
    path = ""
    for step in steps:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step.isidentifier():
            path += f".{step}"
        else:
            path += f"[{_clip(step)}]"
    return path.removeprefix(".") or "the value"


def _clip(text: str) -> str:
    quoted = json.dumps(text if len(text) <= 40 else text[:39] + "…", ensure_ascii=False)
    return quoted.encode(errors="backslashreplace").decode()


# Reading what others wrote


class _NameTwiceError(Exception):
    pass


class _BadNumberError(Exception):
    pass


def _whole_number(literal: str) -> int:
    _check_length(literal)
    return int(literal)


def _decimal_number(literal: str) -> float:
    _check_length(literal)
    number = float(literal)
    if isinf(number):
        raise _BadNumberError(literal, "is too large a number")
    return number


def _check_length(literal: str) -> None:
    if len(literal) > _MAX_DIGITS:
        raise _BadNumberError(literal, f"is a number of more than {_MAX_DIGITS} characters")


def _no_number(literal: str) -> float:
    raise _BadNumberError(literal, "is no JSON number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _NameTwiceError
    return found


_json = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_whole_number, parse_float=_decimal_number, parse_constant=_no_number
)

# An unfinished string runs to the end and nothing backtracks, so that every text takes linear time.
_tokens = re.compile(
    r'(?P<string>"(?:[^"\\]++|\\.)*+"?)(?P<names>\s*+:)?|[][{}]'
    r"|-?(?:NaN|Infinity|(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][-+]?[0-9]++)?)",
    re.DOTALL,
).finditer

# Pairs first, then halves, then every other escape: in `\\ud800` the backslash is escaped and the u is text.
_escapes = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
).finditer


def _refuse_depth(text: str) -> None:
    depth = 0
    for token in _tokens(text):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        if depth > MAX_DEPTH:
            raise BadJsonError(f"lists and objects lie deeper than {MAX_DEPTH} levels", token.start())


def _name_twice(text: str) -> BadJsonError:
    open_names: list[set[str]] = []
    for token in _tokens(text):
        if token[0] in "[{":
            open_names.append(set())
        elif token[0] in "]}":
            open_names.pop()
        elif token["names"]:
            name = json.loads(token["string"])
            if name in open_names[-1]:
                return BadJsonError(f"the name {_clip(name)} stands twice in one object", token.start())
            open_names[-1].add(name)
    raise AssertionError("the reader saw a name twice that stands there once")


def _place_of_number(text: str, literal: str) -> int:
    return next(token.start() for token in _tokens(text) if token[0] == literal)


def _refuse_lone_surrogates(text: str) -> None:
    for escape in _escapes(text):
        if escape["half"]:
            raise BadJsonError("half of a surrogate pair is no text", escape.start())

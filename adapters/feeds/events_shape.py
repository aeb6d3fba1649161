"""One event of an equipment system, held to CloudEvents 1.0 and to our own types before anything is recorded.

The public libraries accept an event without an id, and without one nobody can tell a second event from a repetition;
so every attribute is checked here, and every fault is told by its field.
"""

from __future__ import annotations

import base64
import binascii
import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

import msgspec
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from adapters.border import model, path_of
from adapters.problems import problem
from domain.equipment_types import TYPES, Said
from domain.language import Moment, moment

# ------------------------------------------------------------------------------------------------ attributes

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_REFERENCE: Final = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.\-]*+:)?"
    r"(?://(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*+(?:\[[0-9A-Fa-fv:.]++\](?::[0-9]*+)?)?)?"
    r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*+"
    r"(?:\?(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*+)?"
    r"(?:#(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*+)?"
)
"""URI reference (RFC 3986): scheme, authority, path, query, fragment."""
_WORD: Final = r"[A-Za-z0-9!#$&^_.+\-]+"
_MEDIA: Final = re.compile(rf"{_WORD}/{_WORD}(?:\s*;\s*{_WORD}=(?:{_WORD}|\"(?:[^\"\\\r\n]|\\.)*\"))*")
"""Media type with parameters (RFC 2045, RFC 2046)."""
_JSON_MEDIA: Final = re.compile(
    r"(?:application|text)/json\s*(?:;|$)|[^/;]+/[^;]+\+json\s*(?:;|$)", re.IGNORECASE
)
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U0010fffe\U0010ffff]"
)
"""What CloudEvents lets no text attribute hold: controls, half surrogates, codes that are no characters."""
_UNSEEN: Final = re.compile("[\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
"""What no paper shows, and some of it turns text around; refused as everywhere at our border."""
_NAME: Final = re.compile(r"[a-z0-9]+")
_RFC3339: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_INT32: Final = 2**31


def _text(value: str) -> str:
    if _UNPRINTABLE.search(value) or _UNSEEN.search(value):
        raise PydanticCustomError("control", "holds control characters")
    if not value.strip():
        raise PydanticCustomError("blank", "is blank")
    return value


def _reference(value: str) -> str:
    if not _REFERENCE.fullmatch(value):
        raise PydanticCustomError("uri_reference", "is no URI reference")
    return value


def _uri(value: str) -> str:
    if not (_SCHEME.match(value) and _REFERENCE.fullmatch(value)):
        raise PydanticCustomError("uri", "is no absolute URI")
    return value


def _media_type(value: str) -> str:
    if not _MEDIA.fullmatch(value):
        raise PydanticCustomError("media_type", "is no media type")
    return value


def _time(value: str) -> str:
    if moment_of(value) is None:
        raise PydanticCustomError("rfc3339", "is no time")
    return value


def _version(value: str) -> str:
    if value != "1.0":
        raise PydanticCustomError("specversion", "is not 1.0")
    return value


def _base64(value: str) -> str:
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise PydanticCustomError("base64", "is not base64") from None
    return value


_Text = Annotated[str, Field(min_length=1, max_length=1024), AfterValidator(_text)]


class Envelope(BaseModel):
    """The context attributes of CloudEvents 1.0; what is beyond them is an extension, checked by its own rules."""

    model_config = ConfigDict(extra="ignore", strict=True)

    specversion: Annotated[str, AfterValidator(_version)]
    id: _Text
    source: Annotated[_Text, AfterValidator(_reference)]
    type: Annotated[str, Field(min_length=1, max_length=255), AfterValidator(_text)]
    datacontenttype: Annotated[_Text, AfterValidator(_media_type)] | None = None
    dataschema: Annotated[_Text, AfterValidator(_uri)] | None = None
    subject: _Text | None = None
    time: Annotated[str, Field(min_length=1, max_length=64), AfterValidator(_time)] | None = None
    data_base64: Annotated[str, AfterValidator(_base64)] | None = None


CORE: Final = frozenset(Envelope.model_fields)
MEMBERS: Final = CORE | {"data"}

PROBLEMS: Final[Mapping[str, tuple[str, str]]] = {
    "uri_reference": ("不是有效的 URI 引用（RFC 3986）", "is no URI reference (RFC 3986)"),
    "uri": ("不是有效的绝对 URI（RFC 3986）", "is no absolute URI (RFC 3986)"),
    "media_type": (
        "不是媒体类型，例如 application/json（RFC 2046）",
        "is no media type such as application/json (RFC 2046)",
    ),
    "rfc3339": (
        "不是带时区、写到秒的时间（RFC 3339），例如 2026-07-10T08:00:00+08:00",
        "is no time to the second with its offset (RFC 3339), such as 2026-07-10T08:00:00+08:00",
    ),
    "specversion": ('必须是 "1.0"', 'must be "1.0"'),
    "base64": ("不是 Base64", "is not base64"),
    "control": ("含有控制字符或不可见字符", "holds control characters, or others that nobody sees"),
    "blank": ("不能为空白", "must not be blank"),
}


@dataclass(frozen=True)
class Fault:
    """What is wrong with one event: its row in the file, the field, and why in Chinese and in English."""

    row: int
    field: str
    zh: str
    en: str


@dataclass(frozen=True)
class Arrival:
    """One event that holds to everything, with its row and with all that it says, for comparing."""

    row: int
    source: str
    id: str
    type: str
    time: str
    subject: str
    said: Said | None
    whole: Mapping[str, Any]


def read_event(given: Any, row: int) -> Arrival | list[Fault]:
    """One event, or everything that is wrong with it."""
    if not isinstance(given, Mapping):
        return [Fault(row, "event", "必须是 JSON 对象", "must be a JSON object")]
    whole = {name: value for name, value in given.items() if value is not None or name == "data"}
    faults: list[Fault] = []
    envelope = None
    try:
        envelope = Envelope.model_validate(whole)
    except ValidationError as error:
        faults += [_fault(row, one) for one in error.errors(include_url=False, include_input=False)]
    for name, value in whole.items():
        if name not in MEMBERS:
            faults += _extension(row, name, value)
    faults += _data_faults(row, whole)
    said: Said | None = None
    if not faults and envelope is not None and envelope.type in TYPES:
        said, faults = _said(row, envelope, whole)
    if faults or envelope is None:
        return faults
    time, subject = envelope.time or "", envelope.subject or ""
    return Arrival(row, envelope.source, envelope.id, envelope.type, time, subject, said, whole)


def _fault(row: int, error: Any, before: str = "") -> Fault:
    zh, en = PROBLEMS.get(str(error["type"])) or problem(error)
    return Fault(row, path_of(error["loc"], before)[:120], zh, en)


def _extension(row: int, name: str, value: Any) -> list[Fault]:
    """An extension's name is of lower-case letters and digits, its value a boolean, a 32-bit integer or a text."""
    shown = name[:60]
    if not _NAME.fullmatch(name):
        zh = "扩展属性名只能由小写字母和数字组成"
        return [Fault(row, shown, zh, "an extension's name holds only lower-case letters and digits")]
    if isinstance(value, bool):
        return []
    if isinstance(value, int) and -_INT32 <= value < _INT32:
        return []
    if isinstance(value, str):
        if _UNPRINTABLE.search(value):
            return [Fault(row, shown, *PROBLEMS["control"])]
        return []
    zh = "扩展属性的值只能是 true/false、32 位整数或文字"
    return [Fault(row, shown, zh, "an extension's value is true or false, a 32-bit integer, or text")]


def _data_faults(row: int, whole: Mapping[str, Any]) -> list[Fault]:
    if "data" in whole and "data_base64" in whole:
        zh, en = "data 与 data_base64 不能同时出现", "data and data_base64 exclude each other"
        return [Fault(row, "data_base64", zh, en)]
    media = whole.get("datacontenttype")
    other = isinstance(media, str) and _MEDIA.fullmatch(media) and not _JSON_MEDIA.match(media)
    if other and not isinstance(whole.get("data"), str | None):
        zh = f"datacontenttype 为 {media} 时，data 必须是文字"
        return [Fault(row, "data", zh, f"with the datacontenttype {media}, data must be text")]
    return []


# ------------------------------------------------------------------------------------------------ our own types


def _said(row: int, envelope: Envelope, whole: Mapping[str, Any]) -> tuple[Said | None, list[Fault]]:
    """The data of one of our types: an object of our fields; without ``equipment`` the subject stands for it."""
    data = whole.get("data", {})
    if "data_base64" in whole or not isinstance(data, Mapping):
        zh, en = "此类型的 data 必须是 JSON 对象", "the data of this type must be a JSON object"
        return None, [Fault(row, "data", zh, en)]
    data = {name: value for name, value in data.items() if value is not None}
    meant = TYPES[envelope.type]
    if "equipment" in meant.needs and envelope.subject and "equipment" not in data:
        data["equipment"] = envelope.subject
    try:
        model(Said).model_validate(data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        return None, [_fault(row, one, "data") for one in found]
    said = msgspec.convert(data, Said)
    faults = [
        Fault(row, f"data.{name}", "此类型必填", "is required for this type")
        for name in meant.needs
        if not getattr(said, name)
    ]
    if meant.one_of and not any(getattr(said, name) for name in meant.one_of):
        names = " / ".join(meant.one_of)
        faults.append(Fault(row, "data", f"须填写其中之一：{names}", f"needs one of: {names}"))
    if said.equipment != said.equipment.strip():
        zh, en = "首尾不能有空格", "must not begin or end with a blank"
        faults.append(Fault(row, "data.equipment", zh, en))
    if said.starts and said.ends and said.ends < said.starts:
        zh, en = "早于 starts", "lies before starts"
        faults.append(Fault(row, "data.ends", zh, en))
    return said, faults


# ------------------------------------------------------------------------------------------------ time


def moment_of(text: str) -> Moment | None:
    """A time of RFC 3339 as a moment, to the microsecond; None for everything else.

    The sixtieth second is read where one may be: as the last of a month in UTC, and counts as its last microsecond.
    """
    found = _RFC3339.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(one) for one in found.groups()[:6])
    micros, zone = int((found[7] or "0")[:6].ljust(6, "0")), found[8]
    leap = second == 60
    if zone.upper() != "Z" and (int(zone[1:3]) > 23 or int(zone[4:6]) > 59):
        return None
    try:
        offset = dt.timedelta(0) if zone.upper() == "Z" else _offset(zone)
        if leap:
            second, micros = 59, 999_999
        when = dt.datetime(year, month, day, hour, minute, second, micros, dt.timezone(offset))
        utc = when.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None
    last = calendar.monthrange(utc.year, utc.month)[1]
    if leap and (utc.hour, utc.minute, utc.day) != (23, 59, last):
        return None
    return moment(utc)


def _offset(zone: str) -> dt.timedelta:
    sign = -1 if zone[0] == "-" else 1
    return sign * dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))

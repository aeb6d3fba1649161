"""The header of a record: eight short lines of plain text that the seal fingerprints in the record's place.

A header names the record's place, stream, kind and times, and the hash of its body.
So a bundle can prove "these are all records of this hazard" and still withhold bodies, and whoever doubts us can
write the same lines by hand.
The lines, each ended by a line feed and nothing else:

    dg1                 this format
    42                  position in the journal, from 1
    5c0f…               stream tag, 64 hexadecimal digits: which stream, without naming it
    3                   version in the stream
    hazard-evaluated.1  kind
    9e81…               SHA-256 of the stored body, 64 hexadecimal digits
    2026-11-22T08:30:00.000000Z    when it was so (happened_at)
    2026-11-22T08:31:12.345678Z    when it was recorded

Times are UTC with six decimals. Either may be empty, for records that the journal was handed without them.
What `header` writes, `parse_header` reads back equal; what it reads, `header` would write so, byte for byte.
"""

import hmac
import re
from datetime import datetime
from typing import NamedTuple

_NUMBER = r"[1-9][0-9]{0,18}"
_HASH = r"[0-9a-f]{64}"
_KIND = r"[!-~]+"
_TOO_LARGE = 10**19
_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"

_is_hash = re.compile(_HASH).fullmatch
_is_kind = re.compile(_KIND).fullmatch
_is_time_shape = re.compile(_TIME).fullmatch
_is_middle = re.compile(rf"{_HASH}\n(?:0|{_NUMBER})\n{_KIND}\n{_HASH}\n").fullmatch
_split = re.compile(
    rf"dg1\n({_NUMBER})\n({_HASH})\n(0|{_NUMBER})\n({_KIND})\n({_HASH})\n((?:{_TIME})?)\n((?:{_TIME})?)\n"
).fullmatch


class HeaderError(ValueError):
    """A header cannot be written from these fields, or these bytes are not one."""


class Header(NamedTuple):
    """The fields of a header. `tag` and `body_sha256` are hexadecimal; times are texts and may be empty."""

    position: int
    tag: str
    version: int
    kind: str
    body_sha256: str
    happened_at: str
    recorded_at: str


def stream_tag(salt: bytes, stream: str) -> str:
    """HMAC-SHA256 of the stream's name under the journal's salt: tells streams apart without naming them.

    Worth keeping for each stream: it costs more than the rest of the header.
    """
    return hmac.digest(salt, stream.encode(), "sha256").hex()


def header(
    position: int, tag: str, version: int, kind: str, body_sha256_hex: str, happened_at: str, recorded_at: str
) -> bytes:
    """The header's bytes. Refuses (`HeaderError`) whatever has not the form above, line breaks before all."""
    return finish(position, prepare(tag, version, kind, body_sha256_hex, happened_at), recorded_at)


def prepare(tag: str, version: int, kind: str, body_sha256_hex: str, happened_at: str) -> bytes:
    """What of a header is known before the append lock is taken. Refuses like `header`."""
    middle = f"{tag}\n{version}\n{kind}\n{body_sha256_hex}\n"
    if not _is_middle(middle):
        raise HeaderError(_what_is_wrong(tag, version, kind, body_sha256_hex))
    _check_time("happened_at", happened_at)
    return f"{middle}{happened_at}\n".encode()


def finish(position: int, prepared: bytes, recorded_at: str) -> bytes:
    """The whole header, under the append lock, where position and time of recording become known."""
    if type(position) is not int or not 0 < position < _TOO_LARGE:
        raise HeaderError(f"a position is a whole number from 1, not {position!r}")
    _check_time("recorded_at", recorded_at)
    return b"dg1\n%d\n%b%b\n" % (position, prepared, recorded_at.encode())


def parse_header(data: bytes) -> Header:
    """The fields of a header. Refuses (`HeaderError`) bytes that `header` would not have written."""
    try:
        found = _split(data.decode("ascii"))
    except UnicodeDecodeError:
        raise HeaderError("this is no header: it is not plain ASCII text") from None
    if not found:
        raise HeaderError(f"this is no header: {data[:60]!r} has not the eight lines of the form dg1")
    position, tag, version, kind, body_sha256, happened_at, recorded_at = found.groups()
    _check_calendar("happened_at", happened_at)
    _check_calendar("recorded_at", recorded_at)
    return Header(int(position), tag, int(version), kind, body_sha256, happened_at, recorded_at)


def _check_time(name: str, text: str) -> None:
    if text and not _is_time_shape(text):
        raise HeaderError(f"{name} has the form 2026-11-22T08:30:00.000000Z, not {text!r}")
    _check_calendar(name, text)


def _check_calendar(name: str, text: str) -> None:
    if not text:
        return
    try:
        datetime.fromisoformat(text)
    except ValueError as fault:
        raise HeaderError(f"{name} is no moment of the calendar: {text!r} ({fault})") from None


def _what_is_wrong(tag: str, version: int, kind: str, body_sha256_hex: str) -> str:
    if not _is_hash(tag):
        return f"a stream tag is 64 hexadecimal digits, not {tag!r}"
    if not _is_kind(kind):
        return f"a kind is printable ASCII text without spaces or line breaks, not {kind!r}"
    if not _is_hash(body_sha256_hex):
        return f"the SHA-256 of a body is 64 hexadecimal digits, not {body_sha256_hex!r}"
    return f"a version is a whole number from 0, not {version!r}"

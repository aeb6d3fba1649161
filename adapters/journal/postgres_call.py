"""How a group of drafts crosses the wire to the appending function, and how answers come back: in binary."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from itertools import chain

from psycopg import pq

from adapters.journal.packed import Lost, Outcome, PackedDraft, Stored, Taken
from domain.language import Moment

_BOOL, _BYTEA, _INT8, _INT4, _TEXT = 16, 17, 20, 23, 25
_BOOLS, _BYTEAS, _INT4S, _TEXTS, _INT8S = 1000, 1001, 1007, 1009, 1016

TYPES: Sequence[int] = (
    _TEXT,
    *(_TEXTS, _BYTEAS, _INT4S, _TEXTS, _BOOLS),  # drafts
    *(_TEXTS, _INT8S, _INT4S, _INT4S),  # what was read, by which draft
    *(_INT4S, _TEXTS, _TEXTS, _TEXTS, _TEXTS),  # keys
    *(_TEXTS, _INT8S, _TEXTS, _BYTEAS, _BYTEAS),  # rows
)
"""The types of the function's arguments, as in ``postgres.sql``."""
STREAM_TYPES: Sequence[int] = (_TEXT, _INT8)


CALL = "SELECT * FROM {append}($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20)"
"""The call, to be prepared once."""


def arguments(drafts: Sequence[PackedDraft], clock: Moment | None) -> list[bytes | None]:
    """The arguments for a group; each version that was read is sent once, however many drafts rest on it."""
    seen: dict[tuple[str, int], int] = {}
    guard_drafts: list[int] = []
    guard_seen: list[int] = []
    for at, draft in enumerate(drafts, 1):
        for guard in draft.guards:
            guard_drafts.append(at)
            guard_seen.append(seen.setdefault(guard, len(seen) + 1))
    keys = [(at, key) for at, draft in enumerate(drafts, 1) for key in draft.keys]
    rows = [row for draft in drafts for row in draft.rows]
    return [
        None if clock is None else clock.encode(),
        _texts(draft.command_id for draft in drafts),
        _array(_BYTEA, [draft.content for draft in drafts]),
        _numbers(_INT4, [len(draft.rows) for draft in drafts]),
        _texts(draft.person for draft in drafts),
        _numbers(_BOOL, [draft.founding for draft in drafts]),
        _texts(stream for stream, _ in seen),
        _numbers(_INT8, [version for _, version in seen]),
        _numbers(_INT4, guard_drafts),
        _numbers(_INT4, guard_seen),
        _numbers(_INT4, [at for at, _ in keys]),
        _texts(key.kind for _, key in keys),
        _texts(key.scope for _, key in keys),
        _texts(key.code for _, key in keys),
        _texts(key.stream for _, key in keys),
        _texts(row.stream for row in rows),
        _numbers(_INT8, [row.version for row in rows]),
        _texts(row.kind for row in rows),
        _array(_BYTEA, [row.state for row in rows]),
        _array(_BYTEA, [row.prepared for row in rows]),
    ]


def outcomes(result: pq.abc.PGresult, drafts: Sequence[PackedDraft]) -> list[Outcome]:
    """The answers, one for each draft in order."""
    value = result.get_value
    keys = [key for draft in drafts for key in draft.keys]
    answers: list[Outcome] = []
    for at in range(len(drafts)):
        first, last, taken = value(at, 0), value(at, 1), value(at, 4)
        if first is None or last is None:
            stream, key = value(at, 5), value(at, 6)
            answers.append(
                Lost(
                    None if stream is None else stream.decode(),
                    None if key is None else keys[_number(key) - 1],
                )
            )
        elif taken is not None:
            answers.append(Taken(taken, _number(first), _number(last)))
        else:
            stamped, read = value(at, 2), value(at, 3)
            assert stamped is not None
            answers.append(
                Stored(
                    _number(first), _number(last), stamped.decode(), None if read is None else read.decode()
                )
            )
    return answers


def stream_arguments(stream: str, after: int) -> list[bytes | None]:
    """The arguments of a question for the end of one stream, of ``STREAM_TYPES``."""
    return [stream.encode(), _WIDE(after)]


def stream_rows(result: pq.abc.PGresult) -> list[tuple[int, str, bytes]]:
    """Its answer: version, kind and body of each record."""
    value = result.get_value
    rows = []
    for at in range(result.ntuples):
        version, kind, state = value(at, 0), value(at, 1), value(at, 2)
        assert version is not None
        assert kind is not None
        assert state is not None
        rows.append((_number(version), kind.decode(), state))
    return rows


_WIDE = struct.Struct("!q").pack
_HEAD = struct.Struct("!iiiii").pack
_EMPTY = struct.Struct("!iii").pack
_LENGTH = struct.Struct("!i").pack
_NULL = _LENGTH(-1)
_WIDTHS = {_INT8: (8, "q"), _INT4: (4, "i"), _BOOL: (1, "b")}


def _array(element: int, values: Sequence[bytes | None]) -> bytes:
    """PostgreSQL's binary form of a one-dimensional array."""
    if not values:
        return _EMPTY(0, 0, element)
    parts = [_HEAD(1, 1, element, len(values), 1)]
    for value in values:
        if value is None:
            parts.append(_NULL)
        else:
            parts += (_LENGTH(len(value)), value)
    return b"".join(parts)


def _texts(values: Iterable[str | None]) -> bytes:
    return _array(_TEXT, [None if value is None else value.encode() for value in values])


def _numbers(element: int, values: Sequence[int]) -> bytes:
    if not values:
        return _EMPTY(0, 0, element)
    width, letter = _WIDTHS[element]
    pairs = chain.from_iterable((width, value) for value in values)
    return _HEAD(1, 0, element, len(values), 1) + struct.pack("!" + ("i" + letter) * len(values), *pairs)


def _number(value: bytes) -> int:
    return int.from_bytes(value, "big", signed=True)

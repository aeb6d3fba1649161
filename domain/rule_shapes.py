"""Whether a parsed table has the keys it must have, of the right kind, and no others."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

Table = Mapping[str, object]
Spec = Mapping[str, type]
"""Key -> exact type; exact, because a moment is also a day to Python, and yes is also a number."""

TYPE_NAMES: Final = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
    date: "a day",
}


def misfits(entry: Table, needed: Spec, may: Spec | None = None) -> Iterator[str]:
    """A sentence for every key that is missing, unknown, empty or of another kind."""
    known = {**needed, **(may or {})}
    yield from (f"has no {key}" for key in needed if key not in entry)
    for key, held in entry.items():
        if key not in known:
            yield f"has an unknown key {key}"
        elif type(held) is not known[key]:
            yield f"{key} is {held!r}, not {TYPE_NAMES[known[key]]}"
        elif held == "":
            yield f"{key} is empty"


def binary_fractions(entry: object) -> Iterator[str]:
    """A sentence for every float, however deep: floats do not survive a record unchanged."""
    if isinstance(entry, float):
        yield f"{entry!r} is a binary fraction; write decimals as text"
    inner = entry.values() if isinstance(entry, Mapping) else items(entry)
    for one in inner:
        yield from binary_fractions(one)


def items(entry: object) -> list[object]:
    """The entry itself if it is a list, else nothing."""
    return entry if isinstance(entry, list) else []


def table(entry: object) -> Table:
    """The entry itself if it is a table, else an empty one, which then misses every key."""
    return entry if isinstance(entry, Mapping) else {}


def tables(entry: object) -> list[Table]:
    """Each entry of a list as a table."""
    return [table(one) for one in items(entry)]

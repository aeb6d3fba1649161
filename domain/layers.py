"""A table that grows by one entry with every fact, and of which each earlier state stays as it was.

Copying a whole table for every fact would cost as much as the square of its length. Here a table is a few layers, the
newest last, each more than twice as long as the next: an entry is copied as often as the length has binary digits.
"""

from __future__ import annotations

from typing import TypeVar

V = TypeVar("V")

Layers = tuple[dict[str, V], ...]


def found(layers: Layers[V], key: str) -> V | None:
    """The newest entry under the key, or None."""
    for layer in reversed(layers):
        if key in layer:
            return layer[key]
    return None


def put(layers: Layers[V], key: str, value: V) -> Layers[V]:
    """The table with one entry added or replaced; the given one stays as it was."""
    last = {key: value}
    kept = list(layers)
    while kept and len(kept[-1]) <= 2 * len(last):
        last = {**kept.pop(), **last}
    return (*kept, last)

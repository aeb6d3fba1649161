"""Drawing lots so that anybody can draw them again: the order follows from a published seed and from nothing else.

Each code is written behind the seed and a word for what is drawn, joined by line feeds, and hashed by SHA-256 (text in
UTF-8); the codes stand in the order of their hashes, and the first ones are drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def lot(seed: str, what: str, code: str) -> str:
    """The lot of one code: 64 hexadecimal digits."""
    return sha256(f"{seed}\n{what}\n{code}".encode()).hexdigest()


def drawn(seed: str, what: str, codes: Iterable[str], count: int) -> tuple[str, ...]:
    """The first ``count`` codes in the order of their lots; whoever lists the codes in another order draws the same."""
    return tuple(sorted(set(codes), key=lambda code: (lot(seed, what, code), code))[:count])

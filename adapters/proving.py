"""Proofs that all records of one thing stand in the journal's tree, which a stranger checks without trusting us.

Each record comes with the eight lines of its header, so that its leaf can be reckoned by hand: SHA-256 over a zero byte
and the header. The proof leads from the leaf to the root (RFC 9162). Bodies are withheld; whoever holds one compares
its SHA-256 with the header's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from adapters.journal.journal import EventJournal
from adapters.journal.packed import Head, Ledger
from adapters.seal.header import header, stream_tag
from adapters.seal.tree import inclusion_proofs, leaf_hash, verify_inclusion

PAGE = 4096


@dataclass(frozen=True)
class Proof:
    """One record's place: its header, its leaf as stored, the hashes up to the root, and whether all of it agrees."""

    position: int
    stream: str
    version: int
    kind: str
    header: str
    leaf: str
    hashes: tuple[str, ...]
    holds: bool


def prove(journal: EventJournal, streams: list[str]) -> tuple[Head, list[Proof]]:
    """The proofs of all records of these streams against the present head, in order of position.

    ``holds`` is false where the stored body, the header, the leaf and the root do not agree, or a version is missing.
    """
    ledger = journal.ledger
    head = ledger.head()
    rows = sorted(
        (row for stream in streams for row in ledger.read_stream_rows(stream) if row.position <= head.size),
        key=lambda row: row.position,
    )
    indexes = [row.position - 1 for row in rows]
    proofs = inclusion_proofs(_leaves(ledger, head.size), indexes, head.size) if rows else []
    expected = dict.fromkeys(streams, 0)
    found: list[Proof] = []
    for row, proof in zip(rows, proofs, strict=True):
        expected[row.stream] += 1
        tag = stream_tag(head.salt, row.stream)
        body = sha256(row.state).hexdigest()
        about = journal.codec.happened_at(row.state)
        lines = header(row.position, tag, row.version, row.kind, body, about, row.recorded_at)
        holds = (
            row.version == expected[row.stream]
            and leaf_hash(lines) == row.leaf
            and verify_inclusion(row.position - 1, head.size, row.leaf, proof, head.root)
        )
        found.append(
            Proof(
                row.position,
                row.stream,
                row.version,
                row.kind,
                lines.decode(),
                row.leaf.hex(),
                tuple(one.hex() for one in proof),
                holds,
            )
        )
    return head, found


def as_json(head: Head, proofs: list[Proof]) -> dict[str, Any]:
    """The bundle as machines read it."""
    return {
        "size": head.size,
        "root": head.root.hex(),
        "holds": all(one.holds for one in proofs),
        "records": [
            {
                "position": one.position,
                "stream": one.stream,
                "version": one.version,
                "kind": one.kind,
                "header": one.header,
                "leaf": one.leaf,
                "proof": list(one.hashes),
                "holds": one.holds,
            }
            for one in proofs
        ],
    }


def _leaves(ledger: Ledger, size: int) -> Iterator[bytes]:
    after = 0
    while after < size:
        page = ledger.read_log(after, PAGE, until=size)
        if not page:
            return
        yield from (row.leaf for row in page)
        after = page[-1].position

"""What the event-sourcing library hands to a recorder directly: stored as it comes, yet positioned and sealed."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from adapters.journal.packed import PackedRow
from adapters.seal.header import prepare, stream_tag


def blind_row(salt: bytes, event: StoredEvent) -> PackedRow:
    """A library event as a row without times of its own; in its header, what is not printable in a kind is ``_``."""
    origin = event.originator_id
    stream = origin.hex if isinstance(origin, UUID) else origin
    kind = "".join(one if "!" <= one <= "~" else "_" for one in event.topic) or "-"
    prepared = prepare(
        stream_tag(salt, stream), event.originator_version, kind, sha256(event.state).hexdigest(), ""
    )
    return PackedRow(stream, event.originator_version, event.topic, event.state, prepared)
